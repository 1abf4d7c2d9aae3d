"""`dondoc web`: the portal alone, for this machine or behind a reverse proxy."""

from __future__ import annotations

import errno
import socket
import sys
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime

import click
import uvicorn

from cli.common import PORTAL_PORT, plan_option
from cli.demo_home import demo_day, enter_demo
from cli.ending import ending_on_signals
from cli.welcome import welcome
from obligations.errors import Invalid, Refused
from tasks_lib.bootstrap import House, open_house
from tasks_lib.clock import running_from
from tasks_lib.usecases.access import NO_PORTAL
from tasks_lib.usecases.initialise import require_initialised
from web.listening import listen

HOST = "127.0.0.1"
EVERYWHERE = ("0.0.0.0", "::")  # noqa: S104 - compared with, not bound to
NO_SUCH_HOST = (socket.EAI_NONAME, socket.EAI_NODATA, socket.EAI_AGAIN, errno.EADDRNOTAVAIL)
LAST_ANSWERS = 10
"""Seconds that requests have to end in once the portal is told to end."""


@click.command()
@click.option(
    "--port", type=click.IntRange(1, 65535), default=PORTAL_PORT, show_default=True, metavar="CỔNG",
    help="Cổng của trang web.",
)  # fmt: skip
@click.option("--host", default=HOST, show_default=True, metavar="ĐỊA_CHỈ", help="Địa chỉ máy lắng nghe.")
@click.option("--as-of", metavar="NGÀY", help="Để trình diễn: đồng hồ của trang bắt đầu từ thời điểm này.")
@click.option("--demo", is_flag=True, help="Mở số liệu của lần 'dondoc demo' gần nhất.")
@plan_option
def command(port: int, host: str, as_of: str | None, demo: bool, plan_name: str | None) -> None:
    """Bật trang web của hệ thống (không có Prefect) đến khi nhấn Ctrl-C."""
    if demo:
        enter_demo()
        as_of = as_of or demo_day()
    house = open_house(plan_name)
    require_initialised(house)
    clock = running_from(as_of)
    with listening(host, port) as opened:
        served = at_address(house, host, port)
        server = uvicorn.Server(_configuration(served, clock))
        click.echo(f"Sẵn sàng: {address(host, port)} (nhấn Ctrl-C để dừng)", err=True)
        if as_of and sys.stderr.isatty():  # a log is no place for links
            welcome(served, clock())
        with ending_on_signals():
            server.run(sockets=[opened])
    if not server.started:
        raise Refused("trang web không khởi động được; lý do ở các dòng trên")


def address(host: str, port: int) -> str:
    """Return where people on this machine open the portal."""
    name = HOST if host in EVERYWHERE else f"[{host}]" if ":" in host else host
    return f"http://{name}:{port}"


def at_address(house: House, host: str, port: int) -> House:
    """Return the house whose links begin with where it is served, unless the settings say with what."""
    url = address(host, port)
    if house.settings.public_url or url == NO_PORTAL:
        return house
    return replace(house, settings=house.settings.model_copy(update={"public_url": url}))


def listening(host: str, port: int) -> socket.socket:
    """Take the port, or say in one line why that cannot be."""
    try:
        return listen(host, port)
    except OSError as error:
        if error.errno in NO_SUCH_HOST:
            raise Invalid(f"--host: không có địa chỉ '{host}'") from None
        if error.errno == errno.EADDRINUSE:
            raise Refused(
                f"cổng {port} đang có chương trình khác dùng: đóng chương trình đó hoặc chọn --port"
            ) from None
        raise Refused(f"không mở được cổng {port} tại {host}: {error.strerror}") from None


def _configuration(house: House, clock: Callable[[], datetime]) -> uvicorn.Config:
    """Return how the portal is served; no log of requests is kept, for links would stand in it."""
    from web.app import create_app  # noqa: PLC0415 - other commands need no pages

    return uvicorn.Config(
        create_app(house, clock), log_config=None, access_log=False, ws="none", server_header=False,
        # Who asks stands in a proxy's headers; only one on this machine is believed.
        proxy_headers=True, forwarded_allow_ips="127.0.0.1,::1", timeout_graceful_shutdown=LAST_ANSWERS,
    )  # fmt: skip
