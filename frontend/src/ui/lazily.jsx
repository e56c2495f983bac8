/**
 * Panels whose scripts are loaded when they are first shown.
 *
 *     const Sheet = lazily(async () => (await import("./sheet.jsx")).Sheet);
 *     {is_open && <Sheet desk={desk} />}
 *
 * Nothing is shown until the script is there; when it does not come, the person is told
 * and whatever was opening is closed, so that trying again is one more press. A panel that
 * nobody opened is asked for until it comes. Keys that are pressed
 * meanwhile wait for a panel that takes them.
 */

/** @import { ComponentType } from "preact" */
/** @import { Desk } from "./desk.js" */
/** @import { HeldKeys } from "./held_keys.js" */

import { useEffect, useLayoutEffect, useRef, useState } from "preact/hooks";
import shared from "../../messages/en/shared.json";
import { holdKeys } from "./held_keys.js";

const AGAIN_MS = 2_000;

/**
 * @template {{desk: Desk}} Props
 * @param {() => Promise<ComponentType<Props>>} load
 * @param {{takesKeys?: boolean, byItself?: boolean}} [panel] whether it takes the
 *   keyboard when it opens, and whether it is there without being opened
 * @returns {(props: Props) => import("preact").VNode | null}
 */
export function lazily(load, { takesKeys = false, byItself = false } = {}) {
  /** @type {ComponentType<Props> | null} */
  let loaded = null;
  return function Late(props) {
    const [Panel, setPanel] = useState(() => loaded);
    const { desk } = props;
    const held = useRef(/** @type {HeldKeys | null} */ (null));
    // Not after the next frame: by then a fast typist has typed the next letter.
    useLayoutEffect(() => {
      if (!takesKeys || loaded) return undefined;
      const opened = desk.open.peek();
      held.current = holdKeys(() => {
        if (desk.open.peek() === opened) desk.open.value = "";
      });
      return () => held.current?.drop();
    }, [desk]);
    useEffect(() => {
      if (Panel) held.current?.give(); // the panel's own effects have focused its field
    }, [Panel]);
    useEffect(() => {
      if (loaded) return undefined;
      let is_here = true;
      let timer = 0;
      const opened = desk.open.peek();
      const fetch = () =>
        load().then(
          (panel) => {
            loaded = panel;
            if (is_here) setPanel(() => panel);
          },
          () => {
            if (!is_here) return;
            if (byItself) {
              timer = window.setTimeout(fetch, AGAIN_MS);
              return;
            }
            if (desk.open.peek() === opened) desk.open.value = "";
            desk.say(desk.t(shared.not_loaded), true);
          },
        );
      fetch();
      return () => {
        is_here = false;
        clearTimeout(timer);
      };
    }, [desk]);
    return Panel && <Panel {...props} />;
  };
}
