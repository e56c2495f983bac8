/**
 * The corner with the map of the board. Over a handle of the selection it pales, and hands
 * reach through it.
 */

/** @import { Desk } from "./desk.js" */

import { effect } from "@preact/signals-core";
import { useEffect, useRef } from "preact/hooks";
import texts from "../../messages/en/navigation.json";
import { coversGrip } from "./grips.js";
import { Minimap } from "./minimap.js";

/** @param {{desk: Desk}} props */
export function MinimapPanel({ desk }) {
  const canvas = useRef(/** @type {HTMLCanvasElement | null} */ (null));
  const map = useRef(/** @type {Minimap | null} */ (null));
  const is_dark = desk.isDark.value;
  useEffect(() => {
    if (!canvas.current) return undefined;
    const made = new Minimap(canvas.current, desk.land);
    map.current = made;
    return made.stop;
  }, [desk, is_dark]);
  useEffect(() => giveWay(desk, canvas.current?.parentElement), [desk]);
  return (
    <div class="minimap panel">
      <canvas
        ref={canvas}
        role="img"
        aria-label={desk.t(texts.map)}
        title={desk.t(texts.map_drag)}
        onPointerDown={(event) => {
          event.currentTarget.setPointerCapture(event.pointerId);
          map.current?.take(event.offsetX, event.offsetY);
        }}
        onPointerMove={(event) => map.current?.drag(event.offsetX, event.offsetY)}
        onPointerUp={() => map.current?.release()}
        onPointerCancel={() => map.current?.release()}
      />
    </div>
  );
}

/**
 * @param {Desk} desk
 * @param {HTMLElement | null | undefined} panel
 * @returns {() => void} stop
 */
function giveWay({ bench, selection, revision }, panel) {
  let frame = 0;
  const look = () => {
    frame = 0;
    if (!panel) return;
    panel.classList.toggle(
      "is-aside",
      coversGrip(bench, panel.getBoundingClientRect()),
    );
  };
  const stop = effect(() => {
    selection.value;
    revision.value;
    bench.view.camera.value;
    bench.view.size.value;
    frame ||= requestAnimationFrame(look); // by then other panels have come and gone
  });
  return () => {
    stop();
    cancelAnimationFrame(frame);
  };
}
