"""What docs/import.md says of mappings is what there is, and its example does what it says."""

from __future__ import annotations

import re
from pathlib import Path
from typing import get_args

import pytest
from pydantic import BaseModel

from scorecard.cli import main
from scorecard.contribute.importing import import_table
from scorecard.contribute.mapping import CaseRules, Columns, DateOrder, EventRule, Translation

DOCS = Path(__file__).resolve().parents[2] / "docs"
TEXT = (DOCS / "import.md").read_text("utf-8")


@pytest.mark.parametrize("model", [Columns, CaseRules, EventRule, Translation])
def test_every_key_of_a_mapping_is_explained(model: type[BaseModel]) -> None:
    assert [key for key in model.model_fields if f"`{key}`" not in TEXT] == []


def test_every_key_and_order_of_dates_that_is_explained_exists() -> None:
    keys = re.findall(r"^\| `([a-z_]+)` \|", TEXT, re.MULTILINE)
    assert len(keys) > 10
    assert {*keys} <= {*Columns.model_fields, *CaseRules.model_fields}
    orders = re.search(r"^\| `dates` \|.*$", TEXT, re.MULTILINE)
    assert orders
    assert re.findall("`([YMD./-]+)`", orders[0]) == list(get_args(DateOrder))


def test_the_example_becomes_the_cases_it_should(tmp_path: Path) -> None:
    report = import_table(DOCS / "newsroom-example.csv", DOCS / "newsroom-example.yaml", tmp_path)
    assert report.skipped == ((5, "company not in the mapping: Westbank"),)
    cases = {
        path.relative_to(tmp_path / "cases").as_posix(): path.read_text("utf-8").splitlines()[1:]
        for path in (tmp_path / "cases").rglob("*.yaml")
    }
    assert cases == {
        "noordnet/newsroom-101.yaml": [
            "title: Router teruggestuurd, toch geïncasseerd",
            "wanted: refund",
            "amount: 49.00 EUR",
            "source: {kind: published, author: the newsroom, url: 'https://example.org/101', record: '101'}",
            "language: nl",
            "timeline:",
            "  - {at: 2025-02-03, event: contact, channel: phone}",
            "  - {at: 2025-02-05, event: reply, channel: phone}",
            "  - {at: 2025-02-12, event: refund, decision: granted, amount: 49.00 EUR, paid: true}",
        ],
        "noordnet/newsroom-102.yaml": [
            "title: Monteur kwam niet",
            "wanted: answer",
            "source: {kind: published, author: the newsroom, url: 'https://example.org/102', record: '102'}",
            "language: nl",
            "timeline:",
            "  - {at: '2025-02-14 09:30', event: contact, channel: email}",
        ],
        "zuidwinkel/newsroom-103.yaml": [
            "title: Kapotte waterkoker",
            "wanted: refund",
            "amount: 1249.50 EUR",
            "source: {kind: published, author: the newsroom, url: 'https://example.org/103', record: '103'}",
            "language: nl",
            "timeline:",
            "  - {at: 2025-03, event: contact, channel: letter}",
            "  - {at: 2025-03-28, event: reply, channel: letter}",
            "  - {event: refund, decision: refused, amount: 1249.50 EUR}",
        ],
    }


def test_bad_input_is_one_message_and_an_exit_code(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    text = (DOCS / "newsroom-example.csv").read_text("utf-8")
    table = tmp_path / "table.csv"
    arguments = ["import", str(table), "--content", str(tmp_path), "--mapping"]
    bad = [
        (text.encode("cp1252"), "Windows-1252"),
        (text.replace("Bedrijf", "Firma").encode(), "the column 'Bedrijf'"),
        (text.replace("5-2-2025", "2-25-2025", 1).encode(), "which can only be M-D-YYYY"),
        (text.replace("Bedrag", "", 1).encode(), "no heading above the values of column H"),
    ]
    for data, message in bad:
        table.write_bytes(data)
        assert main([*arguments, str(DOCS / "newsroom-example.yaml")]) == 1
        told = capsys.readouterr().err
        assert message in told
        assert "1 problem" in told
        assert [*tmp_path.iterdir()] == [table], "nothing is half-written"
    assert main([*arguments, str(tmp_path / "none.yaml")]) == 2
