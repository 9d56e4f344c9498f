"""What strangers write is shown as text: nothing of it runs, wherever it stands."""

from __future__ import annotations

import re
from collections.abc import Callable
from itertools import product
from pathlib import Path

import yaml

from tests.site.reading import tree
from tests.support.one_page import Unbuilt

SPELLS = [
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "\"'><svg onload=alert(1)>",
    "</title></textarea></style><iframe src=javascript:alert(1)>",
    "{{ 7*7 }}{% raw %}",
    "[x](javascript:alert(1)) [y](data:text/html,x) ![z](https://evil.example/z.png)",
    "&lt;script&gt;alert(1)&lt;/script&gt;",
    "%(num)s {n} {company.__class__}",
]


def test_spells_in_every_text_field_stay_text(
    small_content: Path,
) -> None:
    spell = " ".join(SPELLS)
    path = small_content / "cases/invented-telecom/everything.yaml"
    case = yaml.load(path.read_text("utf-8"), Loader=yaml.BaseLoader)  # noqa: S506 - makes texts only
    case |= {"title": SPELLS[0] + SPELLS[1] + SPELLS[4], "summary": spell, "status_note": spell}
    case["source"] |= {
        "title": spell[:290],
        "author": spell[:290],
        "record": spell[:290],
        "licence": SPELLS[2],
    }
    case["evidence"]["items"] = SPELLS
    case["reply"] |= {"text": spell, "by": spell[:290]}
    for event in case["timeline"]:
        event["note"] = spell
        for key in ("what", "to"):
            if event["event"] not in ("channel-switch", "escalation") and key in event:
                event[key] = spell[:290]
    path.write_text(yaml.dump(case, allow_unicode=True), "utf-8")
    company = small_content / "companies/invented-telecom.yaml"
    company.write_text(
        company.read_text().replace("Invented Telecom & Sons", f"'{SPELLS[0]} & Co'")
    )
    site = Unbuilt(small_content)
    whole = [address for address in site.pages if not address.endswith(".xml")]
    shown = 0
    for page, language in product(whole, ("en", "nl")):
        root = site.page(page, language)
        assert not root.xpath(
            "//script[not(@src or @type='application/ld+json')] | //img | //iframe | //textarea[node()]"
            " | //@onerror | //@onload"
        )
        for link in root.xpath("//a/@href"):
            assert not link.lower().lstrip().startswith(("javascript:", "data:")), (page, link)
        shown += "alert(1)" in root.text_content()
        assert "49" not in root.xpath("string(//h1)")
    assert shown > 10


def test_a_link_that_a_contributor_wrote_vouches_for_nothing(small_site: Path) -> None:
    root = tree(small_site / "cases/invented-telecom/everything/index.html")
    link = root.xpath("//a[@href='https://paper.example/']")[0]
    assert {"nofollow", "ugc", "noopener"} <= set(link.get("rel").split())


def test_a_name_with_dollar_signs_is_no_formula_in_a_chart(
    small_content: Path, build: Callable[..., Path]
) -> None:
    place = small_content / "companies/invented-telecom.yaml"
    name = "Invented $x^2$ Telecom"
    text = re.sub("(?m)^name: .+", f"name: {name}", place.read_text("utf-8"))
    place.write_text(text, "utf-8")
    charts = build(small_content) / "charts"
    figures = [path.read_text("utf-8") for path in charts.glob("sector--telecom/*.json")]
    assert any("Invented &#36;x^2&#36; Telecom" in figure for figure in figures)
    assert not any("$" in figure for figure in figures)
