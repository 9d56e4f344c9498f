// A case or company as the text of its file, byte for byte as scorecard/contribute/case_text.py writes it.
"use strict";
const BREAKS = "\\n\\x85\\u2028\\u2029";
const BLANK = `[\\0 \\t\\r${BREAKS}]`;
// What a YAML reader would not take for a text.
const words = "yes no true false on off null".split(" ").flatMap((w) => [w, w[0].toUpperCase() + w.slice(1), w.toUpperCase()]);
const TYPED = new RegExp(
  [
    ...words,
    "~|=|<<|[!&*]",
    "[-+]?\\.(?:inf|Inf|INF)|\\.(?:nan|NaN|NAN)",
    "(?=[-+.0-9])[-+]?(?:\\p{Nd}+\\.?\\p{Nd}*|\\.\\p{Nd}+)(?:[eE][-+]?\\p{Nd}+)?",
    "[-+]?[0-9][0-9_]*\\.[0-9_]*(?:[eE][-+][0-9]+)?|\\.[0-9][0-9_]*(?:[eE][-+][0-9]+)?",
    "[-+]?(?:0b[01_]+|0[0-7_]+|[1-9][0-9_]*|0x[0-9a-fA-F_]+)",
    "[-+]?[1-9][0-9_]*(?::[0-5]?[0-9])+|[-+]?[0-9][0-9_]*(?::[0-5]?[0-9])+\\.[0-9_]*",
  ]
    .map((one) => `^(?:${one})$`)
    .join("|"),
  "u",
);
const OF_BOTH = `^---|^\\.\\.\\.|^[#,[\\]{}&*!|>'"%@\`]|^-(?:${BLANK}|$)|${BLANK}#`;
const INDICATORS = {
  flow: new RegExp(`${OF_BOTH}|^[?:]|(?!^)[,?[\\]{}:]`),
  block: new RegExp(`${OF_BOTH}|^[?:](?:${BLANK}|$)|:(?:${BLANK}|$)`),
};
const RUNS = new RegExp(`[${BREAKS}]+`, "g");
const SPACED = new RegExp(` [${BREAKS}]|[${BREAKS}] `);
const EDGES = /^ | $/;
const ODD = /[^\n -~\x85\xa0-\ud7ff\ue000-\ufefe\uff00-\ufffd\u{10000}-\u{10fffe}]/u;
const ESCAPED = /["\\\x85\u2028\u2029\ufeff]|[^ -~\xa0-\ud7ff\ue000-\ufffd]/gu;
const NAMED = { "\0": "0", "\x07": "a", "\b": "b", "\t": "t", "\n": "n", "\v": "v", "\f": "f", "\r": "r", "\x1b": "e" };
Object.assign(NAMED, { '"': '"', "\\": "\\", "\x85": "N", "\u2028": "L", "\u2029": "P" });

function escaped(sign) {
  const code = sign.codePointAt(0);
  const digits = code <= 0xff ? ["x", 2] : code <= 0xffff ? ["u", 4] : ["U", 8];
  return `\\${NAMED[sign] ?? digits[0] + code.toString(16).toUpperCase().padStart(digits[1], "0")}`;
}

// The text as a YAML scalar: plain where that is safe, else in quotes; further lines are `indent` columns in.
function scalar(text, flow, indent) {
  if (text === "true" || text === "false") return text;
  if (ODD.test(text) || SPACED.test(text)) return `"${text.replace(ESCAPED, escaped)}"`;
  const unsafe = [TYPED, EDGES, INDICATORS[flow ? "flow" : "block"]];
  if (text && !unsafe.some((one) => one.test(text)) && text.search(RUNS) < 0) return text;
  const lines = (run) => (run[0] === "\n" ? "\n" : "") + run + " ".repeat(indent);
  return `'${text.replaceAll("'", "''").replace(RUNS, lines)}'`;
}

const isText = (value) => typeof value === "string";
const parts = (value) => (Array.isArray(value) ? value : Object.values(value));

// A list or keys of texts alone stand on one line, unless `block`; all else a line each.
function yaml(value, indent = 0, block = false, flow = false) {
  if (isText(value)) return scalar(value, flow, indent);
  const list = Array.isArray(value);
  if (flow || !parts(value).length || (!block && parts(value).every(isText))) {
    const inner = (one) => yaml(one, indent + 2, false, true);
    if (list) return `[${value.map(inner).join(", ")}]`;
    return `{${Object.entries(value).map(([key, one]) => `${key}: ${inner(one)}`).join(", ")}}`;
  }
  const margin = " ".repeat(indent);
  const line = ([key, one]) => {
    const text = yaml(one, indent + 2, block);
    return `${margin}${list ? "-" : `${key}:`}${text.startsWith("\n") ? text : ` ${text}`}`;
  };
  return `\n${Object.entries(value).map(line).join("\n")}`;
}

const caseText = (told) => `# yaml-language-server: $schema=../../../schema/case.schema.json${yaml(told)}\n`;
const companyText = (told) => `# yaml-language-server: $schema=../../schema/company.schema.json${yaml(told, 0, true)}\n`;
