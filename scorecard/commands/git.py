"""Git, where a command asks it something."""

from __future__ import annotations

import subprocess
from pathlib import Path


class GitError(Exception):
    """Git is not there, or did not do what it was asked to; its last words, or nothing."""


def git(folder: Path, *arguments: str) -> bytes:
    """What git prints in a folder. Raises GitError."""
    try:
        done = subprocess.run(
            ["git", "-C", str(folder), *arguments],
            capture_output=True,
            check=False,
            stdin=subprocess.DEVNULL,
        )
    except OSError as error:
        raise GitError(f"git cannot be run: {error.strerror}") from None
    if done.returncode:
        told = done.stderr.decode(errors="replace").strip().splitlines()
        raise GitError(told[-1] if told else "")
    return done.stdout
