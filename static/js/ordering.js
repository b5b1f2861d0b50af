// Lists whose rows are dragged by a handle, or moved with the arrow keys on it; without scripts their buttons do it.
for (const list of document.querySelectorAll("[data-order]")) {
  const items = () => [...list.querySelectorAll(":scope > [data-order-item]")];
  const status = Object.assign(document.createElement("p"), { className: "visually-hidden" });
  status.setAttribute("role", "status");
  list.after(status);
  let asked = 0, before = Promise.resolve();
  // One order is under way at a time, so that an older one never arrives last; those between are skipped.
  const send = (form) => {
    const turn = ++asked;
    if (list.dataset.order === "anew") list.inert = true; // its rows are named anew with each order
    before = before.then(() => turn === asked ? store(form, turn) : null);
  };
  const store = async (form, turn) => {
    const body = new FormData(form);
    body.set("order", items().map((item) => item.dataset.orderItem).join(","));
    const answer = await fetch(form.action, { method: "POST", body, headers: { "HX-Request": "true" } }).catch(() => null);
    if (turn !== asked) return;
    const elsewhere = answer?.headers.get("HX-Redirect");
    if (elsewhere) location.assign(elsewhere);
    else if (!answer?.ok || list.dataset.order === "anew") location.reload();
    else status.textContent = list.dataset.orderSaved;
  };
  const number = () => items().forEach((item, place) => {
    const shown = item.querySelector("[data-order-number]");
    if (shown) shown.textContent = place + 1;
  });
  const put = (item, place) => {
    const others = items().filter((other) => other !== item);
    place < others.length ? others[place].before(item) : others.at(-1)?.after(item);
    number();
  };
  for (const item of items()) {
    const handle = item.querySelector("[data-order-handle]"), form = handle.closest("form");
    handle.hidden = false;
    handle.addEventListener("keydown", (event) => {
      const step = { ArrowUp: -1, ArrowLeft: -1, ArrowDown: 1, ArrowRight: 1 }[event.key];
      const place = items().indexOf(item) + step;
      if (!step || place < 0 || place >= items().length) return;
      event.preventDefault();
      put(item, place);
      handle.focus();
      send(form);
    });
    handle.addEventListener("pointerdown", (event) => {
      const before = items().indexOf(item);
      event.preventDefault();
      item.classList.add("is-dragged");
      const follow = (moving) => {
        const over = document.elementFromPoint(moving.clientX, moving.clientY)?.closest("[data-order-item]");
        if (over && over !== item && over.parentElement === list) put(item, items().indexOf(over));
      };
      const drop = () => {
        document.removeEventListener("pointermove", follow);
        for (const end of ["pointerup", "pointercancel"]) document.removeEventListener(end, drop);
        item.classList.remove("is-dragged");
        if (items().indexOf(item) !== before) send(form);
      };
      // Not on the handle: it leaves the document for a moment whenever its row changes places.
      document.addEventListener("pointermove", follow);
      for (const end of ["pointerup", "pointercancel"]) document.addEventListener(end, drop);
    });
  }
}
