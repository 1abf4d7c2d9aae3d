"""Several workers on PostgreSQL on bad days: many runs at once, a worker killed in mid-round; all is done."""

from __future__ import annotations

import os
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from config.load import OWN_DIRECTORY, Configuration, load_configuration
from flows.factory import BROKEN
from flows.stuck import AGAIN, LOST
from store.engine import writing
from store.plans import start
from tasks_lib.duties.initialise import initialise
from tasks_lib.kernel.bootstrap import House
from tasks_lib.kernel.rhythm import ROUND_AT
from tasks_lib.rounds.sweep import sweep
from tests.support.databases.debian_postgres import DebianCluster
from tests.support.houses.houses import opened
from tests.support.houses.smaller_plans import of_few_items
from tests.support.life.stories import every_notice, morning
from tests.support.running.killing import kill_process_of, kill_worker_of
from tests.support.running.rooms import Room, open_room
from tests.support.running.ups import until

OPERATIONS = ("trong-coi", "bao-van-hanh")
ITEM, WHOLE = "239-2022-nhiem-vu-", "239-2022-ke-hoach-don-vi"
"""The flow of one item sweeps that item; that of the units' own plans sweeps all, as one of the burst."""
LATE_ITEM = "dondoc.item.239-2022.1.2"
DAILY = ("luot-hang-ngay", "gui-thu", "tu-kiem")
MISSING = f"lượt {ROUND_AT:%-H:%M} "
"""How the missing round is told: today's, by the real clock."""
OVER = ("COMPLETED", "FAILED", "CRASHED", "CANCELLED")


@pytest.fixture
def office(
    home: Path, tmp_path: Path, request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch
) -> Configuration:
    """The whole plan, or one of a few items, which each of the many processes goes by."""
    items: tuple[str, ...] = request.param
    folder = of_few_items(tmp_path / "config", *items) if items else OWN_DIRECTORY
    monkeypatch.setenv("DONDOC_CONFIG_DIR", str(folder))
    return load_configuration(folder)


@pytest.fixture
def ours(
    home: Path, office: Configuration, debian_postgres: DebianCluster, monkeypatch: pytest.MonkeyPatch
) -> Iterator[House]:
    url = debian_postgres.url(debian_postgres.database())
    monkeypatch.setenv("DONDOC_DATABASE_URL", url)
    with opened(office, url) as house:
        initialise(house)
        with writing(house.engine) as connection:
            signed = date(2022, 7, 1)  # so that today's round is missing
            start(connection, house.plan.key, signed, signed)
        yield house


@pytest.fixture
def plain(home: Path, office: Configuration) -> Iterator[House]:
    """Another database, which only plain sweeps will touch."""
    with opened(office, f"sqlite:///{home / 'plain.db'}") as house:
        initialise(house)
        yield house


@pytest.fixture
def room(
    ours: House, home: Path, debian_postgres: DebianCluster, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Room]:
    for name in [name for name in os.environ if name.startswith("PREFECT_")]:
        monkeypatch.delenv(name)  # what the session's passing server was given: it keeps no events
    with open_room(home, debian_postgres.prefect_url(debian_postgres.database())) as found:
        yield found


@pytest.mark.soak
@pytest.mark.e2e
@pytest.mark.parametrize("office", [("1.2", "2.3")], indirect=True, ids=["two items"])
def test_a_burst_and_a_worker_killed_in_mid_round_leave_nothing_undone(
    ours: House, room: Room, plain: House
) -> None:
    a_bad_day(room, [name for name in room.deployments if name.startswith(ITEM) or name == WHOLE])
    all_told_as_by(ours, room, plain, "2022-07-15", "2022-07-18")


@pytest.mark.soak
@pytest.mark.parametrize("office", [()], indirect=True, ids=["whole plan"])
def test_49_runs_at_once_and_a_killed_worker_leave_nothing_undone(
    ours: House, room: Room, plain: House
) -> None:
    burst = [name for name in room.deployments if name not in (*OPERATIONS, *DAILY)]
    assert len(burst) == 49
    a_bad_day(room, burst)
    a_killed_process_is_run_again_by_itself(room)
    all_told_as_by(ours, room, plain, "2022-07-15", "2022-07-18", "2022-07-19")


def a_bad_day(room: Room, burst: list[str]) -> None:
    """15/7: all items at once. 18/7: the round's worker is killed; the tending flow makes it good."""
    for name in burst:
        room.run(name, as_of="2022-07-15")
    for done in range(len(burst)):  # patience with each, for 49 take long on a busy machine
        until(f"run {done + 1} of the burst", lambda so_far=done: over(room, burst) > so_far)  # type: ignore[misc]
    assert {run["state_type"] for run in room.runs(*burst)} <= {"COMPLETED", "FAILED"}

    killed = room.run("luot-hang-ngay", as_of="2022-07-18")
    until("the round at work", lambda: room.state(killed)[0] == "RUNNING" and kill_worker_of(room, killed))
    assert room.state(killed)[0] == "RUNNING"  # nobody is left who could say otherwise
    room.run("trong-coi", pending_seconds=60, silent_seconds=1)
    until("its end", lambda: room.state(killed) == ("CRASHED", LOST))
    until("the round again", lambda: len(made_good(room)) == 1)
    until("all to be over", lambda: all(run["state_type"] in OVER for run in room.runs(*burst)))
    told_of_both(room)
    assert BROKEN not in {run["state_name"] for run in room.runs(*burst)}


def all_told_as_by(ours: House, room: Room, plain: House, *days: str) -> None:
    """What the runs recorded is what plain sweeps of the same days record; none of them broke."""
    assert BROKEN not in {run["state_name"] for run in room.runs("luot-hang-ngay")}
    for day in days:
        sweep(plain, morning(day))
    assert told(ours) == told(plain)
    assert len(told(ours)) > 0


def made_good(room: Room) -> list[dict[str, Any]]:
    """The rounds that were run again, and ended well."""
    again = [run for run in room.runs("luot-hang-ngay") if AGAIN in run["tags"]]
    return [run for run in again if run["state_type"] == "COMPLETED"]


def over(room: Room, burst: list[str]) -> int:
    return sum(run["state_type"] in OVER for run in room.runs(*burst))


def a_killed_process_is_run_again_by_itself(room: Room) -> None:
    """19/7: its worker lives and tells the end; the automation calls the tending flow, nobody else does."""
    called = {run["id"] for run in by_automation(room, "trong-coi")}
    killed = room.run("luot-hang-ngay", as_of="2022-07-19")
    until("the round at work", lambda: room.state(killed)[0] == "RUNNING" and kill_process_of(killed))
    until("its end", lambda: room.state(killed)[0] == "CRASHED")
    until("the round again", lambda: len(made_good(room)) == 2)
    assert {run["id"] for run in by_automation(room, "trong-coi")} - called


def by_automation(room: Room, name: str) -> list[dict[str, Any]]:
    """The runs of a deployment that an automation asked for."""
    return [run for run in room.runs(name) if (run["created_by"] or {}).get("type") == "AUTOMATION"]


def told_of_both(room: Room) -> None:
    """The automations fired: what was lost and what is missing is written down, what turned red is listed."""

    def reports() -> list[dict[str, Any]]:
        return by_automation(room, "bao-van-hanh")

    def written() -> str:
        # The note itself may be gone by now: the round that was run again ended well, and that is its end.
        ended = [run for run in reports() if run["state_name"] == "Đã ghi sự cố"]
        said = " | ".join(run["state"]["message"] for run in ended)
        return said if "Lượt ngày 18/7/2022: " in said and MISSING in said else ""

    def seen() -> list[Any]:
        return [(run["name"], run["state_name"], run["parameters"]) for run in reports()]

    until("the troubles to be written down", written, seen)
    assert {"what": "qua-han", "as_of": "2022-07-15"} in [run["parameters"] for run in reports()]
    # Prefect writes events down by and by: what a round has told may be seen after its end.
    until("the steps of the ladder among the events", lambda: LATE_ITEM in stepped(room))


def stepped(room: Room) -> set[str]:
    """The items of which a second reminder was told as an event."""
    asked = {"filter": {"event": {"name": ["dondoc.step.+2"]}}, "limit": 50}
    steps = room.prefect.post("events/filter", json=asked).json()["events"]
    return {event["resource"]["prefect.resource.id"] for event in steps}


def told(house: House) -> list[tuple[Any, ...]]:
    rows = every_notice(house)
    return sorted((r.key, r.step, r.recipient_id, r.role, str(r.recorded_on), str(r.mail_on)) for r in rows)
