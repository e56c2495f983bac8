/** Registers the hook that lets Node import the texts of the pages. */

import { register } from "node:module";

register("./messages_hook.mjs", import.meta.url);
