/**
 * The board page: makes every part and ties them together; the only place that does.
 *
 * `<main id="board">` gets a read-only property `board` for embedding pages and tests:
 * `document()` is what is shown, as `{seq, elements}` in paint order, and `status()` what
 * the person is told: status, role, frozen, unsaved, isKept, closedReason, seq.
 *
 * @import { Snapshot } from "./model/document.js"
 * @import { State } from "./net/status.js"
 */

import { Peers } from "./model/peers.js";
import { Replica } from "./model/replica.js";
import { ifAllowed } from "./net/allowed.js";
import { Connection } from "./net/connection.js";
import { Copies } from "./net/copies.js";
import { keepCopy } from "./net/keeper.js";
import { Live } from "./net/live.js";
import { Outbox } from "./net/outbox.js";
import { Prefs } from "./net/prefs.js";
import { createRescue } from "./net/rescue.js";
import { fetchSnapshot, snapshotOrCopy } from "./net/snapshot.js";
import { browserSystem } from "./net/system.js";
import { Tab } from "./net/tab.js";
import { registerWorker } from "./net/worker.js";
import { mountBoard } from "./ui/app.js";
import { loadWords, markLanguage, pickLanguage } from "./words/languages.js";

/**
 * What the server wrote into the page.
 * @typedef {object} BoardData
 * @property {string} id
 * @property {string} title
 * @property {string} url
 * @property {string} socket_url
 * @property {string} snapshot_url
 * @property {string} api_url
 * @property {string} role
 * @property {string} link_role
 * @property {number} head
 * @property {number} asset_bytes of a picture, at most
 * @property {string | null} user
 */

/** Random enough for all boards of a server for ever: 21 characters of 6 bits. */
function newId() {
  const bytes = crypto.getRandomValues(new Uint8Array(21));
  const letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
  return Array.from(bytes, (byte) => letters[byte % 64]).join("");
}

/**
 * The styles of what is not there at first.
 * @param {string | undefined} url
 */
function addStyles(url) {
  if (!url) return;
  const link = document.createElement("link");
  link.rel = "stylesheet";
  link.href = url;
  document.head.append(link);
}

/** @returns {BoardData} */
function readData() {
  const text = document.getElementById("board-data")?.textContent;
  if (!text) throw new Error("The page has no #board-data.");
  return JSON.parse(text);
}

/**
 * A name for who has told none.
 * @param {Prefs} prefs
 * @param {Promise<import("./words/words.js").Words>} loading
 */
async function nameGuest(prefs, loading) {
  if (prefs.get("name", "") || prefs.get("guest", "")) return;
  try {
    const { guestName } = await import("./words/guest.js");
    prefs.set("guest", guestName(await loading, Math.random()));
  } catch {} // offline: nameless as yet
}

async function main() {
  const root = document.getElementById("board");
  if (!root) throw new Error("The page has no #board.");
  const data = readData();
  const system = browserSystem(window);
  const copies = new Copies({ board: data.id, now: Date.now });
  const fetched = fetchSnapshot(system.fetch, data.snapshot_url);
  const firstSnapshot = snapshotOrCopy(fetched, copies, system.clock);
  firstSnapshot.catch(() => {}); // `connection` goes on without it
  const prefs = new Prefs(ifAllowed(() => window.localStorage));
  const language = pickLanguage(prefs.get("language", ""), navigator.languages);
  const loading = loadWords(language);
  const naming = nameGuest(prefs, loading);
  const session = ifAllowed(() => window.sessionStorage);
  const tab = await Tab.open({
    storage: session,
    locks: ifAllowed(() => navigator.locks),
    channel: ifAllowed(() => new BroadcastChannel("chalkline")),
    clock: system.clock,
    newId: () => `tab:${newId()}`, // a key: others are told a hash of it
  });

  const outbox = new Outbox({ board: data.id, client: tab.client, now: Date.now });
  const { rescued, rescue, forget } = createRescue(session, data.id);
  const { changes, steps } = rescued();
  const kept = await outbox.open(changes);
  const rest = changes.filter(({ id }) => !kept.changes.some((one) => one.id === id));
  kept.changes.push(...rest);
  void Promise.all(rest.map((change) => outbox.add(change))).then(() => {
    if (outbox.isKept) forget();
  });
  for (const step of steps) outbox.write(step);
  const replica = new Replica({ client: tab.client, newId, steps: outbox });
  const newest = new Map([...kept.steps, ...steps].map((step) => [step.id, step]));
  replica.resume(kept.changes, [...newest.values()]);
  await naming;
  const peers = new Peers(replica);
  const live = new Live({
    clock: system.clock,
    isPending: (id) => replica.isTouched(id),
  });
  const connection = new Connection({
    ...{ system, replica, peers, live, outbox, firstSnapshot },
    url: data.socket_url,
    client: tab.client,
    role: data.role,
    person: {
      name: prefs.get("name", "") || prefs.get("guest", ""),
      color: prefs.get("color", "") || null,
    },
    adopt: () => outbox.adopt(tab),
  });

  Object.defineProperty(root, "board", {
    value: Object.freeze({
      /** @returns {Snapshot} */
      document: () => replica.document(),
      /** @returns {State & { seq: number }} */
      status: () => ({ ...connection.state, seq: replica.seq }),
    }),
  });
  const t = await loading;
  markLanguage(document.documentElement, t.language);
  const stay = new Prefs(session);
  mountBoard({
    ...{ root, t, replica, peers, connection, live, outbox, data, prefs, stay, newId },
  });
  addStyles(root.dataset.later);
  keepCopy({ copies, replica, connection, system });
  connection.start();
  window.addEventListener("pagehide", () =>
    rescue({
      changes: replica.pending().filter(({ id }) => !outbox.isWritten(id)),
      steps: outbox.unwrittenSteps,
    }),
  );
  void registerWorker(
    window,
    ifAllowed(() => navigator.serviceWorker),
  );
}

void main();
