/**
 * The outline by its command: the skip links have its switch, which shows itself when it
 * has the focus. Loaded with the first use.
 */

/** Shows the outline, with the focus on its switch. @returns {void} */
export function openOutline() {
  const opener = document.querySelector(".skips [aria-expanded]");
  if (!(opener instanceof HTMLElement)) return;
  opener.focus();
  if (opener.ariaExpanded === "false") opener.click();
}
