/**
 * The button that chooses between light, dark and the system's theme.
 *
 * @import { Signal } from "@preact/signals"
 * @import { OpenMenu } from "../ui/menu.jsx"
 * @import { ThemeChoice } from "./theme.js"
 */

import { Monitor, Moon, Sun } from "lucide";
import { Icon } from "../ui/icon.jsx";
import { toggleMenu } from "../ui/menu.jsx";

const CHOICES = /** @type {const} */ ([
  { choice: "light", label: "Light", icon: Sun },
  { choice: "dark", label: "Dark", icon: Moon },
  { choice: "system", label: "As the system", icon: Monitor },
]);

/** @param {{ theme: Signal<ThemeChoice>, menu: Signal<OpenMenu | null> }} props */
export function ThemeButton({ theme, menu }) {
  const { icon } = CHOICES.find(({ choice }) => choice === theme.value) ?? CHOICES[2];
  const items = CHOICES.map(({ choice, label, icon }) => ({
    ...{ label, icon },
    isChecked: choice === theme.value,
    run: () => {
      theme.value = choice;
    },
  }));
  return (
    <button
      type="button"
      class="icon-button"
      aria-haspopup="menu"
      aria-label="Theme"
      onClick={({ currentTarget: anchor }) =>
        toggleMenu(menu, { anchor, label: "Theme", items })
      }
    >
      <Icon of={icon} />
    </button>
  );
}
