"""Every sent mail can be read again by whom it concerns, and no link of it can be used."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator

import pytest

from cli.main import run
from notifications.bounces import Raw
from notifications.memory import MemoryTransport
from obligations.rights import Seat
from tasks_lib.access.login import request_login
from tasks_lib.answering.drafts import Writing, present
from tasks_lib.answering.report_draft import ReportDraft
from tasks_lib.kernel.bootstrap import House
from tasks_lib.mailing.bounces import take_bounces
from tests.support.houses.houses import with_settings
from tests.support.life.letters import messages_to, text_of
from tests.support.life.stories import BAT_XAT, MUONG_VI, SA_PA, SIGNED, at, leave_only, replay_with_mail
from tests.support.mailing.returned import returned
from tests.support.pages.visits import Site, visited

ONE = f"1.2/{MUONG_VI}/once"
ADDRESS = f"{MUONG_VI}@laocai.example"
PORTAL = "https://dondoc.laocai.example"
KEYS = re.compile(r"/l/([\w.\-]+)|/dang-nhap/([\w.\-]{10,})")


def reminded(house: House) -> bytes:
    """The reminder of 7/7 has left with its link; its bytes."""
    leave_only(house, ONE)
    speaking = with_settings(house, public_url=PORTAL)
    replay_with_mail(speaking, SIGNED, "2022-07-07", MemoryTransport())
    content: bytes = messages_to(house, MUONG_VI)[-1].content
    return content


@pytest.fixture
def site(house: House) -> Iterator[Site]:
    reminded(house)
    with visited(house, "2022-07-08T09:00") as open_site:
        yield open_site


def number(house: House, recipient: str = MUONG_VI) -> int:
    found: int = messages_to(house, recipient)[-1].id
    return found


def test_the_desk_reads_from_the_timeline_what_its_commune_was_sent(site: Site) -> None:
    content = messages_to(site.house, MUONG_VI)[-1].content
    desk = site.login(Seat.DESK, BAT_XAT)

    timeline = desk.get(f"/nhiem-vu/{ONE}")
    (address,) = {a for a in timeline.links("/thu/") if a.endswith(f"/{number(site.house)}")}
    shown = desk.get(address)

    assert "Hạn 14/7: nhiệm vụ 1.2 - UBND xã Mường Vi" in shown.text
    assert "máy chủ đã nhận" in shown.text
    assert "Đến 07/7/2022, Hệ thống chưa ghi nhận kết quả" in shown.text
    keys = [a or b for a, b in KEYS.findall(text_of(content))]
    assert keys
    assert not any(key in shown.html for key in keys)
    assert not KEYS.search(shown.text)
    assert "đường dẫn riêng của nơi nhận, không hiển thị" in shown.text
    assert f"/thu/{number(site.house)}" in desk.get(f"/nhac-viec/{MUONG_VI}").html


def test_another_desk_and_whoever_comes_by_a_link_read_nothing(site: Site) -> None:
    path = f"/thu/{number(site.house)}"

    assert site.login(Seat.DESK, SA_PA).get(path).status == 403
    assert site.by_link(MUONG_VI).get(path).status == 404
    assert "/thu/" not in site.by_link(MUONG_VI).get(f"/nhiem-vu/{ONE}").html
    assert site.login(Seat.CHAIRPERSON, MUONG_VI).get(path).status == 200
    assert site.login(Seat.OPS).get(path).status == 200
    assert site.login(Seat.OPS).get("/thu/999999").status in (404, 422)


def test_a_login_mail_never_shows_its_words(site: Site) -> None:
    speaking = with_settings(site.house, public_url=PORTAL)
    request_login(speaking, f"lanhdao.{MUONG_VI}@laocai.example", at("2022-07-08T08:00"))

    shown = site.login(Seat.OPS).get(f"/thu/{number(site.house)}")

    assert "đường dẫn dùng một lần, không hiển thị" in shown.text
    assert not KEYS.search(shown.text)
    assert "dang-nhap" not in shown.text


def test_what_people_of_a_unit_write_to_each_other_is_the_units_alone(site: Site) -> None:
    writing = Writing(
        key=ONE,
        by=MUONG_VI,
        person="Lý A",
        as_of=at("2022-07-08T08:00"),
        version=0,
        content=ReportDraft(text="Đã tuyên truyền", figures={"a": "12", "c": "18/21"}),
    )
    present(with_settings(site.house, public_url=PORTAL), [writing], f"lanhdao.{MUONG_VI}@laocai.example")
    path = f"/thu/{number(site.house)}"

    own = site.login(Seat.CHAIRPERSON, MUONG_VI).get(path)

    assert own.status == 200
    assert not KEYS.search(own.text)
    assert site.login(Seat.DESK, BAT_XAT).get(path).status == 403
    assert site.login(Seat.OPS).get(path).status == 403


def test_the_desk_above_sees_the_address_that_takes_no_mail_and_lifts_the_mark(site: Site) -> None:
    report = returned(messages_to(site.house, MUONG_VI)[-1].content, ADDRESS)
    take_bounces(site.house, [Raw("1.eml", report)], at("2022-07-08T08:00"))
    desk, ops = site.login(Seat.DESK, BAT_XAT), site.login(Seat.OPS)

    assert f"01 địa chỉ không nhận thư: UBND xã Mường Vi ({ADDRESS})" in desk.get("/hang-doi").text
    listed = desk.get("/dia-chi")
    assert "550 5.1.1 khong co hop thu nay" in listed.text
    assert "thư nhờ chuyển qua UBND huyện Bát Xát" in listed.text
    assert ADDRESS in ops.get("/van-hanh").text
    assert "bị trả lại" in ops.get(f"/thu/{number(site.house)}").text
    foreign = site.login(Seat.DESK, SA_PA)
    assert ADDRESS not in foreign.get("/dia-chi").text
    assert foreign.post("/dia-chi", agency=MUONG_VI, address=ADDRESS).status == 403
    assert desk.post("/dia-chi", agency="khong-co", address="x").status == 409

    lifted = desk.post("/dia-chi", agency=MUONG_VI, address=ADDRESS)

    assert "thư lại gửi thẳng đến đơn vị" in lifted.text
    assert ADDRESS not in desk.get("/hang-doi").text
    assert desk.post("/dia-chi", agency=MUONG_VI, address=ADDRESS).status == 409


def test_a_message_is_shown_on_the_command_line_without_its_links(
    house: House, capfd: pytest.CaptureFixture[str]
) -> None:
    reminded(house)
    key = str(number(house))
    capfd.readouterr()

    assert run(["messages", "show", key, "--json"]) == 0
    found = json.loads(capfd.readouterr().out)
    assert run(["messages", "show", key]) == 0
    plain = capfd.readouterr().out
    assert run(["messages", "show", "999999"]) == 2

    assert set(found) == {
        "id",
        "recipient",
        "addresses",
        "message_id",
        "subject",
        "state",
        "mail_on",
        "sent_at",
        "attempts",
        "error",
        "replies",
        "notices",
        "from",
        "reply_to",
        "text",
        "attachments",
    }
    assert found["notices"] == [{"obligation": ONE, "step": "-5", "state": "sent"}]
    assert [r["what"] for r in found["replies"]] == ["máy chủ đã nhận"]
    for text in (found["text"], plain):
        assert "chưa ghi nhận kết quả" in text
        assert not KEYS.search(text)
