"""The page on contributing without its script: other ways in, and no form that does nothing."""

from __future__ import annotations

from pathlib import Path

from tests.conftest import ROOT
from tests.site.reading import resolved, text, tree
from tests.support.one_page import Unbuilt, one_page


def test_without_script_no_form_is_shown(small_site: Path) -> None:
    page = tree(small_site / "contribute/index.html")
    (form,) = page.xpath("//main//form")
    assert form.get("hidden") is not None
    assert not page.xpath("//form/@action | //button[@type='submit'] | //button[not(@type)]")
    outside = page.xpath(
        "//main//*[self::input or self::button or self::select][not(ancestor::form)]"
    )
    assert outside == []


def test_the_annotated_template_is_there_for_all(small_site: Path) -> None:
    for place in ("contribute/index.html", "nl/contribute/index.html"):
        page = small_site / place
        (link,) = tree(page).xpath("//main//a[@download and not(ancestor::form)]/@href")
        found = resolved(small_site, page, link)
        assert found is not None
        assert found[0].read_bytes() == (ROOT / "docs/case-template.yaml").read_bytes()


def test_the_editors_words_stand_below_the_form(small_site: Path) -> None:
    own = (ROOT / "tests/content_small/pages/contribute.en.md").read_text("utf-8")
    title, _, rest = own.partition("\n")
    page = small_site / "contribute/index.html"
    assert tree(page).xpath("string(//h1)") == title.removeprefix("# ")
    assert " ".join(rest.split()) in text(page)


def test_a_site_without_such_words_has_the_page_all_the_same(
    small_content: Path,
) -> None:
    (small_content / "pages/contribute.en.md").unlink()
    site = Unbuilt(small_content)
    assert site.page("/contribute/").xpath("string(//h1)") == "Contribute"
    assert site.page("/contribute/", "nl").xpath("string(//h1)") == "Meedoen"
    assert site.page("/").xpath("//nav//a[contains(@href, 'contribute/')]")


def test_only_a_project_on_github_is_sent_there(small_content: Path) -> None:
    path = small_content / "site.yaml"
    plain = path.read_text("utf-8")
    for repository, github in (
        ("https://code.example/invented/scorecard", ""),
        ("https://github.com.evil.example/a/b", ""),
        ("https://github.com/invented/score.git", "https://github.com/invented/score"),
    ):
        path.write_text(plain.replace("https://github.com/invented/scorecard", repository), "utf-8")
        page = one_page(small_content, "/contribute/")
        assert page.xpath("//form/@data-github") == [github]
        assert bool(page.xpath("//button[@data-do='open']")) == bool(github)
