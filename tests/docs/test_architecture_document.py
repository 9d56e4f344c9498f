"""ARCHITECTURE.md: what it names is there, and its lists name every place that the work needs."""

from __future__ import annotations

import re
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from typing import get_args, get_type_hints

import pytest

from scorecard.compose.charts.chart import Chart
from scorecard.compose.tables.codebook import tables
from scorecard.compose.vocabulary import CHANNELS
from scorecard.compose.words import _ORDINALS
from scorecard.contribute.tables import FORMATS
from scorecard.events import AnyEvent, Channel
from scorecard.load.prose import _TAKEN
from scorecard.rubric import Norms
from tests.conftest import ROOT
from tests.support.build import rubric
from tests.test_architecture import STAGES

TEXT = (ROOT / "ARCHITECTURE.md").read_text("utf-8")
_LISTS = re.compile(r"^### (an? \w+)[^\n]*\n(.*?)(?=^##)", re.DOTALL | re.MULTILINE)
RECIPES = {found[1]: found[2] for found in _LISTS.finditer(TEXT)}
NAMED = re.compile(r"`([\w./<>*-]+\.(?:\w+)|[\w.-]+/[\w./<>*-]*)`((?: `\w+`)*)")
"""A file, and the names behind it that stand in it."""
EXAMPLES = {
    "a rule": r"no[-_]recurrence",
    "an event": r"[gG]esture",
    "a channel": r"\b(sms|SMS)\b",
    "a chart": r"\"promises\"|charts\.promises",
    "a download": r"\"findings\"(,$|: lambda|, \"events\")",
    "a page": r"CORRECTIONS|corrections_page|\"/?corrections(\.html|/)?\"|All corrections",
    "a norm": r"norms\.complaint_confirmed|\"complaint_confirmed\"|^ +complaint_confirmed:",
    "a parser": r"xlsx|calamine",
}
ELSEWHERE = {
    "a page": {"templates/correct.html", "templates/cases/withdrawn.html"},  # these lead to it, too
    "a parser": {
        "schema/mapping.schema.json",
        "scorecard/contribute/mapping.py",
    },  # `sheet`: which one of a workbook
}
"""Where a list's example stands besides, for a reason of its own."""
LOOKED_IN = ["scorecard", "templates", "docs", "schema", "content", ".github", "pyproject.toml"]
NOT_MEANT = (
    "scorecard/simulate/",
    "content/cases/",
    "content/companies/",
    "content/pages/",
    "docs/newsroom",
)


def found_in(pattern: str) -> set[str]:
    """The files in which an example stands; invented people and what people wrote are not meant."""
    paths = (path for name in LOOKED_IN for path in [ROOT / name, *(ROOT / name).rglob("*")])
    texts = {".py", ".html", ".yaml", ".yml", ".json", ".js", ".md", ".toml"}
    names = {path.relative_to(ROOT).as_posix(): path for path in paths if path.suffix in texts}
    return {
        name
        for name, path in names.items()
        if not name.startswith(NOT_MEANT)
        if re.search(pattern, f'"{path.name}"\n{path.read_text("utf-8")}', re.MULTILINE)
    }


def steps(heading: str) -> Iterator[tuple[str, list[str]]]:
    """The files of a list, and what is named in each."""
    for line in re.findall(r"^\d\. (.*)$", RECIPES[heading], re.MULTILINE):
        for file, names in NAMED.findall(line.partition(": ")[0]):
            yield file, re.findall(r"\w+", names)


@pytest.mark.parametrize("heading", RECIPES)
def test_every_name_behind_a_file_stands_in_it(heading: str) -> None:
    found = list(steps(heading))
    assert len(found) >= 3
    for file, names in found:
        text = (ROOT / file).read_text("utf-8")
        assert [name for name in names if not re.search(rf"\b{name}\b", text)] == [], file


@pytest.mark.parametrize("heading", EXAMPLES)
def test_the_example_of_a_list_stands_in_the_files_that_it_names_and_in_no_others(
    heading: str,
) -> None:
    listed = {file for file, _ in steps(heading) if not file.startswith(("tests/", *NOT_MEANT))}
    found = found_in(EXAMPLES[heading]) - ELSEWHERE.get(heading, set())
    assert found == listed


def test_every_file_and_folder_that_is_named_is_there() -> None:
    named = {
        name
        for name, _ in NAMED.findall(TEXT)
        if "/" in name or re.search(r"\.(py|html|yaml|json|md|toml)$", name)
    }
    assert len(named) > 60
    places = [ROOT, ROOT / "scorecard", ROOT / "content"]
    for name in named:
        if name.startswith(("content/*", ".cache")):
            continue
        pattern = re.sub(r"<\w+>", "*", name).rstrip("/")
        assert any(True for place in places for _ in place.glob(pattern)), name


def test_every_function_on_the_way_of_a_case_is_there() -> None:
    named = re.findall(rf"`((?:{'|'.join([*STAGES, 'made_of'])})(?:\.\w+)+)`", TEXT)
    assert len(named) > 15
    assert [name for name in named if not name.endswith(".py") and not _there(name)] == []


def _there(name: str) -> bool:
    parts = ["scorecard", *name.split(".")]
    for count in range(len(parts), 1, -1):
        path = ROOT.joinpath(*parts[:count])
        if path.with_suffix(".py").exists():
            module = import_module(".".join(parts[:count]))
            return len(parts) == count or hasattr(module, parts[count])
    return False


def test_every_event_stands_where_the_list_says() -> None:
    for event in get_args(get_args(AnyEvent)[0]):
        [kind] = get_args(get_type_hints(event)["event"])
        for file, _ in steps("an event"):
            if not file.endswith("searchable.py"):
                pattern = rf"\b{event.__name__}\b|\b{kind}\b"
                assert re.search(pattern, (ROOT / file).read_text("utf-8")), (file, kind)


def test_every_channel_has_its_words_and_is_shown_to_contributors() -> None:
    assert set(CHANNELS) == set(Channel)
    template = (ROOT / "docs/case-template.yaml").read_text("utf-8")
    assert [channel for channel in Channel if not re.search(rf"\b{channel}\b", template)] == []


def test_every_chart_of_a_company_stands_on_its_page(small_site: Path) -> None:
    template = (ROOT / "templates/companies/company.html").read_text("utf-8")
    charts = {path.name for path in (small_site / "charts").glob("invented-*/*") if path.is_dir()}
    assert len(charts) > 4
    assert [name for name in charts if not re.search(rf"\b{name}\b", template)] == []


def test_every_kind_of_chart_is_drawn_written_and_explored() -> None:
    told = RECIPES["a chart"]
    files = re.findall(r"`(\S+\.py)`", told[told.index("A new kind of chart") :])
    assert len(files) == 4
    kinds = get_args(get_type_hints(vars(Chart)["kind"].fget)["return"])
    for file in files[:-1]:
        text = (ROOT / file).read_text("utf-8")
        assert [kind for kind in kinds if f'"{kind}"' not in text] == [], file


def test_every_table_has_its_rows() -> None:
    rows = (ROOT / "scorecard/compose/tables/rows.py").read_text("utf-8")
    assert [table.name for table in tables(rubric()) if f'"{table.name}"' not in rows] == []


def test_no_page_of_the_editors_can_be_called_like_one_of_the_site(small_site: Path) -> None:
    own = {path.name.split(".")[0] for path in (ROOT / "content/pages").iterdir()}
    folders = {path.name for path in small_site.iterdir() if path.is_dir() and path.name[0] != "."}
    assert folders - own <= _TAKEN | {"nl"}


def test_every_template_that_a_page_names_is_there() -> None:
    named = [
        (path.name, name)
        for path in (ROOT / "scorecard/compose").rglob("*.py")
        for name in re.findall(r'"(\w[\w/]*\.html)"', path.read_text("utf-8"))
    ]
    assert len(named) > 15
    assert [(by, name) for by, name in named if not (ROOT / "templates" / name).exists()] == []


def test_every_norm_is_checked_and_told() -> None:
    for file in ("scorecard/load/checks.py", "templates/methodology.html"):
        text = (ROOT / file).read_text("utf-8")
        assert [norm for norm in Norms.model_fields if f"norms.{norm}" not in text] == [], file


def test_every_kind_of_table_that_is_offered_has_its_reader() -> None:
    reading = (ROOT / "scorecard/contribute/tables.py").read_text("utf-8")
    suffixes = re.findall(r"\.[a-z]+", FORMATS)
    assert len(suffixes) == 5
    assert [suffix for suffix in suffixes if f'"{suffix}"' not in reading] == []


def test_every_language_of_the_site_can_count_ranks() -> None:
    languages = {path.name for path in (ROOT / "locale").iterdir() if path.is_dir()}
    assert {"en", *languages} == set(_ORDINALS)
