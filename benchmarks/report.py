"""What was measured, as docs/speed.md and as the measured part of docs/scale.md."""

from __future__ import annotations

import os
import platform
from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path
from time import perf_counter

import psutil
from babel import Locale

from benchmarks.ours import KINDS, OF_A_COMPANY
from benchmarks.suite import WITHIN, Measured, Plan, TownResult

CFPB = 18_000_000
"""Complaints in the Consumer Complaint Database: 18 million in 2026."""
_LOOPS = 2_000_000
_DOCS = Path(__file__).resolve().parents[1] / "docs"
_PER_CASE = ("load", "judge", "score", "trend")
_START, _END = "<!-- measured: written by `make bench` -->", "<!-- /measured -->"


def save(told: str, found: Sequence[TownResult], plan: Plan, day: date) -> None:
    """Writes what `speed` told as docs/speed.md, and the measured part of docs/scale.md."""
    scale = _DOCS / "scale.md"
    (_DOCS / "speed.md").write_text(told, "utf-8")
    scale.write_text(with_scale(scale.read_text("utf-8"), found, plan, day), "utf-8")


def speed(found: Sequence[TownResult], plan: Plan, day: date) -> str:
    """The whole of docs/speed.md."""
    return "\n".join(_speed(found, plan, day)) + "\n"


def _speed(found: Sequence[TownResult], plan: Plan, day: date) -> Iterator[str]:
    yield "# How fast a build is"
    yield ""
    languages = [str(Locale(language).english_name) for language in plan.languages]
    yield (
        "Written by `make bench`, none of it by hand: towns invented by `build.py demo`, with a company for "
        f"every {OF_A_COMPANY} cases, in {' and '.join(languages)}."
    )
    yield from ["", *_machine(plan, day), ""]
    yield from ["## Whole builds, each in a new process", ""]
    yield from _builds(found, plan)
    yield from ["", "## The stages of a cold build, in one process", "", *_stages(found)]
    if plan.peers:
        yield from ["", "## Beside other generators", "", *_peers(found, plan)]


def _machine(plan: Plan, day: date) -> Iterator[str]:
    gigabytes = psutil.virtual_memory().total / 1e9
    yield f"- **Day**: {day.isoformat()}"
    yield (
        f"- **Machine**: {os.cpu_count()} cores, {gigabytes:.0f} GB of memory, {platform.system()} on "
        f"{platform.machine()}, {platform.python_implementation()} {platform.python_version()}"
    )
    yield f"- **Its pace**: a loop of {_LOOPS:,} additions in Python takes {_loop():.3f} s"
    yield f"- **Runs**: {plan.runs} of each, in turn; what stands here is the median. Jobs: {plan.jobs}"


def _loop() -> float:
    """Seconds of a plain loop, the least of three: machines differ, and ratios travel."""
    taken = []
    for _ in range(3):
        start = perf_counter()
        sum(n % 7 for n in range(_LOOPS))
        taken.append(perf_counter() - start)
    return min(taken)


def _builds(found: Sequence[TownResult], plan: Plan) -> Iterator[str]:
    """Seconds, their spread, the pages a second, and memory."""
    runs = " | from – to" if plan.runs > 1 else ""
    told = f"seconds{runs} | of all cores | others | files a second | memory"
    yield f"| cases | companies | files | build | {told} |"
    yield f"|--:|--:|--:|---|--:{'|--:' if runs else ''}|--:|--:|--:|--:|"
    for town in found:
        for kind in KINDS:
            made = town.builds[kind]
            spread = f" | {_seconds(made.spread[0])} – {_seconds(made.spread[1])}" if runs else ""
            pace = "" if kind == "unchanged" else f"{town.files / made.seconds:,.0f}"
            yield (
                f"| {town.cases:,} | {town.companies:,} | {town.files:,} | {kind} | "
                f"{_seconds(made.seconds)}{spread} | {_seconds(made.cpu)} | {made.others:.0%} | {pace} | "
                f"{_memory(made)} |"
            )
    yield ""
    yield (
        "*Cold*: nothing was kept from an earlier build. The changes follow one another: another title "
        "for a case, then other words in the template of all cases. Memory is the most that all "
        "processes of a build held at once, looked at five times a second; what they share counts "
        "once on Linux. *Of all cores* is the time that these worked for the build, *others* the largest "
        "share of the machine that went to anything else meanwhile: where it is not near 0 %, the "
        "seconds of the clock tell more of the others than of the build."
    )


def _stages(found: Sequence[TownResult]) -> Iterator[str]:
    yield "| stage | " + " | ".join(f"{town.cases:,} cases" for town in found) + " |"
    yield "|---|" + "--:|" * len(found)
    for stage in found[0].stages:
        yield f"| {stage} | " + " | ".join(_seconds(town.stages[stage]) for town in found) + " |"
    yield "| **together** | " + " | ".join(_seconds(sum(t.stages.values())) for t in found) + " |"
    yield ""
    yield (
        "Seconds. `compose` and `render` make all pages and their charts, `pictures` draws charts and "
        "cards as PNG; `exports` makes the tables, the JSON and the databases; `other` is what belongs "
        "to none of them. Starting Python is not in it."
    )


def _peers(found: Sequence[TownResult], plan: Plan) -> Iterator[str]:
    told = "seconds | ours by theirs | of all cores | ours by theirs | others | pages a second | memory"
    yield f"| cases | pages | generator | {told} | mean page |"
    yield "|--:|--:|---|--:|--:|--:|--:|--:|--:|--:|--:|"
    for town in found:
        ours = town.builds[KINDS[0]]
        yield _row(town, "**this project**, all that it makes", ours, ours, town.size)
        for peer in town.peers:
            name = f"{peer.name} {peer.version}".strip()
            if peer.measured:
                yield _row(town, name, peer.measured, ours, peer.size)
            else:
                yield f"| {town.cases:,} | {town.pages:,} | {name} | {peer.why_not} | | | | | | | |"
    yield ""
    yield (
        "Each makes a page for every company and every case in every language, cold, with as many "
        "processes or threads as it starts by itself. The others get as data what our pages say, judged, "
        "scored, translated and drawn, and make HTML of it with Markdown and templates. "
        f"Their mean page must be within {WITHIN:.0%} of ours, or the comparison is refused. "
        "Our build also checks the cases, judges and scores them, draws the charts and the pictures, "
        "and makes the other pages, the tables, the databases, the JSON and the search. *Ours by theirs* "
        "is the ratio of the seconds, and of those of all cores: above 1, we take longer."
    )


def _row(town: TownResult, name: str, made: Measured, ours: Measured, size: float) -> str:
    return (
        f"| {town.cases:,} | {town.pages:,} | {name} | {_seconds(made.seconds)} | "
        f"{_ratio(ours.seconds, made.seconds)} | {_seconds(made.cpu)} | {_ratio(ours.cpu, made.cpu)} | "
        f"{made.others:.0%} | {town.pages / made.seconds:,.0f} | {_memory(made)} | "
        f"{size / 1000:.1f} kB |"
    )


def _ratio(ours: float, theirs: float) -> str:
    return f"{ours / theirs:.2f}" if theirs else ""


def with_scale(text: str, found: Sequence[TownResult], plan: Plan, day: date) -> str:
    """The text of docs/scale.md with its measured part written anew."""
    before, _, rest = text.partition(_START)
    _, _, after = rest.partition(_END)
    return f"{before}{_START}\n" + "\n".join(_scale(found, plan, day)) + f"\n{_END}{after}"


def _scale(found: Sequence[TownResult], plan: Plan, day: date) -> Iterator[str]:
    largest = found[-1]
    cases = sum(largest.stages[stage] for stage in _PER_CASE)
    pages = sum(largest.stages.values()) - cases
    yield (
        f"Measured on {day.isoformat()} with {largest.cases:,} cases ([all figures](speed.md)), by one "
        f"process: reading, judging, scoring and the trend take {1000 * cases / largest.cases:.2f} ms a "
        f"case; everything else takes {1000 * pages / largest.pages:.2f} ms for each page of a company "
        "or a case."
    )
    smallest = found[0]
    more = largest.cases - smallest.cases
    if not more:
        return
    few, many = smallest.builds[KINDS[0]], largest.builds[KINDS[0]]
    cpu = (many.cpu - few.cpu) / more
    memory = (many.memory - few.memory) / more
    yield ""
    yield (
        f"From {smallest.cases:,} to {largest.cases:,} cases, a cold build by {plan.jobs} processes took "
        f"{1000 * cpu:.1f} ms of one core and {memory / 1e3:,.0f} kB of memory more for every case. If that "
        f"holds on, the {CFPB // 10**6} million complaints of the Consumer Complaint Database of the US "
        f"Consumer Financial Protection Bureau take {cpu * CFPB / 86400:,.1f} days of one core and "
        f"{memory * CFPB / 1e9:,.0f} GB. That is a projection: the largest town that was measured "
        f"is {CFPB / largest.cases:,.0f} times smaller."
    )


def _seconds(seconds: float) -> str:
    return f"{seconds:.2f}" if seconds < 10 else f"{seconds:,.1f}"


def _memory(made: Measured) -> str:
    return f"{made.memory / 1e6:,.0f} MB"
