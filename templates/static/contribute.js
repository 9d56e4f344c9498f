// The form that writes a case: steps come and go, the file grows beside it, and nothing leaves this device by itself.
"use strict";
const LONGEST_ADDRESS = 8000;
// Milliseconds until what is wrong with an answer is said, so that nothing moves away under a click on a button.
const SETTLED = 300;
const DRAFT = `case:${form.dataset.github || location.pathname.replace(/(?:[a-z]{2}\/)?contribute\/$/, "")}`;
// Where personal data are looked for: what is typed freely, but for what the reader lets through.
const WRITTEN = ["line", "text", "lines"];
const UNREAD = /(?:^|\.)(?:urls?|record|@company-slug|@slug)$/;
const told = form.querySelector(".told");
const touched = new WeakSet();
const own = new Map();
let removed = null;
let identity = 0;
let everything = false;

const get = (selector, root = form) => root.querySelector(selector);
const all = (selector, root = form) => [...root.querySelectorAll(selector)];
const controls = (field) => all("input, select, textarea", field);
const steps = () => [...told.children];
const fieldNamed = (key) => all(`.field[data-key="${key}"]`).find((field) => !field.closest(".step"));
const value = (key) => read(fieldNamed(key));
const fold = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").trim().toLowerCase();
const slugged = (text) => {
  const slug = fold(text).replace(/['’]/g, "").replace(/[^a-z0-9]+/g, "-").replace(/^-/, "");
  return (slug.length > 64 ? slug.slice(0, 65).replace(/-[^-]*$/, "").slice(0, 64) : slug).replace(/-$/, "");
};

// What the reader would refuse in any text: signs that cannot be printed.
const printable = (text) => text.replace(/[\x00-\x08\x0b-\x1f\x7f-\x9f]/g, "");

const joined = {
  time: ([day, month, year, clock]) => {
    const hour = clock || (get("input[type=time]", day.field).validity.badInput ? "--:--" : "");
    const two = (text) => text && text.padStart(2, "0");
    if (!day.text && !month && !year && !hour) return "";
    return year + (month || day.text || hour ? `-${month}` : "") + (day.text || hour ? `-${two(day.text)}` : "") + (hour && `T${hour}`);
  },
  money: ([amount, currency]) => {
    const [, whole, cents] = /^(\d+)(?:[.,](\d{1,2}))?$/.exec(amount) ?? [];
    return amount && `${whole ? `${whole}.${(cents ?? "").padEnd(2, "0")}` : amount} ${currency.toUpperCase()}`;
  },
  duration: ([count, unit]) => count && `${count.replace(",", ".")} ${count === "1" ? unit.replace(/s$/, "") : unit}`,
};

const asked = (field) => !field.closest("[hidden]:not(.case-form)");

// The answer in a field: a text, empty where there is none; of several lines a list.
function read(field) {
  const { kind } = field.dataset;
  if (kind === "steps") return "";
  const texts = controls(field).map((control) => printable(control.value).trim());
  if (kind === "time") return joined.time([{ text: texts[0], field }, ...texts.slice(1)]);
  if (kind in joined) return joined[kind](texts);
  if (kind === "tick") return controls(field)[0].checked ? texts[0] : "";
  if (kind === "text") return texts[0] && printable(controls(field)[0].value);
  if (kind === "lines") return texts[0].split("\n").map((line) => line.trim()).filter(Boolean);
  return texts[0];
}

const fieldsOf = (step) => all(".field", step);
const caseFields = () => all(".field").filter((field) => !field.closest(".step"));

function stepTold(step) {
  const found = Object.fromEntries(fieldsOf(step).map((field) => [field.dataset.key, read(field)]).filter(([, text]) => text));
  return { event: step.dataset.event, ...found };
}

function caseTold() {
  const found = {};
  for (const field of caseFields()) {
    const [key, inner] = field.dataset.key.split(".");
    const answer = read(field);
    if (key.startsWith("@") || !answer.length || !asked(field)) continue;
    if (inner) (found[key] ??= {})[inner] = answer;
    else found[key] = answer;
  }
  if (steps().length) found.timeline = steps().map(stepTold);
  return Object.fromEntries(form.dataset.order.split(" ").flatMap((key) => (key in found ? [[key, found[key]]] : [])));
}

const known = () => all("#companies option").find((option) => fold(option.value) === fold(value("@company")))?.dataset.slug;
const company = () => known() ?? value("@company-slug");

const files = () => ({
  case: {
    path: `content/cases/${company() || "…"}/${value("@slug") || "…"}.yaml`,
    text: caseText(caseTold()),
    fields: all(".field"),
  },
  company: {
    path: `content/companies/${value("@company-slug") || "…"}.yaml`,
    text: companyText({ name: value("@company"), sector: value("@sector") }),
    fields: ["@company", "@sector", "@company-slug"].map(fieldNamed),
  },
});

function faultOf(field) {
  if (!asked(field)) return "";
  if (field.dataset.kind === "steps") return steps().length ? "" : problem(word("nothing"), word("missing", { key: "timeline" }));
  const answer = read(field);
  const data = { ...field.dataset };
  if (!Array.isArray(answer)) return fault(answer, data);
  return answer.map((line) => fault(line, { ...data, kind: "line" })).find(Boolean) ?? "";
}

// Everything that is wrong: each field with what to say there, and whether it is about a person.
function faults() {
  const found = [];
  for (const field of all(".field")) {
    const message = faultOf(field);
    if (message) found.push({ field, message });
    if (!asked(field) || !WRITTEN.includes(field.dataset.kind) || UNREAD.test(field.dataset.key)) continue;
    for (const one of personal([read(field)].flat().join("\n"))) found.push({ field, personal: true, ...one });
  }
  for (const [index, key, message] of faultsOfSteps(steps().map(stepTold))) {
    found.push({ field: get(`[data-key="${key}"]`, steps()[index]), message });
  }
  const bytes = new TextEncoder().encode(caseText(caseTold())).length;
  const written = (count) => word("bytes", { bytes: count.toLocaleString("en") });
  if (bytes > limits.bytes) {
    const most = word("fewer", { bytes: limits.bytes.toLocaleString("en") });
    found.push({ field: fieldNamed("@timeline"), message: problem(written(bytes), most, word("shorten")) });
  }
  return found;
}

const name = (field) => {
  if (field.dataset.kind === "steps") return document.getElementById("part-steps").textContent;
  const label = get("legend, label", field);
  const text = [...label.childNodes].find((node) => node.nodeType === Node.TEXT_NODE && node.data.trim()).data.trim();
  const step = field.closest(".step");
  return step ? `${get("summary .number", step).textContent} ${get("summary strong", step).textContent}: ${text}` : text;
};

function mark(field, messages) {
  const error = get(".error", field);
  const text = messages.join("\n");
  if (error.textContent !== text) error.textContent = text;
  error.hidden = !text;
  for (const control of controls(field)) {
    if (text) control.setAttribute("aria-invalid", "true");
    else control.removeAttribute("aria-invalid");
  }
}

function goTo(field) {
  const step = field.closest(".step details");
  if (step) step.open = true;
  (controls(field)[0] ?? get(".error", field)).focus();
}

function list(home, found) {
  home.hidden = !found.length;
  const lines = found.map(({ field, message }) => {
    const link = document.createElement("a");
    link.href = `#${get(".error", field).id}`;
    link.textContent = name(field);
    link.addEventListener("click", (event) => {
      event.preventDefault();
      goTo(field);
    });
    const line = document.createElement("li");
    line.append(link, `: ${message}`);
    return line;
  });
  if (get("ul", home).textContent !== lines.map((line) => line.textContent).join("")) get("ul", home).replaceChildren(...lines);
}

function number() {
  for (const [index, step] of steps().entries()) {
    const parts = controls(get("[data-key=at]", step));
    const [day, , year, clock] = parts.map((part) => part.value.trim());
    const month = parts[1].selectedOptions[0]?.textContent;
    get("summary .number", step).textContent = `${index + 1}.`;
    get("summary .quiet", step).textContent = [day, month, year].filter(Boolean).join(" ") + (clock && `, ${clock}`);
  }
}

// Everything that follows from what is typed: the files, what is wrong, the draft.
function show() {
  number();
  const title = slugged(value("title"));
  if (!own.get("@slug")) controls(fieldNamed("@slug"))[0].value = title;
  if (!own.get("@company-slug")) controls(fieldNamed("@company-slug"))[0].value = slugged(value("@company"));
  const isNew = value("@company") !== "" && !known();
  for (const part of all(".new-company")) part.hidden = !isNew;
  for (const field of all('[data-key^="source."]:not([data-key="source.kind"])')) field.hidden = value("source.kind") === "first-hand";
  for (const key of ["evidence.items", "evidence.urls"]) fieldNamed(key).hidden = !value("evidence.level");
  const made = files();
  for (const [at, { path, text }] of [made.case, made.company].entries()) {
    all(".made .path code")[at].textContent = path;
    all(".made pre")[at].textContent = text;
  }
  const found = faults();
  const spoken = found.filter(({ field, personal: aboutSomebody }) => everything || aboutSomebody || touched.has(field));
  for (const field of all(".field")) mark(field, spoken.filter((one) => one.field === field).map((one) => one.message));
  list(get(".faults"), spoken.filter((one) => !one.personal));
  const people = found.filter((one) => one.personal);
  const before = get(".personal ul").textContent;
  list(get(".personal"), people);
  if (get(".personal ul").textContent !== before) get("[data-do=looked]").checked = false;
  return found;
}

const state = (field) => controls(field).map((control) => (control.type === "checkbox" ? control.checked : control.value));

function put(field, values) {
  for (const [index, control] of controls(field).entries()) {
    if (control.type === "checkbox") control.checked = values[index] === true;
    else if (values[index] !== undefined) control.value = values[index];
  }
}

function keep() {
  const kept = (fields) => Object.fromEntries(fields.map((field) => [field.dataset.key, state(field)]));
  const draft = {
    own: [...own.keys()],
    fields: kept(caseFields()),
    steps: steps().map((step) => [step.dataset.event, kept(fieldsOf(step))]),
  };
  try {
    localStorage.setItem(DRAFT, JSON.stringify(draft));
  } catch {
    say("unkept");
  }
}

function restore() {
  let draft;
  try {
    draft = JSON.parse(localStorage.getItem(DRAFT));
    if (!draft) return;
    for (const key of draft.own) own.set(key, true);
    for (const field of caseFields()) put(field, draft.fields[field.dataset.key] ?? []);
    for (const [event, answers] of draft.steps) {
      const step = add(event);
      for (const field of fieldsOf(step)) put(field, answers[field.dataset.key] ?? []);
      get("details", step).open = false;
    }
    say("draft");
  } catch {
    // A draft of another version of this form is no draft.
  }
}

function say(which) {
  get(".done").textContent = word(which);
}

// Gives the field what its error and its help are known by.
function enhance(field) {
  identity += 1;
  const described = all(".help, .error", field);
  for (const [index, part] of described.entries()) part.id = `about-${identity}-${index}`;
  for (const control of controls(field)) control.setAttribute("aria-describedby", described.map((part) => part.id).join(" "));
}

function add(event) {
  const step = get(`template[data-step="${event}"]`).content.firstElementChild.cloneNode(true);
  step.dataset.event = event;
  for (const field of fieldsOf(step)) enhance(field);
  told.append(step);
  return step;
}

function changed() {
  keep();
  show();
}

const edits = {
  add(button) {
    for (const step of steps()) get("details", step).open = false;
    const step = add(button.dataset.add);
    changed();
    get("summary", step).focus();
    step.scrollIntoView({ block: "nearest" });
  },
  up: (button, step) => swap(button, step, step.previousElementSibling, "before"),
  down: (button, step) => swap(button, step, step.nextElementSibling, "after"),
  remove(_button, step) {
    const next = step.nextElementSibling ?? step.previousElementSibling;
    removed = { step, after: step.previousElementSibling };
    step.remove();
    get("[data-do=undo]").parentElement.hidden = false;
    get(".moved").textContent = word("removed");
    changed();
    get("summary", next ?? get(".add")).focus();
  },
  undo(button) {
    if (removed.after?.parentElement) removed.after.after(removed.step);
    else told.prepend(removed.step);
    button.parentElement.hidden = true;
    changed();
    get("summary", removed.step).focus();
  },
  discard() {
    if (!confirm(word("discard"))) return;
    localStorage.removeItem(DRAFT);
    told.replaceChildren();
    own.clear();
    form.reset();
    everything = false;
    for (const field of all(".field")) touched.delete(field);
    get("[data-do=undo]").parentElement.hidden = true;
    show();
    say("discarded");
    scrollTo(0, 0);
    controls(fieldNamed("@company"))[0].focus();
  },
};

function swap(button, step, other, side) {
  if (!other) return;
  other[side](step);
  changed();
  button.focus();
  get(".moved").textContent = word("moved", { n: steps().indexOf(step) + 1 });
}

// May the file leave this page? If not, says why, and where to begin.
function ready(file, outside) {
  everything = true;
  const found = show().filter(({ field }) => file.fields.includes(field));
  const wrong = found.filter((one) => !one.personal);
  const people = found.filter((one) => one.personal);
  const [first] = [...wrong, ...people];
  if (!first) return true;
  if (wrong.length) say("mend");
  else if (outside && people.some((one) => one.certain)) say("blocked");
  else if (!get("[data-do=looked]").checked) say("look");
  else return true;
  if (!wrong.length && get(".done").textContent === word("look")) get("[data-do=looked]").focus();
  else goTo(first.field);
  return false;
}

async function copy(text) {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return false;
  }
}

const ways = {
  async open({ path, text }) {
    const start = `${form.dataset.github}/new/HEAD?filename=${encodeURIComponent(path)}`;
    const whole = `${start}&value=${encodeURIComponent(text)}`;
    const fitting = whole.length <= LONGEST_ADDRESS;
    const copied = fitting || (await copy(text));
    if (copied) window.open(fitting ? whole : start, "_blank", "noopener");
    say(fitting ? "opened" : copied ? "long address" : "uncopied");
  },
  async copy({ text }) {
    say((await copy(text)) ? "copied" : "uncopied");
  },
  download({ path, text }) {
    const link = document.createElement("a");
    link.href = URL.createObjectURL(new Blob([text], { type: "application/yaml" }));
    link.download = path.split("/").at(-1);
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 10000);
    say("downloaded");
  },
};

form.addEventListener("input", ({ target }) => {
  if (target.matches("[data-do=looked]")) return;
  const key = target.closest(".field")?.dataset.key;
  if (key === "@slug" || key === "@company-slug") own.set(key, true);
  changed();
});
form.addEventListener("focusout", ({ target, relatedTarget }) => {
  const field = target.closest(".field");
  if (!field || field.contains(relatedTarget) || !read(field).length) return;
  touched.add(field);
  setTimeout(show, SETTLED);
});
form.addEventListener("click", ({ target }) => {
  const button = target.closest("button");
  if (!button) return;
  const { add: event, do: deed, file } = button.dataset;
  if (event) edits.add(button);
  else if (deed in edits) edits[deed](button, button.closest(".step"));
  else if (ready(files()[file], deed === "open")) ways[deed](files()[file]);
});
form.addEventListener("submit", (event) => event.preventDefault());
for (const field of caseFields()) enhance(field);
restore();
show();
form.hidden = false;
