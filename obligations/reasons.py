"""The reasons for delay a late unit chooses from (domain part 4)."""

from __future__ import annotations

from enum import StrEnum


class DelayReason(StrEnum):
    """Why a unit is late, as scripts and forms write it."""

    GUIDANCE = "guidance"
    DISASTER = "disaster"
    STAFF = "staff"
    NOT_UPDATED = "not-updated"
    OTHER = "other"


REASON_WORDS: dict[DelayReason, str] = {
    DelayReason.GUIDANCE: "chờ hướng dẫn",
    DelayReason.DISASTER: "thiên tai, dịch bệnh",
    DelayReason.STAFF: "nhân sự",
    DelayReason.NOT_UPDATED: "đã làm, chưa cập nhật",
    DelayReason.OTHER: "khác",
}
