"""What a change does, as the comment under a pull request, as text for a terminal, and as JSON.

Titles, names and reasons hold strangers' words: in the comment these can neither format nor link nor
call anybody.
"""

from __future__ import annotations

import html
import json
import re
from collections.abc import Iterator
from typing import Any

from scorecard.commands.common import counted
from scorecard.compose.charts.chart import DIMENSION_NAMES, OVERALL
from scorecard.compose.words import words_in
from scorecard.judge.finding import Reason
from scorecard.rubric import DIMENSIONS
from scorecard.score.effects import (
    PARTS,
    SMALL,
    CaseEffect,
    CompanyEffect,
    Effect,
    FindingEffect,
    Part,
)
from scorecard.score.estimate import Score
from scorecard.score.ranks import Rank
from scorecard.score.standing import Standing

MOST_COMPANIES, MOST_CASES = 20, 30
"""So many are told of in a comment; more are counted."""
_WORDS = words_in("en")
_NAMES: dict[Part, Reason] = {"overall": OVERALL}
_NAMES.update(DIMENSION_NAMES.items())
_JOINER = "\u2060"


def as_markdown(effect: Effect) -> str:
    """The comment: a sentence, a table, and the cases folded below it."""
    return "\n".join(_markdown(effect)) + "\n"


def as_text(effect: Effect) -> str:
    """The same for a terminal, without the table's bars."""
    return "\n".join(_text(effect)) + "\n"


def as_json(effect: Effect) -> str:
    """Everything, with unrounded figures."""
    whole = {
        "as_of": str(effect.as_of),
        "causes": list(effect.causes),
        "companies": [_json(c) for c in (*effect.direct, *effect.indirect)],
    }
    return json.dumps(whole, ensure_ascii=False, indent=1) + "\n"


def summary(effect: Effect) -> str:
    """The whole effect in one or two sentences."""
    changed = [case for company in effect.direct for case in company.cases]
    if not changed and not effect.causes and not effect.indirect:
        return "This changes no score."
    counts = [
        _count(sum(case.kind == kind for case in changed), f"{word} case")
        for kind, word in (("new", "new"), ("changed", "changed"), ("gone", "removed"))
        if any(case.kind == kind for case in changed)
    ]
    what = ", ".join(counts) or "No case changes"
    grades = [c for c in effect.companies if _grade(c.was) != _grade(c.now)]
    moved = [c for c in effect.companies if c.moved >= SMALL]
    return (
        f"{what}; {_count(len(moved), 'company', 'companies')} would get other scores, "
        f"{_count(len(grades), 'company', 'companies')} another grade (as of {effect.as_of})."
    )


def _markdown(effect: Effect) -> Iterator[str]:
    yield "### What this does to the scores"
    yield ""
    yield summary(effect)
    if effect.causes:
        yield ""
        yield f"Beside cases it changes {', '.join(f'`{cause}`' for cause in effect.causes)}."
    for company in effect.direct[:MOST_COMPANIES]:
        yield from _company(company)
    if effect.direct[MOST_COMPANIES:]:
        yield ""
        yield f"And {_count(len(effect.direct[MOST_COMPANIES:]), 'company', 'companies')} more."
    if effect.indirect:
        count = _count(len(effect.indirect), "other company", "other companies")
        most = max(company.moved for company in effect.indirect)
        yield ""
        yield f"<details><summary>{count} move by {_points(most)} points at most</summary>"
        yield ""
        for company in effect.indirect[:MOST_CASES]:
            yield f"- {quoted(company.name)}: {_overall(company)}"
        if effect.indirect[MOST_CASES:]:
            yield f"- and {len(effect.indirect) - MOST_CASES} more"
        yield ""
        yield "</details>"


def _company(company: CompanyEffect) -> Iterator[str]:
    yield ""
    yield f"**{quoted(company.name)}**: {_overall(company)}{_place(company)}"
    yield ""
    yield "| | before | after | |"
    yield "|---|---:|---:|---:|"
    for part in PARTS:
        was, now = company.scores(part)
        if was or now:
            yield f"| {_part(part)} | {_interval(was)} | {_interval(now)} | {_move(was, now)} |"
    yield ""
    yield f"<details><summary>{_count(len(company.cases), 'case')}</summary>"
    yield ""
    for case in company.cases[:MOST_CASES]:
        yield from _case(case)
    if company.cases[MOST_CASES:]:
        yield f"- and {len(company.cases) - MOST_CASES} more"
    yield ""
    yield "</details>"


def _case(case: CaseEffect) -> Iterator[str]:
    scores = ", ".join(
        f"{_part(d)} {_points(case.was[d])} → {_points(case.now[d])}"
        if case.kind == "changed"
        else f"{_part(d)} {_points(case.was[d] if case.kind == 'gone' else case.now[d])}"
        for d in DIMENSIONS
        if case.was[d] is not None or case.now[d] is not None
    )
    word = {"new": "New", "changed": "Changed", "gone": "Removed"}[case.kind]
    yield f"- {word}: {quoted(case.title)} (`{case.id}`): {scores or 'no score'}"
    for change in case.findings:
        yield f"  - {_finding(change, case)}"


def _finding(change: FindingEffect, case: CaseEffect) -> str:
    value = _share(change.was if case.kind == "gone" else change.now)
    if case.kind == "changed":
        value = f"{_share(change.was)} → {value}"
    return f"{_WORDS.say(change.rule.name)} {value}: {quoted(_WORDS.say(change.finding.reason))}"


def _text(effect: Effect) -> Iterator[str]:
    yield summary(effect)
    if effect.causes:
        yield f"Beside cases it changes {', '.join(effect.causes)}."
    for company in effect.direct:
        yield ""
        yield f"{company.name}: {_overall(company)}{_place(company)}"
        for part in PARTS:
            was, now = company.scores(part)
            if was or now:
                yield (
                    f"  {_part(part):<24} {_interval(was):>20} → {_interval(now):<20} "
                    f"{_move(was, now)}".rstrip()
                )
        for case in company.cases:
            lines = list(_case(case))
            yield from (_unquoted(f"  {line}") for line in lines)
    for company in effect.indirect:
        yield f"{company.name}: {_overall(company)}"


def _json(company: CompanyEffect) -> dict[str, Any]:
    return {
        "company": company.slug,
        "name": company.name,
        "grade": {"was": _grade(company.was), "now": _grade(company.now)},
        "rank": {"was": _rank(company.rank_was), "now": _rank(company.rank)},
        "scores": {
            part: {"was": _score(was), "now": _score(now)}
            for part in PARTS
            for was, now in [company.scores(part)]
        },
        "cases": [
            {
                "case": case.id,
                "title": case.title,
                "change": case.kind,
                "was": dict(case.was),
                "now": dict(case.now),
                "findings": [
                    {
                        "rule": change.rule.id,
                        "was": change.was,
                        "now": change.now,
                        "reason": _WORDS.say(change.finding.reason),
                        "events": list(change.finding.events),
                    }
                    for change in case.findings
                ],
            }
            for case in company.cases
        ],
    }


def quoted(text: str) -> str:
    """Somebody's words as a Markdown text that shows just them."""
    plain = re.sub(
        r"([\\`*_{}\[\]()#+!|~^$-])", r"\\\1", html.escape(" ".join(text.split()), quote=False)
    )
    plain = plain.replace("@", f"@{_JOINER}").replace("://", f":{_JOINER}//")
    return re.sub(r"(?i)\b(www)\.", rf"\1{_JOINER}.", plain)


def _unquoted(text: str) -> str:
    """A line of the comment as a terminal shows it."""
    plain = html.unescape(re.sub(r"\\([\\`*_{}\[\]()#+!|~^$-])", r"\1", text))
    shown = plain.replace(_JOINER, "").replace("`", "")
    return "".join(c if c.isprintable() else " " for c in shown)


def _overall(company: CompanyEffect) -> str:
    was, now = company.scores("overall")
    before, after = _grade(company.was), _grade(company.now)
    if before == after:
        grade = f"grade {after} as before" if after else "no grade, as before"
    else:
        grade = f"grade {before or 'none'} → {after or 'none'}"
    return f"overall {_points(was)} → {_points(now)}, {grade}"


def _place(company: CompanyEffect) -> str:
    if company.rank == company.rank_was:
        return ""
    was, now = (_WORDS.rank(r) if r else "none" for r in (company.rank_was, company.rank))
    return f", rank in its sector {was} → {now}"


def _part(part: Part) -> str:
    return _WORDS.say(_NAMES[part])


def _interval(score: Score | None) -> str:
    return f"{_points(score)} ({_points(score.low)}–{_points(score.high)})" if score else "–"


def _move(was: Score | None, now: Score | None) -> str:
    if not was or not now:
        return ""
    move = now.score - was.score
    return "" if abs(move) < SMALL else f"{'+' if move > 0 else '−'}{_points(abs(move))}"


def _points(score: Score | float | None) -> str:
    if score is None:
        return "–"
    return _WORDS.score(score if isinstance(score, (int, float)) else score.score)


def _share(value: float | None) -> str:
    return "unknown" if value is None else _WORDS.share(value)


def _grade(standing: Standing | None) -> str | None:
    return standing.grade if standing else None


def _score(score: Score | None) -> dict[str, float] | None:
    return {"score": score.score, "low": score.low, "high": score.high} if score else None


def _rank(rank: Rank | None) -> list[int] | None:
    return [rank.best, rank.worst, rank.of] if rank else None


def _count(count: int, one: str, many: str = "") -> str:
    return counted(count, one, many) if count else f"no {many or f'{one}s'}"
