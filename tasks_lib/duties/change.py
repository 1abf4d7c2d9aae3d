"""What every change of an obligation shares: finding it, opening what is due, checking sides, the answer."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection

from obligations.chain import may_answer
from obligations.errors import Invalid, Refused
from obligations.model import Agency, WorkState
from obligations.obligation import NamedObligation
from obligations.true_days import check_entry
from store.engine import writing
from store.journal import Happening, dated, write
from store.ledger import Entry, find
from store.plans import lock
from tasks_lib.duties.initialise import bring_up_to_date
from tasks_lib.duties.opening import day_of
from tasks_lib.duties.sql.opening import open_due
from tasks_lib.kernel.bootstrap import House
from tasks_lib.kernel.clock import local_day


@dataclass(frozen=True, kw_only=True)
class Change:
    """What scripts get back from a change."""

    obligation: str
    version: int
    work_state: str
    history_id: int

    def as_json(self) -> dict[str, object]:
        """Return the document scripts read."""
        return {
            "obligation": self.obligation,
            "version": self.version,
            "work_state": self.work_state,
            "history_id": self.history_id,
        }


@dataclass(frozen=True, kw_only=True)
class Decision:
    """Who decides what about an obligation, when and why."""

    key: str
    by: str
    as_of: datetime
    reason: str = ""
    version: int | None = None
    person: str = ""
    """Who of that agency decides, as the portal knows them."""

    def entry(self, what: str, why: str) -> Entry:
        """Return the decision's line of the history."""
        return Entry(at=self.as_of, by=self.by, what=what, why=why, person=self.person or None)


@contextmanager
def changing(house: House, as_of: datetime) -> Iterator[Connection]:
    """Give a transaction on a plan that is up to date with its configuration."""
    check_entry(local_day(as_of), house.plan.signed_on)
    with writing(house.engine) as connection:
        dated(connection, as_of, house.plan.key)
        bring_up_to_date(connection, house, as_of)
        yield connection


def current(connection: Connection, house: House, key: str, as_of: datetime) -> NamedObligation:
    """Return an obligation as it stands on its day: opened if its time has come, even before the sweep."""
    row = find(connection, house.plan.key, key)
    day = day_of(house, as_of, row.item)
    if row.work_state == WorkState.WAITING and row.opened_on <= day.on:
        lock(connection, house.plan.key)
        done = {"opened": open_due(connection, day).total()}
        write(
            connection, Happening(at=as_of, plan=day.plan, what="open", subject=row.item or "", details=done)
        )
        row = find(connection, house.plan.key, key)
    if row.work_state == WorkState.WAITING:
        raise Refused(f"{key}: chưa đến kỳ; mở từ ngày {row.opened_on:%d/%m/%Y}")
    return row


def actor(house: House, key: str) -> Agency:
    """Return the agency that acts, or raise Invalid."""
    try:
        return house.agency(key)
    except KeyError:
        raise Invalid(f"--by: không có cơ quan '{key}'") from None


def check_side(house: House, row: NamedObligation, by: str) -> None:
    """Refuse whoever is not the unit itself: nobody answers for another."""
    actor(house, by)
    if not may_answer(by, house.agency(row.agency_id), house.plan):
        who, whose = house.agency(by).name, house.agency(row.agency_id).name
        raise Refused(f"{row.key}: {who} không được báo cáo thay {whose}")


def as_changed(connection: Connection, house: House, key: str, history_id: int) -> Change:
    """Return the answer for an obligation after its change."""
    row = find(connection, house.plan.key, key)
    return Change(obligation=key, version=row.version, work_state=row.work_state, history_id=history_id)


def needs_no_review(row: NamedObligation, house: House) -> bool:
    """Whether an entry closes it: a chairperson's sheet, or the row of a body without a report of its own."""
    if row.is_sheet:
        return True
    return row.is_row and bool(house.agency(row.agency_id).invited)
