"""What is said of a last day that the plan does not set: in mails, on pages and in papers the same."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from obligations.calendar import ONE_DAY
from obligations.days_of_ours import Day, is_ours
from obligations.model import Kind
from obligations.words import day as written

SET, ASKED = "Hạn cuối", "Đề nghị chậm nhất"
"""What a last day is called that the plan or a document sets, and one that is only asked for."""
STRIVEN_FOR = "phấn đấu"
"""How a wording begins that is a goal."""


@dataclass(frozen=True)
class Way:
    """Between whom a report goes, as the words of an inner day name them."""

    sender: str
    """The level that sends: "cấp xã"."""
    receiver: str
    """Whose own report or roll-up waits for it: "UBND cấp huyện", or the collator, "Sở Nội vụ"."""
    through: bool = True
    """Whether the receiver sends on by the plan's own day, as a district does; the collator rolls up."""
    desk: str = ""
    """The office that receives there: "Phòng Nội vụ"; "" where none is named."""
    head: str = ""
    """What the receiver's head is called: "Chủ tịch"."""
    body: str = ""
    """The word that its name begins with: "UBND"."""
    short: str = ""
    """How receivers are counted: "huyện"."""

    @property
    def office(self) -> str:
        """Who looks at a report there: "Phòng Nội vụ"."""
        return self.desk or "nơi nhận báo cáo"

    @property
    def via(self) -> str:
        """Say through which office a report goes, where one is named: " qua Phòng Nội vụ"."""
        return f" qua {self.desk}" if self.desk else ""


def source(day: Day, deadline_text: str, way: Way, asked_for: date | None = None) -> str:
    """Say what a day rests on that the plan does not set; "" for the plan's own.

    `asked_for` is the working day before a day off that nobody sets.
    """
    if day.paper is not None:
        return day.paper.said
    if not is_ours(day):
        return ""
    return asked(day.kind, day.last_day, day.plan_day, deadline_text, way, asked_for)


def asked(
    kind: Kind, last_day: date, plan_day: date, deadline_text: str, way: Way, asked_for: date | None = None
) -> str:
    """Say that the plan sets no such day, and what the one asked for is good for."""
    day, inner = written(asked_for or last_day), plan_day > last_day
    if kind is Kind.SHEET:
        return f"Kế hoạch ghi “định kỳ hàng tháng” (Mục III.2), không ghi ngày; đề nghị chậm nhất ngày {day}"
    if kind is Kind.PLAN:
        return f"Kế hoạch không ghi thời hạn ban hành; đề nghị chậm nhất ngày {day}"
    if kind is Kind.TASK and inner:
        return (
            f"Kế hoạch ghi “{deadline_text}”; để {way.receiver} kịp tổng hợp, đề nghị {way.sender} gửi"
            f" chậm nhất ngày {day}"
        )
    if kind is Kind.TASK and deadline_text.lower().startswith(STRIVEN_FOR):
        return f"Kế hoạch ghi “{deadline_text}”, không ấn định thời hạn; đề nghị chậm nhất ngày {day}"
    if kind is Kind.TASK:
        return f"Kế hoạch không ghi ngày; đề nghị chậm nhất ngày {day}"
    return f"{_of_a_cycle(plan_day, way, inner=inner)} chậm nhất ngày {day}"


def _of_a_cycle(plan_day: date, way: Way, *, inner: bool) -> str:
    if not inner:
        return "Kế hoạch không ghi ngày gửi báo cáo này; đề nghị"
    until = f"gửi trước ngày {written(plan_day + ONE_DAY)}" if way.through else "tổng hợp"
    return f"Kế hoạch không ghi ngày {way.sender} gửi; để {way.receiver} kịp {until}, đề nghị gửi"
