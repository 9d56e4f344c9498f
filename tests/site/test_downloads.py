"""The downloads, read with programs of others: all say the same, and say what they are."""

from __future__ import annotations

import asyncio
import csv
import html
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import frictionless
import lxml.html
import pytest

from scorecard.compose.tables.event_columns import event_columns
from scorecard.events import Contact
from scorecard.judge.finding import Reason
from tests.site.reading import load
from tests.support.rounds import some

Build = Callable[..., Path]
TABLES = ("companies", "rules", "scores", "cases", "findings", "events")
OLD = {
    "scores": "company sector dimension score low high mean cases weight grade known centre as_of method",
    "cases": "case company title status source evidence wanted first_time last_time weight responsiveness "
    "follow_through refund_friction sector contributor recency_from base_weight burst",
    "findings": "case company dimension rule state value rule_weight case_weight reason events",
}
"""The columns of the tables as programs of readers know them."""


def rows(folder: Path, name: str) -> list[dict[str, str]]:
    with (folder / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, strict=True))


def packages(site: Path) -> list[Path]:
    own = sorted((site / "data/companies").glob("*/datapackage.json"))
    return [site / "data/datapackage.json", *own]


@pytest.fixture
def base(small_site: Path) -> Iterator[sqlite3.Connection]:
    address = f"{(small_site / 'data/scorecard.sqlite').as_uri()}?mode=ro"
    with closing(sqlite3.connect(address, uri=True)) as opened:
        opened.row_factory = sqlite3.Row
        yield opened


@pytest.mark.parametrize("name", OLD)
def test_the_old_tables_keep_their_columns(small_site: Path, name: str) -> None:
    assert list(rows(small_site / "data", name)[0]) == OLD[name].split()


def test_every_package_and_all_its_data_are_valid(demo_site: Path, small_site: Path) -> None:
    """Types, limits, patterns, keys, references, sizes and check sums."""
    found = [*packages(small_site), *packages(demo_site)]
    assert len(found) == 2 + 3 + 6
    for path in some(found, 3):
        assert load(path)["$schema"] == "https://datapackage.org/profiles/2.0/datapackage.json"
        metadata = frictionless.Package.validate_descriptor(str(path))
        assert metadata.valid, metadata.flatten(["type", "note"])
        report = frictionless.Package(str(path)).validate()
        assert report.valid, report.flatten(["type", "message"])[:5]


@pytest.mark.parametrize(
    ("table", "old", "new", "error"),
    [
        ("events", "everything,invented-telecom,0,", "nothing,invented-telecom,0,", "foreign-key"),
        ("findings", ",judged,", ",guessed,", "constraint-error"),
        ("cases", "invented-telecom/everything", "invented-telecom/withdrawn", "primary-key"),
    ],
)
def test_the_package_would_tell_what_is_wrong(
    small_site: Path, tmp_path: Path, table: str, old: str, new: str, error: str
) -> None:
    for file in (small_site / "data").glob("*.*"):
        (tmp_path / file.name).write_bytes(file.read_bytes())
    path = tmp_path / f"{table}.csv"
    text = path.read_bytes().decode()
    assert old in text
    path.write_bytes(text.replace(old, new, 1).encode())
    report = frictionless.Package(str(tmp_path / "datapackage.json")).validate()
    assert {error, "hash-count"} <= {found[0] for found in report.flatten(["type"])}


def test_the_package_says_whose_it_is_of_which_day_and_under_which_licence(
    small_site: Path,
) -> None:
    package, index = load(packages(small_site)[0]), load(small_site / "api/v1/index.json")
    assert package["title"] == "A Small Scorecard"
    assert package["created"] == f"{index['as_of']}T00:00:00Z"
    assert package["licenses"][0]["path"] == "https://creativecommons.org/licenses/by/4.0/"
    assert {key: package[key] for key in ("as_of", "method", "content_sha256")} == {
        key: index[key] for key in ("as_of", "method", "content_sha256")
    }
    assert package["contributors"]
    assert package["sources"]
    assert {r["name"] for r in package["resources"]} >= set(TABLES)


def test_a_register_is_named_as_a_source(real_site: Path) -> None:
    titles = [source["title"] for source in load(packages(real_site)[0])["sources"]]
    assert any("Consumer Complaint Database" in title for title in titles)


def _same(cell: str, value: Any) -> bool:
    if value is None:
        return cell == ""
    if cell in ("true", "false"):
        return bool(value) == (cell == "true")
    return float(cell) == value if isinstance(value, int | float) else cell == value


def _holds(base: sqlite3.Connection, name: str, told: list[dict[str, str]]) -> int:
    """Holds a table of the database just these rows? Their number."""
    held = base.execute(f"SELECT * FROM {name}")  # noqa: S608 - our own table
    key = [row["name"] for row in base.execute(f"PRAGMA table_info({name})") if row["pk"]]
    found = {tuple(str(row[k]) for k in key): dict(row) for row in held}
    assert len(found) == len(told)
    for row in told:
        same = found[tuple(row[k] for k in key)]
        assert row.keys() == same.keys()
        assert all(_same(cell, same[column]) for column, cell in row.items()), (row, same)
    return len(told)


@pytest.mark.parametrize("name", TABLES)
def test_csv_and_database_hold_the_same_rows(
    small_site: Path, base: sqlite3.Connection, name: str
) -> None:
    assert _holds(base, name, rows(small_site / "data", name)) > 2


def test_the_api_says_the_same(small_site: Path, base: sqlite3.Connection) -> None:
    compared = 0
    for file in (small_site / "api/v1/cases").glob("*/*.json"):
        case = load(file)
        row = base.execute('SELECT * FROM cases WHERE "case" = ?', (case["id"],)).fetchone()
        assert (row["title"] or "", row["status"]) == (case["title"], case["status"])
        findings = 0
        for dimension, result in case["scores"].items():
            assert row[dimension] == result["score"]
            findings += len(result["findings"])
        query = 'SELECT count(*) FROM findings WHERE "case" = ?'
        assert base.execute(query, (case["id"],)).fetchone()[0] == findings
        compared += findings
    assert compared == base.execute("SELECT count(*) FROM findings").fetchone()[0] > 100


def test_a_companys_tables_are_its_part_of_the_sites(small_site: Path) -> None:
    for name in ("scores", "cases", "findings", "events"):
        parts = [
            row
            for folder in sorted((small_site / "data/companies").iterdir())
            for row in rows(folder, name)
        ]
        assert sorted(map(str, parts)) == sorted(map(str, rows(small_site / "data", name)))


def test_a_companys_database_holds_just_its_part(small_site: Path) -> None:
    folders = sorted((small_site / "data/companies").iterdir())
    assert len(folders) == 3
    for folder in folders:
        with closing(
            sqlite3.connect(f"{(folder / 'scorecard.sqlite').as_uri()}?mode=ro", uri=True)
        ) as base:
            base.row_factory = sqlite3.Row
            assert base.execute("PRAGMA integrity_check").fetchone()[0] == "ok"
            assert base.execute("PRAGMA foreign_key_check").fetchall() == []
            for name in ("scores", "cases", "findings", "events"):
                assert _holds(base, name, rows(folder, name)) > 0
            companies = {row["company"] for row in base.execute("SELECT company FROM companies")}
            assert folder.name in companies
            assert len(companies) <= 2, "itself, and the company that it is part of"
            rules = base.execute("SELECT count(*) FROM rules").fetchone()[0]
            assert rules == len(rows(small_site / "data", "rules"))


def test_events_are_the_timelines_of_all_cases_but_the_withdrawn(
    small_site: Path, base: sqlite3.Connection
) -> None:
    everything = [
        r for r in rows(small_site / "data", "events") if r["case"].endswith("/everything")
    ]
    assert [int(row["position"]) for row in everything] == list(range(22))
    assert len({row["event"] for row in everything}) == 17
    charge = everything[0]
    assert (charge["event"], charge["at"], charge["latest"]) == (
        "charge",
        "2026-05",
        "2026-05-31T23:59:59",
    )
    assert (float(charge["amount"]), charge["amount_currency"]) == (180.0, "EUR")
    assert (charge["warned"], charge["due_to_customer_error"]) == ("false", "")
    for row in everything:
        if row["at"]:
            assert row["earliest"][: len(row["at"])] == row["at"].replace(" ", "T")
            assert row["earliest"] <= row["latest"]
    withdrawn = "SELECT count(*) FROM events JOIN cases USING (\"case\") WHERE status = 'withdrawn'"
    assert base.execute(withdrawn).fetchone()[0] == 0


def test_every_key_of_every_event_is_a_column_with_the_models_own_words() -> None:
    columns = {column.name: column for column in event_columns()}
    reached = columns["reached"].says[0].values["meaning"]
    assert isinstance(reached, Reason)
    assert reached.text == Contact.model_fields["reached"].description
    assert columns["by"].among == ("person", "expert", "script", "machine", "customer", "company")
    assert columns["to"].among == ()


def test_the_database_is_sound_and_holds_to_its_keys(base: sqlite3.Connection) -> None:
    assert base.execute("PRAGMA integrity_check").fetchone()[0] == "ok"
    assert base.execute("PRAGMA foreign_key_check").fetchall() == []
    for table in TABLES:
        assert [r for r in base.execute(f"PRAGMA table_info({table})") if r["pk"]]
    referred = {r["table"] for r in base.execute("PRAGMA foreign_key_list(findings)")}
    assert referred == {"cases", "companies", "rules"}


def test_the_database_refuses_what_no_column_can_hold(small_site: Path, tmp_path: Path) -> None:
    copy = tmp_path / "copy.sqlite"
    copy.write_bytes((small_site / "data/scorecard.sqlite").read_bytes())
    with closing(sqlite3.connect(copy)) as base:
        for wrong in ("value = 1.5", "state = 'guessed'", "reason = NULL"):
            with pytest.raises(sqlite3.IntegrityError):
                base.execute(f"UPDATE findings SET {wrong} WHERE state = 'judged'")  # noqa: S608 - the words above


def test_the_release_of_sqlite_is_not_in_the_file(small_site: Path) -> None:
    whole = (small_site / "data/scorecard.sqlite").read_bytes()
    assert int.from_bytes(whole[96:100], "big") == 3_037_000


def test_the_views_answer_with_names(small_site: Path, base: sqlite3.Connection) -> None:
    index = {c["slug"]: c for c in load(small_site / "api/v1/index.json")["companies"]}
    for row in base.execute("SELECT * FROM company_overview"):
        company = index.pop(row["company"])
        assert (row["name"], row["grade"]) == (company["name"], company["grade"])
        overall = company["scores"]["overall"]
        assert row["overall"] == (overall and overall["score"])
        assert (row["cases"] or 0) == (overall["cases"] if overall else 0)
    assert not index
    cases = base.execute("SELECT count(*) FROM case_overview").fetchone()[0]
    assert cases == base.execute("SELECT count(*) FROM cases").fetchone()[0]
    short = "SELECT count(*) FROM findings WHERE value < 1"
    found = base.execute("SELECT count(*) FROM shortfalls").fetchone()[0]
    assert found == base.execute(short).fetchone()[0] > 0


def test_the_codebook_tells_of_every_column_the_same_everywhere(
    small_site: Path, base: sqlite3.Connection
) -> None:
    """In the package, in the database, for Datasette and on the page."""
    page = lxml.html.document_fromstring((small_site / "data/index.html").read_text("utf-8"))
    shown = load(small_site / "data/metadata.json")["databases"]["scorecard"]["tables"]
    schemas = {r["name"]: r.get("schema") for r in load(packages(small_site)[0])["resources"]}
    for table in TABLES:
        held = {
            row["column"]: row["description"]
            for row in base.execute('SELECT * FROM codebook WHERE "table" = ?', (table,))
            if row["column"]
        }
        told = {field["name"]: field["description"] for field in schemas[table]["fields"]}
        assert told == held == shown[table]["columns"]
        assert all(told.values())
        own = page.xpath(f"//section[@aria-labelledby='table-{table}']//tbody/tr/th/code/text()")
        assert own == list(told)


def test_datasette_shows_what_the_columns_mean(small_site: Path) -> None:
    from datasette.app import Datasette

    async def shown(address: str) -> str:
        base = str(small_site / "data/scorecard.sqlite")
        datasette = Datasette([base], metadata=load(small_site / "data/metadata.json"))
        answer = await datasette.client.get(address)
        assert answer.status_code == 200
        return html.unescape(answer.text)

    page = asyncio.run(shown("/scorecard/findings"))
    assert "Positions in the case's timeline, counted from 0." in page
    assert "CC BY 4.0" in page
    assert "https://small.example/score/data/" in page
    assert "Each rule's answer to each case" in page
    assert "Invented Telecom & Sons" in asyncio.run(shown("/scorecard/company_overview"))
