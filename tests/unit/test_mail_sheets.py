"""The attached workbook: all lines, printable, and nothing in it ever computes."""

from datetime import date
from io import BytesIO
from typing import Any

from openpyxl import load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from notifications.model import Section
from notifications.sheets import COLUMNS, digest_workbook
from obligations.model import Kind
from tests.support.mailing import mails, model_mails

INNER = "Kế hoạch không ghi ngày cấp xã gửi; để UBND cấp huyện kịp gửi"


def opened(content: bytes) -> Worksheet:
    sheet = load_workbook(BytesIO(content)).active
    assert isinstance(sheet, Worksheet)
    return sheet


def test_headings_stay_in_sight_and_pages_lie_down() -> None:
    sheet = opened(digest_workbook(model_mails.m4()).content)
    assert [cell.value for cell in sheet[4]] == [column.heading for column in COLUMNS]
    assert sheet.freeze_panes == "C5"
    assert sheet.auto_filter.ref == "A4:L14"
    assert sheet.page_setup.orientation == "landscape"
    assert sheet.print_title_rows == "$4:$4"


def test_a_row_tells_the_whole_line() -> None:
    late = mails.missing(2725, "xã Y Tý", reason="chờ hướng dẫn", excused=True, weak=True, event="Dự án A")
    sheet = opened(digest_workbook(mails.to_focal(Section(template="focal", lines=(late,)))).content)
    row = [cell.value for cell in sheet[5]]
    assert row[:5] == [1, "UBND xã Y Tý", "Cấp xã", "huyện Bát Xát", "Nhiệm vụ 1.2"]
    assert str(row[5]).endswith(" (Dự án A)")
    assert row[7].date() == late.last_day  # type: ignore[union-attr]
    assert row[8:11] == [4, "07/7/2022, 13/7/2022, 18/7/2022", "chờ hướng dẫn"]
    assert row[11] == "Nội dung trọng tâm cải thiện; có thời gian tạm dừng theo địa bàn"


def test_what_a_unit_typed_never_becomes_a_formula_or_a_link() -> None:
    reasons = ("=1+1", "+84 214", "@SUM(A1)", "http://x.example", "0123")
    lines = tuple(mails.missing(n, f"xã {n}", reason=reason) for n, reason in enumerate(reasons))
    sheet = opened(digest_workbook(mails.to_focal(Section(template="focal", lines=lines))).content)
    cells = [sheet.cell(row=row, column=11) for row in range(5, 10)]
    assert sorted(str(cell.value) for cell in cells) == sorted(reasons)
    assert {cell.data_type for cell in cells} == {"s"}
    assert all(cell.hyperlink is None for cell in cells)


def test_an_obligation_stands_in_the_table_once() -> None:
    assert opened(digest_workbook(model_mails.m4()).content).max_row == 4 + 10


def test_a_communes_day_is_quoted_as_the_plans_neither_before_nor_after_the_plans_own() -> None:
    said: dict[str, Any] = {
        "kind": Kind.REPORT,
        "item": None,
        "title": "Báo cáo Quý III năm 2022",
        "deadline_text": "Quý III: 'trước ngày 10' tháng 9/2022",
        "asked_day": date(2022, 9, 9),
        "plan_day": date(2022, 9, 14),
        "last_day": date(2022, 9, 14),
    }
    asked, passed = mails.late_line(**said, ours=True), mails.late_line(**said, obligation="report/x/once")
    sheet = opened(digest_workbook(mails.to_focal(Section(template="focal", lines=(asked, passed)))).content)
    assert {sheet.cell(row=row, column=7).value for row in (5, 6)} == {
        "Kế hoạch không ghi; ngày đề nghị",
        f"{INNER} trước ngày 15/9/2022, đề nghị gửi chậm nhất ngày 09/9/2022",
    }
