"""A page before it is text, and the one place that knows every address but those of an edition's own list of
files, which `load/editions.py` reads."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any, Literal, TypeAlias

from msgspec import Struct, field

from scorecard.edition import Freeze
from scorecard.judge.finding import Reason
from scorecard.rubric import Texts
from scorecard.site import Site

Kind: TypeAlias = Literal["page", "company", "case", "sector"]
"""What a page is found as; `page` is one to be read as a whole, like the methodology."""


class Page(Struct, frozen=True):
    """One address and what its template needs. The same in every language; the template words it.

    `changed` is the newest date of what the page shows, for the sitemap; None keeps it out of it, but for
    a page that is `undated`: nobody knows when its text changed. The search finds the page as `found_as`;
    None keeps it out of that.
    """

    address: str
    template: str
    title: Reason | Texts | str
    description: Reason | Texts | str
    data: Mapping[str, Any] = field(default_factory=dict)
    changed: date | None = None
    found_as: Kind | None = None
    undated: bool = False

    @property
    def listed(self) -> bool:
        """Does the sitemap name it?"""
        return self.undated or self.changed is not None


class Listed(Struct, frozen=True):
    """A page as the sitemap names it."""

    address: str
    changed: date | None


class Export(Struct, frozen=True):
    """One file of data, ready to be written: its address and its text."""

    address: str
    text: str


FRONT = "/"
METHODOLOGY = "/methodology/"
DATA = "/data/"
COMPARE = "/compare/"
CONTRIBUTE = "/contribute/"
JOURNALISTS = "/journalists/"
PRESS = "/data/press-pictures.zip"
CASE_TEMPLATE = "/contribute/case-template.yaml"
STYLEGUIDE = "/styleguide/"
SEARCH = "/search/"
NOT_FOUND = "/404.html"
CORRECTIONS = "/corrections/"
EDITIONS = "/editions/"
CHANGES = "/changes/"
FEED = "/feed.xml"
CHANGES_JSON = "/api/v1/changes.json"
SITEMAP = "/sitemap.xml"
ROBOTS = "/robots.txt"
HUMANS = "/humans.txt"
SECURITY = "/.well-known/security.txt"
_FROZEN = (
    "/companies/",
    "/sectors/",
    "/charts/",
    "/embed/",
    "/badge/",
    "/card/",
    "/oembed/",
    "/methodology/",
    "/data/",
    "/api/v1/index.json",
    "/api/v1/companies/",
    "/api/v1/schema/",
    "/static/",
    "/content.sha256",
    "/SHA256SUMS",
)
INDEX_JSON = "/api/v1/index.json"
METHOD = "/data/rubric.yaml"
DATABASE_WORDS = "/data/metadata.json"
"""What Datasette shows beside the database."""
_SECTOR_OWNER = "sector--"
FIELD = "all--companies"
"""The owner of the charts of the whole site; no company can have this name."""
CARD_DRAWING = f"/card/{FIELD}.svg"
"""The site's picture for sharing, of which there is an SVG as well."""


def static(name: str) -> str:
    """A file that pages are laid out with."""
    return f"/static/{name}"


def sitemap_part(number: int) -> str:
    """A part of the sitemap, where that is too long to be one."""
    return f"/sitemap-{number}.xml"


def company(slug: str) -> str:
    """The company's page."""
    return f"/companies/{slug}/"


def company_cases(slug: str) -> str:
    """All cases of a company that has more than its page can show."""
    return f"/companies/{slug}/cases/"


def case(id_: str) -> str:
    """The case's page; `id_` is `<company>/<case>`."""
    return f"/cases/{id_}/"


def comparison(slugs: Iterable[str]) -> str:
    """The page that puts these companies side by side."""
    return f"{COMPARE}?companies={','.join(slugs)}"


def sector(slug: str) -> str:
    """The sector's page."""
    return f"/sectors/{slug}/"


def prose(slug: str) -> str:
    """A page that the editors wrote."""
    return f"/{slug}/"


def sector_owner(slug: str) -> str:
    """The owner of a sector's charts; no company can have this name."""
    return f"{_SECTOR_OWNER}{slug}"


def sector_of(owner: str) -> str | None:
    """The sector whose charts these are; None where they are not a sector's."""
    return owner.removeprefix(_SECTOR_OWNER) if owner.startswith(_SECTOR_OWNER) else None


def chart(owner: str, name: str) -> str:
    """A chart's own page."""
    return f"/charts/{owner}/{name}/"


def chart_file(owner: str, name: str, ending: str) -> str:
    """A chart as a file: `svg`, `png`, `csv` or `json` (its Plotly figure)."""
    return f"/charts/{owner}/{name}.{ending}"


def citation_file(address: str, ending: str) -> str:
    """A page's citation as a file: `bib`, `ris` or `csl.json`."""
    return f"{address}citation.{ending}"


def embed(slug: str) -> str:
    """The company's score for an iframe."""
    return f"/embed/{slug}/"


def badge(slug: str) -> str:
    """The company's grade and score as a small picture in a line."""
    return f"/badge/{slug}.svg"


def card(slug: str) -> str:
    """The company's picture for sharing; that of the whole site is `FIELD`'s."""
    return f"/card/{slug}.png"


def oembed(slug: str) -> str:
    """How the company's score is embedded, for programs that ask."""
    return f"/oembed/{slug}.json"


def company_json(slug: str) -> str:
    """The company's data."""
    return f"/api/v1/companies/{slug}.json"


def case_json(id_: str) -> str:
    """The case's data."""
    return f"/api/v1/cases/{id_}.json"


def table(name: str, company: str | None = None) -> str:
    """A table as CSV: of the whole site, or what it holds of one company."""
    return f"{_data_folder(company)}{name}.csv"


def database(company: str | None = None) -> str:
    """All tables as one SQLite database: of the site, or what they hold of one company."""
    return f"{_data_folder(company)}scorecard.sqlite"


def data_package(company: str | None = None) -> str:
    """What describes the tables of the site, or of one company."""
    return f"{_data_folder(company)}datapackage.json"


def _data_folder(company: str | None) -> str:
    return f"{DATA}companies/{company}/" if company else DATA


def api_schema(name: str) -> str:
    """The JSON Schema of a file of the API."""
    return f"/api/v1/schema/{name}.json"


def edition(name: str) -> str:
    """The front page of a frozen edition; below it stand its pages, at their own addresses."""
    return f"{EDITIONS}{name}/"


def edition_archive(name: str) -> str:
    """The archive of an edition, as it lies in the content."""
    return f"{EDITIONS}{name}.zip"


def twin(name: str, address: str) -> str:
    """Where an edition holds the frozen twin of a live address, which is already in its language."""
    return edition(name).removesuffix("/") + address


def is_frozen(address: str, languages: Iterable[str] = ()) -> bool:
    """Does an edition hold this address, or does it leave it to the live site?

    It holds what is cited, and what that is drawn and made from. The pages of cases stay live, so that
    links to one that is withdrawn lead to its tombstone. With `languages` the address may begin with one
    of them.
    """
    for language in languages:
        if address.startswith(f"/{language}/"):
            address = address.removeprefix(f"/{language}")
    live = address.endswith("/feed.xml") or (
        address.startswith("/charts/") and address.endswith(".png")
    )
    return address == FRONT or (address.startswith(_FROZEN) and not live)


def whole(site: Site, address: str, freeze: Freeze | None = None) -> str:
    """An address, already in its language, as a whole web address: in the edition where that holds it."""
    held = freeze and is_frozen(address.partition("#")[0], site.languages)
    place = twin(freeze.name, address) if freeze and held else address
    return site.base_url.rstrip("/") + place


def whole_in(site: Site, address: str, language: str, freeze: Freeze | None = None) -> str:
    """The same of an address that is in no language yet."""
    return whole(site, in_language(address, language, site.languages), freeze)


def changes_since(name: str) -> str:
    """What changed since an edition that is not the newest."""
    return f"{CHANGES}{name}/"


def company_feed(slug: str) -> str:
    """What is new about a company, as an Atom feed."""
    return f"/companies/{slug}/feed.xml"


def figure(address: str, id_: str) -> str:
    """Where a published figure stands: on its owner's page."""
    return f"{address}#{id_}"


def in_language(address: str, language: str, languages: tuple[str, ...]) -> str:
    """The address in a language: the first one stands at the root, the others below their code."""
    return address if language == languages[0] else f"/{language}{address}"
