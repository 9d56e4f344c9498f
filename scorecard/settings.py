"""What a build is told; in a module that imports nothing dear."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec import Struct

if TYPE_CHECKING:
    from scorecard.parallel import Helpers, Jobs


class Settings(Struct, frozen=True):
    """What a build is told. Without `as_of` it stands for the newest date in the content.

    `jobs` processes load, score and render; their number changes nothing but the time it takes. `keep` is
    the folder in which they keep pages and find those of earlier builds. With a `cluster` they only load:
    the content lies here and nowhere else.
    """

    content: Path
    out: Path
    as_of: date | None = None
    base_url: str | None = None
    jobs: int = 1
    keep: Path | None = None
    cluster: Helpers | None = None

    @property
    def sharing(self) -> Jobs:
        """Who scores and renders."""
        return self.cluster or self.jobs
