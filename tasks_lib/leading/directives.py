"""Ý kiến chỉ đạo: a leader tells late units something, mailed down by their desk and kept in the history."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Connection

from obligations.chain import may_review
from obligations.deeds import DIRECTIVE
from obligations.errors import Invalid, Refused
from obligations.model import Agency
from obligations.obligation import Obligation
from store.directives import last_told, named_for_change
from store.ledger import Entry, write_history
from tasks_lib.duties.change import actor, changing
from tasks_lib.kernel.bootstrap import House
from tasks_lib.kernel.clock import local_day
from tasks_lib.kernel.links import Purpose, Wanted, issue
from tasks_lib.mailing.notes import Note, post

MOST_LETTERS = 4000
"""A directive is a paragraph or two; more is a document."""


@dataclass(frozen=True, kw_only=True)
class DirectedUnit:
    """One unit that was written to."""

    agency: str
    name: str
    keys: tuple[str, ...]
    message: int
    """The number of the mail."""


@dataclass(frozen=True, kw_only=True)
class Directed:
    """What became of a directive."""

    units: tuple[DirectedUnit, ...]
    passed_over: tuple[str, ...]
    """Keys of what has been reported meanwhile, or was told the same today already."""


def may_direct(house: House, by: str, agency: Agency) -> bool:
    """Whether an agency's leaders may tell another something: those it reviews, and nobody invited."""
    return agency.id != by and not agency.invited and may_review(by, agency, house.plan)


def direct(
    house: House, by: str, as_of: datetime, keys: Collection[str], text: str, person: str = ""
) -> Directed:
    """Tell the units that owe these obligations something: one mail a unit, a line in each history.

    A district reaches its communes, the collator departments and districts; nothing goes up. What has been
    reported meanwhile is passed over, and so is what was told the same on the same day already: a button
    pressed twice writes once.
    """
    actor(house, by)
    text = _checked(keys, text)
    with changing(house, as_of) as connection:
        rows = _rows(connection, house, by, keys)
        due = _still_due(connection, rows, by, text, as_of)
        if not due:
            raise Refused("các đơn vị đã báo cáo hoặc đã nhận ý kiến này; không có thư nào được gửi")
        entry = Entry(at=as_of, by=by, what=DIRECTIVE, why=text, person=person or None)
        for row in due:
            write_history(connection, row.id, entry, row.work_state, row.work_state)
        told = {row.key for row in due}
        return Directed(
            units=tuple(_mailed(connection, house, entry, theirs) for theirs in _by_unit(due)),
            passed_over=tuple(row.key for row in rows if row.key not in told),
        )


def _checked(keys: Collection[str], text: str) -> str:
    if not keys:
        raise Invalid("đơn vị: chưa chọn đơn vị nào")
    if not text.strip():
        raise Invalid("ý kiến chỉ đạo: chưa nhập nội dung")
    if len(text) > MOST_LETTERS:
        raise Invalid(f"ý kiến chỉ đạo: dài quá {MOST_LETTERS} chữ; nội dung dài cần ban hành bằng văn bản")
    return text.strip()


def _rows(connection: Connection, house: House, by: str, keys: Collection[str]) -> list[Obligation]:
    rows = named_for_change(connection, house.plan.key, keys)
    missing = set(keys) - {row.key for row in rows}
    if missing:
        raise Invalid(f"{min(missing)}: không có nhiệm vụ được giao nào với mã này")
    for row in rows:
        unit = house.agency(row.agency_id)
        if not may_direct(house, by, unit):
            raise Refused(f"{row.key}: {house.agency(by).name} không chỉ đạo trực tiếp {unit.name}")
    return rows


def _still_due(
    connection: Connection, rows: Sequence[Obligation], by: str, text: str, as_of: datetime
) -> list[Obligation]:
    told = last_told(connection, [row.id for row in rows])
    today = local_day(as_of)

    def is_repeat(row: Obligation) -> bool:
        last = told.get(row.id)
        return last is not None and (last.by, last.why, local_day(last.at)) == (by, text, today)

    return [row for row in rows if row.is_with_the_unit and not is_repeat(row)]


def _by_unit(rows: Sequence[Obligation]) -> list[list[Obligation]]:
    found: dict[str, list[Obligation]] = defaultdict(list)
    for row in rows:
        found[row.agency_id].append(row)
    return list(found.values())


def _mailed(connection: Connection, house: House, entry: Entry, rows: Sequence[Obligation]) -> DirectedUnit:
    unit = house.agency(rows[0].agency_id)
    keys = tuple(row.key for row in rows)
    only = rows[0].id if len(rows) == 1 else None
    wanted = Wanted(purpose=Purpose.ANSWER, agency=unit.id, obligation_id=only)
    link = issue(connection, house, wanted, entry.at, timedelta(days=house.settings.link_days))
    note = Note(
        sort=DIRECTIVE,
        recipient=unit.id,
        sender=entry.by,
        links={"answer": link.url},
        author=entry.person or house.agency(entry.by).name,
        text=entry.why,
        obligations=keys,
        until=link.expires,
    )
    message = post(connection, house, note, entry.at)
    return DirectedUnit(agency=unit.id, name=unit.name, keys=keys, message=message)
