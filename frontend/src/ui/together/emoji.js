/**
 * Emoji where they are shown big: as the device has them, or drawn by us on one that has
 * no coloured ones, where they would be empty boxes. The drawings load only there.
 */

const SAMPLE = "🤔"; // the youngest of the reactions
const SIDE_PX = 16;

/** @type {boolean | undefined} found out once */
let isColored;

/**
 * Show an emoji as all that an element holds.
 * @param {Element} place
 * @param {string} emoji
 * @returns {void}
 */
export function showEmoji(place, emoji) {
  place.textContent = emoji;
  isColored ??= hasColors();
  if (isColored) return;
  void import("./drawn_emoji.js")
    .then(({ drawnEmoji }) => {
      const drawn = drawnEmoji(emoji);
      if (drawn && place.firstChild) place.firstChild.replaceWith(drawn);
    })
    .catch(() => {}); // offline: a box is better than nothing
}

/** @returns {boolean} whether emoji written in black are painted in colours */
function hasColors() {
  const canvas = document.createElement("canvas");
  canvas.width = SIDE_PX;
  canvas.height = SIDE_PX;
  const context = canvas.getContext("2d", { willReadFrequently: true });
  if (!context) return true;
  context.font = `${SIDE_PX}px sans-serif`;
  context.textBaseline = "top";
  context.fillText(SAMPLE, 0, 0);
  const { data } = context.getImageData(0, 0, SIDE_PX, SIDE_PX);
  return data.some((value, i) => i % 4 !== 3 && value > 0);
}
