/**
 * What the tools are called.
 */

/** @import { ToolName } from "../tools/toolbox.js" */

import texts from "../../messages/en/tools.json";

/** Texts to be said by `desk.t`. @type {Readonly<Record<ToolName, string>>} */
export const TOOL_TITLES = texts;
