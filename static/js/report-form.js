// The half-year report's form: rows without cases stay small, "0 everywhere" at a click,
// and a saving that failed is said and tried again. Without this script the form works as well.
document.addEventListener("DOMContentLoaded", () => {
  const form = document.querySelector(".report-form");
  const failed = document.getElementById("save-failed");
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

  const fill = form.querySelector("[data-fill-noughts]");
  fill.hidden = false;
  fill.addEventListener("click", () => {
    rows.map(casesOf).filter((input) => !input.value.trim()).forEach((input) => { input.value = "0"; });
    form.dispatchEvent(new Event("input", { bubbles: true }));
  });

  let typed = 0, sent = 0, saved = 0;
  form.addEventListener("input", () => { typed += 1; });
  form.addEventListener("submit", () => { saved = typed; });
  form.addEventListener("htmx:beforeRequest", () => { sent = typed; });
  form.addEventListener("htmx:afterRequest", (event) => {
    if (!event.detail.successful) return;
    failed.hidden = true;
    if (!form.querySelector("[data-conflict]")) saved = sent;
  });
  const retry = () => {
    failed.hidden = false;
    setTimeout(() => form.dispatchEvent(new Event("input", { bubbles: true })), 5000);
  };
  for (const failure of ["htmx:sendError", "htmx:timeout", "htmx:responseError"]) form.addEventListener(failure, retry);
  window.addEventListener("beforeunload", (event) => { if (saved < typed) event.preventDefault(); });
});
