"""Mails the portal writes at once, in the transaction of what they tell of."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime

from sqlalchemy import Connection

from config.addresses import is_usable
from notifications.message import build
from notifications.model import Mail, Sender
from notifications.notes import INNER, Letter, NoteTask, Slip, Sort, render_note
from notifications.outgoing import Attachment
from notifications.transport import Transport
from obligations.chain import next_above
from obligations.days_of_ours import binding_day, is_proposed
from obligations.errors import Invalid, Refused
from obligations.model import Agency
from store.marks import closed_addresses, marks, without_marked
from store.people import contacts_of
from store.plans import lock
from tasks_lib.duties.our_days import day_of, read_papers
from tasks_lib.kernel.bootstrap import House
from tasks_lib.kernel.clock import local_day
from tasks_lib.kernel.links import known
from tasks_lib.kernel.wording import quarter_of, title
from tasks_lib.mailing.compose_agency import (
    MOST_ADDRESSES,
    Contacts,
    address_book,
    answering_desk,
    plain_mail,
)
from tasks_lib.mailing.deliver import send_waiting
from tasks_lib.mailing.delivered import DeliveryReport
from tasks_lib.mailing.sql.notes import NoteRow, mail_goes_to, next_number, tasks_named, write_note


@dataclass(frozen=True, kw_only=True)
class Note:
    """What somebody is told at once, and by which links they go on."""

    sort: Sort
    recipient: str
    """The agency it goes to."""
    addresses: tuple[str, ...] = ()
    """At most three of that agency; those registered for it, or for its desk, unless given."""
    sender: str | None = None
    """The agency whose desk writes; by level unless given."""
    links: Mapping[str, str] = field(default_factory=dict)
    """By name: login, answer, approve, review."""
    addressee: str = ""
    """The person meant, as they are addressed after "Đồng chí"."""
    author: str = ""
    """Who presents, asks, passes on or directs."""
    text: str = ""
    obligations: tuple[str, ...] = ()
    """Keys of what it is about."""
    inner_day: date | None = None
    slip: Slip | None = None
    until: datetime | None = None
    """How long its links open something; `expires_at` unless given."""
    attachments: tuple[Attachment, ...] = ()
    """Papers that travel with it."""


@dataclass(frozen=True, kw_only=True)
class _Address:
    """Where a note goes: to the agency meant, or to the desk that is asked to pass it on."""

    meant: Agency
    recipient: Agency
    addresses: tuple[str, ...]
    contacts: Contacts
    closed: tuple[str, ...]
    """Addresses of the agency meant that take no mail."""


def post(
    connection: Connection, house: House, note: Note, at: datetime, expires_at: datetime | None = None
) -> int:
    """Word a note and write it to the outbox with its bytes; return the message's id.

    It leaves by `deliver_notes` after the caller's commit; one that has run out by then does not leave.
    """
    lock(connection, house.plan.key)
    where = _address(connection, house, note)
    letter = _letter(connection, house, note, where, at, expires_at)
    rendered = replace(render_note(letter), attachments=note.attachments)
    recipient, plan = where.recipient.id, house.plan.key
    number = next_number(connection, plan, recipient, note.sort)
    domain = house.settings.mail_from.rpartition("@")[2]
    outgoing = build(
        letter.mail,
        rendered,
        # Derived from what it is, as for every mail, so that a repeat after a crash can be told by its id.
        message_id=f"<{plan}.{recipient}.{note.sort}.{number}@{domain}>",
        addresses=where.addresses,
        mail_from=house.settings.mail_from,
        redirect=house.settings.mail_redirect,
    )
    written = NoteRow(
        plan=plan,
        recipient=recipient,
        sort=note.sort,
        message_id=outgoing.message_id,
        addresses=outgoing.addresses,
        subject=rendered.subject,
        content=outgoing.content,
        on=local_day(at),
        at=at,
        expires_at=expires_at,
    )
    return write_note(connection, written)


def deliver_notes(
    house: House,
    as_of: datetime,
    *,
    now: Callable[[], datetime] | None = None,
    transport: Transport | None = None,
) -> DeliveryReport:
    """Send the notes that wait, at any hour and on any day: somebody sits before the page and waits.

    They are claimed, marked and tried again as all mail is; `deliver` takes what is left of them.
    """
    return send_waiting(house, as_of, now, transport, notes_only=True)


def _address(connection: Connection, house: House, note: Note) -> _Address:
    meant = known(house, note.recipient)
    _refuse_top(house, meant)
    recipient = meant
    if not note.addresses:
        recipient = house.agency(mail_goes_to(connection, meant.id))
        _refuse_top(house, recipient)
    correspondents = {recipient.id, house.plan.focal, note.sender, next_above(recipient)} - {None}
    standing = marks(connection, {meant.id, *(key for key in correspondents if key)})
    contacts = without_marked(contacts_of(connection, (key for key in correspondents if key)), standing)
    role = "self" if recipient is meant else "desk"
    given = tuple(a for a in dict.fromkeys(note.addresses) if is_usable(a))[:MOST_ADDRESSES]
    # What is meant for one person never goes to others of the agency instead.
    found = given if note.addresses else address_book(recipient, (role,), contacts, weekly=False)
    if not found:
        raise Invalid(f"{recipient.name}: chưa có địa chỉ thư")
    closed = closed_addresses(standing).get(meant.id, ())
    return _Address(meant=meant, recipient=recipient, addresses=found, contacts=contacts, closed=closed)


def _refuse_top(house: House, agency: Agency) -> None:
    if agency.id == house.plan.top:
        raise Refused(f"Hệ thống không tự gửi thư lên {agency.name}")


def _letter(
    connection: Connection,
    house: House,
    note: Note,
    where: _Address,
    at: datetime,
    expires_at: datetime | None,
) -> Letter:
    speaks = known(house, note.sender) if note.sender else None
    return Letter(
        sort=note.sort,
        mail=_mail(house, note, where, at),
        addressee=note.addressee,
        author=note.author,
        text=note.text,
        tasks=_tasks(connection, house, note, at),
        inner_day=note.inner_day,
        slip=note.slip,
        until=note.until or expires_at,
        in_name_of=(speaks or house.focal).name,
        directs=speaks is not None and speaks.id == next_above(where.meant),
        forwarded_for=None if where.recipient is where.meant else where.meant.name,
        closed=where.closed,
        attached=bool(note.attachments),
    )


def _mail(house: House, note: Note, where: _Address, at: datetime) -> Mail:
    mail = plain_mail(house, where.recipient, _sender(house, note, where), at)
    return replace(mail, links=dict(note.links))


def _sender(house: House, note: Note, where: _Address) -> Sender:
    """Return the desk that writes: the one named, the unit's own inside a unit, else the one by level."""
    recipient = where.recipient
    by_level = recipient.next_desk or house.plan.focal
    usual = recipient.id if note.sort in INNER else by_level
    speaks = house.agency(note.sender or usual or house.plan.focal)
    name = speaks.name if note.sort in INNER or speaks.id == house.plan.focal else None
    return answering_desk(house, speaks, where.contacts, name)


def _tasks(connection: Connection, house: House, note: Note, at: datetime) -> tuple[NoteTask, ...]:
    rows = tasks_named(connection, house.plan.key, note.obligations)
    missing = set(note.obligations) - {row.key for row in rows}
    if missing:
        raise Invalid(f"{min(missing)}: không có nhiệm vụ được giao nào với mã này")
    on = local_day(at)
    papers = read_papers(connection, house, {row.obligation_id for row in rows})
    days = [day_of(house, row, row.obligation_id, papers, on) for row in rows]
    return tuple(
        NoteTask(
            item=row.item,
            title=title(house, row.kind, row.item, row.period),
            agency=house.agency(row.agency_id).name,
            last_day=binding_day(day, on),
            kind=row.kind,
            event=row.event,
            quarter=quarter_of(house, row.item, row.period),
            ours=is_proposed(day, on),
            level=house.agency(row.agency_id).level,
        )
        for row, day in zip(rows, days, strict=True)
    )
