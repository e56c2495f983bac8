/**
 * Who drew what the pointer rests on, as a small note beside it: late, and gone with the
 * next move. Only where one selects or looks; whoever draws never sees it.
 */

/** @import { Bench } from "../../tools/bench.js" */
/** @import { Stage } from "../stage.js" */

import { topmost } from "../../tools/select.js";

const RESTS_MS = 700; // a pointer on its way somewhere asks nothing
const STILL_PX = 4; // a hand that rests trembles
const LOOKING = new Set(["select", "hand"]);
const BESIDE_PX = 16;

/**
 * @param {Stage} stage
 * @param {Bench} bench
 * @param {(id: string, signal: AbortSignal) => Promise<string>} linesOf what to show; ""
 *   for nothing
 * @returns {void}
 */
export function listenToResting(stage, bench, linesOf) {
  const { root, controller } = stage;
  const tip = document.createElement("div");
  tip.className = "author-tip";
  tip.setAttribute("aria-hidden", "true"); // the command says the same aloud
  tip.hidden = true;
  root.append(tip);
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let timer;
  let asking = new AbortController();
  let [x, y] = [0, 0];

  const hide = () => {
    clearTimeout(timer);
    if (!asking.signal.aborted) asking.abort(); // told again, it makes an error anew
    if (!tip.hidden) tip.hidden = true; // and this a style
  };
  const isFree = () =>
    LOOKING.has(controller.current().name) &&
    controller.working() === null &&
    bench.editing.peek() === null;

  const ask = async () => {
    const hit = isFree() ? elementAt(bench, x, y) : null;
    if (!hit) return;
    asking = new AbortController();
    const { signal } = asking;
    const lines = await linesOf(hit.id, signal);
    if (signal.aborted || lines === "" || !isFree()) return;
    tip.textContent = lines;
    tip.hidden = false;
    const { width, height } = bench.view.size.peek();
    const left = Math.max(8, Math.min(x + BESIDE_PX, width - tip.offsetWidth - 8));
    const is_below = y + BESIDE_PX + tip.offsetHeight + 8 < height;
    const top = is_below ? y + BESIDE_PX : y - BESIDE_PX - tip.offsetHeight;
    tip.style.transform = `translate(${left}px, ${top}px)`;
  };

  root.addEventListener("pointermove", (event) => {
    if (event.pointerType === "touch") return;
    const box = root.getBoundingClientRect();
    const [nowX, nowY] = [event.clientX - box.left, event.clientY - box.top];
    if (!tip.hidden && Math.hypot(nowX - x, nowY - y) <= STILL_PX) return;
    hide();
    [x, y] = [nowX, nowY];
    if (event.buttons === 0 && isFree()) timer = setTimeout(ask, RESTS_MS);
  });
  for (const name of ["pointerdown", "pointerleave", "wheel"]) {
    root.addEventListener(name, hide, { passive: true });
  }
  bench.view.camera.subscribe(hide);
  window.addEventListener("keydown", hide, { capture: true });
}

/**
 * @param {Bench} bench
 * @param {number} screenX
 * @param {number} screenY
 */
function elementAt(bench, screenX, screenY) {
  const [x, y] = bench.view.toBoard(screenX, screenY);
  /** @type {import("../../tools/bench.js").Press} */
  const press = {
    ...{ x, y, screenX, screenY, pressure: null, time: 0 },
    ...{ device: "mouse", shift: false, alt: false, ctrl: false },
  };
  return topmost(bench, press) ?? topmost(bench, press, true);
}
