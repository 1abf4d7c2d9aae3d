"""Case 9 through the pages: an invited body's row, "chưa cung cấp", entered by Sở Nội vụ; no red anywhere."""

from __future__ import annotations

from obligations.model import WorkState
from obligations.rights import Seat
from tasks_lib.kernel.bootstrap import House
from tests.support.life.stories import BAT_XAT, leave_only, replay, row, versions_of
from tests.support.pages.visits import visited

COURT = "toa-an-nhan-dan-tinh"
ASKED = f"row/3.4/{COURT}/2022-Q3-report"
PAGE = f"/nhiem-vu/{ASKED}"


def test_what_an_invited_body_supplies_is_entered_by_the_focal_agency(house: House) -> None:
    leave_only(house, ASKED)
    replay(house, "2022-08-30", "2022-09-20")
    with visited(house, "2022-09-20T09:00") as site:
        coordinator = site.login(Seat.COORDINATOR)
        home, page = coordinator.get("/"), coordinator.get(PAGE)
        assert "Cơ quan phối hợp chưa cung cấp : 01" in home.text
        assert "quá hạn" not in page.text.replace("không tính quá hạn", "")
        assert site.login(Seat.DESK, BAT_XAT).get(PAGE).status == 403

        empty = coordinator.post(f"{PAGE}/nhap-thay", version="0", noi_dung="")
        assert (empty.status, row(house, ASKED).work_state) == (409, WorkState.OPEN)
        coordinator.post(f"{PAGE}/nhap-thay", version="0", noi_dung="Đã thụ lý 12 vụ; cung cấp qua thư")

        assert row(house, ASKED).work_state == WorkState.ACCEPTED
        assert versions_of(house, ASKED)[-1].text == "Đã thụ lý 12 vụ; cung cấp qua thư"
        assert "Cơ quan phối hợp chưa cung cấp: 00" in coordinator.get("/").text
        assert "Đã thụ lý 12 vụ" in coordinator.get(PAGE).text
