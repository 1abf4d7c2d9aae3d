"""What runs by the real clock through Prefect tells the watchman elsewhere of itself."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from cli.main import run
from config.load import OWN_DIRECTORY, load_configuration
from flows.deliver import deliver_flow
from flows.round import round_flow
from tasks_lib.kernel.bootstrap import House
from tasks_lib.kernel.clock import local_day, now
from tests.flows.running import ran
from tests.support.life.stories import leave_only
from tests.support.running.heartbeats import Heartbeats, taking_heartbeats
from tests.support.running.watching import started


@pytest.fixture
def elsewhere() -> Iterator[Heartbeats]:
    with taking_heartbeats() as found:
        yield found


@pytest.fixture
def running(house: House, elsewhere: Heartbeats, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> House:
    """A plan that the real clock runs, on a day that is worked whatever day it is, with nothing to do."""
    leave_only(house)
    started(house, "2022-07-05")
    folder = tmp_path / "config"
    shutil.copytree(OWN_DIRECTORY, folder, ignore=shutil.ignore_patterns("*.py", "__pycache__"))
    with (folder / "calendar.toml").open("a", encoding="utf-8") as file:
        file.write(f"\n[[work]]\ndate = {local_day(now())}\n")
    assert load_configuration(folder).calendar.is_working(local_day(now()))
    for name, value in {
        "CONFIG_DIR": str(folder),
        "SENDING_STARTS": "00:00",
        "SENDING_ENDS": "23:59:59",
        "HEARTBEAT_URL": f"{elsewhere.url}/luot",
        "HEARTBEAT_DELIVERY_URL": f"{elsewhere.url}/thu",
    }.items():
        monkeypatch.setenv(f"DONDOC_{name}", value)
    return house


@pytest.mark.soak
@pytest.mark.usefixtures("prefect", "running")
def test_a_round_of_the_worker_is_told(elsewhere: Heartbeats) -> None:
    ran(round_flow, None)
    assert elsewhere.came == ["/bao-song/luot"]


@pytest.mark.usefixtures("prefect", "running")
def test_a_delivery_of_the_worker_is_told_and_one_of_another_day_is_not(elsewhere: Heartbeats) -> None:
    ran(deliver_flow, None)
    assert elsewhere.came == ["/bao-song/thu"]
    ran(deliver_flow, "2022-07-07")
    assert elsewhere.came == ["/bao-song/thu"]


@pytest.mark.usefixtures("running")
def test_a_delivery_from_the_command_line_is_told(elsewhere: Heartbeats) -> None:
    assert run(["deliver"]) == 0
    assert elsewhere.came == ["/bao-song/thu"]
