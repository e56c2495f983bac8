// Draw so many strokes with the pen, a gesture each, and wait until they are saved: all at
// once, or a move in each frame and a pause of so many milliseconds after each stroke.
async ([strokes, moves, pause]) => {
  const stage = document.querySelector(".layer-overlay").parentElement;
  const { document: shown, status } = document.querySelector("#board").board;
  const frame = () => new Promise((resolve) => requestAnimationFrame(resolve));
  const send = (type, x, y, buttons) =>
    stage.dispatchEvent(
      new PointerEvent(type, {
        ...{ clientX: x, clientY: y, buttons, button: type === "pointermove" ? -1 : 0 },
        ...{ pointerId: 1, pointerType: "mouse", isPrimary: true },
        ...{ bubbles: true, cancelable: true },
      }),
    );
  const until = async (holds) => {
    while (!holds()) await frame();
  };
  for (let i = 0; i < strokes; i += 1) {
    const [x, y] = [200 + (i % 20) * 40, 150 + (Math.floor(i / 20) % 10) * 50];
    send("pointerdown", x, y, 1);
    for (let j = 1; j <= moves; j += 1) {
      send("pointermove", x + j * 3, y + (j % 5) * 4, 1);
      if (pause) await frame();
    }
    send("pointerup", x + moves * 3, y, 0);
    if (pause) await new Promise((resolve) => setTimeout(resolve, pause));
    else if (i % 5 === 4) await frame();
  }
  await until(() => shown().elements.length >= strokes && status().unsaved === 0);
}
