"""The form's script writes a case byte for byte as the project's own writer does."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from playwright.sync_api import Browser

from scorecard.contribute.case_text import case_text, company_text
from tests.browser.visit import Visit
from tests.conftest import ROOT
from tests.support.build import read
from tests.support.examples import examples
from tests.support.rounds import some

pytestmark = pytest.mark.browser


def test_script_and_python_write_the_projects_own_cases_alike(
    browser: Browser, address: str
) -> None:
    every = sorted((ROOT / "content/cases").rglob("*.yaml"))
    paths = [*some(every, 150), *every[-2:]]  # of the newspapers' too
    cases = [read(path.read_text("utf-8")) for path in paths]
    companies = [
        {"name": name, "sector": "telecom"} for name in ("A: b", "0123", "é & ß", "- x", "No")
    ]
    assert {case["source"]["kind"] for case in cases} >= {"published", "register"}
    with Visit(browser, f"{address}/contribute/") as visit:
        assert visit.page.evaluate("all => all.map(caseText)", cases) == [*map(case_text, cases)]
        written = visit.page.evaluate("all => all.map(companyText)", companies)
        assert written == [company_text(one) for one in companies]


SIGNS = "abNoys ':#-?,[]{}&*!|>%@`\"\\\n\t\x85\u2028\u2029\xa0é\U0001f600\ufeff\u0663~=.0189exE_+<"
WORDS = (
    *("yes", "No", "oN", "null", "Null", "~", "=", "<<", "true", "True", ".inf", "-.Inf", ".NaN"),
    *("0x1F", "0X1F", "0b1", "012", "09", "1_0", "1e3", "+1.5e-3", "5.", ".5", "1:30", "1:30.5"),
    *(
        "---",
        "...",
        "-",
        "- a",
        "-a",
        "?",
        "? a",
        ":",
        ":a",
        "a:",
        "a: b",
        "a #b",
        "a#b",
        "2019-06",
    ),
)
TEXTS = st.text(SIGNS, max_size=12) | st.text(max_size=20) | st.sampled_from(WORDS)


def test_script_and_python_quote_any_text_alike(browser: Browser, address: str) -> None:
    with Visit(browser, f"{address}/contribute/") as visit:

        @examples(150)
        @given(st.lists(TEXTS, min_size=30, max_size=30))
        def alike(texts: list[str]) -> None:
            cases = [
                {
                    "title": text,
                    "source": {"kind": text},
                    "evidence": {"level": text, "items": [text]},
                    "timeline": [{"event": text, "note": text}],
                }
                for text in texts
            ]
            assert visit.page.evaluate("all => all.map(caseText)", cases) == [
                *map(case_text, cases)
            ]

        alike()
