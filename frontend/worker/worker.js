/**
 * The service worker: pages open without a network once they were opened with one.
 *
 * Pages come from the network while there is one, so that nobody works with old code;
 * files whose names carry a hash never change and come from here. What is on boards is
 * not kept here but by the page (`net/copies.js`), except pictures, which never change
 * under their address either. The server's refusals are passed on, and remove what was
 * kept of a page.
 */

import { ExpirationPlugin } from "workbox-expiration";
import { registerRoute } from "workbox-routing";
import { CacheFirst, NetworkFirst } from "workbox-strategies";

const worker = /** @type {ServiceWorkerGlobalScope} */ (/** @type {unknown} */ (self));

const PAGES = "pages";
const FILES = "files";
const PICTURES = "pictures";
const PATIENCE_S = 4; // then the kept page: the network is as good as none
const MOST_PAGES = 60;
const MOST_FILES = 300; // some versions of all chunks
const MOST_PICTURES = 300;
const REFUSED = [403, 404, 410];

const isHashed = /^\/static\/(chunks\/.*|.*\.[0-9a-f]{12}\.\w+)$/;
const isPage = /^\/(b\/[\w-]+\/)?$/;
const isPicture = /^\/api\/boards\/[\w-]+\/assets\/[0-9a-f]{64}$/;

worker.addEventListener("install", (event) => {
  void worker.skipWaiting();
  event.waitUntil(caches.open(FILES).then((cache) => cache.addAll([...CHUNKS])));
});

worker.addEventListener("activate", (event) => {
  event.waitUntil(
    Promise.all([
      worker.clients.claim(),
      worker.registration.navigationPreload?.enable(),
    ]),
  );
});

/** What the first page had loaded before this worker was there. */
worker.addEventListener("message", (event) => {
  const { page, files } = /** @type {{page: string, files: string[]}} */ (event.data);
  const keep = async () => {
    const [pages, kept] = [await caches.open(PAGES), await caches.open(FILES)];
    await Promise.all([pages.add(page.split("#")[0] ?? page), kept.addAll(files)]);
  };
  event.waitUntil(keep());
});

registerRoute(
  ({ request, url }) => request.mode === "navigate" && isPage.test(url.pathname),
  new NetworkFirst({
    cacheName: PAGES,
    networkTimeoutSeconds: PATIENCE_S,
    plugins: [
      new ExpirationPlugin({ maxEntries: MOST_PAGES }),
      {
        handlerDidRespond: async ({ request, response }) => {
          if (!response || !REFUSED.includes(response.status)) return;
          const cache = await caches.open(PAGES);
          await cache.delete(request.url);
        },
      },
    ],
  }),
);

registerRoute(
  ({ url, sameOrigin }) => sameOrigin && isHashed.test(url.pathname),
  new CacheFirst({
    cacheName: FILES,
    plugins: [new ExpirationPlugin({ maxEntries: MOST_FILES })],
  }),
);

registerRoute(
  ({ url, sameOrigin }) => sameOrigin && url.pathname.startsWith("/static/"),
  new NetworkFirst({ cacheName: FILES, networkTimeoutSeconds: PATIENCE_S }),
);

registerRoute(
  ({ url, sameOrigin }) => sameOrigin && isPicture.test(url.pathname),
  new CacheFirst({
    cacheName: PICTURES,
    plugins: [new ExpirationPlugin({ maxEntries: MOST_PICTURES })],
  }),
);
