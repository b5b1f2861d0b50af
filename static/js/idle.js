// Tells who does nothing that the session ends soon, and the server that somebody types.
// What was typed is kept by keeping.js whatever happens to the session.
(() => {
  const limit = Number(document.body.dataset.idle) * 1000;
  const warning = document.getElementById("idle-warning");
  if (!limit || !warning) return;

  const MINUTE = 60_000;
  let last = Date.now();
  let told = last;

  const active = () => {
    last = Date.now();
    warning.hidden = true;
    if (last - told < MINUTE) return;
    told = last;
    fetch(`${warning.dataset.presence}?active=1`).catch(() => {}); // without a line there is nobody to tell
  };
  for (const kind of ["keydown", "pointerdown", "input"]) {
    document.addEventListener(kind, active, { passive: true });
  }
  setInterval(() => {
    warning.hidden = Date.now() - last < limit - 2 * MINUTE;
  }, 1000);
})();
