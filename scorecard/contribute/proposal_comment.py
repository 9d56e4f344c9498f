"""Says under a pull request what its check found: what the workflow `comment` runs.

The check ran what a stranger wrote, so its artifact may hold anything. It is believed in nothing: of
two small files one must be the number of a pull request whose newest commit is the one that was
checked, and the other is shown as text.

Nothing but Python and `gh` is needed, so that nothing has to be installed beside a token that may write.
"""

from __future__ import annotations

import io
import json
import re
import subprocess
import sys
import zipfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from msgspec import Struct

from scorecard.contribute.fenced import fenced
from scorecard.errors import ScorecardError, UsageError
from scorecard.load.zipped import UNREADABLE, whole

ARTIFACT = "comment"
MOST_BYTES = 1_000_000
"""Of the artifact, packed, and of each file in it, unpacked."""
MOST_SHOWN = 60_000
"""Characters of the text; GitHub takes 65,536 for a whole comment."""
MARK = "<!-- what the check found -->"
_AUTHOR = "github-actions[bot]"
_INVISIBLE = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff]"
)


class Run(Struct, frozen=True):
    """The run of the check, as GitHub itself tells it."""

    repository: str
    id: int
    address: str
    commit: str
    head: str  # the repository that the commit is in


def main(arguments: Sequence[str]) -> int:
    """Comments on what the run in the event's file found; 0 done or nothing to say, 2 refused."""
    try:
        run = _run(json.loads(Path(arguments[0]).read_text("utf-8")))
        packed = _artifact(run)
        if packed is None:
            print("The check left nothing to say.")
            return 0
        number, text = unpacked(packed)
        _refuse_other_pull_request(run, number)
        _say(run, number, comment(run, text))
    except ScorecardError as error:
        print(error, file=sys.stderr)
        return 2
    return 0


def unpacked(packed: bytes) -> tuple[int, str]:
    """The pull request's number and the text. Raises UsageError for anything but the two files."""
    try:
        with zipfile.ZipFile(io.BytesIO(packed)) as archive:
            if sorted(archive.namelist()) != ["diff.md", "number"]:
                raise UsageError("Refused: the artifact holds other files than diff.md and number.")
            number, text = (_file(archive, name) for name in ("number", "diff.md"))
    except UNREADABLE as error:
        raise UsageError("Refused: the artifact is no archive that can be read.") from error
    if not re.fullmatch(r"[1-9][0-9]{0,8}\n?", number, re.ASCII):
        raise UsageError("Refused: the artifact names no pull request by its number.")
    return int(number), text


def _file(archive: zipfile.ZipFile, name: str) -> str:
    if archive.getinfo(name).file_size > MOST_BYTES:
        raise UsageError(f"Refused: {name} has more than {MOST_BYTES:,} bytes.")
    data = whole(archive, name, MOST_BYTES)  # no more of it than the archive claims
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        raise UsageError(f"Refused: {name} is no text in UTF-8.") from None


def comment(run: Run, text: str) -> str:
    """The comment's whole text."""
    shown = _INVISIBLE.sub("\ufffd", text.replace("\r\n", "\n"))
    cut = ""
    if len(shown) > MOST_SHOWN:
        shown = shown[:MOST_SHOWN].rpartition("\n")[0]
        cut = "\n\nIt goes on: the summary has all of it."
    return (
        f"{MARK}\nWhat the check found at {run.commit[:10]}. "
        f"[The summary]({run.address}) has the same with its tables drawn.\n\n"
        f"<details open><summary>What the check found</summary>\n\n{fenced(shown)}{cut}\n\n</details>\n"
    )


def _run(event: dict[str, Any]) -> Run:
    run = event["workflow_run"]
    head = run["head_repository"]
    if head is None:
        raise UsageError("Refused: the repository that the proposal came from is gone.")
    repository = event["repository"]["full_name"]
    return Run(repository, run["id"], run["html_url"], run["head_sha"], head["full_name"])


def _artifact(run: Run) -> bytes | None:
    """The run's artifact, packed; None where there is none."""
    listed = _asked(f"repos/{run.repository}/actions/runs/{run.id}/artifacts?name={ARTIFACT}")
    for artifact in listed["artifacts"]:
        if artifact["name"] == ARTIFACT and not artifact["expired"]:
            if artifact["size_in_bytes"] > MOST_BYTES:
                raise UsageError(f"Refused: the artifact has more than {MOST_BYTES:,} bytes.")
            return _gh(f"repos/{run.repository}/actions/artifacts/{artifact['id']}/zip")
    return None


def _refuse_other_pull_request(run: Run, number: int) -> None:
    """The number must be of an open pull request whose newest commit the run has checked."""
    pull = _asked(f"repos/{run.repository}/pulls/{number}")
    head = pull["head"]
    repository = head["repo"] and head["repo"]["full_name"]
    if (repository, head["sha"], pull["state"]) != (run.head, run.commit, "open"):
        raise UsageError(f"Refused: {run.commit[:10]} is not the newest commit of #{number}.")


def _say(run: Run, number: int, body: str) -> None:
    """Writes the comment, or writes over the one that is there."""
    place = f"repos/{run.repository}/issues"
    pages = _asked(f"{place}/{number}/comments?per_page=100", "--paginate", "--slurp")
    there = [
        each["id"]
        for page in pages
        for each in page
        if each["user"] and each["user"]["login"] == _AUTHOR and each["body"].startswith(MARK)
    ]
    written = json.dumps({"body": body}).encode()
    if there:
        _gh(f"{place}/comments/{there[0]}", "--method", "PATCH", "--input", "-", given=written)
    else:
        _gh(f"{place}/{number}/comments", "--method", "POST", "--input", "-", given=written)


def _asked(place: str, *options: str) -> Any:
    return json.loads(_gh(place, *options))


def _gh(place: str, *options: str, given: bytes = b"") -> bytes:
    try:
        done = subprocess.run(
            ["gh", "api", place, *options], input=given, stdout=subprocess.PIPE, check=True
        )
    except subprocess.CalledProcessError as error:
        raise ScorecardError(f"GitHub did not answer for {place}.") from error
    return done.stdout


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
