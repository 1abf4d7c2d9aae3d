"""A cycle report's form, row by row: what stands in the draft, and beside it what the form is helped by.

A district's part of what the plan wants reported to Sở Nội vụ by a day (3.1, 3.3) has the same form: one row.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from hashlib import sha256

from obligations.errors import Invalid
from obligations.figures import EVENTS, Value, doubt, spelled
from obligations.model import Contact, Content, Plan, WorkState
from obligations.rollup import consolidates
from obligations.words import count
from store.engine import reading
from store.people import contacts_of
from store.rows import Draft
from tasks_lib.answering.cycle_words import falls, of_version, rolled_up
from tasks_lib.answering.drafts import current_draft
from tasks_lib.answering.one_report import Served, served
from tasks_lib.answering.prefill import Field, Prefill, RowPrefill, prefill
from tasks_lib.answering.report_draft import ReportDraft, RowDraft, RowSave, opened
from tasks_lib.answering.sql.cycle_page import CycleReport, report_of
from tasks_lib.kernel import typed
from tasks_lib.kernel.bootstrap import House
from tasks_lib.kernel.clock import local_day
from tasks_lib.kernel.figures import read_figures
from tasks_lib.rollup.consolidate import Line

HEAD = ""
"""Stands where a row's key would: what belongs to the report as a whole."""
HEAD_NAMES = ("text", "difficulty", "without", "completed_on", "figures")
_SAID = {*RowDraft.model_fields, *HEAD_NAMES}


@dataclass(frozen=True, kw_only=True)
class PageRow:
    """One row of the form."""

    key: str
    beside: RowPrefill
    content: Content | None
    fields: RowDraft
    saved: RowSave
    stamp: str
    """Tells later whether the row was changed, and whether somebody else changed it."""
    proposed: bool
    """Whether the text was put together from the reports below, and nobody has saved it yet."""
    plan: Plan | None = None
    """The other plan that asks it, where the report serves several."""

    @property
    def blank(self) -> bool:
        """Whether it says nothing at all."""
        return is_blank(self.fields)

    @property
    def lacks_events(self) -> bool:
        """Whether it has to say how many events there were, 0 too, and does not."""
        asked = any(field.figure.key == EVENTS for field in self.beside.fields)
        return asked and not self.value(EVENTS).strip()

    @property
    def answered(self) -> bool:
        """Whether something stands in it that somebody wrote, and nothing that must be said is wanting."""
        return not (self.blank or self.proposed or self.lacks_events)

    def value(self, figure: str, name: str = "figures") -> str:
        """Return what stands in a figure's field."""
        if figure == EVENTS:
            return str(self.fields.events or "")
        given = self.fields.figures if name == "figures" else self.fields.estimates
        return str(given.get(figure) or "")

    def read(self, field: Field, name: str = "figures") -> Value | None:
        """Return what stands in a figure's field as it is read; None where it is nothing that can be."""
        given = typed.figures({field.figure.key: self.value(field.figure.key, name)})
        try:
            return read_figures(self.beside.item.key, (field.figure,), given).get(field.figure.key)
        except Invalid:
            return None

    def echo(self, field: Field) -> str:
        """Say a number that may have been meant otherwise so that it cannot be mistaken; else ""."""
        value = self.read(field)
        return "" if value is None else spelled(value)

    def doubts(self, times: int) -> tuple[str, ...]:
        """Return what should be looked at again before the row is handed in: `times` the last is far."""
        found = []
        for field in self.beside.fields:
            now, expected = self.read(field), self.read(field, "estimates")
            if now is not None and expected is not None and falls(field, now, expected):
                found.append(f"{field.figure.name}: ước đến cuối kỳ thấp hơn số đã thực hiện")
            if now is not None and field.last is not None:
                found.append(doubt(field.figure, now, field.last.value, times))
        return tuple(words for words in found if words)


@dataclass(frozen=True, kw_only=True)
class CyclePage:
    """All that one report's form shows."""

    row: CycleReport
    beside: Prefill
    head: ReportDraft
    head_saved: RowSave
    head_stamp: str
    """Tells the same of the report's own fields as a row's stamp of the row's."""
    rows: tuple[PageRow, ...]
    draft: Draft | None
    """Where there is one for the version that is to be written next."""
    leaders: tuple[Contact, ...]
    signs_off: bool
    """Whether it consolidates what the units below report."""
    open: bool
    """Whether the unit may still write it."""
    opens_on: date | None
    """Where its time has not come."""
    others: tuple[Line, ...]
    """What the units below report of items this unit has no row for."""
    serves: tuple[Plan, ...] = ()
    """The other plans whose reports of the period are answered by it."""

    @property
    def is_task(self) -> bool:
        """Whether it is a district's part of a dated item and no cycle report."""
        return self.row.is_task

    @property
    def content(self) -> ReportDraft | None:
        """Return what the draft says; None where there is none."""
        return None if self.draft is None else opened(self.draft.content)

    @property
    def draft_version(self) -> int:
        """Return the draft's version; 0 where there is none."""
        return 0 if self.draft is None else self.draft.version

    @property
    def drafted_by(self) -> str:
        """Return who saved the draft last; "" where there is none."""
        return "" if self.draft is None else self.draft.drafted_by

    @property
    def answered_rows(self) -> int:
        """Return how many rows have been answered."""
        return sum(row.answered for row in self.rows)

    @property
    def head_blank(self) -> bool:
        """Whether nothing stands in what belongs to the report as a whole."""
        return is_blank(self.head)

    @property
    def lacking(self) -> tuple[PageRow, ...]:
        """Return the rows that say nothing at all."""
        return tuple(row for row in self.rows if row.blank)

    @property
    def without_events(self) -> tuple[PageRow, ...]:
        """Return the rows that have to say how many events there were, 0 too."""
        return tuple(row for row in self.rows if row.lacks_events)


def cycle_page(house: House, key: str, as_of: datetime) -> CyclePage:
    """Return a report's form as it stands; a fixed number of queries whatever the size."""
    with reading(house.engine) as connection:
        row = report_of(connection, house.plan.key, key)
        if row is None:
            raise Invalid(f"{key}: không có nhiệm vụ được giao nào với mã này")
        known = contacts_of(connection, [row.agency_id]).get(row.agency_id, ())
        others = served(connection, house, row, local_day(as_of))
    signs_off = consolidates(house.plan, row.kind, row.item, house.agency(row.agency_id))
    if not row.is_cycle_report and not signs_off:
        raise Invalid(f"{key}: nhiệm vụ này cập nhật tại trang Việc của đơn vị")
    beside = prefill(house, key, as_of)
    page = _page(house, row, beside, known, as_of)
    if not others or not page.open:
        return page
    rows = (asked for other in others for asked in _asked_by(other, page, as_of))
    return replace(page, rows=(*page.rows, *rows), serves=tuple(other.house.plan for other in others))


def _asked_by(other: Served, page: CyclePage, as_of: datetime) -> Iterator[PageRow]:
    """Yield what another plan asks beyond this one's rows: whole rows, or rows with figures that are more.

    What the units below say of it stands in that plan's own roll-up.
    """
    theirs = {row.obligation: row for row in prefill(other.house, other.report.key, as_of).rows}
    shown = page.content or ReportDraft()
    for each in other.rows:
        if not each.shown:
            continue
        found = theirs[each.row.key]
        asked = {figure.key for figure in each.more}
        fields = tuple(field for field in found.fields if field.figure.key in asked)
        beside = replace(found, obligation=each.key, fields=fields, below=None, hands=None)
        yield replace(_row(other.house, beside, page.row, shown, page.content), plan=other.house.plan)


def digest(fields: RowDraft) -> str:
    """Return a short mark of what fields say, the same for blank and for absent."""
    said = {name: _plain(getattr(fields, name, None)) for name in _SAID}
    return sha256(json.dumps(said, sort_keys=True).encode()).hexdigest()[:12]


def is_blank(fields: RowDraft) -> bool:
    """Whether fields say nothing at all."""
    return not any(_plain(getattr(fields, name, None)) for name in _SAID)


def missing_said(house: House, page: CyclePage) -> str:
    """Name the units below that have not handed in, in one sentence; "" where all have."""
    names = [house.agency(key).name for key in page.beside.missing]
    return f"{count(len(names))} đơn vị chưa báo cáo: {', '.join(names)}" if names else ""


def first_content(report: CycleReport, beside: Prefill) -> ReportDraft:
    """Return what a draft begins with: what the newest version says, for it is written anew as a whole."""
    if not beside.version:
        return ReportDraft()
    rows = {row.obligation: of_version(row) for row in beside.rows}
    if beside.is_task:
        (only,) = rows.values()
        completed_on = report.completed_on.isoformat() if report.completed_on else ""
        return ReportDraft(**dict(only), difficulty=beside.difficulty, completed_on=completed_on)
    return ReportDraft(text=beside.text, difficulty=beside.difficulty, rows=rows)


def _page(
    house: House, row: CycleReport, beside: Prefill, known: tuple[Contact, ...], as_of: datetime
) -> CyclePage:
    draft = current_draft(row, row.draft)
    content = opened(draft.content) if draft is not None else None
    shown = content if content is not None else first_content(row, beside)
    waits = row.work_state is WorkState.WAITING
    early = waits and row.opened_on > local_day(as_of)
    asked = {(r.item.key, r.part) for r in beside.rows}
    lines = beside.below.lines if beside.below else ()
    names = [name for name in HEAD_NAMES if name != "figures" or row.is_task]
    head = ReportDraft(**{name: getattr(shown, name) for name in names})
    saved = _saved(content, HEAD)
    return CyclePage(
        row=row,
        beside=beside,
        head=head,
        head_saved=saved,
        head_stamp=f"{saved.number}.{digest(head)}",
        rows=tuple(_row(house, r, row, shown, content) for r in beside.rows),
        draft=draft,
        leaders=tuple(c for c in known if c.role in ("leader", "director") and c.address),
        signs_off=beside.below is not None,
        open=(row.is_with_the_unit or waits) and not early,
        opens_on=row.opened_on if early else None,
        others=tuple(x for x in lines if (x.item.key, x.part) not in asked),
    )


def _row(
    house: House, beside: RowPrefill, report: CycleReport, shown: ReportDraft, content: ReportDraft | None
) -> PageRow:
    is_task = report.is_task
    fields = shown.as_row if is_task else shown.rows.get(beside.obligation, RowDraft())
    saved = _saved(content, HEAD if is_task else beside.obligation)
    proposed = beside.below is not None and not report.version and not saved.number and is_blank(fields)
    if proposed and beside.below is not None:
        fields = fields.model_copy(update={"text": rolled_up(beside.below)})
    heading = next((c for c in house.plan.contents if c.number == beside.item.content), None)
    return PageRow(
        key=beside.obligation,
        beside=beside,
        content=heading,
        fields=fields,
        saved=saved,
        stamp=f"{saved.number}.{digest(fields)}",
        proposed=proposed,
    )


def _saved(content: ReportDraft | None, key: str) -> RowSave:
    return RowSave() if content is None else content.saves.get(key, RowSave())


def _plain(value: object) -> str | dict[str, str]:
    """Return a field so that blank and absent are the same."""
    if isinstance(value, Mapping):
        filled = {str(k): str(v).strip() for k, v in value.items() if str(v or "").strip(" /\n")}
        return filled or ""
    return str(value or "").strip()
