"""A login link by mail: to registered addresses only, at any hour, again when the server was away."""

from __future__ import annotations

import time

import pytest

from obligations.rights import Seat
from tasks_lib.kernel.bootstrap import House
from tests.support.houses.houses import MailServer
from tests.support.life.letters import all_messages, contents_of, text_of
from tests.support.life.stories import MUONG_VI
from tests.support.pages.portal import Portal, portal_of
from tests.support.pages.visits import TOKEN, Somebody, form_token
from web.frame import beside

ADDRESS = f"lanhdao.{MUONG_VI}@laocai.example"
NIGHT = "2022-07-17T22:15"
"""A Sunday."""
PATIENCE = 20


def asks(portal: Portal, address: str) -> str:
    """Somebody asks for a login link; what the page then says."""
    with portal.client() as client:
        client.follow_redirects = True
        token = form_token(client)
        return client.post("/dang-nhap", data={"csrftoken": token, "address": address}).text


def waits(smtp: MailServer, many: int) -> list[bytes]:
    """The mails a server has taken, once there are so many."""
    until = time.monotonic() + PATIENCE
    while len(smtp.box.taken) < many and time.monotonic() < until:
        time.sleep(0.05)
    return contents_of(smtp)


def test_a_registered_leader_signs_in_on_a_sunday_night(any_house: House, smtp: MailServer) -> None:
    with portal_of(smtp.serving(any_house), NIGHT) as portal:
        assert "Nếu địa chỉ đã được đăng ký" in asks(portal, ADDRESS.upper())
        (mail,) = waits(smtp, 1)
        path = "/dang-nhap/" + text_of(mail).split("/dang-nhap/")[1].split()[0]
        with portal.client() as client:
            client.follow_redirects = True
            token = form_token(client, path)
            client.post(path, data={"csrftoken": token})
            seen = Somebody(client).get("/")
    assert "UBND xã Mường Vi" in seen.text
    assert "Chủ tịch UBND" in seen.text


def test_an_address_nobody_registered_is_answered_alike_and_gets_nothing(
    house: House, smtp: MailServer
) -> None:
    with portal_of(smtp.serving(house), NIGHT) as portal:
        known, unknown = asks(portal, ADDRESS), asks(portal, "ai-do@laocai.example")
        waits(smtp, 1)
    assert TOKEN.sub("", known) == TOKEN.sub("", unknown)
    assert len(all_messages(house)) == 1


def test_asking_again_and_again_is_slowed_down(house: House, smtp: MailServer) -> None:
    with portal_of(smtp.serving(house), NIGHT) as portal:
        said = [asks(portal, ADDRESS) for _ in range(21)]
    assert "Thao tác quá nhanh" in said[-1]
    assert "Thao tác quá nhanh" not in said[-2]
    assert len(all_messages(house)) == 5, "one address is written to five times an hour at most"


def test_a_server_that_was_away_is_tried_again_at_night(
    house: House, smtp: MailServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(beside, "AGAIN_SECONDS", 0.2)
    smtp.box.mail = ["451 4.3.0 try later"]
    with portal_of(smtp.serving(house), NIGHT) as portal:
        asks(portal, ADDRESS)
        until = time.monotonic() + PATIENCE
        while not [m for m in all_messages(house) if m.state == "retry"] and time.monotonic() < until:
            time.sleep(0.05)
        portal.at("2022-07-17T22:21")
        assert len(waits(smtp, 1)) == 1


def test_nothing_is_mailed_to_the_top(house: House, smtp: MailServer) -> None:
    with portal_of(smtp.serving(house), NIGHT) as portal:
        asks(portal, "ubnd-tinh@laocai.example")
    assert all_messages(house) == []
    assert str(Seat.READER) == "reader", "its seat is reached by a link made by hand"
