// Filters and sorts tables that are whole without it. What is chosen stands in the address: ?q=…&sector=…&sort=-overall.
"use strict";
const fold = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
const form = document.querySelector("form.filters");
const scope = document.querySelector("main");
const tables = [...scope.querySelectorAll("table[data-filter]")];
const rows = tables.flatMap((table) => [...table.tBodies[0].rows]);
const words = new Map(rows.map((row) => [row, fold([...row.querySelectorAll("tbody th, .date")].map((cell) => cell.textContent).join(" "))]));
const asBuilt = new Map(rows.map((row, place) => [row, place]));
let sorted = "";

function show(chosen) {
  const asked = fold(chosen.get("q") ?? "").split(/\s+/).filter(Boolean);
  let shown = 0;
  for (const row of rows) {
    const fits =
      asked.every((word) => words.get(row).includes(word)) &&
      ["sector", "grade"].every((key) => !chosen.get(key) || row.dataset[key] === chosen.get(key)) &&
      (!chosen.get("enough") || row.dataset.grade !== "");
    row.hidden = !fits;
    shown += fits;
  }
  for (const group of scope.querySelectorAll(".group")) {
    group.hidden = !group.querySelector("tbody tr:not([hidden])");
  }
  const status = form?.querySelector("[role=status]");
  const narrowed = shown < rows.length;
  scope.classList.toggle("narrowed", narrowed);
  if (status) {
    const { some, none } = status.dataset;
    status.textContent = !narrowed ? "" : shown ? some.replace("{n}", shown).replace("{all}", rows.length) : none;
  }
  const elsewhere = form?.querySelector(".elsewhere");
  if (elsewhere) {
    elsewhere.hidden = shown > 0 || !chosen.get("q");
    elsewhere.firstElementChild.search = new URLSearchParams({ q: chosen.get("q") ?? "" });
  }
}

function sort(by) {
  sorted = by;
  const key = by.replace(/^-/, "");
  const sign = by.startsWith("-") ? -1 : 1;
  for (const table of tables) {
    const heading = [...table.tHead.rows[0].cells].find((cell) => cell.dataset.key === key);
    for (const cell of table.tHead.rows[0].cells) cell.removeAttribute("aria-sort");
    heading?.setAttribute("aria-sort", sign < 0 ? "descending" : "ascending");
    const value = (row) => {
      const cell = row.cells[heading.cellIndex];
      return cell.dataset.value ?? cell.textContent.trim();
    };
    const number = heading?.dataset.sort === "number";
    const compare = !heading
      ? (a, b) => asBuilt.get(a) - asBuilt.get(b)
      : number
        ? (a, b) => sign * (Number(value(a)) - Number(value(b)))
        : (a, b) => sign * value(a).localeCompare(value(b), document.documentElement.lang);
    table.tBodies[0].append(...[...table.tBodies[0].rows].sort(compare));
  }
}

function chosen() {
  const found = new URLSearchParams(form ? new FormData(form) : []);
  for (const [key, value] of [...found]) if (!value) found.delete(key);
  if (sorted) found.set("sort", sorted);
  return found;
}

function apply() {
  const now = chosen();
  show(now);
  history.replaceState(null, "", `${now.size ? `?${now}` : location.pathname}${location.hash}`);
}

for (const heading of scope.querySelectorAll("table[data-filter] th[data-sort]")) {
  const button = document.createElement("button");
  button.type = "button";
  button.append(...heading.childNodes);
  heading.append(button);
  button.addEventListener("click", () => {
    const { key } = heading.dataset;
    const first = heading.dataset.sort === "number" ? `-${key}` : key;
    sort(sorted === first ? (first === key ? `-${key}` : key) : first);
    const menu = form?.elements.sort;
    if (menu) menu.value = [...menu.options].some((option) => option.value === sorted) ? sorted : "";
    apply();
  });
}

if (form) {
  const told = new URLSearchParams(location.search);
  for (const field of form.elements) {
    if (!field.name || !told.has(field.name)) continue;
    if (field.type === "checkbox") field.checked = true;
    else field.value = told.get(field.name);
  }
  form.hidden = false;
  form.addEventListener("input", (event) => {
    if (event.target.name === "sort") sort(event.target.value);
    apply();
  });
  form.addEventListener("submit", (event) => event.preventDefault());
  addEventListener("keydown", (event) => {
    if ((event.ctrlKey || event.metaKey) && event.key === "k") {
      event.preventDefault();
      form.elements.q.focus();
    }
  });
  if (told.get("sort")) sort(told.get("sort"));
  show(chosen());
}
