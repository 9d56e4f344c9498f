"""The questions that are asked most often of the database, each ready as a view."""

from __future__ import annotations

from msgspec import Struct

from scorecard.judge.finding import Reason, say
from scorecard.rubric import DIMENSIONS


class View(Struct, frozen=True):
    """A query with a name."""

    name: str
    title: Reason
    says: Reason
    query: str


def _scores_of(dimension: str) -> str:
    return f"max(CASE scores.dimension WHEN '{dimension}' THEN scores.score END) AS {dimension}"


_EACH = ", ".join(map(_scores_of, DIMENSIONS))
_CASES = ", ".join(f"cases.{d}" for d in DIMENSIONS)

VIEWS = (
    View(
        "company_overview",
        say("Companies with their scores"),
        say("Each company in one row: grade, overall score with its interval, and three scores."),
        f"""SELECT companies.company, companies.name, companies.sector_name,
  max(scores.grade) AS grade,
  max(CASE scores.dimension WHEN 'overall' THEN scores.score END) AS overall,
  max(CASE scores.dimension WHEN 'overall' THEN scores.low END) AS low,
  max(CASE scores.dimension WHEN 'overall' THEN scores.high END) AS high,
  {_EACH},
  max(CASE scores.dimension WHEN 'overall' THEN scores.cases END) AS cases
FROM companies LEFT JOIN scores USING (company)
GROUP BY companies.company""",  # noqa: S608 - our own columns
    ),
    View(
        "case_overview",
        say("Cases with their company"),
        say("Each case with the name and sector of its company, and its three scores."),
        f"""SELECT cases."case", companies.name AS company_name, companies.sector_name, cases.title,
  cases.status, cases.source, cases.wanted, cases.first_time, cases.last_time, cases.weight,
  {_CASES}
FROM cases JOIN companies USING (company)""",  # noqa: S608 - our own columns
    ),
    View(
        "shortfalls",
        say("What went wrong"),
        say("Each finding that fell short of 1, with the names of its company, case and rule."),
        """SELECT companies.name AS company_name, cases.title, rules.name AS rule_name,
  findings.value, findings.reason, findings."case", findings.rule
FROM findings
JOIN cases USING ("case")
JOIN companies ON companies.company = cases.company
JOIN rules USING (rule)
WHERE findings.value < 1""",
    ),
)
