"""Proves that the journal is whole and that what it vouches for stands as it was written."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, TypeAlias

from sqlalchemy import Connection, column, select

from store.door import AnyColumn
from store.guards import missing
from store.journal import CONTENT, FIRST, Head, chain_hash
from store.schema import journal, notices
from store.sealing import SEALED, digests
from store.sets import SETS, set_digest, uncovered


class Fault(StrEnum):
    """What happened to a row."""

    CHANGED = "changed"
    REMOVED = "removed"
    ADDED = "added"
    UNGUARDED = "unguarded"


@dataclass(frozen=True, kw_only=True)
class Found:
    """The first thing that is not as it was written."""

    fault: Fault
    table: str
    row: int | None
    """The number of the row; None where it is the table as a whole."""
    entry: int | None = None
    """The row of the journal that vouched for it."""


Raw: TypeAlias = Mapping[str, Any]
"""What the journal holds, whoever wrote it there: nothing of it is believed before it is proven."""


@dataclass(frozen=True, kw_only=True)
class Proof:
    """What a look at the whole journal came to."""

    head: Head | None
    found: Found | None


@dataclass
class Vouched:
    """What the journal says should stand in the sealed tables."""

    rows: dict[str, dict[int, tuple[str, int]]] = field(default_factory=dict)
    """By table and row: the digest it was left with, and by which row of the journal."""
    sets: list[tuple[int, Raw]] = field(default_factory=list)
    broken: Found | None = None
    """The first row that did not go on from what the journal had left it with."""

    def take(self, entry: int, seals: Raw) -> None:
        """Take the seals of one row of the journal over."""
        for table, rows in seals.items():
            if table == SETS:
                self.sets.extend((entry, one) for one in rows)
                continue
            known = self.rows.setdefault(table, {})
            for key, (before, now) in rows.items():
                row = int(key)
                left = known.get(row, ("", entry))[0]
                if left != before and self.broken is None:
                    fault = Fault.CHANGED if left and before else Fault.ADDED if before else Fault.REMOVED
                    self.broken = Found(fault=fault, table=table, row=row, entry=entry)
                known[row] = (now, entry)


def prove(connection: Connection) -> Proof:
    """Read the journal from its first row, then what it vouches for; return the first fault there is."""
    vouched = Vouched()
    count, before = 0, FIRST
    for row in entries(connection):
        found = _fault_of(row, count, before)
        if found is not None:
            return Proof(head=Head(count=count, hash=before) if count else None, found=found)
        count, before = row["id"], row["hash"]
        vouched.take(count, json.loads(row["seals"]))
    head = Head(count=count, hash=before) if count else None
    return Proof(head=head, found=vouched.broken or _differing(connection, vouched))


def entries(connection: Connection) -> Iterator[Raw]:
    """Return the rows of the journal as the database holds them, in order."""
    names = [c.name for c in journal.columns]
    # Without types, so that what somebody wrote into a column and nothing can read is still compared.
    columns: list[AnyColumn] = [column(name) for name in names]
    query = select(*columns).select_from(journal).order_by(column("id"))
    for row in connection.execute(query):
        yield dict(zip(names, row, strict=True))


def vouched_for(connection: Connection) -> Vouched:
    """Return what the journal vouches for, without proving it."""
    vouched = Vouched()
    for row in entries(connection):
        vouched.take(row["id"], json.loads(row["seals"]))
    return vouched


def _fault_of(row: Raw, count: int, before: str) -> Found | None:
    """Look at one row: whether it is the next, is what its hash is over, and goes on from the one before."""
    if row["id"] > count + 1:
        return Found(fault=Fault.REMOVED, table=journal.name, row=count + 1)
    if row["id"] <= count:
        return Found(fault=Fault.ADDED, table=journal.name, row=row["id"])
    if chain_hash({name: row[name] for name in CONTENT}) != row["hash"] or row["prev_hash"] != before:
        return Found(fault=Fault.CHANGED, table=journal.name, row=row["id"])
    return None


def _differing(connection: Connection, vouched: Vouched) -> Found | None:
    """Return the first row of a sealed table that is not as the journal left it."""
    found: list[Found] = []
    for name, table in SEALED.items():
        known = vouched.rows.get(name, {})
        present = digests(connection, table)
        for row in sorted({*known, *present}):
            left, entry = known.get(row, ("", None))
            now = present.get(row, "")
            if left != now:
                fault = Fault.CHANGED if left and now else Fault.REMOVED if left else Fault.ADDED
                found.append(Found(fault=fault, table=name, row=row, entry=entry))
    if found:
        return min(found, key=lambda f: (f.entry or _last(f), f.table, f.row or 0))
    return _differing_set(connection, vouched) or _unguarded(connection)


def _last(found: Found) -> int:
    """Order what no row of the journal vouches for after all that one does."""
    return 2**62 + (found.row or 0)


def _differing_set(connection: Connection, vouched: Vouched) -> Found | None:
    for entry, one in vouched.sets:
        count, digest = set_digest(connection, one)
        if (count, digest) != (one["count"], one["digest"]):
            kinds = {-1: Fault.REMOVED, 0: Fault.CHANGED, 1: Fault.ADDED}
            fault = kinds[(count > one["count"]) - (count < one["count"])]
            return Found(fault=fault, table=one["table"], row=None, entry=entry)
    extra = uncovered(connection, [one for _, one in vouched.sets])
    return Found(fault=Fault.ADDED, table=notices.name, row=extra) if extra is not None else None


def _unguarded(connection: Connection) -> Found | None:
    """Return a table whose rows somebody could now change."""
    gone = missing(connection)
    if not gone:
        return None
    table = gone[0].removeprefix("dondoc_").rpartition("_")[0]
    return Found(fault=Fault.UNGUARDED, table=table, row=None)
