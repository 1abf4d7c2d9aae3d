"""The board's pages read by a coordinator, a desk, a guide, a department and a commune."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from io import BytesIO

import pytest
from openpyxl import load_workbook
from openpyxl.worksheet.worksheet import Worksheet
from sqlalchemy import update

from obligations.reasons import DelayReason
from obligations.rights import Seat
from store.engine import writing
from store.schema import obligations
from tasks_lib.answering.explain import Explanation, explain
from tasks_lib.desk.remarks import remark
from tasks_lib.kernel.bootstrap import House
from tests.support.life.stories import A_MU_SUNG, BAT_XAT, SA_PA, at, replay, reports_in
from tests.support.pages.visits import Seen, Site, visited

SO_TU_PHAP = "so-tu-phap"
ITEM_1_2, ITEM_5_1 = f"1.2/{A_MU_SUNG}/once", f"5.1/{A_MU_SUNG}/once"
FORMULAS = ('=HYPERLINK("http://x.example","x")', "+cmd|' /C calc'!A0", "-1+1", "@SUM(A1)", "\t=1")


@pytest.fixture
def site(house: House) -> Iterator[Site]:
    """The portal four working days after 1.2 was due; a commune said why it is late, another is in."""
    replay(house, "2022-07-18", "2022-07-18")
    explain(
        house,
        ITEM_1_2,
        A_MU_SUNG,
        at("2022-07-18T09:00"),
        Explanation(reason=DelayReason.OTHER, note=FORMULAS[0]),
    )
    reports_in(house, "1.2/x02719-2022/once", "2022-07-18T10:00")
    with visited(house, "2022-07-20T09:00") as open_site:
        yield open_site


def sheet(seen: Seen, number: int = 0) -> Worksheet:
    assert seen.headers["content-disposition"].endswith('.xlsx"')
    return load_workbook(BytesIO(seen.content)).worksheets[number]


def cells(of: Worksheet) -> list[tuple[object, ...]]:
    return list(of.iter_rows(min_row=4, values_only=True))


def test_home_says_the_totals_the_rate_with_its_counts_and_the_weak_contents_first(site: Site) -> None:
    page = site.login(Seat.COORDINATOR).get("/")

    assert "Toàn tỉnh" in page.text
    assert "01 Hoàn thành quá hạn" in page.text
    assert "Tỷ lệ hoàn thành đúng hạn trong số đã đến hạn: 00/" in page.text
    order = [
        page.text.index(words)
        for words in (
            "3. Trách nhiệm",
            "4. Kiểm soát",
            "6. Cung ứng",
            "7. Quản trị",
            "1. Tham gia",
            "2. Công khai",
            "5. Thủ tục",
            "8. Quản trị",
        )
    ]
    assert order == sorted(order)
    assert page.text.count("(nội dung yếu)") == 4
    assert len(page.html.encode()) < 100_000


def test_scores_are_shown_once_they_are_known_and_how_they_moved_since_the_plan(site: Site) -> None:
    coordinator = site.login(Seat.COORDINATOR)
    signed = coordinator.get("/").text
    assert "Điểm PAPI 2021" in signed
    assert "4,07" in signed
    assert "Điểm PAPI 2022" not in signed
    assert "So với năm 2021" not in signed

    site.clock.at("2024-06-03T09:00")
    later = site.login(Seat.COORDINATOR).get("/").text
    assert "Điểm PAPI 2023" in later
    assert "Điểm PAPI 2024" not in later
    assert "So với năm 2021" in later
    assert "4,23 +0,16" in later
    assert "7,17 −0,24" in later


def test_what_a_commune_and_a_department_see_is_their_own(site: Site) -> None:
    commune = site.login(Seat.CHAIRPERSON, A_MU_SUNG)
    home = commune.get("/")
    assert "UBND xã A Mú Sung: nhiệm vụ của đơn vị" in home.text
    assert "Quá hạn theo địa bàn" not in home.text
    assert "Thư không gửi được" not in home.text
    assert "Mường Vi" not in commune.get("/danh-sach").text
    assert "Mường Vi" not in commune.get("/bang").text
    assert "00 dòng" in commune.get("/danh-sach?co_quan=x02719-2022").text
    assert commune.get("/co-quan/x02719-2022").status == 403


def test_a_district_sees_its_communes_and_no_other(site: Site) -> None:
    desk = site.login(Seat.DESK, BAT_XAT)

    squares = desk.get("/bang").text
    assert "Huyện Bát Xát: UBND cấp huyện và cấp xã" in squares
    assert "xã Mường Vi" in squares
    assert "Sa Pa" not in squares
    assert "00 dòng" in desk.get(f"/danh-sach?huyen={SA_PA}").text
    assert desk.get(f"/co-quan/{A_MU_SUNG}").status == 200
    assert desk.get(f"/co-quan/{SA_PA}").status == 403


def test_a_guide_sees_its_items_over_all_units_and_what_it_said_about_them(site: Site) -> None:
    remark(site.house, ITEM_5_1, SO_TU_PHAP, at("2022-07-19T09:00"), "Cần niêm yết đủ <b>", "chị Hoa")
    guide = site.login(Seat.GUIDE, SO_TU_PHAP)

    found = guide.get("/danh-sach?nhiem_vu=5.1")
    assert "161 dòng" in found.text
    assert f"/co-quan/{A_MU_SUNG}" not in found.html
    assert "00 dòng" in guide.get("/danh-sach?nhiem_vu=1.2").text
    page = guide.get("/nhiem-vu-kh/5.1")
    assert "Sở Tư pháp (chị Hoa)" in page.text
    assert "Cần niêm yết đủ &lt;b&gt;" in page.html
    assert "Bát Xát 00/22" in page.text


def test_drilling_down_leads_from_a_content_to_a_district_to_a_commune_to_what_it_owes(site: Site) -> None:
    coordinator = site.login(Seat.COORDINATOR)

    content = coordinator.get("/").links("/bang?noi_dung=1")[0]
    district = coordinator.get(content).links(f"huyen={BAT_XAT}")
    into = next(a for a in district if a.startswith("/bang"))
    assert into == f"/bang?noi_dung=1&huyen={BAT_XAT}"
    late = next(a for a in coordinator.get(into).links(f"co_quan={A_MU_SUNG}") if a.startswith("/danh-sach"))
    owed = coordinator.get(late)
    assert "quá hạn" in owed.text
    assert f"/nhiem-vu/{ITEM_1_2}" in owed.html
    assert coordinator.get(f"/nhiem-vu/{ITEM_1_2}").status == 200


def test_cells_say_with_a_letter_what_their_colour_says(site: Site) -> None:
    squares = site.login(Seat.DESK, BAT_XAT).get("/bang?nhiem_vu=1.2").html

    assert '<td class="late l4"><a href' in squares
    assert ">Q 00/01</a>" in squares
    assert ">M 01/01</a>" in squares


def test_a_list_is_sorted_late_first_and_goes_on_from_page_to_page(site: Site) -> None:
    coordinator = site.login(Seat.COORDINATOR)
    first = coordinator.get("/danh-sach?nhiem_vu=1.2")
    assert "152 dòng: Q quá hạn 151 M hoàn thành quá hạn 01" in first.text
    assert "Trang 1/7" in first.text
    assert "/nhiem-vu/1.2/x02719-2022/once" not in first.html

    pages = [first]
    while behind := pages[-1].links(f"trang={len(pages) + 1}"):
        pages.append(coordinator.get(behind[0]))
    rows = [page.links("/nhiem-vu/1.2/") for page in pages]
    assert [len(r) for r in rows] == [*[25] * 6, 2]
    assert rows[-1][-1] == "/nhiem-vu/1.2/x02719-2022/once"
    assert len(set().union(*rows)) == 152
    whole = cells(sheet(coordinator.get("/danh-sach?nhiem_vu=1.2&dang=xlsx&trang=2")))
    assert len(whole) == 153
    sums = cells(sheet(coordinator.get("/danh-sach?nhiem_vu=1.2&dang=xlsx"), 1))
    assert sums[0] == ("Địa bàn", "Hoàn thành quá hạn", "Quá hạn", "Cộng")
    assert sums[-1] == ("Tổng cộng", 1, 151, 152)
    assert sum(int(str(line[-1])) for line in sums[1:-1]) == 152


def test_what_a_unit_types_stays_text_in_a_workbook(site: Site) -> None:
    with writing(site.house.engine) as connection:
        for number, formula in enumerate(FORMULAS[1:], start=3):
            key = site.house.roster.members(("ubnd-cap-xa",))[number]
            mine = obligations.c.key == f"1.2/{key}/once"
            connection.execute(update(obligations).where(mine).values(delay_reason=formula))
    page = sheet(site.login(Seat.COORDINATOR).get("/danh-sach?nhiem_vu=1.2&dang=xlsx"))

    reasons = [row[-1] for row in page.iter_rows(min_row=5) if row[-1].value]
    assert {str(c.value).strip() for c in reasons} == {
        f"khác; {FORMULAS[0]}",
        *(f.strip() for f in FORMULAS[1:]),
    }
    assert {c.data_type for c in reasons} == {"s"}


@pytest.mark.parametrize(
    "address", ["/", "/bang", "/danh-sach", "/nhiem-vu-kh/1.2", f"/co-quan/{A_MU_SUNG}", "/tim?q=1.2"]
)
def test_every_table_is_a_workbook_too(site: Site, address: str) -> None:
    mark = "&" if "?" in address else "?"
    book = site.login(Seat.COORDINATOR).get(f"{address}{mark}dang=xlsx")

    assert cells(sheet(book))
    assert "20/7/2022" in str(sheet(book)["A2"].value)


@pytest.mark.parametrize(
    ("query", "told"),
    [
        ("noi_dung=9", "Bộ lọc 'noi_dung': không có giá trị '9'"),
        ("nhiem_vu=9.9", "Bộ lọc 'nhiem_vu': không có giá trị '9.9'"),
        ("tu=hom-qua", "Bộ lọc 'tu': không đọc được ngày 'hom-qua'"),
        ("trang=0", "Không có trang '0'"),
        ("trang=x", "Không có trang 'x'"),
    ],
)
def test_an_address_that_asks_for_what_there_is_not_says_so(site: Site, query: str, told: str) -> None:
    page = site.login(Seat.COORDINATOR).get(f"/danh-sach?{query}")

    assert page.status == 404
    assert told in page.text


def test_what_is_chosen_is_said_and_stays_in_the_form(site: Site) -> None:
    page = site.login(Seat.COORDINATOR).get(
        f"/danh-sach?noi_dung=1&huyen={BAT_XAT}&thoi_han=overdue&han_den=2022-07-15"
    )

    assert "Chỉ số nội dung 1. Tham gia của người dân ở cấp cơ sở; huyện Bát Xát (cả cấp xã)" in page.text
    assert "đến hạn đến hết ngày 15/7/2022" in page.text
    assert page.values("han_den") == ["2022-07-15"]
    assert f'<option value="{BAT_XAT}" selected>' in page.html


def test_nothing_of_an_invited_body_is_red_and_what_is_missing_was_not_supplied(site: Site) -> None:
    replay(site.house, "2022-09-20", "2022-09-20")
    site.clock.at("2022-09-20T09:00")
    coordinator = site.login(Seat.COORDINATOR)

    assert "Cơ quan phối hợp chưa cung cấp : 06" in coordinator.get("/").text
    page = coordinator.get("/danh-sach?chi=chua-cung-cap")
    assert "06 dòng" in page.text
    assert page.text.count("chưa cung cấp") >= 6
    assert "quá hạn" not in page.html.split("<tbody")[1]
    assert 'class="late"' not in page.html
    court = coordinator.get("/co-quan/toa-an-nhan-dan-tinh")
    assert 'class="late"' not in court.html
    assert "chưa cung cấp" in court.text


def test_who_looks_after_the_mail_is_told_what_could_not_be_sent(site: Site) -> None:
    assert "Thư không gửi được: 00" in site.login(Seat.COORDINATOR).get("/").text
    assert "Thư không gửi được" not in site.login(Seat.DESK, BAT_XAT).get("/").text
    assert "Danh mục đề xuất báo cáo UBND tỉnh" in site.login(Seat.DIRECTOR).get("/").text


def test_an_agencys_page_has_a_number_to_tap_for_those_who_may_call(site: Site) -> None:
    page = site.login(Seat.DESK, BAT_XAT).get(f"/co-quan/{A_MU_SUNG}")

    assert 'href="tel:0' in page.html
    assert "Báo cáo kỳ" in page.text
    assert f"/nhiem-vu/{ITEM_1_2}" in page.html
    reader = site.login(Seat.READER)
    assert reader.get(f"/co-quan/{A_MU_SUNG}").status == 200
    assert 'href="tel:' not in reader.get(f"/co-quan/{A_MU_SUNG}").html


def test_an_item_that_is_none_is_said(site: Site) -> None:
    page = site.login(Seat.COORDINATOR).get("/nhiem-vu-kh/9.9")

    assert page.status == 404
    assert "Không có nhiệm vụ '9.9'" in page.text


def test_what_falls_due_this_week_is_on_the_home_page_with_how_many_are_in(site: Site) -> None:
    site.clock.at("2022-07-25T09:00")
    text = site.login(Seat.COORDINATOR).get("/").text

    assert "26/7/2022 00/152" in text
    assert "29/7/2022 00/09" in text
    assert date(2022, 7, 25).isoformat() not in text


@pytest.mark.parametrize("item", ["1.2", "2.3", "2.4", "3.2", "3.5", "III.3.a"])
def test_an_items_page_leads_on_to_its_figures_added_up(site: Site, item: str) -> None:
    coordinator = site.login(Seat.COORDINATOR)

    # The menu leads there too; the button stands behind it.
    button = coordinator.get(f"/nhiem-vu-kh/{item}").links("/tong-hop")[1]
    assert coordinator.get(button).status == 200


def test_who_guides_an_item_is_led_to_where_remarks_are_written(site: Site) -> None:
    guide = site.login(Seat.GUIDE, SO_TU_PHAP)

    assert "/huong-dan?muc=5.1" in guide.get("/nhiem-vu-kh/5.1").html
    assert guide.get("/huong-dan?muc=5.1").status == 200
    assert "/huong-dan?muc=" not in site.login(Seat.DESK, BAT_XAT).get("/nhiem-vu-kh/5.1").html
