"""The pictures for the press: which there are, and the words that go with them."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import Struct

from scorecard.compose import page as addresses
from scorecard.compose.charts.chart import Chart
from scorecard.compose.gathered import Gathered
from scorecard.judge.finding import Reason
from scorecard.rubric import Texts

ENDINGS = ("png", "svg")


class PressPicture(Struct, frozen=True):
    """`files`: its addresses, by their endings; `page`: where its figures stand; `name`: of its files."""

    name: str
    title: Reason | Texts | str
    says: Reason | Texts | str
    files: tuple[tuple[str, str], ...]
    page: str


def press_pictures(gathered: Gathered) -> Iterator[PressPicture]:
    """The card of the site, the field of all companies, and the charts of every sector."""
    site = gathered.content.site
    yield PressPicture(
        "scorecard",
        site.name,
        site.tagline or site.name,
        (("png", addresses.card(addresses.FIELD)), ("svg", addresses.CARD_DRAWING)),
        addresses.FRONT,
    )
    for owner in gathered.shared_owners:
        for chart in gathered.charts(owner):
            yield _of_chart(chart)


def _of_chart(chart: Chart) -> PressPicture:
    return PressPicture(
        f"{chart.owner.replace('--', '-')}-{chart.name}",
        chart.full_title,
        chart.says,
        tuple((e, addresses.chart_file(chart.owner, chart.name, e)) for e in ENDINGS),
        addresses.chart(chart.owner, chart.name),
    )
