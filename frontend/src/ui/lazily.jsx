/**
 * Panels whose scripts are loaded when they are first shown.
 *
 *     const Sheet = lazily(async () => (await import("./sheet.jsx")).Sheet);
 *     {is_open && <Sheet desk={desk} />}
 *
 * Nothing is shown until the script is there; when it does not come, the person is told
 * and whatever was opening is closed, so that trying again is one more press.
 */

/** @import { ComponentType } from "preact" */
/** @import { Desk } from "./desk.js" */

import { useEffect, useState } from "preact/hooks";
import shared from "../../messages/en/shared.json";

/**
 * @template {{desk: Desk}} Props
 * @param {() => Promise<ComponentType<Props>>} load
 * @returns {(props: Props) => import("preact").VNode | null}
 */
export function lazily(load) {
  /** @type {ComponentType<Props> | null} */
  let loaded = null;
  return function Late(props) {
    const [Panel, setPanel] = useState(() => loaded);
    const { desk } = props;
    useEffect(() => {
      if (loaded) return undefined;
      let is_here = true;
      const opened = desk.open.peek();
      load().then(
        (panel) => {
          loaded = panel;
          if (is_here) setPanel(() => panel);
        },
        () => {
          if (!is_here) return;
          if (desk.open.peek() === opened) desk.open.value = "";
          desk.say(desk.t(shared.not_loaded), true);
        },
      );
      return () => {
        is_here = false;
      };
    }, [desk]);
    return Panel && <Panel {...props} />;
  };
}
