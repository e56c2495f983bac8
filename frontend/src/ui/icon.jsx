/**
 * Icons: Lucide's line drawings as elements of the page.
 */

import { h } from "preact";

/** @typedef {[string, Record<string, string | number | undefined>][]} IconNode */

/**
 * @param {{of: IconNode, class?: string}} props
 */
export function Icon({ of: nodes, class: extra = "" }) {
  return (
    <svg
      class={`icon ${extra}`}
      viewBox="0 0 24 24"
      fill="none"
      stroke="currentColor"
      stroke-width="1.75"
      stroke-linecap="round"
      stroke-linejoin="round"
      aria-hidden="true"
    >
      {nodes.map(([tag, { key: _, ...attributes }]) =>
        h(tag, { key: JSON.stringify(attributes), ...attributes }),
      )}
    </svg>
  );
}
