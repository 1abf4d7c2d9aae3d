"""The tables of the page of whoever runs the system, as pages and workbooks show them."""

from __future__ import annotations

from collections.abc import Iterable

from obligations.words import WEEKDAYS
from tasks_lib.kernel.clock import local_day
from tasks_lib.kernel.message_words import MESSAGE_WORDS
from tasks_lib.kernel.wording import name_of, title
from tasks_lib.watch.model import Finding
from tasks_lib.watch.ops import Operations
from web.frame.ask import Ask
from web.frame.render import day, moment
from web.frame.table import Cell, Column, Table
from web.watch.link_tables import links_table

STATE_TONES = {"dead": "late", "bounced": "late", "held": "late", "retry": "soon"}
CHECK_STATES = {
    True: Cell(value="bình thường", tone="ok", mark="✓"),
    False: Cell(value="cần xử lý", tone="late", mark="!"),
    None: Cell(value="chưa rõ", tone="wait", mark="?"),
}


def tables_of(ask: Ask, found: Operations) -> list[Table]:
    """Return all tables of the page, in its order."""
    return [
        _system(found),
        _outbox(found),
        _troubled(ask, found),
        _parked(ask, found),
        _held(found),
        _coming(ask, found),
        _odd_days(found),
        _forwarded(ask, found),
        links_table(found),
    ]


def checks_table(findings: Iterable[Finding]) -> Table:
    """Return how every check of the watchman stands."""
    return Table(
        name="tu-theo-doi",
        title="Tự theo dõi",
        columns=(
            Column(key="title", heading="Nội dung kiểm tra", width=30),
            Column(key="state", heading="Tình trạng", kind="state", width=16),
            Column(key="said", heading="Chi tiết", width=70),
            Column(key="at", heading="Kiểm tra lúc", width=22),
        ),
        rows=[
            {
                "title": finding.title,
                "state": CHECK_STATES[finding.ok],
                "said": finding.said,
                "at": moment(finding.at),
            }
            for finding in findings
        ],
    )


def _system(found: Operations) -> Table:
    started = f"từ ngày {day(found.started_on)}" if found.started_on else "chưa bật (dondoc plan start)"
    facts = (
        ("Chạy theo đồng hồ thật", started),
        ("Ngày rà soát gần nhất", day(found.swept_on) or "chưa có"),
        ("Lượt theo dõi tiếp theo", moment(found.next_round)),
        ("Lượt gửi thư tiếp theo", moment(found.next_delivery)),
        ("Người đang đăng nhập", f"{found.sessions:02d}"),
        ("Cơ sở dữ liệu", found.database),
        ("Phiên bản", found.version),
    )
    return Table(
        name="he-thong",
        title="Hệ thống",
        columns=(
            Column(key="what", heading="Nội dung", width=30),
            Column(key="value", heading="Hiện tại", width=40),
        ),
        rows=[{"what": what, "value": value} for what, value in facts],
    )


def _outbox(found: Operations) -> Table:
    counts = {row.state: row for row in found.outbox}
    return Table(
        name="hang-doi-thu",
        title="Hàng đợi thư",
        columns=(
            Column(key="state", heading="Tình trạng", width=24),
            Column(key="today", heading="Thư trong ngày", kind="count"),
            Column(key="total", heading="Tất cả", kind="count"),
        ),
        rows=[
            {"state": words, "today": counts[state].today, "total": counts[state].total}
            for state, words in MESSAGE_WORDS.items()
            if state in counts
        ],
        empty="Chưa có thư nào.",
    )


def _troubled(ask: Ask, found: Operations) -> Table:
    return Table(
        name="thu-chua-gui-duoc",
        title="Thư chưa gửi được",
        columns=(
            Column(key="number", heading="Số", width=8),
            Column(key="recipient", heading="Nơi nhận", width=28),
            Column(key="addresses", heading="Địa chỉ", width=30),
            Column(key="subject", heading="Tiêu đề", width=50),
            Column(key="mail_on", heading="Ngày thư", kind="date", width=12),
            Column(key="state", heading="Tình trạng", kind="state"),
            Column(key="attempts", heading="Số lần thử", kind="count", width=10),
            Column(key="next", heading="Thử lại lúc", width=22),
            Column(key="error", heading="Lý do", width=50),
        ),
        rows=[
            {
                "number": Cell(value=str(row.id), href=ask.url(f"/thu/{row.id}")),
                "recipient": name_of(ask.house, row.recipient_id),
                "addresses": ", ".join(row.addresses),
                "subject": row.subject or "",
                "mail_on": row.mail_on,
                "state": Cell(value=MESSAGE_WORDS[row.state], tone=STATE_TONES.get(row.state, "")),
                "attempts": row.attempts,
                "next": moment(row.next_try_at) if row.state == "retry" else "",
                "error": row.error or "",
            }
            for row in found.troubled
        ],
        empty="Không có thư nào bị lỗi.",
    )


def _parked(ask: Ask, found: Operations) -> Table:
    return Table(
        name="dong-giu-lai",
        title="Dòng không soạn được, giữ lại ngoài thư",
        columns=(
            Column(key="recipient", heading="Nơi nhận", width=28),
            Column(key="key", heading="Nhiệm vụ được giao", width=30),
            Column(key="step", heading="Mức", width=10),
            Column(key="error", heading="Lý do", width=50),
        ),
        rows=[
            {
                "recipient": name_of(ask.house, row.recipient_id),
                "key": row.key,
                "step": row.step,
                "error": row.error or "",
            }
            for row in found.parked
        ],
        empty="Không có dòng nào.",
    )


def _held(found: Operations) -> Table:
    return Table(
        name="thu-giu-hom-nay",
        title="Thư được giữ lại trong ngày",
        columns=(
            Column(key="name", heading="Nơi nhận", width=30),
            Column(key="reason", heading="Lý do", width=40),
            Column(key="by", heading="Người giữ", width=28),
            Column(key="at", heading="Lúc", width=22),
        ),
        rows=[{"name": h.name, "reason": h.reason, "by": h.by, "at": moment(h.at)} for h in found.held],
        empty="Không có thư nào được giữ lại.",
    )


def _coming(ask: Ask, found: Operations) -> Table:
    house = ask.house
    return Table(
        name="den-han-31-ngay",
        title="Đến hạn trong 31 ngày tới",
        columns=(
            Column(key="last_day", heading="Thời hạn hoàn thành", kind="date", width=14),
            Column(key="item", heading="Nhiệm vụ", width=10),
            Column(key="title", heading="Nội dung", width=60),
            Column(key="tier", heading="Cấp", width=12),
            Column(key="done", heading="Đã hoàn thành", kind="count", width=12),
            Column(key="total", heading="Tổng số", kind="count", width=12),
        ),
        rows=[
            {
                "last_day": row.last_day,
                "item": row.item or "",
                "title": title(house, row.kind, row.item, row.period, row.event),
                "tier": house.plan.levels.of(row.tier).name,
                "done": row.done,
                "total": row.total,
            }
            for row in found.coming
        ],
        empty="Không có nhiệm vụ đến hạn.",
    )


def _odd_days(found: Operations) -> Table:
    return Table(
        name="ngay-nghi-lam-bu",
        title="Ngày nghỉ, ngày làm bù trong 90 ngày tới",
        columns=(
            Column(key="day", heading="Ngày", kind="date", width=14),
            Column(key="weekday", heading="Thứ", width=12),
            Column(key="what", heading="Nội dung", width=40),
        ),
        rows=[
            {
                "day": odd.day,
                "weekday": WEEKDAYS[odd.day.weekday()],
                "what": "làm bù: thư gửi như ngày làm việc" if odd.working else "nghỉ: không gửi thư",
            }
            for odd in found.odd_days
        ],
        empty="Ngoài thứ Bảy, Chủ nhật không có ngày nghỉ nào.",
    )


def _forwarded(ask: Ask, found: Operations) -> Table:
    return Table(
        name="chua-co-dia-chi",
        title="Đơn vị chưa có địa chỉ thư, hoặc địa chỉ không nhận thư",
        columns=(
            Column(key="name", heading="Đơn vị", width=30),
            Column(key="through", heading="Thư nhờ chuyển qua", width=30),
            Column(key="closed", heading="Địa chỉ không nhận thư", width=30),
            Column(key="why", heading="Từ ngày, lý do", width=40),
        ),
        rows=[
            {
                "name": Cell(value=name_of(ask.house, row.id), href=ask.url(f"/dia-chi/{row.id}")),
                "through": name_of(ask.house, row.mail_to_id) if row.mail_to_id != row.id else "",
                "closed": Cell(value=row.closed.address, href=ask.url("/dia-chi")) if row.closed else "",
                "why": f"{day(local_day(row.closed.since))}: {row.closed.why}" if row.closed else "",
            }
            for row in found.forwarded
        ],
        empty="Đơn vị nào cũng có địa chỉ.",
    )
