"""What is told of a folder, how much of it, and what is taken from beside it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import get_args

import pytest

from scorecard.edition import Edition
from scorecard.errors import ContentError, Problem
from scorecard.events import AnyEvent, Event
from scorecard.load import editions as reader
from scorecard.load.cases import read_case
from scorecard.load.content import load_content
from scorecard.load.editions import load_editions
from scorecard.load.intake import Intake
from scorecard.load.privacy import personal_data
from scorecard.load.yaml_text import Document, read_yaml
from scorecard.places import STANDARD_RUBRIC
from scorecard.publish.archive import freeze_into
from tests.support.build import CASE, CASE_PLACE, SECTORS, content_folder
from tests.support.load import problem_of_case, problems_of

KINDS = get_args(get_args(AnyEvent)[0])


def of_file(number: int, name: str = "content/a.yaml") -> Problem:
    return Problem(name, number, 1, "", "x", "y")


@pytest.mark.parametrize(
    ("count", "told", "more"), [(100, 100, []), (101, 100, ["1"]), (2000, 100, ["1,900"])]
)
def test_of_a_file_a_hundred_mistakes_are_told_and_the_others_counted(
    count: int, told: int, more: list[str], tmp_path: Path
) -> None:
    intake = Intake(tmp_path)
    intake.tell(of_file(number) for number in range(1, count + 1))
    intake.tell([of_file(1, "content/b.yaml")])
    assert [problem.line for problem in intake.problems] == [*range(1, told + 1), 1]
    untold = list(intake.untold())
    assert [problem.found.split()[0] for problem in untold] == more
    assert {str(problem).partition(" ")[0] for problem in untold} <= {"content/a.yaml:1:1:"}
    assert {problem.level for problem in untold} <= {"error"}


def test_two_parts_of_a_reading_count_together(tmp_path: Path) -> None:
    one, two = Intake(tmp_path), Intake(tmp_path)
    for intake in (one, two):
        intake.tell(of_file(number) for number in range(60))
    two.sums["a"] = "1"
    one.add(two)
    assert (len(one.problems), one.sums) == (120, {"a": "1"})
    assert [problem.found.split()[0] for problem in one.untold()] == ["20"]
    assert one.manifest() == "1  a\n"


def test_what_is_certain_and_what_is_doubtful_get_their_own_advice(tmp_path: Path) -> None:
    certain = problem_of_case(tmp_path, f"{CASE}summary: jan@post.example\n")
    assert certain.hint == "Leave it out, or write [removed]."
    assert certain.found == "an e-mail address ('jan…')"
    [doubtful] = personal_data(Document("x", {"summary": "number 111222333"}, {}, {}), None)
    assert doubtful.hint.endswith("only you know what they are. If it is one, write [removed].")


@pytest.mark.parametrize(("count", "told"), [(2000, 0), (2001, 1)])
def test_two_thousand_numbers_are_looked_through(count: int, told: int) -> None:
    found = personal_data(Document("x", {"summary": "1 " * count}, {}, {}), None)
    assert [problem.found.split()[2] for problem in found] == ["2,000"] * told


def test_a_text_too_full_of_numbers_hides_no_other() -> None:
    texts = {"summary": "1 " * 2001, "title": "jan@post.example"}
    found = personal_data(Document("x", texts, {}, {}), None)
    assert [problem.key for problem in found] == ["summary", "title"]


def test_the_texts_of_a_document_come_in_their_order() -> None:
    value = {"b": ["1", {"c": "2", "a": "3"}], "a": "4", "d": {}}
    assert list(Document("x", value, {}, {}).texts()) == [
        *[(("b", 0), "1"), (("b", 1, "c"), "2"), (("b", 1, "a"), "3"), (("a",), "4")],
    ]


@pytest.mark.parametrize(
    ("text", "line", "column", "found"),
    [
        ("\ntitle: \x07\n", 2, 8, "a control character"),
        ("\x07", 1, 1, "a control character"),
        ("a: b\nc: d: e\n", 2, 5, "YAML that cannot be read (mapping values are not allowed"),
        ("a: b\n\tc: d\n", 2, 1, "a tab"),
        ("a: 'b\n", 2, 1, "YAML that cannot be read (unexpected end of stream)"),
    ],
)  # fmt: skip
def test_what_no_reader_could_make_out_is_named_where_it_stands(
    text: str, line: int, column: int, found: str, tmp_path: Path
) -> None:
    path = tmp_path / "a.yaml"
    path.write_text(text)
    document, [problem] = read_yaml(path, "a.yaml")
    assert document is None
    assert (problem.line, problem.column) == (line, column)
    assert problem.found.startswith(found)
    assert ("must stand in quotes" in problem.hint) is ("mapping" in found)


@pytest.mark.parametrize(("size", "accepted"), [(1 << 20, True), ((1 << 20) + 1, False)])
def test_a_calibration_may_have_a_mebibyte(size: int, accepted: bool, tmp_path: Path) -> None:
    sound = STANDARD_RUBRIC.with_name("calibration.json").read_bytes()
    folder = content_folder(tmp_path, {"calibration.json": sound.ljust(size)})
    assert accepted is not bool(problems_or_none(folder))


def problems_or_none(folder: Path) -> tuple[Problem, ...]:
    try:
        load_content(folder)
    except ContentError as error:
        return error.problems
    return ()


def test_only_the_number_of_the_record_itself_is_passed_over(tmp_path: Path) -> None:
    text = "title: A\n# ring 0612345678\nsource:\n  record: 0612345678\nsummary: 0612345678\n"
    path = tmp_path / "one.yaml"
    path.write_text(text)
    document, _ = read_yaml(path, "one.yaml")
    assert document is not None
    found = personal_data(document, None)
    assert [(problem.line, problem.column, problem.key) for problem in found] == [
        *[(2, 8, ""), (5, 10, "summary")],
    ]


def test_a_key_that_cannot_be_one_is_named_as_it_stands(tmp_path: Path) -> None:
    sectors = SECTORS + "Bad Key: {name: X}\n'[key]': {name: X}\n"
    found = problems_of(content_folder(tmp_path, {"sectors.yaml": sectors}))
    assert [problem.key for problem in found] == ["Bad Key", "[key]"]
    assert {problem.expected for problem in found} == {"small letters, digits and single hyphens"}


@pytest.mark.parametrize("kind", KINDS)
def test_a_key_that_an_event_of_its_kind_cannot_have_is_named(
    kind: type[Event], tmp_path: Path
) -> None:
    [name] = get_args(kind.model_fields["event"].annotation)
    events = f"  - {{event: contact, channel: phone}}\n  - {{event: {name}, zzz: 1}}\n"
    text = f"{CASE.partition('timeline:')[0]}timeline:\n{events}"
    found = problems_of(content_folder(tmp_path, {CASE_PLACE: text}))
    [problem] = [problem for problem in found if problem.code == "unknown-key"]
    assert problem.key == "timeline[1].zzz"
    assert problem.expected == f"one of {', '.join(sorted(kind.model_fields))}"


@pytest.mark.parametrize(("size", "accepted"), [(64 * 1024, True), (64 * 1024 + 1, False)])
def test_a_file_may_have_64_kibibytes(size: int, accepted: bool, tmp_path: Path) -> None:
    files = {CASE_PLACE: CASE.ljust(size - 1, "#") + "\n"}
    assert accepted is not bool(problems_or_none(content_folder(tmp_path, files)))


def test_the_projects_own_calibration_goes_with_its_own_method(tmp_path: Path) -> None:
    content = load_content(content_folder(tmp_path))
    assert content.calibration is not None
    assert "calibration.json" in content.manifest
    spoilt = {"calibration.json": "{}"}
    [problem] = problems_of(content_folder(tmp_path / "other", spoilt))
    assert (problem.file, problem.hint) == ("content/calibration.json", "Run it again.")


def test_one_case_is_read_by_itself_where_its_company_is_known(tmp_path: Path) -> None:
    content = load_content(content_folder(tmp_path))
    folder, companies = tmp_path / "content", content.companies
    path = folder / CASE_PLACE
    case = read_case(path, folder, content.site, companies)
    assert case == content.cases[0]
    assert read_case(path, folder, content.site, {}) is None
    other = folder / "cases/bolt/one.yaml"
    assert read_case(other, folder, content.site, {**companies, "bolt": None}) is None
    assert read_case(path.with_name("two.yaml"), folder, content.site, companies) is None
    path.write_text("title: x\n")
    assert read_case(path, folder, content.site, companies) is None


RECORD: dict[str, str | None] = {
    "edition": "2026-Q3", "as_of": "2026-09-30", "method": "2", "content_sha256": "ab", "commit": "",
}  # fmt: skip
FIGURE = {"id": "overall", "value": 71.5, "low": 60, "high": 80, "cases": 12}
ONE = {"id": "acme/one", "title": "T", "status": "published", "weight": 0.5, "scores": {"a": 1.5}}


def owner(slug: str, *cases: object) -> bytes:
    told = {"slug": slug, "name": slug.title(), "figures": [FIGURE], "cases": list(cases)}
    return json.dumps(told).encode()


def frozen(where: Path, name: str = "2026-Q3", **record: str) -> Path:
    """A content folder with an edition of this name, whose record says something else here and there."""
    files = [
        ("/api/v1/index.json", b'{"sectors": [%s]}' % owner("telecom")),
        (
            "/api/v1/companies/acme.json",
            owner(
                "acme", {**ONE, "reply": {"asked": "2026-01"}}, {**ONE, "id": "b", "reply": None}
            ),
        ),
        ("/api/v1/companies/bolt.json", owner("zeta")),
        ("/api/v1/companies/deep/bolt.json", b"no data"),
        ("/a/", b"a page"),
    ]
    freeze_into(where / f"editions/{name}.zip", {**RECORD, "edition": name, **record}, "", files)
    return where


def read_back(where: Path) -> tuple[tuple[Edition, ...], list[Problem]]:
    intake = Intake(where)
    return load_editions(intake), intake.problems


def test_an_edition_is_read_back_as_it_was_frozen(tmp_path: Path) -> None:
    [edition], problems = read_back(frozen(tmp_path))
    assert problems == []
    assert (edition.name, str(edition.as_of), edition.method) == ("2026-Q3", "2026-09-30", "2")
    assert (edition.commit, edition.content_sha256) == (None, "ab")
    assert "/a/" in edition.addresses
    assert list(edition.companies) == ["acme"], "what stands under another's name is nobody's"
    acme = edition.companies["acme"]
    assert (acme.name, acme.figures["overall"].value, acme.figures["overall"].cases) == (
        "Acme",
        71.5,
        12,
    )
    one, other = acme.cases["acme/one"], acme.cases["b"]
    assert (one.asked, one.replied, other.asked) == ("2026-01", None, None)
    assert (one.weight, one.scores) == (0.5, {"a": 1.5})
    assert edition.sectors["telecom"].figures["overall"].high == 80


def test_the_newest_edition_comes_first(tmp_path: Path) -> None:
    for name, day in (("a", "2026-01-01"), ("c", "2026-03-01"), ("b", "2026-03-01")):
        frozen(tmp_path, name, as_of=day)
    editions, _ = read_back(tmp_path)
    assert [edition.name for edition in editions] == ["c", "b", "a"]


def test_an_archive_may_unpack_to_as_much_as_its_refusal_names(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    where = frozen(tmp_path)
    for size, refused in ((2 * 1024**3, 0), (2 * 1024**3 + 1, 1)):
        monkeypatch.setattr(reader, "sum", lambda _, size=size: size, raising=False)
        assert len(read_back(where)[1]) == refused


@pytest.mark.parametrize(
    ("name", "record", "found"),
    [
        ("2026-Q3", {"format": 2}, "the format 2, which a later version"),
        ("2026-Q3", {"edition": "2026-Q2"}, "the edition '2026-Q2' under another name"),
        ("2026-Q3", {"as_of": "soon"}, "an archive whose data are not those of an edition"),
        ("2026_Q3", {}, "the name '2026_Q3'"),
    ],
)
def test_an_archive_that_is_no_edition_is_refused_for_its_reason(
    name: str, record: dict[str, str], found: str, tmp_path: Path
) -> None:
    editions, [problem] = read_back(frozen(tmp_path, name, **record))
    assert editions == ()
    assert problem.found.startswith(found)
    assert problem.file == f"{tmp_path.name}/editions/{name}.zip"
    other = tmp_path / "editions" / f"{name}.zip"
    other.rename(other.with_suffix(".tar"))
    _, [problem] = read_back(tmp_path)
    assert problem.found == f"'{name}.tar'"
