"""The text of a mail: decoded, its HTML made plain, control characters gone."""

from __future__ import annotations

import re
from email.message import EmailMessage
from html import unescape

MOST_CHARACTERS = 1_000_000
"""Of one mail's text; what stands after it is not looked at."""

_HIDDEN = {"head", "script", "style", "title", "template"}
_BREAKS = {
    "address", "blockquote", "br", "div", "dd", "dt", "h1", "h2", "h3", "h4", "hr", "li", "ol", "p", "pre",
    "section", "table", "tr", "ul",
}  # fmt: skip
_TAG = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9]{0,20})[^<>]*>")
_DEEPEST = 50
_OF_ADDRESSES = ("punycode", "idna")
"""Python's codecs for names of hosts: they take minutes for a long text, and no mail is written in them."""


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
    named = part.get_content_charset()
    for charset in (None if named in _OF_ADDRESSES else named, "utf-8"):
        try:
            return data.decode(charset or "utf-8")
        except (LookupError, UnicodeError, ValueError):
            continue
    return data.decode("cp1252", "replace")


def _plain(html: str) -> str:
    """The HTML as lines of text, each with the marks of its quotation.

    It is shown and searched, never rendered; the standard parser takes minutes for hostile HTML.
    """
    lines: list[tuple[int, str]] = [(0, "")]
    depth = hidden = end = 0
    html = _without_comments(html[:MOST_CHARACTERS])
    for match in _TAG.finditer(html):
        if not hidden:
            lines[-1] = (depth, lines[-1][1] + html[end : match.start()])
        end = match.end()
        step, tag = (-1 if match[1] else 1), match[2].lower()
        if tag in _HIDDEN:
            hidden = max(0, hidden + step)
        elif tag == "body":
            hidden = 0
        elif tag == "blockquote":
            depth = min(max(0, depth + step), _DEEPEST)
        if tag in _BREAKS:
            lines.append((depth, ""))
    lines.append((depth, "" if hidden else html[end:]))
    return "\n".join(f"{'> ' * depth}{' '.join(unescape(text).split())}" for depth, text in lines)


def _without_comments(html: str) -> str:
    first, *others = html.split("<!--")
    return first + "".join(other.partition("-->")[2] for other in others)
