"""Facts of the house: single truths about a database as a whole, each under a name of its own."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, Insert, select

from store.schema import facts
from store.statements import once
from store.upsert import insert_new, insert_or_replace


@dataclass(frozen=True, kw_only=True)
class Fact:
    """One truth, and since when it is held."""

    value: str
    at: datetime


def put_fact(connection: Connection, key: str, value: str, at: datetime) -> None:
    """Write a fact down; the newest stands, also where two write at once."""
    put = once(_put, connection.dialect.name)
    connection.execute(put, {"key": key, "value": value, "at": at})


def _put(dialect: str) -> Insert:
    return insert_or_replace(dialect, facts, facts.c.key)


def swap_fact(connection: Connection, key: str, old: str | None, new: str | None, at: datetime) -> bool:
    """Put one value in the place of another, None meaning no fact; false where somebody else was first."""
    if old is None:
        if new is None:
            return False
        new_row = insert_new(connection, facts).values(key=key, value=new, at=at)
        return connection.execute(new_row.returning(facts.c.key)).one_or_none() is not None
    mine = (facts.c.key == key, facts.c.value == old)
    if new is None:
        return connection.execute(facts.delete().where(*mine)).rowcount == 1
    return connection.execute(facts.update().where(*mine).values(value=new, at=at)).rowcount == 1


def facts_like(connection: Connection, prefix: str) -> dict[str, Fact]:
    """Return the facts whose keys begin with a word, by the rest of their keys."""
    query = select(facts).where(facts.c.key.startswith(prefix, autoescape=True))
    return {r.key.removeprefix(prefix): Fact(value=r.value, at=r.at) for r in connection.execute(query)}


def fact(connection: Connection, key: str) -> Fact | None:
    """Return a fact, or None where nothing is known."""
    row = connection.execute(select(facts.c.value, facts.c.at).where(facts.c.key == key)).one_or_none()
    return Fact(value=row.value, at=row.at) if row is not None else None


def drop_fact(connection: Connection, key: str) -> None:
    """Take a fact away; one that is not there is no fault."""
    connection.execute(facts.delete().where(facts.c.key == key))
