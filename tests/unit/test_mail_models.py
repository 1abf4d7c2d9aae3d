"""The model mails: the facts of each, in the order an official expects them."""

import re
from dataclasses import replace
from datetime import date
from io import BytesIO

from openpyxl import load_workbook

from notifications.bundle import SHOWN_LINES
from notifications.model import AreaCount, Digest, Mail, Section
from notifications.monday import LINES_SHOWN
from notifications.render import render
from obligations.reckoning import Reckoning
from tests.support.mailing import mails


def assert_in_order(mail: Mail, *facts: str) -> None:
    text = " ".join(render(mail).text.split())
    places = [text.find(fact) for fact in facts]
    assert -1 not in places, [fact for fact, place in zip(facts, places, strict=True) if place < 0]
    assert places == sorted(places)


def test_m1_reminds_before_the_last_day() -> None:
    assert render(mails.m1()).subject == "[KH 239] Hạn 14/7: nhiệm vụ 1.2 - UBND xã A Mú Sung"
    assert_in_order(
        mails.m1(),
        "Kính gửi: Ủy ban nhân dân xã A Mú Sung,",
        "Việc: 1.2 Tổ chức thông tin, tuyên truyền về Chỉ số…",
        "Hạn cuối: thứ Năm, ngày 14/7/2022 (còn 05 ngày làm việc)",
        "Gửi: UBND huyện qua Phòng Nội vụ",
        "Đến 07/7/2022, Hệ thống chưa ghi nhận kết quả; đề nghị cập nhật.",
        "số, ký hiệu và ngày của văn bản",
        "và vướng mắc nếu có",
        "Vì sao là ngày này? Kế hoạch 239/KH-UBND ghi “Trước ngày 15/7/2022”; ngày 15 không tính.",
        "Nếu chưa có kết quả: nhắc lại ngày 13/7; sau hạn, báo UBND huyện ngày 20/7, Sở Nội vụ ngày 25/7.",
        "Đầu mối hỗ trợ: Phòng Nội vụ huyện Bát Xát, điện thoại",
        "Trân trọng./.",
        "đề nghị bỏ qua thư này",
    )


def test_m2_tells_the_unit_what_happens_next() -> None:
    assert render(mails.m2()).subject == "[KH 239] Quá hạn 14/7: nhiệm vụ 1.2 - UBND xã A Mú Sung"
    assert_in_order(
        mails.m2(),
        "Hạn cuối: thứ Năm, ngày 14/7/2022 (quá hạn 02 ngày làm việc)",
        "Đến 18/7/2022, Hệ thống chưa ghi nhận kết quả.",
        "Đã nhắc việc các ngày 07/7/2022 và 13/7/2022.",
        "Nếu đã hoàn thành, đề nghị UBND xã",
        "ghi ngày hoàn thành, số và ngày văn bản",
        "nếu chưa, nêu lý do, thời điểm dự kiến hoàn thành, chậm nhất ngày 19/7/2022.",
        "Sau đó, Phòng Nội vụ báo cáo Chủ tịch UBND huyện ngày 20/7; "
        "bảng tổng hợp của Sở Nội vụ có nội dung này từ ngày 25/7.",
        "ghi “Trước ngày 15/7/2022”; ngày 15 không tính.",
    )


def test_what_was_taken_over_is_told_with_of_whom_and_what_they_had_heard() -> None:
    mail = mails.taken_over()
    assert render(mail).subject == "[KH 239] Nhận bàn giao nhiệm vụ 1.2 - UBND xã A Mú Sung"
    assert_in_order(
        mail,
        "Hạn cuối: thứ Năm, ngày 14/7/2022 (quá hạn 02 ngày làm việc)",
        "Từ ngày 19/7/2022, UBND xã tiếp tục thực hiện nhiệm vụ trên do UBND xã Nậm Chạc",
        "và UBND xã A Mú Sung (cũ) bàn giao, theo Nghị quyết số 01.",
        "Trước bàn giao, đơn vị cũ đã được nhắc việc các ngày 07/7/2022 và 13/7/2022.",
        "Đến 19/7/2022, Hệ thống chưa ghi nhận kết quả; đề nghị UBND xã thực hiện tiếp",
        "Sau đó, Phòng Nội vụ báo cáo Chủ tịch UBND huyện ngày 20/7",
    )
    (line,) = mail.sections[0].lines
    lines = (line, replace(line, item="4.6"))
    several = replace(mail, sections=(Section(template="hand-over", lines=lines),))
    assert "tiếp tục thực hiện 02 nội dung sau do" in " ".join(render(several).text.split())


def test_m3_shows_the_district_all_its_communes_each_once() -> None:
    rendered = render(mails.m3())
    assert rendered.subject == "[KH 239] Hạn 14/7: 1.2, 03 xã chưa có - UBND huyện Bát Xát"
    assert_in_order(
        mails.m3(),
        "Kính gửi: Ủy ban nhân dân huyện Bát Xát (qua Phòng Nội vụ),",
        "Việc: Chỉ đạo 03 xã trên địa bàn hoàn thành Chưa có: nhiệm vụ 1.2 Hạn cuối: thứ Năm, ngày 14/7/2022",
        "Đến 07 giờ 30 phút ngày 20/7/2022",
        "tại các xã, phường, thị trấn trên địa bàn",
        "1.2 Tổ chức thông tin",
        "hạn cuối 14/7 (Kế hoạch ghi “Trước ngày 15/7/2022”)",
        "18/21 đã báo cáo (đúng hạn 16, sau thời hạn 02); 04 chờ Phòng Nội vụ xác nhận.",
        "UBND xã A Mú Sung: nhiệm vụ 1.2 (quá hạn 04 ngày làm việc); đã nhắc việc các ngày 07/7, 13/7, "
        "18/7/2022; chưa nêu lý do.",
        "UBND xã Y Tý",
        "lý do: chờ hướng dẫn",
        "Phòng Nội vụ kính đề nghị UBND huyện chỉ đạo",
        "trước ngày 25/7/2022; từ ngày này, đơn vị chưa có kết quả được đưa vào bảng tổng hợp của Sở Nội vụ.",
        "Đơn vị đã báo cáo bằng văn bản: Phòng Nội vụ ghi nhận thay",
    )
    for unit in ("UBND xã A Mú Sung", "UBND xã Nậm Chạc", "UBND xã Y Tý"):
        assert " ".join(rendered.text.split()).count(unit) == 1
    assert "trực thuộc" not in rendered.text


def test_the_only_unit_of_a_place_is_named_and_not_counted() -> None:
    late = mails.missing(2719, "xã Liên Minh", item="2.5", event="dự án đường Mường Vi - Bản Xèo")
    area = AreaCount(
        item="2.5",
        title=late.title,
        deadline_text="Theo quy định",
        last_day=late.last_day,
        area="thị xã Sa Pa",
        total=1,
        done_in_time=0,
        done_late=0,
        awaiting_review=0,
        missing=(late,),
    )
    rendered = render(mails.to_district(Section(template="superior", lines=(late,), areas=(area,))))
    assert rendered.subject == "[KH 239] Hạn 14/7: 2.5, xã Liên Minh chưa có - huyện Bát Xát"
    text = " ".join(rendered.text.split())
    assert "01/01" not in text
    assert "UBND xã Liên Minh: nhiệm vụ 2.5 (dự án đường Mường Vi - Bản Xèo; quá hạn 04 ngày" in text


def test_missed_sheets_are_told_to_those_above_in_their_own_words() -> None:
    rendered = render(mails.missed_sheets())
    assert rendered.subject == "[KH 239] 02 xã: 03 tháng chưa xem xét kịp thời - Sở Nội vụ"
    text = " ".join(rendered.text.split())
    assert "Chủ tịch Sở Nội vụ" not in text
    assert "“Đã xem xét”" not in text
    assert (
        "UBND xã A Mú Sung (huyện Bát Xát): 03 tháng liền chưa xem xét kịp thời, gần nhất là tháng 9 năm"
        in text
    )
    assert "Đề nghị Phòng Cải cách hành chính trao đổi với UBND huyện Bát Xát" in text


def test_the_director_has_a_mail_of_his_own() -> None:
    rendered = render(mails.director())
    assert rendered.subject == "[KH 239] Quá hạn 04/7: nhiệm vụ 1.1 - Sở Nội vụ"
    assert_in_order(
        mails.director(),
        "Kính gửi: Đồng chí Giám đốc Sở Nội vụ,",
        "Hạn cuối: thứ Hai, ngày 04/7/2022 (quá hạn 01 ngày làm việc)",
        "Kính đề nghị đồng chí chỉ đạo bộ phận được phân công",
    )


def test_an_invited_body_reads_which_figures_are_asked_for() -> None:
    rendered = render(mails.request())
    assert rendered.subject == "[KH 239] Đề nghị phối hợp, 09/9: 6.1 - Bảo hiểm xã hội tỉnh"
    text = " ".join(rendered.text.split())
    assert "Số liệu: Tỷ lệ bao phủ bảo hiểm y tế (số người tham gia/dân số)." in text


def test_more_is_asked_for_once() -> None:
    asked = mails.plan_line(asked="gửi tài liệu kiểm chứng", handed_in_on=date(2022, 7, 5), days_left=1)
    text = " ".join(render(mails.mail("correction", asked)).text.split())
    assert "Nội dung: Gửi tài liệu kiểm chứng." in text
    assert "Phòng Nội vụ huyện Bát Xát đã xem kế hoạch gửi ngày 05/7/2022" in text
    assert text.count("14/7/2022") == 1
    assert "cơ quan tiếp nhận" not in text


def test_m4_is_mondays_table() -> None:
    rendered = render(mails.m4())
    assert rendered.subject == "[KH 239] Đến 25/7: 10 quá hạn (xã 10), 04 chờ Sở"
    assert_in_order(
        mails.m4(),
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
    said = render(mails.to_focal(digest=replace(mails.digest(), resting=resting))).text
    told = "Đang tạm dừng, chưa có ngày kết thúc: 02 (UBND huyện Bát Xát từ 10/8, UBND xã Y Tý từ 02/9)."
    assert told in " ".join(said.split())


def test_bars_are_cells_of_a_width_that_follows_the_number() -> None:
    html = render(mails.m4()).html
    widths = re.findall(r'<td width="(\d+)%" bgcolor="#9b1c1c"[^>]*>&nbsp;</td><td[^>]*>(\d+) \(', html)
    assert widths == [("60", "04"), ("45", "03"), ("45", "03")]


def test_few_overdue_lines_stand_in_mondays_mail_and_many_only_in_the_workbook() -> None:
    few, many = render(mails.m4(rows=LINES_SHOWN)), render(mails.m4(rows=60))
    assert few.text.count("- UBND xã Thứ") == LINES_SHOWN
    assert "UBND xã Thứ" not in many.text
    book = load_workbook(BytesIO(many.attachments[0].content))
    assert book["Chi tiết"].max_row == 4 + 60


def test_mondays_lists_are_worksheets_each() -> None:
    book = load_workbook(BytesIO(render(mails.m4()).attachments[0].content))
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
    sheet = load_workbook(BytesIO(render(mails.m4()).attachments[0].content))["Chi tiết"]
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
    mail = mails.same_day()
    assert render(mail).subject == "[KH 239] Quá hạn 30/9: 3.5 - huyện Bát Xát và huyện Văn Bàn"
    assert_in_order(
        mail, "UBND huyện Bát Xát", "ngày 06/10/2022", "Từ ngày 14/10/2022", "Hệ thống không tự gửi"
    )


def test_the_opening_letter_is_one_page_in_order() -> None:
    assert_in_order(
        mails.opening(),
        "Việc đầu tiên: 1.2 Tổ chức thông tin",
        "Hạn cuối: thứ Năm, ngày 14/7/2022",
        "1. Nhiệm vụ có thời hạn",
        "- 1.2 Tổ chức thông tin",
        "5.2 Tăng cường tiếp nhận hồ sơ: 29/9.",
        "2. Kế hoạch của đơn vị, báo cáo",
        "Kế hoạch triển khai của đơn vị: đề nghị 14/7.",
        "Báo cáo Quý III năm 2022 (chốt số liệu 07/9): đề nghị 09/9.",
        "Chủ tịch xem xét bảng theo dõi hằng tháng: đề nghị ngày 10 tháng sau.",
        "3. Chủ trì thường xuyên",
        "1.3 Tiếp tục nâng cao",
        "4. Thực hiện cùng cơ quan chủ trì",
        "8.3 Đồng bộ hóa",
        "5. Phối hợp, hướng dẫn",
        "cho biết đầu mối: lãnh đạo phụ trách",
    )


def test_an_urgent_duty_gets_its_own_opening_on_the_signing_day() -> None:
    urgent = mails.mail("opening", mails.line(), as_of=mails.at(date(2022, 6, 30)))
    assert render(urgent).subject == "[KH 239] Hạn 14/7: nhiệm vụ 1.2 mới giao - UBND xã A Mú Sung"


def test_an_event_has_a_short_mail_that_names_it() -> None:
    event = "Phương án bồi thường dự án đường Mường Vi - Bản Xèo"
    new = mails.line(item="2.5", event=event, deadline_text="Theo quy định", last_day=date(2022, 8, 1))
    rendered = render(mails.mail("opening", new, as_of=mails.at(date(2022, 7, 12))))
    assert rendered.subject == "[KH 239] Hạn 01/8: nhiệm vụ 2.5 mới giao - UBND xã A Mú Sung"
    assert f"Sự kiện: {event}" in " ".join(rendered.text.split())
    assert len(rendered.text.split("Đầu mối hỗ trợ")[0].split()) < 150


def test_the_reason_of_an_events_day_does_not_say_the_event_again() -> None:
    owed = mails.line(
        item="2.5",
        event="dự án đường Mường Vi - Bản Xèo",
        deadline_text="Theo quy định",
        last_day=date(2022, 8, 1),
        why="Có phương án bồi thường phải niêm yết: ngày 12/7/2022 không tính, cộng 20 ngày (Quy ước của "
        "chương trình) → Thứ Hai 01/8/2022",
    )
    text = " ".join(render(mails.mail("remind", owed)).text.split())
    assert "Sự kiện: dự án đường Mường Vi - Bản Xèo" in text
    assert "Vì sao là ngày này? 20 ngày sau 12/7/2022 (Quy ước của chương trình)." in text
