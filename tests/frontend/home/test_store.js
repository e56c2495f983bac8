import assert from "node:assert/strict";
import { test } from "node:test";
import { Failure } from "../../../frontend/src/home/api.js";
import { Store } from "../../../frontend/src/home/store.js";
import { createWords } from "../../../frontend/src/words/words.js";
import { settled } from "../net/fakes.js";
import { board, ids } from "./boards.js";

/** @import { Board, LinkRole } from "../../../frontend/src/home/list.js" */

const NOW = Date.parse("2026-03-15T12:00:00Z");

/** A server with two boards, whose answers wait until they are let through. */
class FakeApi {
  /** @type {Map<string, Board>} */
  boards = new Map();
  /** @type {Failure | null} */
  failure = null;
  /** Answers wait for this. */
  gate = Promise.resolve();

  constructor() {
    for (const id of ["a", "b"])
      this.boards.set(id, board({ id, title: `Board ${id}` }));
  }

  /** @param {string} id @param {Partial<Board>} fields */
  async #answer(id, fields) {
    await this.gate;
    if (this.failure) throw this.failure;
    const after = board({ ...this.boards.get(id), ...fields, id });
    this.boards.set(id, after);
    return after;
  }

  create = () => this.#answer("made", {});
  /** @param {string} id @param {{ title?: string, link_role?: LinkRole }} wish */
  change = (id, wish) => this.#answer(id, wish);
  /** @param {string} id */
  restore = (id) => this.#answer(id, { deleted_at: null });
  /** @param {string} id */
  duplicate = (id) => this.#answer(`${id}-copy`, { title: `Copy of Board ${id}` });

  /** @param {string} id */
  async trash(id) {
    await this.#answer(id, { deleted_at: "2026-03-15T12:00:00Z" });
  }

  /** @param {string} id */
  async remove(id) {
    await this.#answer(id, {});
    this.boards.delete(id);
  }

  async list() {
    const boards = [...this.boards.values()];
    await this.gate;
    if (this.failure) throw this.failure;
    return boards;
  }
}

/** A clock that moves by hand. */
class FakeClock {
  /** @type {Map<number, () => void>} */
  timers = new Map();
  #next = 1;
  now = () => NOW;
  /** @param {() => void} run */
  later = (run) => {
    this.timers.set(this.#next, run);
    return this.#next++;
  };
  /** @param {unknown} timer */
  never = (timer) => void this.timers.delete(Number(timer));

  ring() {
    for (const run of [...this.timers.values()]) run();
  }
}

function world() {
  const api = new FakeApi();
  const clock = new FakeClock();
  const store = new Store({
    api,
    clock,
    t: createWords("en"),
    boards: [...api.boards.values()],
  });
  return { api, clock, store };
}

/** @param {Store} store */
function said(store) {
  return store.toasts.value.map(({ text }) => text);
}

test("a new title shows before the server has answered", async () => {
  const { store } = world();

  const done = store.rename("a", "  Plan \n");
  const shown = store.lists.value.boards.find(({ id }) => id === "a")?.title;
  await done;

  assert.equal(shown, "Plan");
  assert.deepEqual(said(store), []);
  assert.equal(store.voice.value, "Now called “Plan”."); // to who does not see it
});

test("what a link allows from now on is said", async () => {
  const { store } = world();

  await store.share("a", "view");

  assert.equal(store.voice.value, "Whoever has the link: Can view");
});

test("a refused title is taken back, and why is said", async () => {
  const { api, store } = world();
  api.failure = new Failure({ code: "offline" });

  await store.rename("a", "Plan");

  assert.equal(store.lists.value.boards[0]?.title, "Board a");
  assert.match(said(store)[0] ?? "", /^Could not rename “Board a”\. The server cannot/);
  assert.equal(store.toasts.value[0]?.isBad, true);
});

test("the server is told the newest of two titles last", async () => {
  const { api, store } = world();
  /** @type {(string | undefined)[]} */
  const titles = [];
  const changed = api.change;
  api.change = async (id, wish) => {
    titles.push(wish.title);
    await new Promise((go) => setTimeout(go, wish.title === "First" ? 5 : 0));
    return changed(id, wish);
  };
  /** @type {Set<string | undefined>} */
  const shown = new Set();

  const first = store.rename("a", "First");
  const second = store.rename("a", "Second");
  const stop = store.lists.subscribe((lists) =>
    shown.add(lists.boards.find(({ id }) => id === "a")?.title),
  );
  await Promise.all([first, second]);
  stop();

  assert.deepEqual(titles, ["First", "Second"]);
  assert.equal(api.boards.get("a")?.title, "Second");
  assert.deepEqual([...shown], ["Second"]);
});

test("what is refused leaves what else was wished", async () => {
  const { api, store } = world();
  const changed = api.change;
  api.change = async (id, wish) => {
    if (!wish.title) return changed(id, wish);
    await new Promise((go) => setTimeout(go, 5));
    throw new Failure({ code: "offline" });
  };

  await Promise.all([store.rename("a", "Plan"), store.share("a", "view")]);

  const now = store.lists.value.boards.find(({ id }) => id === "a");
  assert.equal(now?.title, "Board a");
  assert.equal(now?.link_role, "view");
});

test("a title that stays the same asks nobody", async () => {
  const { api, store } = world();
  api.failure = new Failure({ code: "offline" });

  await store.rename("a", " Board a ");

  assert.deepEqual(said(store), []);
});

test("trash offers to undo, and undo restores", async () => {
  const { store } = world();

  await store.trash("a");
  const trashed = ids(store.lists.value.trash);
  store.toasts.value[0]?.action?.run();
  await settled();

  assert.deepEqual(trashed, ["a"]);
  assert.deepEqual(ids(store.lists.value.boards), ["a", "b"]);
  assert.deepEqual(said(store), []); // that it is in the trash, which it is not
  assert.equal(store.voice.value, "Restored “Board a”.");
});

test("a board is in the trash until it can be opened again", async () => {
  const { api, store } = world();
  await store.trash("a");
  let open = () => {};
  api.gate = new Promise((resolve) => {
    open = () => resolve();
  });

  const restoring = store.restore("a");
  await settled();
  const meanwhile = ids(store.lists.value.boards);
  open();
  await restoring;

  assert.deepEqual(meanwhile, ["b"]);
  assert.deepEqual(ids(store.lists.value.boards), ["a", "b"]);
});

test("a board that could not be trashed is back", async () => {
  const { api, store } = world();
  api.failure = new Failure({ code: "unavailable" });

  await store.trash("a");

  assert.deepEqual(ids(store.lists.value.boards), ["a", "b"]);
  assert.equal(store.toasts.value[0]?.action, undefined);
});

test("a copy is listed when it is there", async () => {
  const { store } = world();

  await store.duplicate("a");

  assert.ok(ids(store.lists.value.boards).includes("a-copy"));
});

test("a second press makes no second board", async () => {
  const { store } = world();

  const [first, second] = await Promise.all([store.create(), store.create()]);

  assert.equal(first?.id, "made");
  assert.equal(second, null);
});

test("after a failure the next press tries again", async () => {
  const { api, store } = world();
  api.failure = new Failure({ code: "too_fast", waitMs: 60_000 });

  await store.create();

  assert.equal(store.isMaking.value, false);
  assert.match(said(store)[0] ?? "", /Try again in 60 seconds/);
});

test("a list that was asked for before a change is dropped", async () => {
  const { store } = world();

  const refreshed = store.refresh();
  const renamed = store.rename("a", "Plan");
  await Promise.all([refreshed, renamed]);

  assert.equal(store.lists.value.boards.find(({ id }) => id === "a")?.title, "Plan");
});

test("a list that cannot be had changes nothing and says nothing", async () => {
  const { api, store } = world();
  api.failure = new Failure({ code: "offline" });

  await store.refresh();

  assert.deepEqual(ids(store.lists.value.boards), ["a", "b"]);
  assert.deepEqual(said(store), []);
});

test("a toast goes after its time, but not while it is held", () => {
  const { clock, store } = world();
  store.say("One.");
  const [toast] = store.toasts.value;

  store.hold(toast?.id ?? 0);
  clock.ring();
  const held = said(store);
  store.release(toast?.id ?? 0);
  clock.ring();

  assert.deepEqual(held, ["One."]);
  assert.deepEqual(said(store), []);
});

test("no more than three toasts stand at once", () => {
  const { store } = world();

  for (const text of ["One.", "Two.", "Three.", "Four."]) store.say(text);

  assert.deepEqual(said(store), ["Two.", "Three.", "Four."]);
});

test("what is deleted for good is in no list", async () => {
  const { api, store } = world();
  await store.trash("a");

  await store.remove("a");

  assert.deepEqual(ids(store.lists.value.trash), []);
  assert.equal(api.boards.has("a"), false);
});

test("a board that is deleted for good twice does not come back", async () => {
  const { api, store } = world();
  const removed = api.remove.bind(api);
  api.remove = async (id) => {
    if (!api.boards.has(id)) throw new Failure({ code: "offline" });
    return removed(id);
  };

  await Promise.all([store.remove("a"), store.remove("a")]);

  const { boards, trash } = store.lists.value;
  assert.ok(![...boards, ...trash].some(({ id }) => id === "a"));
});

test("a board that could not be deleted for good stays in the trash", async () => {
  const { api, store } = world();
  await store.trash("a");
  api.failure = new Failure({ code: "offline" });

  await store.remove("a");

  assert.deepEqual(ids(store.lists.value.trash), ["a"]);
});
