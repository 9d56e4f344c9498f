"""The text of a mail: decoded, its HTML made plain, control characters gone."""

from __future__ import annotations

import re
from email.message import EmailMessage
from html.parser import HTMLParser

MOST_CHARACTERS = 1_000_000
"""Of one mail's text; what stands after it is not looked at."""

_HIDDEN = {"head", "script", "style", "title", "template"}
_BREAKS = {
    "address",
    "blockquote",
    "br",
    "div",
    "dd",
    "dt",
    "h1",
    "h2",
    "h3",
    "h4",
    "hr",
    "li",
    "ol",
}
_BREAKS |= {"p", "pre", "section", "table", "tr", "ul"}
_DEEPEST = 50


def body_text(message: EmailMessage) -> str:
    """What the sender wrote: the plain text, or else the HTML as plain text; empty without either.

    Quotations in HTML are marked with '>' as they are in plain text.
    """
    html = ""
    for part in _own_parts(message):
        kind = part.get_content_type()
        if part.get_content_disposition() == "attachment":
            continue
        if kind == "text/plain" and (text := _decoded(part)).strip():
            return printable(text)
        if kind == "text/html" and not html:
            html = _decoded(part)
    return printable(_plain(html)) if html else ""


def printable(text: str) -> str:
    """The text without what a terminal would obey: only lines of characters that can be printed."""
    lines = re.sub(r"\r\n?", "\n", text[:MOST_CHARACTERS]).expandtabs(4).split("\n")
    return "\n".join(printable_line(line) for line in lines)


def printable_line(text: str) -> str:
    """One line without control characters; every kind of space is a space."""
    return "".join(c if c.isprintable() else " " if c.isspace() else "" for c in text)


def _own_parts(message: EmailMessage) -> list[EmailMessage]:
    """The parts of this mail, but not of the mails that are attached to it."""
    found: list[EmailMessage] = []
    waiting: list[EmailMessage] = [message]
    while waiting:
        part = waiting.pop(0)
        if part.get_content_maintype() == "multipart" and part.is_multipart():
            waiting = [p for p in part.get_payload() if isinstance(p, EmailMessage)] + waiting
        elif part.get_content_maintype() == "text":
            found.append(part)
    return found


def _decoded(part: EmailMessage) -> str:
    """The part's text in its own charset, or in the likeliest where that is missing or wrong."""
    data = part.get_payload(decode=True)
    if not isinstance(data, bytes):
        return ""
    data = data[: 4 * MOST_CHARACTERS]
    for charset in (part.get_content_charset(), "utf-8"):
        try:
            return data.decode(charset or "utf-8")
        except (LookupError, UnicodeError, ValueError):
            continue
    return data.decode("cp1252", "replace")


def _plain(html: str) -> str:
    reader = _HtmlReader()
    reader.feed(html[:MOST_CHARACTERS])
    reader.close()
    return "\n".join(f"{'> ' * depth}{' '.join(text.split())}" for depth, text in reader.lines)


class _HtmlReader(HTMLParser):
    """Gathers lines of text, each with the depth of its quotation."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.lines: list[tuple[int, str]] = [(0, "")]
        self._depth = 0
        self._hidden = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _HIDDEN:
            self._hidden += 1
        if tag == "blockquote":
            self._depth = min(self._depth + 1, _DEEPEST)
        if tag in _BREAKS:
            self.lines.append((self._depth, ""))

    def handle_endtag(self, tag: str) -> None:
        if tag in _HIDDEN:
            self._hidden = max(0, self._hidden - 1)
        if tag == "blockquote":
            self._depth = max(0, self._depth - 1)
        if tag in _BREAKS:
            self.lines.append((self._depth, ""))

    def handle_data(self, data: str) -> None:
        if not self._hidden:
            depth, text = self.lines[-1]
            self.lines[-1] = (depth, text + data)
