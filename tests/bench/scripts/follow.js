// How far right the ink above the board reaches, frame by frame, until `until` pixels.
(until) =>
  new Promise((resolve) => {
    const canvas = document.querySelector(".layer-overlay");
    const context = canvas.getContext("2d");
    const { width, height } = canvas;
    const seen = [];
    const look = (now) => {
      const { data } = context.getImageData(0, Math.round(height / 2) - 1, width, 2);
      let x = -1;
      for (let i = data.length - 1; i >= 3; i -= 4) {
        if (data[i] > 0) x = Math.max(x, ((i - 3) / 4) % width);
      }
      if (x >= 0) seen.push([now, x]);
      if (x >= until) resolve(seen);
      else requestAnimationFrame(look);
    };
    requestAnimationFrame(look);
  })
