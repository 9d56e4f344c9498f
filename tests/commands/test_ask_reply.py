"""The letter to a company is whole, honest about what it can do, and a draft that nobody can misuse."""

from __future__ import annotations

import email
import email.policy
import json
import re
from collections.abc import Callable
from datetime import date
from email.message import EmailMessage
from pathlib import Path

import pytest

from scorecard.cli import main
from scorecard.commands.ask_reply import draft
from scorecard.compose.letter import Letter
from scorecard.load.content import load_content
from scorecard.texts import plain
from tests.conftest import SMALL
from tests.support.build import CASE, content_folder

Asked = Callable[..., str]
TELECOM = "invented-telecom"
DAY = "2026-07-20"
HOSTILE = [
    "Firm\u2028Bcc: everyone",
    "Firm\r\nBcc: everyone\r\n\r\n<b>x</b>",
    "Firm\nBcc: everyone",
    "=?utf-8?q?Firm=0D=0ABcc=3A_everyone?=",
    "=?utf-8?b?RmlybQpCY2M6IGV2ZXJ5b25l?=",
    'Firm, <everyone>; "x"',
    "Ünïcode 株式会社 " * 20,
]
HEADERS = {
    "Subject",
    "To",
    "X-Unsent",
    "MIME-Version",
    "Content-Type",
    "Content-Transfer-Encoding",
    "Content-Language",
}


@pytest.fixture
def asked(capsys: pytest.CaptureFixture[str]) -> Asked:
    """What the command prints."""

    def told(*arguments: str, content: Path = SMALL) -> str:
        day = () if "--as-of" in arguments else ("--as-of", DAY)
        assert main(["ask-reply", *arguments, *day, "--content", str(content)]) == 0
        return capsys.readouterr().out

    return told


def drafted(path: Path) -> EmailMessage:
    mail = email.message_from_bytes(path.read_bytes(), policy=email.policy.default)
    assert isinstance(mail, EmailMessage)
    return mail


def words(text: str) -> str:
    return " ".join(text.split())


def test_a_letter_has_all_that_a_company_needs(asked: Asked) -> None:
    told = words(asked(TELECOM, "--case", "answered-3"))
    for part in (
        "Invented Telecom & Sons: your reply to 1 case on A Small Scorecard",
        "1. Invented question 3",
        "https://small.example/score/cases/invented-telecom/answered-3/",
        "From March 5, 2026, 10:00 to March 20, 2026.",
        "Responsiveness: 89.2 of 100. Follow-through: 68.8 of 100. Free of refund friction: no score.",
        "- Completely solved: It was partly solved.",
        "https://small.example/score/companies/invented-telecom/",
        "Invented Telecom & Sons gets grade B",
        "https://github.com/invented/scorecard/issues/new?template=company-reply.yml",
        "word for word and whole",
        "nothing on this site is for sale",
        "We suggest that you reply by August 3, 2026. That is a suggestion",
        "reply: {asked: 2026-07-20}",
    ):
        assert part in told, part
    assert re.search(r"Responsiveness: [\d.]+ of 100, between [\d.]+ and [\d.]+\.", told)


def test_a_host_without_such_forms_is_not_named(asked: Asked, small_content: Path) -> None:
    path = small_content / "site.yaml"
    path.write_text(path.read_text("utf-8").replace("https://github.com/", "https://code.example/"))
    told = words(asked(TELECOM, content=small_content))
    assert "Answer this letter, and say which case you mean." in told
    assert "code.example" not in told


def test_it_asks_about_every_case_that_has_no_reply_and_was_not_asked_about(asked: Asked) -> None:
    told = asked(TELECOM)
    about = re.findall(r"/cases/invented-telecom/([\w-]+)/$", told, re.M)
    assert about == [f"answered-{n}" for n in range(1, 8)]
    noted = re.findall(r"cases/invented-telecom/([\w-]+)\.yaml$", told, re.M)
    assert noted == about
    again = asked("invented-silent", "--case", "invented-silent/no-word")
    assert "no-word" in again
    assert "not part of the letter" not in again
    assert asked("invented-silent").startswith("Nothing to ask")


def test_the_lines_to_add_are_what_a_case_takes(asked: Asked, small_content: Path) -> None:
    told = asked(TELECOM, "--as-of", "2026-08-01", content=small_content)
    noted = re.findall(r"^  (\S+\.yaml)\n  (reply: .+)$", told, re.M)
    assert len(noted) == 7
    for place, line in noted:
        with Path(place).open("a", encoding="utf-8") as file:
            file.write(line + "\n")
    cases = {case.id: case for case in load_content(small_content).cases}
    reply = cases["invented-telecom/answered-1"].reply
    assert reply
    assert reply.asked
    assert reply.asked.first.date() == date(2026, 8, 1)
    assert asked(TELECOM, "--as-of", "2026-08-01", content=small_content).startswith(
        "Nothing to ask"
    )


def test_without_a_day_it_is_of_today_so_that_no_deadline_is_over(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("scorecard.commands.ask_reply.today", lambda: date(2031, 3, 1))
    assert main(["ask-reply", TELECOM, "--case", "answered-3", "--content", str(SMALL)]) == 0
    told = words(capsys.readouterr().out)
    assert "reply by March 15, 2031" in told
    assert "you were asked on March 1, 2031" in told
    assert "reply: {asked: 2031-03-01}" in told


def test_it_knows_a_company_and_its_cases_by_old_names(asked: Asked) -> None:
    assert asked("invented-phone") == asked(TELECOM)
    for case in ("invented-phone/answered-3", f"{TELECOM}/answered-3", "answered-3"):
        assert asked("invented-phone", "--case", case) == asked(TELECOM, "--case", "answered-3")


def test_it_speaks_dutch_and_leads_to_the_dutch_pages(asked: Asked) -> None:
    told = words(asked(TELECOM, "--language", "nl", "--case", "answered-3"))
    assert "uw reactie op 1 dossier" in told
    assert "/score/nl/cases/invented-telecom/answered-3/" in told
    assert "Wij stellen voor dat u uiterlijk 3 augustus 2026 reageert." in told
    for english in ("of 100", "We suggest", "between", "Your reply"):
        assert english not in told


def test_a_draft_is_a_mail_from_nobody_to_the_companys_own_address(
    asked: Asked, tmp_path: Path
) -> None:
    path = tmp_path / "letter.eml"
    told = asked(TELECOM, "--case", "answered-1", "--eml", str(path), "--language", "nl")
    assert "help@telecom.example" in told
    mail = drafted(path)
    assert mail["To"] == "help@telecom.example"
    assert mail["From"] is None
    assert mail["Date"] is None
    assert mail["Content-Language"] == "nl"
    assert "Invented Telecom & Sons: uw reactie op 1 dossier" in mail["Subject"]
    text = mail.get_content()
    assert text.startswith("Aan Invented Telecom & Sons,")
    assert "reply: {asked" not in text
    assert max(len(line) for line in text.splitlines()) <= 90


def test_without_an_address_the_draft_is_to_nobody(asked: Asked, tmp_path: Path) -> None:
    path = tmp_path / "letter.eml"
    told = asked("invented-air", "--eml", str(path))
    assert "names no e-mail address" in told
    assert drafted(path)["To"] is None


@pytest.mark.parametrize("name", HOSTILE)
def test_no_name_adds_a_header(name: str, tmp_path: Path) -> None:
    """Neither one in the content, where it is allowed, nor one that got past its check."""
    title = json.dumps(name[:100] if name.isprintable() else "T")
    files: dict[str, str | bytes] = {
        "companies/acme.yaml": f"name: {title}\nsector: telecom\ncontact: {{email: [care@acme.example]}}\n",
        "cases/acme/one.yaml": CASE.replace("A call that was answered", title),
    }
    path = tmp_path / "letter.eml"
    content = content_folder(tmp_path, files)
    assert main(["ask-reply", "acme", "--eml", str(path), "--content", str(content)]) == 0
    whole(path.read_bytes())
    company = load_content(content).companies["acme"]
    whole(draft(Letter(plain(name), name), company, "en").as_bytes())


def whole(mail: bytes) -> None:
    """A mail with the headers that it should have, and one recipient."""
    read = email.message_from_bytes(mail, policy=email.policy.default)
    assert set(read.keys()) == HEADERS
    assert [address.addr_spec for address in read["To"].addresses] == ["care@acme.example"]
    head = mail.partition(b"\r\n\r\n")[0]
    assert not re.search(rb"(?m)^Bcc", head)


@pytest.mark.parametrize(
    ("address", "code"),
    [("care@", 2), ("care at acme", 2), ("care@acme.example", 0)],
)
def test_what_is_no_address_is_refused(
    address: str, code: int, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    company = f"name: Acme\nsector: telecom\ncontact: {{email: [{address}]}}\n"
    content = content_folder(tmp_path, {"companies/acme.yaml": company})
    path = tmp_path / "x.eml"
    assert main(["ask-reply", "acme", "--eml", str(path), "--content", str(content)]) == code
    assert path.exists() == (code == 0)
    assert ("is no e-mail address" in capsys.readouterr().err) == (code == 2)


@pytest.mark.parametrize(
    ("arguments", "hint"),
    [
        (["invented-telecon"], "Did you mean 'invented-telecom'?"),
        ([TELECOM, "--case", "answerd-1"], "Did you mean 'answered-1'?"),
        ([TELECOM, "--case", "withdrawn"], "no scored case 'withdrawn'"),
    ],
)
def test_what_is_not_there_is_wrong_use(
    arguments: list[str], hint: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["ask-reply", *arguments, "--content", str(SMALL)]) == 2
    assert hint in capsys.readouterr().err


def test_a_file_that_is_there_is_left_alone(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "letter.eml"
    path.write_text("mine")
    assert main(["ask-reply", TELECOM, "--eml", str(path), "--content", str(SMALL)]) == 2
    assert path.read_text() == "mine"
    assert (
        main(["ask-reply", TELECOM, "--eml", str(tmp_path / "no/x.eml"), "--content", str(SMALL)])
        == 3
    )
    assert "Traceback" not in capsys.readouterr().err
