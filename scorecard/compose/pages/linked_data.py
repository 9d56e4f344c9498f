"""What pages tell search engines and catalogues of data, in schema.org's words.

There is no AggregateRating and no Review: our scores are no users' ratings, and stars beside a company's
name in a list of results would say more than an interval allows.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from msgspec import Struct

from scorecard.compose import page as addresses
from scorecard.compose.gathered import Gathered
from scorecard.compose.tables.data_package import ABOUT, MEDIA, version
from scorecard.compose.tables.table import Column, Table
from scorecard.judge.finding import Reason
from scorecard.model import Company
from scorecard.site import Content, Site

CONTEXT = "https://schema.org"


class Link(Struct, frozen=True):
    """An address of the site, to be written as a whole web address in the page's language."""

    address: str


Properties = Mapping[str, Any]
"""JSON-LD in which a `Reason` is still to be worded, and a `Link` to be written out."""


def dataset(gathered: Gathered, tables: Sequence[Table]) -> Properties:
    """The downloads as a Dataset."""
    site, scorecard = gathered.content.site, gathered.scorecard
    scored = (row.case for row in gathered.every_row if row.weighed)
    days = [time.first.date() for case in scored for time in case.times]
    columns = {c.name: c for t in tables if t.name in ("scores", "cases") for c in t.columns}
    files: list[tuple[Reason | str, str]] = [(t.title, addresses.table(t.name)) for t in tables]
    files += [
        ("SQLite", addresses.database()),
        ("Data Package", addresses.data_package()),
        ("JSON API", addresses.INDEX_JSON),
    ]
    made_by = _publisher(site)
    return {
        "@context": CONTEXT,
        "@type": "Dataset",
        "name": site.name,
        "description": ABOUT,
        "url": Link(addresses.DATA),
        "version": version(gathered),
        "dateModified": scorecard.as_of.isoformat(),
        "isAccessibleForFree": True,
        **({"license": site.licence_url or site.licence} if site.licence else {}),
        "creator": made_by,
        "publisher": made_by,
        **({"temporalCoverage": f"{min(days)}/{scorecard.as_of}"} if days else {}),
        "measurementTechnique": Link(addresses.METHODOLOGY),
        "variableMeasured": [
            _variable(column) for column in columns.values() if column.type in ("number", "integer")
        ],
        "distribution": [_download(name, address) for name, address in files],
    }


def organization(company: Company, content: Content) -> Properties:
    """A company that a page is about. Of its web addresses only those that it gives itself."""
    parent = content.companies.get(company.part_of or "")
    own = dict.fromkeys(url for url in (company.website, *company.contact.urls) if url)
    return {
        "@context": CONTEXT,
        "@type": "Organization",
        "name": company.name,
        **({"url": company.website} if company.website else {}),
        **({"sameAs": list(own)} if own else {}),
        **({"parentOrganization": _named(parent.name)} if parent else {}),
        "mainEntityOfPage": Link(addresses.company(company.slug)),
    }


def _publisher(site: Site) -> Properties:
    return {**_named(", ".join(site.authors)), "url": Link(addresses.FRONT)}


def _named(name: str) -> Properties:
    return {"@type": "Organization", "name": name}


def _variable(column: Column) -> Properties:
    limits = {"minValue": column.least, "maxValue": column.most}
    return {
        "@type": "PropertyValue",
        "name": column.name,
        "description": column.says,
        **({"unitText": column.unit} if column.unit else {}),
        **{name: value for name, value in limits.items() if value is not None},
    }


def _download(name: Reason | str, address: str) -> Properties:
    return {
        "@type": "DataDownload",
        "name": name,
        "encodingFormat": MEDIA[address.rpartition(".")[2]],
        "contentUrl": Link(address),
    }
