"""How something stands against its last day, as a tone and a letter: the same on every page."""

from __future__ import annotations

from obligations.model import TimeState, WorkState

MARKS: dict[TimeState, tuple[str, str]] = {
    TimeState.OVERDUE: ("late", "Q"),
    TimeState.PAST_ASKED: ("asked", "N"),
    TimeState.DUE_SOON: ("soon", "S"),
    TimeState.IN_TIME: ("wait", "C"),
    TimeState.PAUSED: ("wait", "T"),
    TimeState.DONE_IN_TIME: ("ok", "Đ"),
    TimeState.DONE_LATE: ("soon", "M"),
    TimeState.DONE_PAST_ASKED: ("asked", "SN"),
    TimeState.NO_DEADLINE: ("", ""),
}
"""A tone, and a letter that says the same in print."""

WORKS: dict[WorkState, tuple[str, str]] = {
    WorkState.SUBMITTED: ("wait", "CX"),
    WorkState.MORE_ASKED: ("soon", "B"),
    WorkState.ACCEPTED: ("ok", "X"),
    WorkState.RECEIVED: ("ok", "X"),
}
"""The same of what became of a report."""
HANDED_IN = ("ok", "BC")
CONTINUOUS = ("", "TX")

LEGEND: tuple[tuple[str, str, str], ...] = (
    ("late", "Q", "có nội dung quá hạn, chưa báo cáo"),
    ("asked", "N", "chậm so với ngày đề nghị (Kế hoạch không ghi ngày), chưa báo cáo"),
    ("soon", "S", "có nội dung sắp đến hạn"),
    ("wait", "C", "đang thực hiện, còn hạn"),
    ("soon", "M", "đã hoàn thành, có nội dung hoàn thành quá hạn"),
    ("asked", "SN", "đã hoàn thành, có nội dung sau ngày đề nghị"),
    ("ok", "Đ", "đã hoàn thành đúng hạn"),
    ("", "TX", "thường xuyên, báo cáo theo kỳ, không tính quá hạn"),
)
"""What the letters of the matrices mean: tone, letter, words."""
MORE_LETTERS: tuple[tuple[str, str, str], ...] = (
    ("wait", "T", "tạm dừng theo địa bàn"),
    ("wait", "CX", "đã báo cáo, chờ xem xét"),
    ("soon", "B", "nơi xem xét đề nghị bổ sung"),
    ("ok", "X", "đã được xác nhận, tiếp nhận"),
    ("ok", "BC", "đã báo cáo"),
    ("soon", "CN", "cập nhật chậm: làm đúng hạn, nhập sau"),
    ("soon", "NX", "ngày hoàn thành đã khai chờ xác nhận"),
    ("wait", "CD", "chờ cấp dưới báo cáo"),
    ("soon", "Y", "thuộc nội dung còn yếu"),
    ("ok", "L", "đã lưu, chưa gửi"),
)
"""The others: on every page a letter means one thing."""
