"""Many provinces in one database: everything a plan wrote is copied under other plans' keys."""

from __future__ import annotations

from sqlalchemy import Connection, Integer, String, Table, cast, func, literal, select

from store.engine import writing
from store.schema import (
    documents,
    events,
    evidence,
    extensions,
    history,
    legs,
    messages,
    metadata,
    notices,
    obligations,
    pauses,
    plans,
    proposals,
    reports,
    weekly_lines,
)
from tasks_lib.kernel.bootstrap import House

COPIED: tuple[Table, ...] = (
    documents,
    obligations,
    legs,
    messages,
    notices,
    weekly_lines,
    reports,
    evidence,
    history,
    events,
    extensions,
    pauses,
    proposals,
)
"""In the order in which they point at each other; schedules and agencies are shared."""
STRIDE = 1_000_000
"""How far apart the numbers of two provinces lie."""


def multiply(house: House, provinces: int) -> None:
    """Let the house's plan be one of so many like it; they differ by key alone."""
    with writing(house.engine) as connection:
        for number in range(1, provinces):
            key = f"tinh-{number:02d}"
            row = connection.execute(select(plans).where(plans.c.key == house.plan.key)).one()
            connection.execute(plans.insert().values({**row._asdict(), "key": key}))
            for table in COPIED:
                _copy(connection, table, house.plan.key, key, number * STRIDE)
    with house.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.exec_driver_sql("ANALYZE")


def _copy(connection: Connection, table: Table, source: str, key: str, offset: int) -> None:
    columns = []
    for column in table.columns:
        points_at = {f.column.table for f in column.foreign_keys}
        if column.name == "plan":
            columns.append(literal(key, String).label(column.name))
        elif column.name == "message_id" and isinstance(column.type, String):
            columns.append((literal(key, String) + cast(column, String)).label(column.name))
        elif isinstance(column.type, Integer) and (column.primary_key or points_at & set(COPIED)):
            columns.append((column + offset).label(column.name))
        else:
            columns.append(column)
    rows = select(*columns).where(table.c.id < STRIDE)
    if "plan" in table.c:
        rows = rows.where(table.c.plan == source)
    connection.execute(table.insert().from_select([c.name for c in table.columns], rows))


def count_rows(connection: Connection) -> int:
    """Return how many obligations stand in all provinces together."""
    return connection.scalar(select(func.count()).select_from(metadata.tables["obligations"])) or 0
