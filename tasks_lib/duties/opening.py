"""The day of a change or a sweep, as what opens on it needs it."""

from __future__ import annotations

from datetime import datetime

from obligations.ladder import repeat_day
from tasks_lib.duties.sql.opening import Day
from tasks_lib.kernel.bootstrap import House
from tasks_lib.kernel.clock import local_day


def day_of(house: House, as_of: datetime, item: str | None = None) -> Day:
    """Return what a sweep must know of its day."""
    on = local_day(as_of)
    return Day(
        plan=house.plan.key,
        focal=house.plan.focal,
        top=house.plan.top,
        at=as_of,
        on=on,
        working=house.calendar.is_working(on),
        mondays_mail=house.calendar.monday_mail(on),
        repeat_on=repeat_day(house.plan.settings, on, house.calendar),
        item=item,
    )
