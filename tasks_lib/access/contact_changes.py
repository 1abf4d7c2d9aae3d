"""Changes of contacts: proposed by whoever has no right to settle them, confirmed or refused by whoever has.

A link from a mail may have been passed on to anybody. What comes in by it gets no mail, no login and no
seat until a leader who is signed in, the desk above or ops has confirmed it, and the unit's known address is
told of every change.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import zip_longest
from typing import TypeAlias

from sqlalchemy import Connection

from obligations.chain import reviewer_of
from obligations.errors import Invalid, Refused
from obligations.model import Agency, Contact
from store.access import end_access_of
from store.engine import reading
from store.journal import Happening, write
from store.people import confirm_contacts, contacts_of
from store.rows import ContactProposal
from tasks_lib.access.contact_words import STATE_WORDS, in_words
from tasks_lib.access.sql import contact_proposals as store
from tasks_lib.access.sql.contact_proposals import ContactChange, Decided, ProposedBy
from tasks_lib.duties.change import changing
from tasks_lib.kernel.bootstrap import House
from tasks_lib.kernel.clock import local_day
from tasks_lib.kernel.links import Purpose, Wanted, issue
from tasks_lib.kernel.reach import import_contacts
from tasks_lib.mailing.notes import Note, post

MOST_WAITING = 8
"""How many changes of one unit may wait; more is nobody's honest work."""


Told: TypeAlias = tuple[ContactProposal, str, str]
"""A proposal, whose contact it changes, and what it changes, in words."""


@dataclass(frozen=True, kw_only=True)
class Decider:
    """Who confirms, refuses or stops."""

    by: str
    """The agency."""
    person: str
    as_of: datetime


def differences(known: Sequence[Contact], given: Sequence[Contact]) -> list[ContactChange]:
    """Return line by line what somebody wants changed; who comes stands in the place of who goes."""
    before, after = {_key(c) for c in known}, {_key(c) for c in given}
    found: list[ContactChange] = []
    for role in dict.fromkeys(c.role for c in (*known, *given)):
        gone = [c for c in known if c.role == role and _key(c) not in after]
        come = [c for c in given if c.role == role and _key(c) not in before]
        found += [ContactChange(role=role, new=new, old=old) for old, new in zip_longest(gone, come)]
    return found


def propose(
    connection: Connection, house: House, changes: Sequence[ContactChange], asked: ProposedBy
) -> None:
    """Write down what somebody asks for, and tell the unit; what waits already is not asked twice."""
    pending = store.waiting(connection, [asked.agency])
    waiting = {row.id: store.change_of(row) for row in pending}
    fresh = [change for change in changes if change not in waiting.values()]
    if not fresh:
        return
    for number, change in waiting.items():
        if any(f.role == change.role and f.old == change.old for f in fresh):
            instead = Decided(state=store.WITHDRAWN, by=asked.by, at=asked.at, why="có đề nghị mới thay")
            store.decide(connection, number, instead)
    if len(store.waiting(connection, [asked.agency])) + len(fresh) > MOST_WAITING:
        raise Refused(f"đã có {MOST_WAITING} đề nghị thay đổi đầu mối chờ xác nhận; đề nghị chờ xử lý xong")
    _tell(connection, house, asked.agency, fresh, Decider(by=asked.agency, person=asked.by, as_of=asked.at))
    store.write_changes(connection, fresh, asked)


def settle(
    connection: Connection, house: House, changes: Sequence[ContactChange], asked: ProposedBy, by: str = ""
) -> None:
    """Let what somebody with the right to it entered hold at once; the unit is told all the same.

    `by` is who enters it for another agency: that confirms nothing in the unit's own name.
    """
    decider = Decider(by=by or asked.agency, person=asked.by, as_of=asked.at)
    _tell(connection, house, asked.agency, changes, decider, holds=True)
    store.write_changes(connection, changes, asked, Decided(state=store.CONFIRMED, by=asked.by, at=asked.at))
    _apply(connection, house, asked.agency, changes, decider, confirms=not by)


def waiting_for(house: House, agencies: Collection[str] | None = None) -> list[ContactProposal]:
    """Return the changes that wait, of some agencies or of all."""
    with reading(house.engine) as connection:
        return store.waiting(connection, agencies)


def told(house: House, rows: Iterable[ContactProposal]) -> list[Told]:
    """Return proposals with whose they are and what they change, in words."""
    agencies = ((row, house.agency(row.agency_id)) for row in rows)
    return [(row, agency.name, in_words(store.change_of(row), agency)) for row, agency in agencies]


def proposals_as_json(house: House) -> list[dict[str, object]]:
    """Return what waits as scripts read it."""
    return [
        {
            "id": row.id,
            "agency": row.agency_id,
            "role": row.role,
            "name": row.name,
            "address": row.address,
            "phone": row.phone,
            "change": in_words(store.change_of(row), house.agency(row.agency_id)),
            "via": row.via,
            "by": row.by,
            "at": row.at.isoformat(),
        }
        for row in waiting_for(house)
    ]


def proposals_named(house: House, numbers: Collection[int]) -> list[ContactProposal]:
    """Return proposals by their numbers; refuse a number that is none."""
    with reading(house.engine) as connection:
        rows = store.named(connection, numbers)
    missing = set(numbers) - {row.id for row in rows}
    if missing:
        raise Invalid(f"không có đề nghị thay đổi đầu mối số {min(missing)}")
    if not rows:
        raise Invalid("chưa chọn đề nghị nào")
    return rows


def confirm_changes(house: House, numbers: Collection[int], decider: Decider) -> int:
    """Let proposals hold; return how many."""
    rows = proposals_named(house, numbers)
    with changing(house, decider.as_of) as connection:
        for row in rows:
            _decide(connection, row, store.CONFIRMED, decider)
            change = store.change_of(row)
            _tell(connection, house, row.agency_id, [change], decider, holds=True)
            _apply(connection, house, row.agency_id, [change], decider)
    return len(rows)


def refuse_changes(
    house: House, numbers: Collection[int], decider: Decider, why: str = "", *, withdrawn: bool = False
) -> int:
    """Refuse proposals, or stop them for the unit itself; return how many."""
    rows = proposals_named(house, numbers)
    with changing(house, decider.as_of) as connection:
        for row in rows:
            if withdrawn and row.agency_id != decider.by:
                raise Refused("chỉ dừng được đề nghị của chính đơn vị")
            _decide(connection, row, store.WITHDRAWN if withdrawn else store.REFUSED, decider, why)
    return len(rows)


def suspend(
    connection: Connection, house: House, agency: str, decider: Decider, since: datetime | None
) -> tuple[int, int]:
    """Take back what came in on the portal: what waits, and what holds since an instant.

    Without an instant that is what came by links that can still be open; with one, whatever came in any way.
    Return how many contacts are suspended and how many proposals refused.
    """
    waits = store.waiting(connection, [agency])
    refused = Decided(state=store.REFUSED, by=decider.person, at=decider.as_of, why="đã thu hồi đường dẫn")
    for row in waits:
        store.decide(connection, row.id, refused)
    via = (store.LINK,) if since is None else (store.LINK, store.SESSION)
    begin = since or decider.as_of - timedelta(days=house.settings.link_days)
    found = store.came_since(connection, agency, begin, via)
    gone = Decided(state=store.SUSPENDED, by=decider.person, at=decider.as_of, why="đã thu hồi đường dẫn")
    for row in found:
        change = store.change_of(row)
        back = ContactChange(role=change.role, new=change.old, old=change.new)
        store.decide(connection, row.id, gone, before=store.CONFIRMED)
        _apply(connection, house, agency, [back], decider, strict=False)
        _tell(connection, house, agency, [back], decider, holds=True, leaver=False)
    return len(found), len(waits)


def confirmers(house: House, agency: Agency) -> str:
    """Return who lets a unit's proposals hold, in words."""
    if agency.id == house.plan.focal:
        return "quản trị hệ thống"
    desk = house.agency(reviewer_of(agency, house.plan))
    return f"lãnh đạo đơn vị (đã đăng nhập) hoặc {desk.desk or desk.name}"


def _decide(
    connection: Connection, row: ContactProposal, state: str, decider: Decider, why: str = ""
) -> None:
    decided = Decided(state=state, by=decider.person, at=decider.as_of, why=why)
    write(
        connection,
        Happening(
            at=decider.as_of,
            what=f"contacts-{state}",
            subject=row.agency_id,
            by=decider.by,
            person=decider.person,
            details={"proposal": row.id, "why": why},
        ),
    )
    if not store.decide(connection, row.id, decided):
        raise Refused(f"đề nghị số {row.id}: đã được xử lý ({STATE_WORDS[row.state]})")


def _apply(
    connection: Connection,
    house: House,
    agency: str,
    changes: Sequence[ContactChange],
    decider: Decider,
    *,
    strict: bool = True,
    confirms: bool = True,
) -> None:
    """Change the contacts; whoever goes takes their links and sessions along."""
    known = list(contacts_of(connection, [agency]).get(agency, ()))
    for change in changes:
        at = next((n for n, c in enumerate(known) if change.old and _key(c) == _key(change.old)), None)
        if strict and change.old is not None and at is None:
            said = in_words(change, house.agency(agency))
            raise Refused(f"{said}: đầu mối đã thay đổi từ khi có đề nghị; đề nghị nhập lại")
        if at is not None:
            known.pop(at)
        if change.new is not None and (at is not None or change.old is None):
            known.append(change.new)
    import_contacts(connection, {agency: tuple(known)}, house.configuration.agencies, house.plan)
    if confirms:
        confirm_contacts(connection, agency, local_day(decider.as_of))
    still = {c.address for c in known}
    gone = {c.old.address for c in changes if c.old is not None and c.old.address} - still
    for address in sorted(gone):
        end_access_of(connection, house.plan.key, agency, address, decider.by, decider.as_of)


def _tell(
    connection: Connection,
    house: House,
    agency: str,
    changes: Sequence[ContactChange],
    decider: Decider,
    *,
    holds: bool = False,
    leaver: bool = True,
) -> None:
    """Tell the unit where it was known before, never where it is only now said to be.

    Whoever goes is told too, but for whom ops suspend.
    """
    known = contacts_of(connection, [agency]).get(agency, ())
    official = [c.address for c in known if c.role == "unit" and c.address]
    before = [c.old.address for c in changes if leaver and c.old is not None and c.old.address]
    new = {c.new.address for c in changes if c.new is not None}
    addresses = tuple(a for a in dict.fromkeys((*official, *before)) if a not in new)
    wanted = Wanted(purpose=Purpose.ANSWER, agency=agency, address=addresses[0] if addresses else "")
    # Nobody on earth may be known for it: the change is written down all the same.
    with suppress(Invalid):
        valid = timedelta(days=house.settings.link_days)
        link = issue(connection, house, wanted, decider.as_of, valid)
        note = Note(
            sort="contacts-set" if holds else "contacts",
            recipient=agency,
            addresses=addresses,
            author=decider.person,
            text="\n".join(in_words(change, house.agency(agency)) for change in changes),
            links={"answer": f"{link.url}/dau-moi"},
            until=link.expires,
        )
        post(connection, house, note, decider.as_of)


def _key(contact: Contact) -> tuple[str, str, str, str]:
    return contact.role, contact.name, contact.address.lower(), contact.phone
