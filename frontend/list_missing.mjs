/**
 * Lists what is to be translated: `npm run texts`. Ends with 1 when something is.
 */

import { languages, readMessages } from "./messages.mjs";
import { faultsOf } from "./messages_check.mjs";

const english = readMessages("en");
let n_faults = 0;
for (const language of languages()) {
  for (const { panel, name, fault } of faultsOf(language, english)) {
    n_faults += 1;
    const source = english[panel]?.[name] ?? "";
    console.log(`${language}/${panel}.json  ${name}: ${fault}  ${source}`);
  }
}
process.exitCode = n_faults > 0 ? 1 : 0;
