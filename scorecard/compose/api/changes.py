"""What changed since each edition, for the API: every figure to its last digit, and every case."""

from __future__ import annotations

from scorecard.compose.api.figures import ApiMade, ApiType
from scorecard.compose.changes import CaseChange, FigureChange, OwnerChange, since
from scorecard.compose.gathered import Gathered
from scorecard.edition import Edition, FrozenFigure


class ApiValue(ApiType):
    """A figure on one side of a change, in the unit that its passport names."""

    value: float | str | None
    low: float | None
    high: float | None
    cases: int | None


class ApiFigureChange(ApiType):
    """A figure that changed; null where it was not published."""

    id: str
    was: ApiValue | None
    now: ApiValue | None


class ApiCaseChange(ApiType):
    """A case behind a change. `kinds`: new, gone, status, replied, asked, scores."""

    id: str
    kinds: list[str]
    status_was: str | None
    status: str | None
    scores_was: dict[str, float | None] | None
    scores: dict[str, float | None] | None


class ApiOwnerChange(ApiType):
    """A company or a sector that changed; `address` null: it is no longer there."""

    slug: str
    address: str | None
    figures: list[ApiFigureChange]
    cases: list[ApiCaseChange]


class ApiSince(ApiType):
    """All that changed since an edition."""

    edition: str
    edition_as_of: str
    edition_method: str
    edition_sha256: str
    companies: list[ApiOwnerChange]
    sectors: list[ApiOwnerChange]


class ApiChanges(ApiMade):
    """What changed since each edition, the newest first."""

    since: list[ApiSince]


def api_changes(gathered: Gathered) -> ApiChanges:
    """What changed since each edition."""
    steps = [_since(edition, gathered) for edition in gathered.content.editions]
    return ApiChanges(**gathered.made, since=steps)


def _since(edition: Edition, gathered: Gathered) -> ApiSince:
    step = since(edition, gathered)
    return ApiSince(
        edition=edition.name,
        edition_as_of=edition.as_of.isoformat(),
        edition_method=edition.method,
        edition_sha256=edition.sha256,
        companies=[_owner(change, gathered) for change in step.companies],
        sectors=[_owner(change, gathered) for change in step.sectors],
    )


def _owner(change: OwnerChange, gathered: Gathered) -> ApiOwnerChange:
    return ApiOwnerChange(
        slug=change.slug,
        address=gathered.whole(change.address) if change.address else None,
        figures=[_figure(one) for one in change.figures],
        cases=[_case(one) for one in change.cases],
    )


def _figure(change: FigureChange) -> ApiFigureChange:
    return ApiFigureChange(id=change.figure.id, was=_value(change.was), now=_value(change.now))


def _value(figure: FrozenFigure | None) -> ApiValue | None:
    if figure is None:
        return None
    return ApiValue(value=figure.value, low=figure.low, high=figure.high, cases=figure.cases)


def _case(change: CaseChange) -> ApiCaseChange:
    was, now = change.was, change.now
    return ApiCaseChange(
        id=change.id,
        kinds=list(change.kinds),
        status_was=was.status if was else None,
        status=now.status if now else None,
        scores_was=dict(was.scores) if was else None,
        scores=dict(now.scores) if now else None,
    )
