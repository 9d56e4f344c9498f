"""A mail's text → what its sender wrote, and the earlier mails that it quotes.

A quotation is taken for an earlier mail only where a line above it says so, in one of the forms that
the common mail programs write in English and Dutch: 'On … wrote:', 'Op … schreef …:', or a block of
'From:' and 'Sent:' ('Van:' and 'Verzonden:'). What else is quoted belongs to nobody and is dropped.
"""

from __future__ import annotations

import bisect
import re
from collections.abc import Iterator

from msgspec import Struct, field

MOST_SHOWN, WIDEST = 15, 100
_MARKS = re.compile(r"(?:> ?)+")
_WROTE = re.compile(r"(?:wrote|schreef .{1,200}|geschreven) ?:$")
_HEADING = re.compile(
    r"^(?:from|van|sent|date|verzonden|datum|to|aan|cc|subject|onderwerp) ?:", re.I
)
_RULE = re.compile(
    r"^[-_=*\s]{5,}$|^-{2,} ?(?:original message|oorspronkelijk bericht|forwarded)", re.I
)
_GREETING = re.compile(
    r"^(?:(?:met )?(?:vriendelijke|hartelijke) groet(?:en)?|groet(?:en|jes)?|mvg|hoogachtend"
    r"|(?:kind|best|warm)?\s?regards|sincerely|yours (?:sincerely|faithfully)|many thanks|cheers"
    r"|sent from my .*|verstuurd vanaf mijn .*|verzonden vanaf mijn .*)\W*$",
    re.I,
)
_LONGEST_SIGNATURE = 12
_JOINED = 3
_MOST_HEADINGS = 8


class Quotation(Struct):
    """One mail's part of the text: whoever wrote it, `when` as it was written there, and the lines.

    Of the newest part, which is the mail itself, `who` and `when` are empty.
    """

    who: str = ""
    when: str = ""
    dutch: bool = False
    depth: int = 0
    lines: list[str] = field(default_factory=list)

    @property
    def text(self) -> str:
        """The lines without the signature, blank lines drawn together."""
        return _without_signature(self.lines)


def split_quotations(text: str) -> list[Quotation]:
    """The mail's own part first, then each mail that it quotes, in the order of the text."""
    lines = [_unmarked(line) for line in text.split("\n")]
    parts = [Quotation()]
    open_parts = [parts[0]]
    at = 0
    while at < len(lines):
        depth, line = lines[at]
        found = _introduction(lines, at)
        if found is None:
            _add(_owner(open_parts, depth), depth, line)
            at += 1
            continue
        part, at = found
        below = next((d for d, rest in lines[at : at + 5] if rest), depth)
        part.depth = below if below > depth else depth
        while open_parts and open_parts[-1].depth >= part.depth:
            open_parts.pop()
        parts.append(part)
        open_parts.append(part)
    return parts


def shown(text: str) -> str:
    """The first lines of a text, for somebody who has to remember what it said."""
    lines = [line for line in text.split("\n") if line.strip()]
    first = [
        line if len(line) <= WIDEST else line[: WIDEST - 1] + "…" for line in lines[:MOST_SHOWN]
    ]
    more = len(lines) - len(first)
    return "\n".join([*first, f"… and {more} more lines"] if more else first)


def _unmarked(line: str) -> tuple[int, str]:
    """How deep a line is quoted, and the line without its marks."""
    match = _MARKS.match(line)
    marks = match[0] if match else ""
    return marks.count(">"), line[len(marks) :].strip()


def _owner(open_parts: list[Quotation], depth: int) -> Quotation | None:
    """The last part that is quoted no deeper than this; their depths grow."""
    place = bisect.bisect_right(open_parts, depth, key=lambda part: part.depth)
    return open_parts[place - 1] if place else None


def _add(owner: Quotation | None, depth: int, line: str) -> None:
    """Gives a line to its part; one that is quoted deeper than that is nobody's."""
    if owner is not None and depth == owner.depth and not _RULE.match(line):
        owner.lines.append(line)


def _introduction(lines: list[tuple[int, str]], at: int) -> tuple[Quotation, int] | None:
    """The quotation that is introduced at this line, and the line after its introduction."""
    line = lines[at][1].strip("* ")
    if line.startswith(("On ", "Op ")):
        return _sentence(lines, at)
    if line[:5].lower().startswith(("from:", "from ", "van:", "van ")):
        return _block(lines, at)
    return None


def _sentence(lines: list[tuple[int, str]], at: int) -> tuple[Quotation, int] | None:
    """'On … wrote:', which may be broken over a few lines."""
    joined = ""
    for end in range(at, min(at + _JOINED, len(lines))):
        joined = f"{joined} {lines[end][1]}".strip()
        if len(joined) > 400:
            return None
        if _WROTE.search(joined):
            return Quotation(joined, joined, joined.startswith("Op ")), end + 1
    return None


def _block(lines: list[tuple[int, str]], at: int) -> tuple[Quotation, int] | None:
    """A block of headings; it names the sender first and a date after that."""
    who = when = ""
    dutch = False
    end = at
    for label, value in _headings(lines, at):
        end += 1
        if label in ("from", "van"):
            who = value
        elif label in ("sent", "date", "verzonden", "datum"):
            when, dutch = value, label in ("verzonden", "datum")
    return (Quotation(who, when, dutch), end) if who and when else None


def _headings(lines: list[tuple[int, str]], at: int) -> Iterator[tuple[str, str]]:
    for _, line in lines[at : at + _MOST_HEADINGS]:
        bare = line.replace("*", "").strip()
        if not _HEADING.match(bare):
            return
        label, _, value = bare.partition(":")
        yield label.strip().lower(), value.strip()


def _without_signature(lines: list[str]) -> str:
    """Cut at '--', or at a greeting that stands near the end."""
    written = [number for number, line in enumerate(lines) if line]
    last = set(written[-_LONGEST_SIGNATURE:])
    kept = lines
    for number in written:
        line = lines[number]
        if line == "--" or (number in last and len(line) <= WIDEST and _GREETING.match(line)):
            kept = lines[:number]
            break
    return re.sub(r"\n{3,}", "\n\n", "\n".join(kept)).strip()
