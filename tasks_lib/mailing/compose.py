"""From recorded notices to what a mail says: read once for a batch, then put together in memory."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime

from sqlalchemy import Connection

from notifications.bundle import arrange_sections
from notifications.model import AreaCount, Line, Mail, NextStep, Section
from obligations.chain import next_above
from obligations.days_of_ours import is_proposed
from obligations.deeds import HAND_OVER
from obligations.ladder import CORRECTION, LIST
from obligations.model import Contact, Rhythm, Role
from obligations.reminders import NONE, Reminders
from store.marks import closed_addresses, marks, without_marked
from store.people import contacts_of
from store.reminders import reminders
from store.rows import Message, PauseRow
from store.rows.portal import NewLink
from tasks_lib.duties.our_days import Papers, day_of, read_papers
from tasks_lib.kernel.bootstrap import House
from tasks_lib.kernel.clock import local_day
from tasks_lib.mailing.compose_agency import address_book, plain_mail, sender_for
from tasks_lib.mailing.compose_digest import digest_for
from tasks_lib.mailing.compose_line import asked_in_words, day_to_keep, described, is_excused
from tasks_lib.mailing.compose_opening import opening_parts
from tasks_lib.mailing.mail_links import with_links
from tasks_lib.mailing.sql.mail_data import (
    AreaRow,
    Place,
    StepAhead,
    Telling,
    areas,
    arrivals,
    asked_of,
    awaiting_review,
    earlier_mails,
    notices_of,
    pauses_of,
    steps_ahead,
    weekly_of,
)
from tasks_lib.mailing.sql.taken_over import TakenFrom, taken_from
from tasks_lib.mailing.taken_over import taken_over, told_once

MOST_REFERENCES = 20
"""A thread's header need not name its whole past."""
HANDED_IN = ("review", CORRECTION)
"""Templates about a report that has come in."""


@dataclass(frozen=True, kw_only=True)
class Draft:
    """A message that can be rendered: what it says, to which addresses, from which notices."""

    key: int
    message_id: str
    mail: Mail
    addresses: tuple[str, ...]
    notice_ids: dict[str, tuple[int, ...]] = field(default_factory=dict)
    """Notices by obligation, so that one that cannot be rendered can be parked."""
    links: tuple[NewLink, ...] = ()
    """What makes the mail's links open; written together with its bytes."""


@dataclass(frozen=True, kw_only=True)
class Batch:
    """Everything read for a batch of messages."""

    on: date
    at: datetime
    notices: dict[int, list[Telling]]
    weekly: set[int]
    reminded: dict[int, Reminders]
    steps: dict[int, list[StepAhead]]
    pauses: list[PauseRow]
    asked: dict[int, str]
    arrived: dict[int, date]
    taken: dict[int, list[TakenFrom]]
    areas: dict[Place, AreaRow]
    papers: Papers
    awaiting: dict[str, tuple[int, date | None]]
    contacts: dict[str, tuple[Contact, ...]]
    closed: dict[str, tuple[str, ...]]
    """Addresses that take no mail, by agency."""
    earlier: dict[tuple[int, str], list[str]]
    """Message-IDs of earlier mails, by obligation and recipient."""


def read_batch(connection: Connection, house: House, messages: Sequence[Message], as_of: datetime) -> Batch:
    """Read what a batch of messages needs in a fixed number of queries."""
    on = local_day(as_of)
    found = notices_of(connection, house.plan.key, [m.id for m in messages])
    lines = [line for many in found.values() for line in many]
    ids = {line.obligation_id for line in lines}
    weekly = weekly_of(connection, house.plan.key, [m.id for m in messages])
    standing = marks(connection)
    return Batch(
        on=on,
        at=as_of,
        notices=found,
        weekly=weekly,
        reminded=reminders(connection, ids, on),
        steps=steps_ahead(connection, {line.schedule_id for line in lines}),
        pauses=pauses_of(connection, house.plan.key),
        asked=asked_of(connection, {x.obligation_id for x in lines if x.template == CORRECTION}),
        arrived=arrivals(connection, {x.obligation_id for x in lines if x.template in HANDED_IN}),
        taken=taken_from(connection, {x.obligation_id for x in lines if x.template == HAND_OVER}),
        areas=areas(connection, house.plan.key, on, _places(house, lines)),
        papers=read_papers(connection, house, ids),
        awaiting=awaiting_review(connection, house.plan.key) if weekly or lines else {},
        contacts=without_marked(contacts_of(connection, _correspondents(house, messages)), standing),
        closed=closed_addresses(standing),
        earlier=earlier_mails(connection, ids),
    )


def _correspondents(house: House, messages: Sequence[Message]) -> set[str]:
    """Return whose contacts a batch needs: the recipients' and those of the desks that write to them."""
    recipients = {m.recipient_id for m in messages}
    superiors = {next_above(house.agency(r)) for r in recipients if r in house.configuration.agencies}
    return {*recipients, *(s for s in superiors if s), house.plan.focal}


def compose(
    connection: Connection, house: House, message: Message, batch: Batch, skip: frozenset[int] = frozenset()
) -> Draft | None:
    """Return what a message says now, or None when nothing of it is still valid."""
    notices = [n for n in batch.notices.get(message.id, []) if n.id not in skip]
    weekly = message.id in batch.weekly
    recipient = house.agency(message.recipient_id)
    waiting, oldest = batch.awaiting.get(recipient.id, (0, None))
    if not notices and not (weekly and (waiting or recipient.id == house.plan.focal)):
        return None
    roles = {n.role for n in notices}
    sections = _sections(house, told_once(notices), batch)
    digest = digest_for(connection, house, recipient, batch.on, weekly=weekly, waiting=waiting)
    opening = opening_parts(connection, house, recipient, sections, batch.on, batch.papers)
    tell_waiting = weekly or any(s.template == "superior" for s in sections)
    sender = sender_for(house, recipient, sections, batch.contacts)
    mail = replace(
        plain_mail(house, recipient, sender, batch.at, personal=roles == {Role.DIRECTOR}),
        sections=sections,
        digest=digest,
        awaiting_review=waiting if tell_waiting else 0,
        awaiting_oldest=oldest if tell_waiting else None,
        upcoming=opening.upcoming,
        cooperates=opening.cooperates,
        continuous=opening.continuous,
        implements=opening.implements,
        sheet_day=opening.sheet_day,
        references=_thread(sections, notices, batch, is_digest=digest is not None),
    )
    linked, links = with_links(house, mail, recipient.id, notices, batch.at)
    return Draft(
        key=message.id,
        message_id=message.message_id,
        mail=linked,
        addresses=address_book(recipient, roles, batch.contacts, weekly=weekly),
        notice_ids=_ids(notices),
        links=links,
    )


def _ids(notices: Sequence[Telling]) -> dict[str, tuple[int, ...]]:
    """Return the notices' numbers by obligation."""
    found: dict[str, list[int]] = defaultdict(list)
    for notice in notices:
        found[notice.key].append(notice.id)
    return {key: tuple(ids) for key, ids in found.items()}


def _thread(
    sections: Sequence[Section], notices: Sequence[Telling], batch: Batch, *, is_digest: bool
) -> tuple[str, ...]:
    """Return the earlier mails about the duty a mail begins with: they and this one are one thread."""
    if is_digest or not sections:
        return ()
    first = arrange_sections(sections)[0]
    notice = next(n for n in notices if n.key == first.lines[0].obligation)
    return tuple(batch.earlier.get((notice.obligation_id, notice.recipient_id), ()))[-MOST_REFERENCES:]


def _sections(house: House, notices: Sequence[Telling], batch: Batch) -> tuple[Section, ...]:
    by_template: dict[str, list[Telling]] = defaultdict(list)
    for notice in notices:
        by_template[notice.template].append(notice)
    sections = []
    for template, rows in by_template.items():
        lines = tuple(_line(house, row, batch) for row in rows)
        counted = _areas(house, rows, lines, batch) if template == "superior" else ()
        sections.append(Section(template=template, lines=lines, areas=counted))
    return tuple(sections)


def _line(house: House, row: Telling, batch: Batch) -> Line:
    agency = house.agency(row.agency_id)
    line = described(house, row, batch.on, batch.papers)
    if (kept := day_to_keep(row, batch.on, proposed=line.ours)) is not None:
        line = replace(line, last_day=kept, days_left=house.calendar.between(batch.on, kept))
    return replace(
        line,
        step=row.step,
        missed=_missed(row, batch),
        reminders=batch.reminded.get(row.obligation_id, NONE),
        next_steps=_next_steps(house, row, batch),
        forwarded_for=_meant_for(house, row),
        closed=batch.closed.get(row.meant_for_id, ()),
        excused=is_excused(agency, row.last_day, batch.on, batch.pauses),
        asked=asked_in_words(batch.asked.get(row.obligation_id)),
        figures=_figures(house, row),
        handed_in_on=batch.arrived.get(row.obligation_id),
        streak=row.streak,
        taken_over=taken_over(house, batch.taken.get(row.obligation_id, ())),
    )


def _figures(house: House, row: Telling) -> tuple[str, ...]:
    """Name the figures that a request asks for."""
    item = house.plan.item(row.item) if row.template == "request" and row.item else None
    return tuple(figure.name for figure in item.figures) if item else ()


def _meant_for(house: House, row: Telling) -> str | None:
    return None if row.meant_for_id == row.recipient_id else house.agency(row.meant_for_id).name


def _missed(row: Telling, batch: Batch) -> tuple[str, ...]:
    """Return the steps that could not be sent, in the order of their days."""
    codes = row.missed.split()
    return tuple(s.code for s in batch.steps.get(row.schedule_id, []) if s.code in codes)


def _next_steps(house: House, row: Telling, batch: Batch) -> tuple[NextStep, ...]:
    """Return the steps to come; that for the list only where the day is more than proposed by then."""
    day = day_of(house, row, row.obligation_id, batch.papers, batch.on)
    ahead = [s for s in batch.steps.get(row.schedule_id, []) if s.seq > row.last_seq]
    return tuple(
        NextStep(
            on=s.fires_on,
            step=s.code,
            role="list" if s.code == LIST and not is_proposed(day, s.fires_on) else s.role,
            mailed_on=house.calendar.monday_mail(s.fires_on) if s.rhythm == Rhythm.MONDAY else s.fires_on,
        )
        for s in ahead
    )


def _place(house: House, row: Telling) -> Place | None:
    # An agency the configuration has lost is a fault of its own line, found when that is worded.
    agency = house.configuration.agencies.get(row.agency_id)
    if agency is None or agency.next_desk is None:
        return None
    return agency.next_desk, row.item, row.kind, row.period


def _places(house: House, rows: Sequence[Telling]) -> set[Place]:
    found = {_place(house, row) for row in rows if row.template == "superior"}
    return {place for place in found if place is not None}


def _areas(
    house: House, rows: Sequence[Telling], lines: Sequence[Line], batch: Batch
) -> tuple[AreaCount, ...]:
    missing: dict[Place, list[Line]] = defaultdict(list)
    for row, line in zip(rows, lines, strict=True):
        place = _place(house, row)
        if place is not None and not row.is_sheet:
            missing[place].append(line)
    return tuple(
        AreaCount(
            item=late[0].item,
            title=late[0].title,
            deadline_text=late[0].deadline_text,
            last_day=late[0].last_day,
            area=late[0].district,
            total=count.reckoned.total,
            done_in_time=(count.reckoned.in_time + count.reckoned.asked_in_time + count.reckoned.ahead),
            done_late=count.reckoned.late + count.reckoned.asked_late,
            awaiting_review=count.awaiting,
            missing=tuple(late),
        )
        for place, late in missing.items()
        if (count := batch.areas.get(place)) is not None
    )
