"""Changed cases on their own pages and their companies', while the site is still being built anew.

It is what `serve` shows at once; the other pages follow with the build.
"""

from __future__ import annotations

from collections.abc import Container, Iterable, Mapping
from datetime import date
from functools import lru_cache
from pathlib import Path
from threading import Lock

from scorecard.compose import page as addresses
from scorecard.compose.gathered import Gathered
from scorecard.compose.page import Page
from scorecard.compose.pages.company import case_page, company_pages
from scorecard.load.cases import read_case
from scorecard.model import Case
from scorecard.publish.files import assets
from scorecard.render.pages import Renderer
from scorecard.score.again import scored_again
from scorecard.score.scorecard import Scorecard
from scorecard.settings import Settings
from scorecard.site import Content

_DAYS = 2
"""Of so many days the renderers are kept: today's and the newest that a case has brought."""


class Preview:
    """What a build has made, and the pages of it that changed cases have changed since."""

    def __init__(self, settings: Settings, content: Content, scorecard: Scorecard) -> None:
        self._settings = settings
        self._gathered = Gathered(content, scorecard)
        self._cases: dict[str, dict[str, Case]] = {slug: {} for slug in content.companies}
        for case in content.cases:
            self._cases[case.company][case.id] = case
        self._pages: dict[str, tuple[Page, str]] = {}
        self._lock = Lock()
        self._renderer = lru_cache(_DAYS * len(content.site.languages))(self._new_renderer)
        self._assets = assets()

    def warm(self) -> None:
        """Gets ready what the first change would wait for: templates take longer to read than to fill."""
        for case in self._gathered.content.cases[:1]:
            for page, language in self._pages_of(self._gathered, case.company, [case.id]).values():
                with self._lock:
                    self._render(page, language)

    def take(self, paths: Iterable[Path]) -> bool:
        """Takes in these files of changed or new cases; whether that is all they are and all can be used.

        A build may find an earlier newest day, where it was a changed case that had it.
        """
        try:
            read = [self._case(path) for path in paths]
        except OSError:
            return False
        cases = [case for case in read if case]
        if len(cases) < len(read):
            return False
        gathered, pages, all_cases = self._gathered, self._pages, dict(self._cases)
        for case in cases:
            own = all_cases[case.company] = all_cases[case.company] | {case.id: case}
            gathered = self._with(gathered, case, own)
            pages = pages | self._pages_of(gathered, case.company, [case.id])
        with self._lock:
            self._gathered, self._pages, self._cases = gathered, pages, all_cases
        return bool(cases)

    def page(self, address: str) -> bytes | None:
        """The page at an address, as the taken cases have changed it; None where they have not."""
        with self._lock:
            found = self._pages.get(address)
            return self._render(*found).encode() if found else None

    def _case(self, path: Path) -> Case | None:
        content = self._gathered.content
        if path.parent.parent.name != "cases":
            return None
        return read_case(path, self._settings.content, content.site, content.companies)

    def _with(self, gathered: Gathered, case: Case, own: Mapping[str, Case]) -> Gathered:
        """Everything with this case as it is now, among its company's `own`."""
        scorecard = gathered.scorecard
        newest = max((day for day in case.dates if case.scored), default=scorecard.as_of)
        as_of = self._settings.as_of or max(newest, scorecard.as_of)
        cases = [own[id_] for id_ in sorted(own)]
        scorecard = scored_again(scorecard, case.company, cases, gathered.content, as_of)
        return gathered.again(scorecard, case.company, cases)

    def _pages_of(
        self, gathered: Gathered, company: str, cases: Container[str]
    ) -> dict[str, tuple[Page, str]]:
        """The pages of a company and of some of its cases, in every language, by their addresses."""
        result = gathered.scorecard.companies[company]
        rows = [row for row in gathered.rows[company] if row.case.id in cases]
        languages = gathered.content.site.languages
        return {
            addresses.in_language(page.address, language, languages): (page, language)
            for page in (
                *company_pages(gathered, result),
                *(case_page(gathered, row, result) for row in rows),
            )
            for language in languages
        }

    def _render(self, page: Page, language: str) -> str:
        return self._renderer(language, self._gathered.scorecard.as_of).render(page)

    def _new_renderer(self, language: str, as_of: date) -> Renderer:
        return Renderer(
            language, self._gathered.content, as_of, self._assets, keep=self._settings.keep
        )
