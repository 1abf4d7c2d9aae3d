"""What happened to an obligation, told in order: who, when, and what, in the words of an office."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from notifications.days import in_words
from obligations.deeds import (
    ASK_EXTENSION,
    OPENED,
)
from obligations.ladder import GIVING
from obligations.words import day as words
from store.outbox import BOUNCED, CANCELLED, DEAD, HELD, SENT
from store.rows import HistoryRow
from tasks_lib.desk.sql.dossier import ToldRow
from tasks_lib.duties.sql.opening import SYSTEM
from tasks_lib.kernel.bootstrap import House
from tasks_lib.kernel.clock import local_day, morning_of
from tasks_lib.kernel.deed_words import NOTICE_WORDS, REMIND, URGE, deed_words, notice_words
from tasks_lib.kernel.wording import name_of

WHOSE_SYSTEM = "Hệ thống"
NOTICE = "notice"

BY_DESK = "ghi nhận thay văn bản, báo cáo của đơn vị"
IN_REPORT = "trong báo cáo kỳ của đơn vị"
_IN_REPORT_MARK = "trả lời trong "
_REPEATED = ("extend", "extend-withdraw", "recompute", ASK_EXTENSION)
"""Their reason begins with what was done."""

_COUNTED = (REMIND, URGE)


@dataclass(frozen=True, kw_only=True)
class Moment:
    """One thing that happened."""

    at: datetime
    sort: str
    """A code of the history, or notice."""
    who: str
    person: str
    what: str
    """What they did: "đề nghị bổ sung", "nhắc việc lần 2"."""
    to: str = ""
    """Who was told, of a notice."""
    detail: str = ""
    mail: str = ""
    """What became of a notice's mail."""
    message: int | None = None
    """The number of that mail."""
    recipient: str = ""
    """The agency it went to."""
    accepted: bool = False
    """Whether a mail server took it, and it has not come back."""

    @property
    def day(self) -> date:
        """Its local day."""
        return local_day(self.at)

    @property
    def is_notice(self) -> bool:
        """Whether the machine told somebody."""
        return self.sort == NOTICE

    @property
    def is_reminder(self) -> bool:
        """Whether it belongs into the record of reminders: what was told, apart from what gives it."""
        return self.is_notice and self.what not in {NOTICE_WORDS[step] for step in GIVING}


def told(house: House, deeds: Iterable[HistoryRow], notices: Iterable[ToldRow], agency: str) -> list[Moment]:
    """Return what was done and what was told about one agency's obligation, oldest first."""
    moments = [_deed(house, row, agency) for row in deeds]
    moments += _numbered(house, notices)
    return sorted(moments, key=lambda moment: moment.at)


def _deed(house: House, row: HistoryRow, agency: str) -> Moment:
    # The plan's own wording stands between marks that scripts may look for; readers need none.
    said = in_words(row.why or "") if row.what == OPENED else (row.why or "")
    what, detail = deed_words(house, row.what), said.replace("'", "")
    if row.what == "submit" and row.by not in (agency, house.agency(agency).reports_through):
        what = BY_DESK
    if detail.startswith(_IN_REPORT_MARK):
        detail = IN_REPORT
    if row.what in _REPEATED:
        detail = detail.partition(": ")[2] or detail
    if row.what == "not-competent" or detail == what:
        detail = "" if detail in (what, "không thuộc thẩm quyền", "không phát sinh") else detail
    return Moment(
        at=row.at,
        sort=row.what,
        what=what,
        detail=detail,
        person=row.person or "",
        who=WHOSE_SYSTEM if row.by == SYSTEM else name_of(house, row.by),
    )


def _numbered(house: House, notices: Iterable[ToldRow]) -> list[Moment]:
    """Number reminders before and after the last day apart: "nhắc việc lần 2", "đôn đốc lần 1"."""
    counts: Counter[str] = Counter()
    seen: dict[tuple[int, str], int] = {}
    moments = []
    for row in notices:
        called = notice_words(house, row.template)
        if called in _COUNTED:
            # One step may go to several: it is one reminder.
            step = (row.leg_id, row.step)
            if step not in seen:
                counts[called] += 1
                seen[step] = counts[called]
            called = f"{called} lần {seen[step]}"
        moments.append(_notice(house, row, called))
    return moments


def _notice(house: House, row: ToldRow, called: str) -> Moment:
    to = name_of(house, row.recipient_id)
    if row.meant_for_id != row.recipient_id:
        to += f" (nhờ chuyển {name_of(house, row.meant_for_id)})"
    return Moment(
        at=morning_of(row.recorded_on),
        sort=NOTICE,
        who=WHOSE_SYSTEM,
        person="",
        what=called,
        to=to,
        detail="gửi bù vì các lần trước chưa gửi được" if row.missed else "",
        mail=_mail(row),
        accepted=row.state == SENT,
        message=row.message_id,
        recipient=row.recipient_id,
    )


def _mail(row: ToldRow) -> str:
    left = f"thư gửi ngày {words(local_day(row.sent_at))}" if row.sent_at is not None else "thư"
    if row.state == BOUNCED:
        return f"{left} bị trả lại"
    if row.sent_at is not None and row.state == SENT:
        return f"{left}, máy chủ thư đã nhận"
    if row.state == CANCELLED:
        return "thư không gửi vì đã có kết quả"
    if HELD in (row.state, row.mail_state) or DEAD in (row.state, row.mail_state):
        return "thư chưa gửi được"
    return f"đã ghi, thư gửi vào ngày {words(row.mail_on)}"
