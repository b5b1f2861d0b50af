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

// What takes its time, such as sending e-mails, is asked for once, however often the button is tapped.
document.addEventListener("submit", (event) => {
  const form = event.target;
  if (!form.matches("[data-once]")) return;
  if (form.hasAttribute("aria-busy")) event.preventDefault();
  form.setAttribute("aria-busy", "true");
  form.querySelector("button").classList.add("disabled");
});
window.addEventListener("pageshow", () => document.querySelectorAll("form[aria-busy]").forEach((form) => {
  form.removeAttribute("aria-busy");
  form.querySelector("button").classList.remove("disabled");
}));
