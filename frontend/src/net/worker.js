/**
 * The service worker, as the pages see it: registered, and told what the first page of all
 * loaded before there was a worker to see it.
 */

const WORKER_URL = "/worker.js"; // at the root, so that it may answer for every page

/**
 * @param {Window & typeof globalThis} window
 * @param {ServiceWorkerContainer | null} container null where a page may have none, such
 *   as on plain HTTP: then pages open with a network only
 * @returns {Promise<void>} done, whether or not there is a worker now
 */
export async function registerWorker(window, container) {
  if (!container) return;
  const is_first = container.controller === null;
  try {
    await container.register(WORKER_URL);
    if (!is_first) return;
    const { active } = await container.ready;
    const { href, origin } = window.location;
    const files = window.performance
      .getEntriesByType("resource")
      .map(({ name }) => name);
    const urls = files.filter((url) => url.startsWith(`${origin}/static/`));
    active?.postMessage({ page: href, files: urls });
  } catch {
    // As if there were none.
  }
}
