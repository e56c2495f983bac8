/**
 * An icon of the set, drawn in the colour of the text around it; always decoration.
 *
 * @import { IconNode } from "lucide"
 */

import { h } from "preact";

/** @param {{ of: IconNode }} props */
export function Icon({ of }) {
  return (
    <svg
      class="icon"
      viewBox="0 0 24 24"
      fill="none"
      stroke="currentColor"
      stroke-width="1.75"
      stroke-linecap="round"
      stroke-linejoin="round"
      aria-hidden="true"
    >
      {of.map(([tag, attributes]) => h(tag, attributes))}
    </svg>
  );
}
