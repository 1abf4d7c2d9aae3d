"""What a letter can be about: the late items and units of an office, before it chooses."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime

from obligations.papers import office_of
from obligations.period import Period
from obligations.reckoning import Share
from obligations.words import alphabetical
from store.engine import reading
from tasks_lib.kernel.bootstrap import House
from tasks_lib.kernel.wording import name_of
from tasks_lib.papers.duties_told import is_below
from tasks_lib.papers.kinds import URGING, WRITERS, check_order, forms_of
from tasks_lib.papers.order import Desk, Order
from tasks_lib.papers.sql.standing import StandingLine
from tasks_lib.papers.urging import lines_of
from tasks_lib.papers.urging_annexes import shortly
from tasks_lib.papers.words import posts_of

QUARTERS = 4


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


Option = tuple[str, str]
"""What is chosen, and what it is called."""


@dataclass(frozen=True, kw_only=True)
class Offered:
    """Which papers an office can have drafted, and what they may be about."""

    kinds: tuple[Option, ...]
    units: tuple[Option, ...]
    """Units below it, and of the collator the bodies that are invited."""
    items: tuple[Option, ...]
    periods: tuple[Option, ...]
    """Cycles, quarters, months of chairpersons' sheets."""


def offered(house: House, by: str) -> Offered:
    """Return what an office can have drafted beside letters that urge."""
    agency, plan = house.agency(by), house.plan
    office = office_of(agency, plan)
    units = [a for a in house.agencies if is_below(house, by, a) or (a.invited and by == plan.focal)]
    year = plan.signed_on.year
    cycles = {f"{year}-{c.key}": plan.period_name(Period(f"{year}-{c.key}-report")) for c in plan.cycles}
    quarters = {f"{year}-Q{n}": Period(f"{year}-Q{n}").name() for n in range(1, QUARTERS + 1)}
    months = {str(month): plan.period_name(month) for month in plan.settings.sheet_months}
    return Offered(
        kinds=tuple(
            (kind.key, kind.name)
            for kind in forms_of(house).kinds.values()
            if kind.key in WRITERS and kind.key != URGING and office in kind.by
        ),
        units=tuple((a.id, a.name) for a in sorted(units, key=lambda a: alphabetical(a.name))),
        items=tuple((item.key, f"{item.key}. {item.short or item.title}") for item in plan.assigned),
        periods=tuple((quarters | cycles | months).items()),
    )


def authorities(house: House, by: str) -> tuple[Option, ...]:
    """Return under which authorities an office signs: TM., KT., TL., TUQ., each as it stands on the paper."""
    agency = house.agency(by)
    office = forms_of(house).offices[office_of(agency, house.plan)]
    return tuple((key, " - ".join(posts_of(agency, office, key))) for key in office.posts)


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
