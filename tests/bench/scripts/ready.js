// The first frame in which a stroke can begin: canvases and listeners are there.
window.first_stroke = new Promise((resolve) => {
  const look = () => {
    if (document.querySelector("#board .layer-overlay")) resolve(performance.now());
    else requestAnimationFrame(look);
  };
  look();
});
