/**
 * Says a text of the pages in the person's language. Pure.
 *
 *     import texts from "../../messages/en/toolbar.json";
 *     desk.t(texts.more);
 *     desk.t(texts.moved, { count: 3 });
 *
 * A text is imported from the English file that it stands in, so a part that is loaded on
 * demand brings its own English. The type checker sees the file as it is written, names to
 * strings, and so knows every name; the build makes each of them a `Message`.
 */

/** @typedef {string | number} Value */
/** @typedef {(values: Readonly<Record<string, Value>>) => string} Say */
/** What the build makes of an English text. @typedef {{key: string, say: Say}} Message */

/**
 * @typedef {((text: string, values?: Readonly<Record<string, Value>>) => string)
 *   & {language: string}} Words
 */

/** @type {Readonly<Record<string, Value>>} */
const NOTHING = {};

/**
 * @param {string} language tag, as `de`; also for dates and numbers
 * @param {Readonly<Record<string, Say>>} [messages] by key; English for what is missing
 * @returns {Words} a text that is no message, such as what the server said, stays as it is
 */
export function createWords(language, messages = {}) {
  /**
   * @param {string} text
   * @param {Readonly<Record<string, Value>>} [values]
   */
  const t = (text, values = NOTHING) => {
    const message = /** @type {string | Message} */ (/** @type {unknown} */ (text));
    if (typeof message === "string") return message;
    return (messages[message.key] ?? message.say)(values);
  };
  return Object.assign(t, { language });
}
