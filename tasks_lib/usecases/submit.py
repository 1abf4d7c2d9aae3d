"""A unit answers: a report with figures and evidence, a signed document, or "nothing arose"."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date, datetime
from pathlib import Path
from typing import Any

from sqlalchemy import Connection

from obligations.answers import WITHOUT
from obligations.chain import may_record_document
from obligations.errors import Invalid, Refused
from obligations.ladder import ladder_for
from obligations.model import Judged, Kind, LegKind, WorkState
from obligations.obligation import Obligation
from obligations.states import Action, counts_on, earliest, is_updated_late
from obligations.true_days import check_arrival
from obligations.words import day as words
from store.ledger import Entry, act, check_version, mirror_rows, sleep_legs, start_leg, withdraw_proposal
from store.reports import Document, Stored, Version, write_document, write_version
from store.schedules import Schedules
from tasks_lib.bootstrap import House
from tasks_lib.clock import local_day
from tasks_lib.evidence import Upload, keep
from tasks_lib.figures import read_figures
from tasks_lib.usecases.change import (
    Change,
    actor,
    as_changed,
    changing,
    check_side,
    current,
    needs_no_review,
)
from tasks_lib.usecases.cycle_form import Filled, RowAnswer, write_rows
from tasks_lib.usecases.enough import Says, check_has_closed, check_says_something, why_no_nothing
from tasks_lib.usecases.sign_off import missing_below, signed_off
from tasks_lib.usecases.stated_days import UNTIL_CONFIRMED, Stated, day_to_confirm, why_doubted

ANSWERABLE = (WorkState.WAITING, WorkState.OPEN, WorkState.SUBMITTED, WorkState.MORE_ASKED)


@dataclass(frozen=True, kw_only=True)
class Answer:
    """What a unit hands in."""

    completed_on: date | None = None
    text: str = ""
    difficulty: str = ""
    figures: dict[str, object] = field(default_factory=dict)
    estimates: dict[str, object] = field(default_factory=dict)
    """The same figures as expected at the period's end; optional."""
    evidence: tuple[Path | Upload | Stored, ...] = ()
    document: Document | None = None
    """The signed document it travelled by, where the unit enters it with its report."""
    reason: str = ""
    """The reason for delay, when it is late."""
    without: str = ""
    """Why it goes without figures, file and document, where it does."""
    rows: tuple[RowAnswer, ...] = ()
    """For a cycle report: what each of its rows says."""
    missing: tuple[str, ...] = ()
    """For a report that consolidates: the units below that are named as not having reported."""
    drafted_by: str = ""
    approved_by: str = ""
    person: str = ""
    """Who of the unit hands it in, as the portal knows them."""


def submit(
    house: House, key: str, by: str, as_of: datetime, answer: Answer, version: int | None = None
) -> Change:
    """Hand in a report; it stops the ladder, and a cycle report answers all its rows at once."""
    files = keep(house.settings, answer.evidence)
    with changing(house, as_of) as connection:
        row = current(connection, house, key, as_of)
        check_side(house, row, by)
        check_version(row, version)
        handed = _Handed(
            entered_at=as_of, by=by, completed_on=answer.completed_on, proven=bool(files),
            arrived_on=local_day(as_of), text=_text(answer), difficulty=answer.difficulty,
            figures=_figures(house, row, answer.figures), estimates=_figures(house, row, answer.estimates),
            files=files, reason=answer.reason, rows=answer.rows, drafted_by=answer.drafted_by,
            approved_by=answer.approved_by, person=answer.person,
            missing=signed_off(connection, house, row, answer.missing),
        )  # fmt: skip
        check_says_something(connection, house, row, says_of(answer, has_files=bool(files)))
        if answer.document is not None:
            number = write_document(connection, house.plan.key, answer.document, by, as_of)
            handed = _signed(handed, answer.document, number)
        return as_changed(connection, house, key, _hand_in(connection, house, row, handed))


def record_document(
    house: House,
    keys: tuple[str, ...],
    by: str,
    as_of: datetime,
    document: Document,
    arrived_on: date | None = None,
    *,
    person: str = "",
) -> list[Change]:
    """Enter one signed document that answers one or many obligations, by the unit or its receiving desk.

    It counts from its own date and withdraws a red mark; what is judged by arrival counts from the day it
    reached the desk, by default that of the document. What has been signed is what it is: where it
    consolidates, whoever is missing is noted by machine.
    """
    if not document.number.strip():
        raise Invalid("--number: nhập số, ký hiệu của văn bản")
    arrived = arrived_on or document.signed_on
    check_arrival(arrived, document.signed_on, local_day(as_of))
    changes = []
    with changing(house, as_of) as connection:
        actor(house, by)
        number = write_document(connection, house.plan.key, document, by, as_of)
        for key in keys:
            row = current(connection, house, key, as_of)
            if not may_record_document(by, house.agency(row.agency_id), house.plan):
                raise Refused(f"{key}: {by} không được ghi nhận văn bản thay đơn vị này")
            plain = _Handed(
                entered_at=as_of, by=by, completed_on=None, proven=False, arrived_on=arrived, person=person,
                missing=missing_below(connection, house, row),
            )  # fmt: skip
            handed = replace(_signed(plain, document, number), arrived_on=arrived)
            changes.append(as_changed(connection, house, key, _hand_in(connection, house, row, handed)))
    return changes


def nothing_arose(
    house: House,
    key: str,
    by: str,
    as_of: datetime,
    reason: str = "",
    version: int | None = None,
    *,
    missing: tuple[str, ...] = (),
    person: str = "",
) -> Change:
    """Record the unit's own answer that nothing arose; an answer, not silence (domain part 3).

    A district that so answers for itself and its communes names those that have not reported.
    """
    with changing(house, as_of) as connection:
        row = current(connection, house, key, as_of)
        check_side(house, row, by)
        check_version(row, version)
        if refusal := why_no_nothing(house, row):
            raise Refused(f"{key}: {refusal}")
        on = local_day(as_of)
        absent = signed_off(connection, house, row, missing)
        why = reason or "không phát sinh"
        entry = Entry(at=as_of, by=by, what="nothing-arose", why=why, person=person or None)
        written = act(
            connection, row, Action.NOTHING_AROSE, entry,
            version=row.version + 1, done_on=on, answer_by=_answer_by(house, on),
        )  # fmt: skip
        write_version(
            connection,
            Version(
                obligation_id=row.id, version=row.version + 1, entered_at=as_of, entered_by=by,
                completed_on=None, arrived_on=on, counts_on=on, text=reason, missing=absent,
            ),
        )  # fmt: skip
        sleep_legs(connection, row.id)
        withdraw_proposal(connection, row.id, "đơn vị trả lời không phát sinh")
        return as_changed(connection, house, key, written)


@dataclass(frozen=True, kw_only=True)
class _Handed:
    """One handing-in, whichever way it came."""

    entered_at: datetime
    by: str
    completed_on: date | None
    proven: bool
    arrived_on: date
    text: str = ""
    difficulty: str = ""
    figures: dict[str, Any] = field(default_factory=dict)
    estimates: dict[str, Any] = field(default_factory=dict)
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

    def entry(self, why: str) -> Entry:
        """Return its line of the history."""
        return Entry(at=self.entered_at, by=self.by, what="submit", why=why, person=self.person or None)


def says_of(answer: Answer, *, has_files: bool) -> Says:
    """Return what goes with an answer, as far as it decides whether it is empty."""
    return Says(
        given=bool(answer.figures) or any(row.text or row.figures for row in answer.rows),
        proven=has_files or answer.document is not None, text=answer.text, without=answer.without,
    )  # fmt: skip


def _text(answer: Answer) -> str:
    said = (answer.text, f"{WITHOUT}: {answer.without}" if answer.without else "")
    return "\n".join(part for part in said if part)


def _signed(handed: _Handed, document: Document, number: int) -> _Handed:
    """Return what was handed in as it counts by its signed document: from that document's day.

    A day of completion declared beside it needs a file of its own.
    """
    declared = handed.completed_on if handed.files else None
    return replace(
        handed, completed_on=declared or document.signed_on, proven=True, arrived_on=document.signed_on,
        document_id=number, document_on=document.signed_on,
        note=f"văn bản số {document.number} ngày {words(document.signed_on)}",
    )  # fmt: skip


def _figures(house: House, row: Obligation, given: dict[str, object]) -> dict[str, Any]:
    item = house.plan.item(row.item) if row.item else None
    if item is None:
        if given:
            raise Invalid(f"{row.key}: báo cáo này không có số liệu riêng; nhập theo từng dòng (--from)")
        return {}
    return dict(read_figures(item.key, item.figures, given))


def _hand_in(connection: Connection, house: House, row: Obligation, handed: _Handed) -> int:
    if row.parent_id is not None:
        raise Refused(f"{row.key}: dòng này được trả lời trong báo cáo kỳ của đơn vị")
    on = local_day(handed.entered_at)
    check_has_closed(house, row, on)
    claimed = counts_on(
        Judged(row.judged),
        completed_on=handed.completed_on,
        proven=handed.proven,
        entered_on=on,
        arrived_on=handed.arrived_on,
    )
    stated = Stated(
        completed_on=handed.completed_on, document_on=handed.document_on, arrived_on=handed.arrived_on
    )
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
        answer_by=None if no_review else _answer_by(house, on),
        updated_late=is_updated_late(None if doubted else handed.completed_on, on, allowed, house.calendar),
        delay_reason=handed.reason or row.delay_reason,
    )
    write_version(
        connection,
        Version(
            obligation_id=row.id, version=row.version + 1, entered_at=handed.entered_at,
            entered_by=handed.by, completed_on=handed.completed_on, arrived_on=handed.arrived_on,
            counts_on=day, text=handed.text, difficulty=handed.difficulty, figures=handed.figures,
            estimates=handed.estimates, missing=handed.missing, drafted_by=handed.drafted_by or None,
            approved_by=handed.approved_by or None, document_id=handed.document_id,
        ),
        handed.files,
    )  # fmt: skip
    sleep_legs(connection, row.id)
    withdraw_proposal(connection, row.id, "đã có báo cáo")
    if row.is_cycle_report:
        _answer_rows(connection, house, row, handed, done_on)
    return written


def _answer_by(house: House, on: date) -> date:
    return house.calendar.add(on, house.plan.settings.review_working_days)


def _why(row: Obligation, handed: _Handed, done_on: date, doubted: str) -> str:
    parts = [handed.note, handed.reason]
    parts += [f"{doubted}: {UNTIL_CONFIRMED}"] if doubted else []
    parts += [f"người soạn {handed.drafted_by}"] if handed.drafted_by else []
    parts += [f"người duyệt {handed.approved_by}"] if handed.approved_by else []
    if local_day(handed.entered_at) > row.last_day >= done_on:
        parts.append("hoàn thành trong hạn: rút dấu quá hạn")
    return "; ".join(part for part in parts if part)


def _answer_rows(
    connection: Connection, house: House, row: Obligation, handed: _Handed, done_on: date
) -> None:
    entry = handed.entry(f"trả lời trong {row.key}")
    mirror_rows(
        connection, row.id, WorkState.SUBMITTED, ANSWERABLE, entry,
        version=row.version + 1, done_on=done_on,
    )  # fmt: skip
    filled = Filled(report_id=row.id, version=row.version + 1, at=handed.entered_at, by=handed.by, on=done_on)
    write_rows(connection, filled, handed.rows)
    _start_review(connection, house, row, local_day(handed.entered_at))


def _start_review(connection: Connection, house: House, row: Obligation, on: date) -> None:
    """Only an unreviewed cycle report climbs (domain part 4): its review has a ladder of its own."""
    ladder = ladder_for(house.plan, kind=Kind.REPORT, agency=house.agency(row.agency_id), leg=LegKind.REVIEW)
    if ladder is None:
        return
    schedule = Schedules(connection, house.calendar).ensure(ladder, on, on)
    start_leg(connection, row.id, LegKind.REVIEW, schedule, on)
