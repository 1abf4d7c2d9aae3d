"""One pass over a day: opens what is due, records notices, receives what nobody answered."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from sqlalchemy import Connection

from store.counts import past_by_item, sheets_overdue, swept, swept_on, waiting_count
from store.engine import writing
from store.facts import put_fact
from store.journal import Happening, write
from store.plans import lock
from tasks_lib.duties.hand_over import hand_over
from tasks_lib.duties.initialise import bring_up_to_date
from tasks_lib.duties.opening import day_of
from tasks_lib.duties.sql.day_documents import list_what_passed
from tasks_lib.duties.sql.opening import Day, open_due
from tasks_lib.kernel.bootstrap import House
from tasks_lib.kernel.keys import ROUND_DONE, WELL, of_plan
from tasks_lib.rounds.sql.aftermath import list_chronic, receive_unanswered, weekly_lines_due
from tasks_lib.rounds.sql.sweep import record_notices


@dataclass(frozen=True, kw_only=True)
class ItemSweep:
    """What a sweep found for one item."""

    opened: int
    notices: int
    overdue: int


@dataclass(frozen=True, kw_only=True)
class SweepReport:
    """What a sweep did and found."""

    as_of: datetime
    opened: int
    notices: int
    waiting: int
    """Obligations whose time has not come."""
    overdue: int
    """Of dated duties: what the board, the digest and the papers call overdue."""
    past_asked: int = 0
    """Dated duties past a day that is only proposed: in no rate, and counted apart everywhere."""
    sheets_overdue: int = 0
    """Chairpersons' sheets not looked over in time, counted apart."""
    by_item: dict[str, ItemSweep] = field(default_factory=dict)

    def as_json(self) -> dict[str, object]:
        """Return the document scripts read."""
        return {
            "as_of": self.as_of.isoformat(),
            "opened": self.opened,
            "notices": self.notices,
            "waiting": self.waiting,
            "overdue": self.overdue,
            "past_asked": self.past_asked,
            "sheets_overdue": self.sheets_overdue,
            "by_item": {
                key: {"opened": s.opened, "notices": s.notices, "overdue": s.overdue}
                for key, s in self.by_item.items()
            },
        }


def sweep(house: House, as_of: datetime, item: str | None = None) -> SweepReport:
    """Bring the whole plan, or one item of it, up to `as_of`; a second run on a day adds nothing."""
    with writing(house.engine) as connection:
        bring_up_to_date(connection, house, as_of)
        report = sweep_within(connection, house, as_of, item)
        if item is None:
            put_fact(connection, of_plan(ROUND_DONE, house.plan.key), WELL, as_of)
        return report


def sweep_within(
    connection: Connection, house: House, as_of: datetime, item: str | None = None
) -> SweepReport:
    """Sweep inside a transaction that somebody else ends: a preview takes it back."""
    lock(connection, house.plan.key)
    day = day_of(house, as_of, item)
    opened = open_due(connection, day)
    hand_over(connection, house, as_of)
    received = receive_unanswered(connection, day)
    recorded = record_notices(connection, day)
    if item is None:
        _of_the_whole(connection, house, day)
    done = {"opened": opened.total(), "notices": recorded.total(), "received": received}
    write(connection, Happening(at=as_of, plan=day.plan, what="sweep", subject=item or "", details=done))
    return _report(connection, house, day, opened, recorded)


def _of_the_whole(connection: Connection, house: House, day: Day) -> None:
    before = swept_on(connection, day.plan)
    swept(connection, day.plan, day.on)
    if not day.working:
        return
    list_what_passed(connection, day.plan, day.on)
    list_chronic(connection, day, house.plan.settings.chronic_overdue)
    monday = house.calendar.week_start(day.on)
    # The week's first sweep makes good a Monday on which the engine was off.
    if day.on == monday or before is None or before < monday:
        weekly_lines_due(connection, day, _week_before(house, day.on))


def _week_before(house: House, on: date) -> date:
    return house.calendar.week_start(on - timedelta(days=7))


def _report(
    connection: Connection,
    house: House,
    day: Day,
    opened: Counter[str | None],
    recorded: Counter[str | None],
) -> SweepReport:
    past = past_by_item(connection, day.plan, day.on)
    overdue, asked = past.overdue, past.asked
    if day.item is not None:
        overdue, asked = Counter({day.item: overdue[day.item]}), Counter({day.item: asked[day.item]})
    keys = [i.key for i in house.plan.assigned if day.item in (None, i.key)]
    return SweepReport(
        as_of=day.at,
        opened=opened.total(),
        notices=recorded.total(),
        waiting=waiting_count(connection, day.plan, day.item),
        overdue=overdue.total(),
        past_asked=asked.total(),
        sheets_overdue=0 if day.item is not None else sheets_overdue(connection, day.plan, day.on),
        by_item={
            key: ItemSweep(opened=opened[key], notices=recorded[key], overdue=overdue[key]) for key in keys
        },
    )
