"""Files as strangers may write them: sound ones, spoilt by somebody who knows YAML and the case format."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from random import Random

from scorecard.load.on_disk import MAX_BYTES
from tests.load.test_everything import COMPANY as FULL_COMPANY
from tests.load.test_everything import EVERYTHING
from tests.support.build import CASE, COMPANY, CONTENT, SECTORS, SITE

_CASES = [CONTENT.parent / "docs" / "case-template.yaml", *sorted(CONTENT.glob("cases/*/*.yaml"))]
SOUND: Mapping[str, Sequence[str]] = {
    "case": [CASE, EVERYTHING, *(path.read_text("utf-8") for path in _CASES[:: len(_CASES) // 12])],
    "company": [COMPANY, FULL_COMPANY],
    "site": [SITE, (CONTENT / "site.yaml").read_text("utf-8")],
    "sectors": [SECTORS, (CONTENT / "sectors.yaml").read_text("utf-8")],
    "rubric": [(CONTENT / "rubric.yaml").read_text("utf-8")],
}
"""Sound files of each kind."""
SHARES = {"case": 900, "company": 40, "site": 30, "sectors": 20, "rubric": 10}
"""Of a thousand files. The method is long, and a case is judged by it."""

_WORD = re.compile(r"[\w.+/:@-]+")
_NUMBER = re.compile(r"\d+(?:[.:-]\d+)*")
_MARKS = [
    "&a ", "*a", "&a", "<<: ", "<<: *a\n", "!!str ", "!!binary ", "!!set ",
    "!!python/object:os.system ", "!<tag:x> ", "! ", "? ", "? [a, b]\n: ", ": ", "- ", "-", "|\n",
    ">-\n", "|9\n", "|+\n", "'", '"', "{", "}", "[", "]", ",", "#", " #", "---\n", "...\n",
    "%YAML 1.2\n", "%TAG ! tag:x,2000:\n---\n", "\t", "\r", "\r\n", "\n", "\n\n", "  ", "\\",
    "\\x07", '"\\0"', '"\\ud800"', '"\\U00110000"', '"\\uFFFE"', "@", "`", "%", "~", "=",
]  # fmt: skip
_VALUES = [
    "null", "~", "''", '""', "yes", "no", "on", "True", "FALSE", ".nan", ".inf", "-.inf", "NaN",
    "Infinity", "1e999", "-1", "-0", "0", "00", "0x10", "0b1", "0o7", "1_000", "9" * 20, "9" * 400,
    "9" * 5000, "1e-400", "1.7e308", "0.1 EUR", "999999999999.99 EUR", "9999999999999 EUR",
    "-5.00 EUR", "1 XXX", "1.00 eur", "1٫5 EUR", "٣ EUR", "0000-00-00", "0001-01-01", "1899-12-31",
    "1900", "1900-01-01T00:00+23:59", "2199", "2199-12-31T23:59-23:59", "2199-12-31 23:59",
    "9999-12-31", "10000-01-01", "2024-02-30", "2024-13", "2024-03-31 02:30", "2024-10-27 02:30",
    "2024-06-30 23:59:60", "2024-03-04 24:00", "2024-03-04T09:00Z", "2024-03-04T09:00+99:99",
    "２０２４-03-04", "2024-03-04 09:00:00.123456", "-2024", "12:30:45", "0 min", "99999 months",
    "240 months", "0.01 h", "7320 days", "1e3 days", "5  working days", "refund", "contact",
    "reply", "promise", "closed", "full", "phone", "withdrawn", "[a, b]", "{a: b}", "[]", "{}",
    "[[[]]]", "{event: closed}", "http://[", "https://", "https://a b", "//x", "https://\u202egro",
    "../..", "/etc/passwd", "a/b", "con", "en-x-y", "NL", "EUR", "06-12345678", "jan@post.example",
    "NL91 ABNA 0417 1643 00", "4111 1111 1111 1111", "BSN 111222333", "Kerkstraat 12", "{{ x }}",
    "<script>",
]  # fmt: skip
_SIGNS = [
    "\x00", "\x07", "\x1b[2J", "\x7f", "\x85", "\xa0", "\xad", "\u0301", "\u034f", "\u1160",
    "\u200b", "\u200d", "\u2028", "\u2029", "\u202e", "\u2066", "\u3000", "\ufdfa", "\ufeff",
    "\ufffd", "\uffff", "\U0001f600", "\U000e0041", "\U0010ffff", "é", "e\u0301", "ß", "İ", "ſ",
    "１", "٣", "Ａ", "ﬁ", "我", "&amp;", "&#64;", "%40", "%25%32%35",
]  # fmt: skip
_BYTES = [
    b"\xff", b"\xc0\xaf", b"\xed\xa0\x80", b"\xf4\x90\x80\x80", b"\xef\xbb\xbf", b"\xff\xfe", b"\0",
]  # fmt: skip
_OPENERS = ["[", "{a: ", "- ", "? ", "{? ", "[a, ", "a:\n ", "'", '"', "|\n ", "> ", "*a ", "&a "]
REPEATED = [
    "1 ", "1-", "1.", "a@", "a.", "06-12345678 ", "@b.nl ", "Mr A ", "12 A", "&amp;", "%40", "://",
    "www.", "NL91ABNA", "-", "a: b\n", "- a\n", "- {}\n", "- {event: lost}\n", "- {event: x}\n",
    "[", "{", "'", '"', "\\", "#", " ", "\n", "\u0301", "\u200b", "\ufdfa", "１", "é", "*a, ", "&a ",
    "k&", "a, ", "'', ", "? a\n", "- [[]]\n", "a\u2028", "0",
]  # fmt: skip
FILLED = ["# ", 'x: "', "summary: ", "x: [", "x:\n", "", "  - {event: lost, note: ", "- "]
ENDS = ["", '"', "]"]
Change = Callable[[Random, str], str]


def spoilt(random: Random, kind: str) -> bytes:
    """A file of this kind after a few changes; most are of the kind that a slip of the pen makes."""
    return spoilt_text(random, random.choice(SOUND[kind]))


def spoilt_text(random: Random, text: str) -> bytes:
    """This text after the same."""
    for _ in range(random.choice((1, 1, 1, 2, 2, 3, 5))):
        change = random.choice(_RARE) if random.random() < 0.004 else random.choice(CHANGES)
        text = change(random, text)
    data = text.encode("utf-8", "surrogatepass")
    if random.random() < 0.02:
        at = random.randint(0, len(data))
        data = data[:at] + random.choice(_BYTES) + data[at + random.randint(0, 2) :]
    return data


def _lines(random: Random, text: str) -> str:
    """A line is left out, doubled, moved, or put in another's place; or taken from another file."""
    lines = text.splitlines(keepends=True) or [""]
    one, other = random.randrange(len(lines)), random.randrange(len(lines))
    match random.randrange(6):
        case 0:
            del lines[one]
        case 1:
            lines[other:other] = lines[one : one + random.randint(1, 5)]
        case 2:
            lines[one], lines[other] = lines[other], lines[one]
        case 3:
            lines = lines[: one + 1]
        case 4:
            lines[one] = " " * random.randint(0, 9) + lines[one].lstrip(" ")
        case _:
            foreign = random.choice(SOUND[random.choice(list(SOUND))]).splitlines(keepends=True)
            lines.insert(one, random.choice(foreign))
    return "".join(lines)


def _word(random: Random, text: str) -> str:
    """A word or number becomes another one."""
    pattern = random.choice((_WORD, _WORD, _NUMBER))
    found = list(pattern.finditer(text))
    if not found:
        return text
    match = random.choice(found)
    other = random.choice(_VALUES) if random.random() < 0.7 else random.choice(found)[0]
    return text[: match.start()] + other + text[match.end() :]


def _mark(random: Random, text: str) -> str:
    """A mark that means something in YAML, or a sign that few expect, is put in or over something."""
    at = random.randint(0, len(text))
    return (
        text[:at]
        + random.choice(random.choice((_MARKS, _SIGNS)))
        + text[at + random.randint(0, 2) :]
    )


def _cut(random: Random, text: str) -> str:
    start, end = sorted((random.randint(0, len(text)), random.randint(0, len(text))))
    return text[:start] if random.random() < 0.3 else text[:start] + text[min(end, start + 40) :]


def _escaped(random: Random, text: str) -> str:
    """A word becomes one in quotes, with any character as an escape in it."""
    code = random.choice(
        (0, 7, 0x85, 0x2028, 0xD800, 0xDFFF, 0xFFFE, 0xFFFF, 0x110000, random.randrange(0x110000))
    )
    found = list(_WORD.finditer(text))
    if not found:
        return text
    match = random.choice(found)
    return f'{text[: match.start()]}"{match[0]}\\U{code:08x}"{text[match.end() :]}'


def _deep(random: Random, text: str) -> str:
    """Something that opens is opened many times."""
    at = random.randint(0, len(text))
    opened = random.choice(_OPENERS) * random.choice((2, 15, 19, 20, 21, 22, 60))
    return text[:at] + opened + text[at:]


def _doubled(random: Random, text: str) -> str:
    """A key is told a second time, or its value by an anchor and a merge."""
    keys = re.findall(r"\b\w{1,40}(?=: )", text) or ["a"]
    key = random.choice(keys)
    more = random.choice(
        (f"{key}: x\n", f"{key}: &x {{a: b}}\n<<: *x\n", f"? {key}\n: {key}\n", f'"{key}": ~\n')
    )
    return text + more if random.random() < 0.5 else more + text


def _full(random: Random, text: str) -> str:
    """The file is filled with one thing over and over: in a comment, a text, a list, or at the end."""
    unit = random.choice(REPEATED) + random.choice(("", "", random.choice(REPEATED)))
    return filled(text, random.choice(FILLED), unit, random.choice(ENDS)).decode(
        "utf-8", "surrogatepass"
    )


def filled(text: str, head: str, unit: str, end: str) -> bytes:
    """A file as large as may be: the text, and behind a `head` the same `unit` over and over."""
    before, after = f"{text}{head}".encode("utf-8", "surrogatepass"), f"{end}\n".encode()
    count = max(0, MAX_BYTES - len(before) - len(after)) // len(unit.encode())
    return before + count * unit.encode() + after


def _larger(random: Random, text: str) -> str:
    """One thing in it is very long, and so may be the file."""
    at = random.randint(0, len(text))
    return (
        text[:at]
        + random.choice("a1 é-[\n") * random.choice((300, 5000, 60_000, 70_000))
        + text[at:]
    )


def _deepest(random: Random, text: str) -> str:
    at = random.randint(0, len(text))
    return text[:at] + random.choice(_OPENERS) * random.choice((1000, 9000)) + text[at:]


CHANGES: list[Change] = [
    _lines, _lines, _lines, _word, _word, _word, _mark, _mark, _cut, _escaped, _deep, _doubled,
]  # fmt: skip
_RARE: list[Change] = [_full, _larger, _deepest]
