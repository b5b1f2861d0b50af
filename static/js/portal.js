// A form that came back with errors: the summary is what to read first.
document.addEventListener("DOMContentLoaded", () => document.getElementById("error-summary")?.focus());
document.addEventListener("htmx:afterSwap", (event) => event.target.querySelector?.("#error-summary")?.focus());

// On a telephone long parts start folded; a link to one of them unfolds it.
const unfold = () => {
  const target = document.getElementById(location.hash.slice(1));
  for (let part = target?.closest("details"); part; part = part.parentElement.closest("details")) part.open = true;
};
document.addEventListener("DOMContentLoaded", () => {
  if (matchMedia("(max-width: 575.98px)").matches) {
    for (const part of document.querySelectorAll("details[data-fold]")) part.open = false;
  }
  unfold();
});
addEventListener("hashchange", unfold);

// Tabs that scroll show first the one that is open.
document.querySelector(".nav-tabs .active")?.scrollIntoView({ block: "nearest", inline: "center" });

// The second click of a double click sends nothing again; what takes its time, such as sending
// e-mails, is asked for once until the page is back. What htmx sends, it keeps in order itself.
document.addEventListener("submit", (event) => {
  const form = event.target;
  if (form.matches("[hx-post]")) return;
  if (form.hasAttribute("aria-busy")) event.preventDefault();
  form.setAttribute("aria-busy", "true");
  if (!form.matches("[data-once]")) setTimeout(() => form.removeAttribute("aria-busy"), 2000);
});
addEventListener("pageshow", () => {
  for (const form of document.querySelectorAll("form[aria-busy]")) form.removeAttribute("aria-busy");
});

// An open menu closes by a click elsewhere, and by Escape.
const closeMenus = (event) => {
  for (const menu of document.querySelectorAll("details[data-closes][open]")) if (!menu.contains(event.target)) menu.open = false;
};
document.addEventListener("click", closeMenus);
document.addEventListener("keydown", (event) => {
  const menu = event.key === "Escape" && document.querySelector("details[data-closes][open]");
  if (!menu) return;
  menu.open = false;
  menu.querySelector("summary").focus();
});
