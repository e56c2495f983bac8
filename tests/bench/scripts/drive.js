// One wheel event a frame, as a trackpad sends them: there and back, so many frames.
([selector, frames, dx, dy, ctrlKey]) =>
  new Promise((resolve) => {
    const target = document.querySelector(selector).parentElement;
    let n = 0;
    const step = () => {
      if (n >= frames) return resolve();
      const way = n < frames / 2 ? 1 : -1;
      n += 1;
      target.dispatchEvent(
        new WheelEvent("wheel", {
          deltaX: dx * way,
          deltaY: dy * way,
          ctrlKey,
          clientX: 640,
          clientY: 400,
          bubbles: true,
          cancelable: true,
        }),
      );
      requestAnimationFrame(step);
    };
    requestAnimationFrame(step);
  })
