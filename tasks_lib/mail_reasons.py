"""Why a mail leaves, in words: which duty of whom, and which step of its ladder."""

from __future__ import annotations

from obligations.model import Kind
from obligations.words import count
from tasks_lib.bootstrap import House
from tasks_lib.wording import name_of

STEP_WORDS = {
    "opening": "thư giao nhiệm vụ",
    "sheet": "nhắc phiếu tháng",
    "missed": "phiếu chưa xem xét",
    "list": "đưa vào danh mục đề xuất",
}
HEAD_WORDS: dict[str, str] = {
    Kind.REPORT: "báo cáo kỳ", Kind.SHEET: "phiếu tháng", Kind.PLAN: "kế hoạch của đơn vị",
}  # fmt: skip


def in_words(house: House, why: str) -> str:
    """Say a notice's obligation and step as an office would: "nhiệm vụ 1.2, xã A Mú Sung, trước hạn 05 …"."""
    key, _, step = why.rpartition(" ")
    head, agency, *_ = (*key.removeprefix("row/").split("/"), "", "")
    what = HEAD_WORDS.get(head) or f"nhiệm vụ {head}"
    known = house.configuration.agencies.get(agency)
    who = (known.short_name if known else "") or name_of(house, agency)
    return f"{what}, {who}, {_step(step)}"


def _step(step: str) -> str:
    """Say when in a ladder: so many working days before or after the last day."""
    sign, days = step[:1], step[1:]
    if sign in ("-", "+") and days.isdigit():
        return f"{'trước hạn' if sign == '-' else 'quá hạn'} {count(int(days))} ngày làm việc"
    return STEP_WORDS.get(step, step)
