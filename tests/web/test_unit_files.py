"""Evidence over HTTP: only ever saved, never shown by a browser as a page; taken away with a trace."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from obligations.rights import Seat
from store.engine import reading
from store.evidence import files_of
from tasks_lib.answering.submit import Answer
from tasks_lib.evidence.looking import Upload
from tasks_lib.kernel.bootstrap import House
from tests.support.faults.faults import CODES
from tests.support.life.samples import PDF
from tests.support.life.stories import (
    A_MU_SUNG,
    BAT_XAT,
    MUONG_VI,
    SA_PA,
    SO_NOI_VU,
    history_of,
    reports_in,
    versions_of,
)
from tests.support.pages.visits import Site, visited

KEY = f"1.2/{A_MU_SUNG}/once"


@pytest.fixture
def site(house: House) -> Iterator[Site]:
    reports_in(
        house,
        KEY,
        "2022-07-12T10:00",
        Answer(text="Xong", evidence=(Upload(name="Biên bản họp thôn.pdf", content=PDF),)),
    )
    with visited(house, "2022-07-13T09:00") as open_site:
        yield open_site


def file_number(house: House) -> int:
    report = versions_of(house, KEY)[-1].id
    with reading(house.engine) as connection:
        return files_of(connection, [report])[report][0].id


def test_it_is_given_to_be_saved_under_its_own_name(site: Site) -> None:
    page = site.by_link(A_MU_SUNG).get(f"/tep/{file_number(site.house)}")

    assert page.content == PDF
    assert page.headers["content-disposition"].startswith("attachment; filename*=UTF-8''Bi%C3%AAn%20b")
    assert page.headers["x-content-type-options"] == "nosniff"
    assert page.headers["content-type"] == "application/pdf"
    assert "private" in page.headers["cache-control"]


@pytest.mark.parametrize(
    ("seat", "agency", "status"),
    [
        (Seat.DESK, BAT_XAT, 200),
        (Seat.COORDINATOR, SO_NOI_VU, 200),
        (Seat.DESK, SA_PA, 403),
        (Seat.OFFICER, MUONG_VI, 403),
    ],
)
def test_only_by_the_table_of_rights(site: Site, seat: Seat, agency: str, status: int) -> None:
    assert site.login(seat, agency).get(f"/tep/{file_number(site.house)}").status == status


def test_a_desk_takes_it_away_with_a_reason_and_a_trace(site: Site) -> None:
    number = file_number(site.house)
    desk = site.login(Seat.DESK, BAT_XAT)
    assert "Biên bản họp thôn.pdf" in desk.get(f"/tep/{number}/go").text
    refused = desk.post(f"/tep/{number}/go", reason=" ")
    assert refused.status == 409
    assert "Nêu lý do gỡ tệp" in refused.text

    done = desk.post(f"/tep/{number}/go", reason="có dữ liệu cá nhân")

    assert done.status == 200
    assert done.address == f"/nhiem-vu/{KEY}"
    gone = site.by_link(A_MU_SUNG).get(f"/tep/{number}")
    assert gone.status == 410
    assert "đã gỡ ngày 13/7/2022, lý do: có dữ liệu cá nhân" in gone.text
    (removed,) = [h for h in history_of(site.house, KEY) if h.what == "remove-file"]
    assert removed.person
    again = desk.post(f"/tep/{number}/go", reason="lần nữa")
    assert again.status == 409
    assert "Tệp 'Biên bản họp thôn.pdf' đã được gỡ trước đó" in again.text
    assert not CODES.search(again.text)


def test_the_unit_itself_takes_nothing_away(site: Site) -> None:
    number = file_number(site.house)

    for path in (f"/tep/{number}/go",):
        assert site.by_link(A_MU_SUNG).post(path, reason="x").status == 403
        assert site.login(Seat.OFFICER, A_MU_SUNG).post(path, reason="x").status == 403
    assert site.by_link(A_MU_SUNG).get(f"/tep/{number}").content == PDF


def test_what_is_no_file_is_said(site: Site) -> None:
    clerk = site.by_link(A_MU_SUNG)

    assert clerk.get("/tep/999999").status == 404
    assert clerk.get("/tep/khong-phai-so").status == 404
