// Puts companies side by side: parts of their own pages, in columns. Who is chosen stands in the address: ?companies=a,b.
"use strict";
const MOST = 4;
const form = document.querySelector(".chooser");
const status = form.querySelector("[role=status]");
const table = document.querySelector(".comparison");
const pages = new Map();
const options = [...document.querySelectorAll("#companies option")];
const fold = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").trim().toLowerCase();

const inAddress = () =>
  (new URLSearchParams(location.search).get("companies") ?? "").split(",").filter(Boolean).slice(0, MOST);

function read(slug) {
  const address = new URL(table.dataset.company.replace("_", slug), location.href);
  if (!pages.has(slug)) {
    const page = fetch(address).then(async (response) => {
      if (!response.ok) throw new Error(address);
      const found = new DOMParser().parseFromString(await response.text(), "text/html");
      const moved = found.querySelector("[data-moved]")?.dataset.moved;
      return moved && moved !== slug ? read(moved) : { slug, address, found };
    });
    pages.set(slug, page);
    page.catch(() => pages.delete(slug));
  }
  return pages.get(slug);
}

// A part of another page as this page can hold it: no ids of its own, and its links lead where they led.
function part({ address, found }, name) {
  const cell = document.createElement("td");
  for (const original of found.querySelectorAll(`[data-compare="${name}"]`)) {
    const holder = document.createElement("div");
    holder.className = original.className;
    holder.append(...document.importNode(original, true).childNodes);
    for (const node of holder.querySelectorAll("[id]")) node.removeAttribute("id");
    for (const link of holder.querySelectorAll("a[href]")) link.href = new URL(link.getAttribute("href"), address);
    cell.append(holder);
  }
  if (!cell.textContent.trim()) cell.textContent = table.dataset.none;
  return cell;
}

function heading({ slug, address, found }, slugs) {
  const cell = document.createElement("th");
  cell.scope = "col";
  const link = document.createElement("a");
  link.href = address;
  link.textContent = found.querySelector("h1").textContent;
  const remove = document.createElement("button");
  remove.type = "button";
  remove.textContent = table.dataset.remove;
  remove.setAttribute("aria-label", `${table.dataset.remove}: ${link.textContent}`);
  remove.addEventListener("click", () => {
    choose(slugs.filter((other) => other !== slug));
    form.elements.name.focus();
  });
  cell.append(link, remove);
  return cell;
}

async function show() {
  const slugs = inAddress();
  const told = await Promise.allSettled(slugs.map(read));
  if (slugs.join() !== inAddress().join()) return;
  const companies = told.filter(({ value }) => value).map(({ value }) => value);
  const missing = slugs.filter((_, place) => !told[place].value);
  for (const row of table.rows) while (row.cells.length > 1) row.lastElementChild.remove();
  table.tHead.rows[0].append(...companies.map((company) => heading(company, slugs)));
  for (const row of table.tBodies[0].rows) {
    row.append(...companies.map((company) => part(company, row.dataset.part)));
  }
  table.style.setProperty("--companies", companies.length);
  table.parentElement.hidden = !companies.length;
  document.querySelector(".unchosen").hidden = companies.length > 0;
  const { failed, one } = status.dataset;
  status.textContent = missing.length ? `${failed} ${missing.join(", ")}` : companies.length === 1 ? one : "";
}

function choose(slugs) {
  history.pushState(null, "", slugs.length ? `?companies=${slugs.join(",")}` : location.pathname);
  show();
}

form.addEventListener("submit", (event) => {
  event.preventDefault();
  const asked = fold(form.elements.name.value);
  const slugs = inAddress();
  const fitting = options.filter((one) => fold(one.value).includes(asked));
  const option = fitting.find((one) => fold(one.value) === asked) ?? (fitting.length === 1 ? fitting[0] : undefined);
  if (!asked || !fitting.length) status.textContent = status.dataset.unknown;
  else if (!option) status.textContent = `${status.dataset.several} ${fitting.slice(0, 5).map((one) => one.value).join(", ")}`;
  else if (slugs.includes(option.dataset.slug)) status.textContent = status.dataset.twice;
  else if (slugs.length === MOST) status.textContent = status.dataset.full;
  else choose([...slugs, option.dataset.slug]);
  if (asked && option) form.elements.name.value = "";
});
addEventListener("popstate", show);
form.hidden = false;
show();
