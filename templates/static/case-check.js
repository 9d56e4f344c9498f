// What `check` says of a case, said of the form while somebody fills it in: the common mistakes, in the same words.
"use strict";
const form = document.querySelector(".case-form");
const limits = JSON.parse(form.dataset.limits);
const looks = JSON.parse(form.dataset.looks).map(([name, pattern, flags, undated, certain]) => {
  return { name, pattern: new RegExp(pattern, flags), undated, certain };
});
const dates = looks.shift().pattern;
const currencies = new Set([...document.querySelectorAll("#currencies option")].map((option) => option.value));
const sentences = form.querySelector("template[data-words]").content;
const word = (name, values = {}) =>
  sentences.querySelector(`[data-name="${name}"]`).textContent.replace(/\{(\w+)\}/g, (all, key) => values[key] ?? all);

function shown(value) {
  const signs = [...value];
  if (!signs.length) return word("nothing");
  return `'${signs.length > 60 ? `${signs.slice(0, 59).join("")}…` : value}'`;
}

const problem = (found, expected, hint = "") => `${word("problem", { found, expected })}${hint && ` ${hint}`}`;

// The first and the last moment that a time can mean; null where there is no such time.
function span(text) {
  const [, year, month, day, clock] = /^(\d{4})(?:-(\d\d)(?:-(\d\d)(?:T(\d\d:\d\d)(?::\d\d)?)?)?)?$/.exec(text) ?? [];
  const days = new Date(Date.UTC(year, month ?? 12, 0)).getUTCDate();
  const inside = (value, least, most) => value === undefined || (value >= least && value <= most);
  if (!year || !inside(year, 1900, 2199) || !inside(month, 1, 12) || !inside(day, 1, days)) return null;
  if (clock && (clock > "23:59" || clock.slice(3) > "59")) return null;
  return {
    first: `${year}-${month ?? "01"}-${day ?? "01"}T${clock ?? "00:00"}`,
    last: `${year}-${month ?? "12"}-${day ?? days}T${clock ?? "23:59:59"}`,
    text,
  };
}

function fits(text, kind, pattern) {
  if (pattern && !new RegExp(pattern, "u").test(text)) return false;
  if (kind === "time") return span(text) !== null;
  if (kind === "money") return currencies.has(text.slice(-3));
  if (kind !== "duration") return true;
  const [count, ...unit] = text.split(" ");
  const hours = limits.units[unit.join(" ")] ?? limits.units[`${unit.join(" ")}s`];
  return count * hours <= limits.hours;
}

// What is wrong with one answer: a text, or one of a list of them.
function fault(text, { key, kind, required, most, pattern, form: message }) {
  if (!text && required !== undefined) {
    const expected = key === "@company" ? word("a company") : word("missing", { key: key.split(".").at(-1).replace("@", "") });
    return problem(word("nothing"), expected);
  }
  if (!text) return "";
  if (most && [...text].length > most) return problem(shown(text), word("long", { most }));
  if (!fits(text, kind, pattern)) return problem(shown(text), word(message));
  return "";
}

// What is wrong with the steps together: pairs of a step's key and what to say there.
function* faultsOfSteps(steps) {
  let latest = null;
  for (const [index, step] of steps.entries()) {
    const at = span(step.at ?? "");
    if (at && latest && at.last < latest.first) {
      const found = word("disorder", { time: at.text, other: latest.text });
      yield [index, "at", problem(found, word("order"), word("reorder"))];
    }
    if (at && (!latest || at.first > latest.first)) latest = at;
    const early = (key, found, expected) => {
      const time = span(step[key] ?? "");
      const sooner = at && time && time.last < at.first;
      return sooner ? [[index, key, problem(word(found, { time: time.text, other: at.text }), word(expected))]] : [];
    };
    const both = (one, other) =>
      step[one] && step[other] ? [[index, other, problem(word("both", { one, other }), word("one"))]] : [];
    if (step.event === "promise") {
      yield* early("kept_at", "kept_early", "after_promise");
      yield* early("due", "due_early", "after_promise");
      yield* both("due", "within");
      yield* both("kept_at", "kept");
    }
    if (step.event === "refund") {
      yield* early("paid_at", "paid_early", "after_decision");
      if (step.decision === "refused" && (step.paid_at || step.paid === "true"))
        yield [index, "decision", problem(word("refused_paid"), word("granted"))];
      if (step.decision && step.decision !== "refused" && step.justified)
        yield [index, "justified", problem(word("justified"), word("only_refused"))];
      yield* both("paid_at", "paid");
    }
  }
}

const digitsOf = (text) => text.replace(/\D/g, "");
const CHECKED = {
  // ISO 7064: letters are numbers from 10 on, the first four signs go to the end, and the rest by 97 is 1.
  "a bank account (IBAN)": (text) => {
    const signs = text.replace(/ /g, "");
    for (let end = signs.length; end >= 15; end -= 1) {
      const number = [...(signs.slice(4, end) + signs.slice(0, 4))].map((sign) => parseInt(sign, 36)).join("");
      if ([...number].reduce((rest, digit) => (rest * 10 + Number(digit)) % 97, 0) === 1) return true;
    }
    return false;
  },
  // Luhn: every second digit from the right is doubled.
  "a card number": (text) => {
    const digits = [...digitsOf(text)].reverse().map(Number);
    const sum = digits.reduce((all, digit, place) => all + (place % 2 ? digit * 2 - (digit > 4 ? 9 : 0) : digit), 0);
    return "3456".includes(digits.at(-1)) && sum % 10 === 0;
  },
  // The digits weigh 9 to 2, the last one −1; the sum is divisible by 11.
  "a citizen number (BSN)": (text) => {
    const digits = [...digitsOf(text).padStart(9, "0")].map(Number);
    return digits.reduce((sum, digit, place) => sum + digit * (place < 8 ? 9 - place : -1), 0) % 11 === 0;
  },
};

// What in a text looks like personal data: its name, what was found, and whether there is no doubt.
function* personal(text) {
  for (const { name, pattern, undated, certain } of looks) {
    for (const match of (undated ? text.replace(dates, "-") : text).matchAll(pattern)) {
      const found = match.slice(1).find(Boolean) ?? match[0];
      if (CHECKED[name] && !CHECKED[name](found)) continue;
      const told = `${word(name)} ('${[...found].slice(0, 3).join("")}…')`;
      yield { certain, message: problem(told, word("impersonal"), word("leave_out")) };
    }
  }
}
