"""The answers of the issue form "A case" → a case file, and what an editor should know of it.

Run by the workflow that opens a pull request of them. Each line of the story either is an event,
wholly, or goes into the pull request's description with the reason: nothing is guessed.
"""

from __future__ import annotations

import argparse
import json
import re
import sys
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from msgspec import Struct

from scorecard.contribute.case_text import case_text, company_text
from scorecard.contribute.desk import Desk, open_desk, slug_of
from scorecard.contribute.fenced import fenced
from scorecard.contribute.writing import new_files
from scorecard.errors import ContentError, Problem
from scorecard.events import AnyEvent
from scorecard.fields import SLUG, Record
from scorecard.load.checks import check_case
from scorecard.load.privacy import personal_data
from scorecard.load.records import nearest, read_record
from scorecard.load.yaml_text import Document, read_yaml
from scorecard.model import CaseLog, Company, CompanyFile

FORM = Path(".github/ISSUE_TEMPLATE/case.yml")
_LONGEST = 48  # characters of a case's short name
_UNANSWERED = "_No response_"
_LINE = "expected: when | event | details | in your own words"
_FLAGS = {"yes": "true", "ja": "true", "no": "false", "nee": "false"}
_WHERE = re.compile(r"timeline\[(\d+)\]\.?")


class _Story(Record):
    timeline: tuple[AnyEvent, ...]


class Proposed(Struct, frozen=True):
    """A case made of an issue: its files under their places in the content folder, and the lines of
    the story that are not in it, each with the reason."""

    files: dict[str, str]
    left: tuple[tuple[str, str], ...]


def main(arguments: Sequence[str] | None = None) -> int:
    """Writes the case, and what to say of it; 0 fine, 1 where the answers make no case."""
    parser = argparse.ArgumentParser(prog="python -m scorecard.contribute.issue_form")
    parser.add_argument("event", type=Path, help="what GitHub tells of the issue, as JSON")
    parser.add_argument("said", type=Path, help="gets the pull request's text, or what to mend")
    parser.add_argument("--content", type=Path, default=Path("content"), metavar="DIR")
    options = parser.parse_args(arguments)
    issue = json.loads(options.event.read_text("utf-8"))["issue"]
    number = int(issue["number"])
    try:
        given = answers(issue["body"] or "", labels(FORM))
        proposed = propose(given, number, options.content)
    except ContentError as error:
        options.said.write_text(_to_mend(error.problems), "utf-8")
        for problem in error.problems:
            print(problem, file=sys.stderr)
        return 1
    texts = {options.content / place: text for place, text in proposed.files.items()}
    with new_files(options.content, texts):
        options.said.write_text(_description(number, proposed), "utf-8")
    for place in proposed.files:
        print(f"Wrote {place}.")
    return 0


def labels(form: Path) -> dict[str, str]:
    """The questions of an issue form: each one's id under its label."""
    document, problems = read_yaml(form, form.as_posix())
    if document is None:
        raise ContentError(problems)
    asked = [part for part in document.value["body"] if "id" in part]
    return {part["attributes"]["label"]: part["id"] for part in asked}


def answers(body: str, labels: Mapping[str, str]) -> dict[str, str]:
    """The answers in an issue's text under the ids of their questions; only those that were given.

    Of an answer that was chosen from a list only the word is taken that the case format has.
    """
    found: dict[str, list[str]] = {}
    current: list[str] = []
    for line in body.replace("\r\n", "\n").split("\n"):
        name = labels.get(line.removeprefix("### ").strip()) if line.startswith("### ") else None
        if name and name not in found:
            current = found.setdefault(name, [])
        else:
            current.append(line)
    texts = {name: _unfenced("\n".join(lines).strip()) for name, lines in found.items()}
    return {name: text for name, text in texts.items() if text and text != _UNANSWERED}


def _unfenced(text: str) -> str:
    """The text without the fence that GitHub puts around what a form asks to have shown plainly."""
    match = re.fullmatch(r"```\w*\n(.*?)\n?```", text, re.S)
    return match[1].strip() if match else text


def propose(given: Mapping[str, str], number: int, content: Path) -> Proposed:
    """The case of these answers. Raises ContentError with all that must be mended first."""
    desk = open_desk(content)
    company, files = _company(given, desk)
    context = {"zone": desk.site.zone}
    events, left = _story(given.get("timeline", ""), context)
    case = _case(given, events)
    document = Document("issue form", case, {}, {})
    log, problems = read_record(document, CaseLog, context)
    name = slug_of(given.get("title", ""), _LONGEST) or f"issue-{number}"
    if (content / "cases" / company.slug / f"{name}.yaml").exists():
        name = f"{name}-{number}"
    if log is not None:
        problems = check_case(log, company, document)
    elif not events:
        problems = [p for p in problems if p.key != "timeline"]
        found = "no line that is an event"
        problems.append(document.problem(("timeline",), found, "at least one", _HOW))
    rest = {"company": given.get("company", ""), "left": [line for line, _ in left]}
    problems += personal_data(Document("issue form", rest, {}, {}), company)
    if any(problem.level == "error" for problem in problems):
        raise ContentError(problems)
    return Proposed({**files, f"cases/{company.slug}/{name}.yaml": case_text(case)}, tuple(left))


_HOW = "Like: 2026-03-03 10:15 | contact | channel: phone, reached: no"


def _case(given: Mapping[str, str], events: list[dict[str, str]]) -> dict[str, Any]:
    """The case format's keys from the form's answers."""
    case: dict[str, Any] = {
        key: given[key]
        for key in ("title", "language", "about", "wanted", "amount")
        if key in given
    }
    for key in ("language", "about", "wanted"):
        if key in case:
            case[key] = _chosen(case[key])
    source = {"kind": _chosen(given.get("source", "")), "title": given.get("source_title", "")}
    source["url"] = given.get("source_url", "")
    case["source"] = {key: text for key, text in source.items() if text}
    evidence: dict[str, Any] = {}
    if "evidence" in given:
        evidence["level"] = _chosen(given["evidence"])
    if "items" in given:
        evidence["items"] = [
            line.strip("-* ") for line in given["items"].splitlines() if line.strip()
        ]
    if evidence:
        case["evidence"] = evidence
    case |= {key: given[key] for key in ("contributor", "summary") if key in given}
    if "effort" in given:
        case["effort"] = _chosen(given["effort"])
    case["timeline"] = events
    return case


def _chosen(answer: str) -> str:
    """`refund` of the choice `refund – money back · geld terug`."""
    return answer.partition(" – ")[0].strip()


def _story(
    text: str, context: Mapping[str, Any]
) -> tuple[list[dict[str, str]], list[tuple[str, str]]]:
    """The events of a story told in lines, and each line that is none, with the reason."""
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    events = {index: event for index, line in enumerate(lines) if (event := _event(line))}
    wrong = {index: _LINE for index in range(len(lines)) if index not in events}
    places = list(events)
    document = Document("issue form", {"timeline": list(events.values())}, {}, {})
    for problem in read_record(document, _Story, context)[1]:
        if match := _WHERE.match(problem.key):
            told = f"{problem.key[match.end() :]}: {problem.sentence}"
            wrong.setdefault(places[int(match[1])], told)
    read = [event for index, event in events.items() if index not in wrong]
    return read, [(lines[index], reason) for index, reason in sorted(wrong.items())]


def _event(line: str) -> dict[str, str] | None:
    """`when | event | key: value, key: value | note` as a case has it; the last two may be missing."""
    parts = [part.strip() for part in line.split("|")]
    if not 2 <= len(parts) <= 4 or not parts[1]:
        return None
    when, name, details, note = (*parts, "", "")[:4]
    event = {"at": when} if when not in ("", "?") else {}
    event["event"] = name.lower()
    for pair in filter(None, map(str.strip, details.split(","))):
        key, colon, value = pair.partition(":")
        if not colon or key.strip() in event:
            return None
        event[key.strip()] = _FLAGS.get(value.strip().lower(), value.strip())
    return event | ({"note": note} if note else {})


def _company(given: Mapping[str, str], desk: Desk) -> tuple[Company, dict[str, str]]:
    """The company that is meant by its short name or its name, and its file where it is new."""
    asked = given.get("company", "")
    if known := desk.company(asked):
        return known, {}
    slug, sector = slug_of(asked, _LONGEST), _chosen(given.get("sector", ""))
    document = Document("issue form", {"company": asked, "name": asked, "sector": sector}, {}, {})
    if not re.fullmatch(SLUG, slug) or not sector:
        expected = "a company that is on the site, or a sector for a new one"
        hint = nearest(asked, desk.companies)
        raise ContentError([document.problem(("company",), f"'{asked[:60]}'", expected, hint)])
    new = {"name": asked, "sector": sector}
    record, problems = read_record(Document("issue form", new, {}, {}), CompanyFile, {})
    if record is None:
        raise ContentError(problems)
    made = Company.of(record, slug)
    return made, {f"companies/{slug}.yaml": company_text(new)}


def _description(number: int, proposed: Proposed) -> str:
    told = [f"Made of the answers in #{number}; merging closes it. Closes #{number}."]
    if proposed.left:
        lines = "\n\n".join(f"{line}\n  {reason}" for line, reason in proposed.left)
        told.append("**Not in the case, because it could not be read as an event:**")
        told.append(fenced(lines))
    told.append(
        "To the editor: choose *Approve and run* for the check, or close this and open it again. "
        "Are there personal data that no program can see, in the issue too? Does the source say it?"
    )
    return "\n\n".join(told) + "\n"


def _to_mend(problems: Iterable[Problem]) -> str:
    lines = "\n".join(problem.message for problem in problems)
    return (
        "No case can be made of these answers yet. Nothing was written. "
        "Edit the answers above; an editor then puts the label on again.\n\n"
        "Van deze antwoorden is nog geen dossier te maken. Er is niets geschreven. "
        "Verbeter ze hierboven; daarna plakt een redacteur het label er opnieuw op.\n\n"
        f"{fenced(lines)}\n"
    )


if __name__ == "__main__":
    sys.exit(main())
