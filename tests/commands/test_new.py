"""`new` writes a case that passes `check`, or nothing; nothing personal of a mail thread is in it."""

from __future__ import annotations

import io
import os
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

from scorecard.cli import main
from scorecard.commands import new
from tests.conftest import ROOT
from tests.support.mails import PERSONAL, SUBJECT, THEM, Answerer, mail, mbox

# A whole dialogue, with the mistakes that people make: each line is an answer.
DIALOGUE = """\
invented telecm
yes
refnd
refund
180
180.00 EUR

promise
2099-01-01
2025-01-02 10:00
a call from jan@mail.example
a call
2024-12-01

2 days

yes

contact
2025-01-01 09:00
email
n
answ
no

3 mins
3 min

done
A modem that was charged twice
In my own words: it took long.
4
described
bill, screenshot


blue heron
blue-heron

yes
No Capitals
charged-twice
"""


@pytest.fixture
def files(small_content: Path) -> dict[Path, bytes]:
    return snapshot(small_content)


def snapshot(folder: Path) -> dict[Path, bytes]:
    return {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def written(folder: Path, before: dict[Path, bytes]) -> dict[str, str]:
    """The files that are new; those that were there are as they were."""
    now = snapshot(folder)
    assert {path: now.get(path) for path in before} == before
    return {
        path.relative_to(folder).as_posix(): data.decode()
        for path, data in now.items()
        if path not in before
    }


def typed(monkeypatch: pytest.MonkeyPatch, content: Path, text: str, *more: str) -> int:
    monkeypatch.setattr(sys, "stdin", io.StringIO(text))
    return main(["new", "--content", str(content), *more])


def answered(monkeypatch: pytest.MonkeyPatch, content: Path, answerer: Answerer, *more: str) -> int:
    monkeypatch.setattr(new, "Terminal", lambda: answerer)
    return main(["new", "--content", str(content), "--company", "invented-telecom", *more])


def answers(**more: str | list[str]) -> Answerer:
    least: dict[str, str | list[str]] = {"wanted": "refund", "title": "It took long"}
    return Answerer(**least, **{"what_happened": "done", "what_else": "done", **more})


def timeline(text: str) -> list[dict[str, str]]:
    events: list[dict[str, str]] = yaml.load(text, Loader=yaml.BaseLoader)["timeline"]  # noqa: S506 - makes texts only
    return events


def test_a_whole_dialogue_writes_a_case_that_passes_check(
    small_content: Path,
    files: dict[Path, bytes],
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert typed(monkeypatch, small_content, DIALOGUE) == 0
    out = capsys.readouterr().out
    for word in (
        "Did you mean 'refund'?",
        "expected an amount with its currency, like 180.00 EUR",
        "expected a time that is not in the future",
        "found an e-mail address ('jan…')".capitalize(),
        "due before it was made",
        "expected a duration of at most 20 years",
        "expected a pseudonym of letters, digits, - and _, without spaces",
        "expected small letters, digits and single hyphens",
        "pull request",
        "No problems: ",
    ):
        assert word in out, word
    [(name, text)] = written(small_content, files).items()
    assert name == "cases/invented-telecom/charged-twice.yaml"
    assert text in out
    case = yaml.load(text, Loader=yaml.BaseLoader)  # noqa: S506 - makes texts only
    assert case == {
        "title": "A modem that was charged twice",
        "wanted": "refund",
        "amount": "180.00 EUR",
        "source": {"kind": "first-hand"},
        "evidence": {"level": "described", "items": ["bill", "screenshot"]},
        "contributor": "blue-heron",
        "summary": "In my own words: it took long.",
        "timeline": [
            {"at": "2025-01-01 09:00", "event": "contact", "channel": "email", "reached": "false",
             "asks": "answer", "same_matter": "false", "waited": "3 min"},
            {"at": "2025-01-02 10:00", "event": "promise", "what": "a call", "within": "2 days",
             "kept": "true"},
        ],
        "effort": "4",
    }  # fmt: skip
    assert main(["check", str(small_content / name)]) == 0


def test_whenever_the_answers_end_nothing_is_written(
    small_content: Path, files: dict[Path, bytes], monkeypatch: pytest.MonkeyPatch
) -> None:
    lines = DIALOGUE.splitlines(keepends=True)
    for end in range(0, len(lines), 3):
        assert typed(monkeypatch, small_content, "".join(lines[:end])) == 2, end
        assert written(small_content, files) == {}


def test_nothing_is_written_where_the_answer_is_no(
    small_content: Path,
    files: dict[Path, bytes],
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    no = answers(what_happened=["lost", "done"], shall_it_be_written="no")
    assert answered(monkeypatch, small_content, no) == 2
    assert capsys.readouterr().err == "Nothing was written.\n"
    assert written(small_content, files) == {}


def test_a_new_company_is_written_with_its_first_case(
    small_content: Path, files: dict[Path, bytes], monkeypatch: pytest.MonkeyPatch
) -> None:
    dialogue = "Zéér Goed & Co\n\n\nair\n\nrepair\n\n\nlost\n\n\ndone\nIt is lost\n" + "\n" * 8
    assert typed(monkeypatch, small_content, dialogue) == 0
    new_files = written(small_content, files)
    assert set(new_files) == {"companies/zeer-goed-co.yaml", "cases/zeer-goed-co/repair.yaml"}
    assert "name: Zéér Goed & Co\nsector: airlines\n" in new_files["companies/zeer-goed-co.yaml"]


def test_addresses_are_new_and_nothing_is_overwritten(
    small_content: Path, files: dict[Path, bytes], monkeypatch: pytest.MonkeyPatch
) -> None:
    for address in ("", "", "flight-7"):
        one = answers(
            what_happened=["lost", "done"],
            at="2025-01",
            what_shall_the_case=["answered-1", address] if address else "",
        )
        assert answered(monkeypatch, small_content, one) == 0
        assert ("There is a case" in one.told) == bool(address)
    names = ("refund-2025", "refund-2025-2", "flight-7")
    assert set(written(small_content, files)) == {f"cases/invented-telecom/{n}.yaml" for n in names}


def test_a_case_that_check_refuses_leaves_nothing_behind(
    small_content: Path,
    files: dict[Path, bytes],
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    long = answers(what_happened=[*["lost"] * 40, "done"], note="x" * 2000)
    assert answered(monkeypatch, small_content, long) == 1
    assert "expected at most 65,536 bytes" in capsys.readouterr().err
    assert written(small_content, files) == {}
    assert not (small_content / "cases/invented-telecom/.refund.yaml.new").exists()


def test_a_company_that_is_not_there_is_told_with_the_nearest(
    small_content: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["new", "--content", str(small_content), "--company", "invented-telecon"]) == 2
    assert "Did you mean 'invented-telecom'?" in capsys.readouterr().err


def test_a_thread_becomes_a_timeline_without_anything_personal(
    tmp_path: Path,
    small_content: Path,
    files: dict[Path, bytes],
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    box = mbox(
        tmp_path / "thread.mbox",
        mail("Mon, 3 Feb 2025 09:12:00 +0000", "It is broken. Call 06-12345678.\n-- \nKees"),
        mail("Mon, 3 Feb 2025 09:13:00 +0000", "Dear Kees, got it.", False,
             headers="Auto-Submitted: auto-replied"),
        mail("Thu, 6 Feb 2025 09:00:00 +0100", "We will call you, Kees. Femke", False),
        mail("Mon, 10 Feb 2025 09:00:00 +0100", "Nobody called."),
        mail("Mon, 10 Feb 2025 10:00:00 +0100", "Newsletter", False, headers="List-Id: news"),
        mail("Wed, 12 Feb 2025 09:00:00 +0100", "Money is on its way.", False),
        mail("Thu, 13 Feb 2025 09:00:00 +0100", "How did we do?", False),
    )  # fmt: skip
    person = answers(
        what_is_it=["", "", "leave", "", ""],
        what_else=["contact", "done"],
        what_happened="done",
        at=["", "", "2025-02-08"],
        channel="phone",
        by=["person", "person"],
        answer=["partial", "full"],
        told_again="yes",
        promises_within="2 days",
        was_a_promise=["yes", "no"],
        what_what="a call",
        due="2025-02-07",
        kept_was="no",
        did_anything_else=["", "refund"],
        and_anything_else=["", "closed", ""],
        decision="granted",
        solved="full",
        note=["it was Kees Voorbeeld", *[""] * 30],
    )
    assert answered(monkeypatch, small_content, person, "--from", str(box)) == 0
    [(name, text)] = written(small_content, files).items()
    assert name == "cases/invented-telecom/refund-2025.yaml"
    assert timeline(text) == [
        {"at": "2025-02-03 10:12", "event": "contact", "channel": "email"},
        {"at": "2025-02-03 10:13", "event": "acknowledgement", "channel": "email",
         "promises_within": "2 days"},
        {"at": "2025-02-06 09:00", "event": "reply", "channel": "email", "by": "person",
         "answer": "partial"},
        {"at": "2025-02-06 09:00", "event": "promise", "what": "a call", "due": "2025-02-07",
         "kept": "false"},
        {"at": "2025-02-08", "event": "contact", "channel": "phone", "told_again": "true"},
        {"at": "2025-02-10 09:00", "event": "contact", "channel": "email", "told_again": "true"},
        {"at": "2025-02-12 09:00", "event": "reply", "channel": "email", "by": "person",
         "answer": "full"},
        {"at": "2025-02-12 09:00", "event": "refund", "decision": "granted"},
        {"at": "2025-02-12 09:00", "event": "closed", "solved": "full"},
        {"at": "2025-02-13 09:00", "event": "survey"},
    ]  # fmt: skip
    assert not [word for word in PERSONAL if word.lower() in (name + text).lower()]
    assert "your own name ('Kee…')" in person.told  # refused, though typed by the person
    assert THEM in person.told
    assert SUBJECT in person.told
    assert "Kees\n" not in person.told.replace("Call 06", "")  # signatures are not shown
    assert main(["check", str(small_content / name)]) == 0


def test_a_quoted_thread_in_one_mail_asks_what_it_cannot_know(
    tmp_path: Path, small_content: Path, files: dict[Path, bytes], monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "one.eml"
    path.write_bytes(
        mail(
            "Wed, 5 Mar 2025 09:00:00 +0100",
            f"Still nothing.\n\nOp 4 maart 2025 om 14:00 schreef Femke <{THEM}>:\n> We are on it now.\n>\n"
            f"> On 3/2/2025 10:12, K. Voorbeeld wrote:\n>> Please mend what you have sold me.\n",
        )
    )
    person = answers(which_is_yours="2", did_you_write="yes", at="2025-03-03 10:12")
    assert answered(monkeypatch, small_content, person, "--from", str(path)) == 0
    [text] = written(small_content, files).values()
    assert [(event["at"], event["event"]) for event in timeline(text)] == [
        ("2025-03-03 10:12", "contact"),
        ("2025-03-04 14:00", "reply"),
        ("2025-03-05 09:00", "contact"),
    ]
    assert not [word for word in PERSONAL if word.lower() in text.lower()]


def test_the_company_may_have_begun_and_the_rest_be_left_out(
    tmp_path: Path, small_content: Path, files: dict[Path, bytes], monkeypatch: pytest.MonkeyPatch
) -> None:
    box = mbox(
        tmp_path / "t.mbox",
        *(mail(f"Mon, 3 Feb 2025 {h}:00:00 +0100", f"Number {h}", h == 11) for h in range(10, 20)),
    )
    person = answers(which_is_yours=["7", "x", "2"], what_is_it=["", "", "stop"])
    assert answered(monkeypatch, small_content, person, "--from", str(box)) == 0
    assert "Found '7'; expected one of 0, 1, 2." in person.told
    [text] = written(small_content, files).values()
    assert [event["event"] for event in timeline(text)] == ["reply", "contact", "reply"]


@pytest.mark.parametrize("name", ["absent.eml", "folder", "diary.eml", "empty.mbox", "large.eml"])
def test_a_file_that_is_no_thread_is_refused_before_any_question(
    name: str,
    tmp_path: Path,
    small_content: Path,
    files: dict[Path, bytes],
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    (tmp_path / "folder").mkdir()
    (tmp_path / "diary.eml").write_text("Dear diary")
    (tmp_path / "empty.mbox").touch()
    with (tmp_path / "large.eml").open("wb") as file:
        file.truncate(30 * 1024 * 1024)
    person = answers()
    assert answered(monkeypatch, small_content, person, "--from", str(tmp_path / name)) == 2
    error = capsys.readouterr().err
    assert name in error
    assert error.count("\n") == 1
    assert person.asked == []
    assert written(small_content, files) == {}


def test_a_terminal_of_another_encoding_gets_no_traceback(
    tmp_path: Path, small_content: Path, files: dict[Path, bytes]
) -> None:
    path = tmp_path / "one.eml"
    path.write_bytes(mail("Mon, 3 Feb 2025 09:12:00 +0000", "Café 😀 – \x1b[2J"))
    command = [
        sys.executable,
        "build.py",
        "new",
        "--content",
        str(small_content),
        "--from",
        str(path),
    ]
    done = subprocess.run(
        command,
        cwd=ROOT,
        input=b"invented-telecom\n\xff\xfe\n\n",
        capture_output=True,
        env={**os.environ, "PYTHONIOENCODING": "ascii"},
        check=False,
    )
    assert done.returncode == 2
    assert done.stderr.decode().strip() == "Stopped. Nothing was written."
    assert b"\x1b" not in done.stdout
    assert written(small_content, files) == {}
