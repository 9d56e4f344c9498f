"""Asking somebody until the answer is right. How it is shown and read is the terminal's business."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol

from scorecard.contribute.answers import wrong_choice
from scorecard.contribute.questions import TRUTHS, Question, completed
from scorecard.errors import Problem


class Person(Protocol):
    """Who answers. `ask` shows a question and gives one line, stripped; it raises UsageError at the end."""

    def ask(self, question: Question) -> str:
        """Shows the question; the line that is answered."""

    def tell(self, text: str) -> None:
        """Shows lines of text."""


def ask(person: Person, question: Question, wrong: Callable[[str], list[Problem]]) -> str:
    """The first right answer; empty where an optional question is skipped."""
    while True:
        given = completed(person.ask(question), question.allowed)
        if not given and question.default:
            return question.default
        if not given and question.optional:
            return ""
        if not given:
            person.tell("This one is needed.")
        elif problems := wrong(given):
            person.tell("\n".join(p.sentence[0].upper() + p.sentence[1:] for p in problems))
        else:
            return given


def choose(person: Person, question: Question) -> str:
    """One of the words that the question allows; empty where it is optional and skipped."""
    return ask(person, question, lambda given: wrong_choice(given, question.allowed))


def agree(person: Person, text: str, default: bool, about: str = "") -> bool:
    """Yes or no."""
    question = Question(text, about, TRUTHS, "yes" if default else "no")
    return choose(person, question) == "yes"
