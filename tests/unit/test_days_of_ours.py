"""A day the plan does not set is proposed until a document sets it or the plan's own day has passed."""

from dataclasses import replace
from datetime import date

import pytest

from obligations.days_of_ours import Day, is_proposed, rule_of
from obligations.model import Kind

CYCLE = Day(kind=Kind.REPORT, item=None, last_day=date(2022, 9, 9), plan_day=date(2022, 9, 14))
PLANS = Day(kind=Kind.TASK, item="1.2", last_day=date(2022, 7, 14), plan_day=date(2022, 7, 14))


@pytest.mark.parametrize(("on", "proposed"), [(10, True), (14, True), (15, False)])
def test_an_inner_day_is_proposed_until_the_plans_own_has_passed(on: int, *, proposed: bool) -> None:
    assert is_proposed(CYCLE, date(2022, 9, on)) is proposed
    assert not is_proposed(replace(CYCLE, documented=True), date(2022, 9, on))


@pytest.mark.parametrize(("kind", "item"), [(Kind.PLAN, None), (Kind.SHEET, None), (Kind.TASK, "III.3.b")])
def test_what_the_plan_gives_no_day_is_proposed_for_good(kind: Kind, item: str | None) -> None:
    assert is_proposed(replace(PLANS, kind=kind, item=item), date(2022, 12, 31))


def test_a_day_of_the_plan_is_never_proposed() -> None:
    assert not is_proposed(PLANS, date(2022, 7, 15))
    assert (rule_of(Kind.TASK, "3.1"), rule_of(Kind.REPORT, None)) == ("3.1", "report")
