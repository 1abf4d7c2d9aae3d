"""The official address of a unit, set by ops or by the coordinator: it holds at once, the old one is told."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from config.addresses import RESERVED, address_fault, domain_fault
from obligations.errors import Gathering, Invalid, Refused
from obligations.model import Contact
from obligations.rights import Seat
from obligations.seats import sets_address
from store.engine import reading
from store.journal import Happening, write
from store.people import any_address_outside, contacts_of
from tasks_lib.access.contact_changes import settle
from tasks_lib.access.contact_words import ROLE_WORDS
from tasks_lib.access.sql.contact_proposals import SESSION, ContactChange, ProposedBy
from tasks_lib.duties.change import changing
from tasks_lib.kernel.bootstrap import House

UNIT, DESK = "unit", "desk"


@dataclass(frozen=True, kw_only=True)
class Setting:
    """Which addresses are set for which unit, by whom."""

    agency: str
    addresses: Mapping[str, str]
    """By role."""
    by: str
    seat: Seat
    person: str
    as_of: datetime


def official(house: House, agency: str) -> dict[str, Contact]:
    """Return by role the official contacts a unit has or may have."""
    with reading(house.engine) as connection:
        known = contacts_of(connection, [agency]).get(agency, ())
    return _official(house, agency, known)


def set_addresses(house: House, setting: Setting) -> int:
    """Put addresses in the place of those before; return how many changed. Raises Faults by role."""
    agency = house.agency(setting.agency)
    if not sets_address(setting.seat, agency, house.plan):
        raise Refused(f"địa chỉ của {agency.name}: do quản trị hệ thống cập nhật")
    with changing(house, setting.as_of) as connection:
        known = _official(house, agency.id, contacts_of(connection, [agency.id]).get(agency.id, ()))
        given = {role: address for role, address in setting.addresses.items() if role in known}
        _check(house, given, known, allow_real=any_address_outside(connection, RESERVED))
        changes = [
            ContactChange(
                role=role,
                new=replace(known[role], address=address),
                old=known[role] if known[role] != Contact(role=role) else None,
            )
            for role, address in given.items()
            if address != known[role].address
        ]
        if not changes:
            return 0
        write(
            connection,
            Happening(
                at=setting.as_of,
                plan=house.plan.key,
                what="contacts-address",
                subject=agency.id,
                by=setting.by,
                person=setting.person,
            ),
        )
        asked = ProposedBy(agency=agency.id, via=SESSION, by=setting.person, at=setting.as_of)
        settle(connection, house, changes, asked, by=setting.by)
    return len(changes)


def _official(house: House, agency: str, known: tuple[Contact, ...]) -> dict[str, Contact]:
    roles = (UNIT, DESK) if house.agency(agency).desk else (UNIT,)
    found = {contact.role: contact for contact in reversed(known)}
    return {role: found.get(role, Contact(role=role)) for role in roles}


def _check(house: House, given: Mapping[str, str], known: Mapping[str, Contact], *, allow_real: bool) -> None:
    wrong = Gathering()
    for role, address in given.items():
        with wrong.at(role):
            if not address and known[role].address:
                raise Invalid(f"{ROLE_WORDS[role]}: nhập địa chỉ thư")
            fault = address_fault(address, allow_real) if address else ""
            fault = fault or (domain_fault(address, house.settings.mail_domains) if address else "")
            if fault:
                raise Invalid(f"{ROLE_WORDS[role]}: {fault}")
    wrong.settle()
