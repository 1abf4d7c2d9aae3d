"""Inside a unit: what is still being written, presented to a leader, approved or given back.

A draft is for one version of its report: when another has been handed in meanwhile it is spent.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from sqlalchemy import Connection

from obligations.errors import Gathering, Invalid, Refused
from obligations.model import Contact
from obligations.obligation import NamedObligation
from store.engine import reading
from store.journal import Happening, write
from store.people import contacts_of
from store.reports import Stored
from store.rows import Draft
from tasks_lib.answering.answering import answer_of, nothing_said
from tasks_lib.answering.enough import check_says_something, why_no_nothing
from tasks_lib.answering.report_draft import ReportDraft, opened
from tasks_lib.answering.sql.drafts import (
    PRESENTED,
    RETURNED,
    WRITING,
    DraftRow,
    assignment_of,
    draft_of,
    set_state,
    write_draft,
)
from tasks_lib.answering.submit import Nothing, nothing_arose, says_of, submit
from tasks_lib.duties.change import Change, changing, check_side, current
from tasks_lib.evidence.looking import MOST_FILES, Upload, keep
from tasks_lib.kernel.bootstrap import House
from tasks_lib.kernel.clock import local_day
from tasks_lib.kernel.links import Purpose, Wanted, issue
from tasks_lib.kernel.wording import work_name
from tasks_lib.mailing.notes import Note, post

LEADING = ("leader", "director")
"""To whom something can be presented."""


@dataclass(frozen=True, kw_only=True)
class Writing:
    """What somebody of a unit has written so far of one report."""

    key: str
    by: str
    """The unit."""
    person: str
    as_of: datetime
    content: ReportDraft
    uploads: tuple[Upload | Stored, ...] = ()
    version: int | None = None
    """The draft's version that was on the screen; 0 where there was none."""
    drafted_by: str = ""
    """Whoever drafted it, where that is not who saves it."""

    @property
    def author(self) -> str:
        """Who counts as having drafted it."""
        return self.drafted_by or self.person


@dataclass(frozen=True, kw_only=True)
class Decision:
    """What a leader decides about a draft that was presented."""

    key: str
    by: str
    person: str
    as_of: datetime
    version: int
    """The draft's version that was on the screen."""


def save_draft(house: House, writing: Writing) -> int:
    """Keep what has been written, its files at once; return the draft's version."""
    kept = keep(house.settings, writing.uploads)
    with changing(house, writing.as_of) as connection:
        return _save(connection, house, writing, kept)


def present(house: House, writings: Sequence[Writing], leader: str, text: str = "") -> None:
    """Keep drafts and mail one of the unit's leaders a link by which they are approved or given back."""
    if not writings:
        raise Invalid("chưa nhập nội dung nào để trình")
    kept = [keep(house.settings, writing.uploads) for writing in writings]
    first = writings[0]
    with changing(house, first.as_of) as connection:
        contact = registered(connection, house, first.by, leader, roles=LEADING)
        called = contact.name or house.agency(first.by).name
        wrong = Gathering()
        for writing, files in zip(writings, kept, strict=True):
            row = _writable(connection, house, writing)
            with wrong.at(writing.key):
                _check_presentable(connection, house, row, writing, files)
                _save(connection, house, writing, files)
                set_state(connection, row.id, state=PRESENTED, presented_to=called, note="")
                write(connection, _happening("draft-present", row, writing, writing.author, to=called))
        wrong.settle()
        wanted = Wanted(
            purpose=Purpose.APPROVE,
            agency=first.by,
            holder=called,
            address=contact.address,
            obligation_id=row.id if len(writings) == 1 else None,
        )
        valid = timedelta(days=house.settings.link_days)
        link = issue(connection, house, wanted, first.as_of, valid)
        note = Note(
            sort="approval",
            recipient=first.by,
            addresses=(contact.address,),
            addressee=contact.name,
            author=first.author,
            text=text,
            obligations=tuple(w.key for w in writings),
            links={"approve": link.url},
            until=link.expires,
        )
        post(connection, house, note, first.as_of)


def approve(house: House, decision: Decision) -> Change:
    """Hand in what was presented, with who drafted it and who approved it."""
    with reading(house.engine) as connection:
        row, draft = _presented(connection, house, decision)
    content = opened(draft.content)
    version = content.for_version
    if content.nothing:
        said = nothing_said(row, content, draft.drafted_by, decision.person)
        nothing = Nothing(
            key=row.key,
            by=decision.by,
            reason=said,
            version=version,
            missing=content.missing,
            person=decision.person,
        )
        return nothing_arose(house, nothing, decision.as_of)
    answer = replace(
        answer_of(house, row, content, local_day(decision.as_of)),
        drafted_by=draft.drafted_by,
        approved_by=decision.person,
        person=decision.person,
    )
    return submit(house, row.key, decision.by, decision.as_of, answer, version)


def give_back(house: House, decision: Decision, note: str) -> None:
    """Give a draft back to whoever wrote it, with what is to be changed; they get a mail with a link."""
    if not note.strip():
        raise Invalid("nêu nội dung đề nghị sửa")
    with changing(house, decision.as_of) as connection:
        row, draft = _presented(connection, house, decision)
        set_state(connection, row.id, state=RETURNED, note=note.strip())
        write(connection, _happening("draft-return", row, decision, decision.person, why=note.strip()))
        addresses = _author_at(connection, row, draft)
        wanted = Wanted(
            purpose=Purpose.ANSWER,
            agency=decision.by,
            holder=draft.drafted_by,
            address=addresses[0] if addresses else "",
            obligation_id=row.id,
        )
        valid = timedelta(days=house.settings.link_days)
        link = issue(connection, house, wanted, decision.as_of, valid)
        told = Note(
            sort="returned",
            recipient=decision.by,
            addresses=addresses,
            addressee=draft.drafted_by,
            author=decision.person,
            text=note.strip(),
            obligations=(row.key,),
            links={"answer": link.url},
            until=link.expires,
        )
        post(connection, house, told, decision.as_of)


def _happening(
    what: str, row: NamedObligation, deed: Writing | Decision, person: str, **details: str
) -> Happening:
    return Happening(at=deed.as_of, what=what, obligation=row.id, by=deed.by, person=person, details=details)


def registered(
    connection: Connection, house: House, agency: str, address: str, *, roles: Collection[str] = ()
) -> Contact:
    """Return the contact of a unit with an address; links go to nobody who is not registered.

    With `roles` only to who stands in one of them: what an officer approves no leader has approved.
    """
    for contact in contacts_of(connection, [agency]).get(agency, ()):
        if contact.address and contact.address == address and (not roles or contact.role in roles):
            return contact
    name = house.agency(agency).name
    raise Invalid(f"chọn người nhận trong danh sách đầu mối của {name} (trang Đầu mối)")


def current_draft(row: NamedObligation, draft: Draft | None) -> Draft | None:
    """Return a draft that is for the version to be written next; one that is spent is none."""
    return draft if draft is not None and opened(draft.content).for_version == row.version else None


def _check_presentable(
    connection: Connection, house: House, row: NamedObligation, writing: Writing, files: tuple[Stored, ...]
) -> None:
    """Say now what could not be handed in later: a leader is not sent what has to come back."""
    content = writing.content
    kept = content.but(files=(*content.files, *files))
    if content.nothing:
        nothing_said(row, kept, "", "")
        if refusal := why_no_nothing(house, row):
            raise Refused(f"{work_name(row)}: {refusal}")
        return
    if not kept.has_report:
        raise Invalid(f"{work_name(row)}: chưa nhập kết quả để trình; lý do chậm thì gửi ngay trên biểu mẫu")
    says = says_of(
        answer_of(house, row, content.but(files=()), local_day(writing.as_of)), has_files=bool(kept.files)
    )
    check_says_something(connection, house, row, says)


def _save(connection: Connection, house: House, writing: Writing, kept: tuple[Stored, ...]) -> int:
    row = _writable(connection, house, writing)
    before = draft_of(connection, row.id)
    if writing.version is not None and writing.version != _version(current_draft(row, before)):
        raise Refused(_overtaken(row, before))
    unique = unique_files((*writing.content.files, *kept))
    if len(unique) > MOST_FILES:
        raise Invalid(f"{work_name(row)}: mỗi báo cáo đính kèm nhiều nhất {MOST_FILES} tệp")
    content = writing.content.but(files=unique, for_version=row.version)
    if content.is_blank:
        raise Invalid(f"{work_name(row)}: chưa nhập nội dung nào")
    draft = DraftRow(
        obligation_id=row.id,
        version=_version(before) + 1,
        content=content.stored(),
        state=WRITING,
        drafted_by=writing.author,
        drafted_at=writing.as_of,
    )
    write_draft(connection, draft)
    return draft.version


def unique_files(files: Iterable[Stored]) -> tuple[Stored, ...]:
    """Return kept files, each content once."""
    return tuple({file.sha256: file for file in files}.values())


def _version(draft: Draft | None) -> int:
    return 0 if draft is None else draft.version


def _overtaken(row: NamedObligation, draft: Draft | None) -> str:
    who = f" (bản do {draft.drafted_by} lưu)" if draft is not None else ""
    return f"{work_name(row)}: dự thảo vừa được sửa từ nơi khác{who}; xem lại bản mới rồi lưu"


def _writable(connection: Connection, house: House, writing: Writing) -> NamedObligation:
    row = current(connection, house, writing.key, writing.as_of)
    check_side(house, row, writing.by)
    if not row.is_with_the_unit:
        raise Refused(f"{work_name(row)}: đơn vị đã báo cáo; không còn dự thảo để sửa")
    return row


def _presented(connection: Connection, house: House, decision: Decision) -> tuple[NamedObligation, Draft]:
    row = current(connection, house, decision.key, decision.as_of)
    check_side(house, row, decision.by)
    draft = current_draft(row, draft_of(connection, row.id))
    if draft is None or draft.state != PRESENTED:
        raise Refused(f"{work_name(row)}: không có dự thảo nào đang chờ duyệt")
    if draft.version != decision.version:
        raise Refused(_overtaken(row, draft))
    return row, draft


def _author_at(connection: Connection, row: NamedObligation, draft: Draft) -> tuple[str, ...]:
    """Return where whoever drafted it reads mail; () lets the unit's registered addresses be used."""
    assigned = assignment_of(connection, row.id)
    known = contacts_of(connection, [row.agency_id]).get(row.agency_id, ())
    still = {c.address for c in known if c.address}
    if assigned is not None and assigned.officer == draft.drafted_by and assigned.address in still:
        return (assigned.address,)
    return tuple(c.address for c in known if c.name == draft.drafted_by and c.address)[:1]
