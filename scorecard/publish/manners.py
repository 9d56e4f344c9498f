"""What a well-mannered site tells those who knock: sitemap, robots.txt, security.txt and humans.txt."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, timedelta
from itertools import islice
from xml.sax.saxutils import escape

from scorecard.compose import page as addresses
from scorecard.compose.gathered import Gathered
from scorecard.compose.page import Listed
from scorecard.site import Site

MOST = 50_000
"""So many addresses may stand in one sitemap, by its protocol."""
_HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n'
_SPACE = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'


def manners(gathered: Gathered, pages: Iterable[Listed]) -> Iterator[tuple[str, str]]:
    """Their addresses and texts."""
    site, as_of = gathered.content.site, gathered.scorecard.as_of
    yield from sitemaps(site, pages)
    yield (
        addresses.ROBOTS,
        f"User-agent: *\nAllow: /\nSitemap: {addresses.whole(site, addresses.SITEMAP)}\n",
    )
    yield addresses.HUMANS, humans(site, as_of, gathered.content.rubric.version)
    if site.security:
        yield addresses.SECURITY, security(site, as_of)


def sitemaps(site: Site, pages: Iterable[Listed], most: int = MOST) -> Iterator[tuple[str, str]]:
    """The sitemap; where it would hold more than `most` addresses, an index and its parts."""
    entries = ((page.changed, entry) for page in pages for entry in _entries(site, page))
    parts = list(iter(lambda: list(islice(entries, most)), []))
    if len(parts) <= 1:
        yield addresses.SITEMAP, _urlset(entry for part in parts for _, entry in part)
        return
    index = []
    for number, part in enumerate(parts, 1):
        address = addresses.sitemap_part(number)
        yield address, _urlset(entry for _, entry in part)
        newest = max((day for day, _ in part if day), default=None)
        index.append(
            f"<sitemap><loc>{escape(addresses.whole(site, address))}</loc>{_day(newest)}</sitemap>"
        )
    whole = f"{_HEAD}<sitemapindex {_SPACE}>\n" + "\n".join(index) + "\n</sitemapindex>\n"
    yield addresses.SITEMAP, whole


def _urlset(entries: Iterable[str]) -> str:
    xhtml = 'xmlns:xhtml="http://www.w3.org/1999/xhtml"'
    return f"{_HEAD}<urlset {_SPACE} {xhtml}>\n" + "\n".join(entries) + "\n</urlset>\n"


def _entries(site: Site, page: Listed) -> Iterator[str]:
    """The page in each language, with the others as its twins."""
    twins: Mapping[str, str] = {
        language: escape(addresses.whole_in(site, page.address, language))
        for language in site.languages
    }
    links = "".join(
        f'<xhtml:link rel="alternate" hreflang="{language}" href="{url}"/>'
        for language, url in twins.items()
    )
    for url in twins.values():
        yield f"<url><loc>{url}</loc>{_day(page.changed)}{links}</url>"


def _day(day: date | None) -> str:
    return f"<lastmod>{day}</lastmod>" if day else ""


def security(site: Site, as_of: date) -> str:
    """Whom to tell of a hole, by RFC 9116. It holds for a year, less a day, from the day of the scores."""
    if not site.security:
        return ""
    try:
        year = as_of.replace(year=as_of.year + 1)
    except ValueError:  # the 29th of February
        year = as_of.replace(year=as_of.year + 1, day=28)
    lines = [
        f"Contact: {site.security.contact}",
        f"Expires: {year - timedelta(days=1)}T00:00:00Z",
        f"Preferred-Languages: {', '.join(site.languages)}",
    ]
    if site.base_url.startswith("https://"):
        lines.append(f"Canonical: {addresses.whole(site, addresses.SECURITY)}")
    if site.security.policy:
        lines.append(f"Policy: {site.security.policy}")
    return "\n".join(lines) + "\n"


def humans(site: Site, as_of: date, method: str) -> str:
    """Who makes the site, and how to reach somebody who answers; as on humanstxt.org."""
    ask = site.contact or site.repository
    team = [*(f"Editor: {name}" for name in site.editors), f"Contact: {ask}" if ask else ""]
    facts = [
        f"Scores as of: {as_of}",
        f"Method: {method}",
        f"Languages: {', '.join(site.languages)}",
        f"Licence: {site.licence}" if site.licence else "",
        f"For journalists: {addresses.whole(site, addresses.JOURNALISTS)}",
    ]
    parts = [("TEAM", team), ("SITE", facts)]
    told = [
        f"/* {head} */\n" + "\n".join(filter(None, lines)) for head, lines in parts if any(lines)
    ]
    return f"{site.name}\n\n" + "\n\n".join(told) + "\n"
