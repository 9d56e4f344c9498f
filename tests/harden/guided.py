"""Files that Atheris makes, which watches where in the code each one leads, and seeks new ways.

It ends the process itself: with 0 after so many files, and otherwise at the first that bites.
"""

from __future__ import annotations

import sys
from pathlib import Path
from random import Random

import atheris

with atheris.instrument_imports(include=["scorecard", "yaml"]):
    from tests.harden.fuzzed import MOST_BYTES, MOST_SECONDS, Reader, in_time
    from tests.harden.spoilt_files import SOUND, spoilt_text


def main(folder: Path, count: int) -> None:
    """Reads so many files; what is worth keeping of them is kept in the folder."""
    reader = Reader(folder)
    corpus = folder / "corpus"
    corpus.mkdir()
    for number, text in enumerate(SOUND["case"]):
        (corpus / f"{number}.yaml").write_text(text, "utf-8")

    def one(data: bytes) -> None:
        with in_time():
            reader.read(("case", data))

    def another(data: bytes, most: int, seed: int) -> bytes:
        random = Random(seed)
        if random.random() < 0.3:
            return bytes(atheris.Mutate(data, most))
        return spoilt_text(random, data.decode("utf-8", "replace"))[:most]

    options = [
        f"-runs={count}",
        "-seed=1",
        "-max_len=66000",
        f"-timeout={10 * MOST_SECONDS:g}",
        f"-rss_limit_mb={(MOST_BYTES >> 20) + 512}",
        f"-artifact_prefix={folder}/",
    ]
    atheris.Setup([sys.argv[0], *options, str(corpus)], one, custom_mutator=another)
    atheris.Fuzz()


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]))
