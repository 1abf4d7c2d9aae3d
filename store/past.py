"""Duties under the tree of a past day: whose they were before agencies ended, for whoever looks back.

What is read in such a transaction is read of a temporary view that stands before the table, so that no
question has to know of it. The work itself is as it stands now; only what a change of tree did is taken back.
"""

from __future__ import annotations

from datetime import date

from sqlalchemy import ColumnElement, Connection, MetaData, and_, case, exists, func, or_, select

from obligations.deeds import ENDED, MERGED
from store.schema import agencies, hand_overs, history, obligations

h = hand_overs.c


def handed_over_after(connection: Connection, plan: str, on: date) -> bool:
    """Whether duties of a plan have been handed over after a day."""
    later = select(h.id).where(h.plan == plan, h.on > on).limit(1)
    return connection.scalar(later) is not None


def look_back(connection: Connection, on: date) -> None:
    """Let the rest of a transaction, which is taken back, read duties under the tree of a day."""
    lite = connection.dialect.name == "sqlite"
    schema = "main" if lite else str(connection.scalar(select(func.current_schema())))
    now = obligations.to_metadata(MetaData(), schema=schema)
    o = now.c

    def earliest(column: ColumnElement[str]) -> ColumnElement[str]:
        """Return something of the first hand-over after the day."""
        of_this = select(column).join(agencies, agencies.c.id == h.from_id)
        of_this = of_this.where(h.obligation_id == o.id, h.on > on)
        return of_this.order_by(h.on, h.id).limit(1).correlate(now).scalar_subquery()

    ended = exists().where(
        h.obligation_id == o.id, h.on > on, or_(h.to_id.is_(None), h.merged_into_id.is_not(None))
    )
    stood = (
        select(history.c.from_state)
        .where(history.c.obligation_id == o.id, history.c.what.in_((MERGED, ENDED)))
        .order_by(history.c.id.desc())
        .limit(1)
        .correlate(now)
        .scalar_subquery()
    )
    was: dict[str, ColumnElement[str]] = {
        "agency_id": func.coalesce(earliest(h.from_id), o.agency_id),
        "reviewer_id": func.coalesce(earliest(agencies.c.desk_id), o.reviewer_id),
        "work_state": case((and_(ended, stood.is_not(None)), stood), else_=o.work_state),
    }
    columns = [was.get(column.name, column).label(column.name) for column in o]
    said = select(*columns).select_from(now).compile(connection, compile_kwargs={"literal_binds": True})
    connection.exec_driver_sql(f"CREATE TEMPORARY VIEW obligations AS {said}")
