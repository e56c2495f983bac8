/**
 * Replicas and a server in a seeded world: submits and entries wait, get lost with their
 * link, come twice; people undo, and the server refuses some. In the end all are equal.
 */

import assert from "node:assert/strict";
import test from "node:test";
import {
  apply,
  fold,
  fromElements,
  targetOf,
} from "../../../frontend/src/model/document.js";
import { effectsOf } from "../../../frontend/src/model/effects.js";
import { statesOf } from "../../../frontend/src/model/pending.js";
import { copy, del, Journal, newReplica, put, set } from "./journal.js";
import { seededRandom } from "./random.js";

/**
 * @import { Change, Entry, Op } from "../../../frontend/src/protocol.js"
 * @import { Replica } from "../../../frontend/src/model/replica.js"
 */

const N_SEEDS = 150;
const N_CLIENTS = 4;
const N_STEPS = 400;
const ELEMENTS = ["a", "b", "c", "d", "e", "f"];

class Client {
  /** Submits on their way. @type {Change[]} */
  up = [];
  /** Entries on their way. @type {Entry[]} */
  down = [];

  /** @param {string} name */
  constructor(name) {
    this.name = name;
    /** @type {Replica} */
    this.replica = newReplica(name);
    this.replica.subscribeChanges((change) => this.up.push(copy(change)));
  }
}

class World {
  journal = new Journal();
  /** @type {Set<string>} */
  refused = new Set();
  clients = Array.from({ length: N_CLIENTS }, (_, index) => new Client(`c${index}`));

  /**
   * @param {number} seed
   * @param {{ hasSnapshots?: boolean }} [options]
   */
  constructor(seed, { hasSnapshots = true } = {}) {
    this.random = seededRandom(seed);
    this.hasSnapshots = hasSnapshots;
  }

  /** @template T @param {readonly T[]} list @returns {T} */
  pick(list) {
    const item = list[Math.floor(this.random() * list.length)];
    assert.ok(item !== undefined);
    return item;
  }

  /** @returns {Op} */
  op() {
    const id = this.pick(ELEMENTS);
    const x = Math.floor(this.random() * 100);
    const dice = this.random();
    if (dice < 0.35) return put(id, { x, z: this.pick(["a0", "a1", "a2"]) });
    if (dice < 0.85) {
      return set(id, this.pick([{ x }, { y: x }, { fill: null }, { fill: "#00ff00" }]));
    }
    return del(id);
  }

  step() {
    const client = this.pick(this.clients);
    const dice = this.random();
    if (dice < 0.3) {
      client.replica.submit(this.random() < 0.3 ? [this.op(), this.op()] : [this.op()]);
    } else if (dice < 0.37) client.replica.undo();
    else if (dice < 0.4) client.replica.redo();
    else if (dice < 0.65) this.serve(client);
    else if (dice < 0.95) this.deliver(client);
    else this.relink(client);
  }

  /** The server takes the oldest submit of a client. @param {Client} client */
  serve(client) {
    const change = client.up.shift();
    if (!change) return;
    if (this.refused.has(change.id) || this.random() < 0.1) {
      this.refused.add(change.id);
      client.replica.reject(change.id);
      return;
    }
    const head = this.journal.entries.length;
    const entry = this.journal.commit(client.name, change);
    if (entry.seq <= head) client.down.push(entry);
    else for (const each of this.clients) each.down.push(copy(entry));
  }

  /** Some entries arrive, at times twice. @param {Client} client */
  deliver(client) {
    const some = client.down.splice(0, 1 + Math.floor(this.random() * 3));
    client.replica.receiveAll(some);
    if (this.random() < 0.1) client.replica.receiveAll(some);
  }

  /** The link broke: what was on the way is lost, all comes again. @param {Client} client */
  relink(client) {
    client.down = [];
    if (this.hasSnapshots && this.random() < 0.5) {
      client.replica.load(this.journal.snapshot());
    } else client.down.push(...copy(this.journal.entries.slice(client.replica.seq)));
    client.up = copy(client.replica.pending());
  }

  settle() {
    for (const client of this.clients) this.relink(client);
    while (this.clients.some(({ up }) => up.length > 0)) {
      for (const client of this.clients) this.serve(client);
    }
    for (const { replica, down } of this.clients) replica.receiveAll(down);
  }
}

test(`C1 C2 C3 C4 all replicas end equal, ${N_SEEDS} seeds`, () => {
  for (let seed = 1; seed <= N_SEEDS; seed++) {
    const world = new World(seed);

    for (let step = 0; step < N_STEPS; step++) world.step();
    world.settle();

    const expected = fold(world.journal.entries);
    for (const { name, replica } of world.clients) {
      const message = `seed ${seed}, client ${name}`;
      assert.equal(replica.pendingCount, 0, message);
      assert.deepEqual(replica.document(), expected, message);
    }
    const ids = world.journal.entries.map(({ id }) => id);
    assert.equal(new Set(ids).size, ids.length, `seed ${seed}: each change once`);
  }
});

test("C1 at every moment shown is confirmed with pending on top", () => {
  for (let seed = 1; seed <= 20; seed++) {
    const world = new World(seed);

    for (let step = 0; step < 200; step++) {
      world.step();
      for (const { name, replica } of world.clients) {
        const confirmed = fold(world.journal.entries.slice(0, replica.seq));
        const pending = replica.pending().map(({ id, ops }, index) => {
          const by = { session: "", client: name };
          return { seq: confirmed.seq + index + 1, id, at: 0, by, ops };
        });
        const { elements } = fold(pending, confirmed);
        assert.deepEqual([...replica.list()], elements, `seed ${seed}, step ${step}`);
      }
    }
  }
});

/**
 * Who last changed what, by element and property; "*" stands for the element as such.
 * @param {Entry[]} entries
 * @returns {Map<string, Map<string, string>>}
 */
function lastWriters(entries) {
  const document = fromElements([]);
  /** @type {Map<string, Map<string, string>>} */
  const writers = new Map();
  for (const { ops, by } of entries) {
    const before = statesOf({ ops }, (id) => document.get(id));
    apply(document, ops);
    for (const effect of effectsOf(before, (id) => document.get(id))) {
      const known = effect.did === "changed" ? writers.get(effect.id) : undefined;
      const props = effect.did === "changed" ? Object.keys(effect.is) : ["*"];
      const mine = props.map((name) => /** @type {const} */ ([name, by.client]));
      writers.set(effect.id, new Map([...(known ?? []), ...mine]));
    }
  }
  return writers;
}

/**
 * The properties that an op would overwrite; all of them when it takes the element.
 * @param {Op} op
 * @param {Map<string, string>} writers of its element
 */
function overwritten(op, writers) {
  const names = op.op === "set" ? Object.keys(op.props) : [...writers.keys()];
  return names.map((name) => writers.get(name) ?? writers.get("*"));
}

test("C4 undo never overwrites what somebody else changed last, 150 seeds", () => {
  let nUndone = 0;
  for (let seed = 1; seed <= 150; seed++) {
    const world = new World(seed, { hasSnapshots: false });
    for (let step = 0; step < 250; step++) {
      world.step();
      const { name, replica } = world.pick(world.clients);
      if (world.random() > 0.1) continue;
      const by = { session: "", client: name };
      const pending = replica
        .pending()
        .map((change) => ({ ...change, seq: 0, at: 0, by }));
      const known = world.journal.entries.slice(0, replica.seq);
      const writers = lastWriters([...known, ...pending]);

      const change = replica.undo();

      for (const op of change?.ops ?? []) {
        const of = writers.get(String(targetOf(op)));
        assert.ok(of, `seed ${seed}, step ${step}`);
        for (const writer of overwritten(op, of)) {
          assert.equal(
            writer,
            name,
            `seed ${seed}, step ${step}: ${JSON.stringify(op)}`,
          );
        }
        nUndone++;
      }
    }
  }
  assert.ok(nUndone > 1_000, `${nUndone} undone`);
});
