// The half-year report's figures: rows without cases stay small, "0 everywhere" at a click.
// What is typed is kept and saved by keeping.js; without scripts the form works as well.
document.addEventListener("DOMContentLoaded", () => {
  const form = document.querySelector(".report-form");
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

  const fill = form.querySelector("[data-fill-noughts]");
  fill.hidden = false;
  fill.addEventListener("click", () => {
    rows.map(casesOf).filter((input) => !input.value.trim()).forEach((input) => { input.value = "0"; });
    form.dispatchEvent(new Event("input", { bubbles: true }));
  });
});
