// The rival: a page that paints in every frame all that there is, with the same drawing
// code. It keeps outlines ready, all of them, so that only the painting differs.
import { boundsOf } from "../../../frontend/src/draw/bounds.js";
import { paint, prepare } from "../../../frontend/src/draw/canvas.js";
import { union } from "../../../frontend/src/draw/geometry.js";
import { display } from "../../../frontend/src/draw/shapes.js";
import { Spatial } from "../../../frontend/src/draw/spatial.js";
import { colorMap, PAPER } from "../../../frontend/src/draw/theme.js";
import { View } from "../../../frontend/src/tools/view.js";
import { Painter } from "../../../frontend/src/ui/painter.js";
import { Surface } from "../../../frontend/src/ui/surface.js";

const ZOOM_PER_PX = 0.01; // as on the board page
const measure = () => 0; // there are only strokes
const everything = { left: -1e9, top: -1e9, right: 1e9, bottom: 1e9 };

/** `isCulled`: only what is in sight, and coarsely from afar, as the board's painter. */
window.mount = (json, isCulled) => {
  const elements = JSON.parse(json);
  const canvas = document.querySelector("canvas");
  const size = { width: innerWidth, height: innerHeight };
  const surface = new Surface(canvas, { opaque: true });
  surface.resize(size, devicePixelRatio);
  const view = new View();
  view.size.value = size;
  view.fit(elements.map((e) => boundsOf(e, measure)).reduce((a, b) => union(a, b)));
  const color = colorMap("light");
  const ready = elements.map((e) => prepare(display(e, measure)));
  const spatial = new Spatial(measure);
  spatial.load(elements);
  const painter = new Painter(spatial, measure);
  painter.color = color;
  painter.paper = PAPER.light;

  const repaint = () => {
    const placing = surface.placing(view.camera.peek());
    if (isCulled) return painter.part(surface.context, placing, everything);
    const { context } = surface;
    context.setTransform(1, 0, 0, 1, 0, 0);
    context.globalAlpha = 1;
    context.fillStyle = PAPER.light;
    context.fillRect(0, 0, canvas.width, canvas.height);
    surface.enter(placing);
    for (const one of ready) paint(context, one, color, undefined, placing);
  };
  let frame = 0;
  const request = () => {
    frame ||= requestAnimationFrame(() => {
      frame = 0;
      repaint();
    });
  };
  canvas.parentElement.addEventListener("wheel", (event) => {
    const { clientX, clientY, deltaX, deltaY } = event;
    if (event.ctrlKey) {
      view.zoomAt(clientX, clientY, view.zoom * Math.exp(-deltaY * ZOOM_PER_PX));
    } else view.panBy(-deltaX, -deltaY);
    request();
  });
  repaint();
};
