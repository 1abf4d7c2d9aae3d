"""Facts of the house: single truths about a database as a whole, each under a name of its own."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, select

from store.schema import facts


@dataclass(frozen=True, kw_only=True)
class Fact:
    """One truth, and since when it is held."""

    value: str
    at: datetime


def put_fact(connection: Connection, key: str, value: str, at: datetime) -> None:
    """Write a fact down; the newest stands."""
    connection.execute(facts.delete().where(facts.c.key == key))
    connection.execute(facts.insert().values(key=key, value=value, at=at))


def fact(connection: Connection, key: str) -> Fact | None:
    """Return a fact, or None where nothing is known."""
    row = connection.execute(select(facts.c.value, facts.c.at).where(facts.c.key == key)).one_or_none()
    return Fact(value=row.value, at=row.at) if row is not None else None


def drop_fact(connection: Connection, key: str) -> None:
    """Take a fact away; one that is not there is no fault."""
    connection.execute(facts.delete().where(facts.c.key == key))
