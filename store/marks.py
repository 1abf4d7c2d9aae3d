"""Addresses that take no mail: marked with since when and why, until somebody lifts the mark."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime

from sqlalchemy import Connection, Select, and_, func, select

from obligations.model import Contact
from store.door import all_of
from store.rows import AddressMark
from store.schema import address_marks, contacts

_STANDS = and_(
    address_marks.c.lifted_at.is_(None),
    # An address the agency no longer has needs no mark.
    select(contacts.c.id)
    .where(
        contacts.c.agency_id == address_marks.c.agency_id,
        func.lower(contacts.c.address) == func.lower(address_marks.c.address),
    )
    .exists(),
)


def marks(connection: Connection, agencies: Iterable[str] | None = None) -> list[AddressMark]:
    """Return the marks that stand on addresses in use: of all agencies, or of those named; oldest first."""
    query = select(address_marks).where(_STANDS).order_by(address_marks.c.id)
    if agencies is not None:
        query = query.where(address_marks.c.agency_id.in_(list(agencies)))
    return all_of(connection, AddressMark, query)


def standing_marks() -> Select[int]:
    """Choose the marks that stand on addresses in use."""
    return select(address_marks.c.id).where(_STANDS)


def mark(connection: Connection, agency: str, faults: Mapping[str, str], at: datetime) -> int:
    """Mark those of an agency's addresses that are in use and not marked yet; return how many."""
    known = {row.address.lower() for row in marks(connection, [agency])}
    used = select(contacts.c.address).where(contacts.c.agency_id == agency)
    mine = {address.lower() for address in connection.scalars(used)}
    new = {a.lower(): (a, why) for a, why in faults.items() if a.lower() in mine - known}
    if new:
        rows = [{"agency_id": agency, "address": a, "since": at, "why": why} for a, why in new.values()]
        connection.execute(address_marks.insert(), rows)
    return len(new)


def lift(connection: Connection, agency: str, address: str | None, by: str, at: datetime) -> int:
    """Lift an agency's marks, all or that of one address; return how many."""
    mine = and_(address_marks.c.agency_id == agency, address_marks.c.lifted_at.is_(None))
    if address is not None:
        mine = and_(mine, func.lower(address_marks.c.address) == address.lower())
    changed = connection.execute(address_marks.update().where(mine).values(lifted_at=at, lifted_by=by))
    return changed.rowcount


def closed_addresses(standing: Iterable[AddressMark]) -> dict[str, tuple[str, ...]]:
    """Return the marked addresses by agency."""
    found: dict[str, tuple[str, ...]] = {}
    for row in standing:
        found[row.agency_id] = (*found.get(row.agency_id, ()), row.address)
    return found


def without_marked(
    found: Mapping[str, tuple[Contact, ...]], standing: Iterable[AddressMark]
) -> dict[str, tuple[Contact, ...]]:
    """Return contacts without the addresses that take no mail; an agency's last ones stay, to be tried."""
    bad = {(row.agency_id, row.address.lower()) for row in standing}
    if not bad:
        return dict(found)
    return {agency: _without(agency, known, bad) for agency, known in found.items()}


def _without(agency: str, known: tuple[Contact, ...], bad: set[tuple[str, str]]) -> tuple[Contact, ...]:
    good = tuple(c for c in known if (agency, c.address.lower()) not in bad)
    return good if any(c.address for c in good) else known
