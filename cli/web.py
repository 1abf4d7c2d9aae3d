"""`dondoc web`: the portal alone, for this machine or behind a reverse proxy."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import click

from cli.common import plan_option
from cli.demo_home import demo_day, enter_demo
from cli.opened import open_house
from cli.serving import HOST, address, listening, serve
from cli.welcome import welcome
from tasks_lib.kernel.clock import running_from
from tasks_lib.kernel.places import NO_PORTAL, PORTAL_PORT

if TYPE_CHECKING:
    from tasks_lib.kernel.bootstrap import House


@click.command()
@click.option(
    "--port",
    type=click.IntRange(1, 65535),
    default=PORTAL_PORT,
    show_default=True,
    metavar="CỔNG",
    help="Cổng của trang web.",
)
@click.option("--host", default=HOST, show_default=True, metavar="ĐỊA_CHỈ", help="Địa chỉ máy lắng nghe.")
@click.option("--as-of", metavar="NGÀY", help="Để trình diễn: đồng hồ của trang bắt đầu từ thời điểm này.")
@click.option("--demo", is_flag=True, help="Mở số liệu của lần 'dondoc demo' gần nhất.")
@plan_option
def command(port: int, host: str, as_of: str | None, demo: bool, plan_name: str | None) -> None:
    """Bật trang web của hệ thống (không có Prefect) đến khi nhấn Ctrl-C."""
    from tasks_lib.duties.initialise import require_initialised
    from web.app import create_app

    if demo:
        enter_demo()
        as_of = as_of or demo_day()
    house = open_house(plan_name)
    require_initialised(house)
    clock = running_from(as_of)
    with listening(host, port) as opened:
        served = at_address(house, host, port)
        app = create_app(served, clock)
        click.echo(f"Sẵn sàng: {address(host, port)} (nhấn Ctrl-C để dừng)", err=True)
        if as_of:
            welcome(served, clock())
        serve(app, opened)


def at_address(house: House, host: str, port: int) -> House:
    """Return the house whose links begin with where it is served, unless the settings say with what."""
    url = address(host, port)
    if house.settings.public_url or url == NO_PORTAL:
        return house
    return replace(house, settings=house.settings.model_copy(update={"public_url": url}))
