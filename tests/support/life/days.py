"""Documents that set the days which the plan does not."""

from __future__ import annotations

from datetime import date

from tasks_lib.duties.day_documents import Given, enter
from tasks_lib.kernel.bootstrap import House
from tasks_lib.kernel.clock import morning_of

SIGNED_ON = date(2022, 7, 1)


def set_days(house: House, *rules: str) -> None:
    """Enter, for everybody, a document of UBND tỉnh for each of these days."""
    for rule in rules:
        paper = Given(rule=rule, number="12/UBND-NC", signed_on=SIGNED_ON, issuer="UBND tỉnh", place="")
        enter(house, paper, house.plan.focal, morning_of(SIGNED_ON))
