import assert from "node:assert/strict";
import { test } from "node:test";
import { Pace } from "../../../frontend/src/ui/pace.js";

test("a pace tries a few pieces, then as many as fit the budget", () => {
  const pace = new Pace(8, 3);
  assert.equal(pace.allowed, 3);

  pace.learn(3, 3);

  assert.equal(pace.allowed, 8);
});

test("a pace never stands still, however slow the machine", () => {
  const pace = new Pace(8, 3);

  pace.learn(1, 500);

  assert.equal(pace.allowed, 1);
});

test("a pace learns nothing from a frame that did nothing", () => {
  const pace = new Pace(8, 3);

  pace.learn(0, 100);

  assert.equal(pace.allowed, 3);
});
