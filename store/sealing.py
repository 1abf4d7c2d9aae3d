"""Seals: which rows of the tables that hold evidence a transaction added, changed or deleted.

While a transaction writes, every INSERT, UPDATE and DELETE of a sealed table is looked at before it runs:
the rows it will change are read, and the digest each of them had is kept. At the end the digests they have
now are taken. Old and new go into the journal: the next change of a row must go on from what the last one
left, so that what somebody altered in between is found even after the program has changed the row again.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from functools import cache
from hashlib import sha256
from typing import TYPE_CHECKING, Any, Final

import orjson
from sqlalchemy import (
    Boolean,
    ColumnElement,
    Connection,
    Delete,
    Engine,
    Insert,
    Table,
    Update,
    column,
    event,
    func,
    literal_column,
    not_,
    select,
)

from store.door import AnyColumn, Query
from store.schema import (
    address_marks,
    bounces,
    campaign_duties,
    campaigns,
    contact_proposals,
    contacts,
    day_documents,
    documents,
    events,
    evidence,
    extensions,
    grades,
    hand_overs,
    history,
    holds,
    notices,
    obligations,
    papers,
    pauses,
    proposals,
    reports,
)

if TYPE_CHECKING:
    from store.journal import Happening

SEALED: Final[dict[str, Table]] = {
    table.name: table
    for table in (
        address_marks,
        bounces,
        campaign_duties,
        campaigns,
        contact_proposals,
        contacts,
        day_documents,
        documents,
        events,
        evidence,
        extensions,
        grades,
        hand_overs,
        history,
        holds,
        obligations,
        papers,
        pauses,
        proposals,
        reports,
    )
}
"""Tables every row of which the journal vouches for; new notices are sealed as a set (`store.sets`)."""
UNWATCHED: Final = {"dondoc_unwatched": True}
"""Execution options of a statement whose rows have been looked at by `watch`."""
IDS_AT_ONCE: Final = 500
MINE: Final = literal_column("xmin = pg_current_xact_id()::xid", Boolean)
"""PostgreSQL's own knowledge of which rows this transaction wrote."""
_KEY: Final = "dondoc_capture"
_LETTERS: Final = 32
_ORJSON: Final = orjson.OPT_SORT_KEYS | orjson.OPT_PASSTHROUGH_DATETIME


@dataclass
class Capture:
    """What one transaction has done so far."""

    happenings: list[Happening] = field(default_factory=list)
    before: dict[str, dict[int, str]] = field(default_factory=dict)
    """By table: the digests that rows had before they were changed or deleted."""
    newer_than: dict[str, int] = field(default_factory=dict)
    """By table: rows with higher numbers are this transaction's own."""
    sets: list[dict[str, object]] = field(default_factory=list)
    """Whole sets of rows under one digest each."""
    given: dict[str, dict[int, list[str]]] = field(default_factory=dict)
    """By table and row: digests before and now that were found in another way."""
    at: datetime | None = None
    """The instant the transaction is of, where somebody said it."""
    plan: str = ""


def attend(engine: Engine) -> None:
    """Look at every change of a sealed table on an engine's connections."""
    event.listen(engine, "before_execute", _before_execute)


@contextmanager
def capturing(connection: Connection) -> Iterator[Capture]:
    """Look at what a connection changes within."""
    marks = connection.info
    capture = marks[_KEY] = Capture()
    try:
        yield capture
    finally:
        marks.pop(_KEY, None)


def capture_of(connection: Connection) -> Capture | None:
    """Return what is being captured on a connection, or None outside of `writing`."""
    found: Capture | None = connection.info.get(_KEY)
    return found


def watch(connection: Connection, table: Table, condition: ColumnElement[bool] | None) -> None:
    """Keep what some rows are before statements change them that carry the options UNWATCHED."""
    capture = capture_of(connection)
    if capture is not None:
        _keep(connection, capture, table, condition, {})


def seals_of(connection: Connection, capture: Capture) -> dict[str, object]:
    """Return what a transaction changed in the sealed tables, rows that are as they were left out.

    By table and row the digest before, empty for a new row, and the digest now, empty for a deleted one.
    """
    found: dict[str, object] = dict(capture.given)
    for name in sorted({*capture.before, *capture.newer_than} & SEALED.keys()):
        before = capture.before.get(name, {})
        now = _now(connection, SEALED[name], before, capture.newer_than.get(name))
        changed = {
            key: [before.get(key, ""), now.get(key, "")]
            for key in sorted({*before, *now})
            if before.get(key, "") != now.get(key, "")
        }
        if changed:
            found[name] = changed
    return {**found, "sets": capture.sets} if capture.sets else found


def _now(
    connection: Connection, table: Table, before: Mapping[int, str], newer_than: int | None
) -> dict[int, str]:
    now: dict[int, str] = {}
    known = sorted(before)
    for start in range(0, len(known), IDS_AT_ONCE):
        now.update(digests(connection, table, table.c.id.in_(known[start : start + IDS_AT_ONCE])))
    if newer_than is not None:
        mine = [table.c.id > newer_than]
        if connection.dialect.name == "postgresql":
            # Others may have added rows meanwhile; theirs are in their own seals.
            mine.append(MINE)
        now.update(digests(connection, table, *mine))
    return now


def digests(
    connection: Connection,
    table: Table,
    *conditions: ColumnElement[bool],
    parameters: Mapping[str, object] | None = None,
    locked: bool = False,
) -> dict[int, str]:
    """Return the digests of rows by their number."""
    names, whole = _all_of(table)
    query = whole.where(*conditions)
    if locked:
        query = query.with_for_update()
    rows = connection.execute(query, dict(parameters or {}))
    return {row[0]: digest(zip(names, row, strict=True)) for row in rows}


@cache
def _all_of(table: Table) -> tuple[tuple[str, ...], Query]:
    """Return a table's columns and the query of all, without types: also what cannot be read has a digest."""
    names = tuple(c.name for c in table.columns)
    columns: list[AnyColumn] = [column(name) for name in names]
    return names, select(*columns).select_from(table)


def digest(values: Iterable[tuple[str, object]]) -> str:
    """Return the digest of a row; what is empty does not count: a new empty column changes nothing."""
    content = {name: value for name, value in values if value is not None}
    try:
        text = orjson.dumps(content, default=_plain, option=_ORJSON)
    except TypeError:  # half a character, a huge number: only a hand at the table can put them there
        text = repr(sorted(content.items())).encode("utf-8", "surrogatepass")
    return sha256(text).hexdigest()[:_LETTERS]


def _plain(value: object) -> str:
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat() if value.tzinfo else value.isoformat()
    return value.isoformat() if isinstance(value, date) else repr(value)


def _before_execute(
    connection: Connection,
    statement: object,
    many: Any,  # noqa: ANN401
    one: Any,  # noqa: ANN401
    options: Mapping[str, object],
) -> None:
    if not isinstance(statement, (Insert, Update, Delete)):
        return
    table = statement.table
    capture = capture_of(connection) if table in (*SEALED.values(), notices) else None
    if capture is None or "dondoc_unwatched" in options or not isinstance(table, Table):
        return
    if isinstance(statement, Insert):
        _note_newest(connection, capture, table)
    elif table is not notices:
        for parameters in many or [one]:
            _keep(connection, capture, table, statement.whereclause, parameters)


def _note_newest(connection: Connection, capture: Capture, table: Table) -> None:
    newest = connection.scalar(select(func.max(table.c.id))) or 0
    capture.newer_than[table.name] = min(newest, capture.newer_than.get(table.name, newest))


def _keep(
    connection: Connection,
    capture: Capture,
    table: Table,
    condition: ColumnElement[bool] | None,
    parameters: Mapping[str, object],
) -> None:
    """Keep the digests of rows that are about to change, locked as the change itself would lock them."""
    kept = capture.before.setdefault(table.name, {})
    conditions = [] if condition is None else [condition]
    newest = capture.newer_than.get(table.name)
    if newest is not None:
        # What this transaction itself added was not there before.
        on_postgresql = connection.dialect.name == "postgresql"
        conditions.append(not_(MINE) if on_postgresql else table.c.id <= newest)
    found = digests(connection, table, *conditions, parameters=parameters, locked=True)
    for key, value in found.items():
        kept.setdefault(key, value)
