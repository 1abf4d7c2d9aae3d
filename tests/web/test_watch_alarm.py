"""The portal tells people when something stands still: by a band on its pages and by mail to ops."""

from __future__ import annotations

from collections.abc import Iterator
from email.message import EmailMessage

import pytest
from sqlalchemy import update

import web.frame.beside
from obligations.rights import Seat
from store.engine import writing
from store.schema import messages
from tasks_lib.kernel.bootstrap import House
from tasks_lib.rounds.sweep import sweep
from tasks_lib.watch.watchman import Watchman
from tests.support.houses.houses import MailServer, with_settings
from tests.support.life.letters import contents_of, letter, text_of
from tests.support.life.stories import A_MU_SUNG, BAT_XAT, MUONG_VI, at, leave_only
from tests.support.pages.portal import PATIENCE
from tests.support.pages.visits import Site, counting, visited
from tests.support.running.watching import lives, monitored, started, until

ONE, TWO = f"1.2/{A_MU_SUNG}/once", f"1.2/{MUONG_VI}/once"
OPS_MAIL = "van-hanh@laocai.example"
BAND = 'class="band"'


@pytest.fixture
def lived(house: House, smtp: MailServer) -> House:
    """Rounds and mails of 6 and 7/7 are done; mail goes to a real server, and ops read theirs."""
    leave_only(house, ONE, TWO)
    started(house, "2022-07-05")
    lives(house, "2022-07-06", "2022-07-07")
    return with_settings(smtp.serving(house), ops_mail=OPS_MAIL)


@pytest.fixture
def site(lived: House) -> Iterator[Site]:
    with visited(lived, "2022-07-07T08:30") as found:
        yield found


def watchman_of(site: Site) -> Watchman:
    found: Watchman = site.app.state.watchman
    return found


def told(smtp: MailServer) -> list[EmailMessage]:
    """The mails to ops, as they came."""
    found = [letter(content) for content in contents_of(smtp)]
    return [mail for mail in found if mail["To"] == OPS_MAIL]


def subjects(smtp: MailServer) -> list[str]:
    return [str(mail["Subject"]) for mail in told(smtp)]


def test_a_round_that_did_not_run_is_a_red_band_for_those_who_answer_for_the_whole(site: Site) -> None:
    site.clock.at("2022-07-08T06:59")
    coordinator, director = site.login(Seat.COORDINATOR), site.login(Seat.DIRECTOR)
    ops, district = site.login(Seat.OPS), site.login(Seat.DESK, BAT_XAT)
    unit = site.by_link(A_MU_SUNG)
    watchman_of(site).watch()
    assert BAND not in coordinator.get("/").html

    site.clock.at("2022-07-08T07:00")
    watchman_of(site).watch()

    for path in ("/", "/bang", "/hang-doi", "/khong-co-trang-nay"):
        shown = coordinator.get(path)
        assert "Lượt 6:30 hôm nay chưa chạy (gần nhất 06:30 ngày 07/7/2022)" in shown.text, path
    assert coordinator.get("/").links("/van-hanh")
    assert BAND in director.get("/").html
    assert "Đề nghị bộ phận quản trị hệ thống xử lý" in director.get("/").text
    assert BAND in ops.get("/").html
    assert BAND not in district.get("/hang-doi").html
    assert BAND not in unit.get("/").html


def test_the_band_names_three_and_counts_the_rest(site: Site) -> None:
    watchman_of(site).watch()
    with writing(site.house.engine) as connection:
        connection.execute(update(messages).values(state="dead"))
    (site.house.settings.home / "secret.key").write_text("mot-khoa-khac", encoding="ascii")
    site.clock.at("2022-07-11T09:00")
    watchman_of(site).watch()
    coordinator = site.login(Seat.COORDINATOR)
    shown = coordinator.get("/").html
    band = shown[shown.index(BAND) : shown.index("</aside>")]
    assert band.count("<li>") == 3
    assert "nội dung khác" in band


def test_the_page_of_operations_shows_every_check_in_words(site: Site) -> None:
    site.clock.at("2022-07-08T07:00")
    ops = site.login(Seat.OPS)
    shown = ops.get("/van-hanh").text
    assert "Tự theo dõi" in shown
    assert "Lượt theo dõi ! cần xử lý lượt 6:30 hôm nay chưa chạy" in shown
    assert "Kho tài liệu kiểm chứng ✓ bình thường ghi và đọc được" in shown


def test_a_page_asks_the_database_nothing_for_the_band(site: Site) -> None:
    site.clock.at("2022-07-08T07:00")
    coordinator = site.login(Seat.COORDINATOR)
    coordinator.get("/")
    with counting(site.house) as before:
        coordinator.get("/")
    watchman_of(site).watch()
    with counting(site.house) as after:
        assert BAND in coordinator.get("/").html
    assert len(after) == len(before)


def test_ops_hear_once_when_it_begins_daily_while_it_lasts_and_once_when_it_is_over(
    lived: House, smtp: MailServer
) -> None:
    with monitored(lived, "2022-07-08T07:00") as monitor:

        def watch(moment: str) -> list[str]:
            monitor.at(moment)
            before = len(told(smtp))
            monitor.watchman.watch()
            return subjects(smtp)[before:]

        begins = "[KH 239] Vận hành: lượt 6:30 hôm nay chưa chạy (gần nhất 06:30 ngày 07/7/2022)"
        assert watch("2022-07-08T06:59") == []
        assert watch("2022-07-08T07:00") == [begins]
        assert watch("2022-07-08T07:01") == []
        assert (lived.settings.home / "alarm.txt").read_text(encoding="utf-8").startswith("2022-07-08 07:01")
        (second,) = watch("2022-07-08T08:00")
        assert second.startswith("[KH 239] Vận hành: lượt gửi thư hôm nay chưa chạy")
        (third,) = watch("2022-07-09T06:59")
        assert third.startswith("[KH 239] Vận hành: tự kiểm ngày 08/7/2022 chưa chạy")
        assert watch("2022-07-09T08:00") == ["[KH 239] Vận hành: 02 nội dung chưa khắc phục"]
        lives(lived, "2022-07-11", "2022-07-11")
        (over,) = watch("2022-07-11T07:40")
        assert over == "[KH 239] Vận hành: đã trở lại bình thường: lượt theo dõi (và 02 nội dung khác)"
        assert watch("2022-07-11T07:41") == []
        assert not (lived.settings.home / "alarm.txt").exists()
    body = text_of(contents_of(smtp)[-1])
    assert "Đến 07 giờ 40 phút ngày 11/7/2022, Hệ thống ghi nhận:" in body
    assert "Lượt theo dõi (lỗi từ 07 giờ 00 phút ngày 08/7/2022)" in body


def test_of_two_portals_one_speaks(lived: House, smtp: MailServer) -> None:
    with monitored(lived, "2022-07-08T07:30") as one, monitored(lived, "2022-07-08T07:30") as other:
        for _ in range(3):
            one.watchman.watch()
            other.watchman.watch()
        assert len(told(smtp)) == 1
        sweep(lived, at("2022-07-08T06:30"))
        other.at("2022-07-08T07:31")
        one.at("2022-07-08T07:31")
        other.watchman.watch()
        one.watchman.watch()
        assert len(told(smtp)) == 2


def test_where_the_mail_is_refused_it_is_told_at_the_next_look(lived: House, smtp: MailServer) -> None:
    with monitored(lived, "2022-07-08T07:00") as monitor:
        smtp.box.refused[OPS_MAIL] = "451 4.3.2 đang bảo trì"
        monitor.watchman.watch()
        assert told(smtp) == []
        assert "lượt 6:30" in (lived.settings.home / "alarm.txt").read_text(encoding="utf-8")
        smtp.box.refused.clear()
        monitor.at("2022-07-08T07:01")
        monitor.watchman.watch()
        monitor.at("2022-07-08T07:02")
        monitor.watchman.watch()
        assert len(told(smtp)) == 1


def test_a_database_that_is_away_is_told_once_and_when_it_is_back(lived: House, smtp: MailServer) -> None:
    database = lived.settings.home / "dondoc.db"
    with monitored(lived, "2022-07-07T08:30") as monitor:
        monitor.watchman.watch()
        database.rename(lived.settings.home / "elsewhere.db")
        for minute in (31, 32, 33):
            monitor.at(f"2022-07-07T08:{minute}")
            monitor.watchman.watch()
        assert len(told(smtp)) == 1
        assert "Vận hành: tệp cơ sở dữ liệu dondoc.db đã bị chuyển đi" in subjects(smtp)[0]
        (lived.settings.home / "elsewhere.db").rename(database)
        monitor.at("2022-07-07T08:34")
        monitor.watchman.watch()
        assert subjects(smtp)[1:] == ["[KH 239] Vận hành: đã trở lại bình thường: cơ sở dữ liệu"]


def test_the_portal_watches_by_itself(
    lived: House, smtp: MailServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(web.frame.beside, "AGAIN_SECONDS", 0.05)
    with monitored(lived, "2022-07-08T07:00"):
        until(lambda: len(told(smtp)) == 1, PATIENCE)
