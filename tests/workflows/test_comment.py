"""The workflow `comment`: what was uploaded is shown as it is, and does nothing else."""

from __future__ import annotations

import io
import json
import zipfile
from typing import Any

import pytest

from scorecard.contribute.fenced import fenced
from scorecard.contribute.proposal_comment import MARK, MOST_BYTES
from tests.workflows.runner import Machine, needs_a_shell

pytestmark = needs_a_shell
AT = "repos/owner/scorecard"
SHA = "0123456789abcdef0123456789abcdef01234567"
TEXT = "| Company | Score |\n|---|---|\n| Invented Air | 61.2 → 58.9 |\n"
HOSTILE = [
    "$(touch pwned) `touch pwned`; touch pwned\n",
    "```\n</details>\n@everyone [here](https://example.org) <img src=x>\n``````\n",
    "::set-output name=x::y\n::add-mask::a\n",
]
BOT = {"login": "github-actions[bot]"}


class Comment:
    """A machine on which the check of pull request 12, of a fork, is over."""

    def __init__(self, machine: Machine) -> None:
        self.machine = machine
        run = {"id": 5, "html_url": "https://github.example/run/5", "head_sha": SHA}
        run["head_repository"] = {"full_name": "fork/scorecard"}
        self.machine.event({"repository": {"full_name": "owner/scorecard"}, "workflow_run": run})
        self.pull: dict[str, Any] = {
            "state": "open",
            "head": {"sha": SHA, "repo": {"full_name": "fork/scorecard"}},
        }
        self.there: list[dict[str, Any]] = []
        self.claimed: int | None = None

    def run(self, files: dict[str, str | bytes] | None) -> list[tuple[list[str], str]]:
        """Runs the workflow with these files uploaded; every writing call with what was written."""
        packed = _packed(files or {})
        size = len(packed) if self.claimed is None else self.claimed
        listed = [{"name": "comment", "id": 9, "expired": False, "size_in_bytes": size}]
        self.machine.answer(
            {
                f"{AT}/actions/runs/5/artifacts?name=comment": {
                    "artifacts": listed if files is not None else []
                },
                f"{AT}/actions/artifacts/9/zip": packed,
                f"{AT}/pulls/12": self.pull,
                f"{AT}/issues/12/comments?per_page=100": [[], self.there],
            }
        )
        self.machine.run("comment", "comment")
        return [call for call in self.machine.calls if "--method" in call[0]]


def _packed(files: dict[str, str | bytes]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return buffer.getvalue()


@pytest.fixture
def comment(machine: Machine) -> Comment:
    return Comment(machine)


@pytest.mark.parametrize("text", [TEXT, *HOSTILE])
def test_what_was_uploaded_is_said_as_it_is(comment: Comment, text: str) -> None:
    written = comment.run({"diff.md": text, "number": "12\n"})
    assert not comment.machine.failed, comment.machine.said
    ((asked, given),) = written
    assert asked[:2] == ["api", f"{AT}/issues/12/comments"]
    assert "POST" in asked
    body = json.loads(given)["body"]
    assert body.startswith(MARK)
    assert fenced(text) in body
    assert "https://github.example/run/5" in body
    assert text not in comment.machine.said
    assert not list(comment.machine.home.rglob("pwned"))


@pytest.mark.parametrize("text", HOSTILE)
def test_nothing_in_a_fence_closes_it(text: str) -> None:
    lines = fenced(text).splitlines()
    assert lines[0] == f"{lines[-1]}text"
    assert lines[-1] not in "\n".join(lines[1:-1])


def test_the_comment_that_is_there_is_written_over(comment: Comment) -> None:
    comment.there = [
        {"id": 1, "user": {"login": "somebody"}, "body": f"{MARK} mine"},
        {"id": 2, "user": BOT, "body": "Something else"},
        {"id": 3, "user": BOT, "body": f"{MARK}\nThe last one"},
    ]
    ((asked, given),) = comment.run({"diff.md": TEXT, "number": "12\n"})
    assert asked[:2] == ["api", f"{AT}/issues/comments/3"]
    assert "PATCH" in asked
    assert fenced(TEXT) in json.loads(given)["body"]


def test_a_long_diff_is_cut_at_a_line_and_says_so(comment: Comment) -> None:
    line = "| Invented Air | 61.2 → 58.9 |\n"
    ((_, given),) = comment.run({"diff.md": line * 5_000, "number": "12\n"})
    body = json.loads(given)["body"]
    assert len(body) < 65_536
    assert "It goes on" in body
    assert body.count(line) > 1_900
    assert body.count("Invented") == body.count(line)


def test_what_cannot_be_seen_is_shown(comment: Comment) -> None:
    ((_, given),) = comment.run({"diff.md": "a\u202eb\u200bc\x1b[0m é 😀", "number": "12"})
    assert "a\ufffdb\ufffdc\ufffd[0m é 😀" in json.loads(given)["body"]


REFUSED: list[dict[str, str | bytes]] = [
    {"diff.md": TEXT, "number": "13\n"},  # there is none
    {"diff.md": TEXT, "number": "12; touch pwned\n"},
    {"diff.md": TEXT, "number": "$(touch pwned)"},
    {"diff.md": TEXT, "number": "../12"},
    {"diff.md": TEXT, "number": "١٢"},  # digits, but of another script
    {"diff.md": TEXT},
    {"diff.md": TEXT, "number": "12", "../../pwned": "x"},
    {"diff.md": b"\xff\xfe", "number": "12"},
    {"diff.md": "0" * 10_000_000, "number": "12"},  # packed, it is small
    {"diff.md": TEXT, "number": "1" * 10_000_000},
]


@pytest.mark.parametrize("files", REFUSED, ids=range(len(REFUSED)))
def test_what_is_not_as_it_should_be_is_refused(
    comment: Comment, files: dict[str, str | bytes]
) -> None:
    assert comment.run(files) == []
    assert comment.machine.failed
    assert "Traceback" not in comment.machine.said
    assert not list(comment.machine.home.rglob("pwned"))


@pytest.mark.parametrize(
    "pull",
    [
        {"state": "open", "head": {"sha": "f" * 40, "repo": {"full_name": "fork/scorecard"}}},
        {"state": "open", "head": {"sha": SHA, "repo": {"full_name": "victim/scorecard"}}},
        {"state": "closed", "head": {"sha": SHA, "repo": {"full_name": "fork/scorecard"}}},
        {"state": "open", "head": {"sha": SHA, "repo": None}},
    ],
    ids=["another commit", "the same commit of another's fork", "closed", "its fork is gone"],
)
def test_another_pull_request_is_refused(comment: Comment, pull: dict[str, Any]) -> None:
    comment.pull = pull
    assert comment.run({"diff.md": TEXT, "number": "12\n"}) == []
    assert comment.machine.failed
    assert "Refused" in comment.machine.said


def test_too_large_an_artifact_is_not_even_fetched(comment: Comment) -> None:
    comment.claimed = MOST_BYTES + 1
    assert comment.run({"diff.md": TEXT, "number": "12\n"}) == []
    assert comment.machine.failed
    assert not any(asked[1].endswith("/zip") for asked, _ in comment.machine.calls)


def test_where_the_check_left_nothing_nothing_is_said(comment: Comment) -> None:
    assert comment.run(None) == []
    assert not comment.machine.failed
