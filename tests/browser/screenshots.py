"""Pictures of every type of page of an invented site, to look at with a designer's eye.

`python -m tests.browser.screenshots FOLDER` (what `make screenshots` runs) makes the site and writes a
picture of each page: on a phone, on a desktop, and there in the dark. With `--readme` it also takes
those of a company's page that the README shows.
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import Any

from PIL import Image
from playwright.sync_api import Browser, FloatRect, sync_playwright

from scorecard.cli import main as scorecard
from tests.browser.find_browser import HELP, find_browser
from tests.browser.serving import ARGUMENTS, served

WORLD = ["--seed", "4", "--companies", "40", "--cases", "600"]
PHONE, DESKTOP = {"width": 360, "height": 800}, {"width": 1280, "height": 900}
LOOKS: dict[str, dict[str, Any]] = {
    "phone": {"viewport": PHONE, "is_mobile": True, "device_scale_factor": 2},
    "desktop": {"viewport": DESKTOP},
    "dark": {"viewport": DESKTOP, "color_scheme": "dark"},
}
README = Path(__file__).resolve().parents[2] / "docs"
SHOWN = {"desktop": "company.webp", "dark": "company-dark.webp"}
"""What the README shows of the company's page, by look."""
TOP: FloatRect = {"x": 0, "y": 0, "width": 1280, "height": 1030}
"""How much of it."""


def pages(site: Path) -> dict[str, str]:
    """One address of every type: of the companies that have most to show, and of their richest case."""
    companies = json.loads((site / "api/v1/index.json").read_text("utf-8"))["companies"]
    graded = sorted((c for c in companies if c["grade"]), key=lambda c: c["cases"])
    company, few = (
        graded[len(graded) // 2]["slug"],
        min(companies, key=lambda c: c["cases"])["slug"],
    )
    case = max(_cases(site, company), key=_told)["id"]
    sector = max((c["sector"] for c in graded), key=lambda s: sum(c["sector"] == s for c in graded))
    best = ",".join(c["slug"] for c in graded[-2:])
    return {
        "front": "/",
        "front-nl": "/nl/",
        "company": f"/companies/{company}/",
        "company-few": f"/companies/{few}/",
        "case": f"/cases/{case}/",
        "case-nl": f"/nl/cases/{case}/",
        "sector": f"/sectors/{sector}/",
        "compare": f"/compare/?companies={best}",
        "methodology": "/methodology/",
        "data": "/data/",
        "corrections": "/corrections/",
        "contribute": "/contribute/",
        "journalists": "/journalists/",
        "chart": f"/charts/{company}/reply-time/",
        "styleguide": "/styleguide/",
        "missing": "/404.html",
    }


def _cases(site: Path, company: str) -> Iterator[dict[str, Any]]:
    for path in sorted((site / "api/v1/cases" / company).iterdir()):
        yield json.loads(path.read_text("utf-8"))


def _told(case: dict[str, Any]) -> int:
    """How many rules have something to say of it."""
    findings = [f for dimension in case["scores"].values() for f in dimension["findings"]]
    return sum(finding["value"] is not None for finding in findings)


def take(browser: Browser, address: str, into: Path, readme: Path | None) -> int:
    """Writes the pictures; the number of them."""
    site = into / "site"
    count = 0
    for look, settings in LOOKS.items():
        context = browser.new_context(**settings)
        page = context.new_page()
        for name, path in pages(site).items():
            page.goto(f"{address}{path}", wait_until="networkidle")
            page.screenshot(path=into / f"{name}-{look}.png", full_page=True)
            count += 1
            if readme and name == "company" and look in SHOWN:
                picture = Image.open(BytesIO(page.screenshot(full_page=True, clip=TOP)))
                picture.save(readme / SHOWN[look], quality=80, method=6)
        context.close()
    return count


def main(arguments: list[str] | None = None) -> int:
    """Makes the site and its pictures; 1 where there is no browser."""
    parser = argparse.ArgumentParser(prog="python -m tests.browser.screenshots")
    parser.add_argument("folder", type=Path)
    parser.add_argument("--readme", action="store_true", help="also those that the README shows")
    options = parser.parse_args(arguments)
    program = find_browser()
    if not program:
        print(HELP, file=sys.stderr)
        return 1
    with tempfile.TemporaryDirectory() as folder:
        content = Path(folder) / "content"
        site = options.folder / "site"
        if scorecard(["demo", str(content), *WORLD]) or scorecard(
            ["build", "--content", str(content), "--out", str(site)]
        ):
            return 1
    with served(site) as address, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=ARGUMENTS)
        count = take(browser, address, options.folder, README if options.readme else None)
        browser.close()
    print(f"{count} pictures in {options.folder}/")
    return 0


if __name__ == "__main__":
    sys.exit(main())
