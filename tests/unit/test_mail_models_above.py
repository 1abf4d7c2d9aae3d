"""The model mails to those above: Monday's table, a superior's sections, opening letters, events."""

import re
from dataclasses import replace
from datetime import date
from io import BytesIO

from openpyxl import load_workbook

from notifications.bundle import SHOWN_LINES
from notifications.model import Digest, Mail, Section
from notifications.monday import LINES_SHOWN
from notifications.render import render
from obligations.reckoning import Reckoning
from tests.support.mailing import mails, model_mails


def assert_in_order(mail: Mail, *facts: str) -> None:
    text = " ".join(render(mail).text.split())
    places = [text.find(fact) for fact in facts]
    assert -1 not in places, [fact for fact, place in zip(facts, places, strict=True) if place < 0]
    assert places == sorted(places)


def test_m4_is_mondays_table() -> None:
    rendered = render(model_mails.m4())
    assert rendered.subject == "[KH 239] Đến 25/7: 10 quá hạn (xã 10), 04 chờ Sở"
    assert_in_order(
        model_mails.m4(),
        "Kính gửi: Sở Nội vụ (Phòng Cải cách hành chính),",
        "Quá hạn: 10 nội dung (xã 10), đều đã quá 05 ngày làm việc",
        "Tuần trước: 12 (sáng 18/7/2022); trong tuần: mới 10, đã xong 11, "
        "gia hạn, tạm dừng hoặc không còn tính 01",
        "Chờ Sở: 03 báo cáo chờ tiếp nhận; 01 đề nghị điều chỉnh thời hạn; "
        "01 nội dung đề xuất báo cáo UBND tỉnh",
        "- Văn Bàn: quá hạn 04 (04 đơn vị); đúng hạn/đến hạn 00/04. - Bát Xát: quá hạn 03 (03 đơn vị)",
        "- Toàn tỉnh: quá hạn 10 (10 đơn vị); đúng hạn/đến hạn 430/456.",
        "Danh mục đề xuất báo cáo UBND tỉnh: 01 đơn vị, 01 nội dung trong số quá hạn "
        "nêu trên (chưa gửi; lãnh đạo Sở quyết định)",
        "Nhiệm vụ có thời hạn: đến hạn 456: đúng hạn 430, sau thời hạn 16, chưa hoàn thành 10; "
        "chưa đến hạn: đang thực hiện 800, xong trước hạn 36; thường xuyên, theo kỳ báo cáo: 3.156.",
        "Đến hạn trong tuần: nhiệm vụ 3.1 (29/7, đã có 02/09).",
        "Lý do chậm mới nêu: 02.",
        "Thư không gửi được, cần cập nhật đầu mối: 01, gồm UBND xã Y Tý",
        "Kèm theo: Bảng chi tiết (Excel). Số liệu chốt lúc 07 giờ 30 phút ngày 25/7/2022.",
    )
    assert [attachment.name for attachment in rendered.attachments] == ["bang-chi-tiet-2022-07-25.xlsx"]


def test_a_point_of_noughts_is_left_out() -> None:
    nothing = Digest(
        reckoned=Reckoning(),
        continuous=0,
        long_overdue=0,
        overdue_by_level=(),
        compared=None,
        areas=(),
        departments=(),
        awaiting_focal=0,
        extension_requests=0,
        new_reasons=0,
        proposals=0,
        proposed_units=0,
        due_this_week=(),
        sheets_missed=(),
        sheets_overdue=0,
        not_supplied=(),
        undelivered=(("UBND xã Y Tý", "550"),),
        without_address=(),
        rows=(),
    )
    rendered = render(mails.to_focal(digest=nothing))
    assert rendered.subject == "[KH 239] Đến 25/7: tình hình thực hiện trong tuần"
    said = rendered.text.partition("Kèm theo")[0]
    assert "00" not in said
    assert said.count("- ") == 1
    assert "Thư không gửi được, cần cập nhật đầu mối: 01, gồm UBND xã Y Tý (550)." in said


def test_a_pause_without_a_known_end_is_not_forgotten() -> None:
    resting = (("UBND huyện Bát Xát", date(2022, 8, 10)), ("UBND xã Y Tý", date(2022, 9, 2)))
    said = render(mails.to_focal(digest=replace(model_mails.digest(), resting=resting))).text
    told = "Đang tạm dừng, chưa có ngày kết thúc: 02 (UBND huyện Bát Xát từ 10/8, UBND xã Y Tý từ 02/9)."
    assert told in " ".join(said.split())


def test_bars_are_cells_of_a_width_that_follows_the_number() -> None:
    html = render(model_mails.m4()).html
    widths = re.findall(r'<td width="(\d+)%" bgcolor="#9b1c1c"[^>]*>&nbsp;</td><td[^>]*>(\d+) \(', html)
    assert widths == [("60", "04"), ("45", "03"), ("45", "03")]


def test_few_overdue_lines_stand_in_mondays_mail_and_many_only_in_the_workbook() -> None:
    few, many = render(model_mails.m4(rows=LINES_SHOWN)), render(model_mails.m4(rows=60))
    assert few.text.count("- UBND xã Thứ") == LINES_SHOWN
    assert "UBND xã Thứ" not in many.text
    book = load_workbook(BytesIO(many.attachments[0].content))
    assert book["Chi tiết"].max_row == 4 + 60


def test_mondays_lists_are_worksheets_each() -> None:
    book = load_workbook(BytesIO(render(model_mails.m4()).attachments[0].content))
    assert book.sheetnames == [
        "Chi tiết",
        "Theo địa bàn, cơ quan",
        "Đến hạn trong tuần",
        "Cơ quan phối hợp",
        "Thư không gửi được",
        "Chưa có địa chỉ thư",
    ]
    places = [[cell.value for cell in row] for row in book["Theo địa bàn, cơ quan"].iter_rows(min_row=5)]
    assert [row[:5] for row in places] == [
        ["Văn Bàn", 4, 0, 0, 4],
        ["Bát Xát", 3, 0, 0, 3],
        ["Bảo Yên", 3, 0, 0, 3],
    ]
    unreached = book["Thư không gửi được"]
    assert [cell.value for cell in unreached[5]] == ["UBND xã Y Tý", "550 hộp thư không tồn tại"]


def test_lines_of_several_districts_are_added_up_on_a_sheet_of_their_own() -> None:
    lines = (
        *(mails.missing(n, f"xã Thứ {n}", district="huyện Văn Bàn", days_left=-n) for n in range(1, 7)),
        mails.missing(10, "xã Y Tý", district="huyện Bát Xát"),
        mails.missing(11, "xã Y Tý", district="huyện Bát Xát", ours=True),
        mails.missing(12, "Sở Y tế", district="", agency="Sở Y tế"),
    )
    book = load_workbook(
        BytesIO(render(mails.to_focal(Section(template="focal", lines=lines))).attachments[0].content)
    )
    sums = [[cell.value for cell in row] for row in book["Cộng theo địa bàn"].iter_rows(min_row=5)]
    assert sums == [
        ["Huyện Bát Xát", 2, 1, 1, 0, 1],
        ["Huyện Văn Bàn", 6, 6, 6, 2, 0],
        ["Sở, ban, ngành và cơ quan khác", 1, 1, 1, 0, 0],
        ["Tổng cộng", 9, 8, 8, 2, 1],
    ]


def test_rows_of_the_table_are_as_high_as_their_words_and_print_one_page_wide() -> None:
    sheet = load_workbook(BytesIO(render(model_mails.m4()).attachments[0].content))["Chi tiết"]
    title = str(sheet["F5"].value)
    assert len(title) > 52
    assert (sheet.row_dimensions[5].height or 0) >= 15 * (len(title) // 52 + 1)
    assert sheet.print_title_rows == "$4:$4"
    assert sheet.sheet_properties.pageSetUpPr.fitToPage


def test_a_long_superiors_table_shows_the_worst_fifty() -> None:
    lines = tuple(mails.missing(3000 + n, f"xã Thứ {n}", days_left=-7 - n % 3) for n in range(60))
    rendered = render(mails.to_district(Section(template="superior", lines=lines)))
    assert rendered.text.count("- UBND xã Thứ") == SHOWN_LINES
    assert "50 nội dung quá hạn lâu nhất (nội dung cần tập trung xếp trước) trong tổng số 60" in " ".join(
        rendered.text.split()
    )
    assert "quá hạn 09" in rendered.text
    sheet = load_workbook(BytesIO(rendered.attachments[0].content)).active
    assert sheet is not None
    assert sheet.max_row == 4 + 60


def test_a_superiors_long_section_is_cut_and_attached_too() -> None:
    lines = tuple(mails.missing(4000 + n, f"xã Số {n}", days_left=-n) for n in range(1, 71))
    rendered = render(mails.to_district(Section(template="superior", lines=lines)))
    assert len(rendered.attachments) == 1
    assert "xã Số 70:" in rendered.text
    assert "xã Số 20:" not in rendered.text


def test_weak_contents_stand_first_among_the_worst() -> None:
    weak = mails.missing(1, "xã Trọng Điểm", weak=True, days_left=-5)
    others = tuple(mails.missing(9 + n, f"xã Khác {n}", days_left=-9) for n in range(3))
    text = render(mails.to_focal(Section(template="focal", lines=(*others, weak)))).text
    assert text.index("xã Trọng Điểm (huyện Bát Xát)") < text.index("xã Khác 0 (huyện Bát Xát)")


def test_two_districts_reach_so_noi_vu_the_same_day() -> None:
    mail = model_mails.same_day()
    assert render(mail).subject == "[KH 239] Quá hạn 30/9: 3.5 - huyện Bát Xát và huyện Văn Bàn"
    assert_in_order(
        mail, "UBND huyện Bát Xát", "ngày 06/10/2022", "Từ ngày 14/10/2022", "Hệ thống không tự gửi"
    )
