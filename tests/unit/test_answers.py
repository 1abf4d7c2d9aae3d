"""When "nothing arose" is an answer, and what a report must not go without."""

from __future__ import annotations

import pytest

from obligations.answers import wanting, why_not_nothing
from obligations.model import Kind, Plan, Wording


def test_in_plan_239_only_the_as_regulated_items_take_nothing_arose(plan: Plan) -> None:
    allowed = {i.key for i in (*plan.items, *plan.duties) if i.nothing_may_arise}

    assert allowed == {"2.4", "2.5", "2.6", "4.5"}
    assert allowed == {i.key for i in plan.items if i.deadline.wording is Wording.AS_REGULATED}


@pytest.mark.parametrize("kind", Kind)
def test_nothing_arose_answers_rows_that_stand_alone_and_what_the_data_allows(kind: Kind) -> None:
    answers = {
        (allowed, inside)
        for allowed in (True, False)
        for inside in (True, False)
        if not why_not_nothing(kind, may_arise_nothing=allowed, in_report=inside)
    }

    expected = {Kind.ROW: {(True, False), (False, False)}, Kind.TASK: {(True, True), (True, False)}}
    assert answers == expected.get(kind, set())


@pytest.mark.parametrize("kind", Kind)
def test_anything_the_plan_calls_for_is_enough_and_a_sheet_needs_nothing(kind: Kind) -> None:
    assert wanting(kind, (), given=True, proven=False) == ""
    assert wanting(kind, (), given=False, proven=True) == ""
    assert wanting(kind, (), given=False, proven=False, without="chờ ký") == ""
    assert bool(wanting(kind, (), given=False, proven=False, without="  ")) == (kind is not Kind.SHEET)
