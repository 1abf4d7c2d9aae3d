"""Reports that wait for the units below, and lists that are made of them."""

from __future__ import annotations

from datetime import date

from sqlalchemy import Connection

from obligations.board import Only, Sight
from obligations.rollup import reported_by_a_day
from tasks_lib.board.chosen import Chosen, wanted
from tasks_lib.board.sight import day_of
from tasks_lib.board.sql.board import Day, Wanted
from tasks_lib.board.sql.board_counts import signing_off
from tasks_lib.kernel.bootstrap import House
from tasks_lib.rollup.sign_off import waits_for_below


def waiting_below(connection: Connection, house: House, day: Day, sight: Sight) -> tuple[int, ...]:
    """Return the reports at hand that wait for the units below ("chờ cấp dưới")."""
    rows = signing_off(connection, day, sight, reported_by_a_day(house.plan))
    if not rows:
        return ()
    below = waits_for_below(connection, house)
    return tuple(row.id for row in rows if below.waits(row))


def asked(connection: Connection, house: House, chosen: Chosen, sight: Sight, on: date) -> Wanted:
    """Turn what is chosen into what the database is asked, what waits for those below found first."""
    ids = None
    if chosen.only == Only.WAITS_BELOW:
        ids = waiting_below(connection, house, day_of(house, on), sight)
    return wanted(house, chosen, sight, on, ids)
