"""The method's file and the code that carries it out say the same."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from scorecard.compose.pages.worked import ANSWERS
from scorecard.judge.case import RULES, VALUES, misfits
from scorecard.places import STANDARD_RUBRIC
from scorecard.rubric import DIMENSIONS, Rule
from tests.support.build import content_folder, rubric, told
from tests.support.load import problems_of


def test_every_rule_of_the_rubric_has_its_function_and_every_function_its_rule() -> None:
    assert [rule.id for rule in rubric().rules] == list(RULES)


@pytest.mark.parametrize("rule", RULES)
def test_a_rule_is_carried_out_by_the_function_of_its_name(rule: str) -> None:
    function = RULES[rule]
    dimension = next(r.dimension for r in rubric().rules if r.id == rule)
    assert function.__name__ == rule.replace("-", "_")
    assert function.__module__ == f"scorecard.judge.{dimension}"


def test_every_answer_that_a_rule_looks_up_has_its_value_and_its_words() -> None:
    values = {rule.id: set(rule.values) for rule in rubric().rules if rule.id in VALUES}
    assert {rule: set(words) for rule, words in ANSWERS.items()} == values == VALUES


@pytest.mark.parametrize("rule", VALUES)
def test_a_method_without_a_value_for_an_answer_does_not_fit(rule: str) -> None:
    for answer in VALUES[rule]:
        rules = tuple(
            one.model_copy(update={"values": {k: v for k, v in one.values.items() if k != answer}})
            if one.id == rule
            else one
            for one in rubric().rules
        )
        told_ = misfits(rubric().model_copy(update={"rules": rules}))
        assert told_ == [f"rule '{rule}' without the values {answer}"]


@pytest.mark.parametrize("rule", rubric().rules, ids=lambda rule: str(rule.id))
def test_a_rule_says_in_english_and_dutch_what_it_asks_and_why(rule: Rule) -> None:
    texts: tuple[Mapping[str, str], ...] = (
        rule.name,
        rule.question,
        rule.scale,
        rule.why,
        rule.remedy,
    )
    for text in texts:
        assert {"en", "nl"} <= set(text)
        assert all(said.strip() for said in text.values())
        assert text["en"] != text["nl"]


def test_the_law_is_told_in_english_and_dutch_with_its_source() -> None:
    for term in rubric().legal_terms:
        assert {"en", "nl"} <= set(term.meaning)
        assert term.source.url


def test_every_rule_weighs_something() -> None:
    assert all(rule.weight > 0 for rule in rubric().rules)


def test_every_dimension_has_rules_and_a_share() -> None:
    assert all(rubric().rules_of(dimension) for dimension in DIMENSIONS)
    assert all(rubric().overall[dimension] > 0 for dimension in DIMENSIONS)


def test_completely_solved_weighs_most_in_follow_through() -> None:
    weights = {rule.id: rule.weight for rule in rubric().rules_of("follow_through")}
    solved = weights.pop("completely-solved")
    assert solved > max(weights.values())


def test_money_weighs_more_than_set_off_and_that_more_than_a_voucher() -> None:
    values = next(r for r in rubric().rules if r.id == "money-as-money").values
    assert values["money"] > values["set-off"] > values["voucher"] > 0


def test_better_evidence_never_weighs_less() -> None:
    weights = [
        rubric().evidence[level] for level in ("none", "described", "redacted", "public", "ruling")
    ]
    assert weights == sorted(weights)
    assert len(rubric().evidence) == len(weights)


def test_the_bands_reach_down_to_nought() -> None:
    for bands in (rubric().grades, rubric().friction):
        floors = [band.at_least for band in bands]
        assert floors == sorted(set(floors), reverse=True)
        assert floors[-1] == 0


@pytest.mark.parametrize(
    ("place", "line"),
    [
        ("the method", "bonus: 3\n"),
        ("a rule", "rules:\n  - id: reached\n    bonus: 3\n"),
        ("the norms", "norms:\n  bonus: 3 days\n"),
        ("a law", "legal_terms:\n  - id: x\n    bonus: 3\n"),
    ],
)
def test_the_rubric_knows_all_its_keys(
    place: str, line: str, tmp_path_factory: pytest.TempPathFactory
) -> None:
    top = line.split(":", maxsplit=1)[0]
    text = STANDARD_RUBRIC.read_text("utf-8")
    kept = [] if place != "the method" else [text]
    folder = content_folder(
        tmp_path_factory.mktemp("rubric"), {"rubric.yaml": "\n".join([*kept, line])}
    )
    problems = problems_of(folder)
    unknown = [p for p in problems if p.found == "the unknown key 'bonus'"]
    assert len(unknown) == 1, told(problems)
    assert unknown[0].key.startswith(top)


@pytest.mark.parametrize(
    ("old", "new", "key"),
    [
        ("responsiveness: 0.35", "responsiveness: 0.45", "overall"),
        ("    default: 1 working day\n", "", "norms"),
        (f'version: "{rubric().version}"\n', 'version: "another"\n', "version"),
        ("- id: tone\n", "- id: reached\n", "rules[4].id"),
    ],
)
def test_a_rubric_that_is_not_whole_is_refused(
    old: str, new: str, key: str, tmp_path_factory: pytest.TempPathFactory
) -> None:
    text = STANDARD_RUBRIC.read_text("utf-8")
    assert old in text
    folder = content_folder(
        tmp_path_factory.mktemp("rubric"), {"rubric.yaml": text.replace(old, new, 1)}
    )
    assert [p.key for p in problems_of(folder)] == [key]
