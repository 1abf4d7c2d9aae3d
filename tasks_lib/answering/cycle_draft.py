"""A report saved row by row, and handed in as a whole.

Whoever saves a row touches no other: officers fill rows side by side, and a lost connection loses one row.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy import Connection

from obligations.errors import Fault, Faults, Gathering, Invalid, Refused
from obligations.obligation import NamedObligation
from obligations.true_days import COMPLETED, doubt, term_of
from store.reports import Stored
from store.rows import Draft
from tasks_lib.answering.answering import answer_of
from tasks_lib.answering.cycle_page import (
    HEAD,
    HEAD_NAMES,
    CyclePage,
    PageRow,
    digest,
    first_content,
    missing_said,
)
from tasks_lib.answering.drafts import Writing, current_draft, present, unique_files
from tasks_lib.answering.report_draft import ReportDraft, RowDraft, RowSave, opened
from tasks_lib.answering.sql.drafts import WRITING, DraftRow, draft_of, write_draft
from tasks_lib.answering.submit import submit
from tasks_lib.duties.change import Change, changing, check_side, current
from tasks_lib.evidence.looking import MOST_FILES, Upload, keep, sound
from tasks_lib.kernel import typed
from tasks_lib.kernel.bootstrap import House
from tasks_lib.kernel.clock import local_day
from tasks_lib.kernel.figures import read_figures
from tasks_lib.kernel.wording import work_name


@dataclass(frozen=True, kw_only=True)
class Typed:
    """One row as it came from the form."""

    fields: RowDraft
    """Of the report's own fields a `ReportDraft`."""
    stamp: str
    """The row's `stamp` when the form was shown."""
    pressed: bool = False
    """Whether it was asked to be saved by its own button."""

    @property
    def changed(self) -> bool:
        """Whether it says something else than the form showed."""
        return self.pressed or digest(self.fields) != self.stamp.partition(".")[2]

    @property
    def number(self) -> str:
        """Return how often the row had been saved when the form was shown."""
        return self.stamp.partition(".")[0]


@dataclass(frozen=True, kw_only=True)
class Saving:
    """What is saved, by whom of which unit."""

    by: str
    person: str
    as_of: datetime
    rows: Mapping[str, Typed]
    """By row key; the report's own fields under HEAD."""
    uploads: tuple[Upload, ...] = ()
    dropped: tuple[str, ...] = ()
    """The hashes of kept files that are not to go along."""


@dataclass(frozen=True, kw_only=True)
class Sending:
    """Who hands a report in, and who of the unit wrote and approved it."""

    by: str
    person: str
    as_of: datetime
    version: int
    """The draft's version that was on the screen."""
    missing: tuple[str, ...] = ()
    """The units below that are named as not having reported."""
    drafted_by: str = ""
    approved_by: str = ""


def save(house: House, page: CyclePage, saving: Saving) -> dict[str, Faults]:
    """Save what was changed; return by row why one was not saved: the others are, each for itself.

    What is wrong with files is told under HEAD; the good ones beside them are kept.
    """
    changed = {key: row for key, row in saving.rows.items() if row.changed}
    faults = wrong_with(house, page, changed, saving.as_of)
    wrong = Gathering()
    kept = _taken(house, saving.uploads, wrong)
    if set(changed) - set(faults) or kept or saving.dropped:
        with changing(house, saving.as_of) as connection:
            row = _writable(connection, house, page.row.key, saving)
            draft = draft_of(connection, row.id)
            content = _content(page, row, draft)
            before = content.saves
            sound_rows = {key: given for key, given in changed.items() if key not in faults}
            overtaken = {key for key, given in sound_rows.items() if given.number != _saves(before, key)}
            faults |= {key: _overtaken(page, key, before.get(key)) for key in overtaken}
            written = {key: given for key, given in sound_rows.items() if key not in overtaken}
            for key, given in written.items():
                content = _put(content, key, given.fields)
            saves = {key: _save_of(saving, given) for key, given in written.items()}
            content = content.but(saves={**before, **saves})
            with wrong.at("files"):
                content = content.but(files=_files(content, saving, kept))
            if written or kept or saving.dropped:
                _write(connection, row, draft, content, saving)
    if wrong.found:
        of_head = faults[HEAD].found if HEAD in faults else ()
        faults[HEAD] = Faults((*of_head, *wrong.found), _about(page, HEAD))
    return faults


def hand_in(house: House, page: CyclePage, sending: Sending) -> Change:
    """Hand in what has been saved; all rows are answered at once, and whoever is missing is named."""
    content = _ready(house, page, sending)
    answer = replace(
        answer_of(house, page.row, content, local_day(sending.as_of)),
        drafted_by=sending.drafted_by or page.drafted_by,
        approved_by=sending.approved_by,
        person=sending.person,
    )
    return submit(house, page.row.key, sending.by, sending.as_of, answer, page.row.version)


def present_report(house: House, page: CyclePage, sending: Sending, leader: str, text: str = "") -> None:
    """Send what has been saved to one of the unit's leaders, to be approved or given back."""
    writing = Writing(
        key=page.row.key,
        by=sending.by,
        person=sending.person,
        as_of=sending.as_of,
        content=_ready(house, page, sending),
        version=sending.version,
        drafted_by=sending.drafted_by or page.drafted_by,
    )
    present(house, [writing], leader, text)


def wrong_with(
    house: House, page: CyclePage, changed: Mapping[str, Typed], as_of: datetime
) -> dict[str, Faults]:
    """Return by row all that is wrong with what was typed, each fault at its field: "figures.a"."""
    faults = {}
    rows = {HEAD if page.is_task else row.key: row for row in page.rows}
    for key, given in changed.items():
        wrong = Gathering(_about(page, key))
        with wrong.at("completed_on"):
            if isinstance(given.fields, ReportDraft):
                _check_day(house, page, given.fields, as_of)
        if key in rows:
            _check(rows[key], given.fields, wrong)
        if wrong.found:
            faults[key] = Faults(tuple(dict.fromkeys(wrong.found)), wrong.about)
    return faults


def _ready(house: House, page: CyclePage, sending: Sending) -> ReportDraft:
    """Return the draft with every row in it, or say what is wanting."""
    if page.content is None:
        raise Refused("chưa lưu dòng nào; nhập và lưu nội dung trước khi gửi")
    if sending.version != page.draft_version:
        who = f" (do {page.drafted_by} lưu)"
        raise Refused(f"nội dung vừa được sửa từ nơi khác{who}; xem lại bản mới bên dưới rồi gửi")
    if page.without_events:
        which = ", ".join(row.beside.item.key for row in page.without_events)
        raise Invalid(f"nhập số lần phát sinh trong kỳ (0 nếu không phát sinh) của nhiệm vụ {which}")
    if set(page.beside.missing) - set(sending.missing):
        raise Refused(
            f"còn {missing_said(house, page)}; đánh dấu ô 'Đã nêu tên các đơn vị chưa báo cáo' để gửi,"
            " hoặc chờ các đơn vị này báo cáo"
        )
    content = page.content.but(missing=sending.missing)
    if page.is_task:
        return content
    written = {row.key: row.fields for row in page.rows if not row.proposed}
    return content.but(rows=written | {row.key: RowDraft() for row in page.rows if row.proposed})


def _taken(house: House, uploads: tuple[Upload, ...], wrong: Gathering) -> tuple[Stored, ...]:
    """Store what came along; of several files the good ones, where others are refused."""
    with wrong.at("files"):
        if len(uploads) > MOST_FILES:
            raise Invalid(f"mỗi báo cáo đính kèm nhiều nhất {MOST_FILES} tệp, đã chọn {len(uploads)}")
        try:
            return keep(house.settings, uploads)
        except Faults as fault:
            wrong.found += [Fault("files", it.words) for it in fault.found]
            return sound(house.settings, uploads)
    return ()


def _check(row: PageRow, fields: RowDraft, wrong: Gathering) -> None:
    asked = tuple(field.figure for field in row.beside.fields)
    with wrong.at("figures"):
        read_figures(row.beside.item.key, asked, {**fields.filled, **fields.filled_events})
    with wrong.at("estimates"):
        read_figures(row.beside.item.key, asked, typed.figures(fields.estimates))


def _check_day(house: House, page: CyclePage, fields: ReportDraft, as_of: datetime) -> None:
    done = typed.day(fields.completed_on, COMPLETED)
    doubt({COMPLETED: done}, term_of(house.plan, page.row.opened_on, local_day(as_of)))


def _about(page: CyclePage, key: str) -> str:
    """Return what a row is called where something is wrong with it."""
    item = next((row.beside.item.key for row in page.rows if page.is_task or row.key == key), "")
    return f"nhiệm vụ {item}" if item else "phần chung"


def _writable(connection: Connection, house: House, key: str, saving: Saving) -> NamedObligation:
    row = current(connection, house, key, saving.as_of)
    check_side(house, row, saving.by)
    if not row.is_with_the_unit:
        raise Refused(f"{work_name(row)}: đơn vị đã báo cáo; không còn dự thảo để sửa")
    return row


def _content(page: CyclePage, row: NamedObligation, draft: Draft | None) -> ReportDraft:
    """Return what the draft says now; where there is none for this version, what the newest one says."""
    now = current_draft(row, draft)
    return opened(now.content) if now is not None else first_content(page.row, page.beside)


def _put(content: ReportDraft, key: str, fields: RowDraft) -> ReportDraft:
    if key == HEAD:
        given = fields.model_fields_set.intersection(HEAD_NAMES)
        return content.but(**{name: getattr(fields, name) for name in given})
    return content.but(rows={**content.rows, key: fields})


def _saves(saves: Mapping[str, RowSave], key: str) -> str:
    return str(saves[key].number) if key in saves else "0"


def _save_of(saving: Saving, given: Typed) -> RowSave:
    return RowSave(number=int(given.number) + 1, by=saving.person, at=saving.as_of)


def _files(content: ReportDraft, saving: Saving, kept: tuple[Stored, ...]) -> tuple[Stored, ...]:
    unique = unique_files(f for f in (*content.files, *kept) if f.sha256 not in saving.dropped)
    if len(unique) > MOST_FILES:
        raise Invalid(f"mỗi báo cáo đính kèm nhiều nhất {MOST_FILES} tệp")
    return unique


def _write(
    connection: Connection, row: NamedObligation, draft: Draft | None, content: ReportDraft, saving: Saving
) -> None:
    write_draft(
        connection,
        DraftRow(
            obligation_id=row.id,
            version=(draft.version if draft is not None else 0) + 1,
            content=content.but(for_version=row.version).stored(),
            state=WRITING,
            drafted_by=saving.person,
            drafted_at=saving.as_of,
        ),
    )


def _overtaken(page: CyclePage, key: str, done: RowSave | None) -> Faults:
    who = f" {done.by}" if done else " người khác"
    words = f"vừa được{who} sửa từ nơi khác; xem nội dung mới bên cạnh rồi lưu lại"
    return Faults([Fault("", words)], _about(page, key))
