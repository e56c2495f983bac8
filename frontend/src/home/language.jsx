/**
 * The choice of a language; the page is loaded again in it.
 *
 * @import { Words } from "../words/words.js"
 */

import { Languages } from "lucide";
import shared from "../../messages/en/shared.json";
import { Icon } from "../ui/icon.jsx";
import { LANGUAGE_NAMES } from "../words/languages.js";

/**
 * @param {{ t: Words, chosen: string, onChoose: (language: string) => void }} props
 */
export function LanguageChoice({ t, chosen, onChoose }) {
  return (
    <label class="language">
      <Icon of={Languages} />
      <span class="visually-hidden">{t(shared.language)}</span>
      <select
        class="field"
        value={chosen}
        onChange={(event) => onChoose(event.currentTarget.value)}
      >
        <option value="">{t(shared.language_of_browser)}</option>
        {Object.entries(LANGUAGE_NAMES).map(([language, name]) => (
          <option key={language} value={language} lang={language}>
            {name}
          </option>
        ))}
      </select>
    </label>
  );
}
