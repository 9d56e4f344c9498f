"""Pages and exports → the files of the site: their addresses and bytes, one after the other."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from pathlib import Path
from xml.sax.saxutils import escape

import plotly

from scorecard.compose import page as addresses
from scorecard.compose.exports import exports
from scorecard.compose.page import Page
from scorecard.compose.pages import Composer
from scorecard.compose.words import words_in
from scorecard.render.pages import TEMPLATES, Renderer, absolute
from scorecard.site import Site

_PLOTLY = Path(plotly.__file__).parent / "package_data" / "plotly.min.js"


def site_files(composer: Composer) -> Iterator[tuple[str, bytes]]:
    """Every file of the site; nothing of it is kept."""
    content = composer.content
    static = dict(_static_files())
    assets = {name: address for name, (address, _) in static.items()}
    yield from static.values()
    pages = list(composer.pages())
    for language in content.site.languages:
        renderer = Renderer(language, content, composer.scorecard.as_of, assets)
        for page in pages:
            address = addresses.in_language(page.address, language, content.site.languages)
            yield address, renderer.render(page).encode()
        for chart in (chart for charts in composer.charts.values() for chart in charts):
            file = addresses.chart_file(chart.owner, chart.name, "svg")
            own = addresses.in_language(file, language, content.site.languages)
            yield own, renderer.chart_svg(chart).encode()
    for export in exports(composer, words_in(content.site.languages[0])):
        yield export.address, export.text.encode()
    yield "/sitemap.xml", _sitemap(content.site, pages).encode()
    yield "/robots.txt", f"User-agent: *\nAllow: /\nSitemap: {absolute(content.site, '/sitemap.xml')}\n".encode()


def _static_files() -> Iterator[tuple[str, tuple[str, bytes]]]:
    """Static files by name, at an address that changes with their content."""
    files = [*sorted((TEMPLATES / "static").iterdir()), _PLOTLY]
    for path in files:
        data = path.read_bytes()
        stem, dot, ending = path.name.partition(".")
        mark = hashlib.sha256(data).hexdigest()[:10]
        yield path.name, (f"/static/{stem}.{mark}{dot}{ending}", data)


def _sitemap(site: Site, pages: list[Page]) -> str:
    entries = [entry for page in pages if page.changed for entry in _entries(site, page)]
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        '<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" '
        'xmlns:xhtml="http://www.w3.org/1999/xhtml">\n' + "\n".join(entries) + "\n</urlset>\n"
    )


def _entries(site: Site, page: Page) -> Iterator[str]:
    twins: Mapping[str, str] = {
        language: escape(absolute(site, addresses.in_language(page.address, language, site.languages)))
        for language in site.languages
    }
    links = "".join(
        f'<xhtml:link rel="alternate" hreflang="{language}" href="{url}"/>'
        for language, url in twins.items()
    )
    for url in twins.values():
        yield f"<url><loc>{url}</loc><lastmod>{page.changed}</lastmod>{links}</url>"
