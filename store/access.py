"""Links and sessions in the database, and the log of what was opened."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import Connection, bindparam, func, select

from store.door import all_of, one_of
from store.rows import Link, Session
from store.rows.portal import NewLink, NewSession
from store.schema import agencies, contacts, link_uses, links, sessions

# Read on every page of somebody signed in.
_SESSION = select(sessions).where(sessions.c.id == bindparam("of_session"), sessions.c.ended_at.is_(None))
_LINK = select(links).where(links.c.token == bindparam("of_token"))


def write_link(connection: Connection, link: NewLink) -> None:
    """Write a link that can be opened from now on."""
    connection.execute(links.insert(), vars(link))


def write_links(connection: Connection, many: list[NewLink]) -> None:
    """Write many links at once: those of a batch of mails."""
    if many:
        connection.execute(links.insert(), [vars(link) for link in many])


def link_of(connection: Connection, token: str) -> Link | None:
    """Return a link by its identifier."""
    return one_of(connection, Link, _LINK, {"of_token": token})


def log_use(connection: Connection, link: int, what: str, client: str, at: datetime) -> None:
    """Write down that a link was opened or used."""
    connection.execute(link_uses.insert().values(link_id=link, at=at, what=what, client=client))


@dataclass(frozen=True, kw_only=True, slots=True)
class LinkUse:
    """When a link was used, with whose and what for it is."""

    id: int
    link_id: int
    at: datetime
    what: str
    client: str
    purpose: str
    holder: str
    address: str


def uses_of(connection: Connection, agency: str, limit: int = 50) -> list[LinkUse]:
    """Return the newest uses of an agency's links."""
    query = (
        select(link_uses, links.c.purpose, links.c.holder, links.c.address)
        .join(links, links.c.id == link_uses.c.link_id)
        .where(links.c.agency_id == agency)
        .order_by(link_uses.c.id.desc())
    )
    return all_of(connection, LinkUse, query.limit(limit))


def use_up(connection: Connection, link: int, at: datetime) -> bool:
    """Use up a one-time link; the guarded update tells whether this use was the first."""
    done = connection.execute(
        links.update()
        .where(links.c.id == link, links.c.used_at.is_(None), links.c.revoked_at.is_(None))
        .values(used_at=at)
    )
    return done.rowcount == 1


def revoke_links(connection: Connection, plan: str, agency: str, by: str, at: datetime) -> int:
    """Revoke all links of an agency that still open something; return how many."""
    done = connection.execute(
        links.update()
        .where(
            links.c.plan == plan,
            links.c.agency_id == agency,
            links.c.revoked_at.is_(None),
            links.c.expires_at > at,
        )
        .values(revoked_at=at, revoked_by=by)
    )
    return done.rowcount


def write_session(connection: Connection, session: NewSession) -> None:
    """Write a session."""
    connection.execute(sessions.insert(), vars(session))


def session_of(connection: Connection, key: str) -> Session | None:
    """Return a session that has not been ended."""
    return one_of(connection, Session, _SESSION, {"of_session": key})


def end_session(connection: Connection, key: str, at: datetime) -> None:
    """End a session."""
    connection.execute(sessions.update().where(sessions.c.id == key).values(ended_at=at))


def end_sessions(connection: Connection, plan: str, agency: str, at: datetime) -> int:
    """End all sessions of an agency; return how many were open."""
    done = connection.execute(
        sessions.update()
        .where(
            sessions.c.plan == plan,
            sessions.c.agency_id == agency,
            sessions.c.ended_at.is_(None),
            sessions.c.expires_at > at,
        )
        .values(ended_at=at)
    )
    return done.rowcount


def end_access_of(
    connection: Connection, plan: str, agency: str, address: str, by: str, at: datetime
) -> None:
    """End what an address that no longer stands for an agency still opens: its links and sessions."""
    mine = (links.c.plan == plan, links.c.agency_id == agency, links.c.address == address)
    open_links = links.update().where(*mine, links.c.revoked_at.is_(None), links.c.expires_at > at)
    connection.execute(open_links.values(revoked_at=at, revoked_by=by))
    theirs = (sessions.c.plan == plan, sessions.c.agency_id == agency, sessions.c.address == address)
    connection.execute(sessions.update().where(*theirs, sessions.c.ended_at.is_(None)).values(ended_at=at))


@dataclass(frozen=True, kw_only=True, slots=True)
class RegisteredContact:
    """A line of an agency's contacts."""

    id: int
    agency_id: str
    role: str
    name: str
    address: str
    phone: str
    imported: bool
    confirmed_on: date | None


def contacts_at(connection: Connection, address: str) -> list[RegisteredContact]:
    """Return the contacts registered under an address, whatever its capitals."""
    query = (
        select(contacts)
        .join(agencies, agencies.c.id == contacts.c.agency_id)
        .where(func.lower(contacts.c.address) == address.strip().lower())
        .order_by(contacts.c.id)
    )
    return all_of(connection, RegisteredContact, query)
