"""What npm installs is pinned, and nobody takes its absence for a page without faults."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.browser import checkers


def test_every_package_is_pinned_by_its_hash_and_comes_from_npm() -> None:
    lock = json.loads((checkers.FOLDER / "package-lock.json").read_text("utf-8"))
    wanted = json.loads((checkers.FOLDER / "package.json").read_text("utf-8"))
    own, *packages = lock["packages"].values()
    assert own == {"dependencies": wanted["dependencies"]}
    assert len(packages) > len(wanted["dependencies"])
    for package in packages:
        assert package["resolved"].startswith("https://registry.npmjs.org/")
        assert package["integrity"].startswith("sha512-")


@pytest.mark.parametrize("stamp", [None, "made from another lock"])
def test_without_them_a_test_says_what_it_does_not_check_and_ci_fails(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, stamp: str | None
) -> None:
    monkeypatch.setattr(checkers, "STAMP", tmp_path / "stamp")
    if stamp:
        checkers.STAMP.write_text(stamp, "utf-8")
    npm = tmp_path / "npm"
    npm.touch(mode=0o755)
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.delenv("CI", raising=False)
    with pytest.raises(pytest.skip.Exception, match=r"not checked: the tea .*make npm"):
        checkers.need_checkers("the tea")
    monkeypatch.setenv("CI", "true")
    with pytest.raises(pytest.fail.Exception, match="make npm"):
        checkers.need_checkers("the tea")
    npm.unlink()
    with pytest.raises(pytest.skip.Exception, match="not checked: the tea"):
        checkers.need_checkers("the tea")
