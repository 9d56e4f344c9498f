"""All files of the least of sites, as they are handed over to be written; and what it tells machines."""

from __future__ import annotations

import hashlib
import re
import zipfile
from datetime import date
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest

from scorecard.compose.gathered import Gathered
from scorecard.compose.page import Listed, is_frozen
from scorecard.edition import Freeze
from scorecard.pipeline import freeze, read
from scorecard.publish.files import Shards, assets, edition_files, site_files
from scorecard.publish.folder import contents
from scorecard.publish.manners import humans, manners, security, sitemaps
from scorecard.publish.search_index import SearchIndex
from scorecard.settings import Settings
from scorecard.site import Site
from tests.support.build import SITE, content_folder

MORE = "licence: CC BY 4.0\nlicence_url: https://example.org/by/\ninvented: yes\n"
DAY = date(2024, 4, 1)


@pytest.fixture(scope="module")
def settings(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    """A site of one case in two languages, with an edition."""
    where = tmp_path_factory.mktemp("whole")
    site = SITE.replace("[en]", "[en, nl]") + MORE
    folder = content_folder(where, {"site.yaml": site, "pages/about.en.md": "# About\n\nUs.\n"})
    settings = Settings(folder, where / "site", DAY, keep=where / "kept")
    freeze(settings, Freeze("2024-Q1", "abc"))
    return settings


@pytest.fixture(scope="module")
def gathered(settings: Settings) -> Gathered:
    return Gathered(*read(settings))


def files_of(gathered: Gathered, keep: Path | None) -> list[tuple[str, bytes]]:
    with SearchIndex(gathered.content.site.languages) as search:
        made = site_files(gathered, 1, search, keep)
        return [(address, contents(file)) for address, file in made]


@pytest.fixture(scope="module")
def made(settings: Settings, gathered: Gathered) -> list[tuple[str, bytes]]:
    return files_of(gathered, settings.keep)


def test_every_file_is_made_once_in_every_language(made: list[tuple[str, bytes]]) -> None:
    site = dict(made)
    assert len(site) == len(made)
    for address in ("/", "/companies/acme/", "/cases/acme/one/", "/search/"):
        assert b'lang="en"' in site[address]
        assert b'lang="nl"' in site[f"/nl{address}"]
    assert b"Us." in site["/about/"]
    wanted = ["/robots.txt", "/humans.txt", "/sitemap.xml", "/data/press-pictures.zip"]
    assert site.keys() >= {*wanted, "/api/v1/index.json", "/editions/2024-Q1.zip"}
    assert any(address.endswith(".pf_meta") for address in site)
    assert "/search/page/pagefind.js" in site


def test_what_was_kept_makes_the_same_site(
    settings: Settings, gathered: Gathered, made: list[tuple[str, bytes]]
) -> None:
    assert settings.keep is not None
    assert any(settings.keep.rglob("*"))
    assert files_of(gathered, settings.keep) == made == files_of(gathered, None)


def test_static_files_are_named_by_what_they_hold(made: list[tuple[str, bytes]]) -> None:
    site, named = dict(made), assets()
    assert {"plotly.min.js"} <= named.keys()
    for name, address in named.items():
        stem, _, ending = name.partition(".")
        mark = hashlib.sha256(site[address]).hexdigest()[:10]
        assert address == f"/static/{stem}.{mark}.{ending}"


def test_the_sitemap_names_what_is_to_be_found(made: list[tuple[str, bytes]]) -> None:
    site = dict(made)
    named = re.findall(r"<loc>https://test\.example(.*?)</loc>", site["/sitemap.xml"].decode())
    assert set(named) <= site.keys()
    assert {"/", "/nl/", "/cases/acme/one/", "/nl/about/"} <= set(named)
    assert not [address for address in named if "search" in address or "embed" in address]


def test_an_edition_holds_only_what_is_cited(
    settings: Settings, gathered: Gathered, made: list[tuple[str, bytes]]
) -> None:
    own = dict(edition_files(Gathered(gathered.content, gathered.scorecard, Freeze("2024-Q2")), 1))
    cited = {address for address, _ in made if is_frozen(address, gathered.content.site.languages)}
    assert own.keys() == cited - {"/data/press-pictures.zip"}
    assert {"/", "/nl/", "/companies/acme/", "/methodology/", "/api/v1/index.json"} <= cited
    assert not [address for address in own if re.match("(/nl)?/(search|editions)/", address)]
    site = dict(made)
    archive = settings.content / "editions/2024-Q1.zip"
    assert site["/editions/2024-Q1.zip"] == archive.read_bytes()
    with zipfile.ZipFile(archive) as packed:
        for name in packed.namelist():
            address = name.removesuffix("index.html") if name.endswith("index.html") else name
            assert site[f"/editions/2024-Q1/{address}"] == packed.read(name)


def test_nothing_is_kept_where_nobody_says_where(gathered: Gathered) -> None:
    shards = Shards(gathered, assets())
    [first, *_] = shards.rendered(1)
    assert first.files


def test_pictures_for_the_press_come_with_their_captions(made: list[tuple[str, bytes]]) -> None:
    site = dict(made)
    with zipfile.ZipFile(BytesIO(site["/data/press-pictures.zip"])) as packed:
        names = packed.namelist()
        captions = packed.read("nl/captions.txt").decode()
        assert all(entry.compress_type == zipfile.ZIP_STORED for entry in packed.infolist())
        pictures = {packed.read(name) for name in names if not name.endswith(".txt")}
    assert names == sorted(names)
    assert pictures <= set(site.values())
    assert {name.partition("/")[0] for name in names} == {"en", "nl"}
    head, *told = captions.split("\n\n")
    assert head.splitlines()[0] == "Test"
    assert head.splitlines()[2] == "CC BY 4.0 https://example.org/by/"
    assert len(head.splitlines()) == 4
    for caption in told:
        file, *_, address = caption.strip().splitlines()
        assert f"nl/{file.partition(',')[0]}" in names
        assert address.startswith("https://test.example/nl/")


def a_site(**more: Any) -> Site:
    return Site.model_validate(
        {"name": "Test", "base_url": "https://a.example/x/", "languages": ["en", "nl"], **more}
    )


PAGES = [Listed("/", date(2024, 3, 1)), Listed("/a&b/", None), Listed("/c/", date(2024, 3, 2))]


def test_a_sitemap_tells_of_each_page_its_twins_and_its_day() -> None:
    [(address, told)] = sitemaps(a_site(), PAGES)
    assert address == "/sitemap.xml"
    lines = told.splitlines()
    assert (len(lines), lines[0], lines[-1]) == (
        9, '<?xml version="1.0" encoding="UTF-8"?>', "</urlset>",
    )  # fmt: skip
    links = (
        '<xhtml:link rel="alternate" hreflang="en" href="https://a.example/x/"/>'
        '<xhtml:link rel="alternate" hreflang="nl" href="https://a.example/x/nl/"/>'
    )
    assert lines[2] == (
        f"<url><loc>https://a.example/x/</loc><lastmod>2024-03-01</lastmod>{links}</url>"
    )
    assert lines[5].startswith("<url><loc>https://a.example/x/nl/a&amp;b/</loc><xhtml:link")
    assert [address for address, _ in sitemaps(a_site(), [])] == ["/sitemap.xml"]


@pytest.mark.parametrize(("most", "parts"), [(6, 0), (5, 2), (3, 2), (2, 3), (1, 6)])
def test_a_sitemap_with_too_many_addresses_is_parted(most: int, parts: int) -> None:
    made = dict(sitemaps(a_site(), PAGES, most))
    index = made.pop("/sitemap.xml")
    assert [*made] == [f"/sitemap-{number}.xml" for number in range(1, parts + 1)]
    assert ("<sitemapindex" in index) is bool(parts)
    assert index.count("<sitemap>") == parts
    every = "".join(made.values()) if parts else index
    assert re.findall("<loc>(.*?)</loc>", every) == [
        f"https://a.example/x{language}{page.address.replace('&', '&amp;')}"
        for page in PAGES
        for language in ("", "/nl")
    ]


def test_the_index_names_the_newest_day_of_each_part() -> None:
    index = dict(sitemaps(a_site(), PAGES, 2))["/sitemap.xml"]
    assert index.splitlines()[2:-1] == [
        "<sitemap><loc>https://a.example/x/sitemap-1.xml</loc><lastmod>2024-03-01</lastmod></sitemap>",
        "<sitemap><loc>https://a.example/x/sitemap-2.xml</loc></sitemap>",
        "<sitemap><loc>https://a.example/x/sitemap-3.xml</loc><lastmod>2024-03-02</lastmod></sitemap>",
    ]


@pytest.mark.parametrize(
    ("day", "expires"),
    [
        (date(2026, 7, 20), "2027-07-19"),
        (date(2028, 2, 29), "2029-02-27"),
        (date(2026, 1, 1), "2026-12-31"),
    ],
)
def test_whom_to_tell_of_a_hole_holds_for_a_year_less_a_day(day: date, expires: str) -> None:
    site = a_site(security={"contact": "mailto:a@a.example", "policy": "https://a.example/p"})
    assert security(site, day) == (
        f"Contact: mailto:a@a.example\nExpires: {expires}T00:00:00Z\nPreferred-Languages: en, nl\n"
        "Canonical: https://a.example/x/.well-known/security.txt\nPolicy: https://a.example/p\n"
    )
    plain = a_site(base_url="http://a.example/", security={"contact": "mailto:a@a.example"})
    assert security(plain, day).count("\n") == 3
    assert security(a_site(), day) == ""


def test_humans_are_told_who_makes_it_and_how_to_reach_them() -> None:
    site = a_site(editors=["A. Editor", "B"], contact="mail@a.example", licence="CC BY 4.0")
    assert humans(site, DAY, "2") == (
        "Test\n\n/* TEAM */\nEditor: A. Editor\nEditor: B\nContact: mail@a.example\n\n"
        "/* SITE */\nScores as of: 2024-04-01\nMethod: 2\nLanguages: en, nl\nLicence: CC BY 4.0\n"
        "For journalists: https://a.example/x/journalists/\n"
    )
    assert "Contact: https://code.example/x" in humans(
        a_site(repository="https://code.example/x"), DAY, "2"
    )
    assert "TEAM" not in humans(a_site(), DAY, "2")


def test_robots_are_told_where_the_sitemap_is(gathered: Gathered) -> None:
    told = dict(manners(gathered, PAGES))
    assert told["/robots.txt"] == (
        "User-agent: *\nAllow: /\nSitemap: https://test.example/sitemap.xml\n"
    )
    assert "/.well-known/security.txt" not in told
