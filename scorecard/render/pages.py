"""Pages → HTML in one language. The only place where Jinja is set up."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from jinja2 import Environment, FileSystemLoader, StrictUndefined, pass_context
from jinja2.runtime import Context
from markupsafe import Markup, escape

from scorecard.compose import page as addresses
from scorecard.compose import vocabulary
from scorecard.compose.chart import DIMENSION_NAMES, Chart
from scorecard.compose.exports import Cell, chart_files, chart_table
from scorecard.compose.page import Page
from scorecard.compose.words import Words, words_in
from scorecard.judge.finding import Reason, say
from scorecard.render.drawing import draw
from scorecard.render.markdown import contributed, edited
from scorecard.render.pictures import Pictures
from scorecard.render.said import Said
from scorecard.rubric import DIMENSIONS
from scorecard.score.company import CompanyResult
from scorecard.score.estimate import band, enough_cases
from scorecard.score.scorecard import SectorResult
from scorecard.site import Content, Site

TEMPLATES = Path(__file__).resolve().parents[2] / "templates"

FRICTION = {
    "none": say("no friction"),
    "low": say("low friction"),
    "some": say("some friction"),
    "high": say("high friction"),
    "extreme": say("extreme friction"),
}


class Renderer:
    """Renders pages in one language of one site."""

    def __init__(
        self,
        language: str,
        content: Content,
        as_of: date,
        assets: Mapping[str, str],
    ) -> None:
        self.content = content
        self.rubric = content.rubric
        self.words: Words = words_in(language)
        self.assets = assets
        self.environment = self._environment()
        prose = {addresses.prose(page.slug) for page in content.pages}
        self.environment.globals.update(
            site=content.site,
            rubric=content.rubric,
            sectors=content.sectors,
            companies=content.companies,
            digest=content.digest,
            as_of=as_of,
            language=language,
            dimensions=DIMENSIONS,
            dimension_names=DIMENSION_NAMES,
            vocabulary=vocabulary,
            addresses=addresses,
            navigation=[(a, label) for a, label in _NAVIGATION if a not in _PROSE or a in prose],
            prose=prose,
        )
        self.pictures = Pictures(self.environment, self.words, content.site, as_of)

    def _environment(self) -> Environment:
        environment = Environment(
            loader=FileSystemLoader(TEMPLATES),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
            extensions=["jinja2.ext.i18n", Said],
        )
        environment.install_gettext_translations(self.words.translations, newstyle=True)  # type: ignore[attr-defined]  # the i18n extension adds it when it is loaded
        environment.extend(said=self.words.translations.gettext)
        words = self.words
        environment.filters.update(
            say=words.say,
            quoting=self._quoting,
            number=words.number,
            score=words.score,
            share=words.share,
            percent=words.percent,
            money=words.money,
            day=words.day,
            duration=words.duration,
            by_name=self._by_name,
            chart_link=_chart_link,
            file_link=_file_link,
            time=words.time,
            elapsed=words.elapsed,
            working_time=words.working_time,
            contributed=contributed,
            edited=edited,
            link=_link,
            friction=self._friction,
            rank=words.rank,
            cell=self._cell,
            month=words.month,
            month_name=words.month_name,
            split_lines=str.splitlines,
        )
        environment.globals.update(
            asset=_asset,
            draw=self._draw,
            chart_table=self._chart_table,
            alternate=_alternate,
            absolute=_absolute,
            config_url=_config_url,
            enough=self._enough,
        )
        return environment

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
            yield from self.pictures.of_chart(chart, self._draw(chart))
            for export in chart_files(chart, self.words):
                yield export.address, export.text

    def _draw(self, chart: Chart) -> Any:
        return draw(chart, self.words)

    def _chart_table(self, chart: Chart) -> Any:
        return chart_table(chart, self.words)

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
        return enough_cases(result.overall, self.rubric)

    def _quoting(self, text: Reason, language: str) -> Markup:
        """A sentence in which somebody's own words, in their `language`, are marked as such."""
        quote = Markup('<span lang="{}">{}</span>')  # its format escapes what it fills in
        values = {
            name: quote.format(language, value)
            if isinstance(value, str) and language != self.words.language
            else self._quoting(value, language)
            if isinstance(value, Reason)
            else self.words.value(name, value)
            for name, value in text.values.items()
        }
        return escape(self.words.template(text)).format_map(values)

    def _friction(self, points: float) -> str:
        name = band(points, self.rubric.friction)
        return self.words.say(FRICTION.get(name, name))


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


def _here(context: Context) -> str:
    """The address of the page that is being rendered, in its language."""
    site: Site = context["site"]
    page: Page = context["page"]
    return addresses.in_language(page.address, context["language"], site.languages)


@pass_context
def _link(context: Context, address: str, language: str | None = None) -> str:
    """A link from this page to an address, in this or another language.

    Links are relative, so that the site works below any path; the 404 page, which a host shows at
    any address, has them from the root. Data and static files are the same for all languages.
    """
    site: Site = context["site"]
    page: Page = context["page"]
    if address.endswith("/"):
        address = addresses.in_language(address, language or context["language"], site.languages)
    if page.address == addresses.NOT_FOUND:
        return urlsplit(site.base_url).path.rstrip("/") + address
    return relative(_here(context), address)


@lru_cache(maxsize=65536)
def relative(here: str, there: str) -> str:
    """The relative reference from one address of the site to another."""
    path, hash_, fragment = there.partition("#")
    start = here if here.endswith("/") else posixpath.dirname(here) + "/"
    way = posixpath.relpath(path, start)
    if path.endswith("/"):
        way += "/"
    return ("" if path == here and hash_ else way) + hash_ + fragment


@pass_context
def _chart_link(context: Context, chart: Chart, ending: str) -> str:
    """The link to a chart as a file."""
    return _file_link(context, addresses.chart_file(chart.owner, chart.name, ending))


@pass_context
def _file_link(context: Context, address: str) -> str:
    """The link to a file that is in the page's language as well."""
    site: Site = context["site"]
    return _link(context, addresses.in_language(address, context["language"], site.languages))


@pass_context
def _asset(context: Context, name: str) -> str:
    """The link to a static file, by the name that its content gave it."""
    return _link(context, context["assets"][name])


@pass_context
def _alternate(context: Context, language: str) -> str:
    """This page in another language, as a whole web address."""
    site: Site = context["site"]
    page: Page = context["page"]
    return absolute(site, addresses.in_language(page.address, language, site.languages))


@pass_context
def _absolute(context: Context) -> str:
    """This page's own web address."""
    return absolute(context["site"], _here(context))


@pass_context
def _config_url(context: Context, path: str) -> str:
    """A file of the content, where it can be edited; empty without a repository."""
    site: Site = context["site"]
    return f"{site.repository.rstrip('/')}/blob/HEAD/content/{path}" if site.repository else ""


def absolute(site: Site, address: str) -> str:
    """An address of the site as a whole web address."""
    return site.base_url.rstrip("/") + address
