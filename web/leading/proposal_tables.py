"""The tables of the list "Đề xuất báo cáo UBND tỉnh"."""

from __future__ import annotations

from notifications.reminded import counted
from tasks_lib.kernel.clock import local_day
from tasks_lib.leading.proposals_page import (
    ProposalsPage,
    ProposedUnit,
)
from web.frame.table import Column, Table, Value


def listed_table(found: ProposalsPage) -> Table:
    """Return what waits for a decision, a unit a row."""
    return Table(
        name="cho-quyet-dinh",
        title="Chờ quyết định",
        columns=(
            Column(key="group", heading="Địa bàn, cơ quan", width=26),
            Column(key="name", heading="Đơn vị", width=26),
            Column(key="cause", heading="Vì", width=26),
            Column(key="item", heading="Nhiệm vụ", width=10),
            Column(key="title", heading="Nội dung", width=50),
            Column(key="last_day", heading="Thời hạn hoàn thành", kind="date", width=14),
            Column(key="days_late", heading="Quá hạn (ngày làm việc)", kind="count", width=12),
            Column(key="reminded", heading="Đã nhắc việc, đôn đốc", width=30),
            Column(key="reason", heading="Lý do đơn vị nêu", width=30),
            Column(key="text", heading="Đề xuất", width=40),
        ),
        rows=[row for unit in found.units for row in _lines(unit)],
    )


def _lines(unit: ProposedUnit) -> list[dict[str, Value]]:
    """Return a unit's duties, a line each; a unit whose duties are done by now is one line."""
    head: dict[str, Value] = {
        "group": unit.head,
        "name": unit.name,
        "text": unit.text,
        "cause": "; ".join(why.words for why in unit.whys),
    }
    if not unit.tasks:
        return [head]
    return [
        {
            **head,
            "item": task.item or "",
            "title": task.title,
            "last_day": task.last_day,
            "days_late": task.days_late,
            "reason": task.reason,
            "reminded": counted(task.reminded),
        }
        for task in unit.tasks
    ]


def decided_table(found: ProposalsPage, most: int | None = None) -> Table:
    """Return what has been decided, the newest first; `most` None means all of it."""
    return Table(
        name="da-quyet-dinh",
        title="Đã phát hành, đưa ra, tự rút",
        columns=(
            Column(key="name", heading="Đơn vị", width=26),
            Column(key="item", heading="Nhiệm vụ", width=10),
            Column(key="title", heading="Nội dung", width=50),
            Column(key="state", heading="Kết quả", width=26),
            Column(key="reason", heading="Lý do, nội dung", width=40),
            Column(key="decided_on", heading="Ngày", kind="date", width=12),
            Column(key="document", heading="Số văn bản", width=16),
        ),
        rows=[
            {
                "name": e.name,
                "item": e.item,
                "title": e.title,
                "state": e.state,
                "reason": e.reason,
                "decided_on": local_day(e.decided_at) if e.decided_at else None,
                "document": e.document,
            }
            for e in found.decided[:most]
        ],
        empty="Chưa có dòng nào.",
    )
