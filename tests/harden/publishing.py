"""A build that only publishes: prepared files, through the real command line, lock, writing and swap.

`python -m tests.harden.publishing --out DIR --files FILE` is what the tests kill, hinder and set
against each other. `--without` takes one guard away, so that they can be seen to notice.
"""

from __future__ import annotations

import argparse
import errno
import marshal
import os
import sys
import time
from collections.abc import Iterable
from contextlib import nullcontext
from pathlib import Path
from typing import Any

from scorecard import cli
from scorecard.publish import folder

HELP = EXAMPLE = "publishes prepared files"
NOBODY = 65534


def options(parser: argparse.ArgumentParser) -> None:
    """The command's own options."""
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--files", type=Path, required=True)
    parser.add_argument("--versions", nargs="*", default=[""], help="published one after the other")
    parser.add_argument("--without", choices=_WITHOUT)
    parser.add_argument("--as-nobody", action="store_true")
    parser.add_argument("--say-ready", action="store_true")


def run(options: argparse.Namespace) -> int:
    """Publishes the files once for each version, which every file then ends with."""
    files: list[tuple[str, bytes]] = marshal.loads(options.files.read_bytes())  # noqa: S302 - the test wrote it
    if options.without:
        vars(folder).update(_WITHOUT[options.without])
    if options.as_nobody:
        os.setgroups([])
        os.setgid(NOBODY)
        os.setuid(NOBODY)
    if options.say_ready:
        print("ready", flush=True)
    for version in options.versions:
        with folder.site_folder(options.out) as publish:
            now = ((address, content + version.encode()) for address, content in files)
            publish(now, _sums(options.out))
    return 0


def _sums(out: Path) -> folder.Sums:
    """What a build would remember of the site that is there."""
    return {
        path.relative_to(out).as_posix(): folder.sha256(path.read_bytes())
        for path in out.rglob("*")
        if path.is_file()
    }


def _in_place(out: Path, files: Iterable[tuple[str, bytes]], _: folder.Sums) -> folder.Sums:
    for address, content in files:
        path = out / folder.place(address)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    return {}


def _in_steps(new: Path, out: Path) -> bool:
    aside = new.with_name(".aside")
    out.rename(aside)
    time.sleep(0.01)
    new.rename(out)
    aside.rename(new)
    return True


def _no_room(*_: object) -> int:
    raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))


_WITHOUT: dict[str, dict[str, Any]] = {
    "swap": {"_publish": _in_place},
    "exchange": {"exchange": lambda *_: False},
    "one step": {"exchange": _in_steps},
    "lock": {"alone": lambda _: nullcontext()},
    "settling": {"settle": lambda _: None},
    "telling": {"_stands": lambda *_: ""},
    "clearing": {"_clear": lambda _: None},
    "room": {"_write": _no_room},
}


if __name__ == "__main__":
    sys.modules["scorecard.commands.prepared"] = sys.modules[__name__]
    cli._COMMANDS["prepared"] = "prepared"
    sys.exit(cli.main(["prepared", *sys.argv[1:]]))
