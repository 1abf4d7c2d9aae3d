"""The products of a quarter, counted by the one reckoning; what is said of an agency, and its states."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import ColumnElement, Connection, func, select, type_coerce

from obligations.deeds import ASK_MORE
from obligations.figures import Figures
from obligations.grading import GradeState
from obligations.period import Period
from obligations.reckoning import Reckoning, Share
from store.door import all_of, one_of
from store.journal import Happening, write
from store.reckoning import dated, reckon_by, share
from store.rows import Grade
from store.schema import Named, grades, history, obligations, reports

o, g = obligations.c, grades.c


@dataclass(frozen=True, kw_only=True)
class Product:
    """One duty as a product of its quarter."""

    key: str
    agency_id: str
    kind: str
    item: str | None
    period: Period
    last_day: date
    done_on: date | None
    share: Share
    officer: str | None
    asked_more: int
    """How often its desk has asked for more."""


def _officer() -> ColumnElement[str | None]:
    """Who wrote the newest report, as it says itself."""
    return (
        select(reports.c.drafted_by)
        .where(reports.c.obligation_id == o.id, reports.c.version == o.version)
        .correlate(obligations)
        .scalar_subquery()
    )


def _of(plan: str, quarter: Period, agencies: Collection[str]) -> tuple[ColumnElement[bool], ...]:
    whose = (o.agency_id.in_(list(agencies)),) if agencies else ()
    return (*dated(plan), o.last_day >= quarter.first_day, o.last_day <= quarter.last_day, *whose)


def by_agency(
    connection: Connection, plan: str, on: date, quarter: Period, agencies: Collection[str] = ()
) -> dict[str, Reckoning]:
    """Reckon a quarter's products by agency: of those named, else of all."""
    found = reckon_by(connection, plan, on, _of(plan, quarter, agencies), (o.agency_id,))
    return {str(key): reckoned for (key,), reckoned in found.items()}


def products(
    connection: Connection, plan: str, on: date, quarter: Period, agencies: Collection[str] = ()
) -> list[Product]:
    """Return a quarter's products one by one, each in the column in which it is counted."""
    asked = (
        select(func.count())
        .where(history.c.obligation_id == o.id, history.c.what == ASK_MORE)
        .correlate(obligations)
        .scalar_subquery()
    )
    query = (
        select(
            o.key,
            o.agency_id,
            o.kind,
            o.item,
            o.period,
            o.last_day,
            o.done_on,
            type_coerce(share(plan, on), Named(Share, 30)).label("share"),
            _officer().label("officer"),
            asked.label("asked_more"),
        )
        .where(*_of(plan, quarter, agencies))
        .order_by(o.agency_id, o.last_day, o.key)
    )
    return all_of(connection, Product, query)


def grades_of(connection: Connection, plan: str, quarter: Period) -> dict[str, Grade]:
    """Return what is kept of a quarter by agency."""
    query = select(grades).where(g.plan == plan, g.quarter == quarter)
    return {row.agency_id: row for row in all_of(connection, Grade, query)}


def slips_of(connection: Connection, plan: str, agency: str) -> list[Grade]:
    """Return what is kept of an agency, the newest quarter first."""
    query = select(grades).where(g.plan == plan, g.agency_id == agency).order_by(g.quarter.desc())
    return all_of(connection, Grade, query)


def quarters_drafted(connection: Connection, plan: str) -> list[Period]:
    """Return the quarters of which anything is kept, the newest first."""
    query = select(g.quarter).where(g.plan == plan).distinct().order_by(g.quarter.desc())
    return list(connection.scalars(query))


def grade_of(connection: Connection, plan: str, agency: str, quarter: Period) -> Grade | None:
    """Return what is kept of an agency in a quarter, locked until the transaction ends."""
    query = select(grades).where(g.plan == plan, g.agency_id == agency, g.quarter == quarter)
    return one_of(connection, Grade, query.with_for_update())


@dataclass(frozen=True, kw_only=True)
class Drafted:
    """What is drafted of one agency."""

    plan: str
    agency: str
    quarter: Period
    rule: str
    content: Figures
    as_of: date
    contest_until: date
    at: datetime
    by: str
    reply: str | None
    """What is answered to the word that the unit has said on the draft before."""


def draft(connection: Connection, drafted: Drafted, before: Grade | None) -> None:
    """Write a draft, in place of an earlier one that is not published."""
    values = {
        "state": GradeState.DRAFT.value,
        "rule": drafted.rule,
        "content": drafted.content,
        "as_of": drafted.as_of,
        "contest_until": drafted.contest_until,
        "drafted_at": drafted.at,
        "drafted_by": drafted.by,
        "answered_at": None,
        "answered_by": None,
        "answer": None,
        "told_at": None,
        "reply": drafted.reply,
    }
    if before is None:
        named = {"plan": drafted.plan, "agency_id": drafted.agency, "quarter": drafted.quarter}
        connection.execute(grades.insert().values(**named, **values))
    else:
        connection.execute(grades.update().where(g.id == before.id).values(**values))
    what = "grade-draft" if drafted.reply is None else "grade-reply"
    _tell(connection, drafted.plan, what, drafted.agency, drafted.quarter, drafted.by, drafted.at)


def write_told(connection: Connection, drafted: Drafted) -> None:
    """Write down that the unit's mail with the draft has been written."""
    same = (g.plan == drafted.plan, g.agency_id == drafted.agency, g.quarter == drafted.quarter)
    connection.execute(grades.update().where(*same).values(told_at=drafted.at))


def answer(connection: Connection, row: Grade, state: GradeState, by: str, at: datetime, said: str) -> None:
    """Write down the unit's word."""
    values = {"state": state.value, "answered_at": at, "answered_by": by, "answer": said}
    connection.execute(grades.update().where(g.id == row.id).values(**values))
    what = "grade-contest" if state is GradeState.CONTESTED else "grade-accept"
    _tell(connection, row.plan, what, row.agency_id, row.quarter, by, at)


def publish(connection: Connection, row: Grade, by: str, at: datetime) -> None:
    """Write down that it is published."""
    values = {"state": GradeState.PUBLISHED.value, "published_at": at, "published_by": by}
    connection.execute(grades.update().where(g.id == row.id).values(**values))
    _tell(connection, row.plan, "grade-publish", row.agency_id, row.quarter, by, at)


def _tell(
    connection: Connection, plan: str, what: str, agency: str, quarter: Period, by: str, at: datetime
) -> None:
    details = {"quarter": str(quarter)}
    write(connection, Happening(at=at, plan=plan, what=what, subject=agency, by=by, details=details))
