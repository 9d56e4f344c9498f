"""The story of a build, on one screen: load → judge → score → compose → render → publish."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace

from scorecard.compose.gathered import Gathered
from scorecard.edition import FOLDER as EDITIONS
from scorecard.edition import Freeze
from scorecard.loading import load
from scorecard.publish.archive import freeze_into
from scorecard.publish.files import edition_files, site_files
from scorecard.publish.folder import site_folder
from scorecard.publish.last_site import LastSite
from scorecard.publish.search_index import SearchIndex
from scorecard.score.scorecard import Scorecard, newest_date, score_all
from scorecard.settings import Settings
from scorecard.site import Content


class Built(Struct, frozen=True):
    """What a build made. Where it could make no search, `no_search` says why.

    `left` is the state of the site's folder before any other build could change it.
    """

    content: Content
    scorecard: Scorecard
    files: int
    left: bytes
    no_search: str | None = None


def read(settings: Settings) -> tuple[Content, Scorecard]:
    """The content, and its scores on the day."""
    content = load(settings.content, settings.jobs, settings.keep)
    if settings.base_url:
        site = content.site.model_copy(update={"base_url": settings.base_url})
        content = replace(content, site=site)
    return content, score_all(content, settings.as_of or newest_date(content), settings.sharing)


def freeze(settings: Settings, edition: Freeze) -> tuple[Path, int]:
    """Freezes the site as an edition in the content: its archive, and how many files are in it. Of what
    earlier builds kept nothing is used."""
    content, scorecard = read(replace(settings, keep=None))
    record = {
        "edition": edition.name,
        "as_of": scorecard.as_of.isoformat(),
        "method": content.rubric.version,
        "content_sha256": content.digest,
        "commit": edition.commit,
        "site": content.site.name,
        "base_url": content.site.base_url,
    }
    archive = settings.content / EDITIONS / f"{edition.name}.zip"
    files = edition_files(Gathered(content, scorecard, edition), settings.sharing)
    return archive, freeze_into(archive, record, content.manifest, files)


def build(settings: Settings) -> Built:
    """Makes the whole site. Nothing is written before everything has been read and scored.

    The content is read when no other build is at work on the site, so that the last one is of the newest.
    """
    with site_folder(settings.out) as publish:
        content, scorecard = read(settings)
        gathered = Gathered(content, scorecard)
        last = LastSite(settings.out, settings.keep)
        with (
            SearchIndex(content.site.languages) as search,
            closing(site_files(gathered, settings.sharing, search, settings.keep)) as made,
        ):
            files = publish(made, last.files())
        left = last.remember(files)
    return Built(content, scorecard, len(files), left, search.trouble)
