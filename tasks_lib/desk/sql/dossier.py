"""All that is known of one obligation, in a fixed number of queries."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import Connection, Date, and_, bindparam, or_, select

from obligations.figures import Figures
from obligations.model import Kind, Part, WorkState
from obligations.obligation import ObligationOnDay
from obligations.period import Period
from store.clauses import EVENT_TITLE
from store.door import AnyColumn, all_of, one_of, whole
from store.duties import on_day
from store.rows import HistoryRow, Notice, PauseRow, Report, SignedDocument
from store.schema import (
    documents,
    history,
    messages,
    notices,
    obligations,
    pauses,
    reports,
)

_parent = obligations.alias("parent")
# Put together once: the page is opened all day, and building a statement costs more than running it.
_PLAN: AnyColumn = bindparam("of_plan")
_ON: AnyColumn = bindparam("of_on", type_=Date)
_ROW = (
    select(*on_day(_PLAN, _ON), _parent.c.key.label("parent_key"))
    .outerjoin(_parent, _parent.c.id == obligations.c.parent_id)
    .where(obligations.c.plan == _PLAN, obligations.c.key == bindparam("of_key"))
)
_PAUSES = (
    select(pauses)
    .where(
        pauses.c.plan == _PLAN,
        pauses.c.withdrawn.is_(None),
        or_(pauses.c.everywhere, pauses.c.place_id.in_(bindparam("of_places", expanding=True))),
    )
    .order_by(pauses.c.from_day)
)
_HISTORY = select(history).where(history.c.obligation_id == bindparam("of_id")).order_by(history.c.id)
_VERSIONS = (
    select(
        reports,
        *whole("document", documents),
    )
    .outerjoin(documents, documents.c.id == reports.c.document_id)
    .where(reports.c.obligation_id == bindparam("of_id"))
    .order_by(reports.c.version)
)
_TOLD = (
    select(
        notices,
        obligations.c.key,
        obligations.c.kind,
        obligations.c.period,
        EVENT_TITLE,
        messages.c.state.label("mail_state"),
        messages.c.sent_at,
    )
    .join(obligations, obligations.c.id == notices.c.obligation_id)
    .outerjoin(messages, messages.c.id == notices.c.message_id)
    .order_by(notices.c.recorded_on, notices.c.id)
)
_NOTICES = _TOLD.where(notices.c.obligation_id == bindparam("of_id"))
_NOTICES_ABOUT = _TOLD.where(
    obligations.c.plan == bindparam("of_plan"), obligations.c.agency_id == bindparam("of_agency")
)
_SAID_ABOUT = (
    select(
        history, obligations.c.key, obligations.c.kind, obligations.c.item, obligations.c.period, EVENT_TITLE
    )
    .join(obligations, obligations.c.id == history.c.obligation_id)
    .where(obligations.c.plan == bindparam("of_plan"), obligations.c.agency_id == bindparam("of_agency"))
    .order_by(history.c.at, history.c.id)
)
_LINES = (
    select(
        obligations.c.key,
        obligations.c.item,
        obligations.c.part,
        obligations.c.agency_id,
        obligations.c.work_state,
        reports.c.version.label("of_version"),
        reports.c.text,
        reports.c.figures,
        reports.c.estimates,
    )
    .outerjoin(
        reports,
        and_(reports.c.obligation_id == obligations.c.id, reports.c.version == obligations.c.version),
    )
    .where(obligations.c.parent_id == bindparam("of_id"))
    .order_by(obligations.c.id)
)


@dataclass(frozen=True, kw_only=True, slots=True)
class DossierRow(ObligationOnDay):
    """An obligation on its own page."""

    parent_key: str | None


def obligation_row(connection: Connection, plan: str, key: str, on: date) -> DossierRow | None:
    """Return an obligation with what its time state is derived from, and the report that answers it."""
    return one_of(connection, DossierRow, _ROW, {"of_plan": plan, "of_key": key, "of_on": on})


def history_rows(connection: Connection, obligation: int) -> list[HistoryRow]:
    """Return what was done, oldest first."""
    return all_of(connection, HistoryRow, _HISTORY, {"of_id": obligation})


@dataclass(frozen=True, kw_only=True, slots=True)
class ReportOnPaper(Report):
    """A version of a report with the document it travelled by."""

    document: SignedDocument | None


def version_rows(connection: Connection, obligation: int) -> list[ReportOnPaper]:
    """Return the versions of the report with the documents they travelled by, oldest first."""
    return all_of(connection, ReportOnPaper, _VERSIONS, {"of_id": obligation})


@dataclass(frozen=True, kw_only=True, slots=True)
class ToldRow(Notice):
    """What was told, and what became of its mail."""

    key: str
    kind: Kind
    period: Period
    event: str
    mail_state: str | None
    sent_at: datetime | None


def notice_rows(connection: Connection, obligation: int) -> list[ToldRow]:
    """Return what was told, and what became of its mail, oldest first."""
    return all_of(connection, ToldRow, _NOTICES, {"of_id": obligation})


@dataclass(frozen=True, kw_only=True, slots=True)
class LineRow:
    """A row of a cycle report with what it says."""

    key: str
    item: str
    part: Part
    agency_id: str
    work_state: WorkState
    of_version: int | None
    text: str | None
    figures: Figures | None
    estimates: Figures | None


def line_rows(connection: Connection, obligation: int) -> list[LineRow]:
    """Return the rows of a cycle report with what they say."""
    return all_of(connection, LineRow, _LINES, {"of_id": obligation})


def notices_about(connection: Connection, plan: str, agency: str) -> list[ToldRow]:
    """Return all that was told about what one agency owes, oldest first."""
    return all_of(connection, ToldRow, _NOTICES_ABOUT, {"of_plan": plan, "of_agency": agency})


@dataclass(frozen=True, kw_only=True, slots=True)
class SaidRow(HistoryRow):
    """What was done, with the duty it was done to."""

    key: str
    kind: Kind
    item: str | None
    period: Period
    event: str


def said_about(connection: Connection, plan: str, agency: str, what: Collection[str]) -> list[SaidRow]:
    """Return what was done of some sorts (calls, directives) to what one agency owes, oldest first."""
    query = _SAID_ABOUT.where(history.c.what.in_(list(what)))
    return all_of(connection, SaidRow, query, {"of_plan": plan, "of_agency": agency})


def pauses_at(connection: Connection, plan: str, places: Collection[str | None]) -> list[PauseRow]:
    """Return the pauses of some places as they stand, those of everybody among them."""
    named = [place for place in places if place]
    return all_of(connection, PauseRow, _PAUSES, {"of_plan": plan, "of_places": named})
