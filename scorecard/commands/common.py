"""What several commands share: options, the clock, and how things are counted in words."""

from __future__ import annotations

import argparse
import os
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime
from os import cpu_count
from pathlib import Path
from typing import TYPE_CHECKING

from scorecard import kept
from scorecard.errors import UsageError
from scorecard.settings import Settings

if TYPE_CHECKING:
    from scorecard.cluster import Cluster
    from scorecard.score.company import CompanyResult
    from scorecard.score.scorecard import Scorecard

MOST_JOBS = 61  # what Windows allows


def content_option(parser: argparse.ArgumentParser) -> None:
    """`--content DIR`."""
    parser.add_argument(
        "--content", type=Path, default=Path("content"), metavar="DIR", help="the content folder"
    )


def as_of_option(
    parser: argparse.ArgumentParser, without: str = "the newest date in the content"
) -> None:
    """`--as-of DATE`; `without` tells which day it is without the option."""
    parser.add_argument(
        "--as-of",
        type=_date,
        metavar="DATE",
        help=f"the day the scores stand for, or 'today'; {without} without it",
    )


def site_options(parser: argparse.ArgumentParser) -> None:
    """All that a build takes."""
    content_option(parser)
    parser.add_argument("--out", type=Path, default=Path("site"), metavar="DIR", help="the site")
    as_of_option(parser)
    base_url_option(parser)
    jobs_option(parser)


def base_url_option(parser: argparse.ArgumentParser) -> None:
    """`--base-url URL`."""
    parser.add_argument("--base-url", type=_web_address, metavar="URL", help="where it will stand")


def jobs_option(parser: argparse.ArgumentParser) -> None:
    """`--jobs N`."""
    parser.add_argument(
        "--jobs",
        type=whole_number(MOST_JOBS),
        default=min(cpu_count() or 1, MOST_JOBS),
        metavar="N",
        help="how many processes work at once; as many as there are cores without it",
    )


def whole_number(most: int) -> Callable[[str], int]:
    """Reads an option's number from 1 to `most`."""

    def read(text: str) -> int:
        if not text.isascii() or not text.isdigit() or not 1 <= int(text) <= most:
            raise argparse.ArgumentTypeError(f"'{text}' is no number from 1 to {most:,}")
        return int(text)

    return read


def executor_option(parser: argparse.ArgumentParser) -> None:
    """`--executor tcp://HOST:PORT`."""
    parser.add_argument(
        "--executor",
        type=_cluster_address,
        metavar="tcp://HOST:PORT",
        help="the Dask cluster that does the work in the place of processes here: docs/scale.md",
    )


@contextmanager
def cluster(options: argparse.Namespace) -> Iterator[Cluster | None]:
    """The cluster of `--executor`, which is let go of at the end; None without the option.

    Raises UsageError where it cannot share the work of a build.
    """
    if not options.executor:
        yield None
        return
    from scorecard.cluster import Cluster  # its package is installed only where it is wanted

    with Cluster(options.executor) as found:
        yield found


def settings(options: argparse.Namespace) -> Settings:
    """The settings of a build."""
    return Settings(
        options.content, options.out, options.as_of, options.base_url, options.jobs, kept.FOLDER
    )


def company_named(name: str, scorecard: Scorecard) -> CompanyResult | None:
    """The company of this name in addresses, today's or an older one; None where there is none."""
    return next((one for one in scorecard.companies.values() if name in one.company.slugs), None)


def refuse_filled(folder: Path) -> None:
    """Raises UsageError where something is there: what is to be written would mix with it."""
    if folder.is_symlink() or (folder.exists() and (not folder.is_dir() or any(folder.iterdir()))):
        raise UsageError(f"'{folder}' is there and not empty; name a new folder.")


def counted(count: int, one: str, many: str = "") -> str:
    """So many of something: `1 case`, `2 cases`; `many` is told where it is not `one` with an s."""
    return f"{count:,} {one if count == 1 else many or f'{one}s'}"


def today() -> date:
    """The day by the machine's clock: where the command line asks for it, and nowhere else.

    Where SOURCE_DATE_EPOCH stands in the environment (seconds since 1970), it is that moment's day in
    UTC: https://reproducible-builds.org/specs/source-date-epoch/. Raises UsageError where it is no such.
    """
    told = os.environ.get("SOURCE_DATE_EPOCH")
    if told is None:
        return date.today()  # noqa: DTZ011 - the one place that asks the clock
    try:
        return datetime.fromtimestamp(int(told), UTC).date()
    except (ValueError, OverflowError, OSError):
        raise UsageError(
            f"SOURCE_DATE_EPOCH is '{told}', which is no number of seconds since 1970."
        ) from None


def _date(text: str) -> date:
    try:
        day = today() if text == "today" else date.fromisoformat(text)
    except UsageError as error:
        raise argparse.ArgumentTypeError(str(error)) from None
    except ValueError:
        raise argparse.ArgumentTypeError(f"'{text}' is no date like 2026-09-30") from None
    if not 1900 <= day.year <= 2199:
        raise argparse.ArgumentTypeError(f"'{text}' is no day between 1900 and 2199, as cases have")
    return day


def _cluster_address(text: str) -> str:
    if not re.fullmatch(r"(tcp|tls)://.+:[0-9]{1,5}", text):
        raise argparse.ArgumentTypeError(f"'{text}' is no address like tcp://scheduler:8786")
    return text


def _web_address(text: str) -> str:
    from scorecard.texts import leads_out  # what it imports takes long, and few ask for it

    if not leads_out(text):
        raise argparse.ArgumentTypeError(f"'{text}' is no web address like https://example.org/")
    return text
