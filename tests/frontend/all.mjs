/** Imports the test files named on the command line; `node:test` runs what they define. */

import { pathToFileURL } from "node:url";

for (const path of process.argv.slice(2)) await import(pathToFileURL(path).href);
