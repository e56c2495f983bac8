import assert from "node:assert/strict";
import { test } from "node:test";
import { boxBetween, contains, grow } from "../../../frontend/src/draw/geometry.js";
import { Damage } from "../../../frontend/src/ui/damage.js";

const [LEFT, RIGHT] = [boxBetween(0, 0, 10, 10), boxBetween(100, 0, 110, 10)];

test("what is new and what is gone is painted anew", () => {
  const damage = new Damage();

  const came = damage.take([{ key: "a", token: 1, box: LEFT }]);
  const went = damage.take([]);

  assert.deepEqual([came, went], [[grow(LEFT, 1)], [grow(LEFT, 1)]]);
});

test("what looks the same is left alone", () => {
  const damage = new Damage();
  damage.take([{ key: "a", token: 1, box: LEFT }]);

  const found = damage.take([{ key: "a", token: 1, box: LEFT }]);

  assert.deepEqual(found, []);
});

test("what moved is painted where it is and where it was", () => {
  const damage = new Damage();
  damage.take([{ key: "a", token: 1, box: LEFT }]);

  const found = damage.take([{ key: "a", token: 2, box: RIGHT }]);

  assert.deepEqual(found, [grow(LEFT, 1), grow(RIGHT, 1)]);
});

test("of what goes on only the parts are painted, then and now", () => {
  const damage = new Damage();
  const box = boxBetween(0, 0, 1000, 1000);
  damage.take([{ key: "a", token: 1, box, part: LEFT }]);

  const found = damage.take([{ key: "a", token: 2, box, part: RIGHT }]);
  const ended = damage.take([{ key: "a", token: 3, box }]);

  assert.deepEqual(found, [grow(LEFT, 1), grow(RIGHT, 1)]);
  assert.ok(ended.some((part) => contains(part, box)));
});
