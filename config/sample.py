"""The sample plan of the present year: plan 239 carried over to the tree of two levels, to be tried."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from config.carry_over import CarryOver, rows_of
from config.edits import edited, table_of
from config.export import PLAN_FILE
from config.load import OWN_DIRECTORY, load_configuration
from config.sample_name import KEY, NUMBER

YEAR, TREE = 2026, "laocai-2025"
MARK = "Kế hoạch mẫu"
ASKED: Final = {
    "1.1": {
        "product": "Kế hoạch triển khai, kèm danh sách người dự quán triệt",
        "quantity": "01 kế hoạch, 01 hội nghị",
        "leader": "Phó Giám đốc Sở phụ trách xây dựng chính quyền",
        "room": "Phòng Xây dựng chính quyền",
    },
    "1.2": {"product": "Báo cáo kết quả tuyên truyền", "quantity": "ít nhất 02 đợt mỗi xã, phường"},
    "4.2": {
        "product": "Báo cáo kết quả khảo sát",
        "quantity": "01 đợt khảo sát",
        "leader": "Phó Giám đốc Sở phụ trách nghiệp vụ y",
        "room": "Phòng Nghiệp vụ Y",
    },
    "5.1": {"product": "Biên bản, kết luận kiểm tra", "quantity": "100% bộ phận chứng thực"},
}
"""What items of today's plans say beside their day, tried on a few of the sample."""


def write_sample(target: Path) -> None:
    """Write the sample into a new folder: it says that it is one, and it may run."""
    configuration = load_configuration(OWN_DIRECTORY)
    carried = CarryOver(configuration, configuration.plan(), YEAR, TREE)
    carried.key = KEY
    carried.write(target)
    with edited(target / PLAN_FILE) as document:
        head = table_of(document, "plan")
        head.update({"number": NUMBER, "title": f"{MARK}: {head['title']}"})
        del head["draft"]
        for row in rows_of(document):
            row.update(ASKED.get(str(row["key"]), {}))
