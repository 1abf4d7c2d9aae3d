"""`dondoc up`: portal, Prefect's server and pages, deployments and workers in one command, ended together."""

from __future__ import annotations

import os
import subprocess
import sys
import time
import urllib.request
from dataclasses import dataclass
from pathlib import Path

import click

from cli.children import Child, Children
from cli.demo_home import demo_day, enter_demo
from cli.ending import ending_on_signals
from cli.next_round import say_next_round
from cli.welcome import welcome
from config.settings import read_settings
from flows.local_server import (
    DATABASE,
    HOST,
    LocalServer,
    free_port,
    is_free,
    start,
    stop,
    wait_until_healthy,
)
from obligations.errors import Refused
from store.engine import reading
from store.plans import ended_on, started_on
from tasks_lib.duties.initialise import initialise
from tasks_lib.kernel.bootstrap import House, open_houses
from tasks_lib.kernel.clock import local_day, parse_as_of
from tasks_lib.kernel.places import PREFECT_PORT

ROUND = "Lượt theo dõi hằng ngày/luot-hang-ngay"
ANSWER_SECONDS = 60


@dataclass(frozen=True)
class Site:
    """Where everything listens, and on which day it is pinned."""

    server: LocalServer
    door_port: int
    web_port: int
    as_of: str | None

    @property
    def portal(self) -> str:
        """The address of the portal on this machine."""
        return f"http://{HOST}:{self.web_port}"

    @property
    def door(self) -> str:
        """The address of Prefect's pages on this machine."""
        return f"http://{HOST}:{self.door_port}"

    def log(self, name: str) -> Path:
        """Where a child of this name writes."""
        return self.server.folder / f"{name}.log"

    def command(
        self, name: str, *arguments: str, calls: bool = True, mail: bool = False
    ) -> subprocess.Popen[bytes]:
        """Start a command line in a session of its own, so that a Ctrl-C reaches us alone."""
        with self.log(name).open("ab") as log:
            return subprocess.Popen(  # noqa: S603 - our own interpreter and arguments
                [sys.executable, "-m", *arguments],
                env=self.server.environment(calls=calls, mail=mail),
                cwd=self.server.folder,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                start_new_session=True,
            )

    def pages(self, name: str, plan: str, port: int, **rights: bool) -> subprocess.Popen[bytes]:
        """Start one of our own web servers, on the same clock as all runs."""
        pinned = ("--as-of", self.as_of) if self.as_of else ()
        arguments = ("--port", str(port), "--plan", plan, *pinned)
        return self.command(name, "cli.main", name, *arguments, **rights)


def up(as_of: str | None, port: int | None, web_port: int, *, demo: bool) -> None:
    """Run everything until Ctrl-C; `as_of` pins every run to one day and makes a first round of it."""
    if demo:
        enter_demo()
        as_of = as_of or demo_day()
    parse_as_of(as_of)
    site = _site(as_of, port or PREFECT_PORT, web_port)
    _tell_children("DONDOC_PUBLIC_URL", site.portal)
    _tell_children("DONDOC_PREFECT_UI_URL", site.door)
    house, *others = open_houses()
    for each in (house, *others):
        initialise(each)
    for taken, option in ((site.door_port, "--port"), (web_port, "--web-port")):
        if not is_free(taken):
            raise Refused(
                f"cổng {taken} đang có chương trình khác dùng: đóng chương trình đó hoặc chọn {option}"
            )
    with ending_on_signals(), Children(site.server.mark) as children:
        _bring_up(site, house.plan.key, children)
        say_next_round(site.server, children.look, _about_runs(house, as_of))
        click.echo(f"Sẵn sàng: {site.portal} và Prefect {site.door} (nhấn Ctrl-C để dừng)", err=True)
        if as_of:
            welcome(house, parse_as_of(as_of))
        children.watch()


def _about_runs(house: House, as_of: str | None) -> str:
    """Return what is to be known of the next runs: that they are pinned, or that nothing will happen yet."""
    if as_of:
        return f" (ghim ngày {local_day(parse_as_of(as_of)):%d/%m/%Y})"
    with reading(house.engine) as connection:
        started, ended = (find(connection, house.plan.key) for find in (started_on, ended_on))
    if started and ended:
        return f" (kế hoạch kết thúc từ ngày {ended:%d/%m/%Y})"
    return "" if started else " (kế hoạch chưa được khởi động: 'dondoc plan start')"


def _site(as_of: str | None, port: int, web_port: int) -> Site:
    """Choose where Prefect's own server listens: anywhere, for nobody calls it but its children."""
    inner = free_port()
    while inner in (port, web_port):
        inner = free_port()
    database = os.environ.get(DATABASE, "")
    server = LocalServer(read_settings().home, inner, database, f"http://{HOST}:{port}")
    return Site(server, port, web_port, as_of)


def _tell_children(name: str, value: str) -> None:
    """Set what the portal and the flows need to know of each other, unless the environment says it."""
    os.environ[name] = os.environ.get(name) or value


def _bring_up(site: Site, plan: str, children: Children) -> None:
    """Start in order portal, server, its pages, deployments, workers; they are ended the other way round.

    A worker whose server went first hangs for minutes. The portal sends login mails and delivery sends the
    rest: these two alone get the mail server's password.
    """
    from flows.deployments import MAIL_POOL, WORK_POOL  # Prefect costs two seconds
    from flows.pools import make_pools

    site.server.folder.mkdir(parents=True, exist_ok=True)
    click.echo("Đang khởi động trang web …", err=True)
    web = Child(
        "trang web", lambda: site.pages("web", plan, site.web_port, calls=False, mail=True), site.log("web")
    )
    children.add(web)
    click.echo("Đang khởi động máy chủ Prefect …", err=True)
    prefect = Child("máy chủ Prefect", lambda: start(site.server, ui=True), site.server.log, alone=False)
    wait_until_healthy(site.server, children.add(prefect))
    door = Child("trang Prefect", lambda: site.pages("door", plan, site.door_port), site.log("door"))
    children.add(door)
    click.echo("Đang đăng ký các luồng …", err=True)
    make_pools(site.server.api, site.server.auth)
    _prefect(site, "--no-prompt", "deploy", "--all", "--prefect-file", str(_deployments_file(site)))
    children.add(_worker("tiến trình chạy luồng (worker)", site, WORK_POOL, "worker", mail=False))
    children.add(_worker("tiến trình gửi thư (worker)", site, MAIL_POOL, "mail-worker", mail=True))
    _wait_for(web, f"{site.portal}/healthz", children)
    _wait_for(door, f"{site.door}/healthz", children)
    if site.as_of:
        _prefect(site, "deployment", "run", ROUND)


def _worker(name: str, site: Site, pool: str, log: str, *, mail: bool) -> Child:
    arguments = ("worker", "start", "--pool", pool, "--type", "process", "--name", pool)
    return Child(name, lambda: site.command(log, "prefect", *arguments, mail=mail), site.log(log))


def _wait_for(child: Child, address: str, children: Children) -> None:
    """Wait until a web server of ours answers; it has had all the time that Prefect took."""
    patience = time.monotonic() + ANSWER_SECONDS
    while time.monotonic() < patience:
        children.look()
        try:
            with urllib.request.urlopen(address, timeout=2):  # noqa: S310 - our own address
                return
        except OSError:
            time.sleep(0.1)
    raise Refused(f"{child.name} không khởi động được, xem {child.log}")


def _deployments_file(site: Site) -> Path:
    from flows.deployments import render_deployments  # Prefect costs two seconds

    target = site.server.folder / "deployments" / "prefect.yaml"
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_text(render_deployments(site.as_of), encoding="utf-8")
    return target


def _prefect(site: Site, *arguments: str) -> None:
    """Run one command of Prefect's own; what it said is in the log."""
    process = site.command("setup", "prefect", *arguments)
    try:
        code = process.wait()
    except BaseException:
        stop(process)
        raise
    if code:
        raise Refused(f"lệnh prefect {arguments[0]} không chạy được, xem {site.log('setup')}")
