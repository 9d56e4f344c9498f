"""A table becomes cases once, wholly or not at all, and nothing that editors wrote is lost."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest

from scorecard.contribute.importing import import_table
from scorecard.contribute.tables import read_table
from scorecard.errors import ContentError, Problem, UsageError
from tests.contribute.workbooks import Cell, write_workbook

HERE = Path(__file__).parent
MAPPINGS = HERE.parents[1] / "content" / "mappings"
# Rows of the Consumer Complaint Database (a US government work in the public domain) with words
# instead of narrative, state, ZIP code and tags.
SAMPLE = HERE / "cfpb_sample"

MAPPING = """\
prefix: letters
id: Number
cases: rules.yaml
companies: names.yaml
columns: {company: Company, said: What happened, day: Day, ended: Ended}
dates: {day: YYYY-MM-DD, ended: YYYY-MM-DD}
"""
RULES = """\
values: {said: [no answer, answered, rude]}
tables:
  wanted: {of: said, otherwise: answer, table: {rude: decision}}
case:
  title: "Letter to $company"
  wanted: $wanted
  source: {kind: published, record: $record}
timeline:
  - write: {at: $day, event: contact, channel: letter}
  - when: {said: [answered, rude]}
    in_order: [day, ended]
    write: {at: $ended, event: reply}
  - when: {said: [answered, rude]}
    out_of_order: [day, ended]
    write: {event: reply, note: It is dated $ended.}
"""
NAMES = """\
country: NL
companies:
  noord: {name: Noord & Co., sector: shops, spellings: [Noord Holding BV]}
  zuid: {name: Zuid, sector: shops}
"""
HEADINGS = "Number,Company,What happened,Day,Ended\n"
ROW = "7,Zuid,no answer,2024-02-03,\n"


@pytest.fixture
def content(tmp_path: Path) -> Path:
    mappings = tmp_path / "content" / "mappings"
    mappings.mkdir(parents=True)
    for name, text in (("letters", MAPPING), ("rules", RULES), ("names", NAMES)):
        (mappings / f"{name}.yaml").write_text(text, "utf-8")
    return tmp_path / "content"


def mapping(content: Path, old: str = "", new: str = "", name: str = "letters") -> Path:
    path = content / "mappings" / f"{name}.yaml"
    path.write_text(path.read_text("utf-8").replace(old, new), "utf-8")
    return content / "mappings" / "letters.yaml"


def table(content: Path, text: str, name: str = "letters.csv", encoding: str = "utf-8") -> Path:
    path = content.parent / name
    path.write_bytes(text.encode(encoding))
    return path


def case(content: Path, name: str) -> str:
    return (content / "cases" / f"{name}.yaml").read_text("utf-8")


def files(folder: Path) -> dict[str, str]:
    paths = [path for part in ("cases", "companies") for path in (folder / part).rglob("*.*")]
    return {path.relative_to(folder).as_posix(): path.read_text("utf-8") for path in paths}


def problems(content: Path, rows: Path, mapping_file: Path | None = None) -> tuple[Problem, ...]:
    with pytest.raises(ContentError) as error:
        import_table(rows, mapping_file or mapping(content), content)
    assert files(content) == {}, "nothing is half-written"
    return error.value.problems


def test_a_row_becomes_a_case_and_its_company(content: Path) -> None:
    report = import_table(table(content, HEADINGS + ROW), mapping(content), content)
    assert (report.read, report.written, report.companies, report.skipped) == (1, 1, 1, ())
    assert case(content, "zuid/letters-7").splitlines() == [
        "# yaml-language-server: $schema=../../../schema/case.schema.json",
        "title: Letter to Zuid",
        "wanted: answer",
        "source: {kind: published, record: '7'}",
        "timeline:",
        "  - {at: 2024-02-03, event: contact, channel: letter}",
    ]
    assert (content / "companies" / "zuid.yaml").read_text("utf-8").splitlines()[1:] == [
        "name: Zuid",
        "sector: shops",
        "country: NL",
    ]


def test_run_twice_it_writes_nothing_new(content: Path) -> None:
    rows = table(content, HEADINGS + ROW)
    import_table(rows, mapping(content), content)
    before = files(content)
    report = import_table(rows, mapping(content), content)
    assert (report.written, report.unchanged, report.companies) == (0, 1, 0)
    assert files(content) == before


def test_a_dry_run_says_what_it_would_do_and_writes_nothing(content: Path) -> None:
    rows = table(content, HEADINGS + ROW)
    assert import_table(rows, mapping(content), content, dry_run=True).written == 1
    assert files(content) == {}


def test_an_edited_case_and_company_are_never_overwritten(content: Path) -> None:
    rows = table(content, HEADINGS + ROW)
    import_table(rows, mapping(content), content)
    edited = content / "cases" / "zuid" / "letters-7.yaml"
    edited.write_text("title: Put right by an editor\n", "utf-8")
    (content / "companies" / "zuid.yaml").write_text("name: De Zuid\n", "utf-8")
    before = files(content)
    report = import_table(rows, mapping(content), content)
    assert report.skipped == ((2, "edited since: cases/zuid/letters-7.yaml"),)
    assert (report.written, report.unchanged) == (0, 0)
    assert files(content) == before


def test_one_company_under_several_spellings_is_one_company(content: Path) -> None:
    spellings = ["Noord & Co.", "NOORD & CO", "noord holding b.v.", "Noord Holding, BV"]
    rows = "".join(f'{n},"{name}",no answer,2024-02-03,\n' for n, name in enumerate(spellings))
    assert import_table(table(content, HEADINGS + rows), mapping(content), content).companies == 1
    assert len(list((content / "cases" / "noord").iterdir())) == 4


def test_rows_of_other_companies_are_skipped_with_their_name(content: Path) -> None:
    rows = table(content, HEADINGS + ROW + "8,Oost,no answer,2024-02-03,\n")
    report = import_table(rows, mapping(content), content)
    assert report.skipped == ((3, "company not in the mapping: Oost"),)
    assert report.read == report.written + report.unchanged + len(report.skipped) == 2


def test_a_row_that_stands_there_twice_is_one_case(content: Path) -> None:
    rows = table(content, HEADINGS + ROW + ROW + "7,Zuid,answered,2024-02-03,\n")
    report = import_table(rows, mapping(content), content)
    assert report.skipped == (
        (3, "duplicate of row 2"),
        (4, "duplicate of row 2 by its id, but with other cells"),
    )
    assert report.written == 1


def test_without_numbers_a_row_is_known_by_its_cells_in_any_order(content: Path) -> None:
    without = mapping(content, "id: Number\n")
    import_table(table(content, HEADINGS + ROW + ROW), without, content)
    (path,) = (content / "cases" / "zuid").iterdir()
    turned = "Day,Ended,Number,Company,What happened\n2024-02-03,,7,Zuid,no answer\n"
    report = import_table(table(content, turned), without, content)
    assert (report.written, report.unchanged) == (0, 1)
    digest = path.stem.removeprefix("letters-")
    assert len(digest) == 10
    assert f"record: row {digest}" in path.read_text("utf-8")


@pytest.mark.parametrize(
    ("order", "written"),
    [
        ("YYYY-MM-DD", "2024-02-03"),
        ("M/D/YYYY", "2/3/2024"),
        ("M/D/YYYY", "02/03/2024"),
        ("D/M/YYYY", "3/2/2024"),
        ("D-M-YYYY", "03-02-2024"),
        ("D.M.YYYY", "3.2.2024"),
    ],
)
def test_dates_are_read_in_the_order_that_the_mapping_names(
    content: Path, order: str, written: str
) -> None:
    named = mapping(content, "day: YYYY-MM-DD", f"day: {order}")
    import_table(table(content, HEADINGS + ROW.replace("2024-02-03", written)), named, content)
    assert "{at: 2024-02-03, event: contact" in case(content, "zuid/letters-7")


def test_mixed_date_orders_are_told_in_one_message_with_their_rows(content: Path) -> None:
    days = ["3/2/2024", "2/13/2024", "28/2/2024", "2/29/2024 10:15", "2024-03-01", "2024-04", ""]
    rows = "".join(f"{n},Zuid,no answer,{day},\n" for n, day in enumerate(days))
    named = mapping(content, "day: YYYY-MM-DD", "day: D/M/YYYY")
    (problem,) = problems(content, table(content, HEADINGS + rows), named)
    assert (problem.line, problem.key) == (3, "Day")
    assert problem.found == (
        "'2/13/2024', which can only be M/D/YYYY; so can 2 of 6 dates in this column, in row 3, 5"
    )
    assert problem.expected == "dates written D/M/YYYY"
    assert "either" in problem.hint


def test_a_column_wholly_in_another_order_is_told_as_a_mistake_in_the_mapping(
    content: Path,
) -> None:
    rows = "".join(f"{n},Zuid,no answer,2/{n}/2024,\n" for n in range(1, 29))
    named = mapping(content, "day: YYYY-MM-DD", "day: D/M/YYYY")
    (problem,) = problems(content, table(content, HEADINGS + rows), named)
    assert "in row 14, 15, 16, 17, 18, 19, 20, 21, 22, 23 and 6 more" in problem.found
    assert problem.hint.startswith("All of them can be M/D/YYYY")


def test_what_is_no_date_in_any_order_is_told_once(content: Path) -> None:
    rows = "".join(f"{n},Zuid,no answer,30/2/2024,\n" for n in range(3))
    named = mapping(content, "day: YYYY-MM-DD", "day: D/M/YYYY")
    (problem,) = problems(content, table(content, HEADINGS + rows), named)
    assert (problem.line, problem.key, problem.found) == (2, "Day", "'30/2/2024'")
    assert problem.expected == "a date written D/M/YYYY"
    assert problem.hint == "The same in 2 more rows."


def test_a_workbook_gives_the_same_case_with_its_dates_in_any_order(content: Path) -> None:
    import_table(table(content, HEADINGS + ROW), mapping(content), content)
    rows: list[list[Cell]] = [[*HEADINGS.strip().split(",")]]
    rows.append([7, "Zuid", "no answer", date(2024, 2, 3), None])
    path = write_workbook(content.parent / "a.xlsx", {"Notes": [["x"]], "Letters": rows})
    mapping(content, "id: Number", "id: Number\nsheet: Letters")
    again = import_table(path, mapping(content, "day: YYYY-MM-DD", "day: D/M/YYYY"), content)
    assert (again.written, again.unchanged, again.skipped) == (0, 1, ())


@pytest.mark.parametrize(
    ("cell", "written"),
    [
        ("49", "49 EUR"),
        ("49.5", "49.50 EUR"),
        ("49,50", "49.50 EUR"),
        ('"1.250,50"', "1250.50 EUR"),
        ('"1,250.50"', "1250.50 EUR"),
        ('"1,250"', "1250 EUR"),
        ("€ 12.000.000", "12000000 EUR"),
        ("12 EUR", "12 EUR"),
    ],
)
def test_money_is_a_number_with_the_currency_that_the_mapping_names(
    content: Path, cell: str, written: str
) -> None:
    mapping(content, "wanted: $wanted", "wanted: $wanted\n  amount: $paid", "rules")
    for currency in ("EUR", "$currency"):
        path = mapping(content, "dates:", f"money: {{paid: {currency}}}\ndates:")
        mapping(content, "day: Day,", "day: Day, paid: Paid, currency: Currency,")
        cell = cell if cell.startswith('"') else f'"{cell}"'
        rows = HEADINGS.replace("\n", ",Paid,Currency\n") + ROW.replace("\n", f",{cell},EUR\n")
        import_table(table(content, rows), path, content)
        assert f"amount: {written}\n" in case(content, "zuid/letters-7")
        (content / "cases" / "zuid" / "letters-7.yaml").unlink()
        mapping(content, "money: {paid: EUR}\n", "")
        mapping(content, "paid: Paid, currency: Currency,", "")


@pytest.mark.parametrize(
    "cell", ["about 5", "0.125", "1.234.56", "-5", "5 USD", "1,2345", "1.00.0"]
)
def test_what_is_no_sum_stops_the_import(content: Path, cell: str) -> None:
    mapping(content, "day: Day,", "day: Day, paid: Paid,")
    path = mapping(content, "dates:", "money: {paid: EUR}\ndates:")
    rows = HEADINGS.replace("\n", ",Paid\n") + ROW.replace("\n", f',"{cell}"\n')
    (problem,) = problems(content, table(content, rows), path)
    assert (problem.key, problem.found) == ("Paid", f"'{cell}'")


def test_words_for_yes_and_no_and_small_letters(content: Path) -> None:
    named = mapping(
        content, "dates:", "lower: [said]\nyes_no: {got: {yes: [ja], no: [nee]}}\ndates:"
    )
    mapping(content, "day: Day,", "day: Day, got: Got,")
    mapping(content, "channel: letter}", "channel: letter, reached: $got}", "rules")
    rows = ["1,Zuid,No Answer,2024-02-03,,JA\n", "2,Zuid,RUDE,2024-02-03,,nee\n"]
    rows += ["3,Zuid,rude,2024-02-03,,\n"]
    heads = HEADINGS.replace("\n", ",Got\n")
    import_table(table(content, heads + "".join(rows)), named, content)
    assert "channel: letter, reached: true}" in case(content, "zuid/letters-1")
    assert "channel: letter, reached: false}" in case(content, "zuid/letters-2")
    assert "channel: letter}" in case(content, "zuid/letters-3")
    with pytest.raises(ContentError) as error:
        import_table(table(content, heads + "4,Zuid,rude,2024-02-03,,perhaps\n"), named, content)
    assert error.value.problems[0].expected == "one of 'ja', 'nee'"


def test_merged_headings_saved_as_csv_are_told_in_one_message(content: Path) -> None:
    text = "Number,Contact,,,Reply,\n,company,what,day,day,hour\n1,Zuid,rude,2024-02-03,,\n"
    (problem,) = problems(content, table(content, text))
    assert (problem.line, problem.found) == (1, "no heading above the values of column C, D, F")


def test_of_fifty_columns_the_message_of_a_missing_one_stays_short(content: Path) -> None:
    names = [f"Column {n}" for n in range(45)]
    text = HEADINGS.replace("Day", "Date").strip() + "," + ",".join(names) + "\n"
    (problem,) = problems(content, table(content, text + ROW.strip() + "," * 45 + "\n"))
    assert problem.key == "columns.day"
    assert problem.expected.endswith("'Column 6' and 38 more")


def test_a_value_that_the_mapping_does_not_know_stops_the_import(content: Path) -> None:
    rows = table(content, HEADINGS + ROW + "8,Zuid,shrugged,2024-02-03,\n")
    (problem,) = problems(content, rows)
    assert (problem.file, problem.line, problem.key) == (rows.as_posix(), 3, "What happened")
    assert problem.expected == "one of 'no answer', 'answered', 'rude'"


def test_what_a_cell_does_not_say_is_left_out(content: Path) -> None:
    rows = "1,Zuid,answered,2024-02-03,\n2,Zuid,rude,2024-02-03,2024-02-01\n"
    import_table(table(content, HEADINGS + rows), mapping(content), content)
    assert case(content, "zuid/letters-1").endswith("  - {event: reply}\n")
    against = case(content, "zuid/letters-2")
    assert against.endswith("  - {event: reply, note: It is dated 2024-02-01.}\n")
    assert "wanted: decision" in against


def test_a_missing_column_is_named_with_the_nearest_one(content: Path) -> None:
    rows = table(content, HEADINGS.replace("What happened", "what_happened") + ROW)
    (problem,) = problems(content, rows)
    assert problem.file.endswith("mappings/letters.yaml")
    assert (problem.line, problem.key) == (5, "columns.said")
    assert problem.found == f"the column 'What happened', which {rows.as_posix()} does not have"
    assert problem.hint == "Did you mean 'what_happened'?"


def test_a_case_that_check_would_refuse_is_refused_before_anything_is_written(
    content: Path,
) -> None:
    private = mapping(content, "Letter to $company", "Letter to someone@example.org", "rules")
    (problem,) = problems(content, table(content, HEADINGS + ROW), private)
    assert (problem.line, problem.key) == (2, "title")
    assert problem.expected == "no personal data"


@pytest.mark.parametrize(
    ("name", "old", "new", "key"),
    [
        ("letters", "prefix:", "prefx:", "prefx"),
        ("letters", "names.yaml", "nobody.yaml", "companies"),
        ("letters", "company: Company", "firm: Company", "columns"),
        ("rules", "of: said", "of: sad", "tables.wanted.of"),
        ("rules", "at: $day", "at: $date", "timeline[0]"),
        ("rules", "Letter to $company", "Costs 5$", "case.title"),
        ("names", "name: Zuid", "name: Noord Holding B.V.", "companies.zuid"),
    ],
)
def test_a_mistake_in_the_mapping_is_shown_at_its_place(
    content: Path, name: str, old: str, new: str, key: str
) -> None:
    changed = mapping(content, old, new, name)
    found = problems(content, table(content, HEADINGS + ROW), changed)
    assert key in {problem.key for problem in found}
    assert all(problem.file.endswith(".yaml") for problem in found)


def test_windows_1252_is_refused_with_its_place(content: Path) -> None:
    rows = table(content, HEADINGS + ROW + "8,Café,no answer,2024-02-03,\n", encoding="cp1252")
    (problem,) = problems(content, rows)
    assert (problem.line, problem.column) == (3, 6)
    assert "0xe9" in problem.found
    assert "Windows-1252" in problem.hint


@pytest.mark.parametrize(
    ("name", "text", "encoding"),
    [
        ("a.csv", HEADINGS + ROW, "utf-8-sig"),
        ("a.csv", (HEADINGS + ROW).replace(",", ";").replace("\n", "\r\n"), "utf-8"),
        ("a.TSV", (HEADINGS + ROW).replace(",", "\t"), "utf-8"),
        (
            "a.jsonl",
            json.dumps(
                {
                    "Number": 7,
                    "Company": " Zuid ",
                    "What happened": "no answer",
                    "Day": "2024-02-03",
                    "Ended": None,
                }
            ),
            "utf-8",
        ),
    ],
)
def test_the_same_row_is_the_same_case_from_every_kind_of_table(
    content: Path, name: str, text: str, encoding: str
) -> None:
    import_table(table(content, HEADINGS + ROW), mapping(content), content)
    again = import_table(table(content, text, name, encoding), mapping(content), content)
    assert (again.written, again.unchanged, again.skipped) == (0, 1, ())


def test_numbers_of_rows_are_those_of_a_spreadsheet_and_lines_those_of_the_file(
    content: Path,
) -> None:
    rows = table(content, 'A,B\n1,"two\nlines\u2028of it"\n\n2,3\n')
    assert [(row.number, row.line) for row in read_table(rows).rows] == [(2, 2), (4, 5)]


@pytest.mark.parametrize(
    ("name", "text", "line"),
    [
        ("a.csv", "", 1),
        ("a.csv", "A,B,A\n", 1),
        ("a.csv", "A,B\n1,2\n1,2,3\n", 3),
        ("a.csv", 'A,B\n1,2\n1,"2\n', 3),
        ("a.jsonl", '{"A": 1}\n[1]\n', 2),
        ("a.jsonl", '{"A": 1}\n\n{"A": {"B": 1}}\n', 3),
        ("a.jsonl", '{"A": 1\n', 1),
    ],
)
def test_a_table_that_cannot_be_read_says_where(
    content: Path, name: str, text: str, line: int
) -> None:
    (problem,) = problems(content, table(content, text, name))
    assert problem.line == line


def test_wrong_use_is_said_in_words(content: Path) -> None:
    for rows in (content / "nothing.csv", table(content, "", "a.ods")):
        with pytest.raises(UsageError, match=r"no table|\.csv, \.tsv"):
            import_table(rows, mapping(content), content)
    with pytest.raises(UsageError, match="no mapping"):
        import_table(table(content, ROW), content / "none.yaml", content)
    with pytest.raises(UsageError, match=r"no content folder '.*none'"):
        import_table(table(content, ROW), mapping(content), content / "none")


def test_rows_of_the_register_become_the_cases_that_the_project_means(tmp_path: Path) -> None:
    for shape in ("2012-2026", "2013-2017"):
        rows = SAMPLE / f"complaints-{shape}.csv"
        import_table(rows, MAPPINGS / f"cfpb-{shape}.yaml", tmp_path)
    made = files(tmp_path)
    assert made == files(SAMPLE / "expected")
    assert not any(word in text for text in made.values() for word in ("NARRATIVE", "ZIP", "TAGS"))
