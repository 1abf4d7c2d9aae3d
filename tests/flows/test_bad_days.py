"""Several workers on PostgreSQL on bad days: many runs at once, a worker killed in mid-round; all is done."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

import httpx
import pytest
import yaml

from config.load import OWN_DIRECTORY, Configuration, load_configuration
from flows.deployments import ORDINARY, WORK_POOL, render_deployments
from flows.factory import BROKEN
from flows.local_server import LocalServer, free_port, stop, wait_until_healthy
from flows.local_server import start as start_server
from flows.pools import AT_ONCE, make_pools
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
from tests.support.running.ups import pages, until

WORKERS = 3
OPERATIONS = ("trong-coi", "bao-van-hanh")
ITEM, WHOLE = "239-2022-nhiem-vu-", "239-2022-ke-hoach-don-vi"
"""The flow of one item sweeps that item; that of the units' own plans sweeps all, as one of the burst."""
LATE_ITEM = "dondoc.item.239-2022.1.2"
DAILY = ("luot-hang-ngay", "gui-thu", "tu-kiem")
MISSING = f"lượt {ROUND_AT:%-H:%M} "
"""How the missing round is told: today's, by the real clock."""
OVER = ("COMPLETED", "FAILED", "CRASHED", "CANCELLED")


@dataclass
class Room:
    """A Prefect server on PostgreSQL with its workers."""

    server: LocalServer
    prefect: httpx.Client
    workers: list[subprocess.Popen[bytes]] = field(default_factory=list)
    deployments: dict[str, str] = field(default_factory=dict)

    def run(self, name: str, **parameters: object) -> str:
        """Ask for a run of a deployment and return its number."""
        asked = {"parameters": parameters, "state": {"type": "SCHEDULED"}}
        made = self.prefect.post(f"deployments/{self.deployments[name]}/create_flow_run", json=asked)
        assert made.status_code == 201, made.text
        return str(made.json()["id"])

    def runs(self, *names: str) -> list[dict[str, Any]]:
        """Return the runs of some deployments."""
        ids = [self.deployments[name] for name in names]
        return pages(self.prefect, "flow_runs/filter", flow_runs={"deployment_id": {"any_": ids}})

    def state(self, run: str) -> tuple[str, str]:
        """Return a run's state by type and name."""
        found = self.prefect.get(f"flow_runs/{run}").json()
        return found["state_type"], found["state_name"]


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
    database = debian_postgres.prefect_url(debian_postgres.database())
    server = LocalServer(home, free_port(), database)
    with ExitStack() as ends:
        process = start_server(server, ui=True)
        ends.callback(stop, process)
        wait_until_healthy(server, process, 180)
        make_pools(server.api, server.auth)
        deploy(server)
        name, _, secret = server.auth.partition(":")
        prefect = ends.enter_context(httpx.Client(base_url=f"{server.api}/", auth=(name, secret), timeout=60))
        found = Room(server, prefect)
        registered = pages(prefect, "deployments/filter")
        assert all(deployment["description"] for deployment in registered)
        found.deployments = {d["name"]: d["id"] for d in registered}
        queue = prefect.get(f"work_pools/{WORK_POOL}/queues/{ORDINARY}").json()
        assert queue["concurrency_limit"] == AT_ONCE
        for number in range(WORKERS):
            asked = f"worker start --pool dondoc --type process --name w{number} --limit 2"
            worker = prefect_cli(server, *asked.split())
            ends.callback(stop, worker)
            found.workers.append(worker)
        yield found


def deploy(server: LocalServer) -> None:
    """Deploy what is shipped, with schedules off: this day has no morning of its own."""
    shipped = yaml.safe_load(render_deployments())
    chosen = [{**d, "schedules": []} for d in shipped["deployments"]]
    path = server.folder / "unscheduled.yaml"
    path.write_text(yaml.safe_dump({**shipped, "deployments": chosen}, allow_unicode=True), encoding="utf-8")
    assert prefect_cli(server, "--no-prompt", "deploy", "--all", "--prefect-file", str(path)).wait(300) == 0


def prefect_cli(server: LocalServer, *arguments: str) -> subprocess.Popen[bytes]:
    with (server.folder / "prefect.log").open("ab") as log:
        return subprocess.Popen(
            [sys.executable, "-m", "prefect", *arguments],
            env=server.environment(),
            cwd=server.folder,
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            start_new_session=True,
        )


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


def kill_worker_of(room: Room, run: str) -> bool:
    """Kill the process of a run and the worker that started it, as a power cut would."""
    line = line_of(run)
    if not line:
        return False
    worker = next(worker for worker in room.workers if worker.pid in line)
    os.killpg(worker.pid, signal.SIGKILL)
    for pid in line[: line.index(worker.pid)]:
        os.kill(pid, signal.SIGKILL)
    worker.wait(60)
    return True


def kill_process_of(run: str) -> bool:
    """Kill the process of a run alone, as a machine short of memory would."""
    line = line_of(run)
    if line:
        os.kill(line[0], signal.SIGKILL)
    return bool(line)


def line_of(run: str) -> list[int]:
    """The process of a run, its parent, and so on up to the first of all."""
    process = next((pid for pid in numbers() if run in value_of(pid, "PREFECT__FLOW_RUN_ID")), None)
    if process is None:
        return []
    line = [process]
    while line[-1] > 1:
        line.append(parent(line[-1]))
    return line


def numbers() -> list[int]:
    return [int(entry.name) for entry in Path("/proc").iterdir() if entry.name.isdigit()]


def value_of(pid: int, name: str) -> str:
    try:
        pairs = Path(f"/proc/{pid}/environ").read_bytes().decode(errors="replace").split("\0")
    except OSError:
        return ""
    return dict(pair.partition("=")[::2] for pair in pairs).get(name, "")


def parent(pid: int) -> int:
    return int(Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[1])
