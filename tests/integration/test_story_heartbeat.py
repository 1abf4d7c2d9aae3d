"""A watchman elsewhere hears of every good round and delivery, and of nothing else."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from cli.main import run
from store.engine import reading
from store.facts import fact
from tasks_lib.kernel.bootstrap import House
from tasks_lib.kernel.keys import CLOCK_SKEW
from tasks_lib.watch.heartbeat import beat
from tests.support.life.stories import at, leave_only
from tests.support.running.heartbeats import Heartbeats, taking_heartbeats
from tests.support.running.watching import started


@pytest.fixture
def elsewhere() -> Iterator[Heartbeats]:
    with taking_heartbeats() as found:
        yield found


@pytest.fixture
def running(house: House, elsewhere: Heartbeats, monkeypatch: pytest.MonkeyPatch) -> House:
    """A plan that the real clock runs; its round tells of itself."""
    leave_only(house)
    started(house, "2022-07-05")
    monkeypatch.setenv("DONDOC_HEARTBEAT_URL", f"{elsewhere.url}/luot")
    return house


def skew(house: House) -> int | None:
    with reading(house.engine) as connection:
        found = fact(connection, CLOCK_SKEW)
    return int(found.value) if found else None


def test_a_good_round_is_told_and_one_of_another_day_is_not(running: House, elsewhere: Heartbeats) -> None:
    assert run(["sweep"]) == 0
    assert elsewhere.came == ["/bao-song/luot"]
    assert run(["sweep", "--item", "1.2"]) == 0
    assert run(["sweep", "--as-of", "2022-07-07"]) == 0
    assert elsewhere.came == ["/bao-song/luot"]


def test_a_round_that_breaks_down_is_not_told(running: House, elsewhere: Heartbeats) -> None:
    running.engine.dispose()
    (running.settings.home / "dondoc.db").unlink()
    assert run(["sweep"]) == 1
    assert elsewhere.came == []


def test_a_heartbeat_that_nobody_takes_fails_no_round(
    running: House, elsewhere: Heartbeats, monkeypatch: pytest.MonkeyPatch
) -> None:
    elsewhere.status = 500
    assert run(["sweep"]) == 0
    assert elsewhere.came == ["/bao-song/luot"]
    for address in ("http://127.0.0.1:9/khong-ai-nghe", "khong phai dia chi", "http://[::1"):
        monkeypatch.setenv("DONDOC_HEARTBEAT_URL", address)
        assert run(["sweep"]) == 0
    assert skew(running) is None


def test_a_clock_a_day_ahead_is_known_by_what_time_it_is_elsewhere(
    house: House, elsewhere: Heartbeats
) -> None:
    elsewhere.date = "Thu, 07 Jul 2022 00:00:05 GMT"
    beat(house, elsewhere.url, at("2022-07-08T07:00:05"))
    assert skew(house) == 86400
    elsewhere.date = "hom nay"
    beat(house, elsewhere.url, at("2022-07-07T07:00:05"))
    assert skew(house) == 86400
