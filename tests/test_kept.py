"""What is kept is found by what it is made from, and is never wrong: only missing."""

from __future__ import annotations

from pathlib import Path

import pytest

from scorecard.kept import Kept, tidy


class Maker:
    """Makes a piece, and counts how often."""

    def __init__(self) -> None:
        self.made = 0

    def __call__(self) -> bytes:
        self.made += 1
        return b"a picture"


def test_the_same_ingredients_are_made_once(tmp_path: Path) -> None:
    make = Maker()
    for _ in range(3):
        assert Kept("png", [b"1"], tmp_path).piece([b"a", b"b"], make) == b"a picture"
    assert make.made == 1


@pytest.mark.parametrize(
    ("kind", "made_by", "ingredients"),
    [
        ("png", [b"1"], [b"ab"]),
        ("png", [b"1"], [b"a", b"b", b""]),
        ("png", [b"1"], [b"b", b"a"]),
        ("png", [b"2"], [b"a", b"b"]),
        ("gif", [b"1"], [b"a", b"b"]),
        ("png", [b"1", b"a"], [b"b"]),
    ],
)
def test_other_ingredients_are_another_piece(
    kind: str, made_by: list[bytes], ingredients: list[bytes], tmp_path: Path
) -> None:
    Kept("png", [b"1"], tmp_path).piece([b"a", b"b"], Maker())
    make = Maker()
    Kept(kind, made_by, tmp_path).piece(ingredients, make)
    assert make.made == 1


@pytest.mark.parametrize("damage", [b"", b"x", b"\0" * 32 + b"a lie", None])
def test_a_damaged_piece_is_made_anew(damage: bytes | None, tmp_path: Path) -> None:
    kept = Kept("png", [], tmp_path)
    kept.piece([b"a"], Maker())
    [file] = [path for path in tmp_path.rglob("*") if path.is_file()]
    whole = file.read_bytes()
    file.write_bytes(whole[:-1] if damage is None else damage)
    make = Maker()
    assert kept.piece([b"a"], make) == b"a picture"
    assert make.made == 1
    assert file.read_bytes() == whole


def test_where_nothing_can_be_kept_all_is_made(tmp_path: Path) -> None:
    blocked = tmp_path / "file"
    blocked.write_text("no folder")
    make = Maker()
    for _ in range(2):
        assert Kept("png", [], blocked).piece([b"a"], make) == b"a picture"
    assert make.made == 2


def test_what_was_not_used_for_longest_goes_first(tmp_path: Path) -> None:
    import os

    kept = Kept("png", [], tmp_path)
    for name in (b"a", b"b", b"c"):
        kept.piece([name], Maker())
    files = sorted(
        (p for p in tmp_path.rglob("*") if p.is_file()), key=lambda p: p.stat().st_mtime_ns
    )
    for age, file in enumerate(files):
        os.utime(file, ns=(age, age))
    tidy(tmp_path, most=2 * files[0].stat().st_size)
    assert [file.exists() for file in files] == [False, True, True]
