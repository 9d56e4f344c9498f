// Sorts and filters tables that are whole without it: [data-filter] tables and their filters.
"use strict";
const fold = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();

for (const filters of document.querySelectorAll(".filters")) {
  const section = filters.closest("section");
  const rows = [...section.querySelectorAll("table[data-filter] tbody tr")];
  const text = filters.querySelector("[data-filter-text]");
  const sector = filters.querySelector("[data-filter-sector]");
  const count = filters.querySelector("[data-filter-count]");
  const names = new Map(rows.map((row) => [row, fold(row.textContent)]));
  const apply = () => {
    const words = fold(text.value).split(/\s+/).filter(Boolean);
    let shown = 0;
    for (const row of rows) {
      const fits =
        words.every((word) => names.get(row).includes(word)) &&
        (!sector || !sector.value || row.dataset.sector === sector.value);
      row.hidden = !fits;
      shown += fits;
    }
    count.textContent = shown ? `${shown} / ${rows.length}` : count.dataset.none;
  };
  filters.hidden = false;
  filters.addEventListener("input", apply);
}

for (const heading of document.querySelectorAll("table[data-filter] th[data-sort]")) {
  const button = document.createElement("button");
  button.type = "button";
  button.append(...heading.childNodes);
  heading.append(button);
  button.addEventListener("click", () => sort(heading));
}

function sort(heading) {
  const column = heading.cellIndex;
  const body = heading.closest("table").tBodies[0];
  const number = heading.dataset.sort === "number";
  const first = number ? "descending" : "ascending";
  const other = number ? "ascending" : "descending";
  const order = heading.getAttribute("aria-sort") === first ? other : first;
  for (const each of heading.parentNode.children) each.removeAttribute("aria-sort");
  heading.setAttribute("aria-sort", order);
  const value = (row) => row.cells[column].dataset.value ?? row.cells[column].textContent.trim();
  const compare = number
    ? (a, b) => Number(value(a)) - Number(value(b))
    : (a, b) => value(a).localeCompare(value(b));
  const sign = order === "ascending" ? 1 : -1;
  body.append(...[...body.rows].sort((a, b) => sign * compare(a, b)));
}
