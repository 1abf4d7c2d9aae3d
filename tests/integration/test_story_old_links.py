"""Who comes by a link of a unit that is no more is told where its work went, and changes nothing by it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import func, select

from config.load import Configuration
from notifications.memory import MemoryTransport
from obligations.model import WorkState
from obligations.rights import Seat
from store.engine import reading, writing
from store.schema import reports
from tasks_lib.access.login import request_login
from tasks_lib.duties.initialise import initialise
from tasks_lib.kernel.bootstrap import House
from tasks_lib.mailing.deliver import deliver
from tasks_lib.mailing.notes import Note, post
from tests.support.houses.houses import opened, with_settings
from tests.support.life.letters import messages_to
from tests.support.life.over_2025 import CHANGE, SIGNED, configuration_over_the_change, live
from tests.support.life.stories import leave_only, morning, replay, row
from tests.support.pages.visits import visited

A_MU_SUNG, NEW_A_MU_SUNG, BAT_XAT = "x02686-2022", "x02686-2025", "h082-2022"
KEY = f"1.2/{A_MU_SUNG}/once"


@pytest.fixture(scope="module")
def configuration(tmp_path_factory: pytest.TempPathFactory) -> Configuration:
    return configuration_over_the_change(tmp_path_factory.mktemp("2025") / "config")


@pytest.fixture
def house(any_empty_url: str, configuration: Configuration, home: Path) -> Iterator[House]:
    with opened(configuration, any_empty_url) as fresh:
        initialise(fresh)
        leave_only(fresh, KEY)
        yield with_settings(fresh, home=home)


def test_an_old_link_says_where_the_work_went_and_takes_no_answer(house: House) -> None:
    replay(house, SIGNED, "2025-06-25")
    with visited(house, "2025-06-25T09:00") as site:
        clerk = site.by_link(A_MU_SUNG)
        assert clerk.get("/don-vi").status == 200
        desk = site.by_link(BAT_XAT, review=True)
        replay(house, "2025-06-26", "2025-06-30")
        site.clock.at("2025-06-30T23:30")
        signed_in = site.login(Seat.DESK, BAT_XAT)
        replay(house, CHANGE, CHANGE)
        site.clock.at(f"{CHANGE}T07:40")

        page = clerk.get("/don-vi")
        assert page.status == 410
        assert (
            "Việc này đã bàn giao cho UBND xã A Mú Sung mới từ ngày 01/7/2025,"
            " theo Nghị quyết 1673/NQ-UBTVQH15." in page.text
        )
        assert "trả lời bằng đường dẫn trong thư gửi UBND xã A Mú Sung mới" in page.text
        assert page.links("/dang-nhap")

        answered = clerk.send("/don-vi", {"text": "Đã phát thanh 12 buổi", "do": "send"})
        assert answered.status == 410
        assert "Đã phát thanh 12 buổi" in answered.html
        assert row(house, KEY).work_state is WorkState.OPEN
        with reading(house.engine) as connection:
            assert connection.scalar(select(func.count()).select_from(reports)) == 0

        gone = desk.get("/")
        assert gone.status == 410
        assert "UBND huyện Bát Xát kết thúc hoạt động từ ngày 01/7/2025" in gone.text
        assert "đề nghị liên hệ Sở Nội vụ" in gone.text
        assert signed_in.get("/hang-doi").status == 410
        # The successor answers what it holds by its own.
        assert site.by_link(NEW_A_MU_SUNG).get("/don-vi").status == 200


def test_no_mail_goes_to_a_unit_that_is_no_more(house: House) -> None:
    live(house, SIGNED, "2025-06-29")
    note = Note(
        sort="login", recipient=A_MU_SUNG, addresses=(f"{A_MU_SUNG}@laocai.example",), links={"login": "x"}
    )
    with writing(house.engine) as connection:
        post(connection, house, note, morning("2025-06-30"), expires_at=morning("2025-07-30"))
    post_ = live(house, CHANGE, "2025-07-02", MemoryTransport())
    told = {address for sent in post_.sent for address in sent.addresses}
    assert f"{A_MU_SUNG}@laocai.example" not in told
    assert f"{NEW_A_MU_SUNG}@laocai.example" in told
    assert [mail.state for mail in messages_to(house, A_MU_SUNG)][-1] == "cancelled"
    before = request_login(house, f"{A_MU_SUNG}@laocai.example", morning("2025-06-30"))
    assert before == 1
    assert request_login(house, f"{A_MU_SUNG}@laocai.example", morning("2025-07-02")) == 0
    assert deliver(house, morning("2025-07-02") + timedelta(minutes=5), transport=post_).sent == 0
