"""Twelve faults are planted in a house that runs; each is told within one working day.

Told means: the watchman names it, the coordinator's board carries it in red, ops get a mail of it.
"""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text, update

from notifications import render
from obligations.rights import Seat
from store.engine import writing
from store.schema import legs, messages
from tasks_lib.kernel.bootstrap import House
from tasks_lib.kernel.signing import KEY_FILE
from tasks_lib.mailing.deliver import deliver
from tasks_lib.rounds.sweep import sweep
from tasks_lib.watch.heartbeat import beat
from tests.support.houses.houses import MailServer, rewritten, with_settings
from tests.support.life.letters import all_messages, contents_of, letter
from tests.support.life.stories import A_MU_SUNG, BAT_XAT, MUONG_VI, at, leave_only
from tests.support.pages.visits import visited
from tests.support.running.heartbeats import taking_heartbeats
from tests.support.running.watching import lives, started

ONE, TWO = f"1.2/{A_MU_SUNG}/once", f"1.2/{MUONG_VI}/once"
OPS_MAIL = "van-hanh@laocai.example"
PLANTED, LOOKED = "2022-07-19T10:00", "2022-07-20T10:00"
"""A Tuesday, both duties overdue since 14/7; the next working day at the same hour."""


@pytest.fixture
def house_that_runs(house: House, smtp: MailServer) -> House:
    """Rounds, mails and self-tests up to the planted day are done and all is well."""
    leave_only(house, ONE, TWO)
    started(house, "2022-07-05")
    served = with_settings(smtp.serving(house), ops_mail=OPS_MAIL)
    lives(served, "2022-07-06", "2022-07-19")
    return served


def plain_day(house: House) -> None:
    """The next working day goes by as it should."""
    lives(house, "2022-07-20", "2022-07-20")


def stopped_round(house: House) -> None:
    """Nothing runs any more."""


def lost_worker(house: House) -> None:
    """The worker of the round is gone; mail still leaves."""
    deliver(house, at("2022-07-20T07:30"))


def stuck_lease(house: House) -> None:
    """A sender took a mail and hangs; every later run leaves it alone."""
    plain_day(house)
    with writing(house.engine) as connection:
        newest = connection.scalar(text("SELECT max(id) FROM messages"))
        hung = {"state": "sending", "claimed_by": "may-khac:1:x", "claimed_until": at("2022-07-20T07:35")}
        connection.execute(update(messages).where(messages.c.id == newest).values(hung))


def dead_leg(house: House) -> None:
    """A ladder fell asleep although nobody answered."""
    plain_day(house)
    with writing(house.engine) as connection:
        connection.execute(update(legs).values(next_on=None))


def other_key(house: House) -> None:
    """The key that signed the links in mails was replaced."""
    plain_day(house)
    (house.settings.home / KEY_FILE).write_text("mot-khoa-moi-khac-han-khoa-cu", encoding="ascii")


def refused_relay(house: House) -> None:
    """The mail server refuses every sender; its own postmaster is the only one who could know."""
    sweep(house, at("2022-07-20T06:30"))


def clock_behind(house: House) -> None:
    """The machine's clock was set back: what was written lies in its future."""
    lives(house, "2022-07-20", "2022-07-21")


def clock_ahead(house: House) -> None:
    """The machine's clock runs a day ahead of everybody else's."""
    plain_day(house)
    with taking_heartbeats() as elsewhere:
        elsewhere.date = "Tue, 19 Jul 2022 00:00:00 GMT"
        beat(house, elsewhere.url, at("2022-07-20T07:00"))


def damaged_row(house: House) -> None:
    """A page of the file was overwritten where the duties stand."""
    plain_day(house)
    house.engine.dispose()
    path = house.settings.home / "dondoc.db"
    connection = sqlite3.connect(path)
    connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    query = "SELECT max(pageno), (SELECT page_size FROM pragma_page_size) FROM dbstat WHERE name = 'history'"
    number, size = connection.execute(f"{query} AND pagetype = 'leaf'").fetchone()
    connection.close()
    with path.open("r+b") as file:
        file.seek((number - 1) * size)
        file.write(b"\xff" * size)


def altered_row(house: House) -> None:
    """Somebody with the database's own tools wrote over a line of the journal."""
    plain_day(house)
    with writing(house.engine) as connection:
        connection.execute(text("DROP TRIGGER dondoc_journal_update"))
        first = "SELECT min(id) FROM journal"
        connection.execute(text(f"UPDATE journal SET what = 'khac' WHERE id = ({first})"))


def newer_schema(house: House) -> None:
    """Another version of the program has changed the tables."""
    plain_day(house)
    with writing(house.engine) as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))


FAULTS: dict[str, tuple[Callable[[House], None], str, str]] = {
    "stopped round": (stopped_round, "round", "lượt 6:30 hôm nay chưa chạy"),
    "lost worker": (lost_worker, "round", "lượt 6:30 hôm nay chưa chạy"),
    "stuck lease": (stuck_lease, "lease", "01 thư bị một lượt gửi giữ lại"),
    "dead leg": (dead_leg, "ladders", "02 nhiệm vụ quá hạn không được đôn đốc tiếp"),
    "expired key": (other_key, "key", "khóa ký đã đổi"),
    "clock behind": (clock_behind, "clock", "đồng hồ máy chậm"),
    "clock ahead": (clock_ahead, "clock", "đồng hồ máy nhanh 24 giờ"),
    "damaged row": (damaged_row, "pages", "tệp cơ sở dữ liệu bị hỏng"),
    "altered row": (altered_row, "journal", "đã bị sửa ngoài chương trình"),
    "newer schema": (newer_schema, "database", "cơ sở dữ liệu ở phiên bản 9999"),
}


@pytest.fixture
def templates(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """The mails' templates in a folder of the test's own, as somebody would edit them where they lie."""
    folder = tmp_path / "templates"
    shutil.copytree(render.TEMPLATES, folder)
    monkeypatch.setattr(render, "TEMPLATES", folder)
    render.environment.cache_clear()
    yield folder
    render.environment.cache_clear()


@pytest.fixture
def around() -> Iterator[ExitStack]:
    with ExitStack() as stack:
        yield stack


def told(smtp: MailServer) -> str:
    """All that ops were mailed."""
    mails = [letter(content) for content in contents_of(smtp)]
    bodies = [mail.get_body(("plain",)) for mail in mails if mail["To"] == OPS_MAIL]
    return " ".join(" ".join(str(body.get_content()).split()) for body in bodies if body is not None)


def is_told(house: House, smtp: MailServer, plant: Callable[[House], None], name: str, said: str) -> None:
    """Plant a fault under a portal that runs and look a working day later, in all three places."""
    with visited(house, PLANTED) as site:
        watchman: Any = site.app.state.watchman
        watchman.watch()
        assert watchman.faults == ()
        assert told(smtp) == ""
        site.clock.at("2022-07-20T09:00")
        coordinator = site.login(Seat.COORDINATOR)
        plant(house)
        site.clock.at(LOOKED)
        watchman.watch()
        found = {finding.name: finding.said for finding in watchman.faults}
        assert said in found.get(name, ""), found
        assert said.casefold() in coordinator.get("/").text.casefold()
        assert said in told(smtp)


@pytest.mark.parametrize("fault", FAULTS)
def test_a_planted_fault_is_told(fault: str, house_that_runs: House, smtp: MailServer) -> None:
    plant, name, said = FAULTS[fault]
    is_told(house_that_runs, smtp, plant, name, said)


def test_a_template_with_an_error_is_told(house_that_runs: House, smtp: MailServer, templates: Path) -> None:
    """The words to a district are edited wrongly the evening before both its communes are told of to it."""

    def broken(house: House) -> None:
        with (templates / "superior" / "words.j2").open("a", encoding="utf-8") as file:
            file.write("{{ sections.tinh_hinh.so_xa }}\n")
        render.environment.cache_clear()
        plain_day(house)

    is_told(house_that_runs, smtp, broken, "mail", "01 thư không soạn được")
    (held,) = (m for m in all_messages(house_that_runs) if m.state == "held")
    assert (held.recipient_id, str(held.mail_on)) == (BAT_XAT, "2022-07-20")
    assert held.error.startswith("không soạn được thư: mẫu thư có lỗi (UndefinedError: ")


def test_a_relay_that_refuses_is_told_everywhere_but_by_mail_and_by_mail_once_it_is_well(
    house_that_runs: House, smtp: MailServer
) -> None:
    with visited(house_that_runs, PLANTED) as site:
        watchman: Any = site.app.state.watchman
        refused_relay(house_that_runs)
        smtp.box.mail = ["554 5.7.1 relay denied"] * 100
        deliver(house_that_runs, at("2022-07-20T07:30"))
        site.clock.at(LOOKED)
        watchman.watch()
        said = {finding.name: finding.said for finding in watchman.faults}
        assert set(said) & {"delivery", "waiting", "mail"}, said
        board = site.login(Seat.COORDINATOR).get("/").text.casefold()
        assert all(words.casefold() in board for words in said.values()), (said, board)
        assert (house_that_runs.settings.home / "alarm.txt").exists()
        assert told(smtp) == ""
        smtp.box.mail.clear()
        site.clock.at("2022-07-20T10:01")
        watchman.watch()
        assert "Hệ thống ghi nhận" in told(smtp)


def test_a_full_disk_is_told(house_that_runs: House, smtp: MailServer) -> None:
    # A disk smaller than what is asked for is as full as one that was written full.
    small = with_settings(house_that_runs, disk_min_mb=0)
    is_full = with_settings(house_that_runs, disk_min_mb=10**9)
    with visited(small, PLANTED) as site:
        site.app.state.watchman.watch()
        assert site.app.state.watchman.faults == ()
    plain_day(house_that_runs)
    with visited(is_full, LOOKED) as site:
        site.app.state.watchman.watch()
        assert "ổ đĩa chỉ còn" in site.login(Seat.COORDINATOR).get("/").text.casefold()
    assert "ổ đĩa chỉ còn" in told(smtp)


def test_a_wrong_holiday_is_told(
    house_that_runs: House, smtp: MailServer, tmp_path: Path, around: ExitStack
) -> None:
    """Wednesday 20/7 was typed as a day off: nothing left that day, and nothing would have said so."""
    typed = ("[[off]]\ndate = 2026-01-02", "[[off]]\ndate = 2022-07-20\n\n[[off]]\ndate = 2026-01-02")
    changed = around.enter_context(rewritten(house_that_runs, tmp_path / "config", "calendar.toml", typed))
    served = with_settings(
        changed,
        **{
            name: getattr(house_that_runs.settings, name)
            for name in ("mail_transport", "smtp_host", "smtp_port", "ops_mail")
        },
    )
    lives(served, "2022-07-20", "2022-07-20")
    with visited(served, LOOKED) as site:
        site.app.state.watchman.watch()
        said = "calendar.toml ghi ngày 20/7/2022 là ngày nghỉ"
        assert said in site.login(Seat.COORDINATOR).get("/").text.casefold()
    assert said in told(smtp)
