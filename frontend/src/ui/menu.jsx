/**
 * One menu of the page: a popover beside the button that opened it, or at a place.
 *
 * It lies in the top layer, so that nothing clips it. Escape, Tab, scrolling and a press
 * elsewhere close it; arrow keys, Home, End and first letters move inside. When it closes,
 * focus goes back to the button.
 *
 * @import { IconNode } from "lucide"
 * @import { Signal } from "@preact/signals"
 */

import { Check } from "lucide";
import { useLayoutEffect, useRef } from "preact/hooks";
import { Icon } from "./icon.jsx";

/**
 * @typedef {object} Item
 * @property {string} label
 * @property {IconNode} [icon]
 * @property {string} [href] the item is a link
 * @property {() => void} [run]
 * @property {boolean} [isChecked] the item is one of several to choose from
 * @property {boolean} [isDanger]
 * @property {string} [keys] that do the same, as a person reads them
 */

/** A heading above the items after it, or a rule. @typedef {{ heading: string } | "rule"} Divider */
/**
 * @typedef {object} OpenMenu
 * @property {HTMLElement | null} anchor the button that opened it
 * @property {{ x: number, y: number }} [at] where it opens without one, CSS pixels
 * @property {boolean} [byKey] the keyboard opened it there
 * @property {string} label
 * @property {readonly (Item | Divider)[]} items
 */

const GAP = 4; // px between the button and its menu
const PANEL_GAP = 8; // px below the bar that the button is in
const BAR_HEIGHTS = 2; // of a button: a higher panel has more than one row
const MARGIN = 8; // px that stay free at the window's edges

/** @param {{ open: Signal<OpenMenu | null> }} props */
export function Menu({ open }) {
  const shown = open.value;
  return (
    shown && <Popover key={shown.label} shown={shown} close={closer(open, shown)} />
  );
}

/**
 * Opens a menu at a button, or closes it when it is open there.
 * @param {Signal<OpenMenu | null>} open
 * @param {OpenMenu} menu
 */
export function toggleMenu(open, menu) {
  open.value = open.value?.anchor === menu.anchor ? null : menu;
}

/**
 * @param {Signal<OpenMenu | null>} open
 * @param {OpenMenu} shown
 */
function closer(open, shown) {
  return () => {
    if (open.value === shown) open.value = null;
  };
}

/** @param {{ shown: OpenMenu, close: () => void }} props */
export function Popover({ shown, close }) {
  const { anchor, at, label, items, byKey = false } = shown;
  const box = useRef(/** @type {HTMLDivElement | null} */ (null));
  useLayoutEffect(() => {
    if (!box.current) return;
    return show(box.current, { anchor, ...(at ? { at } : {}), byKey }, close);
  }, [anchor, at, byKey, close]);
  return (
    <div
      ref={box}
      class="menu"
      role="menu"
      tabIndex={-1}
      aria-label={label}
      popover="manual"
      onKeyDown={(event) => onKey(event, close)}
    >
      {sectionsOf(items).map(({ heading, rows }) => {
        const inside = rows.map((item) => <Row item={item} close={close} />);
        if (heading === "") return inside;
        return (
          // biome-ignore lint/a11y/useSemanticElements: a menu has no fieldset
          <div role="group" aria-label={heading}>
            <div class="menu-label" aria-hidden="true">
              {heading}
            </div>
            {inside}
          </div>
        );
      })}
    </div>
  );
}

/**
 * The items below their headings: "for good" alone says not what.
 * @param {readonly (Item | Divider)[]} items
 * @returns {{heading: string, rows: (Item | "rule")[]}[]}
 */
function sectionsOf(items) {
  /** @type {{heading: string, rows: (Item | "rule")[]}[]} */
  const sections = [{ heading: "", rows: [] }];
  for (const item of items) {
    if (item === "rule") sections.push({ heading: "", rows: [item] });
    else if ("heading" in item) sections.push({ heading: item.heading, rows: [] });
    else sections.at(-1)?.rows.push(item);
  }
  return sections;
}

/** @param {{ item: Item | "rule", close: () => void }} props */
function Row({ item, close }) {
  if (item === "rule") return <hr class="menu-rule" />;
  const isChoice = item.isChecked !== undefined;
  const common = {
    class: item.isDanger ? "menu-item menu-item-danger" : "menu-item",
    tabIndex: -1,
    onClick: () => {
      close();
      item.run?.();
    },
  };
  const inside = (
    <>
      {item.icon && <Icon of={item.icon} />}
      <span class="menu-text">{item.label}</span>
      {item.isChecked && <Icon of={Check} />}
      {item.keys && <span class="menu-keys">{item.keys}</span>}
    </>
  );
  if (item.href) {
    return (
      <a {...common} role="menuitem" href={item.href} target="_blank" rel="noopener">
        {inside}
      </a>
    );
  }
  if (isChoice) {
    return (
      <button
        {...common}
        type="button"
        role="menuitemradio"
        aria-checked={item.isChecked}
      >
        {inside}
      </button>
    );
  }
  return (
    <button {...common} type="button" role="menuitem">
      {inside}
    </button>
  );
}

/**
 * Show the box at its button or place until the returned function is called.
 * @param {HTMLElement} box
 * @param {Pick<OpenMenu, "anchor" | "at" | "byKey">} where
 * @param {() => void} close
 * @returns {() => void}
 */
function show(box, { anchor, at = { x: 0, y: 0 }, byKey }, close) {
  const done = new AbortController();
  const { signal } = done;
  /** @param {Event} event */
  const onPress = (event) => {
    const target = event.target instanceof Node ? event.target : null;
    if (!box.contains(target) && !anchor?.contains(target)) close();
  };
  const focused = document.activeElement;
  box.showPopover();
  if (anchor) placeBy(box, anchor);
  else placeAt(box, at);
  // The right button opens it with nothing chosen; from a button or by a key the first
  // item is, and shows it where the keyboard is in use.
  const first = anchor || byKey ? entries(box)[0] : box;
  first?.focus({ preventScroll: true });
  addEventListener("pointerdown", onPress, { signal, capture: true });
  /** @param {Event} event */
  const onScroll = ({ target }) => {
    // A long menu scrolls itself; what its button does not lie in may scroll by itself.
    const is_apart = target instanceof Node && anchor && !target.contains(anchor);
    if (!is_apart && !(target instanceof Node && box.contains(target))) close();
  };
  addEventListener("scroll", onScroll, { signal, capture: true, passive: true });
  addEventListener("resize", close, { signal });
  if (anchor) anchor.ariaExpanded = "true";
  return () => {
    done.abort();
    if (anchor) anchor.ariaExpanded = "false";
    if (!box.contains(document.activeElement)) return;
    const back = anchor ?? (focused instanceof HTMLElement ? focused : null);
    back?.focus({ preventScroll: true });
  };
}

/**
 * With a corner at a place, wherever there is room.
 * @param {HTMLElement} box
 * @param {{ x: number, y: number }} at
 */
function placeAt(box, { x, y }) {
  const { width, height } = box.getBoundingClientRect();
  const left = x + width <= innerWidth - MARGIN ? x : x - width;
  const top = y + height <= innerHeight - MARGIN ? y : innerHeight - MARGIN - height;
  box.style.left = `${Math.max(MARGIN, left)}px`;
  box.style.top = `${Math.max(MARGIN, top)}px`;
}

/**
 * Below the button, or the bar it is in, and in line with its right edge, or wherever
 * there is room.
 * @param {HTMLElement} box
 * @param {HTMLElement} anchor the button
 */
function placeBy(box, anchor) {
  const button = anchor.getBoundingClientRect();
  const around = anchor.closest(".panel");
  // A bar stays in sight; a list goes on below the button, and its menu lies over it.
  const isBar = (around?.clientHeight ?? 0) < BAR_HEIGHTS * button.height;
  const holder = isBar ? around : null;
  const panel = (holder ?? anchor).getBoundingClientRect();
  const { width, height } = box.getBoundingClientRect();
  const below = panel.bottom + (holder ? PANEL_GAP : GAP);
  const fits = below + height <= innerHeight - MARGIN;
  const top = fits ? below : Math.max(MARGIN, button.top - GAP - height);
  const most = innerWidth - MARGIN - width;
  const left = Math.min(button.right - width, most);
  box.style.top = `${top}px`;
  box.style.left = `${left < MARGIN ? Math.max(MARGIN, Math.min(panel.left, most)) : left}px`;
}

/**
 * @param {Element} box
 * @returns {HTMLElement[]}
 */
function entries(box) {
  return [
    .../** @type {NodeListOf<HTMLElement>} */ (box.querySelectorAll(".menu-item")),
  ];
}

/**
 * @param {import("preact").TargetedKeyboardEvent<HTMLElement>} event
 * @param {() => void} close
 */
function onKey(event, close) {
  if (!event.ctrlKey && !event.metaKey) event.stopPropagation(); // no keys of the board
  if (event.key === "Escape" || event.key === "Tab") {
    if (event.key === "Escape") {
      event.preventDefault();
      event.stopPropagation(); // what is selected stays selected
    }
    close();
    return;
  }
  const all = entries(event.currentTarget);
  const next = destination(event.key, all);
  if (!next) return;
  event.preventDefault();
  next.focus();
}

/**
 * Where a key leads.
 * @param {string} key
 * @param {HTMLElement[]} all
 * @returns {HTMLElement | undefined}
 */
function destination(key, all) {
  const active = document.activeElement;
  const at = active instanceof HTMLElement ? all.indexOf(active) : -1;
  if (key === "Home") return all[0];
  if (key === "End") return all.at(-1);
  if (key === "ArrowDown") return all[(at + 1) % all.length];
  if (key === "ArrowUp") return all.at(at <= 0 ? -1 : at - 1);
  if (key.length !== 1) return undefined;
  const after = [...all.slice(at + 1), ...all.slice(0, at + 1)];
  return after.find((item) =>
    item.textContent?.toLowerCase().startsWith(key.toLowerCase()),
  );
}
