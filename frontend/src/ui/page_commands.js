/**
 * Commands of the page itself: dialogs and what else is no work of a tool. By name, as in
 * `tools/commands.js`.
 */

/** @import { Desk } from "./desk.js" */

import texts from "../../messages/en/clipboard.json";
import { THEME_CHOICES } from "./theme.js";

/** @typedef {(desk: Desk) => unknown} PageCommand */

/** @type {Readonly<Record<string, PageCommand>>} */
export const PAGE_COMMANDS = {
  theme: ({ theme }) => {
    const next = (THEME_CHOICES.indexOf(theme.peek()) + 1) % THEME_CHOICES.length;
    theme.value = THEME_CHOICES[next] ?? "system";
  },
  image: ({ images }) => images.choose(),
  "to style": ({ open }) => {
    /** @returns {boolean} whether it was there: a narrow window keeps it folded */
    const go = () => {
      /** @type {HTMLElement | null} */
      const first = document.querySelector(".style [tabindex='0']");
      first?.focus();
      return !first || first === document.activeElement;
    };
    if (go()) return;
    open.value = "style";
    requestAnimationFrame(go);
  },
  outline: async () => (await import("./outline/opening.js")).openOutline(),
  notice: () =>
    /** @type {HTMLElement | null} */ (
      document.querySelector(".toast:last-child button")
    )?.focus(),
  share: opens("share"),
  person: opens("person"),
  people: ({ open }) => {
    open.value = open.peek() === "people" ? "" : "people";
  },
  call: ({ together }) => together.call(),
  chat(desk) {
    desk.close("react"); // both would be where the pointer is
    return desk.together.chat();
  },
  react: opens("react"),
  author: ({ together }) => together.tellAuthor(),
  export: opens("export"),
  palette: opens("palette"),
  shortcuts: opens("shortcuts"),
  find: ({ open }) => {
    open.value = "find";
    /** @type {HTMLInputElement | null} */ (
      document.querySelector(".find-field")
    )?.select();
  },
  link: ({ open, selection, mayEdit }) => {
    if (selection.peek().size > 0 && mayEdit.peek()) open.value = "link";
  },
  "open link": async (desk) => (await import("./links.js")).followSelected(desk),
  map: ({ isMapShown }) => {
    isMapShown.value = !isMapShown.peek();
  },
  "copy link here": async (desk) => copyLink(desk, await desk.hashHere()),
  "copy link": (desk) => {
    const [id] = desk.selection.peek();
    if (id !== undefined) void copyLink(desk, `#el=${id}`);
  },
  zen: ({ isZen }) => {
    isZen.value = !isZen.peek();
  },
  copy: () => document.execCommand("copy"), // an event, so that ours answers it
  cut: () => document.execCommand("cut"),
  paste: ({ paste }) => paste(),
  home: () => location.assign("/"),
  "copy as PNG": (desk) => copyAs(desk, "png"),
  "copy as SVG": (desk) => copyAs(desk, "svg"),
};

/**
 * @param {Desk["open"]["value"]} panel
 * @returns {PageCommand}
 */
function opens(panel) {
  return (desk) => {
    desk.open.value = panel;
  };
}

/**
 * @param {Desk} desk
 * @param {string} hash of a place on the board
 */
async function copyLink({ url, say, t }, hash) {
  try {
    await navigator.clipboard.writeText(`${url}${hash}`);
    say(t(texts.link_copied));
  } catch {
    say(t(texts.no_writing), true);
  }
}

/**
 * The selection, or else the whole board, as a picture on the clipboard.
 * @param {Desk} desk
 * @param {"png" | "svg"} format
 */
async function copyAs(desk, format) {
  const { copyFile, firstOptions } = await import("./export/files.js");
  await copyFile(desk, { ...firstOptions(desk), format });
}
