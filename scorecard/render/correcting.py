"""Where a reader of a page says that something is wrong: the page's address is filled in already."""

from __future__ import annotations

from urllib.parse import quote

from jinja2 import pass_context
from jinja2.runtime import Context

from scorecard.compose import host
from scorecard.compose import page as addresses
from scorecard.compose.page import Page
from scorecard.render.links import absolute
from scorecard.site import Site


@pass_context
def form_url(context: Context, form: str) -> str:
    """An issue form with this page filled in as what it is about; empty where the host has none."""
    where = _where(context)
    return host.form_url(context["site"], form, **({"address": where} if where else {}))


@pass_context
def contact_url(context: Context) -> str:
    """The editors' own web page, or a mail to them about this page; empty where neither is known."""
    site: Site = context["site"]
    contact = (site.contact or "").removeprefix("mailto:")
    if contact.startswith(("https://", "http://")):
        return contact
    if "@" not in contact or any(c.isspace() for c in contact):
        return ""
    where = _where(context)
    return f"mailto:{quote(contact, safe='@')}" + (
        f"?subject={quote(where, safe='')}" if where else ""
    )


@pass_context
def file_url(context: Context, path: str) -> str:
    """A file of the content, where it can be edited; empty where the host is not known."""
    return host.file_url(context["site"], path)


def _where(context: Context) -> str:
    """This page's own web address; empty for the page that stands for pages that are not there."""
    page: Page = context["page"]
    return "" if page.address == addresses.NOT_FOUND else absolute(context)
