"""`dondoc up`: the portal, Prefect's server, its deployments and a worker in one command, ended together."""

from __future__ import annotations

import os
import subprocess
import sys
import time
import urllib.request
from contextlib import ExitStack
from pathlib import Path

import click

from cli.demo_home import demo_day, enter_demo
from cli.ending import ending_on_signals
from cli.welcome import welcome
from config.settings import read_settings
from flows.local_server import DEFAULT_PORT, HOST, LocalServer, is_free, start, stop, wait_until_healthy
from flows.subjects import named_plan
from obligations.errors import Refused
from tasks_lib.bootstrap import open_house
from tasks_lib.clock import parse_as_of
from tasks_lib.usecases.initialise import initialise

WORK_POOL = "dondoc"
ROUND = "Lượt theo dõi hằng ngày/luot-hang-ngay"
LOOK_SECONDS = 0.5
PORTAL_SECONDS = 60


def up(as_of: str | None, port: int | None, web_port: int, *, demo: bool) -> None:
    """Run everything until Ctrl-C; `as_of` pins every run to one day and makes a first round of it."""
    if demo:
        enter_demo()
        as_of = as_of or demo_day()
    parse_as_of(as_of)
    server = LocalServer(read_settings().home, port or DEFAULT_PORT)
    portal = f"http://{HOST}:{web_port}"
    _tell_children("DONDOC_PUBLIC_URL", portal)
    _tell_children("DONDOC_PREFECT_UI_URL", server.url)
    house = open_house(named_plan().key)
    initialise(house)
    for taken, option in ((server.port, "--port"), (web_port, "--web-port")):
        if not is_free(taken):
            raise Refused(
                f"cổng {taken} đang có chương trình khác dùng: đóng chương trình đó hoặc chọn {option}"
            )
    with ending_on_signals(), ExitStack() as children:
        watched = _bring_up(server, web_port, as_of, children)
        click.echo(f"Sẵn sàng: {portal} và Prefect {server.url} (nhấn Ctrl-C để dừng)", err=True)
        if as_of:
            welcome(house, parse_as_of(as_of))
        _watch(watched)


def _tell_children(name: str, value: str) -> None:
    """Set what the portal and the flows need to know of each other, unless the environment says it."""
    os.environ[name] = os.environ.get(name) or value


def _bring_up(
    server: LocalServer, web_port: int, as_of: str | None, children: ExitStack
) -> dict[str, subprocess.Popen[bytes]]:
    """Start in order portal, server, deployments, worker; the stack ends them the other way round.

    A worker whose server went first hangs for minutes.
    """
    click.echo("Đang khởi động trang web …", err=True)
    server.folder.mkdir(parents=True, exist_ok=True)
    portal = _start_portal(server, web_port, as_of)
    children.callback(stop, portal)
    click.echo("Đang khởi động máy chủ Prefect …", err=True)
    prefect = start(server, ui=True)
    children.callback(stop, prefect)
    wait_until_healthy(server, prefect)
    _wait_for_portal(portal, web_port)
    click.echo("Đang đăng ký các luồng …", err=True)
    _prefect(server, "work-pool", "create", WORK_POOL, "--type", "process", "--overwrite")
    _prefect(
        server, "--no-prompt", "deploy", "--all", "--prefect-file", str(_deployments_file(server, as_of))
    )
    worker = _start_worker(server)
    children.callback(stop, worker)
    if as_of:
        _prefect(server, "deployment", "run", ROUND)
    return {"trang web": portal, "máy chủ Prefect": prefect, "tiến trình chạy luồng (worker)": worker}


def _start_portal(server: LocalServer, port: int, as_of: str | None) -> subprocess.Popen[bytes]:
    pinned = ("--as-of", as_of) if as_of else ()
    with (server.folder / "web.log").open("ab") as log:
        return _child(
            server, "cli.main", "web", "--port", str(port), "--plan", named_plan().key, *pinned,
            log=log.fileno(),
        )  # fmt: skip


def _wait_for_portal(portal: subprocess.Popen[bytes], port: int) -> None:
    """Wait until the portal answers; it has had all the time that Prefect took."""
    patience = time.monotonic() + PORTAL_SECONDS
    while portal.poll() is None and time.monotonic() < patience:
        try:
            with urllib.request.urlopen(f"http://{HOST}:{port}/healthz", timeout=2):
                return
        except OSError:
            time.sleep(0.1)
    raise Refused("trang web không khởi động được, xem web.log trong thư mục prefect của DONDOC_HOME")


def _deployments_file(server: LocalServer, as_of: str | None) -> Path:
    from flows.deployments import render_deployments  # noqa: PLC0415 - Prefect costs two seconds

    target = server.folder / "deployments" / "prefect.yaml"
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_text(render_deployments(as_of), encoding="utf-8")
    return target


def _prefect(server: LocalServer, *arguments: str) -> None:
    """Run one command of Prefect's own; what it said is in the log."""
    with (server.folder / "setup.log").open("ab") as log:
        process = _child(server, "prefect", *arguments, log=log.fileno())
        try:
            code = process.wait()
        except BaseException:
            stop(process)
            raise
    if code:
        raise Refused(f"lệnh prefect {arguments[0]} không chạy được, xem {server.folder / 'setup.log'}")


def _start_worker(server: LocalServer) -> subprocess.Popen[bytes]:
    with (server.folder / "worker.log").open("ab") as log:
        return _child(
            server, "prefect", "worker", "start", "--pool", WORK_POOL, "--type", "process",
            "--name", "dondoc", log=log.fileno(),
        )  # fmt: skip


def _child(server: LocalServer, module: str, *arguments: str, log: int) -> subprocess.Popen[bytes]:
    """Start a command line in a session of its own, so that a Ctrl-C reaches us alone."""
    return subprocess.Popen(  # noqa: S603 - our own interpreter and arguments
        [sys.executable, "-m", module, *arguments],
        env=server.environment(), cwd=server.folder, stdin=subprocess.DEVNULL, stdout=log, stderr=log,
        start_new_session=True,
    )  # fmt: skip


def _watch(children: dict[str, subprocess.Popen[bytes]]) -> None:
    """Wait until somebody ends us; a child that ends by itself ends all."""
    while True:
        for name, process in children.items():
            if process.poll() is not None:
                raise Refused(
                    f"{name} đã dừng ngoài ý muốn, xem nhật ký trong thư mục prefect của DONDOC_HOME"
                )
        time.sleep(LOOK_SECONDS)
