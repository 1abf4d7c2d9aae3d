"""A workbook handed in as a whole: every duty of it in one transaction, or none."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy import Connection

from store.ledger import find
from tasks_lib.answering.answering import answer_of, explanation_of, nothing_said
from tasks_lib.answering.explain import explain_within
from tasks_lib.answering.submit import Nothing, Submission, nothing_within, submit, submit_within
from tasks_lib.duties.change import Change, changing
from tasks_lib.kernel.bootstrap import House
from tasks_lib.kernel.clock import local_day
from tasks_lib.workbooks.lines import WorkbookKind
from tasks_lib.workbooks.opened import Opened
from tasks_lib.workbooks.read import FilledDuty, FilledReport, Told, read_duties, read_report


@dataclass(frozen=True, kw_only=True)
class Giver:
    """Who hands a workbook in."""

    by: str
    as_of: datetime
    person: str = ""
    missing: tuple[str, ...] = ()
    """The units below that are named as not having reported."""


Filled = tuple[FilledDuty, ...] | FilledReport


def read(house: House, book: Opened, giver: Giver) -> Filled:
    """Read a workbook of either kind; raise what is wrong with it."""
    if book.kind is WorkbookKind.DUTIES:
        return read_duties(house, book, giver.by, giver.as_of)
    return read_report(house, book, giver.by, giver.as_of)


def told(filled: Filled) -> tuple[Told, ...]:
    """Return what was read, value by value."""
    if isinstance(filled, FilledReport):
        return filled.told
    return tuple(told for duty in filled for told in duty.told)


def hand_in(house: House, filled: Filled, giver: Giver) -> list[Change]:
    """Hand in what a workbook says: all of it, or nothing."""
    if not isinstance(filled, FilledReport):
        return hand_in_duties(house, filled, giver)
    filled.check_complete()
    row, content = filled.page.row, filled.content.but(missing=giver.missing)
    answer = replace(answer_of(house, row, content, local_day(giver.as_of)), person=giver.person)
    return [submit(house, row.key, giver.by, giver.as_of, answer, row.version)]


def hand_in_duties(house: House, duties: Sequence[FilledDuty], giver: Giver) -> list[Change]:
    """Hand in duties together: one that is refused on the way keeps all of them out."""
    with changing(house, giver.as_of) as connection:
        return [_hand_in(connection, house, duty, giver) for duty in duties]


def _hand_in(connection: Connection, house: House, duty: FilledDuty, giver: Giver) -> Change:
    key, version, content = duty.card.key, duty.card.version, duty.content
    row, on = find(connection, house.plan.key, key), local_day(giver.as_of)
    if content.only_explains:
        stated = explanation_of(house, row, content, on)
        return explain_within(connection, house, key, giver.by, giver.as_of, stated, giver.person)
    if content.nothing:
        said = nothing_said(row, content, "", "", with_files=bool(content.files))
        nothing = Nothing(key=key, by=giver.by, reason=said, version=version, person=giver.person)
        return nothing_within(connection, house, nothing, giver.as_of)
    answer = replace(answer_of(house, row, content, on), person=giver.person)
    given = Submission(key=key, by=giver.by, answer=answer, version=version, files=content.files)
    return submit_within(connection, house, given, giver.as_of)
