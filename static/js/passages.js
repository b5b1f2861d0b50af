// The text of a document, its figures as chips. What is saved stands in the text areas, with
// placeholders in the chips' place; without this script they are what is edited.
document.addEventListener("DOMContentLoaded", () => {
  const OWN_TYPE = "application/x-portal-passage";
  const form = document.querySelector(".passages");
  const boxes = [...form.querySelectorAll(".passage-box")];
  const chooser = form.querySelector(".figure-chooser");
  const figure = chooser.querySelector("#id_figure");
  const hint = chooser.querySelector("[data-hint]");
  const areaOf = new Map();
  let caret = null, typed = false;

  const isChip = (node) => node.nodeName === "DATA";
  const isBlock = (node) => node.nodeName === "DIV" || node.nodeName === "P";

  // What a box or a part of it holds as text with placeholders.
  const source = (node) => {
    if (node.nodeType === Node.TEXT_NODE) return node.data;
    if (isChip(node)) return node.value;
    if (node.nodeName === "BR") return "\n";
    const inner = [...node.childNodes].map(source).join("");
    return isBlock(node) && !node.matches(".passage-box") ? `\n${inner}` : inner;
  };

  const chip = (placeholder) => {
    const known = [...document.querySelectorAll("data.chip")].find((each) => each.value === placeholder);
    if (known) return known.cloneNode(true);
    const option = [...figure.options].find((each) => each.value === placeholder);
    const made = document.createElement("data");
    made.className = "chip";
    made.value = placeholder;
    made.contentEditable = "false";
    made.setAttribute("role", "img");
    made.textContent = option?.dataset.text ?? placeholder;
    made.title = option ? `${chosen("id_row")} – ${option.parentNode.label} – ${option.text.split(":")[0]}` : "";
    made.setAttribute("aria-label", `${made.textContent} (${made.title})`);
    return made;
  };
  const chosen = (id) => document.getElementById(id).selectedOptions[0]?.text;

  const putCaretAfter = (node) => {
    node.parentElement.closest(".passage-box").focus();
    const range = document.createRange();
    range.setStartAfter(node);
    getSelection().removeAllRanges();
    getSelection().addRange(range);
  };
  const insert = (range, nodes) => {
    const fragment = document.createDocumentFragment();
    fragment.append(...nodes);
    const last = fragment.lastChild;
    range.deleteContents();
    range.insertNode(fragment);
    putCaretAfter(last);
  };
  const changed = (box) => {
    typed = true;
    areaOf.get(box).value = source(box).trim();
    areaOf.get(box).dispatchEvent(new Event("input", { bubbles: true }));  // keeping.js listens
  };

  // The chip right before or behind the caret: it goes as a whole, which browsers don't manage everywhere.
  const chipBeside = ({ startContainer: node, startOffset: offset }, backward) => {
    const inText = node.nodeType === Node.TEXT_NODE;
    if (inText && offset !== (backward ? 0 : node.length)) return null;
    let beside = inText ? node : node.childNodes[backward ? offset : offset - 1] ?? null;
    const next = (from) => (backward ? from.previousSibling : from.nextSibling);
    beside = beside ? next(beside) : node[backward ? "lastChild" : "firstChild"];
    while (beside?.nodeType === Node.TEXT_NODE && !beside.length) beside = next(beside);
    return beside && isChip(beside) ? beside : null;
  };
  const deleteChip = (event) => {
    const backward = event.inputType === "deleteContentBackward";
    const range = getSelection().getRangeAt(0);
    if (!range.collapsed || !(backward || event.inputType === "deleteContentForward")) return;
    const beside = chipBeside(range, backward);
    if (!beside) return;
    event.preventDefault();
    beside.remove();
    changed(event.currentTarget);
  };

  const boxOf = (node) => (node.nodeType === Node.ELEMENT_NODE ? node : node.parentElement)?.closest(".passage-box");
  document.addEventListener("selectionchange", () => {
    const selection = getSelection();
    if (!selection.rangeCount || !boxOf(selection.anchorNode)) return;
    caret = selection.getRangeAt(0).cloneRange();
  });

  // A text with placeholders as what a box shows of it.
  const nodesOf = (text) =>
    text.split(/(\[\[[^[\]\n]*\]\])/).filter(Boolean).map((part) => (part.startsWith("[[") ? chip(part) : part));

  const paste = (event) => {
    event.preventDefault();
    const text = event.clipboardData.getData(OWN_TYPE) || event.clipboardData.getData("text/plain");
    const nodes = nodesOf(text.replaceAll("\r", ""));
    if (!nodes.some(isChip)) return document.execCommand("insertText", false, text);
    insert(getSelection().getRangeAt(0), nodes);
    return changed(event.currentTarget);
  };

  // Elsewhere a copied text reads as printed; in a box its figures stay bound.
  const copy = (event) => {
    const selection = getSelection();
    const fragment = selection.rangeCount ? selection.getRangeAt(0).cloneContents() : null;
    if (!fragment?.querySelector("data.chip")) return;
    event.clipboardData.setData("text/plain", selection.toString());
    event.clipboardData.setData(OWN_TYPE, source(fragment));
    event.preventDefault();
    if (event.type === "cut") document.execCommand("delete");
  };
  document.addEventListener("copy", copy);
  document.addEventListener("cut", copy);

  for (const box of boxes) {
    const area = document.getElementById(box.dataset.passage);
    const label = form.querySelector(`label[for="${area.id}"]`);
    areaOf.set(box, area);
    area.hidden = true;
    box.id = area.id;
    area.removeAttribute("id");
    for (const name of ["aria-invalid", "aria-describedby"]) {
      if (area.hasAttribute(name)) box.setAttribute(name, area.getAttribute(name));
    }
    label.id = `label-${box.id}`;
    label.addEventListener("click", () => box.focus());
    box.setAttribute("role", "textbox");
    box.setAttribute("aria-multiline", "true");
    box.setAttribute("aria-labelledby", label.id);
    box.querySelectorAll("data").forEach((each) => { each.contentEditable = "false"; });
    try { box.contentEditable = "plaintext-only"; } catch { box.contentEditable = "true"; }
    box.addEventListener("input", () => changed(box));
    box.addEventListener("beforeinput", deleteChip);
    box.addEventListener("paste", paste);
    box.addEventListener("click", (event) => {
      const clicked = event.target.closest("data.chip");
      if (clicked && getSelection().isCollapsed) putCaretAfter(clicked);
    });
    box.addEventListener("dragstart", (event) => event.preventDefault());  // a dropped chip would be mere text
    box.hidden = false;
  }
  document.querySelectorAll("[data-close]").forEach((list) => { list.open = false; });

  chooser.hidden = false;
  chooser.querySelector("[data-insert]").addEventListener("click", () => {
    hint.textContent = caret ? "" : hint.dataset.hint;
    if (!caret || !figure.value) return;
    const box = boxOf(caret.startContainer);
    insert(caret, [chip(figure.value)]);
    changed(box);
  });

  // What is saved is what is seen, even where a browser puts back into an area what was typed before a reload.
  const showAreas = () => {
    for (const [box, area] of areaOf) {
      if (source(box).trim() === area.value.trim()) continue;
      box.replaceChildren(...nodesOf(area.value));
      typed = true;
    }
  };
  window.addEventListener("pageshow", showAreas);
  form.addEventListener("kept:restored", showAreas);

  let saving = false;
  form.addEventListener("submit", () => { saving = true; });
  window.addEventListener("beforeunload", (event) => { if (typed && !saving) event.preventDefault(); });
});
