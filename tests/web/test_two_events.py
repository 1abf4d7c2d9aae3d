"""Two projects of one commune under one item: whoever reads of either can tell which it is."""

from __future__ import annotations

import re
from datetime import date
from io import BytesIO

import pytest
from docx import Document
from openpyxl import load_workbook

from notifications.headlines import SUBJECT_WIDTH
from notifications.memory import MemoryTransport
from obligations.errors import Invalid
from obligations.rights import Seat
from store.engine import reading
from tasks_lib.answering.submit import Answer, submit
from tasks_lib.desk.listing import Filter, obligations
from tasks_lib.desk.review import ask_more
from tasks_lib.duties.change import Decision
from tasks_lib.kernel.bootstrap import House
from tasks_lib.mailing.compose_digest import digest_for
from tests.support.life.days import set_days
from tests.support.life.eventful import two_projects
from tests.support.life.letters import letter, messages_to, text_of
from tests.support.life.samples import PDF
from tests.support.life.stories import (
    BAT_XAT,
    MUONG_VI,
    SO_NOI_VU,
    at,
    leave_only,
    morning,
    replay_with_mail,
    reports_in,
)
from tests.support.pages.unit import field, number, opened, presses, sends
from tests.support.pages.visits import Site, visited

ROAD = "Phương án bồi thường dự án đường Mường Vi - Bản Xèo"
SCHOOL = "Phương án bồi thường dự án trường mầm non"
FIRST, SECOND = f"2.5/{MUONG_VI}/e-0001", f"2.5/{MUONG_VI}/e-0002"


def both(text: str) -> bool:
    """Whether a text tells the two projects apart."""
    return ROAD in text and SCHOOL in text


def mails(house: House, recipient: str, day: str) -> tuple[str, str]:
    """Subject and text of what somebody was sent on a day."""
    (sent,) = (m for m in messages_to(house, recipient) if str(m.mail_on) == day)
    subject = str(letter(sent.content)["Subject"])
    assert len(subject) <= SUBJECT_WIDTH
    return subject, text_of(sent.content)


def test_two_projects_of_a_commune_are_told_apart_from_the_first_mail_to_the_paper(house: House) -> None:
    leave_only(house)
    set_days(house, "2.5")
    two_projects(house, ROAD, SCHOOL)
    replay_with_mail(house, "2022-08-11", "2022-09-16", MemoryTransport())

    subject, text = mails(house, MUONG_VI, "2022-08-11")
    assert subject == "[KH 239] Hạn 30/8: 02 việc của 2.5 - UBND xã Mường Vi"
    assert both(text)
    subject, text = mails(house, MUONG_VI, "2022-08-23")
    assert subject == "[KH 239] Hạn 30/8: 02 việc của 2.5 - UBND xã Mường Vi"
    assert both(text)
    subject, text = mails(house, MUONG_VI, "2022-09-05")
    assert subject == "[KH 239] Quá hạn 30/8: 02 việc của 2.5 - UBND xã Mường Vi"
    subject, text = mails(house, BAT_XAT, "2022-09-07")
    assert "02 việc" in subject
    assert both(text)
    with reading(house.engine) as connection:
        table = digest_for(
            connection, house, house.agency(SO_NOI_VU), date(2022, 8, 29), weekly=True, waiting=0
        )
    assert table is not None
    assert [what for what, *_ in table.due_this_week] == [
        f"nhiệm vụ 2.5 ({ROAD})",
        f"nhiệm vụ 2.5 ({SCHOOL})",
    ]
    _, text = mails(house, SO_NOI_VU, "2022-09-12")
    assert both(text)

    with visited(house, "2022-09-16T09:00") as site:
        on_the_portal(site)
        in_refusals(site)
        at_a_guide(site)

    reports_in(house, FIRST, "2022-09-16T10:00")
    more = Decision(key=FIRST, by=BAT_XAT, as_of=at("2022-09-16T11:00"), reason="Ảnh chụp nơi niêm yết")
    ask_more(house, more)
    replay_with_mail(house, "2022-09-19", "2022-09-21", MemoryTransport())
    (asked,) = (text_of(m.content) for m in messages_to(house, MUONG_VI) if "ổ sung" in str(m.subject))
    assert f"Sự kiện: {ROAD}" in asked


def in_refusals(site: Site) -> None:
    """What is refused of one of two says which, on the form and on the command line."""
    clerk, name = site.login(Seat.OFFICER, MUONG_VI), f"hiệm vụ 2.5 ({ROAD})"
    typed = {field(site.house, FIRST, "completed_on"): "01/01/2021"}
    page = presses(clerk, f"send:{number(site.house, FIRST)}", typed)
    assert f"{name}: ngày hoàn thành 01/01/2021 ở trước" in page.text
    typed = {field(site.house, FIRST, "completed_on"): "", field(site.house, FIRST, "text"): "Đã xong"}
    page = presses(clerk, f"send:{number(site.house, FIRST)}", typed)
    assert f"{name}: báo cáo còn để trống" in page.text
    with pytest.raises(Invalid, match=re.escape(f"nhiệm vụ 2.5 ({ROAD}): ")):
        submit(site.house, FIRST, MUONG_VI, at("2022-09-16T09:00"), Answer(text="Đã xong"))


def at_a_guide(site: Site) -> None:
    guide = site.login(Seat.GUIDE, "so-tai-nguyen-va-moi-truong")
    assert ROAD in guide.get("/huong-dan?muc=2.5&ky=e-0001").text
    assert ROAD in guide.get(f"/huong-dan/{FIRST}").text


def test_the_page_that_takes_a_file_away_names_the_event(house: House) -> None:
    leave_only(house)
    two_projects(house, ROAD, SCHOOL)
    with visited(house, "2022-08-16T09:00") as site:
        clerk = site.login(Seat.OFFICER, MUONG_VI)
        sent = {**opened(clerk), "do": f"send:{number(house, FIRST)}"}
        sends(clerk, sent, {"ảnh.pdf": PDF}, under=field(house, FIRST, "files"))
        desk = site.login(Seat.DESK, BAT_XAT)
        (link,) = (a for a in desk.get(f"/nhiem-vu/{FIRST}").links("/tep/") if "/nho" not in a)
        assert f"nhiệm vụ 2.5 ({ROAD})" in desk.get(f"{link}/go").text


def on_the_portal(site: Site) -> None:
    form = site.login(Seat.OFFICER, MUONG_VI).get("/don-vi")
    assert form.text.count(ROAD) >= 4  # the card, its button, the document's tick, the tick of "giao"
    assert form.text.count(SCHOOL) >= 4
    assert not set("→'") & set(form.text)
    desk = site.login(Seat.DESK, BAT_XAT)
    assert both(desk.get("/hang-doi").text)
    one = desk.get(f"/nhiem-vu/{FIRST}").text
    assert ROAD in one
    assert not set("→'") & set(one)
    board = site.login(Seat.COORDINATOR)
    assert both(board.get("/danh-sach").text)
    assert both(board.get("/danh-muc").text)
    workbook = load_workbook(BytesIO(board.get("/danh-sach?dang=xlsx").content))
    assert both(str([cell for line in workbook.active.values for cell in line]))
    paper = Document(BytesIO(board.get("/danh-muc/du-thao").content))
    assert both(" ".join(cell.text for t in paper.tables for line in t.rows for cell in line.cells))
    assert {
        r["id"]: r["event"] for r in obligations(site.house, morning("2022-09-16"), Filter()) if r["event"]
    } == {
        FIRST: ROAD,
        SECOND: SCHOOL,
    }
