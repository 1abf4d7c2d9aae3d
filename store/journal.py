"""The journal: every change of anything is a row of one hash-chained table that is only ever added to.

How to use it: inside `store.engine.writing` say what is being done with

    write(connection, Happening(at=as_of, plan=house.plan.key, what="mail-hold", subject="so-y-te", by=by))

and nothing else. What is written so is kept until the transaction ends, gets from `acting` who sits at the
keyboard, and is then appended in one go, under a lock that is held only for that moment. The rows of the
tables in `store.sealing.SEALED` that the transaction added, changed or deleted are found by themselves and
sealed in the last of its journal rows; a transaction that changed such rows and said nothing is written down
as "change": somebody forgot to name it, and a test fails (tests/support/houses/houses.py). A move written
with `store.ledger` (`act`, `write_history`) says itself what it is: write nothing beside it. Give `what`
words in `tasks_lib.kernel.journal_words`.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from hashlib import sha256
from typing import Final

from sqlalchemy import Connection, func, select

from store.actor import current_actor
from store.schema import journal, obligations
from store.sealing import Capture, capture_of, seals_of
from store.sets import seal_new

JOURNAL: Final = journal.name
LOCK: Final = 239_000_239
"""The number of PostgreSQL's advisory lock under which rows are appended."""
CHANGE: Final = "change"
"""What stands there when a transaction changed sealed rows and did not say what it did."""
FIRST: Final = "0" * 64
"""What the first row's hash builds on."""
CONTENT: Final = tuple(c.name for c in journal.columns if c.name != "hash")
"""The columns a row's hash is over."""


@dataclass(frozen=True, kw_only=True)
class Happening:
    """One thing that is done; who sits at the keyboard comes from `acting`."""

    at: datetime
    what: str
    plan: str = ""
    subject: str = ""
    by: str = ""
    """The agency that acts; that of the actor unless given."""
    person: str = ""
    details: Mapping[str, object] = field(default_factory=dict)
    obligation: int | None = None
    """The obligation it is done to: gives the subject and the plan."""


@dataclass(frozen=True, kw_only=True)
class Head:
    """The end of the chain: how many rows it has, and the newest one's hash."""

    count: int
    hash: str


def write(connection: Connection, happening: Happening) -> None:
    """Write down what is done in this transaction; it is appended when the transaction ends."""
    capture = capture_of(connection)
    if capture is not None:  # a rehearsal is taken back, and nothing of it happened
        capture.happenings.append(happening)


def dated(connection: Connection, at: datetime, plan: str) -> None:
    """Say of when and of which plan a transaction is, whatever is done in it."""
    capture = capture_of(connection)
    if capture is not None:
        capture.at, capture.plan = at, plan


def append(connection: Connection, capture: Capture) -> Head | None:
    """Append what a transaction did to the chain, as its last act; None when it did nothing."""
    seal_new(connection, capture)
    seals = seals_of(connection, capture)
    happenings: list[Happening] = list(capture.happenings)
    if not (happenings or seals):
        return None
    named = _named(connection, [h.obligation for h in happenings if h.obligation is not None])
    last = _locked_head(connection)
    if not happenings:
        happenings.append(Happening(at=capture.at or last.at, plan=capture.plan, what=CHANGE))
    rows: list[dict[str, object]] = []
    number, before = last.id, last.hash
    for happening in happenings:
        sealed = seals if happening is happenings[-1] else {}
        number += 1
        row = {"id": number, **_row(happening, named, sealed), "prev_hash": before}
        before = row["hash"] = chain_hash(row)
        rows.append(row)
    connection.execute(journal.insert(), rows)
    return Head(count=number, hash=before)


@dataclass(frozen=True, kw_only=True)
class _Last:
    id: int
    at: datetime
    hash: str


def _locked_head(connection: Connection) -> _Last:
    """Return the newest row; nobody else appends until this transaction ends (SQLite has one writer)."""
    if connection.dialect.name == "postgresql":
        connection.execute(select(func.pg_advisory_xact_lock(LOCK)))
    query = select(journal.c.id, journal.c.at, journal.c.hash).order_by(journal.c.id.desc()).limit(1)
    row = connection.execute(query).one_or_none()
    if row is None:
        return _Last(id=0, at=datetime.fromtimestamp(0, UTC), hash=FIRST)
    return _Last(id=row.id, at=row.at, hash=row.hash)


def _row(
    happening: Happening, named: Mapping[int, tuple[str, str]], seals: Mapping[str, object]
) -> dict[str, object]:
    actor = current_actor()
    plan, key = named.get(happening.obligation or 0, (happening.plan, happening.subject))
    return {
        "at": happening.at.astimezone(UTC),
        "plan": plan,
        "by": happening.by or actor.agency,
        "person": happening.person or actor.person,
        "seat": actor.seat,
        "session": actor.session,
        "os_user": actor.os_user,
        "channel": actor.channel,
        "what": happening.what,
        "subject": key,
        "details": canonical(happening.details),
        "seals": canonical(seals),
    }


def _named(connection: Connection, ids: Iterable[int]) -> dict[int, tuple[str, str]]:
    """Return the plan and key of some obligations."""
    wanted = set(ids)
    if not wanted:
        return {}
    query = select(obligations.c.id, obligations.c.plan, obligations.c.key)
    found = connection.execute(query.where(obligations.c.id.in_(wanted)))
    return {row.id: (row.plan, row.key) for row in found}


def chain_hash(row: Mapping[str, object]) -> str:
    """Return the hash of a row, over all its columns and the hash of the row before."""
    content = {name: row[name] for name in CONTENT}
    content["at"] = instant(content["at"])
    return sha256(canonical(content).encode("utf-8", "surrogatepass")).hexdigest()


def instant(value: object) -> object:
    """Write an instant as SQLite keeps it, so that one that cannot be read can still be compared."""
    return value.astimezone(UTC).strftime("%Y-%m-%d %H:%M:%S.%f") if isinstance(value, datetime) else value


def canonical(value: object) -> str:
    """Write a value as JSON in the one way it can be written."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"), default=str)


def head(connection: Connection) -> Head | None:
    """Return the end of the chain, or None of an empty one."""
    query = select(journal.c.id, journal.c.hash).order_by(journal.c.id.desc()).limit(1)
    row = connection.execute(query).one_or_none()
    return Head(count=row.id, hash=row.hash) if row is not None else None
