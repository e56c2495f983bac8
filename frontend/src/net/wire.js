/**
 * Frames as text. Half of a surrogate pair, which a keyboard or a cut string may leave
 * behind, is no text to any other program: the server would refuse the frame as no JSON
 * and close the link, and the change would come again from the outbox for ever. It goes
 * out as the replacement character instead.
 *
 * @import { ClientFrame } from "../protocol.js"
 */

/** A lone half as `JSON.stringify` writes it, after an even number of backslashes. */
const LONE_HALF = /(?<=(?:^|[^\\])(?:\\\\)*)\\ud[89a-f][0-9a-f]{2}/g;

/**
 * @param {ClientFrame} frame
 * @returns {string}
 */
export function encodeFrame(frame) {
  const text = JSON.stringify(frame);
  return text.includes("\\ud") ? text.replace(LONE_HALF, "\\ufffd") : text;
}
