"""An issue as GitHub writes it of the answers to the form "A case"."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from tests.support.build import read

FORM = Path(__file__).resolve().parents[2] / ".github" / "ISSUE_TEMPLATE" / "case.yml"
ANSWERS = {
    "company": "Invented Air",
    "title": "No answer for a month",
    "language": "en",
    "wanted": "refund",
    "amount": "49.00 EUR",
    "timeline": "2026-01-05 10:15 | contact | channel: email, asks: refund | Kindly.\n"
    "2026-02-05 | reply | by: person, answer: full",
    "source": "first-hand",
}


def questions() -> list[dict[str, Any]]:
    """The form's questions, in their order."""
    body: list[dict[str, Any]] = read(FORM.read_text("utf-8"))["body"]
    return [part for part in body if "id" in part]


def issue_text(answers: Mapping[str, str]) -> str:
    """The issue's text: every question, with its answer or the words for none.

    What is chosen from a list is given by its first word.
    """
    parts = []
    for question in questions():
        attributes = question["attributes"]
        answer = answers.get(question["id"], "_No response_")
        for option in attributes.get("options", ()):
            if isinstance(option, str) and option.split(" ")[0] == answer:
                answer = option
        if "render" in attributes:
            answer = f"```{attributes['render']}\n{answer}\n```"
        parts.append(f"### {attributes['label']}\n\n{answer}")
    return "\n\n".join(parts)
