/**
 * The sheet of paper on a card: a picture of the board, or chalk lines until there is one.
 *
 * @import { Board } from "./list.js"
 * @import { Theme, Thumbnails } from "./thumbnails.js"
 */

import { useEffect, useRef, useState } from "preact/hooks";
import { patternOf, SHEET } from "./pattern.js";

const AHEAD = "200px"; // cards just below the edge are painted before they are seen

/** @param {{ board: Board, thumbnails: Thumbnails, theme: Theme }} props */
export function Sheet({ board, thumbnails, theme }) {
  const { id, head } = board;
  const box = useRef(/** @type {HTMLDivElement | null} */ (null));
  const is_seen = useSeen(box);
  const [picture, setPicture] = useState(/** @type {string | null} */ (null));
  useEffect(() => {
    if (!is_seen) return undefined;
    let is_here = true;
    let url = "";
    void thumbnails.of({ id, head }, theme).then((blob) => {
      if (!is_here) return;
      url = blob ? URL.createObjectURL(blob) : "";
      setPicture(url || null);
    });
    return () => {
      is_here = false;
      if (url) URL.revokeObjectURL(url);
    };
  }, [is_seen, id, head, theme, thumbnails]);
  const { hue } = patternOf(id);
  return (
    <div ref={box} class="sheet" style={{ "--hue": hue }}>
      {picture ? <img src={picture} alt="" decoding="async" /> : <Chalk id={id} />}
    </div>
  );
}

/** @param {{ id: string }} props */
function Chalk({ id }) {
  return (
    <svg
      aria-hidden="true"
      viewBox={`0 0 ${SHEET.width} ${SHEET.height}`}
      preserveAspectRatio="xMidYMid slice"
    >
      {patternOf(id).lines.map(([x1, y1, x2, y2]) => (
        <g>
          <line class="dust" x1={x1} y1={y1} x2={x2} y2={y2} />
          <line class="chalk" x1={x1} y1={y1} x2={x2} y2={y2} />
        </g>
      ))}
    </svg>
  );
}

/**
 * Whether a thing has come into view, or near it.
 * @param {{ current: HTMLElement | null }} box
 * @returns {boolean}
 */
function useSeen(box) {
  const [is_seen, setSeen] = useState(false);
  useEffect(() => {
    if (!box.current || is_seen) return undefined;
    const observer = new IntersectionObserver(
      (entries) => {
        if (entries.some((entry) => entry.isIntersecting)) setSeen(true);
      },
      { rootMargin: AHEAD },
    );
    observer.observe(box.current);
    return () => observer.disconnect();
  }, [box, is_seen]);
  return is_seen;
}
