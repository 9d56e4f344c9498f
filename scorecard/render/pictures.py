"""What other sites show of a company: its badge, its card, and how it is embedded; and charts as PNG."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import Any

from jinja2 import Environment

from scorecard.compose import page as addresses
from scorecard.compose.charts.chart import Chart
from scorecard.compose.page import Page
from scorecard.compose.pages.brief import Brief
from scorecard.compose.words import Words
from scorecard.edition import Freeze
from scorecard.render import lettering
from scorecard.render.canvas import Drawing, stretched
from scorecard.render.lettering import drawable
from scorecard.render.raster import png
from scorecard.site import Site

EMBED_SIZE = (400, 240)
"""The size in which an embed is offered: pixels, width and height; it fits any other."""
CARD_SIZE = (1200, 630)
CHART_WIDTH = 640.0
ZOOM = 2
"""So many units wide is a chart's picture; its PNG has so many times that in pixels."""
DAY = 86400


class Pictures:
    """Makes them in one language, and gives its templates what they are laid out with.

    Drawn PNGs are kept in the folder `keep`, where there is one.
    """

    def __init__(
        self,
        environment: Environment,
        words: Words,
        site: Site,
        as_of: date,
        freeze: Freeze | None = None,
        keep: Path | None = None,
    ) -> None:
        self.environment = environment
        self.words = words
        self.site = site
        self.as_of = as_of
        self.freeze = freeze
        self.keep = keep
        environment.filters.update(web_address=self.web_address)
        environment.globals.update(
            lettering=lettering,
            sizes={"embed": EMBED_SIZE, "card": CARD_SIZE},
            territory=words.territory,
        )

    def web_address(self, address: str, edition: str | None = None) -> str:
        """An address in this language, or its frozen twin in an edition, as a whole web address."""
        freeze = Freeze(edition) if edition else self.freeze
        return addresses.whole_in(self.site, address, self.words.language, freeze)

    def beside(self, page: Page) -> Iterator[tuple[str, str | bytes]]:
        """What stands beside a page: a company's badge and card, and the site's own beside the front page."""
        if page.template == "companies/company.html":
            yield from self.of_company(page.data["brief"])
        elif page.address == addresses.FRONT:
            yield from self.of_site(page.data)

    def of_company(self, brief: Brief) -> Iterator[tuple[str, str | bytes]]:
        """Its badge, card and oEmbed, at its old addresses too: others have put them on their pages."""
        badge, card, oembed = self.badge(brief), self.card(brief), self.oembed(brief)
        for slug in brief.company.slugs:
            yield addresses.badge(slug), badge
            yield addresses.card(slug), card
            yield addresses.oembed(slug), oembed

    def badge(self, brief: Brief) -> str:
        """The badge, an SVG."""
        return self._fill("badge.svg", brief=brief)

    def card(self, brief: Brief) -> bytes:
        """The card, a PNG."""
        name = drawable(brief.company.name)
        readable = any(letter.isalnum() for letter in name)
        shown = name if readable else brief.company.slug
        svg = self._fill("cards/company.svg", brief=brief, name=shown)
        return png(svg, self._texts(self.words.say(brief.verdict), brief.address), keep=self.keep)

    def of_site(self, data: Mapping[str, object]) -> Iterator[tuple[str, str | bytes]]:
        """The card of the whole site, of what its front page shows."""
        svg = self._fill("cards/site.svg", **data)
        yield addresses.CARD_DRAWING, svg
        texts = self._texts(self.site.name, addresses.FRONT)
        yield addresses.card(addresses.FIELD), png(svg, texts, keep=self.keep)

    def of_chart(self, chart: Chart, drawing: Drawing) -> Iterator[tuple[str, str | bytes]]:
        """The chart as pictures of its own, with title, source, date and licence: SVG and PNG."""
        wide = stretched(drawing, CHART_WIDTH)
        svg = self._fill("charts/standalone.svg", chart=chart, drawing=wide)
        title = self.words.say(chart.full_title)
        texts = self._texts(title, addresses.chart(chart.owner, chart.name))
        yield addresses.chart_file(chart.owner, chart.name, "svg"), svg
        if not self.freeze:  # an edition holds the SVG, which is a tenth of the size
            picture = png(svg, texts, ZOOM, self.keep)
            yield addresses.chart_file(chart.owner, chart.name, "png"), picture

    def oembed(self, brief: Brief) -> str:
        """How the company is embedded, by oEmbed 1.0: a program reads a file as well as a server."""
        wide, high = EMBED_SIZE
        told = {
            "version": "1.0",
            "type": "rich",
            "title": self.words.say(brief.verdict),
            "author_name": ", ".join(self.site.authors),
            "provider_name": self.site.name,
            "provider_url": self.web_address(addresses.FRONT),
            "cache_age": DAY,
            "html": self._fill("frame.html", brief=brief).rstrip(),
            "width": wide,
            "height": high,
            "thumbnail_url": self.web_address(addresses.card(brief.company.slug)),
            "thumbnail_width": CARD_SIZE[0],
            "thumbnail_height": CARD_SIZE[1],
        }
        return json.dumps(told, ensure_ascii=False, indent=1) + "\n"

    def _fill(self, template: str, **data: Any) -> str:
        return self.environment.get_template(template).render(**data).lstrip()

    def _texts(self, title: str, address: str) -> dict[str, str]:
        """What a program can read from the picture itself."""
        licence = ", ".join(part for part in (self.site.licence, self.site.licence_url) if part)
        return {
            "Title": title,
            "Author": ", ".join(self.site.authors),
            "Source": self.web_address(address),
            "Copyright": f"{self.site.name}. {licence}" if licence else self.site.name,
            "Creation Time": self.as_of.isoformat(),
        }
