"""Events that open an as-regulated task: recorded once, withdrawn with a reason."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import Connection

from obligations.deadlines import OPENED_BY_EVENT, regulation_on
from obligations.errors import Invalid, Refused
from obligations.foresee import foresee_event, lead_agencies
from obligations.model import Item, Regulation
from obligations.obligation import Obligation
from obligations.seats import guides_of
from obligations.states import Action
from obligations.true_days import check_event
from store.ledger import Entry, act, find, go_in_turn, numbered, sleep_legs, write_history
from store.plans import lock
from tasks_lib.duties.change import Change, actor, as_changed, changing
from tasks_lib.duties.opening import day_of
from tasks_lib.duties.sql.events import (
    RECORDED,
    NewEvent,
    event_behind,
    next_number,
    note_withdrawn,
    same_event,
    write_event,
)
from tasks_lib.duties.sql.opening import open_due
from tasks_lib.duties.sql.reconcile import Foreseen, add_one
from tasks_lib.kernel.bootstrap import House
from tasks_lib.kernel.clock import local_day


@dataclass(frozen=True, kw_only=True)
class Event:
    """Something that happened and by law starts a period: a plan approved, a price table issued."""

    item: str
    agency: str
    on: date
    title: str


def record_event(house: House, event: Event, by: str, as_of: datetime) -> Change:
    """Record an event and open its task; the same event recorded twice is one."""
    item = _as_regulated(house, event.item)
    if not event.title.strip():
        raise Invalid("--title: nêu tên văn bản hoặc sự kiện")
    check_event(event.on, house.plan.signed_on, local_day(as_of))
    _check_agency(house, item, event)
    rule = regulation_on(house.plan, item.key, event.on)
    _check_recorder(house, item, rule, by, event)
    with changing(house, as_of) as connection:
        lock(connection, house.plan.key)
        known = same_event(connection, house.plan.key, event.item, event.agency, event.on, event.title)
        if known is not None:
            return as_changed(connection, house, known.key, known.history_id)
        opened = _write(connection, house, item, event, by, as_of)
        open_due(connection, day_of(house, as_of, item.key))
        if event.on < local_day(as_of):
            go_in_turn(connection, opened)
        row = numbered(connection, opened)
        entry = Entry(at=as_of, by=by, what=RECORDED, why=event.title)
        written = write_history(connection, opened, entry, row.work_state, row.work_state)
        return as_changed(connection, house, row.key, written)


def withdraw_event(house: House, key: str, by: str, as_of: datetime, reason: str) -> Change:
    """Withdraw an event that was recorded by mistake; its task is cancelled and nothing more is chased."""
    if not reason:
        raise Invalid("--reason: nêu lý do rút sự kiện")
    with changing(house, as_of) as connection:
        row = find(connection, house.plan.key, key)
        event = event_behind(connection, row.id)
        if event is None:
            raise Invalid(f"{key}: không phải nhiệm vụ phát sinh từ sự kiện")
        actor(house, by)
        if by not in (event.recorded_by, house.plan.focal):
            raise Refused(f"{key}: chỉ đơn vị đã ghi nhận hoặc {house.focal.name} được rút sự kiện")
        note_withdrawn(connection, event, reason)
        entry = Entry(at=as_of, by=by, what="event-withdraw", why=reason)
        written = _cancel(connection, row, entry)
        return as_changed(connection, house, key, written)


def _cancel(connection: Connection, row: Obligation, entry: Entry) -> int:
    written = act(connection, row, Action.CANCEL, entry)
    sleep_legs(connection, row.id)
    return written


def _as_regulated(house: House, key: str) -> Item:
    item = house.plan.item(key)
    if item is None:
        raise Invalid(f"kế hoạch không có nhiệm vụ {key}")
    if item.deadline.wording not in OPENED_BY_EVENT:
        raise Invalid(f"nhiệm vụ {key} không thực hiện 'Theo quy định'; thời hạn: {item.deadline_text}")
    return item


def _check_agency(house: House, item: Item, event: Event) -> None:
    if event.agency not in house.configuration.agencies:
        raise Invalid(f"--agency: không có cơ quan '{event.agency}'")
    if event.agency not in lead_agencies(item, house.roster.at(event.on)):
        raise Invalid(f"--agency: {house.agency(event.agency).name} không chủ trì nhiệm vụ {item.key}")


def _check_recorder(house: House, item: Item, rule: Regulation, by: str, event: Event) -> None:
    actor(house, by)
    allowed = {
        "lead": by == event.agency,
        "guide": by in guides_of(item, house.roster.at(event.on)),
        "district": by in house.agency(event.agency).desks,
        "focal": True,
    }
    if by != house.plan.focal and not any(
        allowed.get(who, False) for who in rule.recorders if who != "focal"
    ):
        who, whose = house.agency(by).name, house.agency(event.agency).name
        raise Refused(f"nhiệm vụ {item.key}: {who} không được ghi nhận sự kiện cho {whose}")


def _write(connection: Connection, house: House, item: Item, event: Event, by: str, as_of: datetime) -> int:
    number = next_number(connection, house.plan.key, item.key)
    planned = foresee_event(
        house.plan,
        item,
        house.agency(event.agency),
        on=event.on,
        number=number,
        calendar=house.calendar,
    )
    # One obligation needs the plan's settings, not all that the plan foresees.
    base = Foreseen(house.plan, house.configuration.agencies, house.calendar, ())
    obligation = add_one(connection, base, planned)
    new = NewEvent(
        plan=house.plan.key,
        item=item.key,
        agency=event.agency,
        on=event.on,
        title=event.title,
        by=by,
        at=as_of,
    )
    write_event(connection, new, number, obligation)
    return obligation
