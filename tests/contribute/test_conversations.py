"""Rows that are turns become one case a conversation, wholly or not at all."""

from __future__ import annotations

import csv
import shutil
from collections import Counter, defaultdict
from pathlib import Path

import pytest
import yaml

from scorecard.cli import main
from scorecard.contribute.importing import import_table
from scorecard.errors import ContentError, Problem
from tests.conftest import SMALL
from tests.support.rounds import some

TURNS = Path(__file__).parent / "turns"
MAPPING = TURNS / "turns.yaml"
HEADINGS = "conversation,company,turn,at,who,asks_for_private_message,gives_link\n"
ASKED = "c1,Delta,1,2020-04-01T17:00:00Z,customer,no,no\n"
AGAIN = "c1,Delta,2,2020-04-01T18:00:00Z,customer,no,no\n"
ANSWERED = "c1,Delta,3,2020-04-01T19:00:00Z,company,no,yes\n"


@pytest.fixture
def content(tmp_path: Path) -> Path:
    """A scratch folder: these conversations must never be published."""
    folder = tmp_path / "content"
    folder.mkdir()
    for name in ("site.yaml", "sectors.yaml"):
        shutil.copy(SMALL / name, folder)
    return folder


def table(content: Path, *rows: str) -> Path:
    path = content.parent / "turns.csv"
    path.write_text(HEADINGS + "".join(rows), "utf-8")
    return path


def case(content: Path, name: str = "delta/turns-c1") -> str:
    return (content / "cases" / f"{name}.yaml").read_text("utf-8")


def problem(content: Path, *rows: str) -> Problem:
    with pytest.raises(ContentError) as error:
        import_table(table(content, *rows), MAPPING, content)
    assert not (content / "cases").exists()
    (found,) = error.value.problems
    return found


def test_all_conversations_of_all_companies_are_there_turn_by_turn(
    content: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with (TURNS / "turns.csv").open(newline="", encoding="utf-8") as file:
        every = list(csv.DictReader(file))
    companies = some(sorted({row["company"] for row in every}), 9)
    turns = defaultdict(list)
    path = content.with_name("turns.csv")
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.DictWriter(file, every[0])
        writer.writeheader()
        for row in every:
            if row["company"] in companies:
                turns[row["conversation"]].append(row)
                writer.writerow(row)
    report = import_table(path, MAPPING, content)
    assert report.read == sum(map(len, turns.values()))
    assert report.entries == report.written == len(turns)
    assert (report.unchanged, report.skipped) == (0, ())
    assert report.companies == len(companies)

    kinds = {"customer": "contact", "company": "reply"}
    for name, rows in turns.items():
        slug = rows[0]["company"].lower().replace("_", "-")
        text = case(content, f"{slug}/turns-{name}")
        timeline = yaml.load(text, yaml.CBaseLoader)["timeline"]  # noqa: S506 - makes text only
        assert [(event["at"], event["event"]) for event in timeline] == [
            (
                row["at"],
                "channel-switch" if row["asks_for_private_message"] == "yes" else kinds[row["who"]],
            )
            for row in sorted(rows, key=lambda row: int(row["turn"]))
        ]
        links = Counter(
            row["gives_link"] for row in rows if row["asks_for_private_message"] == "no"
        )
        assert sum("link" in event.get("note", "") for event in timeline) == links["yes"]

    again = import_table(path, MAPPING, content)
    assert (again.written, again.unchanged, again.companies) == (0, len(turns), 0)
    assert main(["check", "--content", str(content)]) == 0, capsys.readouterr()


def test_a_second_turn_before_the_answer_is_a_further_contact_of_the_same_matter(
    content: Path,
) -> None:
    import_table(table(content, ASKED, AGAIN, ANSWERED), MAPPING, content)
    assert case(content).partition("timeline:\n")[2].splitlines() == [
        "  - {at: '2020-04-01T17:00:00Z', event: contact, channel: social}",
        "  - {at: '2020-04-01T18:00:00Z', event: contact, channel: social}",
        "  - {at: '2020-04-01T19:00:00Z', event: reply, channel: social, note: With a link.}",
    ]


def test_turns_are_put_in_their_order_wherever_they_stand(content: Path) -> None:
    other = ASKED.replace("c1", "c2")
    tenth = ANSWERED.replace(",3,", ",10,").replace("T19", "T20")
    rows = table(content, tenth, other, AGAIN, ASKED)
    import_table(rows, MAPPING, content)
    first = case(content)
    assert first.count("event:") == 3
    assert first.index("T17") < first.index("T18") < first.index("T20")
    report = import_table(table(content, ASKED, AGAIN, tenth, other), MAPPING, content)
    assert (report.entries, report.written, report.unchanged) == (2, 0, 2)


def test_what_is_skipped_is_told_with_its_reason(content: Path) -> None:
    rows = table(
        content,
        *(ASKED, ASKED, ANSWERED),
        *(ASKED.replace("c1", "c2"), AGAIN.replace("c1,Delta", "c2,hulu_support")),
        *(ASKED.replace("c1", "c3"), ANSWERED.replace("c1", "c3").replace(",3,", ",1,")),
        ASKED.replace("c1,Delta", "c4,Nobody"),
        ASKED.replace("c1", ""),
    )
    report = import_table(rows, MAPPING, content)
    assert report.skipped == (
        (3, "duplicate of row 2"),
        (5, "more than one company: Delta, hulu_support"),
        (7, "two turns at the same place: row 7 and row 8"),
        (9, "company not in the mapping: Nobody"),
        (10, "no conversation"),
    )
    assert (report.read, report.entries, report.written) == (9, 4, 1)
    assert case(content).count("event: contact") == 1


def test_a_conversation_of_which_nothing_is_written_is_skipped(
    content: Path, tmp_path: Path
) -> None:
    shutil.copytree(TURNS, tmp_path / "turns")
    rules = tmp_path / "turns" / "turns-cases.yaml"
    rules.write_text(rules.read_text("utf-8").replace("[customer]}", "[nobody]}"), "utf-8")
    report = import_table(table(content, ASKED), tmp_path / "turns" / "turns.yaml", content)
    assert report.skipped == ((2, "nothing that the mapping writes as an event"),)


def test_a_turn_that_contradicts_the_order_is_shown_at_its_own_line(content: Path) -> None:
    found = problem(content, ASKED, ANSWERED.replace("T19", "T16"))
    assert (found.line, found.key) == (3, "timeline[1].at")


def test_an_order_that_is_none_is_told(content: Path) -> None:
    found = problem(content, ASKED, AGAIN.replace(",2,", ",second,"))
    assert found.key == "turn"
    assert found.expected.startswith("a number in every turn")


def test_the_command_counts_rows_and_conversations(
    content: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    rows = table(content, ASKED, AGAIN, ANSWERED)
    arguments = ["import", str(rows), "--mapping", str(MAPPING), "--content", str(content)]
    assert main([*arguments, "--dry-run"]) == 0
    assert "Read 3 rows of 1 conversation; would write 1 case " in capsys.readouterr().out
    assert not (content / "cases").exists()


def test_a_group_has_its_own_id(content: Path, tmp_path: Path) -> None:
    shutil.copytree(TURNS, tmp_path / "turns")
    mapping = tmp_path / "turns" / "turns.yaml"
    mapping.write_text("id: turn\n" + mapping.read_text("utf-8"), "utf-8")
    with pytest.raises(ContentError) as error:
        import_table(table(content, ASKED), mapping, content)
    (found,) = error.value.problems
    assert (found.line, found.key) == (1, "id")
