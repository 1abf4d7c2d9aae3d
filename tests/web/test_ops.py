"""The page of whoever runs the system: what runs when, mail that failed, days off, links."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, time, timedelta
from io import BytesIO

import pytest
from cronsim import CronSim
from openpyxl import load_workbook
from sqlalchemy import update

from flows.deployments import DELIVER_CRONS, ROUND_CRON
from obligations.calendar import ZONE, WorkingCalendar
from obligations.rights import Seat
from store.engine import writing
from store.schema import contacts, messages, notices
from tasks_lib.kernel.bootstrap import House
from tasks_lib.kernel.reach import point_mail
from tasks_lib.kernel.rhythm import DELIVERIES, ROUND_AT, next_delivery, next_round
from tasks_lib.watch.ops import operations
from tests.support.houses.houses import with_settings
from tests.support.life.letters import all_messages, messages_to
from tests.support.life.stories import (
    A_MU_SUNG,
    BAT_XAT,
    MUONG_VI,
    SIGNED,
    at,
    leave_only,
    reminders_of_7_july,
    replay,
    send,
)
from tests.support.pages.visits import Site, counting, visited
from web.frame.prefect_links import item_url

OPS = "/van-hanh"
ONE, TWO = f"1.2/{A_MU_SUNG}/once", f"1.2/{MUONG_VI}/once"


@pytest.fixture
def site(house: House) -> Iterator[Site]:
    """The mail of 7/7: one has left, one was given up."""
    reminders_of_7_july(house, ONE, TWO)
    send(house, "2022-07-07")
    give_up(house, MUONG_VI)
    with visited(house, "2022-07-07T10:00") as open_site:
        yield open_site


def give_up(house: House, recipient: str) -> None:
    """Let the newest mail of a recipient stand as the server's refusals leave it."""
    newest = max(m.id for m in messages_to(house, recipient))
    with writing(house.engine) as connection:
        dead = {"state": "dead", "error": "550 không có hộp thư này", "attempts": 3}
        connection.execute(update(messages).where(messages.c.id == newest).values(dead))
        connection.execute(update(notices).where(notices.c.message_id == newest).values(state="dead"))


def number_of(house: House, recipient: str) -> str:
    return str(max(m.id for m in messages_to(house, recipient)))


def state_of(house: House, recipient: str) -> str:
    return max(messages_to(house, recipient), key=lambda m: m.id).state


def test_the_page_says_how_far_the_engine_came_and_what_runs_next(site: Site) -> None:
    shown = site.login(Seat.OPS).get("/")

    assert "Ngày rà soát gần nhất 07/7/2022" in shown.text
    assert "Lượt theo dõi tiếp theo 06:30 ngày 08/7/2022" in shown.text
    assert "Lượt gửi thư tiếp theo 10:15 ngày 07/7/2022" in shown.text
    assert "chưa bật (dondoc plan start)" in shown.text
    assert "SQLite" in shown.text
    assert "14/7/2022 1.2" in shown.text


def test_a_mail_given_up_is_shown_with_its_reason_and_leaves_when_tried_again(site: Site) -> None:
    coordinator = site.login(Seat.COORDINATOR)
    shown = coordinator.get(OPS)
    assert "550 không có hộp thư này" in shown.text
    assert shown.values("number") == [number_of(site.house, MUONG_VI)]

    done = coordinator.post(f"{OPS}/gui-lai", number=number_of(site.house, MUONG_VI))

    assert "01 thư sẽ được gửi lại" in done.text
    send(site.house, "2022-07-08")
    assert state_of(site.house, MUONG_VI) == "sent"


def test_trying_again_what_has_left_is_refused(site: Site) -> None:
    ops = site.login(Seat.OPS)
    nothing = ops.post(f"{OPS}/gui-lai")
    gone = ops.post(f"{OPS}/gui-lai", number=number_of(site.house, A_MU_SUNG))

    assert (nothing.status, gone.status) == (409, 409)
    assert "Chưa chọn thư nào" in nothing.text
    assert state_of(site.house, A_MU_SUNG) == "sent"
    assert state_of(site.house, MUONG_VI) == "dead"


def test_a_parked_line_is_shown_and_goes_into_a_mail_of_its_own(site: Site) -> None:
    with writing(site.house.engine) as connection:
        sent = messages_to(site.house, A_MU_SUNG)[-1].id
        parked = update(notices).where(notices.c.message_id == sent)
        connection.execute(parked.values(state="held", error="mẫu thư lỗi"))
    ops = site.login(Seat.OPS)
    assert "mẫu thư lỗi" in ops.get(OPS).text
    before = len(messages_to(site.house, A_MU_SUNG))

    assert ops.post(f"{OPS}/gui-lai", number="dong").status == 200

    send(site.house, "2022-07-08")
    assert len(messages_to(site.house, A_MU_SUNG)) == before + 1


def test_all_tables_are_one_workbook_and_text_stays_text(site: Site) -> None:
    with writing(site.house.engine) as connection:
        dead = update(messages).where(messages.c.state == "dead")
        connection.execute(dead.values(error='=HYPERLINK("http://x.example")'))

    book = load_workbook(BytesIO(site.login(Seat.OPS).get(f"{OPS}?dang=xlsx").content))

    assert len(book.worksheets) == 10
    (cell,) = [c for line in book.worksheets[3].iter_rows() for c in line if "HYPERLINK" in str(c.value)]
    assert cell.data_type == "s"


def test_agencies_without_an_address_are_listed_with_whom_passes_on(site: Site) -> None:
    house = site.house
    with writing(house.engine) as connection:
        connection.execute(update(contacts).where(contacts.c.agency_id == A_MU_SUNG).values(address=""))
        point_mail(connection, house.configuration.agencies, house.plan)

    assert "UBND xã A Mú Sung UBND huyện Bát Xát" in site.login(Seat.OPS).get(OPS).text


def test_days_off_and_the_day_mail_leaves_next(house: House, calendar: WorkingCalendar) -> None:
    found = operations(house, at("2022-08-31T17:30"))

    assert [(str(d.day), d.working) for d in found.odd_days] == [("2022-09-01", False), ("2022-09-02", False)]
    assert found.next_delivery == at("2022-09-05T07:30")
    assert next_delivery(at("2022-07-07T07:29"), calendar) == at("2022-07-07T07:30")
    assert next_round(at("2022-07-07T06:30")) == at("2022-07-08T06:30")


def test_the_times_shown_are_the_times_deployed() -> None:
    midnight = datetime(2022, 7, 7, tzinfo=UTC)

    def times(cron: str) -> list[time]:
        days = CronSim(cron, midnight - timedelta(seconds=1))
        found = iter(days)
        return [m.time() for m in (next(found) for _ in range(100)) if m.date() == midnight.date()]

    assert times(ROUND_CRON) == [ROUND_AT]
    assert sorted(t for cron in DELIVER_CRONS for t in times(cron)) == list(DELIVERIES)
    assert ZONE.key == "Asia/Ho_Chi_Minh"


def test_links_are_counted_their_uses_logged_and_all_revoked(site: Site) -> None:
    unit = site.by_link(A_MU_SUNG)
    unit.get("/")
    coordinator = site.login(Seat.COORDINATOR)

    chosen = coordinator.get(f"{OPS}/duong-dan?co-quan={A_MU_SUNG}")
    assert "Đường dẫn của UBND xã A Mú Sung" in chosen.text
    assert "mở" in chosen.text
    assert "127.0.0.1" in chosen.text
    revoked = coordinator.post(f"{OPS}/duong-dan/{A_MU_SUNG}")

    assert "Đã thu hồi" in revoked.text
    assert "Còn 00 đường dẫn đang có hiệu lực" in revoked.text
    assert unit.get("/").status == 410
    assert site.by_link(BAT_XAT, review=True).get("/").status == 200
    assert coordinator.get(f"{OPS}/duong-dan?co-quan=nobody").address == OPS


def test_nobody_else_sees_how_the_system_runs(site: Site) -> None:
    for seat, agency in ((Seat.DIRECTOR, None), (Seat.READER, None), (Seat.DESK, BAT_XAT)):
        somebody = site.login(seat, agency)
        assert somebody.get(OPS).status == 403
        assert somebody.post(f"{OPS}/duong-dan/{A_MU_SUNG}").status == 403
        assert somebody.post(f"{OPS}/gui-lai", number=number_of(site.house, MUONG_VI)).status == 403
    assert state_of(site.house, MUONG_VI) == "dead"


def test_the_page_is_read_with_a_constant_number_of_queries_on_both_databases(any_house: House) -> None:
    leave_only(any_house, ONE, TWO)
    operations(any_house, at("2022-07-04T10:00"))  # the first look at a database asks whether it is laid out
    with counting(any_house) as before:
        operations(any_house, at("2022-07-04T10:00"))
    replay(any_house, SIGNED, "2022-07-07")
    send(any_house, "2022-07-07")
    assert all_messages(any_house)
    with counting(any_house) as after:
        operations(any_house, at("2022-07-07T10:00"))
    assert len(before) == len(after) <= 12


def test_prefect_finds_an_items_runs_by_their_names(house: House) -> None:
    assert item_url(house.settings, "1.2") is None
    settings = with_settings(house, prefect_ui_url="http://prefect.example/").settings
    assert item_url(settings, "1.2") == (
        "http://prefect.example/v2/runs?tab=flow-runs&flow-run-search=1.2+%C2%B7"
    )
