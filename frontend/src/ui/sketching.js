/**
 * Loads the hand-drawn look when the first element needs it; until it is there, shapes
 * have their plain outlines.
 */

/** @import { Sketch } from "../draw/shapes.js" */

import { isSketched, seedOf, widthOf } from "../draw/look.js";

const AGAIN_MS = 10_000; // after a failure, so that no frame asks the network

export class Sketching {
  /** @type {Sketch | null} */
  #sketched = null;
  #isAsked = false;

  /** @param {() => void} arrived everything has to be prepared and painted anew */
  constructor(arrived) {
    this.arrived = arrived;
  }

  /** @type {Sketch} */
  sketch = (look, element) => {
    if (!isSketched(element)) return look;
    if (this.#sketched) return this.#sketched(look, element);
    this.#load();
    return look;
  };

  #load() {
    if (this.#isAsked) return;
    this.#isAsked = true;
    loadSketch().then(
      (sketched) => {
        this.#sketched = sketched;
        this.arrived();
      },
      () => {
        setTimeout(() => {
          this.#isAsked = false;
          this.arrived();
        }, AGAIN_MS);
      },
    );
  }
}

/** @returns {Promise<Sketch>} */
export async function loadSketch() {
  const { sketched } = await import("../draw/sketch.js");
  return (look, element) =>
    sketched(look, element, { seed: seedOf(element), width: widthOf(element) });
}
