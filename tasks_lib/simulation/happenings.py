"""What befalls the province in a replay: events that open as-regulated tasks, and one district's flood."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from obligations.deadlines import regulation_on
from obligations.errors import DomainError
from obligations.foresee import lead_agencies
from obligations.model import Item, Regulation, Wording
from tasks_lib.duties.events import Event
from tasks_lib.duties.pausing import Pause
from tasks_lib.kernel.bootstrap import House
from tasks_lib.simulation.answers import event_title
from tasks_lib.simulation.behaviours import Cast

FLOOD_AFTER = timedelta(days=41)
FLOOD_LASTS = timedelta(days=7)
QUIET_DAYS = 5
"""Nothing is decided in the first days after signing."""
MOST_EVENTS = 2
"""Of one item at one agency."""
COMMUNES_WITH_EVENTS = 0.1
"""Most communes see none in half a year."""


@dataclass(frozen=True, kw_only=True)
class Recorded:
    """An event, with who records it on which day."""

    event: Event
    by: str
    on: date


def events(house: House, cast: Cast, start: date, end: date) -> list[Recorded]:
    """Return the events of a period, in the order in which they are recorded."""
    found = [
        recorded
        for item in house.plan.items
        if item.deadline.wording is Wording.AS_REGULATED
        for agency in lead_agencies(item, house.roster)
        for recorded in _of_agency(house, cast, item, agency, start, end)
    ]
    return sorted(found, key=lambda r: (r.on, r.event.item, r.event.agency))


def _of_agency(house: House, cast: Cast, item: Item, agency: str, start: date, end: date) -> list[Recorded]:
    dice = cast.dice("events", item.key, agency)
    if house.agency(agency).level.rank == 0 and dice.random() >= COMMUNES_WITH_EVENTS:
        return []
    # Drawn over the plan's whole life, so that a longer replay only adds to a shorter one.
    life = (house.plan.valid_until - house.plan.signed_on).days
    days = sorted({dice.randint(QUIET_DAYS, max(QUIET_DAYS, life)) for _ in range(MOST_EVENTS)})
    found = []
    for after in days[: dice.randint(0, MOST_EVENTS)]:
        on = house.calendar.next_working(house.plan.signed_on + timedelta(days=after))
        rule = _rule(house, item, on)
        if rule is None:
            continue
        found.append(
            Recorded(
                event=Event(item=item.key, agency=agency, on=on, title=event_title(dice, rule.trigger, on)),
                by=agency if "lead" in rule.recorders else house.plan.focal,
                on=house.calendar.add(on, dice.choice((1, 1, 2))),
            )
        )
    return [recorded for recorded in found if start <= recorded.on <= end]


def _rule(house: House, item: Item, on: date) -> Regulation | None:
    """Return the rule in force if it counts days; a price table of next January falls outside the replay."""
    try:
        rule = regulation_on(house.plan, item.key, on)
    except DomainError:
        return None
    return rule if rule.days else None


def flood(house: House, cast: Cast, start: date) -> Pause | None:
    """Return the pause of one district some weeks after signing, where the behaviour has one."""
    districts = [key for key in house.roster.members(house.plan.planners) if house.agency(key).heads]
    from_day = house.plan.signed_on + FLOOD_AFTER
    if not cast.behaviour.pauses or not districts or from_day <= start:
        return None
    return Pause(
        place=cast.dice("flood").choice(districts),
        from_day=from_day,
        to_day=from_day + FLOOD_LASTS,
        reason="mưa lũ, chia cắt giao thông",
    )
