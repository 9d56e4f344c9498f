"""What a change of the content does to the scores: per company, with the cases and findings behind it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Literal

from msgspec import Struct

from scorecard.judge.case import JudgedCase
from scorecard.judge.finding import Finding
from scorecard.rubric import DIMENSIONS, Dimension, Rule
from scorecard.score.estimate import Score
from scorecard.score.ranks import Rank
from scorecard.score.scorecard import judge_all, rank_all, stand_all, weigh_all
from scorecard.score.standing import Standing
from scorecard.site import Content

MOST_FINDINGS = 3
"""So many findings are told of a case."""
SMALL = 0.05
"""Points that do not show in a figure with one decimal."""

Part = Literal["overall"] | Dimension
Kind = Literal["new", "changed", "gone"]
PARTS: tuple[Part, ...] = ("overall", *DIMENSIONS)


class Side(Struct, frozen=True):
    """The content before or after, scored on one day."""

    content: Content
    judged: Mapping[str, Mapping[str, JudgedCase]]
    standings: Mapping[str, Standing]
    ranks: Mapping[str, Rank]


class FindingEffect(Struct, frozen=True):
    """What a rule says of a case, before and after; None where it said nothing."""

    rule: Rule
    was: float | None
    now: float | None
    finding: Finding


class CaseEffect(Struct, frozen=True):
    """A case that is new, gone, or judged otherwise. Its scores are points, 0…100."""

    id: str
    title: str
    kind: Kind
    was: Mapping[Dimension, float | None]
    now: Mapping[Dimension, float | None]
    findings: tuple[FindingEffect, ...]


class CompanyEffect(Struct, frozen=True):
    """A company before and after; None where it had, or has, no cases to score."""

    slug: str
    name: str
    was: Standing | None
    now: Standing | None
    rank_was: Rank | None
    rank: Rank | None
    cases: tuple[CaseEffect, ...]

    def scores(self, part: Part) -> tuple[Score | None, Score | None]:
        """The score of a part before and after."""
        return _score(self.was, part), _score(self.now, part)

    @property
    def moved(self) -> float:
        """The greatest move of any of its scores, points; 100 where one came or went."""
        moves = [0.0]
        for was, now in map(self.scores, PARTS):
            if was and now:
                moves.append(abs(now.score - was.score))
            elif was or now:
                moves.append(100.0)
        return max(moves)


class Effect(Struct, frozen=True):
    """All that a change does. `causes`: what changed beside the cases, and so may move everybody."""

    as_of: date
    companies: tuple[CompanyEffect, ...]
    causes: tuple[str, ...]

    @property
    def direct(self) -> list[CompanyEffect]:
        """The companies whose own cases changed."""
        return [company for company in self.companies if company.cases]

    @property
    def indirect(self) -> list[CompanyEffect]:
        """Those that only move because others do, the greatest move first."""
        moved = [c for c in self.companies if not c.cases and (c.moved >= SMALL or _graded(c))]
        return sorted(moved, key=lambda company: (-company.moved, company.slug))


def effect(before: Content, after: Content, as_of: date) -> Effect:
    """What it does that the content `after` takes the place of the one `before`, on that day."""
    was, now = _side(before, as_of), _side(after, as_of)
    slugs = sorted({*before.companies, *after.companies})
    companies = [_company(slug, was, now) for slug in slugs]
    return Effect(as_of, tuple(companies), tuple(_causes(before, after)))


def _side(content: Content, as_of: date) -> Side:
    judged = judge_all(content, as_of)
    standings = stand_all(weigh_all(content, judged, as_of), content)
    by_id = {slug: {one.case.id: one for one in own} for slug, own in judged.items()}
    return Side(content, by_id, standings, rank_all(content.companies, standings))


def _causes(before: Content, after: Content) -> Iterator[str]:
    if before.rubric != after.rubric:
        yield "rubric.yaml"
    if before.sectors != after.sectors:
        yield "sectors.yaml"
    for slug in sorted({*before.companies, *after.companies}):
        if before.companies.get(slug) != after.companies.get(slug):
            yield f"companies/{slug}.yaml"


def _company(slug: str, was: Side, now: Side) -> CompanyEffect:
    company = now.content.companies.get(slug) or was.content.companies[slug]
    return CompanyEffect(
        slug,
        company.name,
        was.standings.get(slug),
        now.standings.get(slug),
        was.ranks.get(slug),
        now.ranks.get(slug),
        tuple(_cases(slug, was, now)),
    )


def _cases(slug: str, was: Side, now: Side) -> Iterator[CaseEffect]:
    old, new = was.judged.get(slug, {}), now.judged.get(slug, {})
    rules = {rule.id: rule for rule in (*was.content.rubric.rules, *now.content.rubric.rules)}
    for id_ in sorted({*old, *new}):
        before, after = old.get(id_), new.get(id_)
        if before and after:
            if before.case == after.case and before.findings == after.findings:
                continue
            changes = _changed(before.findings, after.findings, rules)
            yield CaseEffect(
                id_, after.case.title, "changed", before.scores, after.scores, tuple(changes)
            )
        elif one := before or after:
            none: dict[Dimension, float | None] = dict.fromkeys(DIMENSIONS)
            telling = tuple(_telling(one.findings, rules, gone=before is not None))
            was_, now_ = (one.scores, none) if before else (none, one.scores)
            kind: Kind = "gone" if before else "new"
            yield CaseEffect(id_, one.case.title, kind, was_, now_, telling)


def _changed(
    before: Sequence[Finding], after: Sequence[Finding], rules: Mapping[str, Rule]
) -> list[FindingEffect]:
    """The findings with another value than before, those that weigh most first."""
    old = {finding.rule: finding.value for finding in before}
    found = [
        FindingEffect(rules[finding.rule], old.get(finding.rule), finding.value, finding)
        for finding in after
        if old.get(finding.rule) != finding.value
    ]
    return sorted(found, key=lambda change: (-change.rule.weight, change.rule.id))


def _telling(
    findings: Sequence[Finding], rules: Mapping[str, Rule], gone: bool
) -> list[FindingEffect]:
    """The findings that say most of a case: what costs it most, else what it is praised for."""
    told = [
        (rules[finding.rule].weight * (1 - finding.value), finding)
        for finding in findings
        if finding.value is not None
    ]
    told.sort(key=lambda pair: (-pair[0], pair[1].rule))
    return [
        FindingEffect(
            rules[one.rule], one.value if gone else None, None if gone else one.value, one
        )
        for _, one in told[:MOST_FINDINGS]
    ]


def _score(standing: Standing | None, part: Part) -> Score | None:
    if standing is None:
        return None
    return standing.overall if part == "overall" else standing.scores[part]


def _graded(company: CompanyEffect) -> bool:
    """Has it another grade?"""
    was = company.was.grade if company.was else None
    return was != (company.now.grade if company.now else None)
