"""How what was handed in becomes the newest version: its day, the end of the ladder, the turn of the desk."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date, datetime

from sqlalchemy import Connection

from obligations.answers import Document
from obligations.errors import Refused
from obligations.figures import Figures
from obligations.ladder import ladder_for
from obligations.model import Judged, Kind, LegKind, WorkState
from obligations.obligation import NamedObligation
from obligations.states import Action, counts_on, earliest, is_updated_late
from obligations.words import day as words
from store.ledger import Entry, act, mirror_rows, stand_down, start_leg
from store.reports import Stored, Version, document_of, write_document, write_version
from store.schedules import Schedules
from tasks_lib.answering.cycle_form import Filled, write_rows
from tasks_lib.answering.enough import check_has_closed
from tasks_lib.answering.one_report import RowAnswer, Served, given_in, own_rows, served
from tasks_lib.duties.change import current, needs_no_review
from tasks_lib.duties.stated_days import UNTIL_CONFIRMED, Stated, day_to_confirm, why_doubted
from tasks_lib.kernel.bootstrap import House
from tasks_lib.kernel.clock import local_day
from tasks_lib.rollup.sign_off import missing_below

ANSWERABLE = (WorkState.WAITING, WorkState.OPEN, WorkState.SUBMITTED, WorkState.MORE_ASKED)


@dataclass(frozen=True, kw_only=True)
class Handed:
    """One handing-in, whichever way it came."""

    entered_at: datetime
    by: str
    completed_on: date | None
    proven: bool
    arrived_on: date
    text: str = ""
    difficulty: str = ""
    figures: Figures = field(default_factory=dict)
    estimates: Figures = field(default_factory=dict)
    files: tuple[Stored, ...] = ()
    document_id: int | None = None
    document_on: date | None = None
    reason: str = ""
    note: str = ""
    rows: tuple[RowAnswer, ...] = ()
    missing: tuple[str, ...] = ()
    drafted_by: str = ""
    approved_by: str = ""
    person: str = ""

    @property
    def stated(self) -> Stated:
        """Return the days that it says."""
        return Stated(
            completed_on=self.completed_on, document_on=self.document_on, arrived_on=self.arrived_on
        )

    def entry(self, why: str) -> Entry:
        """Return its line of the history."""
        return Entry(at=self.entered_at, by=self.by, what="submit", why=why, person=self.person or None)

    def version_of(self, row: NamedObligation, counts_on: date) -> Version:
        """Return it as the next version of an obligation's report."""
        return Version(
            obligation_id=row.id,
            version=row.version + 1,
            entered_at=self.entered_at,
            entered_by=self.by,
            completed_on=self.completed_on,
            arrived_on=self.arrived_on,
            counts_on=counts_on,
            text=self.text,
            difficulty=self.difficulty,
            figures=self.figures,
            estimates=self.estimates,
            missing=self.missing,
            drafted_by=self.drafted_by or None,
            approved_by=self.approved_by or None,
            document_id=self.document_id,
        )


def signed(handed: Handed, document: Document, number: int) -> Handed:
    """Return what was handed in as it counts by its signed document: from that document's day.

    A day of completion declared beside it needs a file of its own.
    """
    declared = handed.completed_on if handed.files else None
    return replace(
        handed,
        completed_on=declared or document.signed_on,
        proven=True,
        arrived_on=document.signed_on,
        document_id=number,
        document_on=document.signed_on,
        note=f"văn bản số {document.number} ngày {words(document.signed_on)}",
    )


def hand_in(
    connection: Connection, house: House, row: NamedObligation, handed: Handed, *, along: bool = False
) -> int:
    """Write the newest version, stop the ladder and give the desk its turn; return the history row's id."""
    if row.parent_id is not None:
        raise Refused(f"{row.key}: dòng này được trả lời trong báo cáo kỳ của đơn vị")
    on = local_day(handed.entered_at)
    if not along:
        check_has_closed(house, row, on)
    claimed = counts_on(
        Judged(row.judged),
        completed_on=handed.completed_on,
        proven=handed.proven,
        entered_on=on,
        arrived_on=handed.arrived_on,
    )
    stated = handed.stated
    doubted = why_doubted(house, row, stated, on)
    day = on if doubted else claimed
    # More asked for, or opened again, never takes "in time" back, so the earliest version decides.
    done_on = earliest(day, row.done_on, row.kept_on) or day
    no_review = needs_no_review(row, house)
    allowed = house.plan.settings.updated_late_working_days
    written = act(
        connection,
        row,
        Action.CONFIRM if no_review else Action.SUBMIT,
        handed.entry(_why(row, handed, done_on, doubted)),
        version=row.version + 1,
        done_on=done_on,
        doubted_on=day_to_confirm(row, stated, claimed, on, doubted),
        answer_by=None if no_review else answer_by(house, on),
        updated_late=is_updated_late(None if doubted else handed.completed_on, on, allowed, house.calendar),
        delay_reason=handed.reason or row.delay_reason,
    )
    write_version(connection, handed.version_of(row, day), handed.files)
    stand_down(connection, row.id, row.version + 1)
    if row.is_cycle_report:
        _answer_rows(connection, house, row, handed, done_on)
    return written


def _hand_in_others(connection: Connection, house: House, row: NamedObligation, handed: Handed) -> None:
    """Hand in `along` the reports of other plans that this one answers: their figures close with it."""
    for other in served(connection, house, row, local_day(handed.entered_at)):
        theirs = current(connection, other.house, other.report.key, handed.entered_at)
        hand_in(connection, other.house, theirs, _along(connection, house, other, handed), along=True)


def _along(connection: Connection, house: House, other: Served, handed: Handed) -> Handed:
    """Return what was handed in as another plan has it that this report serves: its own rows and units."""
    told = replace(
        handed,
        rows=other.answers(handed.rows),
        missing=missing_below(connection, other.house, other.report),
        note="; ".join(filter(None, (handed.note, given_in(house, other.report.key)))),
    )
    if handed.document_id is None:
        return told
    paper = document_of(connection, handed.document_id)
    number = write_document(connection, other.house.plan.key, paper, handed.by, handed.entered_at)
    return replace(told, document_id=number)


def answer_by(house: House, on: date) -> date:
    """Return until when a desk has to answer what came on a day."""
    return house.calendar.add(on, house.plan.settings.review_working_days)


def _why(row: NamedObligation, handed: Handed, done_on: date, doubted: str) -> str:
    parts = [handed.note, handed.reason]
    parts += [f"{doubted}: {UNTIL_CONFIRMED}"] if doubted else []
    parts += [f"người soạn {handed.drafted_by}"] if handed.drafted_by else []
    parts += [f"người duyệt {handed.approved_by}"] if handed.approved_by else []
    if local_day(handed.entered_at) > row.last_day >= done_on:
        parts.append("hoàn thành trong hạn: rút dấu quá hạn")
    return "; ".join(part for part in parts if part)


def _answer_rows(
    connection: Connection, house: House, row: NamedObligation, handed: Handed, done_on: date
) -> None:
    entry = handed.entry(f"trả lời trong {row.key}")
    mirror_rows(
        connection,
        row.id,
        WorkState.SUBMITTED,
        ANSWERABLE,
        entry,
        version=row.version + 1,
        done_on=done_on,
    )
    filled = Filled(report_id=row.id, version=row.version + 1, at=handed.entered_at, by=handed.by, on=done_on)
    write_rows(connection, filled, own_rows(handed.rows))
    _start_review(connection, house, row, local_day(handed.entered_at))
    _hand_in_others(connection, house, row, handed)


def _start_review(connection: Connection, house: House, row: NamedObligation, on: date) -> None:
    """Only an unreviewed cycle report climbs (domain part 4): its review has a ladder of its own."""
    ladder = ladder_for(house.plan, kind=Kind.REPORT, agency=house.agency(row.agency_id), leg=LegKind.REVIEW)
    if ladder is None:
        return
    schedule = Schedules(connection, house.calendar).ensure(ladder, on, on)
    start_leg(connection, row.id, LegKind.REVIEW, schedule, on)
