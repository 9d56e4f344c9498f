"""What the types of the API share; and a published figure with all that it takes to check it years later."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict


class ApiType(BaseModel):
    """What every type of the API is."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class ApiMade(ApiType):
    """What a file was made from."""

    as_of: str
    method: str
    content_sha256: str


class ApiThen(ApiType):
    """The figure in an edition, which never changes, and its address there."""

    edition: str
    as_of: str
    method: str
    value: float | str | None
    low: float | None
    high: float | None
    cases: int | None
    address: str


class ApiFigure(ApiType):
    """A figure that a page shows, at its own `address` on it.

    `unit`: points are 0…100, a share is 0…1, a ces −100…100, a grade a letter. `value` null: there is none
    yet; `cases`: it rests on so many. `then`: the same figure in each edition, the newest first. `inputs` are
    the addresses of what it is made from, and `recompute` the command that makes it anew from the content.
    """

    id: str
    name: str
    unit: str
    value: float | str | None
    low: float | None
    high: float | None
    cases: int | None
    address: str
    method: str
    then: list[ApiThen]
    inputs: list[str]
    recompute: str
