"""Where a site's repository takes what readers write: the addresses of its host, known of GitHub alone."""

from __future__ import annotations

import re
from urllib.parse import quote, urlencode

from scorecard.site import Site

_GITHUB = re.compile(r"https://github\.com/[\w.-]+/[\w.-]+?(?:\.git)?/?")


def github(site: Site) -> str:
    """The repository on GitHub; empty where it is elsewhere, or nowhere."""
    repository = site.repository or ""
    return repository.rstrip("/").removesuffix(".git") if _GITHUB.fullmatch(repository) else ""


def form_url(site: Site, form: str, **answers: str) -> str:
    """An issue form with these answers filled in; empty where the host is not known to have any."""
    if not (project := github(site)):
        return ""
    told = urlencode({"template": f"{form}.yml", **answers}, quote_via=quote, safe="")
    return f"{project}/issues/new?{told}"


def file_url(site: Site, path: str) -> str:
    """A file of the content, where it can be edited; empty as for forms."""
    return f"{project}/blob/HEAD/content/{path}" if (project := github(site)) else ""
