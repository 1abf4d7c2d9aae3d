"""A unit's contacts: named by itself, confirmed in every cycle; its official address stays with ops."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import Connection

from config.addresses import RESERVED, address_fault, domain_fault
from obligations.errors import Gathering, Invalid, Refused
from obligations.model import Contact
from obligations.rights import BY_LINK, Seat
from obligations.seats import settles_contacts
from store.access import LinkUse, uses_of
from store.engine import reading
from store.journal import Happening, write
from store.people import any_address_outside, confirm_contacts, contacts_of
from store.rows import ContactProposal
from store.unit_form import confirmed_since
from tasks_lib.access.contact_changes import differences, propose, settle
from tasks_lib.access.contact_words import ROLE_WORDS
from tasks_lib.access.sql.contact_proposals import (
    LINK,
    PROPOSED,
    SESSION,
    ContactChange,
    ProposedBy,
    newest_of,
)
from tasks_lib.duties.change import changing
from tasks_lib.kernel.bootstrap import House
from tasks_lib.kernel.clock import local_day

OWN_ROLES = ("leader", "officer", "clerk", "substitute")
"""What a unit names itself."""
PHONE_CHARACTERS = frozenset("0123456789 .+-()/")


class Saved(StrEnum):
    """What became of contacts that were entered."""

    HOLDS = "luu"
    PROPOSED = "de-nghi"
    UNCHANGED = "dung"


@dataclass(frozen=True, kw_only=True)
class Giver:
    """Who enters a unit's contacts."""

    agency: str
    seat: Seat
    person: str
    as_of: datetime


@dataclass(frozen=True, kw_only=True)
class Listed:
    """A unit's contacts as its page shows them."""

    own: tuple[Contact, ...]
    """What the unit may change, every role with at least one line."""
    fixed: tuple[Contact, ...]
    """What ops keep."""
    confirmed_on: date | None
    due: bool
    """Whether the current cycle still waits for a confirmation."""
    uses: tuple[LinkUse, ...]
    """The newest uses of the unit's links."""
    changes: tuple[ContactProposal, ...]
    """The newest changes that were asked for on the portal, and what became of them."""

    @property
    def waiting(self) -> tuple[ContactProposal, ...]:
        """What is not decided yet."""
        return tuple(row for row in self.changes if row.state == PROPOSED)


def listed(house: House, agency: str, on: date) -> Listed:
    """Return a unit's contacts and the log of its links."""
    with reading(house.engine) as connection:
        known = contacts_of(connection, [agency]).get(agency, ())
        opened, confirmed = confirmed_since(connection, house.plan.key, agency, on)
        uses = tuple(uses_of(connection, agency, limit=20))
        changes = tuple(newest_of(connection, agency, limit=20))
    own = [c for role in OWN_ROLES for c in (_of(known, role) or (Contact(role=role),))]
    return Listed(
        own=tuple(own),
        fixed=tuple(c for c in known if c.role not in OWN_ROLES),
        confirmed_on=confirmed,
        due=needs_confirming(house, opened, confirmed),
        uses=uses,
        changes=changes,
    )


def needs_confirming(house: House, opened: date | None, confirmed: date | None) -> bool:
    """Whether contacts were last confirmed before the current cycle opened, or never."""
    return confirmed is None or confirmed < (opened or house.plan.signed_on)


def save_contacts(house: House, giver: Giver, given: Sequence[Contact]) -> Saved:
    """Take what somebody entered as a unit's own contacts: it holds at once, or waits to be confirmed.

    Raises Faults with all that is wrong, by line and field: "1.address". Entering them
    also says that the others still hold.
    """
    for contact in given:
        if contact.role not in OWN_ROLES:
            raise Refused(f"{ROLE_WORDS.get(contact.role, contact.role)}: do quản trị hệ thống cập nhật")
    with changing(house, giver.as_of) as connection:
        filled = [c for c in given if c.name or c.address or c.phone]
        known = contacts_of(connection, [giver.agency]).get(giver.agency, ())
        changes = differences([c for c in known if c.role in OWN_ROLES], filled)
        real = any_address_outside(connection, RESERVED)
        fresh = [change.new for change in changes]
        wrong = Gathering()
        for number, contact in enumerate(given, start=1):
            with wrong.at(str(number)):
                if contact in fresh:
                    _check(house, contact, allow_real=real)
        wrong.settle()
        confirm_contacts(connection, giver.agency, local_day(giver.as_of))
        write(connection, _happening(house, giver, "contacts-save"))
        return _take(connection, house, giver, changes)


def confirm(house: House, agency: str, as_of: datetime) -> None:
    """Record that a unit's contacts still hold."""
    with changing(house, as_of) as connection:
        confirm_contacts(connection, agency, local_day(as_of))
        write(connection, Happening(at=as_of, plan=house.plan.key, what="contacts-confirm", subject=agency))


def name_people(connection: Connection, house: House, giver: Giver, people: Mapping[str, str]) -> None:
    """Take over the leader and officer a unit's own plan names; addresses stay with whoever had them."""
    known = contacts_of(connection, [giver.agency]).get(giver.agency, ())
    changes: list[ContactChange] = []
    for role in ("leader", "officer"):
        name = " ".join(people.get(role, "").split())
        if not name or name in _names(known, role):
            continue
        # Somebody else does it now: mail for the post goes on to where it went, under the new name.
        held = next((c for c in known if c.role == role), None)
        new = replace(held or Contact(role=role), name=name)
        changes.append(ContactChange(role=role, new=new, old=held))
    if changes:
        write(connection, _happening(house, giver, "contacts-name"))
    _take(connection, house, giver, changes)


def _take(connection: Connection, house: House, giver: Giver, changes: Sequence[ContactChange]) -> Saved:
    if not changes:
        return Saved.UNCHANGED
    via = LINK if giver.seat in BY_LINK else SESSION
    asked = ProposedBy(agency=giver.agency, via=via, by=giver.person, at=giver.as_of)
    if settles_contacts(giver.seat, house.agency(giver.agency), house.plan):
        settle(connection, house, changes, asked)
        return Saved.HOLDS
    propose(connection, house, changes, asked)
    return Saved.PROPOSED


def _happening(house: House, giver: Giver, what: str) -> Happening:
    return Happening(
        at=giver.as_of,
        plan=house.plan.key,
        what=what,
        subject=giver.agency,
        by=giver.agency,
        person=giver.person,
    )


def _of(known: Sequence[Contact], role: str) -> tuple[Contact, ...]:
    return tuple(c for c in known if c.role == role)


def _names(known: Sequence[Contact], role: str) -> set[str]:
    return {c.name for c in known if c.role == role}


def _check(house: House, contact: Contact, *, allow_real: bool) -> None:
    label, wrong = ROLE_WORDS[contact.role], Gathering()
    with wrong.at("name"):
        if not contact.name:
            raise Invalid(f"{label}: nhập họ và tên")
    with wrong.at("address"):
        mail, domains = contact.address, house.settings.mail_domains
        fault = mail and (address_fault(mail, allow_real) or domain_fault(mail, domains))
        if fault:
            raise Invalid(f"{label}: địa chỉ thư: {fault}")
    with wrong.at("phone"):
        if set(contact.phone) - PHONE_CHARACTERS:
            raise Invalid(f"{label}: điện thoại: chỉ nhập số, đã nhập '{contact.phone}'")
    wrong.settle()
