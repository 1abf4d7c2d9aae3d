"""The contract for scripts: links that open one agency's work, links to sign in, and their end."""

from __future__ import annotations

from typing import Any

import pytest

from cli.main import BAD_INPUT, REFUSED, run
from obligations.rights import Seat, Visitor
from store.engine import reading
from tasks_lib.kernel.bootstrap import House
from tasks_lib.kernel.clock import parse_as_of
from tasks_lib.kernel.links import LinkFault, open_link, session_visitor, sign_in
from tests.support.running.commands import Call

COMMUNE, DISTRICT, OTHER, FOCAL = "x02719-2022", "h082-2022", "h080-2022", "so-noi-vu"
TASK = f"1.2/{COMMUNE}/once"


def test_a_link_opens_what_one_agency_has_open_until_it_is_revoked(
    call: Call, house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DONDOC_PUBLIC_URL", "https://theodoi.laocai.example/")
    made = call("link", COMMUNE, "--obligation", TASK, "--as-of", "2022-07-18")
    assert set(made) == {"url", "expires"}
    assert made["expires"] == "2022-08-17T07:30:00+07:00"
    start, _, signed = made["url"].rpartition("/")
    assert start == "https://theodoi.laocai.example/l"
    row, visitor = opened_at(house, signed, "2022-07-19")
    assert (visitor.agency, visitor.seat) == (COMMUNE, Seat.ANSWER_LINK)
    assert row.obligation_id == visitor.obligation_id is not None
    review = call("link", DISTRICT, "--for", "review", "--as-of", "2022-07-18")["url"].rpartition("/")[2]
    assert opened_at(house, review, "2022-07-19")[1].seat is Seat.REVIEW_LINK

    assert call("revoke", COMMUNE, "--as-of", "2022-07-19") == {"revoked": 1, "suspended": 0, "refused": 0}
    assert call("revoke", COMMUNE, "--as-of", "2022-07-19") == {"revoked": 0, "suspended": 0, "refused": 0}
    with pytest.raises(LinkFault, match="revoked"):
        opened_at(house, signed, "2022-07-19")
    assert opened_at(house, review, "2022-07-19")[1].agency == DISTRICT


def opened_at(house: House, signed: str, day: str) -> tuple[Any, Visitor]:
    with reading(house.engine) as connection:
        return open_link(connection, house, signed, parse_as_of(day))


@pytest.mark.parametrize(
    ("role", "agency", "seat", "of"),
    [
        ("coordinator", None, Seat.COORDINATOR, FOCAL),
        ("director", None, Seat.DIRECTOR, FOCAL),
        ("ops", None, Seat.OPS, FOCAL),
        ("reader", None, Seat.READER, "ubnd-tinh"),
        ("ubnd-tinh", None, Seat.READER, "ubnd-tinh"),
        ("officer", COMMUNE, Seat.OFFICER, COMMUNE),
        ("chairperson", COMMUNE, Seat.CHAIRPERSON, COMMUNE),
        ("district-desk", DISTRICT, Seat.DESK, DISTRICT),
        ("district_desk", DISTRICT, Seat.DESK, DISTRICT),
        ("desk", DISTRICT, Seat.DESK, DISTRICT),
        ("leader", "so-y-te", Seat.LEADER, "so-y-te"),
        ("guide", "so-tu-phap", Seat.GUIDE, "so-tu-phap"),
    ],
)
def test_a_login_link_signs_in_once_in_the_seat_asked_for(
    call: Call, house: House, role: str, agency: str | None, seat: Seat, of: str
) -> None:
    named = ("--agency", agency) if agency else ()
    made = call("login-link", "--role", role, *named, "--as-of", "2022-07-18")
    assert set(made) == {"url", "expires"}
    assert made["url"].startswith("http://127.0.0.1:8239/dang-nhap/")
    signed, at = made["url"].rpartition("/")[2], parse_as_of("2022-07-18T08:00")
    session = sign_in(house, signed, at, "test")
    visitor = session_visitor(house, session, at)
    assert visitor is not None
    assert (visitor.agency, visitor.seat) == (of, seat)
    with pytest.raises(LinkFault, match="used"):
        sign_in(house, signed, at, "test")


def test_a_seat_that_an_agency_has_not_is_refused_with_those_it_has(call: Call) -> None:
    said = call("login-link", "--role", "director", "--agency", DISTRICT, status=REFUSED)
    assert said.strip() == (
        "UBND huyện Bát Xát không có vai trò 'director' (có: district-desk, officer, chairperson, guide);"
        " chọn --agency"
    )


def test_a_role_that_does_not_exist_names_those_that_do(call: Call) -> None:
    said = call("login-link", "--role", "answer-link", status=BAD_INPUT)
    assert said.strip() == (
        "--role: không có vai trò 'answer-link'; chọn một trong: officer, leader, chairperson, district-desk,"
        " guide, coordinator, director, reader, ops"
    )


def test_people_read_a_link_and_until_when_it_can_be_used(
    house: House, capfd: pytest.CaptureFixture[str]
) -> None:
    assert run(["link", COMMUNE, "--as-of", "2022-07-08"]) == 0
    url, until = capfd.readouterr().out.splitlines()
    assert opened_at(house, url.rpartition("/")[2], "2022-07-19")[1].agency == COMMUNE
    assert until == "Dùng được đến 07:30 ngày 07/8/2022"
