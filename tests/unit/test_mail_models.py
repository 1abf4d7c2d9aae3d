"""The model mails: the facts of each, in the order an official expects them."""

from dataclasses import replace
from datetime import date
from io import BytesIO

from openpyxl import load_workbook

from notifications.bundle import SHOWN_LINES
from notifications.model import Mail, Section
from notifications.render import render
from tests.support import mails


def assert_in_order(mail: Mail, *facts: str) -> None:
    text = " ".join(render(mail).text.split())
    places = [text.find(fact) for fact in facts]
    assert -1 not in places, [fact for fact, place in zip(facts, places, strict=True) if place < 0]
    assert places == sorted(places)


def test_m1_reminds_before_the_last_day() -> None:
    expected = "[KH 239] Nhắc việc: nhiệm vụ 1.2, hạn cuối 14/7/2022 - UBND xã A Mú Sung"
    assert render(mails.m1()).subject == expected
    assert_in_order(
        mails.m1(),
        "Kính gửi: Ủy ban nhân dân xã A Mú Sung,",
        "Theo Kế hoạch số 239/KH-UBND ngày 30/6/2022 của UBND tỉnh Lào Cai, UBND xã chủ trì nhiệm vụ 1.2",
        "Tổ chức thông tin, tuyên truyền",
        "Thời gian hoàn thành ghi trong Kế hoạch: trước ngày 15/7/2022",
        "thứ Năm, ngày 14/7/2022 (còn 05 ngày làm việc)",
        "Đến 07 giờ 30 phút ngày 07/7/2022, Hệ thống chưa ghi nhận kết quả thực hiện của UBND xã.",
        "Đề nghị UBND xã hoàn thành nhiệm vụ và cập nhật kết quả (số liệu, tài liệu kiểm chứng)",
        "gửi UBND huyện qua Phòng Nội vụ",
        "chỉ cần ghi số, ký hiệu và ngày của văn bản",
        "khó khăn, vướng mắc",
        "ngày 13/7/2022",
        "Đầu mối hỗ trợ: Phòng Nội vụ huyện Bát Xát, điện thoại",
        "Trân trọng./.",
        "đề nghị bỏ qua thư này",
    )


def test_m2_tells_the_unit_what_happens_next() -> None:
    expected = "[KH 239] Chưa ghi nhận kết quả nhiệm vụ 1.2 (hạn cuối 14/7/2022) - UBND xã A Mú Sung"
    assert render(mails.m2()).subject == expected
    assert_in_order(
        mails.m2(),
        "trước ngày 15/7/2022",
        "Đến 07 giờ 30 phút ngày 18/7/2022, Hệ thống chưa ghi nhận kết quả thực hiện của UBND xã "
        "(quá hạn 02 ngày làm việc)",
        "Hệ thống đã gửi thư nhắc việc vào các ngày 07/7/2022 và 13/7/2022.",
        "Trường hợp đã hoàn thành hoặc đã gửi báo cáo, đề nghị UBND xã",
        "để được ghi nhận đúng thời điểm thực hiện",
        "nêu rõ lý do, tiến độ và thời điểm dự kiến hoàn thành, chậm nhất ngày 19/7/2022.",
        "Sau thời điểm trên, Phòng Nội vụ tổng hợp, báo cáo Chủ tịch UBND huyện (ngày 20/7/2022); "
        "từ ngày 25/7/2022, nội dung này có trong bảng tổng hợp của Sở Nội vụ.",
    )


def test_m3_shows_the_district_all_its_communes() -> None:
    expected = "[KH 239] UBND huyện Bát Xát: 03/21 xã, thị trấn chưa có kết quả nhiệm vụ 1.2"
    assert render(mails.m3()).subject == expected
    assert_in_order(
        mails.m3(),
        "Kính gửi: Ủy ban nhân dân huyện Bát Xát (qua Phòng Nội vụ),",
        "Tính đến 07 giờ 30 phút ngày 20/7/2022",
        "thời gian hoàn thành: trước ngày 15/7/2022",
        "Đã báo cáo: 18/21 xã, thị trấn (đúng hạn 16; sau thời hạn 02).",
        "Chưa báo cáo: 03/21, gồm: UBND xã A Mú Sung, UBND xã Nậm Chạc, UBND xã Y Tý",
        "Báo cáo đang chờ Phòng Nội vụ xác nhận: 04.",
        "đã nhắc việc các ngày 07/7, 13/7, 18/7/2022; đơn vị chưa nêu lý do",
        "lý do đơn vị nêu: chờ hướng dẫn",
        "Phòng Nội vụ kính đề nghị UBND huyện chỉ đạo",
        "trước ngày 25/7/2022; trường hợp đơn vị đã báo cáo bằng văn bản, Phòng Nội vụ ghi nhận thay",
        "Từ ngày 25/7/2022, các đơn vị chưa có kết quả được đưa vào bảng tổng hợp của Sở Nội vụ.",
    )


def test_m4_is_mondays_table() -> None:
    rendered = render(mails.m4())
    assert rendered.subject == (
        "[KH 239] Tổng hợp đến 25/7/2022: 10 nhiệm vụ quá hạn (sở 00, huyện 00, xã 10); "
        "04 nội dung chờ Sở xử lý"
    )
    assert_in_order(
        mails.m4(),
        "Kính gửi: Sở Nội vụ (Phòng Cải cách hành chính),",
        "1. Nhiệm vụ có thời hạn: đến hạn 456: đúng hạn 430, sau thời hạn 16, chưa hoàn thành 10 "
        "(trong đó 10 đã quá 05 ngày làm việc). Chưa đến hạn: đang thực hiện 800, "
        "đã hoàn thành trước hạn 36.",
        "không tính vào tỷ lệ",
        "2. Quá hạn so với tuần trước: 10/12 (mới 10, đã xong 11, gia hạn, tạm dừng hoặc không còn tính 01; "
        "so với sáng ngày 18/7/2022).",
        "3. Theo địa bàn: Văn Bàn 04 nội dung (04 đơn vị); Bát Xát 03 nội dung (03 đơn vị); "
        "Bảo Yên 03 nội dung (03 đơn vị). Theo sở, ban, ngành: không có.",
        "4. Báo cáo chờ Sở tiếp nhận: 03",
        "lý do chậm mới nêu: 02",
        "5. Danh mục đề xuất báo cáo UBND tỉnh: 01 đơn vị, 01 nội dung trong số quá hạn "
        "nêu trên (chưa gửi; chờ lãnh đạo Sở quyết định)",
        "6. Trong tuần đến hạn: nhiệm vụ 3.1 (ngày 29/7/2022; đã có 02/09).",
        "7. Thư không gửi được: 01 địa chỉ, cần cập nhật đầu mối: UBND xã Y Tý",
        "Kèm theo: Bảng chi tiết (Excel). Số liệu chốt lúc 07 giờ 30 phút ngày 25/7/2022.",
    )
    assert [attachment.name for attachment in rendered.attachments] == ["bang-chi-tiet-2022-07-25.xlsx"]


def test_sixty_lines_show_the_worst_fifty_and_travel_whole() -> None:
    rendered = render(mails.m4(rows=60))
    assert rendered.text.count("- UBND xã Thứ") == SHOWN_LINES
    assert "50 nội dung quá hạn lâu nhất trong tổng số 60" in " ".join(rendered.text.split())
    assert "quá hạn 09" in rendered.text
    sheet = load_workbook(BytesIO(rendered.attachments[0].content)).active
    assert sheet is not None
    assert sheet.max_row == 4 + 60


def test_a_superiors_long_section_is_cut_and_attached_too() -> None:
    lines = tuple(mails.missing(4000 + n, f"xã Số {n}", days_left=-n) for n in range(1, 71))
    rendered = render(mails.to_district(Section(template="superior", lines=lines)))
    assert len(rendered.attachments) == 1
    assert "xã Số 70 -" in rendered.text
    assert "xã Số 20 -" not in rendered.text


def test_weak_contents_stand_first_among_the_worst() -> None:
    weak = mails.missing(1, "xã Trọng Điểm", weak=True, days_left=-5)
    others = tuple(mails.missing(9 + n, f"xã Khác {n}", days_left=-9) for n in range(3))
    text = render(mails.to_focal(Section(template="focal", lines=(*others, weak)))).text
    assert text.index("xã Trọng Điểm (huyện Bát Xát)") < text.index("xã Khác 0 (huyện Bát Xát)")


def test_two_districts_reach_so_noi_vu_the_same_day() -> None:
    mail = mails.same_day()
    assert render(mail).subject == (
        "[KH 239] Chưa ghi nhận kết quả nhiệm vụ 3.5 (hạn cuối 30/9/2022): "
        "UBND huyện Bát Xát và UBND huyện Văn Bàn"
    )
    assert_in_order(
        mail, "ngày 06/10/2022", "UBND huyện Bát Xát", "Từ ngày 14/10/2022", "Hệ thống không tự gửi"
    )


def test_the_opening_letter_is_one_page_in_order() -> None:
    assert_in_order(
        mails.opening(),
        "Nhiệm vụ có thời hạn",
        "Nhiệm vụ 1.2",
        "Nhiệm vụ 5.2",
        "Kế hoạch của đơn vị và các kỳ báo cáo",
        "Báo cáo Quý III năm 2022: hạn cuối thứ Sáu, ngày 09/9/2022",
        "Nhiệm vụ thường xuyên",
        "1.3 Tiếp tục nâng cao",
        "Nhiệm vụ phối hợp, hướng dẫn",
        "cho biết đầu mối: lãnh đạo phụ trách",
    )


def test_an_urgent_duty_gets_its_own_opening_on_the_signing_day() -> None:
    urgent = replace(mails.opening(), upcoming=(), continuous=(), as_of=mails.at(date(2022, 6, 30)))
    urgent = replace(urgent, sections=(Section(template="opening", lines=(mails.line(),)),))
    expected = "[KH 239] Giao thực hiện nhiệm vụ 1.2, hạn cuối 14/7/2022 - UBND xã A Mú Sung"
    assert render(urgent).subject == expected
