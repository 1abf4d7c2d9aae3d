"""Days that the plan does not set, as each seat sees them: asked for, late as asked, set, passed."""

from datetime import date

from notifications.memory import MemoryTransport
from obligations.rights import Seat
from tasks_lib.desk.listing import Filter, obligations
from tasks_lib.duties import day_documents
from tasks_lib.kernel.bootstrap import House
from tests.support.houses.small import leave_only
from tests.support.life.letters import messages_to, text_of
from tests.support.life.stories import (
    A_MU_SUNG,
    BAT_XAT,
    MUONG_VI,
    SIGNED,
    Y_TY,
    morning,
    proposed,
    replay,
    replay_with_mail,
    reports_in,
)
from tests.support.pages.visits import Site, Somebody, visited

CYCLE = [f"report/{unit}/2022-Q3-report" for unit in (A_MU_SUNG, MUONG_VI, Y_TY)]
INNER = [f"3.1/{unit}/once" for unit in (A_MU_SUNG, MUONG_VI, Y_TY)]
SHEET = f"sheet/{A_MU_SUNG}/2022-07"
ASKED = "hậm so với ngày đề nghị"


def told(house: House, key: str, day: str) -> tuple[str, bool]:
    """What commands say of a duty: how it stands, and whether its day is only proposed."""
    (row,) = (r for r in obligations(house, morning(day), Filter()) if r["id"] == key)
    return row["time_state"], row["proposed"]


def document(house: House, rule: str, on: str) -> None:
    given = day_documents.Given(
        rule=rule, number="12/UBND-NV", signed_on=date(2022, 7, 5), issuer="UBND huyện Bát Xát", place=""
    )
    day_documents.enter(house, given, BAT_XAT, morning(on))


def board(site: Site, on: str) -> Somebody:
    site.clock.at(f"{on}T09:00")
    return site.login(Seat.COORDINATOR)


def test_a_communes_day_of_the_cycle_9_9(house: House) -> None:
    """Late on 12/9 against a day nobody set, late by the plan from 15/9 on, and then since 14/9."""
    leave_only(house, *CYCLE)
    replay(house, SIGNED, "2022-09-12")
    reports_in(house, CYCLE[2], "2022-09-12T08:00")
    replay(house, "2022-09-13", "2022-09-14")
    with visited(house, "2022-09-14T09:00") as site:
        home = board(site, "2022-09-14").get("/")
        assert "Đang thực hiện, quá hạn" in home.text
        assert f"C{ASKED} : 03 (đã xong 01, chưa xong 02)" in home.text
        assert "0 Đang thực hiện, quá hạn" in home.text
        assert told(house, CYCLE[0], "2022-09-14") == ("overdue", True)
        assert told(house, CYCLE[2], "2022-09-14") == ("done_late", True)

        rows = site.login(Seat.COORDINATOR).get("/danh-sach?loai=bao-cao")
        assert 'class="asked"' in rows.html
        assert 'class="late"' not in rows.html
        assert f"c{ASKED}" in rows.text
        assert "hoàn thành sau ngày đề nghị" in rows.text
        heat = site.login(Seat.COORDINATOR).get("/bang")
        assert "N 01/03" in heat.text
        assert f"c{ASKED} (Kế hoạch không ghi ngày), chưa báo cáo" in heat.text  # the legend

        desk = site.login(Seat.DESK, BAT_XAT)
        assert f"C{ASKED}, chưa có báo cáo 02" in desk.get("/hang-doi").text
        unit = site.login(Seat.OFFICER, A_MU_SUNG).get("/don-vi")
        assert f"c{ASKED} 09/9/2022" in unit.text
        assert "để UBND cấp huyện kịp gửi trước ngày 15/9/2022" in unit.text
        assert "quá hạn" not in unit.text
        page = desk.get(f"/nhiem-vu/{CYCLE[0]}")
        assert "Đề nghị chậm nhất" in page.text
        assert "uá hạn" not in page.text

        replay(house, "2022-09-15", "2022-09-23")
        home = board(site, "2022-09-23").get("/")
        assert "2 Đang thực hiện, quá hạn" in home.text
        assert f"C{ASKED} : 01 (đã xong 01, chưa xong 00)" in home.text
        assert told(house, CYCLE[0], "2022-09-23") == ("overdue", False)
        assert [p.key for p in proposed(house)] == CYCLE[:2]
        listed = site.login(Seat.COORDINATOR).get("/danh-muc")
        assert "báo cáo Quý III/2022 ( 07 )" in listed.text


def test_with_a_document_the_communes_day_is_red_from_10_9_on_and_cited(house: House) -> None:
    leave_only(house, *CYCLE)
    replay(house, SIGNED, "2022-08-31")
    document(house, "report", "2022-08-31")
    replay(house, "2022-09-01", "2022-09-12")
    with visited(house, "2022-09-12T09:00") as site:
        home = board(site, "2022-09-12").get("/")
        assert "3 Đang thực hiện, quá hạn" in home.text
        assert ASKED not in home.text
        assert told(house, CYCLE[0], "2022-09-12") == ("overdue", False)
        unit = site.login(Seat.OFFICER, A_MU_SUNG).get("/don-vi")
        assert "quá hạn 01 ngày làm việc" in unit.text
        cited = "Văn bản số 12/UBND-NV ngày 05/7/2022 của UBND huyện Bát Xát ấn định ngày này"
        assert cited in unit.text
        assert cited in site.login(Seat.DESK, BAT_XAT).get(f"/nhiem-vu/{CYCLE[0]}").text


def test_3_1s_inner_day_26_7_gives_way_to_the_plans_29_7(house: House) -> None:
    leave_only(house, *INNER)
    replay(house, SIGNED, "2022-07-27")
    reports_in(house, INNER[2], "2022-07-27T08:00")
    replay(house, "2022-07-28", "2022-07-29")
    assert told(house, INNER[0], "2022-07-29") == ("overdue", True)
    with visited(house, "2022-07-29T09:00") as site:
        page = site.login(Seat.DESK, BAT_XAT).get(f"/nhiem-vu/{INNER[0]}")
        assert "để UBND cấp huyện kịp tổng hợp, đề nghị cấp xã gửi chậm nhất ngày 26/7/2022" in page.text

        replay(house, "2022-07-30", "2022-08-01")
        home = board(site, "2022-08-01").get("/")
        assert "2 Đang thực hiện, quá hạn" in home.text
        assert f"C{ASKED} : 01 (đã xong 01, chưa xong 00)" in home.text
        assert told(house, INNER[0], "2022-08-01") == ("overdue", False)
        assert told(house, INNER[2], "2022-08-01") == ("done_late", True)


def test_a_form_asks_for_the_day_that_the_mail_asks_for_in_the_same_words(house: House) -> None:
    """August's sheet is due on Saturday 10/9: both ask for Friday. 4.2 is due on Saturday 31/12."""
    august, survey = f"sheet/{A_MU_SUNG}/2022-08", "4.2/so-y-te/2022-Q4"
    leave_only(house, august, CYCLE[0], survey)
    replay_with_mail(house, "2022-08-31", "2022-09-06", MemoryTransport())
    asked = "Đề nghị chậm nhất: thứ Sáu, ngày 09/9/2022"
    with visited(house, "2022-09-06T09:00") as site:
        for key, form in ((august, f"/phieu/{august}"), (CYCLE[0], f"/ky/{CYCLE[0]}")):
            unit = site.login(Seat.CHAIRPERSON, A_MU_SUNG)
            assert asked in text_of(messages_to(house, A_MU_SUNG)[-1].content)
            for page in (form, f"/nhiem-vu/{key}"):
                assert asked.replace(":", "") in unit.get(page).text, page
            assert "10/9/2022" not in unit.get(form).text
        assert "Đề nghị chậm nhất 09/9/2022" in unit.get("/don-vi").text
        assert "10/9/2022" not in unit.get("/don-vi").text

        replay_with_mail(house, "2022-12-20", "2022-12-23", MemoryTransport())
        site.clock.at("2022-12-23T09:00")
        mail = text_of(messages_to(house, "so-y-te")[-1].content)
        form = site.login(Seat.OFFICER, "so-y-te").get("/don-vi").text
        for told in ("Hạn cuối", "thứ Bảy, ngày 31/12/2022", "phấn đấu hoàn thành Thứ Sáu 30/12/2022"):
            assert told in mail
            assert told in form


def test_a_form_counts_lateness_from_the_day_the_mail_counts_it_from(house: House) -> None:
    """From 15/9 on a commune's cycle report is late by the plan: since 14/9, not since 9/9."""
    leave_only(house, CYCLE[0])
    replay(house, SIGNED, "2022-09-21")
    with visited(house, "2022-09-21T09:00") as site:
        unit = site.login(Seat.OFFICER, A_MU_SUNG).get("/don-vi")
        assert "Hạn cuối 14/9/2022" in unit.text
        assert "quá hạn 05 ngày làm việc" in unit.text


def test_a_months_sheet_is_never_red_without_a_document(house: House) -> None:
    leave_only(house, SHEET)
    replay(house, SIGNED, "2022-08-12")
    assert told(house, SHEET, "2022-08-12") == ("overdue", True)
    with visited(house, "2022-08-12T09:00") as site:
        home = board(site, "2022-08-12").get("/")
        assert "Phiếu theo dõi tháng chưa được Chủ tịch UBND xem xét, đã qua ngày : 01" in home.text
        (link,) = home.links("loai=phieu")
        rows = site.login(Seat.COORDINATOR).get(link)
        assert f"c{ASKED}" in rows.text
        assert "1 dòng" in rows.text
        unit = site.login(Seat.OFFICER, A_MU_SUNG).get("/don-vi")
        assert "Kế hoạch ghi “định kỳ hàng tháng” (Mục III.2), không ghi ngày" in unit.text
        assert "quá hạn" not in unit.text
