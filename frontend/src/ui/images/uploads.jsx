/**
 * Pictures on their way, shown where they will be: a preview, how far it is, and a way to
 * stop or to try again. Loaded with the first picture.
 */

/** @import { Bench } from "../../tools/bench.js" */
/** @import { Door, Progress, Upload } from "./batch.js" */

import "@preact/signals"; // lets components read signals
import { signal } from "@preact/signals-core";
import { RotateCw, X } from "lucide";
import { render } from "preact";
import texts from "../../../messages/en/uploads.json";
import { rowOf } from "../../tools/row.js";
import { Icon } from "../icon.jsx";
import { Batch, newUpload, Sender } from "./batch.js";

const MOST_PREVIEWED_PX = 50_000_000; // what the server takes; more is not even decoded
const MIN_CANCELLED_PX = 72; // a smaller card would be all button
const UNKNOWN_SIZE = { w: 240, h: 160 };

export class Uploads {
  /** @type {Map<Upload, Batch>} */
  #batches = new Map();
  #shown = signal(/** @type {readonly Upload[]} */ ([]));
  #sender = new Sender();

  /**
   * @param {HTMLElement} layer
   * @param {Door} door
   */
  constructor(layer, door) {
    this.door = door;
    render(<Cards uploads={this} shown={this.#shown} bench={door.bench} />, layer);
    window.addEventListener("beforeunload", (event) => {
      if (this.#shown.peek().some(({ progress }) => isUnderWay(progress.peek()))) {
        event.preventDefault();
      }
    });
    window.addEventListener("online", () => {
      for (const upload of this.#shown.peek()) this.retry(upload);
    });
  }

  /**
   * Take pictures in, in a row around a place.
   * @param {readonly File[]} files
   * @param {{x: number, y: number}} at board units
   * @returns {Promise<void>} when they are shown
   */
  async add(files, at) {
    const { bench } = this.door;
    const fresh = files.map((file) => newUpload(file, bench.newId()));
    const sizes = await Promise.all(fresh.map((one) => sizeOf(one.preview)));
    const view = { seen: bench.view.seen(), zoom: bench.view.zoom };
    const zoomed = sizes.map((size) => size ?? UNKNOWN_SIZE);
    const boxes = rowOf(zoomed, at, view);
    /** @type {Upload[]} */
    const uploads = fresh.map((one, i) => {
      const box = boxes[i] ?? { ...at, ...UNKNOWN_SIZE };
      if (sizes[i] || one.preview === null) return { ...one, box };
      URL.revokeObjectURL(one.preview);
      return { ...one, preview: null, box };
    });
    const batch = new Batch(this.door, this.#sender, uploads, (gone) => {
      this.#batches.delete(gone);
      this.#shown.value = this.#shown.peek().filter((one) => one !== gone);
    });
    for (const upload of uploads) this.#batches.set(upload, batch);
    this.#shown.value = [...this.#shown.peek(), ...uploads];
    batch.start();
  }

  /** @param {Upload} upload */
  retry(upload) {
    const progress = upload.progress.peek();
    if (progress.step !== "failed" || !progress.mayRetry) return;
    this.#batches.get(upload)?.retry(upload);
  }

  /** @param {Upload} upload */
  cancel(upload) {
    this.#batches.get(upload)?.cancel(upload);
  }
}

/** @param {Progress} progress */
function isUnderWay({ step }) {
  return step === "queued" || step === "sending" || step === "there";
}

/**
 * How large a picture says it is; it is not decoded for that.
 * @param {string | null} url
 * @returns {Promise<{w: number, h: number} | null>} null where it cannot be shown
 */
async function sizeOf(url) {
  if (url === null) return null;
  const image = new Image();
  const is_read = await new Promise((resolve) => {
    image.addEventListener("load", () => resolve(true));
    image.addEventListener("error", () => resolve(false));
    image.src = url;
  });
  const { naturalWidth: w, naturalHeight: h } = image;
  return is_read && w > 0 && h > 0 && w * h <= MOST_PREVIEWED_PX ? { w, h } : null;
}

/**
 * @param {{uploads: Uploads, bench: Bench,
 *   shown: import("@preact/signals-core").Signal<readonly Upload[]>}} props
 */
function Cards({ uploads, shown, bench }) {
  bench.view.camera.value; // follow the board when it moves
  const { t } = uploads.door;
  const failed = shown.value.filter(({ progress }) => progress.value.step === "failed");
  return (
    <>
      {shown.value.map((upload) => (
        <Card key={upload.id} uploads={uploads} upload={upload} bench={bench} />
      ))}
      {failed.length > 0 && (
        <ul class="upload-faults panel" aria-label={t(texts.faults)}>
          {failed.map((upload) => (
            <Fault key={upload.id} uploads={uploads} upload={upload} />
          ))}
        </ul>
      )}
    </>
  );
}

/**
 * A picture on its way, where it will be.
 * @param {{uploads: Uploads, upload: Upload, bench: Bench}} props
 */
function Card({ uploads, upload, bench }) {
  const { box, preview } = upload;
  const progress = upload.progress.value;
  if (progress.step === "failed" && !progress.mayRetry) return null;
  const { zoom } = bench.view;
  const [x, y] = bench.view.toScreen(box.x, box.y);
  const { t } = uploads.door;
  const name = upload.file.name || t(texts.nameless);
  const share = progress.step === "sending" ? progress.share : 0;
  const is_sent = share === 1 || progress.step === "there";
  const has_room = Math.min(box.w, box.h) * zoom > MIN_CANCELLED_PX;
  return (
    <figure
      class="upload"
      aria-label={name}
      style={{
        transform: `translate(${x}px, ${y}px)`,
        width: `${box.w * zoom}px`,
        height: `${box.h * zoom}px`,
      }}
    >
      {preview && <img class="upload-preview" src={preview} alt="" />}
      {progress.step !== "failed" && (
        <progress
          class="upload-progress"
          max="1"
          value={is_sent ? undefined : share}
          aria-label={t(texts.uploading, { name })}
        />
      )}
      {progress.step !== "failed" && has_room && (
        <button
          type="button"
          class="icon-button upload-cancel"
          aria-label={t(texts.cancel_one, { name })}
          title={t(texts.cancel)}
          onClick={() => uploads.cancel(upload)}
        >
          <Icon of={X} />
        </button>
      )}
    </figure>
  );
}

/** @param {{uploads: Uploads, upload: Upload}} props */
function Fault({ uploads, upload }) {
  const progress = upload.progress.value;
  if (progress.step !== "failed") return null;
  const { t } = uploads.door;
  const name = upload.file.name || t(texts.nameless);
  return (
    <li class="upload-fault">
      <div class="upload-words" role="alert">
        <strong>{name}</strong>
        <span>{t(progress.words)}</span>
      </div>
      {progress.mayRetry && (
        <button
          type="button"
          class="icon-button"
          aria-label={t(texts.retry_one, { name })}
          title={t(texts.retry)}
          onClick={() => uploads.retry(upload)}
        >
          <Icon of={RotateCw} />
        </button>
      )}
      <button
        type="button"
        class="icon-button"
        aria-label={t(texts.dismiss_one, { name })}
        title={t(texts.dismiss)}
        onClick={() => uploads.cancel(upload)}
      >
        <Icon of={X} />
      </button>
    </li>
  );
}
