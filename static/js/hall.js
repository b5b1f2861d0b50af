// The rows of the hall narrowed down while one types, also without a line; without scripts the server does it.
const search = document.querySelector("[data-hall-search]");
const plain = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").replace(/đ/gi, "d").toLowerCase();
const fits = { "": () => true, open: (state) => state === "", away: (state) => ["excused", "absent"].includes(state) };
const narrow = () => {
  const words = plain(search.elements.q.value.trim()), fitting = fits[search.elements.show.value];
  for (const row of document.querySelectorAll("[data-hall-row]")) {
    row.hidden = !(fitting(row.dataset.state) && plain(row.querySelector(".hall-name").textContent).includes(words));
  }
};
// What the page was asked for by its address the server has left out already: then it has to be asked again.
if (!location.search) {
  search.querySelector("button").hidden = true;
  search.addEventListener("input", narrow);
  search.addEventListener("submit", (event) => { event.preventDefault(); narrow(); });
}
