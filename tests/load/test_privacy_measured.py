"""How much of what people write is found, and how often something else is taken for it: measured."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from random import Random
from time import process_time

import pytest

from scorecard.errors import Problem
from scorecard.load.privacy import personal_data
from scorecard.load.yaml_text import Document, read_yaml
from scorecard.model import CompanyFile
from scorecard.simulate.fast_text import fast_case_text
from scorecard.simulate.world import invent_world
from tests.load import personal_samples as samples
from tests.support.build import CONTENT
from tests.support.rounds import rounds, some

MANY = rounds(500, 2000)


def found_in(text: str) -> list[Problem]:
    """What is found in a document with this text as its summary."""
    return personal_data(Document("case.yaml", {"summary": text}, {}, {}), None)


def errors_in(text: str, what: str = "") -> list[Problem]:
    """The errors among it that tell of `what`."""
    return [p for p in found_in(text) if p.level == "error" and what in p.found]


@pytest.mark.parametrize("hidden", [False, True], ids=["as written", "coded"])
@pytest.mark.parametrize(
    ("make", "what", "least"),
    [
        (samples.iban, "IBAN", 0.99),
        (samples.citizen, "BSN", 0.99),
        (samples.email, "e-mail", 0.99),
        (samples.phone, "phone", 0.97),
        (samples.address, "address", 0.97),
    ],
    ids=["IBAN", "BSN", "e-mail", "phone", "address"],
)
def test_enough_personal_data_is_found(
    make: Callable[[Random], str], what: str, least: float, hidden: bool
) -> None:
    random = Random(f"{what} {hidden}")
    missed = []
    for _ in range(MANY):
        plain = make(random)
        text = samples.told(random, samples.coded(random, plain) if hidden else plain)
        if not errors_in(text, what):
            missed.append((plain, text))
    recall = 1 - len(missed) / MANY
    assert recall >= least, f"recall {recall:.2%}; missed for example {missed[:12]}"


def test_ordinary_texts_are_seldom_taken_for_personal_data() -> None:
    random = Random("ordinary")
    texts = [samples.ordinary(random) for _ in range(5 * MANY)]
    wrong = [(text, [p.found for p in errors]) for text in texts if (errors := errors_in(text))]
    rate = len(wrong) / len(texts)
    assert rate <= 0.005, f"false errors {rate:.2%}; for example {wrong[:12]}"


def test_ordinary_texts_seldom_give_a_warning() -> None:
    random = Random("warnings")
    texts = [samples.ordinary(random) for _ in range(5 * MANY)]
    warned = [(text, [p.found for p in all_]) for text in texts if (all_ := found_in(text))]
    rate = len(warned) / len(texts)
    assert rate <= 0.02, f"warnings {rate:.2%}; for example {warned[:12]}"


def test_no_invented_story_holds_personal_data() -> None:
    world = invent_world(1, 40, 400)
    problems = []
    for index, company in enumerate(world.companies):
        known = CompanyFile.model_validate(dict(company.file))
        for case in world.cases_of(index):
            text = fast_case_text(case.told.told)
            document = Document(f"cases/{company.slug}/{case.slug}.yaml", {}, {}, {}, text)
            problems += personal_data(document, known)
    assert problems == []


def test_no_case_of_the_project_holds_personal_data_and_looking_is_quick() -> None:
    paths = some(sorted(CONTENT.glob("cases/*/*.yaml")), 400)
    read = [read_yaml(path, path.relative_to(CONTENT).as_posix())[0] for path in paths]
    documents = [document for document in read if document is not None]
    began = process_time()
    problems = [p for document in documents for p in personal_data(document, None)]
    each = (process_time() - began) / len(documents)
    assert [p for p in problems if p.level == "error"] == []
    assert len(problems) <= len(documents) / 100
    assert each < 0.002, f"{each * 1e6:.0f} µs a file"


def test_a_long_file_of_nothing_but_signs_is_looked_through_in_time() -> None:
    for piece in (
        "a",
        "1 ",
        "0 ",
        "1.",
        "@",
        "a@",
        "a.",
        "&#64;",
        "%40",
        "0612345678 ",
        "mr. ",
        "at dot ",
    ):
        text = piece * (16_000 // len(piece))
        began = process_time()
        personal_data(Document("case.yaml", {"summary": text}, {}, {}), None)
        assert process_time() - began < 10, piece


def test_the_file_reads_as_it_stands(tmp_path: Path) -> None:
    path = tmp_path / "case.yaml"
    path.write_text("# klant, 06-12345678\ntitle: Mail\n", "utf-8")
    document, _ = read_yaml(path, "cases/acme/case.yaml")
    assert document is not None
    (problem,) = personal_data(document, None)
    assert (problem.line, problem.column, problem.key) == (1, 10, "")
