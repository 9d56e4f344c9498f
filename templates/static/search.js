// Searches the site's own indexes, which are loaded when there is something to look for. What is asked stands in the
// address: ?q=…&kind=case. What is found was written by strangers: it becomes text, never HTML.
"use strict";
const form = document.querySelector("form.search");
const { q: field, kind: choices } = form.elements;
const status = document.querySelector("[role=status]");
const list = document.querySelector(".results");
const more = document.querySelector(".more");
const ways = document.querySelector(".ways");
const title = document.title;
const kinds = form.dataset.kinds.split(" ");
const PAGE = 10; // so many results at a time
const WORDS = 32; // so many words of a text
const WEIGHT = { company: 3, sector: 1, case: 1, page: 0.5 }; // a name goes before the cases that mention it
const RANKING = { metaWeights: { title: 5, company: 2, grade: 0, language: 0 } };
let engine; // the promise of it
let turn = 0; // the number of the newest search; an older one that comes late shows nothing
let waiting; // the timer while somebody types
let settled = true; // what is asked now keeps its place in the history, and what comes next gets one of its own

const fold = (text) => text.normalize("NFD").replace(/[^\p{L}\p{N}\s]/gu, "").toLowerCase();
const number = (value) => value.toLocaleString(document.documentElement.lang);

function element(name, className, ...children) {
  const made = document.createElement(name);
  if (className) made.className = className;
  made.append(...children);
  return made;
}

function link(address, text) {
  const made = element("a", "", text);
  made.href = address;
  return made;
}

async function load() {
  const at = (kind) => new URL(`${kind}/`, new URL(form.dataset.index, location)).href;
  const settings = { baseUrl: new URL(form.dataset.root, location).pathname, ranking: RANKING };
  const [first, ...others] = kinds;
  const pagefind = await import(`${at(first)}pagefind.js`);
  await pagefind.destroy(); // what a try that failed has left
  await pagefind.options(settings);
  await pagefind.preload(""); // fails where the engine cannot run; merging would wait for it for ever
  for (const kind of others) await pagefind.mergeIndex(at(kind), settings);
  return pagefind;
}

// Of each kind what was found, the best first.
async function find(asked) {
  const pagefind = await (engine ??= load());
  const found = await Promise.all(
    kinds.map(async (kind) => {
      const { results } = await pagefind.search(asked, { filters: { kind } });
      const fits = results.length > 0 && holds(await results[0].data(), fold(asked).split(/\s+/));
      return [kind, fits ? results : []];
    }),
  );
  return new Map(found);
}

// Where an index has no word that begins as one that was asked for, Pagefind takes a word that this one begins with, were
// it 'b' for 'bicycle'. It does so for all that it finds then, which is nothing. Word endings may differ: 'bags', 'bag'.
function holds({ meta, content, locations }, asked) {
  const words = content.split(" ");
  const seen = [meta.title, meta.company ?? "", ...locations.map((place) => words[place])];
  const folded = fold(seen.join(" "));
  return asked.every((word) => folded.includes(word.slice(0, Math.min(4, word.length - 1))));
}

// The stretch of a text with the most of the places that were found, and these marked.
function excerpt(text, places) {
  const words = text.split(" ");
  const found = [...new Set(places)].sort((a, b) => a - b);
  const starts = found.map((place) => Math.max(0, Math.min(place - 6, words.length - WORDS)));
  const held = starts.map((from) => found.filter((p) => p >= from && p < from + WORDS).length);
  const start = starts[held.indexOf(Math.max(...held))] ?? 0;
  const part = element("p", "", start > 0 ? "… " : "");
  for (const [place, word] of words.slice(start, start + WORDS).entries()) {
    const [, before, core, after] = word.match(/^([^\p{L}\p{N}]*)(.*?)([^\p{L}\p{N}]*)$/su);
    const marked = core && found.includes(start + place);
    part.append(before, marked ? element("mark", "", core) : core, `${after} `);
  }
  if (start + WORDS < words.length) part.append("…");
  part.normalize();
  return part;
}

function grade(letter) {
  const { grade: said, noGrade } = list.dataset;
  if (letter) return element("span", `grade grade-${letter}`, element("span", "sr", `${said} `), letter);
  const dash = element("span", "", "–");
  dash.setAttribute("aria-hidden", "true");
  return element("span", "grade grade-none", dash, element("span", "sr", noGrade));
}

function result(kind, { url, meta, content, locations, sub_results: parts }) {
  const named = [...choices].find((choice) => choice.value === kind).dataset.name;
  const item = element("li", kind);
  const head = link(url, meta.title);
  const text = excerpt(content, locations);
  if (meta.language) head.lang = text.lang = meta.language;
  if (kind === "company") item.append(grade(meta.grade));
  item.append(head, element("p", "quiet", [named, meta.company].filter(Boolean).join(" · ")), text);
  const sections = kind === "page" ? parts.filter((part) => part.url.includes("#")) : [];
  if (sections.length) {
    const rows = sections.slice(0, 4).map((part) => element("li", "", link(part.url, part.title)));
    item.append(element("ul", "inline", ...rows));
  }
  return item;
}

// Shows the next of these results, unless something else was asked meanwhile.
async function extend(results, now) {
  const from = list.children.length;
  const next = results.slice(from, from + PAGE);
  const data = await Promise.all(next.map(([, found]) => found.data()));
  if (now !== turn) return;
  list.append(...next.map(([kind], place) => result(kind, data[place])));
  list.hidden = !results.length;
  more.hidden = list.children.length >= results.length;
  more.onclick = async () => {
    await extend(results, now);
    list.children[from + PAGE]?.querySelector("a").focus();
  };
}

function empty(said, choosing) {
  list.replaceChildren();
  form.querySelector(".kinds").hidden = !choosing;
  list.hidden = more.hidden = true;
  status.textContent = said;
}

async function search() {
  const asked = field.value.trim();
  const chosen = choices.value;
  const now = ++turn;
  const { busy, one, many, none, others, failed } = status.dataset;
  document.title = asked ? `${asked} · ${title}` : title;
  ways.hidden = Boolean(asked);
  if (!asked) return empty("", false);
  if (list.hidden) status.textContent = busy;
  try {
    const found = await find(asked);
    if (now !== turn) return;
    const all = [...found].flatMap(([kind, results]) => results.map((each) => [kind, each]));
    const score = ([kind, each]) => each.score * WEIGHT[kind];
    const results = all.filter(([kind]) => !chosen || kind === chosen).sort((a, b) => score(b) - score(a));
    for (const choice of choices) {
      const { length } = choice.value ? found.get(choice.value) : all;
      choice.parentElement.querySelector(".count").textContent = number(length);
    }
    const { length } = results;
    const said = length > 1 ? many : length ? one : all.length ? others : none;
    ways.hidden = length > 0;
    empty(said.replace("{n}", number(length)).replace("{words}", () => asked), all.length > 0);
    await extend(results, now);
  } catch {
    if (now !== turn) return;
    engine = undefined;
    ways.hidden = false;
    empty(failed, false);
  }
}

// Writes what is asked into the address, and looks it up.
function ask() {
  clearTimeout(waiting);
  const query = new URLSearchParams();
  if (field.value.trim()) query.set("q", field.value.trim());
  if (query.size && choices.value) query.set("kind", choices.value);
  const address = query.size ? `?${query}` : location.pathname;
  if (address === (location.search || location.pathname)) return;
  history[settled ? "pushState" : "replaceState"](null, "", address);
  settled = false;
  search();
}

// Takes what is asked from the address, and looks it up.
function read() {
  const query = new URLSearchParams(location.search);
  field.value = query.get("q") ?? "";
  choices[0].checked = true; // this stays where the address names no kind that there is
  choices.value = query.get("kind") ?? "";
  settled = true;
  search();
}

field.addEventListener("input", () => {
  clearTimeout(waiting);
  waiting = setTimeout(ask, 250);
});
form.addEventListener("change", (event) => {
  if (event.target !== field) settled = true;
  ask();
  settled = true;
});
form.addEventListener("submit", (event) => {
  event.preventDefault();
  ask();
  settled = true;
});
addEventListener("popstate", read);
addEventListener("keydown", (event) => {
  if ((event.ctrlKey || event.metaKey) && event.key === "k") {
    event.preventDefault();
    field.focus();
  }
});
form.hidden = false;
read();
if (!field.value) field.focus();
