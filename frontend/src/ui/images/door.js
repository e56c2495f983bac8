/**
 * The ways a picture comes to the board: chosen from files, dropped, pasted. What happens
 * with it then (`uploads.jsx`) is loaded when the first one comes.
 */

/** @import { Element } from "../../protocol.js" */
/** @import { Source } from "../../tools/clip.js" */
/** @import { Door } from "./batch.js" */
/** @import { Pictures } from "./pictures.js" */
/** @import { Uploads } from "./uploads.jsx" */

import texts from "../../../messages/en/images.json";

const TYPES = "image/png,image/jpeg,image/gif,image/webp,image/avif,image/svg+xml";
const ENDINGS = /\.(png|jpe?g|gif|webp|avif|svg)$/i;
const MOST_FILES = 50;
const DRAWING = /\.(excalidraw|json)$/i;

/**
 * @typedef {object} Images
 * @property {Pictures} pictures
 * @property {() => void} choose ask the person for files
 * @property {(files: readonly File[], at?: {x: number, y: number}) => boolean} take
 *   pictures among the files, around a place in board units; whether there was one
 * @property {(file: Blob, at: {x: number, y: number}) => void} draw what is in a drawing's
 *   file
 * @property {(elements: readonly Element[], source: Source) => Promise<Element[]>} carry
 *   have the pictures of another board's elements here too; elements that this board can
 *   show, the person was told of the others
 */

/**
 * @param {HTMLElement} layer where pictures on their way are shown
 * @param {Door} door
 * @returns {Images}
 */
export function createImages(layer, door) {
  const { bench, say, t } = door;
  /** @type {Promise<Uploads> | null} */
  let loading = null;
  const uploads = async () => {
    loading ??= import("./uploads.jsx").then((script) => {
      return new script.Uploads(layer, door);
    });
    loading.catch(() => {
      loading = null;
      say(t(texts.not_loaded), true);
    });
    return loading;
  };

  /** @type {Images["take"]} */
  const take = (files, at = middleOf(bench.view.seen())) => {
    const pictures = files.filter(isPicture);
    if (pictures.length === 0 || !bench.mayEdit()) return false;
    if (pictures.length > MOST_FILES) {
      say(t(texts.only_first, { n: MOST_FILES }));
    }
    bench.pick("select");
    uploads().then(
      (them) => them.add(pictures.slice(0, MOST_FILES), at),
      () => {}, // the person was told
    );
    return true;
  };

  return {
    pictures: door.pictures,
    async carry(elements, source) {
      try {
        const { carried } = await import("./carry.js");
        const { elements: had, n_lost } = await carried(elements, source, door.url);
        if (n_lost > 0) say(t(texts.lost, { n: n_lost }), true);
        return had;
      } catch {
        say(t(texts.not_loaded), true);
        return [];
      }
    },
    take,
    draw(file, at) {
      bench.pick("select");
      import("./scenes.js").then(
        ({ bring }) => bring(file, at, door),
        () => say(t(texts.not_loaded), true),
      );
    },
    choose() {
      if (!bench.mayEdit()) return;
      const input = document.createElement("input");
      input.type = "file";
      input.accept = TYPES;
      input.multiple = true;
      input.hidden = true;
      input.addEventListener("change", () => {
        const files = [...(input.files ?? [])];
        if (files.length > 0 && !take(files)) say(t(texts.no_picture), true);
        input.remove();
      });
      input.addEventListener("cancel", () => input.remove());
      document.body.append(input); // Safari forgets one that is nowhere
      input.click();
    },
  };
}

/**
 * Files that are dropped on the board.
 * @param {HTMLElement} stage
 * @param {Door} door
 * @param {Images} images
 * @returns {void}
 */
export function listenToDrops(stage, { bench, say, t }, images) {
  /** @param {DragEvent} event */
  const hasFiles = ({ dataTransfer }) => dataTransfer?.types.includes("Files") ?? false;
  /** @param {boolean} is_over */
  const show = (is_over) => stage.classList.toggle("is-dropping", is_over);
  // The whole window: a file dropped beside the board would replace the page.
  window.addEventListener("dragover", (event) => {
    if (!hasFiles(event)) return;
    event.preventDefault();
    if (event.dataTransfer) {
      event.dataTransfer.dropEffect = bench.mayEdit() ? "copy" : "none";
    }
    show(bench.mayEdit());
  });
  window.addEventListener("dragleave", (event) => {
    if (event.relatedTarget === null) show(false);
  });
  window.addEventListener("drop", (event) => {
    if (!hasFiles(event)) return;
    event.preventDefault();
    show(false);
    if (!bench.mayEdit()) return;
    const box = stage.getBoundingClientRect();
    const [x, y] = bench.view.toBoard(
      event.clientX - box.left,
      event.clientY - box.top,
    );
    const files = [...(event.dataTransfer?.files ?? [])];
    const drawing = files.find(isDrawing);
    if (drawing) images.draw(drawing, { x, y });
    if (!images.take(files, { x, y }) && !drawing) say(t(texts.no_picture), true);
  });
}

/**
 * Whether what was pasted is meant as pictures. Office programs put a picture of their
 * text beside it; file managers put the file's name.
 * @param {readonly File[]} files
 * @param {string} words
 * @returns {boolean}
 */
export function arePictures(files, words) {
  const pictures = files.filter(isPicture);
  const is_named = pictures.some(({ name }) => words.includes(name));
  return pictures.length > 0 && (words.trim() === "" || is_named);
}

/**
 * Whether a file is a drawing that the server reads.
 * @param {File} file
 * @returns {boolean}
 */
export const isDrawing = ({ name }) => DRAWING.test(name);

/** @param {File} file */
function isPicture({ type, name }) {
  return type === "" ? ENDINGS.test(name) : type.startsWith("image/");
}

/**
 * @param {{left: number, top: number, right: number, bottom: number}} box
 */
function middleOf({ left, top, right, bottom }) {
  return { x: (left + right) / 2, y: (top + bottom) / 2 };
}
