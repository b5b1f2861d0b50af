// A form that came back with errors: the summary is what to read first.
document.addEventListener("DOMContentLoaded", () => document.getElementById("error-summary")?.focus());
document.addEventListener("htmx:afterSwap", (event) => event.target.querySelector?.("#error-summary")?.focus());
