"""The portal's pages against an empty signed-in page of the same stack, for one province and for 63."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

import httpx
from sqlalchemy import select

from bench.houses import house_on
from bench.measure import Line, Times
from bench.provinces import count_rows, multiply
from store.engine import reading
from store.schema import obligations
from tasks_lib.simulation.simulate import simulate
from tests.support.databases.databases import cluster

DAY, EVE = date(2022, 10, 5), date(2022, 10, 4)
PROVINCES = 63
ROUNDS = 150
EMPTY = "/trong"
BARE = "/tran"
PICTURE = "/bieu-do/districts"
COMMUNE = "x02686-2022"
TOKEN = re.compile(r'name="csrftoken" value="([^"]+)"')


def lines() -> Iterator[Line]:
    """Measure on SQLite, on PostgreSQL, and on PostgreSQL beside 62 provinces more."""
    with (
        TemporaryDirectory(prefix="dondoc-bench-") as folder,
        cluster(lasting=True) as server,
        server.database() as one,
    ):
        os.environ.update({"DONDOC_HOME": folder, "DONDOC_MAIL_TRANSPORT": "memory"})
        yield from _on("SQLite", f"sqlite:///{folder}/dondoc.db")
        yield from _on("PostgreSQL", one)
        with house_on(one) as house:
            multiply(house, PROVINCES)
            with reading(house.engine) as connection:
                many = count_rows(connection)
        yield from _measured(f"PostgreSQL, {PROVINCES} tỉnh ({many:,} nhiệm vụ được giao)", one)


def _on(name: str, url: str) -> Iterator[Line]:
    with house_on(url) as house:
        simulate(house, house.plan.signed_on, EVE, "mixed", 1, deliver=True)
    yield from _measured(f"{name}, một tỉnh", url)


def _measured(name: str, url: str) -> Iterator[Line]:
    with house_on(url) as house, reading(house.engine) as connection:
        key = connection.scalar(
            select(obligations.c.key)
            .where(obligations.c.plan == house.plan.key, obligations.c.agency_id == COMMUNE)
            .where(obligations.c.kind == "task", obligations.c.work_state != "waiting")
            .order_by(obligations.c.version.desc(), obligations.c.id)
            .limit(1)
        )
    with _serving(url) as (officer, coordinator):
        for words, client, path, target, bare in (
            ("biểu mẫu của công chức", officer, "/don-vi", "≤ 4×", "≤ 10×"),
            ("trang một nhiệm vụ được giao", officer, f"/nhiem-vu/{key}", "≤ 4×", "≤ 10×"),
            ("trang tổng quan", coordinator, "/", "≤ 15×", "≤ 25×"),
        ):
            yield from _lines(f"{name}: {words}", client, path, target, bare)
        # What a picture counts is kept as long as nothing changes: the first, which counts, is not timed.
        drawn, _ = _lines(f"{name}: một biểu đồ sau lần đầu", coordinator, PICTURE, "≤ 50 ms", "")
        yield drawn


def _lines(what: str, client: httpx.Client, path: str, target: str, bare: str) -> Iterator[Line]:
    """Compare one page with an empty page of the same stack and with a bare answer of the same server."""
    took: dict[str, list[float]] = {path: [], EMPTY: [], BARE: []}
    size = 0
    for number in range(ROUNDS + 5):
        for each, found in took.items():
            start = time.perf_counter()
            response = client.get(each)
            seconds = time.perf_counter() - start
            response.raise_for_status()
            if number >= 5:
                found.append(seconds)
            if each == path:
                size = response.num_bytes_downloaded
    ours, empty, nothing = (Times(tuple(took[each])) for each in (path, EMPTY, BARE))
    note = f"p95 {ours.p95 * 1000:.0f} ms, trang trống {empty.p95 * 1000:.0f} ms; {size / 1024:.0f} KB nén"
    yield Line(what, ours, empty, target, note)
    yield Line("… so với câu trả lời trần của máy chủ", ours, nothing, bare, "")


@contextmanager
def _serving(url: str) -> Iterator[tuple[httpx.Client, httpx.Client]]:
    """Run the portal beside us; give somebody signed in as a commune's officer and as coordinator."""
    environment = {**os.environ, "DONDOC_DATABASE_URL": url, "PYTHONPATH": str(Path.cwd())}
    server = subprocess.Popen(  # our own interpreter and module
        [sys.executable, "-m", "bench.portal_server", DAY.isoformat()],
        env=environment,
        stdout=subprocess.PIPE,
        text=True,
    )
    try:
        assert server.stdout is not None
        told = json.loads(server.stdout.readline())
        with ExitStack() as open_clients:
            yield (
                open_clients.enter_context(_signed_in(told["url"], told["doors"]["officer"])),
                open_clients.enter_context(_signed_in(told["url"], told["doors"]["coordinator"])),
            )
    finally:
        server.terminate()
        server.wait()


@contextmanager
def _signed_in(url: str, door: str) -> Iterator[httpx.Client]:
    path = "/" + door.split("/", 3)[3]
    with httpx.Client(base_url=url, timeout=60, headers={"Accept-Encoding": "gzip"}) as client:
        for _ in range(50):
            try:
                shown = client.get(path)
                break
            except httpx.ConnectError:
                time.sleep(0.1)
        token = TOKEN.search(shown.text)
        assert token is not None
        client.post(path, data={"csrftoken": token.group(1)})
        yield client
