"""A world as a content folder, with the truth beside it in a file that the loader does not see."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from msgspec import Struct
from msgspec.structs import asdict

from scorecard.contribute.case_text import company_text
from scorecard.simulate.fast_text import fast_case_text
from scorecard.simulate.market import Burst
from scorecard.simulate.troubles import STOCK
from scorecard.simulate.world import World

TRUTH = ".truth.json"


class Written(Struct, frozen=True):
    """What was written: numbers of companies, and of cases by their origin."""

    companies: int
    ordinary: int
    outage: int
    campaign: int

    @property
    def cases(self) -> int:
        """All cases."""
        return self.ordinary + self.outage + self.campaign


def write_world(world: World, folder: Path) -> Written:
    """Writes the world into a folder that is not there yet, or is empty.

    `.truth.json` holds the true quality of each company and the ids of the cases of each burst. Raises
    OSError where the disk fails.
    """
    (folder / "companies").mkdir(parents=True)
    _copy_stock(folder)
    for company in world.companies:
        _write(folder / "companies" / f"{company.slug}.yaml", company_text(dict(company.file)))
    ids: dict[str, list[str]] = {"ordinary": [], "outage": [], "campaign": []}
    for index, company in enumerate(world.companies):
        home = folder / "cases" / company.slug
        home.mkdir(parents=True)
        for case in world.cases_of(index):
            _write(home / f"{case.slug}.yaml", fast_case_text(case.told.told))
            ids[case.origin].append(case.id)
    _write(folder / TRUTH, json.dumps(_truth(world, ids), indent=1, ensure_ascii=False) + "\n")
    return Written(len(world.companies), *(len(found) for found in ids.values()))


def _copy_stock(folder: Path) -> None:
    """The site, its sectors and its pages, which are the same in every world."""
    (folder / "pages").mkdir()
    names = ["site.yaml", "sectors.yaml", *(f"pages/{p.name}" for p in STOCK.glob("pages/*.md"))]
    for name in names:
        _write(folder / name, (STOCK / name).read_text("utf-8"))


def _truth(world: World, ids: dict[str, list[str]]) -> dict[str, Any]:
    return {
        "seed": world.seed,
        "companies": {
            company.slug: {
                **asdict(company.quality),
                "cases": company.cases,
                "burst": _burst(company.burst),
            }
            for company in world.companies
        },
        "outages": ids["outage"],
        "campaigns": ids["campaign"],
    }


def _burst(burst: Burst | None) -> dict[str, str] | None:
    if burst is None:
        return None
    kind = {"kind": "campaign", "skill": burst.skill} if burst.skill else {"kind": "outage"}
    return {**kind, "day": burst.day.isoformat()}


def _write(path: Path, text: str) -> None:
    """Writes text with the line ends it has, whatever the machine's own are."""
    path.write_bytes(text.encode("utf-8"))
