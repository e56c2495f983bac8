/** Reads entries, a JSON list a line, and writes the elements they make, a line each. */

import { createInterface } from "node:readline";
import { fold } from "../../frontend/src/model/document.js";

for await (const line of createInterface({ input: process.stdin })) {
  process.stdout.write(`${JSON.stringify(fold(JSON.parse(line)).elements)}\n`);
}
