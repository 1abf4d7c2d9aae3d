"""`dondoc up`: Prefect's server, its deployments and a worker in one command, ended together."""

from __future__ import annotations

import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from types import FrameType

import click

from config.settings import read_settings
from flows.local_server import DEFAULT_PORT, LocalServer, is_free, start, stop, wait_until_healthy
from flows.subjects import named_plan
from obligations.errors import Refused
from tasks_lib.bootstrap import open_house
from tasks_lib.clock import parse_as_of
from tasks_lib.usecases.initialise import initialise

WORK_POOL = "dondoc"
ROUND = "Lượt theo dõi hằng ngày/luot-hang-ngay"
LOOK_SECONDS = 0.5


class Ended(Exception):
    """Somebody pressed Ctrl-C or sent SIGTERM."""


def up(as_of: str | None = None, port: int | None = None) -> None:
    """Run everything until Ctrl-C; `as_of` pins every run to one day and makes a first round of it."""
    parse_as_of(as_of)
    initialise(open_house(named_plan().key))
    server = LocalServer(read_settings().home, port or DEFAULT_PORT)
    if not is_free(server.port):
        raise Refused(
            f"cổng {server.port} đang có chương trình khác dùng: đóng chương trình đó hoặc chọn --port"
        )
    with _ending_on_signals(), ExitStack() as children:
        _watch(*_bring_up(server, as_of, children))


def _bring_up(
    server: LocalServer, as_of: str | None, children: ExitStack
) -> tuple[subprocess.Popen[bytes], subprocess.Popen[bytes]]:
    """Start in order server, deployments, worker; the stack ends them the other way round.

    A worker whose server went first hangs for minutes.
    """
    click.echo("Đang khởi động máy chủ Prefect …", err=True)
    prefect = start(server, ui=True)
    children.callback(stop, prefect)
    wait_until_healthy(server, prefect)
    click.echo("Đang đăng ký các luồng …", err=True)
    _prefect(server, "work-pool", "create", WORK_POOL, "--type", "process", "--overwrite")
    _prefect(
        server, "--no-prompt", "deploy", "--all", "--prefect-file", str(_deployments_file(server, as_of))
    )
    worker = _start_worker(server)
    children.callback(stop, worker)
    if as_of:
        _prefect(server, "deployment", "run", ROUND)
    click.echo(f"Sẵn sàng: {server.url} (nhấn Ctrl-C để dừng)", err=True)
    return prefect, worker


def _deployments_file(server: LocalServer, as_of: str | None) -> Path:
    from flows.deployments import render_deployments  # noqa: PLC0415 - Prefect costs two seconds

    target = server.folder / "deployments" / "prefect.yaml"
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_text(render_deployments(as_of), encoding="utf-8")
    return target


def _prefect(server: LocalServer, *arguments: str) -> None:
    """Run one command of Prefect's own; what it said is in the log."""
    with (server.folder / "setup.log").open("ab") as log:
        process = _child(server, *arguments, log=log.fileno())
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
            server, "worker", "start", "--pool", WORK_POOL, "--type", "process", "--name", "dondoc",
            log=log.fileno(),
        )  # fmt: skip


def _child(server: LocalServer, *arguments: str, log: int) -> subprocess.Popen[bytes]:
    """Start Prefect's command line in a session of its own, so that a Ctrl-C reaches us alone."""
    return subprocess.Popen(  # noqa: S603 - our own interpreter and arguments
        [sys.executable, "-m", "prefect", *arguments],
        env=server.environment(), cwd=server.folder, stdin=subprocess.DEVNULL, stdout=log, stderr=log,
        start_new_session=True,
    )  # fmt: skip


def _watch(prefect: subprocess.Popen[bytes], worker: subprocess.Popen[bytes]) -> None:
    """Wait until somebody ends us; a child that ends by itself ends all."""
    while True:
        for name, process in (("máy chủ Prefect", prefect), ("tiến trình chạy luồng (worker)", worker)):
            if process.poll() is not None:
                raise Refused(
                    f"{name} đã dừng ngoài ý muốn, xem nhật ký trong thư mục prefect của DONDOC_HOME"
                )
        time.sleep(LOOK_SECONDS)


@contextmanager
def _ending_on_signals() -> Iterator[None]:
    """Turn Ctrl-C and SIGTERM into an orderly end; a second one cannot cut that short."""
    before = {name: signal.signal(name, _end) for name in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield
    except Ended:
        click.echo("Đã dừng.", err=True)
    finally:
        for name, handler in before.items():
            signal.signal(name, handler)


def _end(_number: int, _frame: FrameType | None) -> None:
    for name in (signal.SIGINT, signal.SIGTERM):
        signal.signal(name, signal.SIG_IGN)
    raise Ended
