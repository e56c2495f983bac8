/**
 * Stored colours to shown colours.
 *
 * A board stores the colours of paper. In the dark theme they are turned for display
 * only: grey tones change sides, bright colours keep their hue and stay bright. Pure;
 * works in OKLab, where equal steps look equal.
 */

/** @typedef {"light" | "dark"} Theme */
/** @typedef {(stored: string) => string} ColorMap */

const DARK_PAPER_L = 0.2; // where white goes
const LIGHT_INK_L = 0.93; // where near-black ink goes
const INK_L = 0.235; // the lightness of #1e1e1e
const GREY_CHROMA = 0.05; // below this a colour is a tone of grey or a pale tint
const VIVID_CHROMA = 0.13; // above this its hue is what matters
const TINT_FROM_L = 0.76; // lighter than this a colour begins to be a tint of white
const TINT_L = 0.84;
const TINT_DARK_L = 0.4; // a note stays a sheet on dark paper, not a hole in it
const TINT_CHROMA = 0.085; // and a colour, where paper was only tinged with it
const YELLOW_RAD = 1.75; // hue; dark yellow looks like mud: it stays lighter, like gold
const YELLOW_REACH_RAD = 0.5;
const GOLD_L = 0.06;
const GOLD_RAD = -0.2; // how far from yellow it lies
const VIVID_MIN_L = 0.68; // bright enough for thin lines on dark paper

export const PAPER = { light: "#fbfaf7", dark: "#17191c" };

/**
 * A colour map for one theme, which remembers what it worked out.
 * @param {Theme} theme
 * @returns {ColorMap}
 */
export function colorMap(theme) {
  if (theme === "light") return (stored) => stored;
  /** @type {Map<string, string>} */
  const known = new Map();
  return (stored) => {
    const found = known.get(stored);
    if (found !== undefined) return found;
    const shown = darkColor(stored);
    known.set(stored, shown);
    return shown;
  };
}

/**
 * What a stored colour looks like on dark paper.
 * @param {string} stored `#rrggbb`, `#rrggbbaa` or `none`
 * @returns {string}
 */
export function darkColor(stored) {
  const match = /^#([0-9a-f]{6})([0-9a-f]{2})?$/i.exec(stored);
  if (!match?.[1]) return stored;
  const { l, a, b } = toOklab(match[1]);
  const chroma = Math.hypot(a, b);
  const slope = (DARK_PAPER_L - LIGHT_INK_L) / (1 - INK_L);
  const turned = Math.min(0.97, LIGHT_INK_L + (l - INK_L) * slope);
  const bright = Math.max(VIVID_MIN_L, l);
  const tintness = smoothstep(TINT_FROM_L, TINT_L, l);
  const vividness = smoothstep(GREY_CHROMA, VIVID_CHROMA, chroma) * (1 - tintness);
  const tinge = smoothstep(0.02, 0.06, chroma) * tintness;
  const hue = Math.atan2(b, a);
  const apart = Math.abs(hue - YELLOW_RAD) / YELLOW_REACH_RAD;
  const gold = smoothstep(0, 1, 1 - apart) * tinge;
  const tinted =
    Math.max(turned, turned + (TINT_DARK_L - turned) * tinge) + GOLD_L * gold;
  const lightness = tinted + (bright - tinted) * vividness;
  const shown = Math.max(chroma, chroma + (TINT_CHROMA - chroma) * tinge);
  const turn = hue + GOLD_RAD * gold;
  const [x, y] = [shown * Math.cos(turn), shown * Math.sin(turn)];
  return toHex(lightness, x, y) + (match[2] ?? "");
}

/**
 * What a marker's ink looks like on dark paper, which it lights up: a light colour stays
 * as light as it is.
 * @param {string} stored as above
 * @returns {string}
 */
export function darkMarker(stored) {
  const shown = darkColor(stored);
  const lightness = (/** @type {string} */ color) => toOklab(color.slice(1, 7)).l;
  return lightness(shown) < lightness(stored) ? stored : shown;
}

/**
 * @param {number} from
 * @param {number} to
 * @param {number} value
 * @returns {number}
 */
function smoothstep(from, to, value) {
  const t = Math.min(1, Math.max(0, (value - from) / (to - from)));
  return t * t * (3 - 2 * t);
}

/**
 * @param {string} hex six digits
 * @returns {{l: number, a: number, b: number}}
 */
function toOklab(hex) {
  const [r, g, b] = [0, 2, 4].map((i) =>
    toLinear(Number.parseInt(hex.slice(i, i + 2), 16) / 255),
  );
  const [red, green, blue] = [r ?? 0, g ?? 0, b ?? 0];
  const l = Math.cbrt(0.4122214708 * red + 0.5363325363 * green + 0.0514459929 * blue);
  const m = Math.cbrt(0.2119034982 * red + 0.6806995451 * green + 0.1073969566 * blue);
  const s = Math.cbrt(0.0883024619 * red + 0.2817188376 * green + 0.6299787005 * blue);
  return {
    l: 0.2104542553 * l + 0.793617785 * m - 0.0040720468 * s,
    a: 1.9779984951 * l - 2.428592205 * m + 0.4505937099 * s,
    b: 0.0259040371 * l + 0.7827717662 * m - 0.808675766 * s,
  };
}

/**
 * The nearest colour a screen has: the chroma gives way, lightness and hue stay.
 * @param {number} lightness
 * @param {number} a
 * @param {number} b
 * @returns {string} `#rrggbb`
 */
function toHex(lightness, a, b) {
  let channels = toLinearRgb(lightness, a, b);
  for (let keep = 0.95; keep > 0 && !isOnScreen(channels); keep -= 0.05) {
    channels = toLinearRgb(lightness, a * keep, b * keep);
  }
  return `#${channels.map((value) => byteOf(value)).join("")}`;
}

/**
 * @param {readonly number[]} channels
 * @returns {boolean}
 */
function isOnScreen(channels) {
  return channels.every((value) => value >= -0.001 && value <= 1.001);
}

/**
 * @param {number} lightness
 * @param {number} a
 * @param {number} b
 * @returns {number[]}
 */
function toLinearRgb(lightness, a, b) {
  const l = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3;
  const m = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3;
  const s = (lightness - 0.0894841775 * a - 1.291485548 * b) ** 3;
  return [
    4.0767416621 * l - 3.3077115913 * m + 0.2309699292 * s,
    -1.2684380046 * l + 2.6097574011 * m - 0.3413193965 * s,
    -0.0041960863 * l - 0.7034186147 * m + 1.707614701 * s,
  ];
}

/**
 * @param {number} value 0…1
 * @returns {number}
 */
function toLinear(value) {
  return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
}

/**
 * @param {number} linear
 * @returns {string} two hexadecimal digits
 */
function byteOf(linear) {
  const value = Math.min(1, Math.max(0, linear));
  const encoded =
    value <= 0.0031308 ? value * 12.92 : 1.055 * value ** (1 / 2.4) - 0.055;
  return Math.round(encoded * 255)
    .toString(16)
    .padStart(2, "0");
}
