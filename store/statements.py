"""Statements that are put together once: where little is due that takes longer than to execute them."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from datetime import date
from functools import cache
from typing import TypeVar

from sqlalchemy import Date, Executable, String, bindparam

S = TypeVar("S", bound=Executable)

THE_PLAN, THE_DAY = bindparam("of_plan", type_=String), bindparam("of_day", type_=Date)
THE_ITEM = bindparam("of_item", type_=String)
"""Stand for a plan, a day and an item, which are given each time."""


@cache
def once(build: Callable[..., S], *which: Hashable) -> S:
    """Return what a function puts together; it is called once for what it is asked."""
    return build(*which)


def for_day(plan: str, on: date) -> dict[str, object]:
    """Return what stands for the plan and the day this time."""
    return {THE_PLAN.key: plan, THE_DAY.key: on}
