"""The pages that editors wrote, as Markdown; and the addresses that are not theirs."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator

from scorecard.errors import Problem
from scorecard.load.reading import Reading
from scorecard.site import ProsePage
from scorecard.texts import LONGEST_PAGE, MOST_SIGNS_OF_PAGE, too_many_signs, unseen

_TAKEN = {
    "companies",
    "cases",
    "sectors",
    "methodology",
    "data",
    "search",
    "charts",
    "api",
    "compare",
    "styleguide",
    "embed",
    "badge",
    "card",
    "changes",
    "editions",
    "static",
    "nl",
    "en",
}
_PAGE = re.compile(r"(?P<slug>[a-z0-9]+(?:-[a-z0-9]+)*)\.(?P<language>[a-z]{2,3})\.md")


def prose_pages(reading: Reading) -> Iterator[ProsePage]:
    """Every page in `pages/`; what is none is refused."""
    folder = reading.folder / "pages"
    for path in sorted(folder.iterdir()) if folder.is_dir() else ():
        if path.name.startswith("."):
            continue
        match = _PAGE.fullmatch(path.name)
        if match is None or match["slug"] in _TAKEN or not path.is_file() or path.is_symlink():
            reading.refuse(
                path, f"'{path.name}'", "a page named like about.en.md, at an address of its own"
            )
            continue
        try:
            text = path.read_text("utf-8")
        except UnicodeDecodeError:
            reading.refuse(path, "bytes that are not UTF-8", "text saved as UTF-8")
            continue
        first, _, rest = text.partition("\n")
        if not first.startswith("# "):
            reading.refuse(path, f"'{first[:40]}'", "a first line with the title, like '# About'")
            continue
        if len(text) > LONGEST_PAGE:
            reading.refuse(path, f"{len(text):,} characters", f"at most {LONGEST_PAGE:,} in a page")
            continue
        if fault := unseen(text) or too_many_signs(text, MOST_SIGNS_OF_PAGE):
            place = fault.line(text), fault.column(text)
            reading.problems.append(
                Problem(reading.name(path), *place, "", fault.found, fault.expected, code="file")
            )
            continue
        reading.sums[f"pages/{path.name}"] = hashlib.sha256(text.encode()).hexdigest()
        yield ProsePage(match["slug"], match["language"], first[2:].strip(), rest)
