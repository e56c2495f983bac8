/**
 * The board on the page: canvases, tools and panels, tied to what `main.js` constructs.
 */

/** @import { Replica } from "../model/replica.js" */
/** @import { Peers } from "../model/peers.js" */
/** @import { Words } from "../words/words.js" */
/** @import { Bench, Live } from "../tools/bench.js" */
/** @import { Kept } from "../tools/in_hand.js" */
/** @import { Door } from "./images/batch.js" */

import { effect, signal } from "@preact/signals-core";
import { HOME } from "../draw/camera.js";
import { seenIn } from "../draw/frames.js";
import { isEmpty } from "../draw/geometry.js";
import { Controller } from "../tools/controller.js";
import { Draft } from "../tools/draft.js";
import { FramedBoard } from "../tools/framed.js";
import { readOptions } from "../tools/options.js";
import { topmost } from "../tools/select.js";
import { FIRST_STYLE } from "../tools/style.js";
import { familyOf, keepStyles } from "../tools/styles_kept.js";
import { createTools } from "../tools/toolbox.js";
import { View } from "../tools/view.js";
import { listenToClipboard } from "./clipboard.js";
import { listenToMenus } from "./context_menu.js";
import { createDesk } from "./desk.js";
import { listenToCropping } from "./images/cropping.js";
import { createImages, listenToDrops } from "./images/door.js";
import { Pictures } from "./images/pictures.js";
import { isTyping, listenToKeys } from "./keyboard.js";
import { lately } from "./lately.js";
import { createMeasure, createPageBaseline } from "./measure.js";
import { renderPanels } from "./panels.jsx";
import { listenToPointers } from "./pointer.js";
import { renderSkips } from "./skips.jsx";
import { Stage } from "./stage.js";
import { createTheme } from "./theme.js";
import { TOOL_TITLES } from "./tool_titles.js";
import { listenToWalks } from "./walking.js";
import { listenToWriting } from "./writing.js";

/**
 * What the person should see of the connection.
 * @typedef {object} State
 * @property {"connecting" | "live" | "offline" | "closed"} status
 * @property {string} role
 * @property {string | null} frozen null: it is not; else why, which may be empty
 * @property {number} unsaved
 * @property {boolean} isKept whether unsaved changes survive a reload
 * @property {{code: number, detail: string} | null} closedReason
 */

/**
 * @typedef {{code: string, detail: string, change?: string, role?: string | null,
 *   title?: string | null, why?: string | null, wait_ms?: number | null}} Notice
 */

/**
 * The part of the connection that the panels use.
 * @typedef {object} Connected
 * @property {State} state
 * @property {(listener: (state: State) => void) => () => void} subscribe
 * @property {(listener: (notice: Notice) => void) => () => void} subscribeNotices
 * @property {(person: {name: string, color: string | null}) => void} introduce
 */

/**
 * What the browser remembers.
 * @typedef {object} Remembered
 * @property {<T>(name: string, fallback: T) => T} get
 * @property {(name: string, value: unknown) => void} set
 */

/**
 * @typedef {object} BoardParts
 * @property {HTMLElement} root
 * @property {Words} t
 * @property {Replica} replica
 * @property {Peers} peers
 * @property {Connected} connection
 * @property {Live} live
 * @property {Kept} outbox
 * @property {{id: string, title: string, url: string, api_url: string, link_role: string,
 *   head: number, asset_bytes: number, user: string | null}} data
 * @property {Remembered} prefs
 * @property {Remembered} stay what this tab remembers
 * @property {() => string} newId
 */

const FIRST_MAX_ZOOM = 1; // a board with a single dot on it does not open on the dot
const STYLE_PX = 204; // the panel of the style and what is beside it
const EDITORS = new Set(["edit", "own"]);

/**
 * @param {BoardParts} parts
 * @returns {void}
 */
export function mountBoard(parts) {
  const { root, replica, live, connection, prefs, newId } = parts;
  const skipLayer = layerIn(root, "skip-layer");
  const stageRoot = layerIn(root, "stage");
  const writingLayer = layerIn(root, "writings");
  const uploadLayer = layerIn(root, "uploads");
  const cropLayer = layerIn(root, "cropping");
  const panelLayer = layerIn(root, "panels");
  const measure = createMeasure(quietContext());
  const view = new View();
  const { choice, theme } = createTheme(prefs);

  const board = new FramedBoard(replica, measure);
  /** @type {Bench} */
  const bench = {
    board,
    live,
    draft: new Draft(board, live),
    view,
    style: signal({ ...FIRST_STYLE, ...prefs.get("style", FIRST_STYLE) }),
    copied: signal(/** @type {Bench["copied"]["value"]} */ (null)),
    drops: signal(/** @type {"stroke" | "fill"} */ ("stroke")),
    options: signal(readOptions(prefs.get("options", {}))),
    selection: signal(/** @type {ReadonlySet<string>} */ (new Set())),
    editing: signal(/** @type {Bench["editing"]["value"]} */ (null)),
    cropping: signal(/** @type {string | null} */ (null)),
    isViewing: signal(false),
    found: signal(/** @type {Bench["found"]["value"]} */ (null)),
    measure,
    newId,
    late: lately(() => import("../tools/late.js")),
    author: () => prefs.get("name", ""),
    near(box) {
      const { spatial } = stage.scene;
      const get = (/** @type {string} */ id) => spatial.leaves.get(id)?.element;
      return seenIn(spatial.search(box), box, get, measure);
    },
    arrowsOn: (id) => stage.scene.bonds.on(id),
    boxOf: (id) => stage.scene.spatial.boxOf(id),
    everything: () => stage.scene.spatial.all(),
    pixelAt: ({ screenX, screenY }) => stage.pixelAt(screenX, screenY),
    mayEdit: () =>
      !bench.isViewing.peek() &&
      connection.state.status !== "closed" &&
      EDITORS.has(connection.state.role),
    pick: (name) => controller.pick(name),
    isSelecting: () =>
      Boolean(controller.current().selects) &&
      !controller.working() &&
      !bench.editing.peek(),
    after(ms, call) {
      const timer = setTimeout(() => {
        call();
        stage.request();
      }, ms);
      return () => clearTimeout(timer);
    },
    shine(laser) {
      live.laser(laser);
      stage.shine(laser);
    },
  };
  const tool = prefs.get("tool", "pen");
  const controller = new Controller(bench, createTools(bench), tool);
  const beside = matchMedia("(min-width: 63.1875em) and (pointer: fine)"); // as small.css
  view.covered = () => {
    const { size } = bench.selection.peek();
    const is_open = size > 0 || familyOf(controller.tool.peek()) !== null;
    if (!is_open || !bench.mayEdit() || !beside.matches) return [0, 0];
    return document.dir === "rtl" ? [0, STYLE_PX] : [STYLE_PX, 0];
  };
  const assets = `${parts.data.api_url}assets/`;
  const pictures = new Pictures((asset) => `${assets}${asset}`);
  const stage = new Stage({
    root: stageRoot,
    parts,
    bench,
    controller,
    measure,
    theme,
    pictures,
  });

  effect(() => {
    if (bench.selection.value.size > 0) bench.late(() => {}); // ahead of the hand
  });
  tellOthers(bench);
  keepSelectionReal(parts, bench);
  keepStyles(bench, controller.tool, prefs);
  effect(() => prefs.set("options", bench.options.value));
  effect(() => prefs.set("tool", controller.tool.value));
  effect(() => {
    stageRoot.style.cursor = controller.cursor.value;
    stage.request();
  });

  window.addEventListener("pagehide", () => {
    const { activeElement } = document;
    if (activeElement instanceof HTMLElement && isTyping(activeElement)) {
      activeElement.blur(); // takes what is typed
    }
    controller.finish(); // before it is rescued
    bench.editing.peek()?.finish();
  });
  listenToPointers(
    stageRoot,
    controller,
    () => stage.request(),
    (places) => stage.expect(places),
  );
  stageRoot.addEventListener("pointermove", (event) => {
    const box = stageRoot.getBoundingClientRect();
    const place = { x: event.clientX - box.left, y: event.clientY - box.top };
    stage.hovering = event.pointerType === "touch" ? null : place;
  });
  stageRoot.addEventListener("pointerleave", () => {
    stage.hovering = null;
  });
  listenToWriting(writingLayer, bench, {
    color: () => stage.scene.color,
    run: (command) => desk.run(command),
    title: (kind) => parts.t(TOOL_TITLES[kind]),
    baseline: createPageBaseline(quietContext()),
  });
  /** @type {Door} */
  const door = {
    bench,
    pictures,
    url: assets,
    most_bytes: parts.data.asset_bytes,
    say: (words, is_bad) => desk.say(words, is_bad),
    t: parts.t,
  };
  const images = createImages(uploadLayer, door);
  listenToDrops(stageRoot, door, images);
  listenToCropping(cropLayer, door);
  const paste = () => clipboard.paste();
  const page = { choice, theme, images, paste, stage };
  const desk = createDesk(parts, bench, controller, page);
  const isAtWork = () => Boolean(controller.working() ?? bench.editing.peek());
  openOnContent(parts, bench, desk.say, isAtWork);
  window.addEventListener("hashchange", () => desk.go(location.hash));
  atRest(async () => {
    view.travel = (await import("./travel.js")).createTravel(view);
  });
  listenToKeys(
    (command) => desk.run(command),
    (is_held) => controller.holdSpace(is_held),
    () => bench.options.peek().single_keys,
  );
  const clipboard = listenToClipboard(bench, controller, {
    board: parts.data.id,
    images,
    hovering: () => stage.hovering,
    say: desk.say,
    t: desk.t,
  });
  listenToMenus(stageRoot, bench, desk);
  listenToWalks(stageRoot, controller, desk);
  renderSkips(skipLayer, stageRoot, desk);
  atRest(async () => {
    (await import("./links.js")).listenToLinks(
      bench,
      controller,
      stage,
      desk,
      (press) => topmost(bench, press) ?? topmost(bench, press, true),
    );
  });
  atRest(async () => (await import("./locks.js")).showLocks(bench, stage, desk));
  atRest(async () => (await import("./frame_titles.js")).showFrameTitles(bench, stage));
  atRest(async () => (await import("./way_back.js")).showWayBack(stage, desk));
  atRest(async () =>
    (await import("../tools/in_hand.js")).keepInHand(bench, parts.outbox),
  );
  renderPanels(panelLayer, desk);
  atRest(async () => {
    stage.overlay.load();
    bench.late(() => {}); // ahead of the first stroke, which would wait for it
  });
  atRest(async () => {
    (await import("./fingers.js")).listenToFingers(stageRoot, controller, desk);
  });
  atRest(async () => {
    const { tellOfLostWords } = await import("./lost_words.js");
    tellOfLostWords(bench, desk.t, desk.say);
  });
  atRest(async () => {
    const { giveVoice } = await import("./outline/voice.js");
    giveVoice(root, desk, bench, parts.peers);
    (await import("./outline/toolbar_keys.js")).listenToToolbars(desk);
    (await import("./typing.js")).listenToTyping(bench, controller);
  });
  document.fonts.ready.then(() => stage.request());
}

/**
 * Do what nobody waits for once the page has come to rest.
 * @param {() => Promise<void>} work
 */
function atRest(work) {
  const start = () => void work().catch(() => {}); // offline: the page works without
  if ("requestIdleCallback" in window) requestIdleCallback(start, { timeout: 5_000 });
  else setTimeout(start, 2_000); // Safari
}

/**
 * What I see and have selected, for the peers.
 * @param {Bench} bench
 */
function tellOthers({ view, live, selection }) {
  effect(() => {
    view.camera.value;
    view.size.value;
    const { left, top, right, bottom } = view.seen();
    live.view(left, top, right - left, bottom - top);
  });
  effect(() => live.selection([...selection.value]));
}

/**
 * What is deleted is not selected any more.
 * @param {BoardParts} parts
 * @param {Bench} bench
 */
function keepSelectionReal({ replica }, { selection, cropping, draft }) {
  replica.subscribe(() => {
    if (cropping.peek() !== null && !replica.get(cropping.peek() ?? "")) {
      cropping.value = null;
    }
    const ids = [...selection.peek()];
    const real = ids.filter((id) => draft.get(id));
    if (real.length < ids.length) selection.value = new Set(real);
  });
}

/**
 * Show the place that the page's address names; else the content of the board as soon as
 * it is there, unless the person has moved already.
 * @param {BoardParts} parts
 * @param {Bench} bench
 * @param {(text: string, is_bad?: boolean) => void} say
 * @param {() => boolean} isAtWork whether something is being drawn or written
 */
function openOnContent(parts, bench, say, isAtWork) {
  const { replica, data, stay } = parts;
  const { view } = bench;
  const show = (/** @type {import("../draw/geometry.js").Box} */ box) =>
    view.fit(box, FIRST_MAX_ZOOM);
  const place = `view.${data.id}`;
  window.addEventListener("pagehide", () => stay.set(place, view.camera.peek()));
  const left = stay.get(place, HOME); // a reload comes back to it, and no link does
  const is_back = left !== HOME && (location.hash.length < 2 || isReload());
  if (is_back) view.camera.value = left;
  else show(bench.everything()); // what this tab had not sent yet is there already
  const untouched = view.camera.peek();
  const stop = replica.subscribe(() => {
    const has_moved = is_back || view.camera.peek() !== untouched;
    if (!has_moved && replica.seq < data.head) return; // the tail is on its way
    stop();
    const box = bench.everything();
    if (has_moved || isEmpty(box)) return;
    show(box);
  });
  if (location.hash.length > 1 && !is_back) {
    import("./opening.js").then(
      (its) => its.openAtPlace(parts, bench, say, isAtWork),
      () => {},
    );
  }
}

/** @returns {boolean} whether the page was here before and was loaded once more */
function isReload() {
  const [visit] = performance.getEntriesByType("navigation");
  return /** @type {PerformanceNavigationTiming} */ (visit)?.type === "reload";
}

/**
 * @param {HTMLElement} root
 * @param {string} name
 * @returns {HTMLElement}
 */
function layerIn(root, name) {
  const layer = document.createElement("div");
  layer.className = name;
  root.append(layer);
  return layer;
}

/** @returns {CanvasRenderingContext2D} of a canvas nobody looks at */
function quietContext() {
  const context = document.createElement("canvas").getContext("2d");
  if (!context) throw new Error("This browser has no 2D canvas.");
  return context;
}
