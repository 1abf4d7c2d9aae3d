"""What a guide (hướng dẫn, theo dõi) sees: its items over all units, with states and the newest reports."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from obligations.errors import Invalid
from obligations.figures import asked_figures, asks_events, events_figure
from obligations.model import Agency, Figure, Item, Kind
from obligations.period import Period
from obligations.rollup import shown_value
from obligations.seats import guides_of
from store.engine import reading
from tasks_lib.desk.sql.sides import side_of_obligation
from tasks_lib.kernel.bootstrap import House
from tasks_lib.kernel.clock import local_day
from tasks_lib.kernel.wording import district_of
from tasks_lib.rollup.sql.rollup import Heard, Reach, heard


@dataclass(frozen=True, kw_only=True)
class GuidedUnit:
    """One unit's report of a guided item."""

    agency: Agency
    district: str
    heard: Heard
    figures: str
    """What it gave, in one line."""


@dataclass(frozen=True, kw_only=True)
class GuidedItem:
    """A guided item over all units, for one period."""

    item: Item
    period: Period | None
    """None while nobody owes it."""
    periods: tuple[Period, ...]
    """All there are, in the order of their days."""
    units: tuple[GuidedUnit, ...]


def items_guided(house: House, agency: str) -> tuple[Item, ...]:
    """Return the items an agency guides, in the plan's order."""
    return tuple(item for item in house.plan.items if agency in guides_of(item, house.roster))


def guided(house: House, item: Item, period: Period | None, as_of: datetime) -> GuidedItem:
    """Return an item over all units; without a period the last that has begun. One query."""
    reach = Reach(plan=house.plan.key, kinds=(Kind.TASK, Kind.ROW), item=item.key)
    with reading(house.engine) as connection:
        found = heard(connection, reach, as_of)
    periods = tuple(dict.fromkeys(h.period for h in sorted(found, key=lambda h: (h.last_day, h.period))))
    chosen = period or _begun(found, periods, local_day(as_of))
    if period and period not in periods:
        raise Invalid(f"nhiệm vụ {item.key} không có kỳ '{period}'")
    now = sorted((h for h in found if h.period == chosen), key=lambda h: (h.agency, h.part))
    units = tuple(_unit(house, item, h) for h in now)
    return GuidedItem(item=item, period=chosen, periods=periods, units=units)


def guided_unit(house: House, key: str, as_of: datetime) -> GuidedUnit:
    """Return one unit's report of a guided item."""
    with reading(house.engine) as connection:
        side = side_of_obligation(connection, house.plan.key, key)
        item = house.plan.item(side.item) if side is not None and side.item else None
        if side is None or item is None:
            raise Invalid(f"{key}: không có nhiệm vụ được giao nào với mã này")
        reach = Reach(
            plan=house.plan.key, kinds=(Kind.TASK, Kind.ROW), item=item.key, agencies=[side.agency_id]
        )
        found = {h.key: h for h in heard(connection, reach, as_of)}
    if key not in found:
        raise Invalid(f"{key}: đã được hủy giao nhầm")
    return _unit(house, item, found[key])


def _begun(found: Iterable[Heard], periods: tuple[Period, ...], on: date) -> Period | None:
    """Return the period people are reporting or have reported last: the last whose month has begun."""
    begun = {h.period for h in found if h.last_day.replace(day=1) <= on}
    return next((p for p in reversed(periods) if p in begun), periods[0] if periods else None)


def _unit(house: House, item: Item, h: Heard) -> GuidedUnit:
    agency = house.agency(h.agency)
    asked: tuple[Figure, ...] = asked_figures(item, h.part, agency.level)
    if h.is_row and asks_events(item, h.part):
        asked = (events_figure(item), *asked)
    given = [
        f"{f.name}: {shown_value(f, h.figures[f.key])}" for f in asked if h.figures.get(f.key) is not None
    ]
    return GuidedUnit(agency=agency, district=district_of(house, agency), heard=h, figures="; ".join(given))
