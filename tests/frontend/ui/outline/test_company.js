import assert from "node:assert/strict";
import { test } from "node:test";
import { Company } from "../../../../frontend/src/ui/outline/company.js";
import { createWords } from "../../../../frontend/src/words/words.js";

const t = createWords("en");

/** @param {Record<string, string>} names by client */
const here = (names) => new Map(Object.entries(names));

test("who came and who left is told, and not who was there at first", () => {
  const company = new Company();

  assert.equal(company.tell(t, here({ a: "Ada", b: "Bo" })), "");
  assert.equal(
    company.tell(t, here({ a: "Ada", c: "Cy" })),
    "Cy has joined. Bo has left.",
  );
});

test("who loads the page again neither left nor came", () => {
  const company = new Company();
  company.tell(t, here({ a: "Ada" }));

  assert.equal(company.tell(t, here({ a: "Ada the second" })), "");
});

test("a crowd is not read out one by one", () => {
  const company = new Company();
  company.tell(t, here({}));

  const said = company.tell(
    t,
    here(Object.fromEntries([..."abcdef"].map((c) => [c, c]))),
  );

  assert.equal(said.split(".").length - 1, 4);
});
