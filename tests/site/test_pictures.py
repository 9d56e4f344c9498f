"""Cards, badges, embeds and charts as PNG, read by programs that the project does not write them with."""

from __future__ import annotations

import hashlib
import io
import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import lxml.html
import pytest
from lxml import etree
from markdown import markdown
from markdown_it import MarkdownIt
from PIL import Image

from scorecard.render.lettering import cut, drawable, largest, lines, width
from scorecard.render.raster import png
from tests.conftest import ROOT, SMALL
from tests.site.reading import load, tree
from tests.support.one_page import Unbuilt

Build = Callable[..., Path]
SVG = {"s": "http://www.w3.org/2000/svg"}
BASE = "https://small.example/score"
COMPANIES = ("invented-telecom", "invented-air", "invented-silent")


def picture(path: Path) -> Image.Image:
    """The PNG, read whole: a wrong checksum anywhere is an error."""
    with Image.open(path) as opened:
        opened.verify()
    return Image.open(path)


def drawn(path: Path) -> Any:
    """The SVG, parsed."""
    return etree.parse(path).getroot()


@pytest.mark.parametrize("language", ["", "nl/"])
@pytest.mark.parametrize("slug", [*COMPANIES, "all--companies"])
def test_a_card_has_its_size_and_its_words(small_site: Path, slug: str, language: str) -> None:
    card = picture(small_site / f"{language}card/{slug}.png")
    assert card.size == (1200, 630)
    texts = card.info
    assert texts["Creation Time"] == "2026-07-20"
    assert texts["Copyright"].startswith("A Small Scorecard. CC BY 4.0")
    own = "" if slug == "all--companies" else f"companies/{slug}/#fig-overall"
    assert texts["Source"] == f"{BASE}/{language}{own}"


def test_every_chart_is_a_png_beside_its_svg(small_site: Path) -> None:
    drawings = sorted(small_site.rglob("charts/*/*.svg"))
    assert len(drawings) > 20
    for drawing in drawings:
        shown = picture(drawing.with_suffix(".png"))
        assert shown.width == 1280
        root = drawn(drawing)
        assert shown.height == pytest.approx(2 * float(root.get("height")), abs=2)
        address = f"{BASE}/{drawing.with_suffix('').relative_to(small_site)}/"
        assert shown.info["Source"] == address
        assert shown.info["Title"] == root.findtext("s:title", namespaces=SVG)
        visible = "".join(root.xpath("//s:text/text()", namespaces=SVG))
        assert address in visible
        assert "CC BY 4.0" in visible
        assert "2026" in visible


@pytest.mark.parametrize("language", ["en", "nl"])
def test_a_picture_names_whose_figures_it_shows(demo_site: Path, language: str) -> None:
    """In the picture, in what a program reads from it, and on its page and in its Plotly figure."""
    base = demo_site if language == "en" else demo_site / language
    for owner in ("companies", "sectors"):
        charts = [
            (path, tree(base / owner / path.parent.name.removeprefix("sector--") / "index.html"))
            for path in sorted((base / "charts").glob("*/*.svg"))
            if path.parent.name.startswith("sector--") == (owner == "sectors")
            and not path.parent.name.startswith("all--")
        ]
        assert len(charts) > 3, "this world has no charts of such"
        for path, page in charts:
            (name,) = page.xpath("//h1/text()")
            titles = {
                drawn(path).findtext("s:title", namespaces=SVG),
                picture(path.with_suffix(".png")).info["Title"],
                load(path.with_suffix(".json"))["layout"]["title"]["text"],
                *tree(path.with_suffix("") / "index.html").xpath("//h1/text()"),
            }
            assert len(titles) == 1, titles
            assert name in titles.pop()
            seen = " ".join(
                drawn(path).xpath("//s:text[@font-weight='bold']/text()", namespaces=SVG)
            )
            assert name in seen


def test_links_to_pictures_for_the_press_are_told_apart_by_ear(demo_site: Path) -> None:
    page = tree(demo_site / "journalists/index.html")
    links = page.xpath("//ul[@class='pictures']//a")
    assert len(links) > 15
    names = [link.get("aria-label") or link.text_content() for link in links]
    assert len(names) == len(set(names))


def test_no_text_of_a_picture_is_wider_than_the_picture(small_site: Path) -> None:
    """By the font that it is drawn with; lines are broken for one that is an eighth wider."""
    drawings = list(small_site.rglob("charts/*/*.svg"))
    assert drawings
    for drawing in drawings:
        texts = drawn(drawing).xpath("//s:svg/s:text", namespaces=SVG)
        assert texts, drawing
        for text in texts:
            bold = text.get("font-weight") == "bold"
            assert width(text.text, float(text.get("font-size")), bold) <= 565, text.text


def test_pictures_are_the_same_bytes_whatever_fonts_a_machine_has(
    tmp_path: Path, small_site: Path
) -> None:
    told = (
        "import sys; from scorecard.render.raster import png\n"
        "sys.stdout.buffer.write(png(open(sys.argv[1], encoding='utf-8').read(), {'Title': 'Ü'}, 2))"
    )
    drawing = small_site / "charts/invented-telecom/scores.svg"
    seen = set()
    for number in range(2):
        home = tmp_path / str(number)
        (home / "fonts").mkdir(parents=True)
        fonts = home / "fonts.conf"
        fonts.write_text(
            f"<fontconfig><dir>{home if number else '/usr/share/fonts'}</dir></fontconfig>"
        )
        environment = os.environ | {
            "HOME": str(home), "FONTCONFIG_FILE": str(fonts), "LANG": ("C", "nl_NL.UTF-8")[number],
            "XDG_DATA_HOME": str(home), "PYTHONPATH": str(ROOT), "PYTHONHASHSEED": str(number),
        }  # fmt: skip
        made = subprocess.run(
            [sys.executable, "-c", told, str(drawing)],
            check=True,
            env=environment,
            capture_output=True,
        )
        seen.add(hashlib.sha256(made.stdout).hexdigest())
    assert len(seen) == 1


def test_what_the_font_has_not_is_taken_apart_or_left_out() -> None:
    assert drawable("Café Łódź Ωμέγα Почта – ◇") == "Café Łódź Ωμέγα Почта – ◇"
    assert drawable("Cafe\u0301") == "Café"
    assert drawable("ﬁne 株式会社 Ltd") == "fine … Ltd"
    shown = Image.open(io.BytesIO(png(_line("株式会社"), {})))
    gap = Image.open(io.BytesIO(png(_line("…"), {})))
    assert shown.tobytes() == gap.tobytes()
    assert gap.tobytes() != Image.open(io.BytesIO(png(_line(""), {}))).tobytes()


def _line(text: str) -> str:
    return (
        '<svg xmlns="http://www.w3.org/2000/svg" width="200" height="40" font-family="Inter, sans-serif">'
        f'<text x="5" y="30" font-size="24">{text}</text></svg>'
    )


def test_lines_are_broken_where_they_end() -> None:
    text = "Fidelity National Information Services"
    broken = lines(text, 300, 40, True)
    assert " ".join(broken) == text
    assert len(broken) > 1
    assert all(width(line, 40, True) <= 300 for line in broken)
    assert lines(text, 300, 40, True, most=1) == [cut(text, 300, 40, True)]
    assert cut(text, 300, 40, True).endswith("…")
    assert "".join(lines("x" * 99, 100, 20)) == "x" * 99
    assert all(width(line, 20) <= 100 for line in lines("x" * 99, 100, 20))
    assert largest(text, 700, (60, 40, 20), 1) == 20
    assert largest(text, 9000, (60, 40, 20), 1) == 60


@pytest.mark.parametrize("slug", [*COMPANIES, "invented-phone"])
@pytest.mark.parametrize("language", ["", "nl/"])
def test_a_badge_holds_its_text_and_leads_to_its_figure(
    small_site: Path, slug: str, language: str
) -> None:
    root = drawn(small_site / f"{language}badge/{slug}.svg")
    own = "invented-telecom" if slug == "invented-phone" else slug
    assert f"{BASE}/{language}companies/{own}/#fig-overall" in root.findtext(
        "s:desc", namespaces=SVG
    )
    assert root.findtext("s:title", namespaces=SVG)
    label, told = root.findall("s:text", namespaces=SVG)
    divide, whole = float(root.findall("s:g/s:rect", SVG)[1].get("x")), float(root.get("width"))
    for text, left, right in ((label, 0, divide), (told, divide, whole)):
        start = float(text.get("x"))
        assert start >= left + 8
        assert start + float(text.get("textLength")) <= right - 8
    assert ("invented" in told.text) or ("verzonnen" in told.text)
    if own == "invented-silent":
        assert not any(letter.isdigit() for letter in told.text)


@pytest.mark.parametrize(
    "name", ["badge/{}.svg", "card/{}.png", "embed/{}/index.html", "oembed/{}.json"]
)
@pytest.mark.parametrize("language", ["", "nl/"])
def test_what_stands_on_other_sites_goes_on_at_the_old_address(
    small_site: Path, name: str, language: str
) -> None:
    old, new = (
        small_site / language / name.format(slug) for slug in ("invented-phone", "invented-telecom")
    )
    assert old.read_bytes() == new.read_bytes()


@pytest.mark.parametrize("slug", COMPANIES)
@pytest.mark.parametrize("language", ["", "nl/"])
def test_oembed_says_what_its_standard_asks(small_site: Path, slug: str, language: str) -> None:
    page = tree(small_site / f"{language}companies/{slug}/index.html")
    link = page.xpath("//link[@type='application/json+oembed']")[0]
    assert link.get("href") == f"{BASE}/{language}oembed/{slug}.json"
    assert link.get("title")
    told = load(small_site / f"{language}oembed/{slug}.json")
    assert (told["version"], told["type"]) == ("1.0", "rich")
    assert told["html"]
    assert {"title", "provider_name", "provider_url", "cache_age"} <= set(told)
    frame = lxml.html.fragment_fromstring(told["html"])
    assert (int(frame.get("width")), int(frame.get("height"))) == (told["width"], told["height"])
    assert frame.get("src") == f"{BASE}/{language}embed/{slug}/"
    assert (frame.get("loading"), frame.tag) == ("lazy", "iframe")
    assert "allow-scripts" not in frame.get("sandbox")
    thumbnail = small_site / told["thumbnail_url"].removeprefix(f"{BASE}/")
    assert picture(thumbnail).size == (told["thumbnail_width"], told["thumbnail_height"])


def test_the_code_to_embed_is_what_it_says(small_site: Path) -> None:
    page = tree(small_site / "companies/invented-telecom/index.html")
    frame, html, markdown = (
        box.text_content() for box in page.xpath("//*[@class='embedding']//code")
    )
    assert frame == load(small_site / "oembed/invented-telecom.json")["html"]
    image = lxml.html.fragment_fromstring(html).find("img")
    assert image.get("src") == f"{BASE}/badge/invented-telecom.svg"
    assert "Telecom & Sons" in image.get("alt")
    assert markdown.startswith("[![Customer service of Invented Telecom & Sons")
    assert markdown.endswith(f"({BASE}/companies/invented-telecom/#fig-overall)")


NAMES = [
    "A <b>bold</b> & Sons",
    "1 < 2 > 0",
    "Back\\slash [link](x)",
    "Ends in a \\",
    "*Stars* and _lines_ and `ticks`, ~~struck~~",
    "R&amp;D",
]


def test_a_badge_in_markdown_says_any_name_as_it_is(small_content: Path) -> None:
    sector = "sector: telecom\n"
    for number, name in enumerate(NAMES):
        (small_content / f"companies/named-{number}.yaml").write_text(
            f"name: {json.dumps(name)}\n{sector}"
        )
    site = Unbuilt(small_content)
    for number, name in enumerate(NAMES):
        page = site.page(f"/companies/named-{number}/")
        *_, code = (box.text_content() for box in page.xpath("//*[@class='embedding']//code"))
        for html in (MarkdownIt("gfm-like", {"linkify": False}).render(code), markdown(code)):
            (link,) = lxml.html.fragment_fromstring(html)
            (image,) = link
            assert image.get("alt") == f"Customer service of {name}: its score"
            assert image.get("src").endswith(f"/badge/named-{number}.svg")


@pytest.mark.parametrize("language", ["", "nl/"])
def test_a_shared_link_shows_title_text_and_card(small_site: Path, language: str) -> None:
    for page in (
        "",
        "methodology/",
        "sectors/telecom/",
        "companies/invented-telecom/",
        "journalists/",
    ):
        root = tree(small_site / f"{language}{page}index.html")
        told = {
            m.get("property"): m.get("content")
            for m in root.xpath("//meta[starts-with(@property, 'og:')]")
        }
        assert all(
            told[f"og:{name}"].strip() for name in ("title", "type", "image", "url", "image:alt")
        )
        assert told["og:url"] == root.xpath("//link[@rel='canonical']/@href")[0]
        assert told["og:description"] == root.xpath("//meta[@name='description']/@content")[0]
        assert told["og:locale"] == ("nl_NL" if language else "en_US")
        shown = picture(small_site / told["og:image"].removeprefix(f"{BASE}/"))
        assert shown.size == (int(told["og:image:width"]), int(told["og:image:height"]))
        owner = "invented-telecom" if "invented" in page else "all--companies"
        assert told["og:image"] == f"{BASE}/{language}card/{owner}.png"


def test_the_press_pictures_are_the_sites_own_with_captions(small_site: Path) -> None:
    with ZipFile(small_site / "data/press-pictures.zip") as packed:
        assert packed.testzip() is None
        names = packed.namelist()
        assert names == sorted(names)
        assert {info.date_time[0] for info in packed.infolist()} == {1980}
        for language, folder in (("en", ""), ("nl", "nl/")):
            captions = packed.read(f"{language}/captions.txt").decode()
            for name in (
                n for n in names if n.startswith(f"{language}/") and n.endswith((".png", ".svg"))
            ):
                assert name.removeprefix(f"{language}/") in captions
            card = (small_site / f"{folder}card/all--companies.png").read_bytes()
            assert packed.read(f"{language}/scorecard.png") == card
            field = (small_site / f"{folder}charts/all--companies/field.svg").read_bytes()
            assert packed.read(f"{language}/all-companies-field.svg") == field
            assert "2026" in captions
            assert "CC BY 4.0" in captions


def test_colours_of_an_embed_are_those_of_the_pages() -> None:
    """In light and in dark, each token that both files have."""
    import re

    static = ROOT / "templates/static"
    pages_light, pages_dark = (
        dict(re.findall(r"--([\w-]+): (#\w+)", part))
        for part in (static / "style.css").read_text("utf-8").split("@media (prefers-contrast")[0].split(
            "@media (prefers-color-scheme: dark)"
        )
    )  # fmt: skip
    embed = re.findall(
        r"--([\w-]+): light-dark\((#\w+), (#\w+)\)", (static / "embed.css").read_text("utf-8")
    )
    assert len(embed) > 15
    for name, light, dark in embed:
        assert (light, dark) == (pages_light[name], pages_dark[name]), name


def test_the_small_content_has_an_old_address_to_look_at() -> None:
    assert "known_as" in (SMALL / "companies/invented-telecom.yaml").read_text("utf-8")
