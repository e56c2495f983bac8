/**
 * The button that chooses between light, dark and the system's theme.
 *
 * @import { Signal } from "@preact/signals"
 * @import { Words } from "../words/words.js"
 * @import { OpenMenu } from "../ui/menu.jsx"
 * @import { ThemeChoice } from "./theme.js"
 */

import { Monitor, Moon, Sun } from "lucide";
import texts from "../../messages/en/home.json";
import { Icon } from "../ui/icon.jsx";
import { toggleMenu } from "../ui/menu.jsx";

const CHOICES = /** @type {const} */ ([
  { choice: "light", label: texts.light, icon: Sun },
  { choice: "dark", label: texts.dark, icon: Moon },
  { choice: "system", label: texts.system, icon: Monitor },
]);

/**
 * @param {{ t: Words, theme: Signal<ThemeChoice>, menu: Signal<OpenMenu | null> }} props
 */
export function ThemeButton({ t, theme, menu }) {
  const { icon } = CHOICES.find(({ choice }) => choice === theme.value) ?? CHOICES[2];
  const items = CHOICES.map(({ choice, label, icon }) => ({
    ...{ label: t(label), icon },
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
      aria-label={t(texts.theme)}
      onClick={({ currentTarget: anchor }) =>
        toggleMenu(menu, { anchor, label: t(texts.theme), items })
      }
    >
      <Icon of={icon} />
    </button>
  );
}
