/**
 * The few REST calls that the board's panels make.
 */

/**
 * Change title or link role; only the owner may.
 * @param {string} url of the board in the API
 * @param {{title?: string, link_role?: string}} change
 * @returns {Promise<string | null>} null, or in words why not
 */
export async function saveBoard(url, change) {
  try {
    const answer = await fetch(url, {
      method: "PATCH",
      keepalive: true, // of a page that is being closed, too
      headers: { "Content-Type": "application/json", "X-CSRFToken": csrfToken() },
      body: JSON.stringify(change),
    });
    if (answer.ok) return null;
    const { error } = await answer.json();
    return typeof error?.detail === "string" ? error.detail : "That did not work.";
  } catch {
    return "The server could not be reached.";
  }
}

/** @returns {string} what Django wants back from its cookie */
export function csrfToken() {
  return /(?:^|; )csrftoken=([^;]+)/.exec(document.cookie)?.[1] ?? "";
}
