"""What would leave on a day, to whom and why: the true use cases, in a transaction that is taken back."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from sqlalchemy import Connection, and_, select

from obligations.calendar import ONE_DAY
from obligations.errors import Invalid
from obligations.words import day as words
from store.counts import swept_on
from store.engine import rehearsing
from store.holds import held_on, holds_on
from store.ledger import AnyRow
from store.outbox import IS_NOTE, RETRY, SENDING, SENT, WAITING, bundle
from store.schema import messages, notices
from tasks_lib.bootstrap import House
from tasks_lib.clock import morning_of
from tasks_lib.delivering import SendingHours
from tasks_lib.usecases.compose import Batch, read_batch
from tasks_lib.usecases.initialise import bring_up_to_date, require_initialised
from tasks_lib.usecases.sweep import sweep_within
from tasks_lib.usecases.wording_first import Unworded, Worded, first_words

AFTERWARDS = timedelta(days=366)
"""How long after the plan's end its reminders are still looked at."""


@dataclass(frozen=True, kw_only=True)
class PreviewedMail:
    """One mail that would leave: to whom, what it says, and which notices are the reason."""

    recipient: str
    name: str
    addresses: tuple[str, ...]
    sender: str
    subject: str
    text: str
    why: tuple[str, ...]
    """Obligation and step of each line."""
    held: str = ""
    """Why a coordinator keeps it back that day; empty where it leaves."""


@dataclass(frozen=True, kw_only=True)
class Preview:
    """All that would leave on a day."""

    on: date
    held_until: datetime | None
    mails: tuple[PreviewedMail, ...]


def preview(house: House, on: date) -> Preview:
    """Rehearse every day from the last sweep to `on`, and show what leaves on it; nothing is changed."""
    require_initialised(house)
    check_within_life(house, on)
    held = SendingHours(house.calendar, house.settings).held_until(morning_of(on))
    with rehearsing(house.engine) as connection:
        bring_up_to_date(connection, house, morning_of(on))
        day = _first_day(connection, house, on)
        while day < on:
            sweep_within(connection, house, morning_of(day))
            if house.calendar.is_working(day):
                _leave(connection, house, day)
            day += ONE_DAY
        sweep_within(connection, house, morning_of(on))
        found = () if held else tuple(_mails(connection, house, on))
    return Preview(on=on, held_until=held, mails=found)


def check_within_life(house: House, on: date) -> None:
    """Refuse a day long after the plan's end: every day until then would have to be gone through."""
    last = house.plan.valid_until + AFTERWARDS
    if on > last:
        raise Invalid(
            f"ngày {words(on)}: kế hoạch hết hiệu lực ngày {words(house.plan.valid_until)}, chỉ xem trước"
            f" được đến ngày {words(last)}"
        )


def _first_day(connection: Connection, house: House, on: date) -> date:
    last = swept_on(connection, house.plan.key)
    start = house.plan.signed_on if last is None else last
    return min(start, on)


def _leave(connection: Connection, house: House, day: date) -> None:
    """Let a day's mail go without rendering it: what follows must not find it waiting."""
    bundle(connection, house.plan.key, day, morning_of(day), "preview.example")
    held = held_on(connection, house.plan.key, day)
    # What was given up or came back stays so: the mails that follow must not say that it arrived.
    gone = (
        notices.c.message_id.is_not(None),
        notices.c.recipient_id.not_in(held),
        notices.c.state == WAITING,
    )
    connection.execute(notices.update().where(*gone).values(state=SENT))
    leaving = and_(messages.c.recipient_id.not_in(held), messages.c.state.in_([WAITING, RETRY, SENDING]))
    connection.execute(messages.update().where(leaving).values(state=SENT, sent_at=morning_of(day)))


def _mails(connection: Connection, house: House, on: date) -> list[PreviewedMail]:
    at = morning_of(on)
    plan = house.plan.key
    held = {row.recipient_id: row.reason for row in holds_on(connection, plan, on)}
    bundle(connection, plan, on, at, "preview.example", although_held=True)
    waiting = messages.c.state.in_(["waiting", "retry"])
    query = select(messages).where(messages.c.plan == plan, waiting, ~IS_NOTE)
    rows = list(connection.execute(query.order_by(messages.c.id)))
    batch = read_batch(connection, house, rows, at)
    shown = (_previewed(connection, house, row, batch) for row in rows)
    return [replace(mail, held=held.get(mail.recipient, "")) for mail in shown if mail is not None]


def _previewed(connection: Connection, house: House, row: AnyRow, batch: Batch) -> PreviewedMail | None:
    """Word one mail as delivery would; one that cannot be worded is shown with its fault."""
    try:
        worded = first_words(connection, house, row, batch)
    except Unworded as fault:
        return PreviewedMail(
            recipient=row.recipient_id, name=row.recipient_id, addresses=(), sender="",
            subject="(không soạn được thư)", text=str(fault), why=(),
        )  # fmt: skip
    return None if worded is None else _shown(house, row.recipient_id, worded)


def _shown(house: House, recipient: str, worded: Worded) -> PreviewedMail:
    draft, rendered = worded.draft, worded.rendered
    return PreviewedMail(
        recipient=recipient,
        name=house.agency(recipient).name,
        addresses=draft.addresses,
        sender=draft.mail.sender.name,
        subject=rendered.subject,
        text=rendered.text,
        why=tuple(
            f"{line.obligation} {line.step}" for section in draft.mail.sections for line in section.lines
        ),
    )
