"""Whose turn it is after a desk has spoken: the ladder that then climbs."""

from __future__ import annotations

from datetime import date

from sqlalchemy import Connection

from obligations.ladder import ladder_for
from obligations.model import LegKind
from obligations.obligation import Obligation
from store.ledger import start_leg, wake_lead
from store.schedules import Schedules
from tasks_lib.kernel.bootstrap import House


def start_correction(connection: Connection, house: House, row: Obligation, on: date, until: date) -> None:
    """Chase what was asked for mildly until its day."""
    agency = house.agency(row.agency_id)
    ladder = ladder_for(house.plan, kind=row.kind, agency=agency, leg=LegKind.CORRECTION)
    if ladder is not None:
        schedule = Schedules(connection, house.calendar).ensure(ladder, until, on)
        start_leg(connection, row.id, LegKind.CORRECTION, schedule, on)


def climb_again(connection: Connection, house: House, row: Obligation, on: date) -> None:
    """In time, the ladder goes on; past the day a new leg starts, for the old steps are spent."""
    if on <= row.last_day or row.schedule_id is None:
        wake_lead(connection, row.id)
        return
    until = house.calendar.add(on, house.plan.settings.correction_working_days)
    schedule = Schedules(connection, house.calendar).again(row.schedule_id, until, on)
    start_leg(connection, row.id, LegKind.REOPENED, schedule, house.calendar.add(on, 1))
