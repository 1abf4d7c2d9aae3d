"""Forms that were not made for the visitor's session change nothing; a session that was ended is over."""

from __future__ import annotations

from pathlib import Path

import httpx
import pytest

from config.load import Configuration
from obligations.model import WorkState
from obligations.rights import Seat
from tasks_lib.kernel.bootstrap import House
from tests.support.houses.houses import opened
from tests.support.life.samples import png
from tests.support.life.stories import BAT_XAT, MUONG_VI, SIGNED, leave_only, replay, reports_in, row
from tests.support.pages.portal import portal_of
from tests.support.pages.visits import Somebody, visited

KEY = f"1.2/{MUONG_VI}/once"
ACCEPT = f"/nhiem-vu/{KEY}/tiep-nhan"


@pytest.fixture
def reported(house: House) -> House:
    """A commune's report waits for its desk."""
    leave_only(house, KEY)
    replay(house, SIGNED, SIGNED)
    reports_in(house, KEY, "2022-07-11")
    return house


@pytest.mark.parametrize("token", ["", "20991231235959##0123456789abcdef0123456789abcdef01234567"])
def test_a_form_without_the_sessions_token_changes_nothing(reported: House, token: str) -> None:
    with visited(reported, "2022-07-12") as site:
        desk = site.login(Seat.DESK, BAT_XAT)
        refused = desk.send(ACCEPT, {"csrftoken": token, "version": "1", "noi-dung": "Đã đối chiếu"})
    assert refused.status == 403
    assert "Đã đối chiếu" in refused.text, "what was typed is given back"
    assert row(reported, KEY).work_state == WorkState.SUBMITTED


def test_another_sessions_token_is_no_good(reported: House) -> None:
    with visited(reported, "2022-07-12") as site:
        other = site.login(Seat.DESK, BAT_XAT).get("/hang-doi").values("csrftoken")[0]
        desk = site.login(Seat.DESK, BAT_XAT)
        assert desk.send(ACCEPT, {"csrftoken": other, "version": "1"}).status == 403
        assert desk.post(ACCEPT, version="1").status == 200
    assert row(reported, KEY).work_state == WorkState.ACCEPTED


def test_a_form_with_files_is_asked_for_its_token_too(reported: House) -> None:
    with visited(reported, "2022-07-12") as site:
        clerk = site.login(Seat.OFFICER, MUONG_VI)
        files = {"anh.png": png()}
        assert clerk.send("/don-vi", {"csrftoken": "no"}, files=files, under="t1-files").status == 403
        assert clerk.send("/don-vi", {"do": "draft"}, files=files, under="t1-files").status != 403


def test_who_signed_out_is_out(reported: House) -> None:
    with visited(reported, "2022-07-12") as site:
        desk = site.login(Seat.DESK, BAT_XAT)
        assert desk.get("/hang-doi").status == 200
        assert desk.post("/dang-xuat").address == "/dang-nhap"
        assert desk.get("/hang-doi").address == "/dang-nhap"


def test_a_session_ends_after_a_working_day(reported: House) -> None:
    with visited(reported, "2022-07-12T08:00") as site:
        desk = site.login(Seat.DESK, BAT_XAT)
        site.clock.at("2022-07-12T17:59")
        assert desk.get("/hang-doi").status == 200
        site.clock.at("2022-07-12T18:01")
        assert desk.get("/hang-doi").address == "/dang-nhap"


def test_every_answer_carries_the_headers_that_keep_it_to_itself(reported: House) -> None:
    with visited(reported, "2022-07-12") as site:
        desk: Somebody = site.login(Seat.DESK, BAT_XAT)
        paths = ("/hang-doi", "/khong-co", "/healthz")
        told: list[httpx.Headers] = [desk.get(path).headers for path in paths]
    for headers in told:
        assert headers["referrer-policy"] == "no-referrer"
        assert headers["x-content-type-options"] == "nosniff"
        assert headers["x-frame-options"] == "DENY"
        assert "default-src 'none'" in headers["content-security-policy"]
        assert "unsafe" not in headers["content-security-policy"]


def test_a_monitor_is_told_when_the_database_is_not_laid_out(
    home: Path, configuration: Configuration
) -> None:
    with opened(configuration) as empty, portal_of(empty) as portal, portal.client() as monitor:
        told = monitor.get("/healthz")
    assert (told.status_code, told.text) == (
        503,
        "cơ sở dữ liệu chưa được khởi tạo: chạy 'dondoc init' trước",
    )
