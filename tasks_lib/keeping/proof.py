"""`dondoc verify`: whether the journal is whole and what it vouches for stands as it was written."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import TypedDict

from sqlalchemy import Connection

from obligations.calendar import ZONE
from obligations.errors import Invalid
from obligations.words import day
from store.engine import reading, writing
from store.journal import JOURNAL, Happening, Head, head, write
from store.proof import Fault, Found, Proof, prove
from store.rows import JournalRow
from tasks_lib.keeping.sql.journal_pages import row_numbered, row_with_hash, rows_of
from tasks_lib.kernel.bootstrap import House
from tasks_lib.kernel.clock import local_day, morning_of
from tasks_lib.kernel.journal_words import from_paper, words_of
from tasks_lib.kernel.witness import FILE, Broken, kept, renew

HEAD_ACCEPT = "head-accept"
LEAST = 8
"""Letters of a hash below which it could be anybody's."""
MOST = 64
"""Letters of a whole hash."""
FAULT_WORDS = {
    Fault.CHANGED: "đã bị sửa ngoài chương trình",
    Fault.REMOVED: "đã bị xóa ngoài chương trình",
    Fault.ADDED: "được thêm ngoài chương trình",
    Fault.UNGUARDED: "mất khóa chống sửa, xóa (trigger)",
}
TABLE_WORDS = {
    "campaigns": "đợt đôn đốc bằng văn bản",
    "campaign_duties": "nhiệm vụ được đôn đốc bằng văn bản",
    "contacts": "đầu mối",
    "documents": "văn bản",
    "events": "sự kiện",
    "evidence": "tài liệu kiểm chứng",
    "extensions": "gia hạn",
    "grades": "mức độ hoàn thành",
    "hand_overs": "bàn giao",
    "history": "lịch sử",
    "holds": "giữ thư",
    "journal": "nhật ký",
    "notices": "tin nhắc việc, đôn đốc",
    "obligations": "nhiệm vụ được giao",
    "papers": "văn bản do hệ thống lập",
    "pauses": "tạm dừng",
    "proposals": "đề xuất báo cáo {top}",
    "reports": "báo cáo",
    "message_replies": "máy chủ thư trả lời",
}


@dataclass(frozen=True, kw_only=True)
class Verdict:
    """What a look at the journal came to."""

    ok: bool
    rows: int
    head: str | None
    text: str
    fault: Found | None = None
    cut: bool = False
    """Rows are missing at the end: something beside the database knows of more."""

    def as_json(self) -> dict[str, object]:
        """Return the document scripts read."""
        fault = None
        if self.fault is not None:
            fault = {
                "kind": str(self.fault.fault),
                "table": self.fault.table,
                "row": self.fault.row,
                "journal_row": self.fault.entry,
            }
        elif self.cut:
            fault = {"kind": "cut", "table": JOURNAL, "row": self.rows + 1, "journal_row": None}
        return {"ok": self.ok, "rows": self.rows, "head": self.head, "fault": fault, "text": self.text}


def verify(house: House, paper: str | None = None, on: date | None = None) -> Verdict:
    """Prove the journal from its first row on; `paper` is an end somebody has kept, of a day or before."""
    with reading(house.engine) as connection:
        proof = prove(connection)
        rows, end = (proof.head.count, proof.head.hash) if proof.head else (0, None)
        cut = _cut(connection, house, rows)
        if proof.found is not None and not _is_of_the_cut(house, proof):
            text = _said(connection, house, proof.found)
            return Verdict(ok=False, rows=rows, head=end, text=text, fault=proof.found)
        cut = cut or _not_on_paper(connection, paper, on)
    if cut is not None:
        return Verdict(ok=False, rows=rows, head=end, text=cut, cut=True)
    text = f"Nhật ký nguyên vẹn: {rows} dòng; mã kiểm {end}" if end else "Nhật ký chưa có dòng nào"
    return Verdict(ok=True, rows=rows, head=end, text=text)


def _said(connection: Connection, house: House, found: Found) -> str:
    words = FAULT_WORDS[found.fault]
    table = TABLE_WORDS.get(found.table, found.table).format(top=house.top)
    if found.table == JOURNAL and found.row is not None:
        return f"Dòng {found.row} của nhật ký {words}{_which(connection, house, found.row)}"
    row = f" dòng {found.row}" if found.row is not None else ""
    said = f"Bảng {found.table} ({table}){row} {words}"
    if found.entry is None:
        return said
    return f"{said}; dòng {found.entry} của nhật ký ghi khác{_which(connection, house, found.entry)}"


def _which(connection: Connection, house: House, number: int) -> str:
    """Say in brackets what a row of the journal is about, as far as it can still be read."""
    try:
        row = row_numbered(connection, number)
    except (ValueError, TypeError):
        return ""
    if row is None:
        return ""
    subject = f", {row.subject}" if row.subject else ""
    return f" ({words_of(house, row.what)}{subject}, {_moment(row.at)})"


def _moment(at: datetime) -> str:
    return f"{at.astimezone(ZONE):%H:%M} ngày {day(local_day(at))}"


def _is_of_the_cut(house: House, proof: Proof) -> bool:
    """Whether what differs is told by the journal's cut-off end: its rows would have vouched for it."""
    assert proof.found is not None
    if proof.found.table == JOURNAL or proof.head is None:
        return False
    try:
        known = kept(house.settings)
    except Broken:
        return False
    return known is not None and known.count > proof.head.count


def _cut(connection: Connection, house: House, rows: int) -> str | None:
    """Compare with the end that is kept in the home."""
    try:
        known = kept(house.settings)
    except Broken as fault:
        return f"Không đối chiếu được đuôi nhật ký: {fault}"
    if known is None:
        return None
    if known.count > rows:
        return (
            f"Nhật ký có {rows} dòng nhưng {FILE} đã ghi nhận {known.count} dòng: đuôi nhật ký bị cắt, hoặc"
            " cơ sở dữ liệu là bản sao cũ hơn (vừa khôi phục thì chạy 'dondoc verify --accept')"
        )
    row = row_numbered(connection, known.count)
    if row is None or row.hash != known.hash:
        return f"Dòng {known.count} của nhật ký khác với dòng mà {FILE} đã ghi nhận: nhật ký đã bị làm lại"
    return None


def _not_on_paper(connection: Connection, paper: str | None, on: date | None) -> str | None:
    """Compare with an end that stands in a mail or on a report."""
    if paper is None:
        return None
    beginning = from_paper(paper)
    if len(beginning) < LEAST:
        raise Invalid(f"--head: nhập ít nhất {LEAST} chữ số đầu của mã kiểm, đã nhập '{paper}'")
    if len(beginning) > MOST:
        raise Invalid(f"--head: mã kiểm có nhiều nhất {MOST} chữ số, đã nhập {len(beginning)}")
    row = row_with_hash(connection, beginning)
    if row is None:
        return f"Nhật ký không có mã kiểm {paper}: đuôi nhật ký đã bị cắt hoặc nhật ký đã bị làm lại"
    if on is not None and local_day(row.at) > on:
        return f"Mã kiểm {paper} là của dòng {row.id} ({_moment(row.at)}), sau ngày {day(on)}"
    return None


@dataclass(frozen=True, kw_only=True)
class Wanted:
    """Which rows of the journal somebody wants to read."""

    from_day: date | None = None
    to_day: date | None = None
    what: str | None = None
    limit: int | None = None


class Recorded(TypedDict):
    """A row of the journal as scripts read it."""

    row: int
    at: str
    plan: str
    by: str
    person: str
    seat: str
    session: str
    os_user: str
    channel: str
    what: str
    subject: str
    details: object
    hash: str


def read(house: House, wanted: Wanted) -> list[Recorded]:
    """List rows of the journal, oldest first."""
    midnight = timedelta(hours=7, minutes=30)
    with reading(house.engine) as connection:
        rows = rows_of(
            connection,
            since=morning_of(wanted.from_day) - midnight if wanted.from_day else None,
            before=morning_of(wanted.to_day) - midnight + timedelta(days=1) if wanted.to_day else None,
            what=wanted.what,
            limit=wanted.limit,
        )
    return [_entry(row) for row in rows]


def _entry(row: JournalRow) -> Recorded:
    return {
        "row": row.id,
        "at": row.at.astimezone(ZONE).isoformat(),
        "plan": row.plan,
        "by": row.by,
        "person": row.person,
        "seat": row.seat,
        "session": row.session,
        "os_user": row.os_user,
        "channel": row.channel,
        "what": row.what,
        "subject": row.subject,
        "details": json.loads(row.details),
        "hash": row.hash,
    }


def accept(house: House, at: datetime, what: str = HEAD_ACCEPT, **details: object) -> Head:
    """Take the end of the journal as it is from now on: after a restore it is shorter, and rightly so.

    What had been known before is written into the journal, so that nothing of this is hidden.
    """
    try:
        known = kept(house.settings)
        before: dict[str, object] | str | None = vars(known) if known else None
    except Broken as fault:
        before = str(fault)
    with writing(house.engine) as connection:
        write(connection, Happening(at=at, what=what, details={**details, "known": before}))
    with reading(house.engine) as connection:
        now = head(connection)
    assert now is not None
    renew(house.settings, now)
    return now
