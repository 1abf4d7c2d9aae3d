"""Every value of the language of days prints itself as a wording that is read as the same value again."""

from __future__ import annotations

from datetime import date

from hypothesis import given, settings

from config.day_rows import DeadlineRow, term_of
from config.day_rules import rule_of
from config.wordings import read
from obligations.model import Deadline, Wording
from obligations.terms import Term
from obligations.terms_open import AsAbove
from tests.support.life.terms import terms

SIGNED = date(2022, 1, 1)


@settings(max_examples=600)
@given(terms)
def test_a_value_is_read_as_it_prints_itself(term: Term) -> None:
    reading = read(term.printed, year=2022)
    assert reading.term == term, (term.printed, reading)


@settings(max_examples=300)
@given(terms)
def test_what_prints_itself_is_understood_to_the_last_word(term: Term) -> None:
    """What is asked of a printed wording is what the law leaves open, never a word that was not read."""
    for doubt in read(term.printed, year=2022).doubts:
        assert not doubt.startswith(("Chưa hiểu", "Chưa rõ")), (term.printed, doubt)


def test_the_same_as_above_is_a_value_that_is_read_as_it_prints_itself() -> None:
    assert read(AsAbove().printed, year=2022).term == AsAbove()
    assert read(AsAbove().printed, year=2022).doubts == ()
    assert term_of(DeadlineRow.model_validate(rule_of(AsAbove()))) == AsAbove()


@settings(max_examples=300)
@given(terms)
def test_a_value_is_written_in_a_plan_file_and_read_from_it(term: Term) -> None:
    assert term_of(DeadlineRow.model_validate(rule_of(term))) == term


@settings(max_examples=200)
@given(terms)
def test_capitals_and_spaces_change_nothing_of_the_time(term: Term) -> None:
    spaced = term.printed.replace(" ", "  ").replace("-", "–")
    assert read(spaced, year=2022).term == term


@given(terms)
def test_every_value_is_a_deadline_with_a_key_for_its_ladder(term: Term) -> None:
    assert Deadline.of(term).wording in set(Wording)
    assert Deadline.of(term).stated() == term
