"""Pages → HTML in one language. The only place where Jinja is set up."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined, pass_context
from jinja2.runtime import Context
from markupsafe import Markup, escape

from scorecard.compose import page as addresses
from scorecard.compose import vocabulary
from scorecard.compose.charts.chart import DIMENSION_NAMES, Chart
from scorecard.compose.exports import chart_files, chart_table
from scorecard.compose.page import Page
from scorecard.compose.pages.citation import Citation, citation
from scorecard.compose.tables.table import Cell
from scorecard.compose.words import Words, say_in, spoken, words_in
from scorecard.edition import Freeze
from scorecard.judge.finding import Reason, say
from scorecard.places import TEMPLATES
from scorecard.render import links
from scorecard.render.citations import FORMATS, citation_files
from scorecard.render.compiled import Compiled, Unfolded, written
from scorecard.render.correcting import contact_url, file_url, form_url
from scorecard.render.drawing import draw
from scorecard.render.linked_data import as_json, in_page, worded
from scorecard.render.markdown import contributed, edited, literal
from scorecard.render.pictures import Pictures
from scorecard.render.said import Said, filling
from scorecard.rubric import DIMENSIONS
from scorecard.score.company import CompanyResult
from scorecard.score.estimate import band, enough_cases
from scorecard.score.scorecard import SectorResult
from scorecard.site import Content


class Renderer:
    """Renders pages in one language of one site; as an edition where a `freeze` says so.

    Compiled templates and drawn pictures are kept in the folder `keep`, where there is one.
    """

    def __init__(
        self,
        language: str,
        content: Content,
        as_of: date,
        assets: Mapping[str, str],
        freeze: Freeze | None = None,
        keep: Path | None = None,
    ) -> None:
        self.content = content
        self.as_of = as_of
        self.freeze = freeze
        self.words: Words = words_in(language)
        self.assets = assets
        self.environment = self._environment(keep)
        self.environment.filters.update(self._filters())
        self.environment.globals.update(self._globals())
        self.pictures = Pictures(self.environment, self.words, content.site, as_of, freeze, keep)

    def _environment(self, keep: Path | None) -> Environment:
        environment = Environment(
            loader=FileSystemLoader(TEMPLATES),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
            auto_reload=False,
            optimized=False,
            bytecode_cache=Compiled(self.words.language, keep) if keep else None,
            extensions=["jinja2.ext.i18n", Said],
        )
        environment.code_generator_class = Unfolded
        translations = self.words.translations
        environment.install_gettext_translations(translations, newstyle=True)  # type: ignore[attr-defined]  # the i18n extension adds it when it is loaded
        environment.extend(said=translations.gettext, written=written)
        environment.globals["_"] = filling(translations.gettext)
        return environment

    def _filters(self) -> dict[str, Callable[..., Any]]:
        """What a value becomes: words of the language, a link, safe HTML."""
        return {
            **{name: getattr(self.words, name) for name in _OF_WORDS},
            "say_in": say_in,
            "tongue_name": self.words.tongue,
            "quoting": self._quoting,
            "friction": self._friction,
            "cell": self._cell,
            "by_name": self._by_name,
            "as_json": as_json,
            "link": links.link,
            "whole": links.whole,
            "chart_link": links.chart_link,
            "file_link": links.file_link,
            "linked": self._linked,
            "contributed": contributed,
            "edited": edited,
            "literal_markdown": literal,
        }

    def _globals(self) -> dict[str, Any]:
        """What every template knows of the site, and what it can ask for."""
        content = self.content
        prose = {addresses.prose(page.slug) for page in content.pages}
        return {
            "site": content.site,
            "rubric": content.rubric,
            "sectors": content.sectors,
            "companies": content.companies,
            "digest": content.digest,
            "editions": content.editions,
            "freeze": self.freeze,
            "as_of": self.as_of,
            "language": self.words.language,
            "tongues": spoken(self.words.language),
            "dimensions": DIMENSIONS,
            "dimension_names": DIMENSION_NAMES,
            "vocabulary": vocabulary,
            "addresses": addresses,
            "navigation": [(a, label) for a, label in _NAVIGATION if a not in _PROSE or a in prose],
            "prose": prose,
            "asset": links.asset,
            "alternate": links.alternate,
            "absolute": links.absolute,
            "live": links.live,
            "frozen_front": links.frozen_front,
            "twin": links.twin,
            "file_url": file_url,
            "form_url": form_url,
            "contact_url": contact_url,
            "draw": partial(draw, words=self.words),
            "chart_table": partial(chart_table, words=self.words),
            "enough": self._enough,
            "citation": self._citation,
            "formats": FORMATS,
        }

    def render(self, page: Page) -> str:
        """The page's HTML."""
        template = self.environment.get_template(page.template)
        return template.render(
            page=page,
            title=self.words.say(page.title),
            description=self.words.say(page.description),
            assets=self.assets,
            **page.data,
        )

    def files(self, page: Page) -> Iterator[tuple[str, str | bytes]]:
        """The page, and what stands beside it, like a chart's files: addresses and content."""
        yield page.address, self.render(page)
        yield from self.pictures.beside(page)
        if page.template == "charts/chart.html":
            chart: Chart = page.data["chart"]
            yield from self.pictures.of_chart(chart, draw(chart, self.words))
            for export in chart_files(chart, self.words):
                yield export.address, export.text
        if page.found_as in ("company", "sector"):
            yield from citation_files(page.address, self._citation(page))

    def _citation(self, page: Page) -> Citation:
        return citation(page, self.words, self.content, self.as_of, self.freeze)

    def _cell(self, cell: Cell) -> str:
        """A cell of a chart's table; a date stands for its month."""
        if cell is None:
            return "–"
        if isinstance(cell, date):
            return self.words.month(cell)
        return cell if isinstance(cell, str) else self.words.number(cell, 2)

    def _by_name(self, sectors: Sequence[SectorResult]) -> list[SectorResult]:
        return sorted(sectors, key=lambda s: self.words.say(s.sector.name).casefold())

    def _enough(self, result: CompanyResult) -> bool:
        return enough_cases(result.overall, self.content.rubric)

    def _quoting(self, text: Reason, language: str) -> Markup:
        """A sentence in which somebody's own words, in their `language`, are marked as such."""
        if language == self.words.language:
            return escape(self.words.say(text))
        quote = Markup('<span lang="{}">{}</span>')  # its format escapes what it fills in
        values = {
            name: quote.format(language, value)
            if isinstance(value, str)
            else self._quoting(value, language)
            if isinstance(value, Reason)
            else self.words.value(name, value)
            for name, value in text.values.items()
        }
        return escape(self.words.template(text)).format_map(values)

    @pass_context
    def _linked(self, context: Context, told: Mapping[str, Any]) -> Markup:
        """What a page tells in schema.org's words, as JSON-LD."""
        return in_page(worded(told, self.words, partial(links.whole, context)))

    def _friction(self, points: float) -> str:
        name = band(points, self.content.rubric.friction)
        return self.words.say(vocabulary.FRICTION.get(name, name))


_OF_WORDS = (
    *("say", "number", "score", "share", "percent", "money", "figure", "rank"),
    *("day", "days", "month", "month_name", "time", "duration", "elapsed", "working_time"),
)
"""The filters that are methods of Words."""
_PROSE = {addresses.prose("about")}
_NAVIGATION = (
    (addresses.FRONT, say("Scorecard")),
    (addresses.COMPARE, say("Compare")),
    (addresses.METHODOLOGY, say("Methodology")),
    (addresses.DATA, say("Data")),
    (addresses.CONTRIBUTE, say("Contribute")),
    (addresses.prose("about"), say("About")),
    (addresses.SEARCH, say("Search")),
)
