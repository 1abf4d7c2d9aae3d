"""Lays a database out and writes the whole validity of the plan into it; harmless to repeat."""

from __future__ import annotations

import logging
import secrets
from datetime import datetime

from sqlalchemy import Connection

from obligations.foresee import foresee, foresee_event
from obligations.model import Planned
from store.engine import reading, writing
from store.facts import fact, put_fact
from store.journal import Happening, write
from store.migrate import lay_out, one_at_a_time
from store.plans import applied, note_applied
from store.resealing import begin_journal, reseal, standing
from tasks_lib.duties.sql.events import recorded_events
from tasks_lib.duties.sql.reconcile import Changes, Foreseen, reconcile
from tasks_lib.kernel.bootstrap import House
from tasks_lib.kernel.clock import morning_of
from tasks_lib.kernel.home import close_home
from tasks_lib.kernel.reach import sync_agencies

log = logging.getLogger(__name__)

INSTANCE = "instance"
"""The fact under which a database carries its own name; its copies carry the same."""


def initialise(house: House, as_of: datetime | None = None) -> Changes:
    """Create or migrate the tables and bring the plan's obligations into line with its data.

    `as_of` stands in the history of what moves; None means the plan's signing, for a first time.
    """
    close_home(house.settings, house.engine)
    stood = standing(house.engine)
    lay_out(house.engine)
    at = as_of or morning_of(house.plan.signed_on)
    with writing(house.engine) as connection:
        one_at_a_time(connection)
        begin_journal(connection, at)
        reseal(connection, stood, at)
    with writing(house.engine) as connection:
        one_at_a_time(connection)
        if fact(connection, INSTANCE) is None:
            put_fact(connection, INSTANCE, secrets.token_hex(16), at)
        changes = bring_up_to_date(connection, house, at, force=True)
    close_home(house.settings, house.engine)
    return changes


def bring_up_to_date(connection: Connection, house: House, at: datetime, *, force: bool = False) -> Changes:
    """Reconcile if the configuration is another than the one last applied; else do nothing."""
    key = house.plan.key
    known = applied(connection, key)
    fingerprint = house.configuration.fingerprint
    if known == fingerprint and not force:
        return Changes()
    note_applied(connection, key, house.plan.number, fingerprint)
    changes = apply(connection, house, at)
    if known != fingerprint or changes:
        write(connection, _applied(house, changes, at))
    if known is not None and changes:
        log.warning(
            "dữ liệu kế hoạch hoặc lịch làm việc đã đổi: thêm %d, bỏ %d, tính lại %d nhiệm vụ được giao",
            len(changes.added),
            len(changes.removed),
            len(changes.moved),
        )
    return changes


def apply(connection: Connection, house: House, at: datetime) -> Changes:
    """Write what the configuration says of agencies and duties into the database."""
    sync_agencies(connection, house.configuration.agencies, house.plan)
    return reconcile(connection, foreseen(connection, house), at)


def _applied(house: House, changes: Changes, at: datetime) -> Happening:
    """Return the journal's row on a configuration that was applied."""
    return Happening(
        at=at,
        plan=house.plan.key,
        what="configuration",
        subject=house.plan.number,
        details={
            "fingerprint": house.configuration.fingerprint,
            "added": len(changes.added),
            "removed": changes.removed,
            "moved": [[key, old.isoformat(), new.isoformat()] for key, old, new in changes.moved],
        },
    )


def foreseen(connection: Connection, house: House) -> Foreseen:
    """Return all that should be in the database: what the plan foresees and what events opened."""
    planned = foresee(house.plan, house.roster, house.calendar)
    return Foreseen(
        house.plan,
        house.configuration.agencies,
        house.calendar,
        (*planned, *_from_events(connection, house)),
    )


def _from_events(connection: Connection, house: House) -> list[Planned]:
    found = []
    for row in recorded_events(connection, house.plan.key):
        item = house.plan.item(row.item)
        if item is not None:
            found.append(
                foresee_event(
                    house.plan,
                    item,
                    house.agency(row.agency_id),
                    on=row.on,
                    number=row.number,
                    calendar=house.calendar,
                )
            )
    return found


def require_initialised(house: House) -> None:
    """Raise Refused with what to do when the tables are not there, or are another version's."""
    with reading(house.engine):
        pass
