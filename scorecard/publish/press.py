"""The pictures for the press in one archive, kept as the site's files go by."""

from __future__ import annotations

import io
from zipfile import ZIP_STORED, ZipFile

from scorecard.compose import page as addresses
from scorecard.compose.gathered import Gathered
from scorecard.compose.pages.press import press_pictures
from scorecard.compose.words import words_in
from scorecard.judge.finding import say
from scorecard.publish.archive import plain_entry
from scorecard.publish.folder import File, contents


class PressSet:
    """Pictures in every language, each in its folder, with their captions."""

    def __init__(self, gathered: Gathered) -> None:
        self.gathered = gathered
        self.languages = gathered.content.site.languages
        self.pictures = list(press_pictures(gathered))
        self._names = {
            addresses.in_language(file, language, self.languages): f"{language}/{p.name}.{ending}"
            for language in self.languages
            for p in self.pictures
            for ending, file in p.files
        }
        self._found: dict[str, bytes] = {}

    def see(self, address: str, content: File) -> None:
        """Keeps the file if it is one of the pictures."""
        if name := self._names.get(address):
            self._found[name] = contents(content)

    def archive(self) -> bytes:
        """The ZIP. Nothing in it is compressed, so that it does not depend on who compresses."""
        texts = {f"{each}/captions.txt": self._captions(each).encode() for each in self.languages}
        packed = io.BytesIO()
        with ZipFile(packed, "w", ZIP_STORED) as folder:
            for name, content in sorted({**self._found, **texts}.items()):
                folder.writestr(plain_entry(name), content)
        return packed.getvalue()

    def _captions(self, language: str) -> str:
        """What stands below each picture: what it shows, of which day, from where, and on which terms."""
        words, site = words_in(language), self.gathered.content.site
        terms = [site.licence or "", site.licence_url or ""]
        head = [
            site.name,
            words.say(
                say(
                    "As of {as_of}, method {version}.",
                    as_of=self.gathered.scorecard.as_of,
                    version=self.gathered.content.rubric.version,
                )
            ),
            " ".join(part for part in terms if part),
            words.say(say("Every company and case is made up.")) if site.invented else "",
        ]
        captions = [
            "\n".join(
                [
                    f"{picture.name}.png, {picture.name}.svg",
                    words.say(picture.title),
                    words.say(picture.says),
                    addresses.whole_in(site, picture.page, language),
                ]
            )
            for picture in self.pictures
        ]
        return "\n\n".join(["\n".join(line for line in head if line), *captions]) + "\n"
