/**
 * The corner with the map of the board.
 */

/** @import { Desk } from "./desk.js" */

import { useEffect, useRef } from "preact/hooks";
import texts from "../../messages/en/navigation.json";
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
