"""What a timeline, as far as it is told, gives a summary to talk about."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any


def facets_of(timeline: Sequence[dict[str, Any]]) -> list[str]:
    """The names under `course` in the stock of words that hold for these events."""
    found = [name for event in timeline if (name := _of_event(event))]
    contacts = [e for e in timeline if e["event"] == "contact"]
    answers = [e for e in timeline if _answers(e)]
    if not answers and contacts:
        found.append("silent")
    elif len(contacts) > 2:
        found.append("chased")
    elif len(contacts) == 1:
        found.append("quick")
    if any(e.get("told_again") == "true" for e in contacts):
        found.append("retold")
    asked = any(e.get("asks") == "refund" for e in contacts)
    if asked and not any(e["event"] in ("refund", "replacement") for e in timeline):
        found.append("awaited")
    return list(dict.fromkeys(found))


def ending_of(timeline: Sequence[dict[str, Any]]) -> str:
    """`full`, `partial`, `none`, or `open`."""
    closed = [e for e in timeline if e["event"] == "closed"]
    return str(closed[-1].get("solved", "open")) if closed else "open"


def _answers(event: dict[str, Any]) -> bool:
    return event["event"] == "reply" and event.get("answer") != "none"


_BY_NAME = {
    "transfer": "transferred",
    "channel-switch": "switched",
    "lost": "lost",
    "replacement": "replaced",
    "chargeback": "forced",
    "escalation": "forced",
    "recurrence": "recurred",
    "gesture": "gesture",
}


def _of_event(event: dict[str, Any]) -> str | None:
    match event["event"]:
        case "contact":
            if event.get("reached") == "false":
                return "unreached"
            return "complained" if event.get("asks") == "complaint" else None
        case "reply":
            if event.get("advice_worked") == "false":
                return "advice"
            if event.get("tone") in ("rude", "kind"):
                return str(event["tone"])
            return "empty" if event.get("answer") == "none" else None
        case "promise":
            return "kept" if "kept_at" in event else "broken"
        case "charge":
            return "charged" if event.get("justified") == "false" else None
        case "refund":
            return _of_refund(event)
        case name:
            return _BY_NAME.get(name)


def _of_refund(refund: dict[str, Any]) -> str:
    if refund["decision"] == "refused":
        return "rightly" if refund.get("justified") == "true" else "refused"
    if "paid_at" not in refund:
        return "awaited"
    if refund["decision"] == "partial":
        return "parted"
    return "paid" if refund.get("form") == "money" else "voucher"
