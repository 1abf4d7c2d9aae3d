"""What waits for a unit's leader, as it will be sent."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from obligations.figures import EVENTS
from obligations.model import Item
from store import unit_form as store
from store.engine import reading
from store.unit_form import Drafted, RowOf
from tasks_lib.answering.drafts import current_draft
from tasks_lib.answering.one_report import item_of_other
from tasks_lib.answering.report_draft import ReportDraft, RowDraft, opened
from tasks_lib.answering.unit_form import form_of
from tasks_lib.duties.our_days import ToldDay, read_papers, told_day
from tasks_lib.kernel.bootstrap import House
from tasks_lib.kernel.wording import title


@dataclass(frozen=True, kw_only=True)
class Written:
    """One row of a cycle report, or the report of a task itself."""

    heading: str
    text: str
    figures: tuple[tuple[str, str], ...]
    """Names and what was typed."""
    estimates: tuple[tuple[str, str], ...]


@dataclass(frozen=True, kw_only=True)
class Presented:
    """A draft that waits for an approval."""

    id: int
    key: str
    item: str | None
    title: str
    kind: str
    told_day: ToldDay
    version: int
    """The draft's."""
    drafted_by: str
    at: datetime
    presented_to: str
    content: ReportDraft
    form: str
    """Where it has a form of its own."""
    written: tuple[Written, ...]


def presented(house: House, agency: str, on: date, first: int | None = None) -> list[Presented]:
    """Return what waits for a unit's leader on a day; `first` is what the link was made for."""
    with reading(house.engine) as connection:
        rows = [r for r in store.presented(connection, house.plan.key, agency) if current_draft(r, r.draft)]
        lines = store.rows_of(connection, [r.id for r in rows])
        papers = read_papers(connection, house, [r.id for r in rows])
    found = [_presented(house, row, lines, told_day(house, row, papers, on)) for row in rows]
    return sorted(found, key=lambda one: (one.id != first, one.told_day.day, one.id))


def _presented(house: House, row: Drafted, lines: Mapping[str, RowOf], told: ToldDay) -> Presented:
    content = opened(row.draft.content)
    return Presented(
        id=row.id,
        key=row.key,
        item=row.item,
        title=title(house, row.kind, row.item, row.period, row.event),
        kind=row.kind,
        told_day=told,
        version=row.draft.version,
        drafted_by=row.draft.drafted_by,
        at=row.draft.drafted_at,
        presented_to=row.draft.presented_to,
        content=content,
        form=form_of(house, row),
        written=_written(house, row, content, lines),
    )


def _written(
    house: House, row: Drafted, content: ReportDraft, lines: Mapping[str, RowOf]
) -> tuple[Written, ...]:
    own = house.plan.item(row.item) if row.item else None
    head = _line("", own, content.but(text=""))
    found = [head] if head.figures else []
    for key, fields in content.rows.items():
        line = lines.get(key)
        item = house.plan.item(line.item) if line is not None else item_of_other(house, key)
        heading = f"{item.key}. {item.title}" if item is not None else key
        found.append(_line(heading, item, fields))
    return tuple(found)


def _line(heading: str, item: Item | None, fields: RowDraft) -> Written:
    names = {f.key: f.name for f in item.figures} if item is not None else {}
    events = str(fields.events or "")
    counted = [("Số lần phát sinh trong kỳ", events)] if events else []
    return Written(
        heading=heading,
        text=fields.text,
        figures=(*counted, *_named(names, fields.figures)),
        estimates=tuple(_named(names, fields.estimates)),
    )


def _named(names: Mapping[str, str], given: Mapping[str, object]) -> list[tuple[str, str]]:
    return [(names.get(key, key), str(value)) for key, value in given.items() if key != EVENTS and value]
