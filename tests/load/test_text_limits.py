"""What a text may just hold and what is just too much, and where its fault is said to stand."""

from __future__ import annotations

import pytest

from scorecard.texts import (
    LONGEST_PAGE,
    MOST_SIGNS,
    MOST_SIGNS_OF_PAGE,
    Fault,
    leads_out,
    little_markdown,
    seen,
    too_many_signs,
    unseen,
    without_unseen,
)


def test_the_limits_are_those_that_people_were_told() -> None:
    assert (MOST_SIGNS, MOST_SIGNS_OF_PAGE, LONGEST_PAGE) == (300, 300, 10_000)
    assert little_markdown("*a " * 300)
    with pytest.raises(ValueError, match="at most 300 signs"):
        little_markdown("*a " * 301)
    assert too_many_signs("    " * 8 + "x", 300) is None
    fault = too_many_signs("    " * 9 + "x", 300)
    assert fault is not None
    assert fault.expected.startswith("at most 8 levels")


@pytest.mark.parametrize(
    ("text", "line", "column"),
    [("\u202e", 1, 1), ("ab\u202e", 1, 3), ("\n\u202e", 2, 1), ("ab\n\ncd\u202e", 3, 3)],
)
def test_a_fault_has_the_line_and_the_column_that_editors_count(
    text: str, line: int, column: int
) -> None:
    fault = unseen(text)
    assert fault is not None
    assert (fault.line(text), fault.column(text)) == (line, column)


def test_the_sign_that_is_one_too_many_is_the_one_that_is_shown() -> None:
    fault = too_many_signs("*a *b *c", 2)
    assert fault is not None
    assert (fault.position, fault.found) == (6, "one sign more")
    assert too_many_signs("*a *b *c", 3) is None
    assert too_many_signs("***", 3) is None


def test_a_letter_that_is_not_seen_is_named_by_its_number() -> None:
    assert unseen("a\x01") is None  # what the reader of YAML refuses already
    for text, named in (("é\x07", "U+0007"), ("é\u200b", "U+200B"), ("\U000e0041", "U+E0041")):
        fault = unseen(text)
        assert isinstance(fault, Fault)
        assert fault.found == f"the character {named}"
    assert without_unseen("a\u202eb\u200bc") == "abc"


def test_a_sound_text_is_handed_on_as_it_is() -> None:
    assert seen("[" * 400) == "[" * 400
    assert little_markdown("fine – *really*") == "fine – *really*"
    for check in (seen, little_markdown):
        with pytest.raises(ValueError, match="text of which all is seen"):
            check("tur\u202ened")


@pytest.mark.parametrize("port", ["", ":1", ":80", ":65535"])
def test_an_address_may_name_a_port_that_there_is(port: str) -> None:
    assert leads_out(f"https://a.example{port}/")


@pytest.mark.parametrize(
    "rest", [":0/", ":65536/", ":x/", ":-1/", "/\u202e", "/a b", " ", "\n", "/\x00"]
)
def test_an_address_with_a_part_that_leads_nowhere_is_none(rest: str) -> None:
    assert not leads_out(f"https://a.example{rest}")
