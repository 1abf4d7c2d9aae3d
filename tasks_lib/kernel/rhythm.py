"""When the engine works: the round, the deliveries, the cycles' evening count; schedules are made of this."""

from __future__ import annotations

from datetime import datetime, time, timedelta

from obligations.calendar import ONE_DAY, ZONE, WorkingCalendar

ROUND_AT = time(6, 30)
"""Every day; a day off is swept too and says nothing."""
CYCLES_AT = time(16, 50)
"""In a cycle's closing month, at the end of the day, when that day's reports are in."""
DELIVERIES = (
    time(7, 30),
    time(7, 45),
    *(time(hour, minute) for hour in range(8, 17) for minute in (0, 15, 30, 45)),
)
"""First tries at 7:30 and 7:45, then every quarter of an hour until 16:45; working days only."""

PROBE_AT = time(8, 10)
"""The house tries itself once the day's first deliveries are through."""


def next_round(at: datetime) -> datetime:
    """Return when the next daily round begins."""
    return _following(at, (ROUND_AT,))


def next_delivery(at: datetime, calendar: WorkingCalendar) -> datetime:
    """Return when mail leaves next: on a working day."""
    found = _following(at, DELIVERIES)
    while not calendar.is_working(found.date()):
        found = datetime.combine(found.date() + ONE_DAY, DELIVERIES[0], ZONE)
    return found


def _following(at: datetime, times: tuple[time, ...]) -> datetime:
    here = at.astimezone(ZONE)
    days = (here.date(), here.date() + timedelta(days=1))
    return next(m for day in days for hour in times if (m := datetime.combine(day, hour, ZONE)) > here)
