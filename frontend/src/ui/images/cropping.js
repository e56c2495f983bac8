/**
 * Opens the crop view for the image that `bench.cropping` names, and closes it again.
 */

/** @import { Door } from "./batch.js" */

import { effect } from "@preact/signals-core";
import texts from "../../../messages/en/images.json";

/**
 * @param {HTMLElement} layer
 * @param {Door} door
 * @returns {void}
 */
export function listenToCropping(layer, { bench, pictures, say, t }) {
  let end = () => {};
  effect(() => {
    const id = bench.cropping.value;
    end();
    end = () => {};
    if (id === null) return;
    import("./crop.jsx").then(
      ({ startCrop }) => {
        if (bench.cropping.peek() !== id) return; // it was ended before it began
        end = startCrop(layer, { bench, urlOf: pictures.urlOf, t }, id);
      },
      () => {
        bench.cropping.value = null;
        say(t(texts.not_loaded), true);
      },
    );
  });
}
