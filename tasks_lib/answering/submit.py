"""A unit answers: a report with figures and evidence, a signed document, or "nothing arose"."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from pathlib import Path

from sqlalchemy import Connection

from obligations.answers import WITHOUT, Document
from obligations.chain import may_record_document
from obligations.errors import Invalid, Refused
from obligations.figures import Figures
from obligations.obligation import NamedObligation
from obligations.states import Action
from obligations.true_days import check_arrival
from store.ledger import Entry, act, check_version, stand_down
from store.reports import Stored, Version, write_document, write_version
from tasks_lib.answering.enough import Says, check_says_something, why_no_nothing
from tasks_lib.answering.hand_in import Handed, answer_by, hand_in, signed
from tasks_lib.answering.one_report import RowAnswer, check_answered_here
from tasks_lib.duties.change import (
    Change,
    actor,
    as_changed,
    changing,
    check_side,
    current,
)
from tasks_lib.evidence.looking import Upload, keep
from tasks_lib.kernel.bootstrap import House
from tasks_lib.kernel.clock import local_day
from tasks_lib.kernel.figures import read_figures
from tasks_lib.rollup.sign_off import missing_below, signed_off


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


@dataclass(frozen=True, kw_only=True)
class Enclosed:
    """What goes with a signed document that is recorded: its scan, figures in it, the day it arrived."""

    arrived_on: date | None = None
    """The day it reached the desk; by default its own."""
    files: tuple[Path | Upload | Stored, ...] = ()
    figures: Mapping[str, object] = field(default_factory=dict)
    """Of the one obligation it is recorded for."""


NOTHING_ENCLOSED = Enclosed()


def submit(
    house: House, key: str, by: str, as_of: datetime, answer: Answer, version: int | None = None
) -> Change:
    """Hand in a report; it stops the ladder, and a cycle report answers all its rows at once."""
    files = keep(house.settings, answer.evidence)
    with changing(house, as_of) as connection:
        given = Submission(key=key, by=by, answer=answer, version=version, files=files)
        return submit_within(connection, house, given, as_of)


@dataclass(frozen=True, kw_only=True)
class Submission:
    """A report as it is handed in."""

    key: str
    by: str
    answer: Answer
    version: int | None = None
    """The report's version that was seen."""
    files: tuple[Stored, ...] = ()
    """What has been kept of its evidence."""


def submit_within(connection: Connection, house: House, given: Submission, as_of: datetime) -> Change:
    """Hand in a report with others or with none of them; its files have been kept."""
    by, answer, files = given.by, given.answer, given.files
    row = current(connection, house, given.key, as_of)
    check_side(house, row, by)
    check_version(row, given.version)
    check_answered_here(connection, house, row, local_day(as_of))
    handed = Handed(
        entered_at=as_of,
        by=by,
        completed_on=answer.completed_on,
        proven=bool(files),
        arrived_on=local_day(as_of),
        text=_text(answer),
        difficulty=answer.difficulty,
        figures=_figures(house, row, answer.figures),
        estimates=_figures(house, row, answer.estimates),
        files=files,
        reason=answer.reason,
        rows=answer.rows,
        drafted_by=answer.drafted_by,
        approved_by=answer.approved_by,
        person=answer.person,
        missing=signed_off(connection, house, row, answer.missing),
    )
    check_says_something(connection, house, row, says_of(answer, has_files=bool(files)))
    if answer.document is not None:
        number = write_document(connection, house.plan.key, answer.document, by, as_of)
        handed = signed(handed, answer.document, number)
    return as_changed(connection, house, given.key, hand_in(connection, house, row, handed))


def record_document(
    house: House,
    keys: tuple[str, ...],
    by: str,
    as_of: datetime,
    document: Document,
    *,
    person: str = "",
    beside: Enclosed = NOTHING_ENCLOSED,
) -> list[Change]:
    """Enter one signed document that answers one or many obligations, by the unit or its receiving desk.

    It counts from its own date and withdraws a red mark; what is judged by arrival counts from the day it
    reached the desk, by default that of the document. What has been signed is what it is: where it
    consolidates, whoever is missing is noted by machine.
    """
    if beside.figures and len(keys) > 1:
        raise Invalid("--figure: số liệu chỉ nhập khi ghi nhận văn bản cho một nhiệm vụ")
    plain = _on_paper(by, as_of, document, beside.arrived_on, person)
    files = keep(house.settings, beside.files, asked_by="--file")
    changes = []
    with changing(house, as_of) as connection:
        actor(house, by)
        number = write_document(connection, house.plan.key, document, by, as_of)
        for key in keys:
            row = current(connection, house, key, as_of)
            _check_records(house, row, by)
            enclosed = replace(
                plain,
                figures=_figures(house, row, beside.figures),
                files=files,
                missing=missing_below(connection, house, row),
            )
            handed = replace(signed(enclosed, document, number), arrived_on=plain.arrived_on)
            changes.append(as_changed(connection, house, key, hand_in(connection, house, row, handed)))
    return changes


def _on_paper(by: str, as_of: datetime, document: Document, arrived_on: date | None, person: str) -> Handed:
    """Return what a signed document says of itself; raise Invalid where its number or days cannot be."""
    if not document.number.strip():
        raise Invalid("--number: nhập số, ký hiệu của văn bản")
    arrived = arrived_on or document.signed_on
    check_arrival(arrived, document.signed_on, local_day(as_of))
    return Handed(entered_at=as_of, by=by, completed_on=None, proven=False, arrived_on=arrived, person=person)


def _check_records(house: House, row: NamedObligation, by: str) -> None:
    if not may_record_document(by, house.agency(row.agency_id), house.plan):
        who = house.agency(by).name
        raise Refused(f"{row.key}: {who} không được ghi nhận văn bản thay đơn vị này")


def nothing_arose(house: House, said: Nothing, as_of: datetime) -> Change:
    """Record the unit's own answer that nothing arose; an answer, not silence (domain part 3).

    A district that so answers for itself and its communes names those that have not reported.
    """
    with changing(house, as_of) as connection:
        return nothing_within(connection, house, said, as_of)


@dataclass(frozen=True, kw_only=True)
class Nothing:
    """The answer that nothing arose."""

    key: str
    by: str
    reason: str = ""
    version: int | None = None
    missing: tuple[str, ...] = ()
    person: str = ""


def nothing_within(connection: Connection, house: House, said: Nothing, as_of: datetime) -> Change:
    """Record that nothing arose, with other answers or with none of them."""
    row = current(connection, house, said.key, as_of)
    check_side(house, row, said.by)
    check_version(row, said.version)
    if refusal := why_no_nothing(house, row):
        raise Refused(f"{said.key}: {refusal}")
    on = local_day(as_of)
    why = said.reason or "không phát sinh"
    entry = Entry(at=as_of, by=said.by, what="nothing-arose", why=why, person=said.person or None)
    told = Version(
        obligation_id=row.id,
        version=row.version + 1,
        entered_at=as_of,
        entered_by=said.by,
        completed_on=None,
        arrived_on=on,
        counts_on=on,
        text=said.reason,
        missing=signed_off(connection, house, row, said.missing),
    )
    answered = {"version": told.version, "done_on": on, "answer_by": answer_by(house, on)}
    written = act(connection, row, Action.NOTHING_AROSE, entry, **answered)
    write_version(connection, told)
    stand_down(connection, row.id, told.version)
    return as_changed(connection, house, said.key, written)


def says_of(answer: Answer, *, has_files: bool) -> Says:
    """Return what goes with an answer, as far as it decides whether it is empty."""
    return Says(
        given=bool(answer.figures) or any(row.text or row.figures for row in answer.rows),
        proven=has_files or answer.document is not None,
        text=answer.text,
        without=answer.without,
    )


def _text(answer: Answer) -> str:
    said = (answer.text, f"{WITHOUT}: {answer.without}" if answer.without else "")
    return "\n".join(part for part in said if part)


def _figures(house: House, row: NamedObligation, given: Mapping[str, object]) -> Figures:
    item = house.plan.item(row.item) if row.item else None
    if item is None:
        if given:
            raise Invalid(f"{row.key}: báo cáo này không có số liệu riêng; nhập theo từng dòng (--from)")
        return {}
    return dict(read_figures(item.key, item.figures, given))
