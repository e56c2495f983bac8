/** What a browser remembers of a person. */

import assert from "node:assert/strict";
import test from "node:test";
import { Prefs } from "../../../frontend/src/net/prefs.js";
import { FakeStorage } from "./fakes.js";

test("a preference survives the page", () => {
  const storage = new FakeStorage();
  new Prefs(storage).set("name", "Ann");

  assert.equal(new Prefs(storage).get("name", ""), "Ann");
});

test("what is missing, unreadable or of another type is the fallback", () => {
  const storage = new FakeStorage();
  storage.setItem("chalkline.pref.broken", "{");
  const prefs = new Prefs(storage);
  prefs.set("width", "wide");

  assert.equal(prefs.get("nothing", 3), 3);
  assert.equal(prefs.get("broken", true), true);
  assert.equal(prefs.get("width", 2), 2);
  assert.deepEqual(prefs.get("style", { stroke: "none" }), { stroke: "none" });
});

test("where nothing can be kept it is remembered until the page ends", () => {
  const full = {
    getItem: () => null,
    setItem() {
      throw new DOMException("full", "QuotaExceededError");
    },
  };
  const prefs = new Prefs(full);

  prefs.set("name", "Ann");

  assert.equal(prefs.get("name", ""), "Ann");
  assert.equal(new Prefs(null).get("name", "nobody"), "nobody");
});
