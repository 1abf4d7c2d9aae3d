"""A unit's contacts: named by itself, confirmed in every cycle; its official address stays with ops."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import Connection

from config.contacts import address_fault
from obligations.errors import Invalid, Refused
from obligations.model import Contact
from store.access import uses_of
from store.engine import reading
from store.ledger import AnyRow
from store.people import any_real_address, confirm_contacts, contacts_of, import_contacts
from store.unit_form import confirmed_since
from tasks_lib.bootstrap import House
from tasks_lib.clock import local_day
from tasks_lib.usecases.change import changing
from tasks_lib.usecases.initialise import require_initialised

OWN_ROLES = ("leader", "officer", "clerk", "substitute")
"""What a unit names itself."""
ROLE_WORDS = {
    "unit": "Địa chỉ chính thức của đơn vị",
    "desk": "Nơi nhận, đầu mối tiếp nhận",
    "director": "Giám đốc Sở",
    "leader": "Lãnh đạo phụ trách",
    "officer": "Công chức tham mưu",
    "clerk": "Văn thư",
    "substitute": "Người thay thế",
}
PHONE_CHARACTERS = frozenset("0123456789 .+-()/")


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
    uses: tuple[AnyRow, ...]
    """The newest uses of the unit's links."""


def listed(house: House, agency: str, on: date) -> Listed:
    """Return a unit's contacts and the log of its links."""
    require_initialised(house)
    with reading(house.engine) as connection:
        known = contacts_of(connection, [agency]).get(agency, ())
        opened, confirmed = confirmed_since(connection, house.plan.key, agency, on)
        uses = tuple(uses_of(connection, agency, limit=20))
    own = [c for role in OWN_ROLES for c in (_of(known, role) or (Contact(role=role),))]
    return Listed(
        own=tuple(own),
        fixed=tuple(c for c in known if c.role not in OWN_ROLES),
        confirmed_on=confirmed,
        due=needs_confirming(house, opened, confirmed),
        uses=uses,
    )


def needs_confirming(house: House, opened: date | None, confirmed: date | None) -> bool:
    """Whether contacts were last confirmed before the current cycle opened, or never."""
    return confirmed is None or confirmed < (opened or house.plan.signed_on)


def save_contacts(house: House, agency: str, as_of: datetime, given: Sequence[Contact]) -> None:
    """Put a unit's own contacts in place of those before; saving them confirms them."""
    for contact in given:
        if contact.role not in OWN_ROLES:
            raise Refused(f"{ROLE_WORDS.get(contact.role, contact.role)}: do quản trị hệ thống cập nhật")
    with changing(house, as_of) as connection:
        real = any_real_address(connection)
        filled = [c for c in given if c.name or c.address or c.phone]
        for contact in filled:
            _check(contact, allow_real=real)
        known = contacts_of(connection, [agency]).get(agency, ())
        kept = [c for c in known if c.role not in OWN_ROLES]
        _write(connection, house, agency, [*kept, *filled], local_day(as_of))


def confirm(house: House, agency: str, as_of: datetime) -> None:
    """Record that a unit's contacts still hold."""
    with changing(house, as_of) as connection:
        confirm_contacts(connection, agency, local_day(as_of))


def name_people(
    connection: Connection, house: House, agency: str, people: Mapping[str, str], on: date
) -> None:
    """Take over the leader and officer a unit's own plan names; addresses stay with whoever had them."""
    known = list(contacts_of(connection, [agency]).get(agency, ()))
    named = {role: " ".join(people.get(role, "").split()) for role in ("leader", "officer")}
    changed = [(role, name) for role, name in named.items() if name and name not in _names(known, role)]
    for role, name in changed:
        # Somebody else does it now: mail for the post goes on to where it went, under the new name.
        held = next((c for c in known if c.role == role), Contact(role=role))
        known = [c for c in known if c is not held]
        known.append(Contact(role=role, name=name, address=held.address, phone=held.phone))
    if changed:
        _write(connection, house, agency, known, on)


def _write(connection: Connection, house: House, agency: str, found: Sequence[Contact], on: date) -> None:
    import_contacts(connection, {agency: tuple(found)}, house.configuration.agencies, house.plan)
    confirm_contacts(connection, agency, on)


def _of(known: Sequence[Contact], role: str) -> tuple[Contact, ...]:
    return tuple(c for c in known if c.role == role)


def _names(known: Sequence[Contact], role: str) -> set[str]:
    return {c.name for c in known if c.role == role}


def _check(contact: Contact, *, allow_real: bool) -> None:
    label = ROLE_WORDS[contact.role]
    if not contact.name:
        raise Invalid(f"{label}: nhập họ và tên")
    if contact.address and (fault := address_fault(contact.address, allow_real)):
        raise Invalid(f"{label}: địa chỉ thư: {fault}")
    if set(contact.phone) - PHONE_CHARACTERS:
        raise Invalid(f"{label}: điện thoại: chỉ nhập số, đã nhập '{contact.phone}'")
