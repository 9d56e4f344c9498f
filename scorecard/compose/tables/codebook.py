"""Every published table, described once: what the page, the package and the database say of it."""

from __future__ import annotations

from typing import get_args

from scorecard.compose.tables import columns
from scorecard.compose.tables.event_columns import event_columns
from scorecard.compose.tables.table import Column, Reference, Table
from scorecard.judge.finding import State, say
from scorecard.model import CaseLog, CompanyFile, Evidence, Source
from scorecard.rubric import DIMENSIONS, Rubric

_OF_COMPANY = Reference(("company",), "companies")
_OF_CASE = Reference(("case",), "cases")
_WEIGHT = say(
    "Recency times evidence, as far as the caps leave it; a case of today with public evidence weighs 1."
)


def tables(rubric: Rubric) -> tuple[Table, ...]:
    """Every table; one that others refer to stands before them."""
    return (_companies(), _rules(), _scores(rubric), _cases(), _findings(), _events())


def _companies() -> Table:
    return Table(
        "companies",
        say("Companies"),
        say("Every company of the site, with or without cases."),
        (
            columns.company(),
            columns.key(CompanyFile, "name", required=True),
            columns.key(CompanyFile, "sector", required=True),
            columns.text("sector_name", say("The sector's name."), required=True),
            columns.key(CompanyFile, "country"),
            columns.text("website", say("The company's own website.")),
            columns.key(CompanyFile, "part_of"),
        ),
        ("company",),
        (Reference(("part_of",), "companies"),),
        (("sector",),),
        label="name",
        by_company=False,
    )


def _rules() -> Table:
    return Table(
        "rules",
        say("Rules"),
        say(
            "What the method asks of every case. All that it knows of a rule stands in rubric.yaml."
        ),
        (
            columns.rule(),
            columns.dimension(),
            columns.number("weight", say("What the rule weighs in its dimension."), required=True),
            columns.text("name", say("Its name."), required=True),
            columns.text("question", say("What it asks of a case."), required=True),
        ),
        ("rule",),
        label="name",
        by_company=False,
    )


def _scores(rubric: Rubric) -> Table:
    level = rubric.interval.level
    return Table(
        "scores",
        say("Scores"),
        say("Each company's three scores and the overall one; empty where no case tells anything."),
        (
            columns.company(),
            columns.key(CompanyFile, "sector", required=True),
            Column(
                "dimension",
                "string",
                (say("A dimension of the method, or all of them together."),),
                required=True,
                among=(*DIMENSIONS, "overall"),
            ),
            columns.points("score", say("The published score.")),
            columns.points("low", say("The lower end of its {percent} interval.", percent=level)),
            columns.points("high", say("The upper end of its {percent} interval.", percent=level)),
            columns.points(
                "mean", say("The weighted mean of the cases, before the score leans on the sector.")
            ),
            Column("cases", "integer", (say("How many cases tell something of it."),), least=0),
            columns.weight("weight", say("What these cases weigh together."), _WEIGHT),
            Column(
                "grade",
                "string",
                (say("Of the overall score; empty where too little is known for one."),),
                among=tuple(band.name for band in rubric.grades),
            ),
            columns.share(
                "known",
                say("The share of what the rules ask that the cases answer."),
                required=True,
            ),
            columns.points(
                "centre",
                say(
                    "What the score of a dimension leans on: the sector without the company, which leans "
                    "on all others."
                ),
            ),
            columns.made("as_of", "date", say("The day that the scores stand for.")),
            columns.made("method", "string", say("The version of the method.")),
        ),
        ("company", "dimension"),
        (_OF_COMPANY,),
        (("dimension", "score"),),
    )


def _cases() -> Table:
    return Table(
        "cases",
        say("Cases"),
        say("Each case with its source, what its weight is made of, and three scores."),
        (
            columns.case(),
            columns.company(),
            columns.key(CaseLog, "title", required=False),
            columns.key(CaseLog, "status", required=True),
            columns.key(Source, "kind", named="source", required=True),
            columns.key(Evidence, "level", named="evidence", required=True),
            columns.key(CaseLog, "wanted", required=True),
            columns.time(
                "first_time", say("The first time in its timeline, as exact as it is told.")
            ),
            columns.time(
                "last_time", say("The last time in its timeline, as exact as it is told.")
            ),
            columns.weight("weight", _WEIGHT, most=1),
            *(
                columns.points(
                    d,
                    say("The case's score in this dimension; empty where it tells nothing of it."),
                )
                for d in DIMENSIONS
            ),
            columns.key(CompanyFile, "sector", required=True),
            columns.key(CaseLog, "contributor"),
            *_weighing(),
        ),
        ("case",),
        (_OF_COMPANY,),
        (("company",), ("sector",)),
        label="title",
    )


def _weighing() -> tuple[Column, ...]:
    """What a case's weight is made of."""
    return (
        columns.day(
            "recency_from",
            say(
                "The day from which a case's recency counts: its last event that is not an automatic "
                "confirmation or a survey, of a coarse time the last day. Empty where the case tells no "
                "date."
            ),
        ),
        columns.weight(
            "base_weight",
            say("The weight of a case before the caps on contributors and bursts."),
            most=1,
        ),
        columns.day(
            "burst",
            say(
                "The first day of the burst of cases that a case is part of; empty for nearly all."
            ),
        ),
    )


def _findings() -> Table:
    return Table(
        "findings",
        say("Findings"),
        say(
            "Each rule's answer to each case: value, weight, reason and the positions of its events."
        ),
        (
            columns.case(),
            columns.company(),
            columns.dimension(),
            columns.rule(),
            Column(
                "state",
                "string",
                (
                    say(
                        "Whether a rule has a value (judged), does not apply (not-applicable), or is not "
                        "answered by the case (unknown)."
                    ),
                ),
                required=True,
                among=get_args(State),
            ),
            columns.share(
                "value",
                say("A rule's answer, 0 to 1; empty where it is unknown or does not apply."),
            ),
            columns.number(
                "rule_weight", say("What the rule weighs in its dimension."), required=True
            ),
            columns.weight("case_weight", say("What the case weighs."), most=1, required=True),
            columns.text("reason", say("Why, in one sentence."), required=True),
            columns.text(
                "events",
                say("Positions in the case's timeline, counted from 0."),
                pattern=r"^\d+( \d+)*$",
                example="0 3",
            ),
        ),
        ("case", "rule"),
        (_OF_CASE, _OF_COMPANY, Reference(("rule",), "rules")),
        (("company", "rule"), ("rule",)),
    )


def _events() -> Table:
    position = say("The event's place in the timeline, counted from 0.")
    return Table(
        "events",
        say("Events"),
        say(
            "The timeline of each case that is not withdrawn: every key that an event can have. Empty "
            "where an event does not have it, or does not tell."
        ),
        (
            columns.case(),
            columns.company(),
            Column("position", "integer", (position,), required=True, least=0),
            *event_columns(),
        ),
        ("case", "position"),
        (_OF_CASE, _OF_COMPANY),
        (("company", "event"), ("event",)),
    )
