"""The quick ways of loading say what the careful ones say: of good files and of bad ones."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from pathlib import Path
from random import Random
from typing import Any
from zoneinfo import ZoneInfo

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from scorecard.errors import ContentError, Problem
from scorecard.load import cases, yaml_text
from scorecard.load.content import load_content
from scorecard.load.on_disk import Place
from scorecard.load.personal import addresses, emails, names, numbers
from scorecard.load.privacy import personal_data
from scorecard.load.yaml_text import Document, KeyPath, read_yaml
from scorecard.site import Content
from scorecard.values import parse_time
from tests.load import personal_samples as samples
from tests.support.build import CASE, CASE_PLACE, content_folder
from tests.support.examples import examples
from tests.support.rounds import rounds

# ── YAML ───────────────────────────────────────────────────────────────────────────────────────

_TEXTS = st.sampled_from(
    [
        "",
        "a",
        "b",
        "yes",
        "~",
        "0123",
        "2024-03-04 09:10",
        "a: b",
        "x # y",
        "- z",
        "é",
        "two\nlines",
        " a ",
    ]
)
_VALUES = st.recursive(
    _TEXTS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(_TEXTS, inner, max_size=3),
    max_leaves=12,
)
_PIECES = st.sampled_from(
    [*"&*!\\|>?-:#'\"{}[],%@` \n\r\t\x85\x07a", "<<: ", "&a ", "*a", "!!str ", "- ", "? ", "\n---\n",
     "\\x07", "a: ", "b: c\n", "[" * 30, "- " * 30]
)  # fmt: skip


@st.composite
def _files(draw: st.DrawFn, spoilt: bool) -> str:
    """The text of a file; a spoilt one has pieces in it that may make it mean something else, or nothing."""
    value = draw(st.dictionaries(_TEXTS, _VALUES, min_size=1, max_size=4))
    style = draw(st.sampled_from([None, "'", '"', "|"]))
    flow = draw(st.sampled_from([True, False, None]))
    text: str = yaml.dump(value, default_flow_style=flow, default_style=style, allow_unicode=True)
    for _ in range(draw(st.integers(1, 3)) if spoilt else 0):
        at = draw(st.integers(0, len(text)))
        text = text[:at] + draw(_PIECES) + text[at + draw(st.integers(0, 2)) :]
    return text


def _told(text: str, where: Path) -> tuple[Any, ...]:
    """All that is read of a file: its value, every place in it, and its problems."""
    path = where / "case.yaml"
    path.write_bytes(text.encode())
    document, problems = read_yaml(path, "case.yaml")
    if document is None:
        return None, problems
    paths = list(document.places)
    places = [(path, document.at(path), document.key_problem(path, "", "")) for path in paths]
    return document.value, places, problems


def _composed(node: yaml.Node, path: KeyPath, places: dict[KeyPath, Place]) -> Any:
    """The same as PyYAML's own composer has it, which knows nothing of ours."""
    if isinstance(node, yaml.ScalarNode):
        return node.value
    children = enumerate(node.value)
    if isinstance(node, yaml.SequenceNode):
        for index, item in children:
            places[(*path, index)] = (item.start_mark.line + 1, item.start_mark.column + 1)
        return [_composed(item, (*path, i), places) for i, item in enumerate(node.value)]
    made = {}
    for _, (key, value) in children:
        mark = (value if isinstance(value, yaml.ScalarNode) and value.value else key).start_mark
        places[(*path, key.value)] = (mark.line + 1, mark.column + 1)
        made[key.value] = _composed(value, (*path, key.value), places)
    return made


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the files of all examples are written, one over the other."""
    return tmp_path_factory.mktemp("files")


@examples(400)
@given(st.one_of(_files(spoilt=False), _files(spoilt=True), _files(spoilt=True)))
def test_nodes_that_are_not_asked_have_nothing_to_tell(folder: Path, text: str) -> None:
    quick = _told(text, folder)
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(yaml_text, "_WARY", ("",))
        assert _told(text, folder) == quick


@examples(300)
@given(_files(spoilt=False))
def test_values_and_places_are_those_of_another_reader(folder: Path, text: str) -> None:
    places: dict[KeyPath, Place] = {(): (1, 1)}
    value, found, problems = _told(text, folder)
    composed = yaml.compose(text, Loader=yaml.BaseLoader)
    assert composed is not None
    assert value == _composed(composed, (), places)
    assert {path: place for path, place, _ in found} == places
    assert problems == []


@examples(300)
@given(_files(spoilt=True))
def test_what_another_reader_refuses_is_refused(folder: Path, text: str) -> None:
    try:
        yaml.compose(text, Loader=yaml.CBaseLoader)
    except RecursionError:
        return
    except yaml.YAMLError:
        *_, problems = _told(text, folder)
        assert problems


# ── Personal data ──────────────────────────────────────────────────────────────────────────────

_KINDS: list[Callable[[Random], str]] = [
    samples.iban, samples.citizen, samples.email, samples.phone, samples.address, samples.ordinary,
    lambda random: random.choice(("Mr Jansen", "dhr. De Vries", "Beste Anna,", "Hi Jo,", "items Jan")),
    lambda random: random.choice(("Kerkstraat 12", "rue de Paris 7", "12 Main Street", "wal 3."))
    + random.choice(("", ".", " bis")),
    lambda random: f"kenteken {random.randrange(99)}-ABC-1, klantnummer {random.randrange(10**6)}",
]  # fmt: skip


@contextmanager
def _nothing_skipped() -> Iterator[None]:
    """Every finder looks, whatever the text."""
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(names, "_TITLE_SIGNS", re.compile(""))
        patched.setattr(numbers, "_LIKE_IBAN", re.compile(b""))
        patched.setattr(emails, "_RARE_SIGNS", ("",))
        patched.setattr(addresses, "_stands_free", lambda *_: True)
        yield


def _found(texts: list[str]) -> list[list[Problem]]:
    return [personal_data(Document("case.yaml", {"summary": t}, {}, {}), None) for t in texts]


def test_nothing_is_missed_by_what_is_asked_first() -> None:
    random = Random("asked first")
    texts = []
    for number in range(rounds(1000, 4000)):
        plain = _KINDS[number % len(_KINDS)](random)
        coded = samples.coded(random, plain) if random.random() < 0.3 else plain
        told = samples.told(random, coded) if random.random() < 0.5 else coded
        texts.append(told.replace(" ", random.choice(" \n\t"), random.randrange(2)))
    quick = _found(texts)
    assert sum(map(bool, quick)) > len(texts) // 2
    with _nothing_skipped():
        assert _found(texts) == quick


# ── Times ──────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    "name", ["Europe/Amsterdam", "Europe/Dublin", "Australia/Lord_Howe", "Africa/Casablanca", "UTC"]
)
def test_a_skipped_hour_is_one_that_does_not_survive_a_journey_to_utc(name: str) -> None:
    zone = ZoneInfo(name)
    days = [datetime(2015, 1, 1) + timedelta(days=day) for day in range(4000)]
    moves = [a for a, b in pairwise(days) if zone.utcoffset(a) != zone.utcoffset(b)]
    moments = [day + timedelta(minutes=15 * n) for day in [*moves, days[0]] for n in range(96)]
    assert bool(moves) == (name != "UTC")
    for moment in moments:
        there = moment.replace(tzinfo=zone).astimezone(UTC)
        exists = there.astimezone(zone).replace(tzinfo=None) == moment
        text = f"{moment:%Y-%m-%d %H:%M}"
        if exists:
            assert parse_time(text, zone).first == moment
        else:
            with pytest.raises(ValueError, match=text):
                parse_time(text, zone)


# ── Processes ──────────────────────────────────────────────────────────────────────────────────


def _loaded(folder: Path, jobs: int) -> tuple[Any, ...]:
    try:
        content: Content = load_content(folder, jobs)
    except ContentError as error:
        return error.problems, error.warnings
    return content.cases, content.manifest, content.warnings, content.digest


@pytest.mark.parametrize("bad", [False, True])
def test_content_is_the_same_whatever_the_number_of_processes(
    bad: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    files = {CASE_PLACE.replace("one", f"case-{n}"): CASE for n in range(7)}
    files["cases/acme/case-3.yaml"] = CASE + "status: withdrawn\nstatus_note: Not mine.\n"
    files["cases/acme/case-3.yaml"] += "status_date: 2024-05\n"
    if bad:
        files["cases/acme/case-2.yaml"] = CASE.replace("title", "titel")
        files["cases/acme/case-6.yaml"] = CASE + "summary: call 06-12345678\n"
    content = content_folder(tmp_path, files)
    monkeypatch.setattr(cases, "PART", 2)
    alone = _loaded(content, 1)
    assert alone[0]
    assert _loaded(content, 3) == alone
