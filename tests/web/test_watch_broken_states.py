"""Broken states: none of them may look well to a monitor."""

from __future__ import annotations

import shutil
import socket
import sqlite3
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import update

from config.load import Configuration
from obligations.errors import Unavailable
from store.engine import CONNECT_SECONDS, open_engine, reading, writing
from store.schema import messages, plans
from tasks_lib.kernel.bootstrap import House
from tasks_lib.kernel.mail_hold import hold_mail
from tasks_lib.kernel.signing import KEY_FILE
from tests.support.databases.databases import Cluster
from tests.support.houses.houses import opened
from tests.support.life.letters import messages_to
from tests.support.life.stories import A_MU_SUNG, MUONG_VI, at, leave_only
from tests.support.running.watching import Monitor, lives, monitored, started

ONE, TWO = f"1.2/{A_MU_SUNG}/once", f"1.2/{MUONG_VI}/once"
PAGE = 4096


@pytest.fixture
def lived(house: House) -> House:
    """The plan was started on 5/7; rounds and mails of 6 and 7/7 are done."""
    leave_only(house, ONE, TWO)
    started(house, "2022-07-05")
    lives(house, "2022-07-06", "2022-07-07")
    return house


@pytest.fixture
def monitor(lived: House) -> Iterator[Monitor]:
    """Somebody looks at half past eight on 7/7, and all is well."""
    with monitored(lived, "2022-07-07T08:30") as found:
        yield found


def database(house: House) -> Path:
    return house.settings.home / "dondoc.db"


def into_one_file(house: House) -> None:
    """Let the file hold all that was written, so that damage to it is damage to the data."""
    with sqlite3.connect(database(house)) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    connection.close()


def test_a_house_that_runs_is_alive_and_ready(monitor: Monitor) -> None:
    assert monitor.alive() == (200, "ok")
    assert monitor.faults() == {}
    status, document = monitor.ready()
    assert (status, document["ready"]) == (200, True)
    assert {check["name"] for check in document["checks"]} >= {"round", "delivery", "mail", "disk", "key"}


def test_never_swept(house: House) -> None:
    leave_only(house, ONE)
    started(house, "2022-07-05")
    with monitored(house, "2022-07-06T06:59") as monitor:
        assert "round" not in monitor.faults()
        monitor.at("2022-07-06T07:00")
        assert monitor.ready()[0] == 503
        assert monitor.faults()["round"] == "lượt 6:30 hôm nay chưa chạy (chưa chạy lần nào)"


def test_last_swept_years_ago(monitor: Monitor) -> None:
    monitor.at("2026-07-07T08:30")
    assert monitor.ready()[0] == 503
    assert monitor.faults()["round"] == "lượt 6:30 hôm nay chưa chạy (gần nhất 06:30 ngày 07/7/2022)"


def test_a_dead_mail(monitor: Monitor, lived: House) -> None:
    with writing(lived.engine) as connection:
        newest = max(message.id for message in messages_to(lived, MUONG_VI))
        dead = update(messages).where(messages.c.id == newest)
        connection.execute(dead.values(state="dead", error="550 không có hộp thư này"))
    assert monitor.ready()[0] == 503
    assert monitor.faults() == {"mail": "01/04 thư không gửi được trong 07 ngày qua"}


def test_the_database_file_was_moved_away(monitor: Monitor, lived: House) -> None:
    assert monitor.alive() == (200, "ok")
    database(lived).rename(lived.settings.home / "elsewhere.db")
    monitor.at("2022-07-07T08:31")
    status, said = monitor.alive()
    assert status == 503
    assert said.startswith("tệp cơ sở dữ liệu dondoc.db đã bị chuyển đi hoặc thay bằng tệp khác")
    assert monitor.ready()[0] == 503
    assert not database(lived).exists()


def test_the_database_file_was_replaced_by_a_copy(monitor: Monitor, lived: House) -> None:
    assert monitor.alive() == (200, "ok")
    into_one_file(lived)
    copy = lived.settings.home / "copy.db"
    shutil.copyfile(database(lived), copy)
    copy.replace(database(lived))
    monitor.at("2022-07-07T08:31")
    status, said = monitor.alive()
    assert status == 503
    assert said.startswith("tệp cơ sở dữ liệu dondoc.db đã bị chuyển đi hoặc thay bằng tệp khác")


def test_the_database_is_locked_exclusively(monitor: Monitor, lived: House) -> None:
    other = sqlite3.connect(database(lived), isolation_level=None)
    other.execute("BEGIN EXCLUSIVE")
    assert monitor.alive() == (503, "cơ sở dữ liệu không trả lời: database is locked")
    other.execute("ROLLBACK")
    other.close()
    monitor.at("2022-07-07T08:31")
    assert monitor.alive() == (200, "ok")


def test_the_header_is_damaged(monitor: Monitor, lived: House) -> None:
    into_one_file(lived)
    with database(lived).open("r+b") as file:
        file.write(b"\0" * 100)
    assert monitor.alive()[0] == 503
    assert monitor.ready()[0] == 503


def test_pages_are_zeroed(monitor: Monitor, lived: House) -> None:
    into_one_file(lived)
    size = database(lived).stat().st_size
    with database(lived).open("r+b") as file:
        file.seek(PAGE)
        file.write(b"\0" * (size - PAGE))
    assert monitor.alive()[0] == 503
    assert monitor.ready()[0] == 503


def test_one_page_within_a_table_is_damaged(monitor: Monitor, lived: House) -> None:
    into_one_file(lived)
    with sqlite3.connect(database(lived)) as connection:
        query = "SELECT max(pageno) FROM dbstat WHERE name = 'obligations' AND pagetype = 'leaf'"
        (number,) = connection.execute(query).fetchone()
    connection.close()
    with database(lived).open("r+b") as file:
        file.seek((number - 1) * PAGE)
        file.write(b"\xff" * PAGE)
    assert monitor.ready()[0] == 503
    assert "tệp cơ sở dữ liệu bị hỏng" in monitor.faults()["pages"]


def test_the_key_is_gone(monitor: Monitor, lived: House) -> None:
    assert monitor.ready()[0] == 200
    (lived.settings.home / KEY_FILE).unlink()
    monitor.at("2022-07-07T08:31")
    assert monitor.ready()[0] == 503
    assert "không có secret.key" in monitor.faults()["key"]
    assert not (lived.settings.home / KEY_FILE).exists()


def test_the_place_of_the_evidence_cannot_be_written(lived: House) -> None:
    place = lived.settings.home / "evidence"
    shutil.rmtree(place, ignore_errors=True)
    place.write_text("không phải thư mục", encoding="utf-8")
    with monitored(lived, "2022-07-07T08:30") as monitor:
        assert monitor.ready()[0] == 503
        faults = monitor.faults()
    assert list(faults) == ["evidence"]
    assert faults["evidence"].startswith("kho tài liệu kiểm chứng")


def test_mail_is_held_after_a_restore(monitor: Monitor, lived: House) -> None:
    with writing(lived.engine) as connection:
        hold_mail(connection, at("2022-07-07T05:00"), at("2022-07-07T08:00"))
    assert monitor.ready()[0] == 503
    faults = monitor.faults()
    assert list(faults) == ["hold"]
    assert "bản sao lúc 05:00 ngày 07/7/2022" in faults["hold"]
    assert "dondoc restore --release" in faults["hold"]


def test_the_round_goes_by_other_files_than_the_portal(monitor: Monitor, lived: House) -> None:
    with writing(lived.engine) as connection:
        connection.execute(update(plans).values(fingerprint="khác"))
    assert monitor.ready()[0] == 503
    faults = monitor.faults()
    assert list(faults) == ["configuration"]
    assert "hai bản cấu hình khác nhau" in faults["configuration"]


def test_postgresql_goes_away_under_a_portal_that_runs_and_comes_back(
    home: Path, configuration: Configuration, postgres: Cluster, postgres_template: str
) -> None:
    with postgres.database(postgres_template) as url, opened(configuration, url) as house:
        name = house.engine.url.database
        with monitored(house, "2022-07-07T08:30") as monitor:
            assert monitor.alive() == (200, "ok")
            postgres.run(f"DROP DATABASE {name} WITH (FORCE)")
            for moment in ("2022-07-07T08:31", "2022-07-07T08:32"):
                monitor.at(moment)
                status, said = monitor.alive()
                assert status == 503
                assert said.startswith("cơ sở dữ liệu không trả lời: ")
                assert len(said.splitlines()) == 1
                assert monitor.ready()[0] == 503
            postgres.run(f"CREATE DATABASE {name} TEMPLATE {postgres_template}")
            monitor.at("2022-07-07T08:33")
            assert monitor.alive() == (200, "ok")


def test_a_server_that_takes_the_call_and_says_nothing_is_given_up() -> None:
    """A firewall that swallows what is sent looks so; without a limit a page would hang for minutes."""
    with socket.create_server(("127.0.0.1", 0)) as silent:
        engine = open_engine(f"postgresql://dondoc@127.0.0.1:{silent.getsockname()[1]}/dondoc")
        begun = time.monotonic()
        with pytest.raises(Unavailable, match="không trả lời"), reading(engine):
            pass
    assert time.monotonic() - begun < 3 * CONNECT_SECONDS
