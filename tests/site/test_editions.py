"""Editions: what was cited is still there, byte for byte, whatever happens to the site."""

from __future__ import annotations

import json
import shutil
import subprocess
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from scorecard.cli import main
from scorecard.kept import Kept
from scorecard.render import pages
from tests.conftest import ROOT, freeze
from tests.site.conftest import EDITION as NAME
from tests.site.reading import broken_links, load, tree
from tests.support.build import CASE, CASE_PLACE, SECTORS, content_folder
from tests.support.one_page import Unbuilt, api

Build = Callable[..., Path]


@pytest.fixture
def frozen(june_content: Path, tmp_path: Path) -> Path:
    """A copy of the small content with an edition of June, to change."""
    return Path(shutil.copytree(june_content, tmp_path / "content"))


def below(folder: Path) -> dict[str, bytes]:
    """Every file in a folder, by its place."""
    files = (path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in files}


def test_an_edition_stays_the_same_when_everything_else_changes(
    frozen: Path, june_site: Path, build: Build, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    rubric = (ROOT / "content/rubric.yaml").read_text()
    assert "weight: 1\n" in rubric
    (frozen / "rubric.yaml").write_text(rubric.replace("weight: 1\n", "weight: 3\n", 2))
    case = (frozen / "cases/invented-air/flight.yaml").read_text()
    (frozen / "cases/invented-air/another.yaml").write_text(case)
    templates = Path(shutil.copytree(ROOT / "templates", tmp_path / "templates"))
    base = templates / "base.html"
    base.write_text(base.read_text().replace("<body>", '<body class="changed">'))
    monkeypatch.setattr(pages, "TEMPLATES", templates)
    after = build(frozen, "--as-of", "2026-12-31")

    kept = below(june_site / "editions" / NAME)
    assert len(kept) > 100
    assert below(after / "editions" / NAME) == kept
    live = "companies/invented-air/index.html"
    assert (after / live).read_bytes() != (june_site / live).read_bytes()
    assert b'class="changed"' in (after / live).read_bytes()


def test_an_edition_is_made_of_nothing_that_was_kept_and_throws_none_of_it_away(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    content = content_folder(tmp_path)

    def refused(*_: object) -> bytes:
        raise AssertionError("what was kept is asked for")

    for way in ("piece", "known", "keep"):
        monkeypatch.setattr(Kept, way, refused)
    piece = tmp_path / "kept" / "piece"
    piece.parent.mkdir()
    piece.touch()
    monkeypatch.setattr("scorecard.kept.FOLDER", piece.parent)
    day = ["--as-of", "2026-06-30"]
    assert main(["edition", NAME, "--content", str(content), *day, "--jobs", "1"]) == 0
    assert piece.exists()


def test_an_edition_holds_what_is_cited_at_the_same_addresses(june_site: Path) -> None:
    edition = june_site / "editions" / NAME
    for language in ("", "nl/"):
        for page in (
            "",
            "companies/invented-telecom/",
            "sectors/telecom/",
            "methodology/",
            "data/",
        ):
            assert (edition / language / page / "index.html").is_file(), page
        assert (edition / language / "charts/invented-telecom/reply-time.svg").is_file()
    for file in ("data/scores.csv", "api/v1/index.json", "api/v1/companies/invented-air.json"):
        assert (edition / file).is_file()
    assert not (edition / "cases").exists()
    assert not (edition / "search").exists()
    assert broken_links(june_site) == []


def test_an_edition_says_that_it_is_one_and_leads_to_today(december_site: Path) -> None:
    site = december_site
    place = f"editions/{NAME}/nl/companies/invented-telecom/"
    page = tree(site / place / "index.html")
    base = "https://small.example/score/"
    assert page.xpath("string(//link[@rel='canonical']/@href)") == base + place
    assert "noindex" in page.xpath("string(//meta[@name='robots']/@content)")
    today = page.xpath("string(//*[@class='frozen']//a/@href)")
    assert (site / place / today / "index.html").resolve() == (
        site / "nl/companies/invented-telecom/index.html"
    ).resolve()
    live = tree(site / "nl/companies/invented-telecom/index.html")
    twins = live.xpath("//footer//a[contains(@href, 'editions/')]/@href")
    assert any(href.endswith(place) for href in twins)
    assert place not in (site / "sitemap.xml").read_text()


def test_what_an_edition_links_to_shows_what_it_shows(june_site: Path) -> None:
    """The PNGs of charts are not in it, and those of the live site show other figures."""
    site = june_site
    pictures = sorted((site / "editions" / NAME).glob("charts/*/*.svg"))
    charts = [picture.with_suffix("") / "index.html" for picture in pictures]
    assert len(charts) > 5
    for chart in charts:
        files = [str(href) for href in tree(chart).xpath("//main//p/a/@href")]
        assert [href.rpartition(".")[2] for href in files] == ["svg", "csv", "json"]
        for href in files:
            assert (chart.parent / href).resolve().is_relative_to((site / "editions").resolve())
    live = tree(site / charts[0].relative_to(site / "editions" / NAME))
    assert next(str(h).rpartition(".")[2] for h in live.xpath("//main//p/a/@href")) == "png"


@pytest.mark.parametrize("language", ["", "nl/"])
def test_editions_changes_and_feeds_are_found_from_where_they_are_looked_for(
    june_site: Path, language: str
) -> None:
    site = june_site / language
    foot = "//footer//a/@href"
    for page in ("", "companies/invented-telecom/", "methodology/"):
        assert {"editions/", "changes/"} <= _led_to(site, page, foot)
    assert "changes/" in _led_to(site, "", "//section[@aria-labelledby='changes']//a/@href")
    company = _led_to(
        site, "companies/invented-telecom/", "//section[@aria-labelledby='cite']//a/@href"
    )
    assert {"companies/invented-telecom/feed.xml", "changes/"} <= company
    press = _led_to(site, "journalists/", "//main//a/@href")
    assert {"editions/", "changes/", "feed.xml"} <= press


def _led_to(site: Path, page: str, links: str) -> set[str]:
    """The addresses, without the language, that these links of a page lead to."""
    from urllib.parse import urljoin

    base = f"https://x.example/{page}"
    found = tree(site / page / "index.html").xpath(links)
    return {urljoin(base, str(href)).removeprefix("https://x.example/") for href in found}


def test_an_edition_keeps_the_scores_of_its_day(june_content: Path, december_site: Path) -> None:
    then = api(june_content, "2026-06-30")["companies/invented-air.json"]
    kept = load(december_site / f"editions/{NAME}/api/v1/companies/invented-air.json")
    now = load(december_site / "api/v1/companies/invented-air.json")
    assert kept["scores"] == then["scores"] != now["scores"]
    assert kept["content_sha256"] == now["content_sha256"]


def test_a_case_that_is_withdrawn_is_so_for_readers_of_an_edition(
    frozen: Path, build: Build
) -> None:
    case = frozen / "cases/invented-air/flight.yaml"
    withdrawn = (
        "status: withdrawn\nstatus_date: 2026-07-15\nstatus_note: It was about another company.\n"
    )
    case.write_text(case.read_text() + withdrawn)
    site = build(frozen)
    place = site / f"editions/{NAME}/companies/invented-air"
    links = tree(place / "index.html").xpath(
        "//a[contains(@href, 'cases/invented-air/flight')]/@href"
    )
    assert links
    for link in links:
        page = (place / link.partition("#")[0] / "index.html").resolve()
        assert page == (site / "cases/invented-air/flight/index.html").resolve()
        assert "It was about another company." in page.read_text()


@pytest.mark.skipif(not shutil.which("sha256sum"), reason="sha256sum is not on this machine")
def test_anybody_can_check_an_edition_with_one_command(frozen: Path, june_site: Path) -> None:
    edition = june_site / "editions" / NAME
    check = ["sha256sum", "--check", "--quiet"]
    subprocess.run([*check, "SHA256SUMS"], cwd=edition, check=True)
    listed = [
        line.partition("  ")[2] for line in (edition / "content.sha256").read_text().splitlines()
    ]
    own = [line for line in listed if (frozen / line).exists()]
    assert set(listed) - set(own) == {"rubric.yaml", "calibration.json"}  # the project's own
    for file in ("rubric.yaml", "calibration.json"):
        shutil.copy(ROOT / "content" / file, frozen / file)
    subprocess.run([*check, str(edition / "content.sha256")], cwd=frozen, check=True)
    told = subprocess.check_output(["sha256sum", str(edition / "content.sha256")], text=True)
    assert told.split()[0] == load(june_site / "api/v1/index.json")["content_sha256"]
    assert told.split()[0] in (edition / "index.html").read_text()
    (frozen / "site.yaml").write_text("name: Another\n")
    assert subprocess.run([*check, str(edition / "content.sha256")], cwd=frozen).returncode


def test_the_list_of_editions_names_the_archive_as_it_is(tmp_path: Path) -> None:
    import hashlib

    content = content_folder(tmp_path)
    assert freeze(content, NAME, "--as-of", "2026-06-30") == 0
    assert freeze(content, "2026-Q3", "--as-of", "2026-09-30") == 0
    page = Unbuilt(content).page("/editions/")
    archive = (content / f"editions/{NAME}.zip").read_bytes()
    assert hashlib.sha256(archive).hexdigest() in page.text_content()
    assert page.xpath("//table//th[@scope='row']//a/text()") == ["2026-Q3", NAME]


def test_the_same_content_freezes_to_the_same_bytes(frozen: Path) -> None:
    archive = frozen / f"editions/{NAME}.zip"
    kept = archive.read_bytes()
    archive.unlink()
    assert freeze(frozen, NAME, "--as-of", "2026-06-30", "--jobs", "2") == 0
    assert archive.read_bytes() == kept


def test_an_edition_is_never_made_twice(frozen: Path, capsys: pytest.CaptureFixture[str]) -> None:
    kept = (frozen / f"editions/{NAME}.zip").read_bytes()
    assert freeze(frozen, NAME) == 2
    assert "never changes" in capsys.readouterr().err
    assert (frozen / f"editions/{NAME}.zip").read_bytes() == kept


@pytest.mark.parametrize(
    "name",
    ["", "../x", "a/b", ".hidden", "a..b", "2026-Q3.zip", "index.html", "x" * 65, "é", "-x", "a b"],
)
def test_a_name_that_leads_elsewhere_is_refused(name: str, small_content: Path) -> None:
    with pytest.raises(SystemExit) as stopped:
        freeze(small_content, name)
    assert stopped.value.code == 2
    assert not (small_content / "editions").exists()


def test_names_that_some_disks_cannot_tell_apart_are_one(frozen: Path) -> None:
    archive = frozen / f"editions/{NAME}.zip"
    kept, low = archive.read_bytes(), NAME.lower()
    assert freeze(frozen, low) == 2
    record = b'"edition": "%s"'
    names = record % NAME.encode(), record % low.encode()
    _rewritten(
        frozen, lambda held: held.update({"edition.json": held["edition.json"].replace(*names)})
    )
    twin = archive.rename(archive.with_name(f"{low}.zip"))
    assert main(["check", "--content", str(frozen)]) == 0
    archive.write_bytes(kept)
    assert twin.exists()
    assert main(["check", "--content", str(frozen)]) == 1


def test_an_archive_of_a_later_format_is_named_as_such(
    frozen: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    later = b'"format": 2'
    _rewritten(
        frozen,
        lambda held: held.update(
            {"edition.json": held["edition.json"].replace(b'"format": 1', later)}
        ),
    )
    assert main(["check", "--content", str(frozen)]) == 1
    assert "a later version of the project" in "".join(capsys.readouterr())


def test_the_command_that_a_front_page_names_fetches_a_file(june_site: Path) -> None:
    for language in ("", "nl/"):
        page = tree(june_site / "editions" / NAME / language / "index.html")
        [command] = page.xpath("//*[@class='command']//text()[contains(., 'curl')]")
        address = command.split()[2].removeprefix("https://small.example/score/")
        assert (june_site / address).is_file(), command


def test_an_edition_keeps_no_words_but_titles(tmp_path: Path, build: Build) -> None:
    words = "A sentence that nobody else wrote."
    assert "- {" in CASE
    told = CASE.replace("- {", f"- {{note: {words}, ", 1)
    content = content_folder(tmp_path, {CASE_PLACE: told})
    assert freeze(content, NAME) == 0
    site = build(content)
    assert words in (site / "data/events.csv").read_text()
    frozen = below(site / "editions" / NAME)
    assert b"A call that was answered" in frozen["data/cases.csv"]
    for path, data in frozen.items():
        assert words.encode() not in data, path


def test_it_names_the_commit_that_its_content_is(tmp_path: Path) -> None:
    content = content_folder(tmp_path)

    def git(*arguments: str) -> str:
        person = [
            "-c",
            "user.name=A",
            "-c",
            "user.email=a@example.org",
            "-c",
            "commit.gpgsign=false",
        ]
        command = ["git", "-C", str(content), *person, *arguments]
        return subprocess.run(command, check=True, capture_output=True, text=True).stdout.strip()

    git("init", "-q")
    git("add", ".")
    git("commit", "-qm", "The content")
    assert freeze(content, "clean") == 0
    assert record(content, "clean")["commit"] == git("rev-parse", "HEAD")
    (content / "sectors.yaml").write_text(f"{SECTORS}\n")
    assert freeze(content, "changed") == 0
    assert record(content, "changed")["commit"] is None


def record(content: Path, name: str) -> dict[str, object]:
    with zipfile.ZipFile(content / f"editions/{name}.zip") as archive:
        return dict(json.loads(archive.read("edition.json")))


def _rewritten(content: Path, change: Callable[[dict[str, bytes]], object]) -> None:
    """The archive with other files in it, and a list of sums that fits them."""
    import hashlib

    path = content / f"editions/{NAME}.zip"
    with zipfile.ZipFile(path) as archive:
        held = {name: archive.read(name) for name in archive.namelist() if name != "SHA256SUMS"}
    change(held)
    sums = "".join(f"{hashlib.sha256(data).hexdigest()}  {name}\n" for name, data in held.items())
    with zipfile.ZipFile(path, "w") as archive:
        for name, data in {"SHA256SUMS": sums.encode(), **held}.items():
            archive.writestr(name, data)


@pytest.mark.parametrize(
    "name",
    [
        "../escaped.html",
        "/etc/passwd",
        "a/../../b",
        "a\\b",
        ".htaccess",
        "x/.git/config",
        "INDEX.html",
    ],
)
def test_an_archive_with_a_name_that_leads_elsewhere_is_refused(
    name: str, frozen: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    _rewritten(frozen, lambda held: held.update({name: b"x"}))
    assert main(["check", "--content", str(frozen)]) == 1
    assert f"content/editions/{NAME}.zip" in "".join(capsys.readouterr())


def test_an_archive_in_which_a_file_was_changed_is_refused(
    frozen: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = frozen / f"editions/{NAME}.zip"
    with zipfile.ZipFile(path) as archive:
        held = {name: archive.read(name) for name in archive.namelist()}
    held["index.html"] = held["index.html"].replace(b"</h1>", b"!</h1>")
    with zipfile.ZipFile(path, "w") as archive:
        for name, data in held.items():
            archive.writestr(name, data)
    assert main(["build", "--content", str(frozen), "--out", str(frozen.with_name("out"))]) == 1
    assert "'index.html' is not as it was" in capsys.readouterr().err


@pytest.mark.parametrize(
    "spoil",
    [
        lambda path: path.write_bytes(b"no archive"),
        lambda path: path.write_bytes(path.read_bytes()[:-100]),
        lambda path: path.write_bytes(path.read_bytes()[: len(path.read_bytes()) // 2]),
        lambda path: path.rename(path.with_name("another-name.zip")),
        lambda path: path.rename(path.with_suffix(".rar")),
        lambda path: (path.unlink(), path.mkdir()),
        lambda path: path.with_name("link.zip").symlink_to(path),
        lambda path: _rewritten(path.parents[1], lambda held: held.pop("edition.json")),
        lambda path: _rewritten(
            path.parents[1], lambda held: held.update({"edition.json": b"[" * 9999})
        ),
        lambda path: _rewritten(
            path.parents[1], lambda held: held.update({"api/v1/index.json": b"{}"})
        ),
    ],
)
def test_what_is_no_edition_is_a_problem_of_its_file(
    spoil: Callable[[Path], object], frozen: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    spoil(frozen / f"editions/{NAME}.zip")
    assert main(["check", "--content", str(frozen)]) == 1
    told = "".join(capsys.readouterr())
    assert "content/editions/" in told
    assert "Traceback" not in told


def test_an_archive_that_would_unpack_to_too_much_is_refused(
    frozen: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("scorecard.load.editions.MOST_BYTES", 1_000_000)
    assert main(["check", "--content", str(frozen)]) == 1
    assert "unpacks to more than" in "".join(capsys.readouterr())
