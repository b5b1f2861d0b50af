/* A day is typed as day/month/year, whatever the language of the browser: the strokes come by
   themselves, and a button opens the browser's calendar. Without scripts the box takes the same. */
(() => {
  "use strict";

  const twoDigits = (number) => String(number).padStart(2, "0");

  function withStrokes(typed) {
    if (/^\d{3,8}$/.test(typed)) return withStrokes(`${typed.slice(0, 2)}/${typed.slice(2)}`);
    const found = /^(\d\d)\/(\d\d)(\d{1,4})$/.exec(typed);
    return found ? `${found[1]}/${found[2]}/${found[3]}` : typed;
  }

  /* What the calendar opens at; empty where the box holds no day. */
  function sentAs(typed) {
    const found = /^\s*(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})\s*$/.exec(typed);
    return found ? `${found[3]}-${twoDigits(found[2])}-${twoDigits(found[1])}` : "";
  }

  function tell(box) {
    box.dispatchEvent(new Event("input", { bubbles: true }));
    box.dispatchEvent(new Event("change", { bubbles: true }));
  }

  function addCalendar(box) {
    const calendar = document.createElement("input");
    if (!calendar.showPicker || box.closest(".day-group")) return;
    calendar.type = "date";
    calendar.className = "day-calendar";
    calendar.tabIndex = -1;
    calendar.setAttribute("aria-hidden", "true");
    const button = document.createElement("button");
    button.type = "button";
    button.className = "btn btn-outline-secondary day-button";
    button.setAttribute("aria-label", box.dataset.day);
    button.title = box.dataset.day;
    button.disabled = box.disabled;
    const group = document.createElement("div");
    group.className = "input-group day-group";
    group.classList.toggle("is-invalid", box.classList.contains("is-invalid")); // shows the sentence beside it
    box.replaceWith(group);
    group.append(box, button, calendar);
    button.addEventListener("click", () => {
      calendar.value = sentAs(box.value);
      calendar.showPicker();
    });
    calendar.addEventListener("change", () => {
      const [year, month, day] = calendar.value.split("-");
      box.value = day ? `${day}/${month}/${year}` : "";
      tell(box);
      box.focus();
    });
  }

  document.addEventListener("input", (event) => {
    const box = event.target;
    const isTyped = (event.inputType || "").startsWith("insert");
    if (!isTyped || !box.matches("input[data-day]") || box.selectionStart !== box.value.length) return;
    box.value = withStrokes(box.value);
  }, true); // before whatever keeps the value

  const dress = (root) => root.querySelectorAll("input[data-day]").forEach(addCalendar);
  dress(document);
  document.addEventListener("htmx:load", (event) => dress(event.detail.elt));
})();
