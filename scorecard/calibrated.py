"""The types of `content/calibration.json`: how the method did on invented companies and the real register.

The file is written by `build.py calibrate` and never by hand; the methodology page shows it.
"""

from __future__ import annotations

import hashlib
import json
from typing import Any, Literal

from scorecard.fields import Record
from scorecard.rubric import Dimension, Rubric

FILE = "calibration.json"


class Coverage(Record):
    """How often the intervals of companies at one end of the scale held the truth, percent.

    `lowest` and `highest` are those of the single companies; `width` is the mean width, points.
    """

    what: Dimension | Literal["overall"]
    weights: Literal["equal", "unequal"]
    cases: int
    end: Literal["low", "middle", "high"]
    covered: float
    lowest: float
    highest: float
    width: float


class PredictionError(Record):
    """How far a mean and a shrunk score lay from what they stand for, root mean square, points.

    In an invented 'market', whose sectors differ as those of a country, and among the 'extremes', where
    every sector holds the worst and the best, that is the company's truth. In the 'register' it is the
    mean of its later cases, after so many first `cases` each; `companies` were predicted.
    """

    data: Literal["market", "extremes", "register"]
    what: Dimension
    cases: int
    companies: int
    raw: float
    shrunk: float


class Crowd(Record):
    """What many cases at once did to companies with a record of so many honest `cases`.

    `moved` is the mean and `most` the greatest move of the overall score, points; `unheld` what the mean
    move would have been without the cap on bursts. `held` and `flagged`: of how many of 100 companies.
    """

    what: Literal["copied", "paraphrased", "distinct", "outage"]
    cases: int
    added: int
    companies: int
    moved: float
    most: float
    unheld: float
    held: float
    flagged: float


class Kindness(Record):
    """By how many points coarse times and open ends raised the mean of all cases of a company."""

    what: Dimension
    quality: float
    truth: float
    points: float


class Calibration(Record):
    """One run of it. `method` and `rubric` say of which method: its version and the digest of its numbers."""

    method: str
    rubric: str
    seed: int
    runs: int
    level: float
    coverage: tuple[Coverage, ...]
    errors: tuple[PredictionError, ...]
    crowds: tuple[Crowd, ...]
    kindness: tuple[Kindness, ...]


def digest_of(rubric: Rubric) -> str:
    """The digest of all that counts in a rubric: its numbers, without its texts and its history."""
    words = {"question", "name", "scale", "why", "remedy", "source"}
    left_out: Any = {
        "version": True,
        "history": True,
        "rules": {"__all__": words},
        "legal_terms": {"__all__": {"meaning", "source"}},
        "ces": True,
    }
    text = json.dumps(rubric.model_dump(mode="json", exclude=left_out), sort_keys=True)
    return hashlib.sha256(text.encode()).hexdigest()
