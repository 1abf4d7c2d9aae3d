"""Days that cannot be true, typed into the portal: by the mail's link, by the desk, for one and for many."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pytest

from obligations.rights import Seat
from tasks_lib.kernel.bootstrap import House
from tests.support.faults.faults import told
from tests.support.life.samples import PDF
from tests.support.life.stories import A_MU_SUNG, BAT_XAT, MUONG_VI, SIGNED, replay, row
from tests.support.pages.unit import FORM, field, number, opened, sends, two_communes
from tests.support.pages.visits import Site, Somebody, visited

KEY, NEXT = f"1.2/{A_MU_SUNG}/once", f"1.2/{MUONG_VI}/once"


@pytest.fixture
def site(house: House) -> Iterator[Site]:
    two_communes(house)
    replay(house, SIGNED, "2022-07-18")
    with visited(house, "2022-07-18T09:00") as open_site:
        yield open_site


@pytest.fixture
def clerk(site: Site) -> Somebody:
    return site.by_link(A_MU_SUNG, obligation=KEY)


def test_a_paper_of_last_year_is_sent_and_stays_red_until_the_desk_confirms(
    site: Site, clerk: Somebody
) -> None:
    typed = {
        "doc": [number(site.house, KEY)],
        "doc-number": "12/BC-UBND",
        "doc-signed_on": "10/7/2021",
        "do": "document",
    }
    page = sends(clerk, {**opened(clerk), **typed})

    assert "Ngày 10/7/2021 ở trước khi nhiệm vụ bắt đầu" in page.text
    assert row(site.house, KEY).done_on == date(2022, 7, 18)
    desk = site.login(Seat.DESK, BAT_XAT)
    assert "ngày chờ xác nhận 10/7/2021" in desk.get("/hang-doi").text
    shown = desk.get(f"/nhiem-vu/{KEY}")
    assert "Ngày chờ xác nhận 10/7/2021" in shown.text
    assert "sau thời hạn" in shown.text

    accepted = desk.post(f"/nhiem-vu/{KEY}/tiep-nhan", version="1")
    assert "hoàn thành quá hạn" in accepted.text
    assert clerk.post(f"/nhiem-vu/{KEY}/xac-nhan-ngay", version="1").status == 403
    confirmed = desk.post(f"/nhiem-vu/{KEY}/xac-nhan-ngay", version="1", noi_dung="đã xem bản giấy")

    assert "Đã xác nhận ngày; kết quả được tính từ ngày đó." in confirmed.text
    assert "hoàn thành đúng hạn" in confirmed.text
    assert (
        "xác nhận ngày của văn bản, ngày hoàn thành: tính từ ngày 10/7/2021; đã xem bản giấy"
        in confirmed.text
    )
    assert "/xac-nhan-ngay" not in confirmed.html


@pytest.mark.parametrize(
    ("completed", "words"),
    [
        ("01/01/2021", "ngày hoàn thành 01/01/2021 ở trước ngày ban hành Kế hoạch 30/6/2022 hơn một năm"),
        ("19/7/2022", "ngày hoàn thành 19/7/2022 ở sau ngày cập nhật 18/7/2022"),
    ],
)
def test_a_completion_that_cannot_be_is_refused_and_what_was_typed_kept(
    site: Site, clerk: Somebody, completed: str, words: str
) -> None:
    typed = {
        field(site.house, KEY, "completed_on"): completed,
        field(site.house, KEY, "text"): "Đã phát thanh",
        "do": f"send:{number(site.house, KEY)}",
    }
    page = clerk.send(
        FORM, {**opened(clerk), **typed}, {"ảnh.pdf": PDF}, under=field(site.house, KEY, "files")
    )
    assert page.status == 400
    assert words in page.text
    assert "Đã phát thanh" in page.html
    assert row(site.house, KEY).work_state == "open"


def test_the_desks_papers_for_many_are_held_to_the_same_days(site: Site) -> None:
    desk = site.login(Seat.DESK, BAT_XAT)
    ticks = [f"{KEY}@0", f"{NEXT}@0"]
    paper = {"viec": "ghi-nhan-thay", "chon": ticks, "so": "15/BC-UBND"}

    long_ago = desk.post("/hang-doi/lam", **paper, ngay="13/7/2012")
    assert (long_ago.status, long_ago.text.count("hơn một năm")) == (409, len(ticks))
    for arrived, said in (
        ("12/7/2022", "gày đến 12/7/2022 ở trước ngày văn bản 13/7/2022"),
        ("19/7/2022", "gày đến 19/7/2022 ở sau ngày ghi nhận 18/7/2022"),
    ):
        refused = desk.post("/hang-doi/lam", **paper, ngay="13/7/2022", ngay_den=arrived)
        assert refused.status == 422
        assert [where for where, words in told(refused) if said in words] == ["ghi-nhan-thay-ngay-den"]
    desk.post("/hang-doi/lam", **paper, ngay="10/6/2022")

    for key in (KEY, NEXT):
        assert (row(site.house, key).done_on, row(site.house, key).doubted_on) == (
            date(2022, 7, 18),
            date(2022, 6, 10),
        )
    both = [f"{key}@1" for key in (KEY, NEXT)]
    desk.post("/hang-doi/lam", viec="xac-nhan-ngay", chon=both)
    assert {row(site.house, key).done_on for key in (KEY, NEXT)} == {date(2022, 6, 10)}
