"""What a letter can be about: the late items and units of an office, before it chooses."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime

from obligations.reckoning import Share
from obligations.words import alphabetical
from store.engine import reading
from tasks_lib.kernel.bootstrap import House
from tasks_lib.kernel.wording import name_of
from tasks_lib.papers.kinds import URGING, check_order, forms_of
from tasks_lib.papers.order import Desk, Order
from tasks_lib.papers.sql.standing import StandingLine
from tasks_lib.papers.urging import lines_of
from tasks_lib.papers.urging_annexes import shortly


@dataclass(frozen=True, kw_only=True)
class Choice:
    """An item or a unit that something is late of."""

    key: str
    name: str
    late: int


@dataclass(frozen=True, kw_only=True)
class Choices:
    """All that an office can urge on a day."""

    items: tuple[Choice, ...]
    units: tuple[Choice, ...]
    other: int
    """Late reports and plans, which belong to no item: urged when no item is chosen."""


def choices(house: House, by: str, as_of: datetime) -> Choices:
    """Return what an office can urge: the most late first."""
    forms, order = forms_of(house), Order(kind=URGING, by=by)
    check_order(house, forms, order)
    with reading(house.engine) as connection:
        lines = lines_of(Desk(connection, house, forms, order, as_of))
    late = [line for line in lines if line.share is Share.OVERDUE]
    by_item: dict[str, list[StandingLine]] = defaultdict(list)
    by_unit: dict[str, list[StandingLine]] = defaultdict(list)
    for line in late:
        by_unit[line.agency_id].append(line)
        if line.item:
            by_item[line.item].append(line)
    items = [Choice(key=key, name=shortly(house, rows[0]), late=len(rows)) for key, rows in by_item.items()]
    units = [Choice(key=key, name=name_of(house, key), late=len(rows)) for key, rows in by_unit.items()]
    return Choices(
        items=tuple(sorted(items, key=_most_first)),
        units=tuple(sorted(units, key=_most_first)),
        other=sum(not line.item for line in late),
    )


def _most_first(choice: Choice) -> tuple[int, object]:
    return -choice.late, alphabetical(choice.name)
