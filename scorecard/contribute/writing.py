"""Files of a new case: both are whole and checked, or neither is there."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator, Mapping
from pathlib import Path

from scorecard.errors import ScorecardError, UsageError


def refuse_outside(content: Path, path: Path) -> None:
    """Raises UsageError where a link on the way to the path leads out of the content folder."""
    if not path.parent.resolve().is_relative_to(content.resolve()):
        raise UsageError(f"'{path}' lies behind a link that leads out of '{content}'.")


@contextlib.contextmanager
def new_files(content: Path, texts: Mapping[Path, str]) -> Iterator[None]:
    """Writes files that must not be there yet; where what follows fails, they are taken away again.

    Raises UsageError where one is there or would lie outside the content, ScorecardError where the disk
    fails.
    """
    for path in texts:
        refuse_outside(content, path)
        if path.exists() or path.is_symlink():
            raise UsageError(f"'{path}' is there already. Nothing was written.")
    made: list[Path] = []
    unfinished = {path: path.with_name(f".{path.name}.new") for path in texts}
    try:
        for path, text in texts.items():
            made += _new_folders(path.parent)
            made.append(unfinished[path])
            unfinished[path].write_bytes(text.encode())
        for path, whole in unfinished.items():
            made.append(path)
            whole.replace(path)
        yield
    except BaseException as error:
        _take_away(made)
        if isinstance(error, OSError):
            raise ScorecardError(f"It cannot be written: {error}. Nothing was written.") from error
        raise


def _new_folders(folder: Path) -> list[Path]:
    missing = [f for f in (folder, *folder.parents) if not f.exists()][::-1]
    folder.mkdir(parents=True, exist_ok=True)
    return missing


def _take_away(made: list[Path]) -> None:
    for path in reversed(made):
        with contextlib.suppress(OSError):
            if path.is_dir():
                path.rmdir()
            else:
                path.unlink(missing_ok=True)
