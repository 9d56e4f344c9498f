"""How a page is cited: where exactly the cited figures stand, and which they are. No format yet."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Literal, TypeAlias

from msgspec import Struct

from scorecard.compose import page as addresses
from scorecard.compose.charts.chart import DIMENSION_NAMES
from scorecard.compose.figures import Figure
from scorecard.compose.page import Page
from scorecard.compose.words import Words
from scorecard.edition import Edition, Freeze, FrozenFigure
from scorecard.judge.finding import Reason, Value, say, say_n
from scorecard.rubric import DIMENSIONS, Texts
from scorecard.site import Content

Subject = Literal["company", "sector", "case", "site"]
PublishedFigure: TypeAlias = Figure | FrozenFigure
"""A published figure, of today or of an edition."""
_UNSAFE = str.maketrans({c: f"%{ord(c):02X}" for c in "{}|^`"})
"""What a web address may hold by our own rules, and formats of citations take for something else."""


class Citable(Struct, frozen=True):
    """What of a page can be cited: its title and its figures as they are today, by their ids.

    `slug` is the company's or sector's, so that an edition's figures can be found. The front page has
    `fig-companies` and `fig-cases`, which are only counts.
    """

    subject: Subject
    slug: str
    title: Reason | Texts | str
    figures: Mapping[str, PublishedFigure]


class Citation(Struct, frozen=True):
    """A citation of one page in one language, in words. `url` is where the figures stand.

    `edition`: the one that is cited. `today`: what the live page says where an edition is cited that
    says otherwise.
    """

    key: str
    authors: tuple[str, ...]
    title: str
    site: str
    day: date
    url: str
    figures: str
    note: str
    language: str
    edition: str | None
    today: str | None


def citation(
    page: Page, words: Words, content: Content, as_of: date, freeze: Freeze | None = None
) -> Citation:
    """The citation of a page that has something `citable`.

    An edition cites itself. A live page cites the newest edition that holds it, with that edition's
    day, method and figures; and itself where there is none.
    """
    citable: Citable = page.data["citable"]
    site = content.site
    here = addresses.in_language(page.address, words.language, site.languages)
    edition = None if freeze else _holding(here, citable, content)
    told = words.say(_figures(citable.subject, citable.figures))
    figures, day, method, today = told, as_of, content.rubric.version, None
    if edition:
        figures = words.say(_figures(citable.subject, _frozen(edition, citable)))
        day, method = edition.as_of, edition.method
        today = told if told != figures else None
    named = Freeze(edition.name) if edition else freeze
    return Citation(
        key=_key(page.address, named.name if named else day.isoformat()),
        authors=site.authors,
        title=words.say(citable.title),
        site=site.name,
        day=day,
        url=addresses.whole(site, here, named).translate(_UNSAFE),
        figures=figures,
        note=" ".join(words.say(s) for s in _note(figures, day, method, named, site.licence)),
        language=words.language,
        edition=named.name if named else None,
        today=today,
    )


def _holding(here: str, citable: Citable, content: Content) -> Edition | None:
    """The newest edition that holds this address and knows whose it is."""
    for edition in content.editions:
        known: Mapping[Subject, Mapping[str, object]] = {
            "company": edition.companies,
            "sector": edition.sectors,
            "site": {citable.slug: edition},
            "case": {},
        }
        if here in edition.addresses and citable.slug in known[citable.subject]:
            return edition
    return None


def _frozen(edition: Edition, citable: Citable) -> Mapping[str, PublishedFigure]:
    if citable.subject == "site":
        scored = [
            case
            for owner in edition.companies.values()
            for case in owner.cases.values()
            if case.status != "withdrawn"
        ]
        return site_counts(len(edition.companies), len(scored))
    owners = edition.companies if citable.subject == "company" else edition.sectors
    return owners[citable.slug].figures


def site_counts(companies: int, cases: int) -> dict[str, PublishedFigure]:
    """The counts that the front page is cited with."""
    return {"fig-companies": FrozenFigure(companies), "fig-cases": FrozenFigure(cases)}


def _figures(subject: Subject, figures: Mapping[str, PublishedFigure]) -> Reason:
    """The figures that are cited, in one sentence."""
    if subject == "company":
        return _company(figures)
    if subject == "site":
        return _counts(figures)
    told: dict[str, Value] = {}
    for dimension in DIMENSIONS:
        value = figures[f"fig-{dimension}"].value
        told[dimension] = say("no score") if value is None else value
        told[f"{dimension}_name"] = DIMENSION_NAMES[dimension]
    return say(
        "{responsiveness_name} {responsiveness}, {follow_through_name} {follow_through}, "
        "{refund_friction_name} {refund_friction}, each of 100.",
        **told,
    )


def _company(figures: Mapping[str, PublishedFigure]) -> Reason:
    grade, overall = figures["fig-grade"], figures["fig-overall"]
    if overall.value is None or overall.low is None or overall.high is None:
        return say("No score yet.")
    cases = overall.cases or 0
    if grade.value is None:
        return say_n("No grade: {n} case.", "No grade: {n} cases.", cases)
    return say_n(
        "Grade {grade}: {score} of 100 (interval {low} to {high}), from {n} case.",
        "Grade {grade}: {score} of 100 (interval {low} to {high}), from {n} cases.",
        cases,
        grade=grade.value,
        score=overall.value,
        low=overall.low,
        high=overall.high,
    )


def _counts(figures: Mapping[str, PublishedFigure]) -> Reason:
    companies = say_n("{n} company", "{n} companies", int(figures["fig-companies"].value or 0))
    cases = say_n("{n} case", "{n} cases", int(figures["fig-cases"].value or 0))
    return say("{companies}, {cases}.", companies=companies, cases=cases)


def _note(
    figures: str, day: date, method: str, named: Freeze | None, licence: str | None
) -> list[Reason | str]:
    """Figures, day, method, edition and licence: what a reference manager keeps beside the rest."""
    told: list[Reason | str] = [figures]
    told.append(say("As of {as_of}, method {method}.", as_of=day, method=method))
    if named:
        told.append(say("Edition {name}, which never changes.", name=named.name))
    if licence:
        told.append(say("Licence: {licence}.", licence=licence))
    return told


def _key(address: str, mark: str) -> str:
    """A name for it that is the same whenever it is cited, of letters, digits and hyphens."""
    parts = [part for part in address.split("/") if part][1:] or ["scorecard"]
    return "-".join([*parts, mark])
