"""The pages that editors wrote, as Markdown; and the addresses that are not theirs."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Collection, Iterator

from scorecard.fields import LANGUAGE, LONGEST_SLUG, SLUG
from scorecard.load.intake import Intake
from scorecard.load.on_disk import RefusedError, listed, plain_text
from scorecard.site import ProsePage
from scorecard.texts import LONGEST_PAGE, MOST_SIGNS_OF_PAGE, place_of, too_many_signs, unseen

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
    "corrections",
    "oembed",
    "editions",
    "static",
}
_PAGE = re.compile(rf"(?P<slug>{SLUG[1:-1]})\.(?P<language>{LANGUAGE[1:-1]})\.md")


def prose_pages(intake: Intake, languages: Collection[str]) -> Iterator[ProsePage]:
    """Every page in `pages/`; what is none is refused. Below its `languages` a site has pages of its own."""
    taken = _TAKEN.union(languages)
    for path in listed(intake.folder / "pages", intake.refuse, "files"):
        match = _PAGE.fullmatch(path.name)
        if match is None or match["slug"] in taken or len(match["slug"]) > LONGEST_SLUG:
            intake.refuse(
                path, f"'{path.name}'", "a page named like about.en.md, at an address of its own"
            )
            continue
        try:
            text = re.sub(r"\r\n?", "\n", plain_text(path))
        except RefusedError as refusal:
            intake.refuse(path, refusal.found, refusal.expected, refusal.hint, refusal.place)
            continue
        first, _, rest = text.partition("\n")
        if not first.startswith("# "):
            intake.refuse(path, f"'{first[:40]}'", "a first line with the title, like '# About'")
            continue
        if len(text) > LONGEST_PAGE:
            intake.refuse(path, f"{len(text):,} characters", f"at most {LONGEST_PAGE:,} in a page")
            continue
        if fault := unseen(text) or too_many_signs(text, MOST_SIGNS_OF_PAGE):
            place = place_of(text, fault.position)
            intake.refuse(path, fault.found, fault.expected, place=place)
            continue
        intake.sums[f"pages/{path.name}"] = hashlib.sha256(text.encode()).hexdigest()
        yield ProsePage(match["slug"], match["language"], first[2:].strip(), rest)
