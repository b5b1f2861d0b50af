// Tells who does nothing that the session ends soon, or has ended, and the server that somebody types.
// What was typed is kept by keeping.js whatever happens to the session.
(() => {
  const limit = Number(document.body.dataset.idle) * 1000;
  const warning = document.getElementById("idle-warning");
  if (!limit || !warning) return;

  const MINUTE = 60_000;
  let last = Date.now();
  let told = last;

  const show = (part, shown) => warning.querySelectorAll(`[data-${part}]`).forEach((each) => (each.hidden = !shown));
  const tell = (isOver) => {
    show("ends", !isOver);
    show("ended", isOver);
    warning.hidden = false;
  };
  // Another tab may have been used meanwhile: only the server knows whether the session is over.
  const ask = async (query) => {
    try {
      const answer = await fetch(`${warning.dataset.presence}${query}`);
      return (await answer.json()).user !== "";
    } catch {
      return true; // without a line nobody knows
    }
  };

  let over = false;
  const look = async (query) => {
    over = !(await ask(query));
    if (over) tell(true);
    return over;
  };

  const active = async () => {
    last = Date.now();
    if (!over) warning.hidden = true;
    if (Math.abs(last - told) < (over ? 5000 : MINUTE)) return;  // or the clock was set back
    told = last;
    if (!(await look("?active=1"))) warning.hidden = true;
  };
  for (const kind of ["keydown", "pointerdown", "input"]) {
    document.addEventListener(kind, active, { passive: true });
  }
  let looked = 0;
  setInterval(async () => {
    last = Math.min(last, Date.now());  // a clock that was set back
    const away = Date.now() - last;
    if (over || away < limit - 2 * MINUTE) return;
    if (away < limit) tell(false);
    else if (Date.now() - looked > MINUTE) {
      looked = Date.now();
      await look("");
    }
  }, 1000);
})();
