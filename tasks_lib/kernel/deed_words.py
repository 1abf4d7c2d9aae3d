"""What deeds and notices are called: the one table of the codes that the history writes down."""

from __future__ import annotations

from obligations.deeds import (
    ACCEPT,
    ASK_EXTENSION,
    ASK_MORE,
    CALL,
    CITED,
    DIRECTIVE,
    ENDED,
    EXPLAIN,
    HAND_OVER,
    LOOK,
    MERGED,
    OPENED,
    PLANNED_AGAIN,
    REMARK,
    UNDO_ACCEPT,
    UNPLANNED,
    URGED,
)
from tasks_lib.kernel.bootstrap import House

DEED_WORDS: dict[str, str] = {
    OPENED: "mở nhiệm vụ",
    "submit": "gửi báo cáo kết quả",
    "nothing-arose": "trả lời không phát sinh",
    ACCEPT: "tiếp nhận, xác nhận",
    UNDO_ACCEPT: "hoàn tác việc tiếp nhận, xác nhận",
    ASK_MORE: "đề nghị bổ sung",
    "receive": "ghi nhận là đã tiếp nhận",
    "confirm-day": "xác nhận ngày của văn bản, ngày hoàn thành",
    "not-competent": "xác nhận không thuộc thẩm quyền",
    "cancel": "hủy do giao nhầm",
    "reopen": "mở lại",
    "take-back": "rút lại báo cáo để sửa",
    LOOK: "mở xem báo cáo",
    "extend": "điều chỉnh thời hạn",
    "extend-withdraw": "rút việc điều chỉnh thời hạn",
    "pause": "tạm dừng nhắc việc, đôn đốc trên địa bàn",
    "pause-change": "thay đổi ngày kết thúc tạm dừng",
    "pause-withdraw": "rút đợt tạm dừng ghi nhầm",
    "recompute": "tính lại thời hạn theo lịch làm việc",
    UNPLANNED: "không còn trong dữ liệu kế hoạch",
    PLANNED_AGAIN: "lại có trong dữ liệu kế hoạch",
    HAND_OVER: "bàn giao nhiệm vụ cho đơn vị kế thừa",
    MERGED: "nhập vào nhiệm vụ cùng nội dung của đơn vị kế thừa",
    ENDED: "kết thúc cùng đơn vị",
    "event": "ghi nhận sự kiện",
    "event-withdraw": "rút sự kiện ghi nhầm",
    "remove-file": "gỡ tài liệu kiểm chứng",
    "proposal-edit": "sửa nội dung đề xuất báo cáo {top}",
    "proposal-drop": "đưa ra khỏi danh mục đề xuất báo cáo {top}",
    "proposal-restore": "đưa lại vào danh mục đề xuất báo cáo {top}",
    "proposal-release": "đưa vào báo cáo {top}",
    CALL: "trao đổi qua điện thoại",
    REMARK: "có ý kiến hướng dẫn, theo dõi",
    EXPLAIN: "nêu lý do chậm",
    ASK_EXTENSION: "đề nghị điều chỉnh thời hạn",
    DIRECTIVE: "có ý kiến chỉ đạo",
    URGED: "đôn đốc bằng văn bản",
    CITED: "nêu trong văn bản đã ký",
}
"""What a line of the history says; the one table of its codes."""

OTHER_DEED = "cập nhật"
"""For a code that only a newer program knows."""

REMIND, URGE = "nhắc việc", "đôn đốc"
NOTICE_WORDS: dict[str, str] = {
    "opening": "thông báo nhiệm vụ được giao",
    HAND_OVER: "thông báo nhận bàn giao",
    "remind": REMIND,
    "overdue": URGE,
    "superior": URGE,
    "focal": "đưa vào bảng tổng hợp của {focal}",
    "director": URGE,
    "list": "đưa vào danh mục đề xuất báo cáo {top}",
    "sheet": "đề nghị xem xét tình hình thực hiện trong tháng",
    "correction": "đề nghị hoàn thiện nội dung bổ sung",
    "review": "đề nghị xem xét báo cáo đang chờ",
    "request": "đề nghị phối hợp, cung cấp thông tin",
}
"""What a notice is called, by its template."""
OTHER_NOTICE = "thông báo"


def deed_words(house: House, what: str) -> str:
    """Say what a line of the history is about, by its code."""
    return DEED_WORDS.get(what, OTHER_DEED).format(top=house.top)


def notice_words(house: House, template: str) -> str:
    """Say what a notice is called, by its template."""
    return NOTICE_WORDS.get(template, OTHER_NOTICE).format(focal=house.focal.name, top=house.top)
