"""Changes of contacts that somebody asked for on the portal, and what became of each."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, select

from obligations.model import Contact
from store.door import Query, all_of
from store.rows import ContactProposal
from store.schema import contact_proposals as table

PROPOSED, CONFIRMED, REFUSED, WITHDRAWN, SUSPENDED = (
    "proposed",
    "confirmed",
    "refused",
    "withdrawn",
    "suspended",
)
LINK, SESSION = "link", "session"


@dataclass(frozen=True, kw_only=True)
class ContactChange:
    """A change of one line of a unit's contacts: who comes, and in whose place."""

    role: str
    new: Contact | None
    old: Contact | None


@dataclass(frozen=True, kw_only=True)
class ProposedBy:
    """Who asks for a change, how they came, and when."""

    agency: str
    via: str
    by: str
    at: datetime


@dataclass(frozen=True, kw_only=True)
class Decided:
    """What became of a proposal, by whom and when."""

    state: str
    by: str
    at: datetime
    why: str = ""


def write_changes(
    connection: Connection,
    changes: Sequence[ContactChange],
    asked: ProposedBy,
    decided: Decided | None = None,
) -> None:
    """Write down what somebody asks for; with `decided` it holds at once."""
    fate = Decided(state=PROPOSED, by="", at=asked.at) if decided is None else decided
    rows: list[dict[str, object]] = []
    for change in changes:
        new = change.new or Contact(role=change.role)
        rows.append(
            {
                "agency_id": asked.agency,
                "role": change.role,
                "name": new.name,
                "address": new.address,
                "phone": new.phone,
                "replaces": _kept(change.old),
                "via": asked.via,
                "by": asked.by,
                "at": asked.at,
                "state": fate.state,
                "decided_by": fate.by or None,
                "decided_at": fate.at if decided else None,
                "why": fate.why,
            }
        )
    connection.execute(table.insert(), rows)


def waiting(connection: Connection, agencies: Collection[str] | None = None) -> list[ContactProposal]:
    """Return what waits for a decision, of some agencies or of all, the oldest first."""
    query = select(table).where(table.c.state == PROPOSED).order_by(table.c.id)
    if agencies is not None:
        query = query.where(table.c.agency_id.in_(list(agencies)))
    return all_of(connection, ContactProposal, query)


def newest_of(connection: Connection, agency: str, limit: int) -> list[ContactProposal]:
    """Return the newest changes of an agency's contacts, whatever became of them."""
    query = select(table).where(table.c.agency_id == agency).order_by(table.c.id.desc())
    return all_of(connection, ContactProposal, query.limit(limit))


def named(connection: Connection, numbers: Collection[int]) -> list[ContactProposal]:
    """Return some proposals by their numbers."""
    return all_of(connection, ContactProposal, _named(numbers))


def _named(numbers: Collection[int]) -> Query:
    return select(table).where(table.c.id.in_(list(numbers))).order_by(table.c.id)


def came_since(
    connection: Connection, agency: str, since: datetime, via: Collection[str]
) -> list[ContactProposal]:
    """Return the changes of an agency's contacts that hold since an instant, the newest first."""
    query = select(table).where(
        table.c.agency_id == agency,
        table.c.state == CONFIRMED,
        table.c.decided_at >= since,
        table.c.via.in_(list(via)),
    )
    return all_of(connection, ContactProposal, query.order_by(table.c.id.desc()))


def decide(connection: Connection, number: int, decided: Decided, before: str = PROPOSED) -> bool:
    """Write down what became of a proposal; the guarded update tells whether this came first."""
    done = connection.execute(
        table.update()
        .where(table.c.id == number, table.c.state == before)
        .values(state=decided.state, decided_by=decided.by, decided_at=decided.at, why=decided.why)
    )
    return done.rowcount == 1


def change_of(row: ContactProposal) -> ContactChange:
    """Return what a proposal changes."""
    new = Contact(role=row.role, name=row.name, address=row.address, phone=row.phone)
    old = Contact(role=row.role, **row.replaces) if row.replaces else None
    return ContactChange(role=row.role, new=new if new != Contact(role=row.role) else None, old=old)


def _kept(old: Contact | None) -> dict[str, str] | None:
    return None if old is None else {"name": old.name, "address": old.address, "phone": old.phone}
