"""Links in mails and for signing in, as whoever runs the system sees them."""

from __future__ import annotations

from tasks_lib.kernel.links import Purpose
from tasks_lib.watch.ops import LinkLog, Operations
from web.frame.ask import Ask
from web.frame.render import moment
from web.frame.table import Column, Table

PURPOSE_WORDS = {
    Purpose.ANSWER: "cập nhật kết quả",
    Purpose.REVIEW: "xem xét báo cáo",
    Purpose.APPROVE: "duyệt",
    Purpose.LOGIN: "đăng nhập",
}
USE_WORDS = {"sign-in": "đăng nhập", "GET /": "mở"}


def links_table(found: Operations) -> Table:
    """Return how many links of each purpose are valid, spent and revoked."""
    return Table(
        name="duong-dan",
        title="Đường dẫn trong thư và đường dẫn đăng nhập",
        columns=(
            Column(key="purpose", heading="Dùng để", width=24),
            Column(key="valid", heading="Còn hiệu lực", kind="count"),
            Column(key="ended", heading="Hết hạn, đã dùng", kind="count"),
            Column(key="revoked", heading="Đã thu hồi", kind="count"),
            Column(key="uses", heading="Lượt mở, gửi trong 7 ngày", kind="count"),
        ),
        rows=[
            {
                "purpose": PURPOSE_WORDS[Purpose(row.purpose)],
                "valid": row.valid,
                "ended": row.ended,
                "revoked": row.revoked,
                "uses": int(row.uses),
            }
            for row in found.links
        ],
        empty="Chưa có đường dẫn nào.",
    )


def log_table(ask: Ask, log: LinkLog) -> Table:
    """Return how an agency's links were used."""
    return Table(
        name="luot-mo-duong-dan",
        title="Các lượt mở, gửi gần nhất",
        columns=(
            Column(key="at", heading="Lúc", width=22),
            Column(key="what", heading="Việc", width=30),
            Column(key="purpose", heading="Đường dẫn", width=24),
            Column(key="holder", heading="Gửi cho", width=30),
            Column(key="client", heading="Từ máy", width=20),
        ),
        rows=[
            {
                "at": moment(row.at),
                "what": _use(row.what),
                "purpose": PURPOSE_WORDS[Purpose(row.purpose)],
                "holder": row.holder,
                "client": row.client,
            }
            for row in log.uses
        ],
        empty=f"Chưa có lượt mở nào đến {moment(ask.as_of)}.",
    )


def _use(what: str) -> str:
    """Say what a link was used for: opened, signed in by, or something sent from a page."""
    return USE_WORDS.get(what) or f"gửi từ trang {what.partition(' ')[2]}"
