"""Why a mail leaves, in words: which duty of whom, and which step of its ladder."""

from __future__ import annotations

from obligations.deeds import HAND_OVER
from obligations.model import Kind
from obligations.words import count
from tasks_lib.kernel.bootstrap import House
from tasks_lib.kernel.wording import name_of

STEP_WORDS = {
    "opening": "thư giao nhiệm vụ",
    HAND_OVER: "thông báo nhận bàn giao",
    "sheet": "nhắc phiếu tháng",
    "missed": "phiếu chưa xem xét",
    "list": "đưa vào danh mục đề xuất",
}
ASKED = "asked"
"""Before a step that counts from a day which is only proposed."""
HEAD_WORDS: dict[str, str] = {
    Kind.REPORT: "báo cáo kỳ",
    Kind.SHEET: "phiếu tháng",
    Kind.PLAN: "kế hoạch của đơn vị",
}


REVIEW = "review"
WAITS = (REVIEW, "correction")
"""Legs that count from what has come in: the unit has answered, and is not the one that is late."""


def cause(key: str, template: str, step: str, *, proposed: bool) -> str:
    """Return why a notice leaves: its obligation and step, and what the step counts from.

    Where the turn is not the unit's that is said, and where the day is only proposed.
    """
    of = template if template in WAITS else ASKED if proposed else ""
    return f"{key} {of}{step}"


def in_words(house: House, why: str) -> str:
    """Say a notice's obligation and step as an office would: "nhiệm vụ 1.2, xã A Mú Sung, trước hạn 05 …"."""
    key, _, step = why.rpartition(" ")
    head, agency, *_ = (*key.removeprefix("row/").split("/"), "", "")
    what = HEAD_WORDS.get(head) or f"nhiệm vụ {head}"
    known = house.configuration.agencies.get(agency)
    who = (known.short_name if known else "") or name_of(house, agency)
    return f"{what}, {who}, {step_in_words(step)}"


def step_in_words(step: str) -> str:
    """Say when in a ladder: so many working days before or after the last day, or since a report came in."""
    if step.startswith(REVIEW):
        waiting = step.removeprefix(REVIEW).lstrip("+")
        return (
            f"đã báo cáo, chờ xem xét {count(int(waiting)) if waiting.isdigit() else waiting} ngày làm việc"
        )
    asked = step.startswith(ASKED)
    step = step.removeprefix("correction").removeprefix(ASKED)
    sign, days = step[:1], step[1:]
    if sign in ("-", "+") and days.isdigit():
        before, late = ("trước ngày đề nghị", "sau ngày đề nghị") if asked else ("trước hạn", "quá hạn")
        return f"{before if sign == '-' else late} {count(int(days))} ngày làm việc"
    return STEP_WORDS.get(step, step)
