"""One whole benchmark: towns of several sizes, our builds and the other generators in turn."""

from __future__ import annotations

import shutil
import statistics
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

from msgspec import Struct, field

from benchmarks.measured import CommandFailedError, Run, run
from benchmarks.ours import KINDS, Builds, invent_town, stages
from benchmarks.peers import PEERS, Peer
from benchmarks.ready_made import Page, pages
from scorecard.errors import UsageError
from scorecard.load.content import load_content

WITHIN = 0.15
"""Another generator's pages may be so much larger or smaller than ours, as a share of ours."""


_BYTES, _BYTES_ALONE = 400_000, 300_000
"""About what a case takes on the disk in each language for each run, and once more; with others beside,
and without."""


class Measured(Struct, frozen=True):
    """Some runs of the same thing."""

    runs: Sequence[Run]

    @property
    def seconds(self) -> float:
        """The median of the runs."""
        return statistics.median(one.seconds for one in self.runs)

    @property
    def spread(self) -> tuple[float, float]:
        """The shortest and the longest."""
        return min(one.seconds for one in self.runs), max(one.seconds for one in self.runs)

    @property
    def cpu(self) -> float:
        """The median of the seconds of all cores together."""
        return statistics.median(one.cpu for one in self.runs)

    @property
    def others(self) -> float:
        """The largest share of the machine that others took meanwhile."""
        return max(one.others for one in self.runs)

    @property
    def memory(self) -> float:
        """The median of the most bytes that were held at once."""
        return statistics.median(one.memory for one in self.runs)


class PeerResult(Struct):
    """What another generator did, or why it is not compared. `size` is that of its mean page, in bytes."""

    name: str
    version: str = ""
    size: float = 0.0
    measured: Measured | None = None
    why_not: str = ""


class TownResult(Struct):
    """All of one town. `pages` are those of companies and cases, in every language; `size` is the mean."""

    cases: int
    companies: int = 0
    pages: int = 0
    size: float = 0.0
    files: int = 0
    stages: dict[str, float] = field(default_factory=dict)
    builds: dict[str, Measured] = field(default_factory=dict)
    peers: list[PeerResult] = field(default_factory=list)


class Plan(Struct, frozen=True):
    """What to measure: towns of so many cases, each thing so many times, with so many processes, with
    other generators beside ours or without, in these languages."""

    sizes: Sequence[int]
    runs: int
    jobs: int
    seed: int
    peers: bool
    languages: Sequence[str]


def measure(plan: Plan, folder: Path, say: Callable[[str], None]) -> list[TownResult]:
    """Every town, the smallest first. Everything is new in the folder, and nothing is deleted there.

    Raises UsageError where the disk has too little room for that.
    """
    need_room(plan, folder)
    return [_town(cases, plan, folder / str(cases), say) for cases in sorted(plan.sizes)]


def need_room(plan: Plan, folder: Path) -> None:
    """Raises UsageError where the folder's disk has too little room: better now than after hours."""
    each = (_BYTES if plan.peers else _BYTES_ALONE) * len(plan.languages)
    needed = sum(plan.sizes) * (plan.runs + 1) * each
    free = shutil.disk_usage(folder).free
    if needed > free:
        raise UsageError(
            f"That takes about {needed / 1e9:,.0f} GB of the disk for temporary files, which has "
            f"{free / 1e9:,.0f} GB left: measure fewer cases or runs, or set TMPDIR to a folder elsewhere."
        )


def _town(cases: int, plan: Plan, folder: Path, say: Callable[[str], None]) -> TownResult:
    say(f"A town of {cases:,} cases")
    content = folder / "content"
    invent_town(cases, plan.seed, plan.languages, content)
    loaded = load_content(content)
    found = TownResult(len(loaded.cases), len(loaded.companies))
    runs: dict[str, list[Run]] = {}
    peers: list[Peer] = []
    made: list[Page] = []
    for number in range(1, plan.runs + 1):
        builds = Builds(content, folder / f"ours-{number}", plan.jobs)
        for kind in KINDS:
            runs.setdefault(kind, []).append(builds.build(kind))
            say(f"  {kind}: {runs[kind][-1].seconds:.1f} s")
            if kind == KINDS[0] and not made:
                made = pages(builds.site, list(loaded.site.languages), plan.jobs)
                found.pages, found.size = len(made), statistics.mean(p.size for p in made)
                found.files = sum(path.is_file() for path in builds.site.rglob("*"))
                if plan.peers:
                    peers, found.peers = _ready(made, folder, say)
        for peer in list(peers):
            result = next(one for one in found.peers if one.name == peer.name)
            try:
                runs.setdefault(peer.name, []).append(_build(peer, result, made, folder, number))
            except CommandFailedError as error:
                say(f"  {error}")
                result.why_not = f"failed: it ended with {error.code}"
                peers.remove(peer)
            except _OtherPagesError as error:
                result.why_not = str(error)
                peers.remove(peer)
            say(f"  {peer.name}: {result.why_not or f'{runs[peer.name][-1].seconds:.1f} s'}")
    found.stages = stages(content, folder / "stages")
    found.builds = {kind: Measured(runs[kind]) for kind in KINDS}
    for result in found.peers:
        if not result.why_not:
            result.measured = Measured(runs[result.name])
    return found


class _OtherPagesError(Exception):
    """A generator made other pages than ours: the comparison is refused."""


def _ready(
    made: Sequence[Page], folder: Path, say: Callable[[str], None]
) -> tuple[list[Peer], list[PeerResult]]:
    """The generators that are installed, with their sources written; and a result to fill for each."""
    ready, results = [], []
    for peer in PEERS:
        result = PeerResult(peer.name, peer.version or "")
        results.append(result)
        if not peer.version:
            result.why_not = f"not installed: {peer.get}"
            say(f"  {peer.name}: {result.why_not}")
            continue
        peer.write(made, folder / peer.name / "source")
        ready.append(peer)
    return ready, results


def _build(peer: Peer, result: PeerResult, made: Sequence[Page], folder: Path, number: int) -> Run:
    """One build into a new folder, with what it made looked at."""
    out = folder / peer.name / f"site-{number}"
    done = run(peer.command(out), folder / peer.name / "source")
    result.size = statistics.mean(_sizes(out, made))
    if abs(result.size / statistics.mean(page.size for page in made) - 1) > WITHIN:
        raise _OtherPagesError(
            f"refused: its mean page has {result.size:,.0f} bytes, which is not within "
            f"{WITHIN:.0%} of ours"
        )
    return done


def _sizes(out: Path, made: Iterable[Page]) -> list[int]:
    try:
        return [(out / page.address / "index.html").stat().st_size for page in made]
    except FileNotFoundError as error:
        raise _OtherPagesError(f"refused: it made no {Path(error.filename).parent.name}") from error


def clean(folder: Path) -> None:
    """Deletes everything, at the very end: new files are slow for a while after many were deleted."""
    shutil.rmtree(folder, ignore_errors=True)
