"""Links from the page that is being rendered: to pages, files and editions, relative or whole.

Each takes Jinja's context, which knows the page, its language, the site, and the edition being made.
"""

from __future__ import annotations

from urllib.parse import urlsplit

from jinja2 import pass_context
from jinja2.runtime import Context

from scorecard.compose import page as addresses
from scorecard.compose.charts.chart import Chart
from scorecard.compose.page import Page
from scorecard.edition import Edition
from scorecard.site import Site


def _here(context: Context) -> str:
    """The address of the page that is being rendered, in its language."""
    site: Site = context["site"]
    page: Page = context["page"]
    return addresses.in_language(page.address, context["language"], site.languages)


def _standing(context: Context) -> str:
    """Where that page will stand: below its edition, if it is part of one."""
    here, freeze = _here(context), context["freeze"]
    return addresses.twin(freeze.name, here) if freeze else here


@pass_context
def link(context: Context, address: str, language: str | None = None) -> str:
    """A link from this page to an address, in this or another language.

    Links are relative, so that the site works below any path; the 404 page, which a host shows at
    any address, has them from the root. Data and static files are the same for all languages. From
    an edition a link to what it does not hold leads to the live site.
    """
    site: Site = context["site"]
    page: Page = context["page"]
    stays = addresses.is_frozen(address.partition("#")[0], site.languages)
    here = _here(context) if stays else _standing(context)
    if address.endswith("/"):
        address = addresses.in_language(address, language or context["language"], site.languages)
    if page.address == addresses.NOT_FOUND:
        return urlsplit(site.base_url).path.rstrip("/") + address
    return relative(here, address)


@pass_context
def live(context: Context) -> str:
    """The link from a page of an edition to the same page as it is today."""
    return relative(_standing(context), _here(context))


@pass_context
def twin(context: Context, edition: Edition) -> str:
    """The link from a page to its frozen twin; empty where the edition has none."""
    here = _here(context)
    if here not in edition.addresses:
        return ""
    return relative(_standing(context), addresses.twin(edition.name, here))


@pass_context
def frozen_front(context: Context, edition: Edition) -> str:
    """The link to an edition's front page, in this language where the edition has it."""
    site: Site = context["site"]
    own = addresses.in_language(addresses.FRONT, context["language"], site.languages)
    front = own if own in edition.addresses else addresses.FRONT
    return relative(_standing(context), addresses.twin(edition.name, front))


def relative(here: str, there: str) -> str:
    """The relative reference from one address of the site to another."""
    path, hash_, fragment = there.partition("#")
    if path == here and hash_:
        return hash_ + fragment
    start, goal = here.split("/")[1:-1], path.split("/")[1:]
    shared = 0
    for ours, theirs in zip(start, goal[:-1], strict=False):
        if ours != theirs:
            break
        shared += 1
    way = "../" * (len(start) - shared) + "/".join(goal[shared:])
    return (way or "./") + hash_ + fragment


@pass_context
def chart_link(context: Context, chart: Chart, ending: str) -> str:
    """The link to a chart as a file, which is in the page's language as well."""
    return file_link(context, addresses.chart_file(chart.owner, chart.name, ending))


@pass_context
def file_link(context: Context, file: str) -> str:
    """The link to a file that there is in each language, in this one."""
    site: Site = context["site"]
    return link(context, addresses.in_language(file, context["language"], site.languages))


@pass_context
def whole(context: Context, address: str) -> str:
    """The whole web address of a page, in this language, or of a file; in the edition if it is there."""
    site: Site = context["site"]
    path, hash_, fragment = address.partition("#")
    place = path
    if path.endswith("/"):
        place = addresses.in_language(path, context["language"], site.languages)
    return addresses.whole(site, place + hash_ + fragment, context["freeze"])


@pass_context
def asset(context: Context, name: str) -> str:
    """The link to a static file, by the name that its content gave it."""
    return link(context, context["assets"][name])


@pass_context
def alternate(context: Context, language: str) -> str:
    """This page in another language, as a whole web address."""
    site: Site = context["site"]
    page: Page = context["page"]
    return addresses.whole_in(site, page.address, language, context["freeze"])


@pass_context
def absolute(context: Context, address: str | None = None) -> str:
    """This page's own web address, or that of another page in the same language."""
    if address:
        return whole(context, address)
    return addresses.whole(context["site"], _here(context), context["freeze"])
