/**
 * The stage: canvases, cursors and the animation frame in which all of them are painted.
 *
 * It decides what is shown where: elements on the board in the scene, with drafts of
 * changes to them (`drafted.js` knows both); drafts of new elements, selections and guides
 * above it.
 */

/** @import { ReadonlySignal } from "@preact/signals-core" */
/** @import { Point } from "../draw/geometry.js" */
/** @import { Theme } from "../draw/theme.js" */
/** @import { Measure } from "../draw/text.js" */
/** @import { Laser } from "../protocol.js" */
/** @import { Bench } from "../tools/bench.js" */
/** @import { Controller } from "../tools/controller.js" */
/** @import { BoardParts } from "./app.js" */
/** @import { Pictures } from "./images/pictures.js" */

import { computed, effect } from "@preact/signals-core";
import { boundsOf } from "../draw/bounds.js";
import { colorMap, PAPER } from "../draw/theme.js";
import { Trails } from "../draw/trails.js";
import { breadthOf } from "../tools/style.js";
import { CatchingUp } from "./catching_up.js";
import { Cursors } from "./cursors.js";
import { Drafted } from "./drafted.js";
import { Flow } from "./flow.js";
import { marksOf } from "./found.js";
import { Overlay, ringRadius } from "./overlay.js";
import { AfterFrame } from "./pace.js";
import { boxesOf } from "./peer_boxes.js";
import { Scene } from "./scene.js";
import { Sketching } from "./sketching.js";
import { Surface } from "./surface.js";

const REST_MS = 140; // after the last zoom step, time for a sharp picture
const GRID = { light: "#d9d4c8", dark: "#363b42" };
const ACCENT = { light: "#265a9e", dark: "#9cc2f2" }; // --accent of tokens.css
const EXPECTED_MS = 34; // two frames; a pen that rests is not drawn on
const LASER_COLOR = "#d6336c"; // until it is known in which colour I am seen

export class Stage {
  #frame = 0;
  #camera_moved_at = Number.NEGATIVE_INFINITY;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #rest_timer;
  #isAboveDirty = true;
  #afterFrame = new AfterFrame();
  #catchingUp = new CatchingUp();
  /** Where my pen is expected next. @type {{points: Point[], until: number} | null} */
  #expected = null;
  /** @type {{x: number, y: number} | null} where a mouse or pen hovers */
  hovering = null;
  /** For what else moves with the camera. @type {Set<() => void>} */
  afterPaint = new Set();

  /**
   * @param {object} options
   * @param {HTMLElement} options.root
   * @param {BoardParts} options.parts
   * @param {Bench} options.bench
   * @param {Controller} options.controller
   * @param {Measure} options.measure
   * @param {ReadonlySignal<Theme>} options.theme
   * @param {Pictures} options.pictures
   */
  constructor({ root, parts, bench, controller, measure, theme, pictures }) {
    this.root = root;
    this.parts = parts;
    this.bench = bench;
    this.controller = controller;
    this.theme = theme;
    const calm = matchMedia("(prefers-reduced-motion: reduce)");
    this.flow = new Flow(() => calm.matches);
    this.drafted = new Drafted(parts, bench, this.flow);
    const [below, above] = [canvasIn(root, "scene"), canvasIn(root, "overlay")];
    this.scene = new Scene({
      surface: new Surface(below, { opaque: true }),
      view: bench.view,
      measure,
      list: () => parts.replica.list(),
      shown: (id) => this.drafted.shown(id),
      now: () => performance.now(),
    });
    this.overlay = new Overlay(new Surface(above, { opaque: false }), bench, () =>
      this.request(),
    );
    this.scene.painter.pictures = pictures.get;
    this.overlay.pictures = pictures.get;
    const { sketch } = new Sketching(() => {
      this.scene.forget();
      this.overlay.soil();
      this.request();
    });
    this.scene.painter.sketch = sketch;
    this.overlay.sketch = sketch;
    pictures.subscribe((asset) => {
      this.scene.soilAsset(asset);
      this.overlay.soil();
      this.request();
    });
    const layer = document.createElement("div");
    layer.className = "cursors";
    layer.setAttribute("aria-hidden", "true");
    root.append(layer);
    this.cursors = new Cursors(layer, bench.view, () => calm.matches);
    this.trails = new Trails();
    this.#listen();
  }

  /** Paint in the next animation frame. @returns {void} */
  request() {
    this.#isAboveDirty = true;
    if (this.#frame === 0) {
      this.#frame = requestAnimationFrame((now) => this.#onFrame(now));
    }
  }

  /** @param {number} now ms */
  #onFrame(now) {
    const is_drawing = this.bench.draft.growing !== null;
    if (is_drawing && this.#catchingUp.skips(now)) {
      this.#frame = requestAnimationFrame((then) => this.#onFrame(then));
      return;
    }
    this.#paint(now);
    this.#catchingUp.took(performance.now() - now);
  }

  /**
   * Say where the browser expects my pen next; drawn at the end of the growing stroke for
   * a moment, never kept.
   * @param {readonly {x: number, y: number}[]} places screen pixels
   * @returns {void}
   */
  expect(places) {
    if (places.length === 0) this.#expected = null;
    else {
      const points = places.map(({ x, y }) => this.bench.view.toBoard(x, y));
      this.#expected = { points, until: performance.now() + EXPECTED_MS };
    }
  }

  /**
   * The colour that is painted at a place.
   * @param {number} x screen pixels
   * @param {number} y
   * @returns {string | null} null where pictures of another host keep it to themselves
   */
  pixelAt(x, y) {
    const { context, ratio } = this.scene.parts.surface;
    try {
      const { data } = context.getImageData(x * ratio, y * ratio, 1, 1);
      return `#${[...data].slice(0, 3).map(twoDigits).join("")}`;
    } catch {
      return null;
    }
  }

  /**
   * My laser pointer went on.
   * @param {Laser} laser
   * @returns {void}
   */
  shine(laser) {
    const color = this.parts.peers.myColor ?? LASER_COLOR;
    this.trails.add("", color, laser, performance.now());
    this.request();
  }

  #listen() {
    const { parts, bench, scene } = this;
    parts.peers.subscribeLasers(({ session, color, laser }) => {
      this.trails.add(session, color, laser, performance.now());
      this.request();
    });
    parts.replica.subscribe(({ ids }) => {
      this.drafted.flowOn(ids);
      if (ids) scene.refresh(ids);
      else scene.reload();
      this.request();
    });
    bench.draft.subscribe((ids) => {
      scene.refresh(ids);
      this.request();
    });
    parts.peers.subscribe(() => {
      scene.refresh(this.drafted.take());
      this.cursors.update(parts.peers.list(), performance.now());
      this.request();
    });
    effect(() => {
      bench.view.camera.value;
      this.#camera_moved_at = performance.now();
      this.request();
    });
    effect(() => {
      bench.selection.value;
      bench.cropping.value;
      bench.found.value;
      this.request();
    });
    this.#listenToEditing();
    const isGridShown = computed(() => bench.options.value.grid);
    effect(() => {
      const theme = this.theme.value;
      const grid = isGridShown.value ? GRID[theme] : "";
      scene.dress(colorMap(theme), PAPER[theme], grid);
      this.overlay.color = scene.color;
      const ink = scene.color("#1e1e1e");
      this.overlay.tints = { accent: ACCENT[theme], paper: PAPER[theme], ink };
      this.overlay.soil();
      this.request();
    });
    new ResizeObserver(() => this.#resize()).observe(this.root);
    document.fonts.addEventListener("loadingdone", () => {
      scene.forget();
      this.overlay.soil();
      this.request();
    });
    scene.reload();
    this.#resize();
  }

  /** The words being typed are in a textarea, so not on the canvas. */
  #listenToEditing() {
    /** @type {string | undefined} */
    let before;
    effect(() => {
      const now = this.bench.editing.value?.element.id;
      this.scene.refresh([before, now].filter((id) => id !== undefined));
      before = now;
      this.request();
    });
  }

  #resize() {
    const { bench, scene, overlay, root } = this;
    const size = { width: root.clientWidth, height: root.clientHeight };
    const ratio = window.devicePixelRatio || 1;
    bench.view.size.value = size;
    overlay.surface.resize(size, ratio);
    if (scene.parts.surface.resize(size, ratio)) scene.soil();
    this.#paint(performance.now()); // in this frame: a resized canvas is empty
  }

  /** @returns {{color: string, boxes: import("../draw/geometry.js").Box[]}[]} */
  #peerSelections() {
    const { measure, boxOf } = this.bench;
    /** @param {string} id */
    const exact = (id) => {
      const element = this.drafted.theirs(id);
      return element && boundsOf(this.drafted.settled(element), measure);
    };
    return this.parts.peers.list().map(({ color, selection }) => ({
      color,
      boxes: boxesOf(selection, exact, boxOf),
    }));
  }

  #ring() {
    const { controller, bench, hovering } = this;
    if (!hovering || !bench.mayEdit()) return null;
    const tool = (controller.working() ?? controller.current()).name;
    const brush = bench.style.peek().width * breadthOf(tool) * bench.view.zoom;
    const radius = ringRadius(tool, brush, bench.options.peek().eraser_px);
    return radius === null ? null : { ...hovering, radius };
  }

  /** @param {number} now ms */
  #paint(now) {
    if (this.#frame !== 0) cancelAnimationFrame(this.#frame);
    this.#frame = 0;
    const began = performance.now();
    const is_resting = began - this.#camera_moved_at >= REST_MS;
    const { is_running, arrived } = this.flow.step(now);
    this.scene.refresh(arrived); // painted below in the frame that drops them above
    const next = this.scene.paint(is_resting, this.controller.working() === null);
    if (this.scene.is_measured) {
      this.#afterFrame.call(began, (ms) => this.scene.tookMs(ms));
    }
    if (this.#expected && this.#expected.until < began) {
      this.#expected = null;
      this.#isAboveDirty = true; // to take back what the pen did not draw
    }
    const is_ahead = this.#expected !== null;
    const is_lit = !this.trails.is_empty;
    if (is_running || is_ahead || is_lit || arrived.length > 0) {
      this.#isAboveDirty = true;
    }
    if (this.#isAboveDirty) this.#paintAbove();
    for (const place of this.afterPaint) place();
    const is_gliding = this.cursors.step(now);
    if (next === "rest") {
      clearTimeout(this.#rest_timer);
      this.#rest_timer = setTimeout(() => this.request(), REST_MS);
    }
    const is_due = is_gliding || is_running || is_ahead || is_lit;
    if (next === "more" || is_due) {
      this.#frame ||= requestAnimationFrame((then) => this.#onFrame(then));
    }
  }

  #paintAbove() {
    const { bench, controller } = this;
    this.#isAboveDirty = false;
    this.overlay.paint({
      drafts: this.drafted.newOnes(this.#expected?.points ?? null),
      growing: bench.draft.growing,
      peers: this.#peerSelections(),
      found: marksOf(bench.found.peek(), this.scene.spatial),
      trails: this.trails.shown(performance.now()),
      guide: (controller.working() ?? controller.current()).guide?.() ?? null,
      has_handles:
        bench.mayEdit() &&
        controller.current().selects === true &&
        bench.editing.peek() === null &&
        bench.cropping.peek() === null &&
        bench.draft.is_empty,
      ring: this.#ring(),
    });
  }
}

/**
 * @param {HTMLElement} root
 * @param {string} name
 * @returns {HTMLCanvasElement}
 */
function canvasIn(root, name) {
  const canvas = document.createElement("canvas");
  canvas.className = `layer layer-${name}`;
  canvas.setAttribute("aria-hidden", "true");
  root.append(canvas);
  return canvas;
}

/** @param {number} value 0…255 */
function twoDigits(value) {
  return value.toString(16).padStart(2, "0");
}
