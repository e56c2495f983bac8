/**
 * Which elements lie where: an R-tree over what each one paints.
 *
 * Kept beside the document by whoever shows it; culling, hit tests and the eraser ask
 * it. Pure. The order of answers is paint order.
 */

import RBush from "rbush";
import { paintBounds } from "./bounds.js";
import { emptyBox, union } from "./geometry.js";

/** @import { Element } from "../protocol.js" */
/** @import { Box } from "./geometry.js" */
/** @import { Measure } from "./text.js" */

/**
 * @typedef {object} Leaf
 * @property {string} id
 * @property {Element} element
 * @property {Box} box
 */

/** @extends {RBush<Leaf>} */
class Tree extends RBush {
  /**
   * @override
   * @param {Leaf} leaf
   */
  toBBox({ box }) {
    return { minX: box.left, minY: box.top, maxX: box.right, maxY: box.bottom };
  }

  /**
   * @override
   * @param {Leaf} a
   * @param {Leaf} b
   */
  compareMinX(a, b) {
    return a.box.left - b.box.left;
  }

  /**
   * @override
   * @param {Leaf} a
   * @param {Leaf} b
   */
  compareMinY(a, b) {
    return a.box.top - b.box.top;
  }
}

/** The R-tree with the element each leaf was made from. */
export class Spatial {
  /** @param {Measure} measure */
  constructor(measure) {
    this.measure = measure;
    /** @type {Map<string, Leaf>} */
    this.leaves = new Map();
    this.tree = new Tree();
  }

  /**
   * Start over with these elements.
   * @param {readonly Element[]} elements
   * @returns {void}
   */
  load(elements) {
    const leaves = elements.map((element) => this.leafOf(element));
    this.leaves = new Map(leaves.map((leaf) => [leaf.id, leaf]));
    this.tree.clear();
    this.tree.load(leaves);
  }

  /**
   * Put an element where it lies now, or take it out.
   * @param {string} id
   * @param {Element | undefined} element
   * @returns {void}
   */
  set(id, element) {
    const known = this.leaves.get(id);
    if (known?.element === element) return;
    if (known) {
      this.tree.remove(known);
      this.leaves.delete(id);
    }
    if (!element) return;
    const leaf = this.leafOf(element);
    this.leaves.set(id, leaf);
    this.tree.insert(leaf);
  }

  /**
   * @param {string} id
   * @returns {Box | undefined} what the element painted when it was last set
   */
  boxOf(id) {
    return this.leaves.get(id)?.box;
  }

  /**
   * @param {Box} box
   * @returns {Element[]} whose paint may touch the box, in paint order
   */
  search(box) {
    return this.tree
      .search({ minX: box.left, minY: box.top, maxX: box.right, maxY: box.bottom })
      .map((leaf) => leaf.element)
      .sort(byPaintOrder);
  }

  /**
   * @param {Box} box
   * @returns {number} how many elements' paint may touch the box
   */
  count(box) {
    const { left, top, right, bottom } = box;
    return this.tree.search({ minX: left, minY: top, maxX: right, maxY: bottom })
      .length;
  }

  /** @returns {Box} around everything; empty on an empty board */
  all() {
    let box = emptyBox();
    for (const leaf of this.leaves.values()) box = union(box, leaf.box);
    return box;
  }

  /**
   * @param {Element} element
   * @returns {Leaf}
   */
  leafOf(element) {
    return { id: element.id, element, box: paintBounds(element, this.measure) };
  }
}

/**
 * What is painted first comes first: by z, ties by id, as code units compare.
 * @param {Element} a
 * @param {Element} b
 * @returns {number}
 */
export function byPaintOrder(a, b) {
  const [za, zb] = [a.z ?? "", b.z ?? ""];
  if (za !== zb) return za < zb ? -1 : 1;
  if (a.id === b.id) return 0;
  return a.id < b.id ? -1 : 1;
}
