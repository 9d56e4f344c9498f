"""Makes the fonts of pictures from the npm package @fontsource/inter, and the table of their widths.

`pip install fonttools && npm pack @fontsource/inter && tar xf fontsource-inter-*.tgz`, then
`python templates/fonts/make.py package`. Only for who changes them: the site is built without it.
"""

from __future__ import annotations

import json
import shutil
import sys
from pathlib import Path

from fontTools.merge import Merger
from fontTools.pens.ttGlyphPen import TTGlyphPen
from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont

HERE = Path(__file__).parent
PARTS = ("latin", "latin-ext", "greek", "cyrillic", "vietnamese")
WEIGHTS = {"regular": 400, "bold": 700}
SAME = {0x2011: 0x2010, 0x202F: 0x20, 0x2007: 0x20, 0x2002: 0x20}
"""Signs that the package has not, each drawn as another: the hyphen and the spaces that do not break."""

DIAMOND = 0x25C7
"""The sign of what a score is held against, which the package has not either: it is drawn here."""


def diamond(unit: int) -> object:
    """Its outline, 0.62 of the size wide, and the hole in it."""
    pen = TTGlyphPen(None)
    for reach, way in ((0.3, 1), (0.2, -1)):
        corners = [
            (0.31, 0.36 + reach),
            (0.31 + reach, 0.36),
            (0.31, 0.36 - reach),
            (0.31 - reach, 0.36),
        ]
        first, *others = [(round(x * unit), round(y * unit)) for x, y in corners[::way]]
        pen.moveTo(first)
        for corner in others:
            pen.lineTo(corner)
        pen.closePath()
    return pen.glyph()


def made(package: Path, name: str, weight: int) -> TTFont:
    """One weight: the package's parts in one, with kerning and without hints and other features."""
    parts = []
    for part in PARTS:
        font = TTFont(package / "files" / f"inter-{part}-{weight}-normal.woff")
        font.flavor = None
        day = font["head"].modified
        path = HERE / f"{part}.part"
        font.save(path)
        parts.append(path)
    font = Merger().merge([str(path) for path in parts])
    for path in parts:
        path.unlink()
    unit = font["head"].unitsPerEm
    font.setGlyphOrder([*font.getGlyphOrder(), "diamond"])
    font["glyf"]["diamond"] = diamond(unit)
    font["hmtx"]["diamond"] = (round(0.62 * unit), round(0.01 * unit))
    for table in font["cmap"].tables:
        table.cmap[DIAMOND] = "diamond"
        best = table.cmap
        best |= {sign: best[as_] for sign, as_ in SAME.items() if as_ in best and sign not in best}
    options = Options(layout_features=["kern"], hinting=False, drop_tables=["GSUB", "GDEF"])
    subset = Subsetter(options)
    subset.populate(unicodes=list(font.getBestCmap()))
    subset.subset(font)
    font["head"].created = font["head"].modified = day
    font.recalcTimestamp = False
    font.save(HERE / f"inter-{name}.ttf")
    return font


def main(package: Path) -> None:
    """Both weights, their licence, and `widths.json`: each letter's width in thousandths of the size."""
    widths: dict[str, dict[str, int]] = {}
    for name, weight in WEIGHTS.items():
        font = made(package, name, weight)
        unit = font["head"].unitsPerEm
        widths[name] = {
            chr(sign): round(1000 * font["hmtx"][glyph][0] / unit)
            for sign, glyph in sorted(font.getBestCmap().items())
            if sign >= 0x20
        }
    text = json.dumps(widths, ensure_ascii=False, indent=0, separators=(",", ":"))
    (HERE / "widths.json").write_text(text + "\n", "utf-8")
    shutil.copyfile(package / "LICENSE", HERE / "OFL.txt")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
