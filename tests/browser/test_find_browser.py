"""The browser of the tests: the lightest that is installed, no stub, or the one that is asked for."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.browser import find_browser as finding

Programs = Callable[..., dict[str, Path]]
find = finding.find_browser.__wrapped__

pytestmark = pytest.mark.skipif(os.name == "nt", reason="its programs are no scripts")


@pytest.fixture
def programs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Programs:
    """Makes programs of these names, each with what it exits with, the only ones that there are."""
    monkeypatch.delenv("SCORECARD_BROWSER", raising=False)
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr(finding, "MAC_APPS", ())
    monkeypatch.setattr(finding, "_playwrights_own", lambda: None)

    def make(**exits: int) -> dict[str, Path]:
        for name, code in exits.items():
            (tmp_path / name.replace("_", "-")).write_text(f"#!/bin/sh\nexit {code}\n", "utf-8")
            (tmp_path / name.replace("_", "-")).chmod(0o755)
        return {name: tmp_path / name.replace("_", "-") for name in exits}

    return make


def test_one_that_draws_no_windows_comes_first(programs: Programs) -> None:
    made = programs(chromium=0, chromium_headless_shell=0, google_chrome=0)
    assert find() == str(made["chromium_headless_shell"])


def test_a_stub_that_does_not_start_is_none(programs: Programs) -> None:
    made = programs(chromium_browser=1, google_chrome=0)
    assert find() == str(made["google_chrome"])
    programs(google_chrome=1)
    assert find() is None


def test_the_one_that_is_asked_for_is_taken_or_missed(
    programs: Programs, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = programs(chromium=0, mine=0)
    monkeypatch.setenv("SCORECARD_BROWSER", "mine")
    assert find() == str(made["mine"])
    monkeypatch.setenv("SCORECARD_BROWSER", "not-there")
    with pytest.raises(FileNotFoundError, match="'not-there', and no such program"):
        find()


def test_where_none_is_and_none_can_be_installed_all_ways_are_tried_and_it_says_what_to_do(
    programs: Programs, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """By root on Debian: its lightest package first, then its whole browser, then Playwright's."""
    programs(apt_get=0)
    tried: list[list[list[str]]] = []
    monkeypatch.setattr(sys, "platform", "linux")
    monkeypatch.setattr(os, "geteuid", lambda: 0)
    monkeypatch.setattr(finding, "_linux_id", lambda: "debian")
    monkeypatch.setattr(finding, "_install", tried.append)
    finding.find_browser.cache_clear()
    try:
        assert finding.main(["--install"]) == 1
    finally:
        finding.find_browser.cache_clear()
    shell, browser, playwrights = (commands[-1] for commands in tried)
    assert [shell[-2], browser[-2]] == ["chromium-headless-shell", "chromium"]
    assert playwrights[-3:] == ["playwright", "install", "chromium"]
    assert "apt install chromium" in capsys.readouterr().err
