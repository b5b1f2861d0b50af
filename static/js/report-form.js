// The half-year report's form: steps without asking the server, figures as in a spreadsheet.
// What is typed is kept and saved by keeping.js; without scripts each step has an address and a button.
document.addEventListener("DOMContentLoaded", () => {
  const form = document.getElementById("report-form");
  const steps = [...form.querySelectorAll(".step")];
  const isWhole = form.matches(".is-whole") || new URLSearchParams(location.search).get("step") === "all";
  const isShown = (element) => element.getClientRects().length > 0;

  // --- steps -----------------------------------------------------------------------------

  form.querySelector("[name=holds]")?.remove();  // from now on every step is sent
  for (const step of steps) step.disabled = false;
  if (isWhole && !form.matches(".is-whole")) {  // opened without a line, from the page that was kept
    form.classList.remove("shows-list");
    for (const step of steps) step.hidden = false;
  }

  // The page is called after its step, as on the server.
  const called = (step) => (step ? `${step.querySelector("h2").textContent.trim()} – ` : "");
  const shownFirst = called(steps.find((step) => !step.hidden));
  const calledWhole = document.title.startsWith(shownFirst) ? document.title.slice(shownFirst.length) : document.title;

  const open = (code, { push = true, focus = true } = {}) => {
    const step = steps.find((each) => each.dataset.step === code);
    if (code && !step) return;
    if (!isWhole) {
      form.classList.toggle("shows-list", !code);
      if (step) for (const each of steps) each.hidden = each !== step;
      const opened = steps.find((each) => !each.hidden).dataset.step;
      form.querySelector("[name=step]").value = opened;
      for (const link of form.querySelectorAll(".report-steps [data-opens]")) {
        if (link.dataset.opens === opened) link.setAttribute("aria-current", "step"); else link.removeAttribute("aria-current");
      }
      const next = form.querySelector(`[data-after=${opened}]`);
      for (const button of form.querySelectorAll("[data-after]")) button.hidden = button !== next;
      form.querySelector("[data-check]").hidden = Boolean(next);
      document.title = called(step) + calledWhole;
      if (push) history.pushState(null, "", form.dataset.page + (code ? `?step=${code}` : ""));
    }
    (step ?? form).scrollIntoView();
    if (focus) (step?.querySelector("h2") ?? form.querySelector(".step-link")).focus({ preventScroll: true });
  };
  const reveal = (element) => {
    const step = element.closest(".step");
    if (step?.hidden) open(step.dataset.step, { focus: false });
    if (element.matches("input, textarea")) element.focus();
    element.scrollIntoView({ block: "center" });
  };
  const fieldIn = (hash) => hash.length > 1 && document.getElementById(hash.slice(1));
  const openWhatIsAsked = () => {
    const asked = new URLSearchParams(location.search), field = fieldIn(location.hash);
    if (field && form.contains(field)) reveal(field);
    else if (asked.get("step") && !isWhole) open(asked.get("step"), { push: false, focus: false });
    else if (location.pathname === new URL(form.dataset.page, location.href).pathname && !asked.has("field")) open("", { push: false, focus: false });
  };

  form.addEventListener("click", (event) => {
    const button = event.target.closest("[data-opens], [data-after]");
    if (!button) return;
    event.preventDefault();
    open("opens" in button.dataset ? button.dataset.opens : button.value);
  });
  document.addEventListener("click", (event) => {
    const field = fieldIn(event.target.closest?.("a[data-field]")?.hash ?? "");
    if (!field) return;
    event.preventDefault();
    reveal(field);
  });
  document.addEventListener("kept:show", (event) => reveal(event.target));
  addEventListener("popstate", openWhatIsAsked);
  if (!isWhole) openWhatIsAsked();

  // --- rows without cases stay small, "0 everywhere" at a click ----------------------------

  const rows = [...form.querySelectorAll(".figure-row")].filter((row) => row.querySelector(".is-cases"));
  const casesOf = (row) => row.querySelector(".is-cases input");
  const quieten = (row) => {
    const others = [...row.querySelectorAll("input")].filter((input) => input !== casesOf(row));
    const inUse = others.some((input) => (input.type === "checkbox" ? input.checked : input.value.trim()) || input.getAttribute("aria-invalid"));
    const cases = casesOf(row).value.trim();
    row.classList.toggle("is-quiet", !inUse && (cases === "" || cases === "0"));
  };
  rows.forEach((row) => {
    quieten(row);
    row.addEventListener("input", () => quieten(row));
  });
  form.addEventListener("kept:restored", () => rows.forEach(quieten));
  const typed = (input, text) => {
    input.value = text;
    input.dispatchEvent(new Event("input", { bubbles: true }));
  };
  const fill = form.querySelector("[data-fill-noughts]");
  fill.hidden = false;
  fill.addEventListener("click", () => rows.map(casesOf).filter((input) => !input.value.trim()).forEach((input) => typed(input, "0")));

  // --- keys as in a spreadsheet: Enter and arrows move, nothing is sent --------------------

  const figures = () => [...form.querySelectorAll(".figure-cell input")].filter(isShown);
  const beside = (input, by) => {
    const all = figures();
    return all[all.indexOf(input) + by];
  };
  // The nearest row above or below, and in it the field that stands nearest.
  const below = (input, direction) => {
    const here = input.getBoundingClientRect();
    const way = (box) => (box.top - here.top) * direction;
    const boxes = figures().map((each) => [each, each.getBoundingClientRect()]).filter(([, box]) => way(box) > 4);
    const nearest = Math.min(...boxes.map(([, box]) => way(box)));
    const row = boxes.filter(([, box]) => way(box) < nearest + 4);
    return row.sort(([, one], [, other]) => Math.abs(one.left - here.left) - Math.abs(other.left - here.left))[0]?.[0];
  };
  const where = (event, input) => {
    const { key, shiftKey } = event, narrow = matchMedia("(max-width: 575.98px)").matches;
    const [start, end] = [input.selectionStart, input.selectionEnd], all = start === 0 && end === input.value.length;
    if (key === "Enter") return narrow ? beside(input, shiftKey ? -1 : 1) : below(input, shiftKey ? -1 : 1);
    if (key === "ArrowDown" || key === "ArrowUp") return below(input, key === "ArrowDown" ? 1 : -1);
    if (shiftKey) return undefined;
    if (key === "ArrowRight" && (all || end === input.value.length)) return beside(input, 1);
    if (key === "ArrowLeft" && (all || start === 0 && end === 0)) return beside(input, -1);
    return undefined;
  };
  form.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.altKey || event.metaKey || !event.target.matches(".figure-cell input, .figure-remark input")) return;
    if (event.key === "Enter") event.preventDefault();
    const next = event.target.matches(".figure-cell input") && where(event, event.target);
    if (!next) return;
    event.preventDefault();
    next.focus();
    next.select();
  });

  // --- a column or block pasted from a spreadsheet -----------------------------------------

  const told = form.querySelector("[data-pasted]");
  // Lines of cells, as a spreadsheet copies them: a cell with a line end, a tab or a quotation mark stands in quotation marks.
  const cellsIn = (text) => {
    const lines = [[]];
    for (const [, quoted, plain, end] of text.replace(/\r\n?/g, "\n").matchAll(/(?:"((?:[^"]|"")*)"(?=[\t\n]|$)|([^\t\n]*))([\t\n]|$)/g)) {
      lines[lines.length - 1].push((quoted?.replaceAll('""', '"') ?? plain).trim().replace(/\s*\n\s*/g, " "));
      if (end === "\n") lines.push([]);
      else if (!end) break;
    }
    while (lines.length > 1 && !lines[lines.length - 1].some(Boolean)) lines.pop();
    return lines;
  };
  const plainName = (text) => text.normalize("NFC").toLowerCase().replace(/^[\d.\s)–-]+/, "").replace(/\s+/g, " ").trim();
  const NONE = ["không", "không có", "không xảy ra", "ko"];
  const isName = (cell) => /\p{L}{2}/u.test(cell) && !/\d/.test(cell) && !NONE.includes(plainName(cell));
  const rowsNamed = (all) => new Map(all.map((row) => [plainName(row.querySelector(".figure-name").textContent), row]));
  // What is pasted, line by line: the row it goes to, if it names one, and its figures.
  const blockIn = (text, all) => {
    const lines = cellsIn(text), named = rowsNamed(all);
    if (lines.every((line) => line.length === 1)) return lines.map((cells) => ({ cells }));
    const at = (line) => line.findIndex((cell) => named.has(plainName(cell)));
    // Of lines that name rows each goes to its own, however they are ordered and whatever stands between them.
    if (lines.some((line) => at(line) >= 0)) {
      const figuresIn = (line) => line.filter((cell) => /\d/.test(cell));
      return lines.map((line) => (at(line) < 0 ? { row: null, cells: figuresIn(line) }
        : { row: named.get(plainName(line[at(line)])), cells: line.slice(at(line) + 1) }));
    }
    const block = lines.filter((line) => !line.some(isName) || line.some((cell) => /\d/.test(cell)));
    // Names stand before their figures; a blank first column, or one of “x”, is a column of figures.
    while (block[0]?.length > 1 && block.some(([first]) => isName(first)) && !block.some(([first]) => /\d/.test(first))) {
      block.forEach((line) => line.shift());
    }
    return block.map((cells) => ({ cells }));
  };
  const target = (row, measures, at) => {
    if (!measures) return at === 0 ? row.querySelector(".figure-cell input") : null;
    return row.querySelector(`.figure-cell[data-measure="${measures[at]}"] input`);
  };
  form.addEventListener("paste", (event) => {
    const input = event.target;
    if (!input.matches(".figure-cell input")) return;
    const text = event.clipboardData.getData("text");
    if (!/\r|\n|\t/.test(text)) return;
    event.preventDefault();
    const all = [...input.closest(".figures").querySelectorAll(".figure-row")];
    const block = blockIn(text, all);
    const measures = input.closest(".figures").dataset.measures?.split(" ");
    const first = measures ? measures.indexOf(input.closest(".figure-cell").dataset.measure) : 0;
    const before = new Map();
    let left = 0;
    block.forEach(({ row: named, cells }, down) => cells.forEach((cell, right) => {
      if (["", "x", "X", "-", "–"].includes(cell)) return;
      const row = named === undefined ? all[all.indexOf(input.closest(".figure-row")) + down] : named;
      const to = row && target(row, measures, first + right);
      if (!to) { left += 1; return; }
      before.set(to, to.value);
      typed(to, cell);
    }));
    told.hidden = false;
    told.querySelector("[data-filled]").textContent = before.size;
    told.querySelector("[data-left]").hidden = !left;
    told.querySelector("[data-left-over]").textContent = left;
    input.closest(".figures").prepend(told);
    told.querySelector("[data-undo]").onclick = () => {
      before.forEach((text, each) => typed(each, text));
      told.hidden = true;
    };
  });

  // --- last half's text, and fields that grow ----------------------------------------------

  form.addEventListener("click", (event) => {
    const button = event.target.closest("[data-take]");
    if (!button) return;
    event.preventDefault();
    const field = document.getElementById(button.dataset.take), text = button.parentElement.querySelector("[data-last-half]").textContent;
    typed(field, `${field.value.trimEnd()}\n\n${text}`.trim());
    field.focus();
  });
  if (!CSS.supports("field-sizing", "content")) {
    const grow = (area) => {
      area.style.height = "auto";
      area.style.height = `${area.scrollHeight + 2}px`;
    };
    form.addEventListener("input", (event) => { if (event.target.matches("textarea")) grow(event.target); });
    form.addEventListener("focusin", (event) => { if (event.target.matches("textarea")) grow(event.target); });
  }
});
