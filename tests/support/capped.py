"""A content folder in which the caps on contributors and on bursts both hold cases."""

from __future__ import annotations

from pathlib import Path

from tests.support.build import content_folder


def capped_content(where: Path) -> Path:
    """One company with a record of 45 cases, twelve of them by one contributor, and a burst of ten."""
    files: dict[str, str | bytes] = {}
    for n in range(44):
        who = "busy-bee" if n < 12 else f"person-{n}"
        day = f"20{20 + n % 5}-0{1 + n % 9}-1{n % 10}"
        files[f"cases/acme/record-{n}.yaml"] = _case(day, who, "partial" if n < 12 else "full")
    for n in range(10):
        files[f"cases/acme/burst-{n}.yaml"] = _case("2024-11-12", f"newcomer-{n}", "partial")
    return content_folder(where, files)


def _case(day: str, who: str, solved: str) -> str:
    return (
        f"title: A call\nwanted: refund\namount: 10.00 EUR\nsource: {{kind: first-hand}}\n"
        f"evidence: {{level: described}}\ncontributor: {who}\ntimeline:\n"
        f"  - {{at: {day} 10:00, event: contact, channel: phone, asks: refund}}\n"
        f"  - {{at: {day} 15:00, event: reply, by: person, answer: full}}\n"
        f"  - {{at: {day}, event: refund, decision: granted, form: voucher, paid: yes}}\n"
        f"  - {{at: {day}, event: closed, solved: {solved}}}\n"
    )
