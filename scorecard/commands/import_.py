"""`import`: a table's rows → case logs."""

from __future__ import annotations

import argparse
from collections import Counter
from pathlib import Path

from scorecard.commands.common import content_option, counted
from scorecard.contribute.importing import import_table
from scorecard.contribute.tables import FORMATS
from scorecard.errors import plain_line

HELP = f"Turns the rows of a table into case logs ({FORMATS})."
EXAMPLE = "import docs/newsroom-example.csv --mapping docs/newsroom-example.yaml --dry-run"
_SHOWN = 10


def options(parser: argparse.ArgumentParser) -> None:
    """The command's own options."""
    parser.add_argument("table", type=Path, metavar="TABLE", help="the table")
    parser.add_argument("--mapping", type=Path, required=True, metavar="FILE", help="its mapping")
    content_option(parser)
    parser.add_argument("--dry-run", action="store_true", help="only tell what would be written")


def run(options: argparse.Namespace) -> int:
    """Imports and tells what was read, written, skipped and why."""
    report = import_table(options.table, options.mapping, options.content, dry_run=options.dry_run)
    grouped = report.entries != report.read
    of = f" of {counted(report.entries, 'conversation')}" if grouped else ""
    would = "would write" if options.dry_run else "wrote"
    print(
        f"Read {counted(report.read, 'row')}{of}; {would} {counted(report.written, 'case')} "
        f"and {counted(report.companies, 'company', 'companies')}; "
        f"{report.unchanged:,} were there already; skipped {len(report.skipped):,}."
    )
    reasons = Counter(
        reason.partition(":")[0].partition(" of row")[0] for _, reason in report.skipped
    )
    for reason, count in reasons.most_common():
        print(f"  {count:,} {plain_line(reason)}")
    for row, reason in report.skipped[:_SHOWN]:
        print(f"  row {row}: {plain_line(reason)}")
    if len(report.skipped) > _SHOWN:
        print(f"  … and {len(report.skipped) - _SHOWN:,} more")
    return 0
