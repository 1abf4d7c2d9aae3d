"""A Prefect server on PostgreSQL with several workers, as an office with many plans has it."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import httpx
import yaml

from flows.deployments import ORDINARY, WORK_POOL, render_deployments
from flows.local_server import LocalServer, free_port, stop, wait_until_healthy
from flows.local_server import start as start_server
from flows.pools import AT_ONCE, make_pools
from tests.support.running.ups import pages

WORKERS = 3


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


@contextmanager
def open_room(home: Path, database: str) -> Iterator[Room]:
    """Start the server and its workers, with everything deployed; stop them in the end."""
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
