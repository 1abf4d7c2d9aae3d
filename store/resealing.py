"""Seals what stood there before the journal began, and anew what a migration changes."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Connection, Engine, column, inspect, select, table

from store.door import AnyColumn
from store.journal import Happening, head, write
from store.migrate import newest, revision_of
from store.proof import vouched_for
from store.schema import journal, plans
from store.sealing import SEALED, capture_of, digest, digests
from store.sets import seal_notices

BEGIN, RESEAL = "journal-begin", "schema"
Standing = dict[str, dict[int, str]]
"""By table: the digest of every row."""


def standing(engine: Engine) -> Standing:
    """Return how the sealed rows stand before a migration, by the columns the database has now."""
    with engine.connect() as connection:
        revision = revision_of(connection)
        inspector = inspect(connection)
        if revision in (None, newest()) or not inspector.has_table(journal.name):
            return {}
        found: Standing = {}
        for name in set(SEALED) & set(inspector.get_table_names()):
            names = [c["name"] for c in inspector.get_columns(name)]
            columns: list[AnyColumn] = [column(n) for n in names]
            rows = connection.execute(select(*columns).select_from(table(name)))
            keyed = (dict(zip(names, row, strict=True)) for row in rows)
            found[name] = {row["id"]: digest(row.items()) for row in keyed}
        return found


def begin_journal(connection: Connection, at: datetime) -> None:
    """Seal all that stands in a database that has no journal yet; an empty one needs nothing."""
    capture = capture_of(connection)
    if capture is None or head(connection) is not None:
        return
    for name, sealed in SEALED.items():
        if rows := digests(connection, sealed):
            capture.given[name] = {key: ["", now] for key, now in rows.items()}
    for plan in connection.scalars(select(plans.c.key)).all():
        seal_notices(connection, plan, 0)
    if capture.given or capture.sets:
        write(connection, Happening(at=at, what=BEGIN))


def reseal(connection: Connection, before: Standing, at: datetime) -> None:
    """Seal anew what a migration changed; what was not as the journal left it is still found."""
    capture = capture_of(connection)
    if capture is None or not before:
        return
    known = vouched_for(connection).rows
    for name, stood in before.items():
        now = digests(connection, SEALED[name])
        changed = {
            key: [digest_before, now.get(key, "")]
            for key, digest_before in stood.items()
            if known.get(name, {}).get(key, ("", 0))[0] == digest_before != now.get(key, "")
        }
        if changed:
            capture.given[name] = changed
    if capture.given:
        write(connection, Happening(at=at, what=RESEAL))
