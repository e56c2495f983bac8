// The least that a page can do with a pen: a line on a canvas as large as the window.
() => {
  const canvas = document.querySelector("canvas");
  [canvas.width, canvas.height] = [innerWidth, innerHeight];
  const context = canvas.getContext("2d", { alpha: false });
  context.fillStyle = "#fff";
  context.fillRect(0, 0, innerWidth, innerHeight);
  context.lineWidth = 4;
  let last = null;
  canvas.addEventListener("pointerdown", (event) => {
    last = event;
  });
  canvas.addEventListener("pointermove", (event) => {
    if (last === null) return;
    context.beginPath();
    context.moveTo(last.clientX, last.clientY);
    context.lineTo(event.clientX, event.clientY);
    context.stroke();
    last = event;
  });
  canvas.addEventListener("pointerup", () => {
    last = null;
  });
};
