"""When the figures of a report close."""

from __future__ import annotations

from datetime import date

from obligations import deadlines
from obligations.chain import level_of
from obligations.model import Agency
from obligations.period import Period
from tasks_lib.kernel.bootstrap import House


def closes_on(house: House, agency: Agency, period: Period) -> date:
    """Return the day on which the figures of an agency's cycle report close."""
    cycle, year = deadlines.cycle_of(house.plan, period)
    return deadlines.closing_day(cycle, year, level_of(agency, house.plan), house.calendar)
