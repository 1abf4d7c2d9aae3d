"""What a message's state is called on pages and in lists."""

from __future__ import annotations

MESSAGE_WORDS = {
    "waiting": "đã ghi, chờ gửi",
    "sending": "đang gửi",
    "sent": "máy chủ đã nhận",
    "retry": "sẽ gửi lại",
    "dead": "thôi gửi",
    "cancelled": "không còn cần gửi",
    "held": "giữ lại",
    "bounced": "bị trả lại",
}
"""States of a message, as users read them."""
