/**
 * Cropping on the board: the whole picture, dimmed where it is cut off, and handles.
 * Every step is a draft that peers see; the end is one change. Loaded when it is first
 * wanted.
 */

/** @import { Crop } from "../../draw/picture.js" */
/** @import { Image } from "../../protocol.js" */
/** @import { Bench } from "../../tools/bench.js" */
/** @import { Words } from "../../words/words.js" */
/** @import { Handle } from "../../tools/resize.js" */

import "@preact/signals"; // lets components read signals
import { signal } from "@preact/signals-core";
import { render } from "preact";
import { useEffect, useRef } from "preact/hooks";
import texts from "../../../messages/en/crop.json";
import { decimalsAt, rotate } from "../../draw/geometry.js";
import { cropOf, WHOLE } from "../../draw/picture.js";
import { TAP_PX } from "../../tools/clicks.js";
import { cropped, pulled, slid, wholeBox } from "../../tools/crop.js";
import { HANDLES, handleCursor } from "../../tools/resize.js";

const LEAST_PX = 16; // of the picture stay, on the screen
const GAP_PX = 8; // between what ends it and the edge of the screen
const STEP_PX = 1; // of an arrow key
const FAR_STEP_PX = 10;
const BAR_PX = 16; // from the part that stays to the bar below it
const PAN_BUTTON = 1;
const MIDDLE = /** @type {Handle} */ ({ across: 0, down: 0 });
/** @type {Readonly<Record<string, [number, number]>>} */
const ARROWS = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, -1],
  ArrowDown: [0, 1],
};

/**
 * Crop an image until `bench.cropping` says otherwise.
 * @param {HTMLElement} layer
 * @param {{bench: Bench, urlOf: (asset: string) => string, t: Words}} page
 * @param {string} id
 * @returns {() => void} ends it: what was changed is kept
 */
export function startCrop(layer, { bench, urlOf, t }, id) {
  const found = bench.board.get(id);
  if (found?.kind !== "image") return () => {};
  const crop = signal(cropOf(found));
  const end = () => {
    bench.cropping.value = null;
  };
  /** @param {Crop} next */
  const change = (next) => {
    crop.value = next;
    bench.draft.show(opsOf(bench, found, next));
  };
  render(
    <CropView bench={bench} t={t} image={found} crop={crop} change={change} end={end}>
      <img class="crop-picture" src={urlOf(found.asset)} alt="" draggable={false} />
    </CropView>,
    layer,
  );
  return () => {
    render(null, layer);
    const is_changed = String(crop.peek()) !== String(cropOf(found));
    const is_meant = is_changed && bench.board.get(id) && bench.mayEdit();
    bench.draft.commit(is_meant ? opsOf(bench, found, crop.peek()) : []);
  };
}

/**
 * @param {Bench} bench
 * @param {Image} image as it was before
 * @param {Crop} crop
 * @returns {import("../../protocol.js").Op[]}
 */
function opsOf(bench, image, crop) {
  const props = cropped(image, crop, decimalsAt(bench.view.zoom));
  return [{ op: "set", id: image.id, props }];
}

/**
 * A press beside it ends a crop. What moves the board, and the crop with it, does not: the
 * middle button, and two fingers. So a finger ends it when it is lifted or drawn along.
 * @param {(target: Node) => boolean} isInside
 * @param {() => void} end
 * @returns {() => void} stop listening
 */
function listenBeside(isInside, end) {
  /** @type {PointerEvent | null} the one finger that is down beside it */
  let finger = null;
  /** @param {PointerEvent} event */
  const pressed = (event) => {
    if (event.button === PAN_BUTTON) return;
    const is_beside = !isInside(/** @type {Node} */ (event.target));
    if (event.pointerType === "touch") {
      finger = is_beside && event.isPrimary ? event : null;
    } else if (is_beside) end();
  };
  /** @param {PointerEvent} event */
  const moved = ({ type, pointerId, clientX, clientY }) => {
    if (finger?.pointerId !== pointerId) return;
    const way = Math.hypot(clientX - finger.clientX, clientY - finger.clientY);
    if (type === "pointerup" || way > TAP_PX) end();
  };
  const listening = new AbortController();
  const how = { capture: true, signal: listening.signal };
  window.addEventListener("pointerdown", pressed, how);
  window.addEventListener("pointermove", moved, how);
  window.addEventListener("pointerup", moved, how);
  return () => listening.abort();
}

/**
 * @param {{bench: Bench, t: Words, image: Image, change: (crop: Crop) => void, end: () => void,
 *   crop: import("@preact/signals-core").Signal<Crop>,
 *   children: import("preact").ComponentChildren}} props
 */
function CropView({ bench, t, image, crop, change, end, children }) {
  const root = useRef(/** @type {HTMLDivElement | null} */ (null));
  useEffect(() => {
    root.current?.focus({ preventScroll: true });
    bringToSight(bench, root.current?.querySelector(".crop-bar"));
    return listenBeside((target) => root.current?.contains(target) ?? false, end);
  }, [bench, end]);
  bench.view.camera.value; // follow the board when it moves
  const { zoom } = bench.view;
  const whole = wholeBox(image);
  const size = { w: whole.right - whole.left, h: whole.bottom - whole.top };
  const [x, y] = bench.view.toScreen(image.x + image.w / 2, image.y + image.h / 2);
  /**
   * @param {Handle} handle
   * @param {Crop} from
   * @param {number} dx screen pixels
   * @param {number} dy
   */
  const pull = (handle, from, dx, dy) => {
    const [along, across] = rotate(dx, dy, 0, 0, -(image.angle ?? 0));
    const [w, h] = [size.w * zoom, size.h * zoom];
    const by = /** @type {[number, number]} */ ([along / w, across / h]);
    if (handle === MIDDLE) return change(slid(from, by));
    const least = /** @type {[number, number]} */ ([
      Math.min(1, LEAST_PX / w),
      Math.min(1, LEAST_PX / h),
    ]);
    change(pulled(from, handle, by, least));
  };
  /** @param {KeyboardEvent} event */
  const keyed = (event) => {
    if (event.key !== "Enter" && event.key !== "Escape") return;
    const target = /** @type {HTMLElement} */ (event.target);
    if (event.key === "Enter" && target.closest(".crop-bar")) return; // it is pressed
    event.preventDefault();
    event.stopPropagation();
    end();
  };
  const [left, top, right, bottom] = crop.value.map((share) => `${share * 100}%`);
  const under = lowest(image, whole, crop.value);
  return (
    <div
      class="crop"
      ref={root}
      role="dialog"
      aria-label={t(texts.title)}
      tabIndex={-1}
      onKeyDown={keyed}
    >
      <div
        class="crop-whole"
        style={{
          transform: `translate(${x}px, ${y}px) rotate(${image.angle ?? 0}rad) translate(${whole.left * zoom}px, ${whole.top * zoom}px)`,
          width: `${size.w * zoom}px`,
          height: `${size.h * zoom}px`,
          "--crop-left": left,
          "--crop-top": top,
          "--crop-right": right,
          "--crop-bottom": bottom,
        }}
      >
        {children}
        <div class="crop-window">
          <Grip name={t(texts.part)} handle={MIDDLE} crop={crop} pull={pull} />
          {HANDLES.map((handle) => (
            <Grip
              key={sideOf(handle)}
              name={t(texts.edge, { side: sideOf(handle) })}
              handle={handle}
              crop={crop}
              pull={pull}
            />
          ))}
        </div>
      </div>
      <div
        class="crop-bar panel"
        style={{
          left: `${x + under.x * zoom}px`,
          top: `${y + under.y * zoom + BAR_PX}px`,
        }}
      >
        <button type="button" class="button button-plain" onClick={() => change(WHOLE)}>
          {t(texts.whole)}
        </button>
        <button type="button" class="button button-primary" onClick={end}>
          {t(texts.done)}
        </button>
      </div>
    </div>
  );
}

/**
 * @param {Image} image
 * @param {import("../../draw/geometry.js").Box} whole as `wholeBox` gives it
 * @param {Crop} crop
 * @returns {{x: number, y: number}} below the middle of the part that stays, however it is
 *   turned; board units from the middle of the image
 */
function lowest(image, whole, [left, top, right, bottom]) {
  const [w, h] = [whole.right - whole.left, whole.bottom - whole.top];
  const corners = [left, right].flatMap((x) =>
    [top, bottom].map((y) =>
      rotate(whole.left + x * w, whole.top + y * h, 0, 0, image.angle ?? 0),
    ),
  );
  const x = corners.reduce((sum, corner) => sum + corner[0], 0) / corners.length;
  return { x, y: Math.max(...corners.map((corner) => corner[1])) };
}

/**
 * What ends it may lie below the picture where the toolbar covers it, or beside the screen.
 * @param {Bench} bench
 * @param {Element | null | undefined} bar
 */
function bringToSight({ view }, bar) {
  const toolbar = document.querySelector(".toolbar");
  if (!bar || !toolbar) return;
  const { left, right, bottom } = bar.getBoundingClientRect();
  const { width } = view.size.peek();
  const aside = Math.max(GAP_PX - left, Math.min(0, width - GAP_PX - right));
  const { top } = toolbar.getBoundingClientRect();
  const isBelow = top > view.size.peek().height / 2;
  view.panBy(aside, isBelow ? Math.min(0, top - GAP_PX - bottom) : 0);
}

/**
 * A place to pull at, by pointer or with the arrow keys.
 * @param {{name: string, handle: Handle,
 *   crop: import("@preact/signals-core").Signal<Crop>,
 *   pull: (handle: Handle, from: Crop, dx: number, dy: number) => void}} props
 */
function Grip({ name, handle, crop, pull }) {
  const from = useRef(/** @type {{x: number, y: number, crop: Crop} | null} */ (null));
  const is_middle = handle === MIDDLE;
  return (
    <button
      type="button"
      class={is_middle ? "crop-middle" : "crop-handle"}
      aria-label={name}
      style={{
        cursor: is_middle ? "move" : handleCursor(handle, 0),
        left: `${(handle.across + 1) * 50}%`,
        top: `${(handle.down + 1) * 50}%`,
      }}
      onPointerDown={(event) => {
        event.currentTarget.setPointerCapture(event.pointerId);
        from.current = { x: event.clientX, y: event.clientY, crop: crop.peek() };
      }}
      onPointerMove={(event) => {
        const { current } = from;
        if (!current) return;
        const [dx, dy] = [event.clientX - current.x, event.clientY - current.y];
        pull(handle, current.crop, dx, dy);
      }}
      onPointerUp={() => {
        from.current = null;
      }}
      onPointerCancel={() => {
        from.current = null;
      }}
      onKeyDown={(event) => {
        const arrow = ARROWS[event.key];
        if (!arrow) return;
        event.preventDefault();
        event.stopPropagation();
        const step = event.shiftKey ? FAR_STEP_PX : STEP_PX;
        pull(handle, crop.peek(), arrow[0] * step, arrow[1] * step);
      }}
    />
  );
}

/**
 * @param {Handle} handle
 * @returns {string} its side or corner, as the texts name it
 */
function sideOf({ across, down }) {
  return `${["top", "", "bottom"][down + 1]}${["left", "", "right"][across + 1]}`;
}
