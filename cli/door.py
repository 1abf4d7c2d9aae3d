"""`dondoc door`: Prefect's pages for those who look after the runs, to read and nothing else."""

from __future__ import annotations

import os

import click

from cli.common import plan_option
from cli.opened import open_house
from cli.serving import HOST, address, listening, serve
from obligations.errors import Invalid
from tasks_lib.kernel.clock import running_from
from tasks_lib.kernel.places import PREFECT_PORT

API = "/api"


@click.command()
@click.option(
    "--port",
    type=click.IntRange(1, 65535),
    default=PREFECT_PORT,
    show_default=True,
    metavar="CỔNG",
    help="Cổng của trang xem.",
)
@click.option("--host", default=HOST, show_default=True, metavar="ĐỊA_CHỈ", help="Địa chỉ máy lắng nghe.")
@click.option("--as-of", metavar="NGÀY", help="Để trình diễn: cùng thời điểm với trang web.")
@plan_option
def command(port: int, host: str, as_of: str | None, plan_name: str | None) -> None:
    """Mở trang Prefect chỉ để xem cho người đã đăng nhập cổng (PREFECT_API_URL, PREFECT_API_AUTH_STRING)."""
    from tasks_lib.duties.initialise import require_initialised
    from web.frame.door import Prefect, create_door

    api = os.environ.get("PREFECT_API_URL", "").rstrip("/")
    if not api.endswith(API):
        raise Invalid("PREFECT_API_URL: cần địa chỉ của máy chủ Prefect, ví dụ http://127.0.0.1:4201/api")
    house = open_house(plan_name)
    require_initialised(house)
    prefect = Prefect(url=api.removesuffix(API), auth=os.environ.get("PREFECT_API_AUTH_STRING", ""))
    with listening(host, port) as opened:
        click.echo(f"Sẵn sàng: {address(host, port)} (nhấn Ctrl-C để dừng)", err=True)
        serve(create_door(house, running_from(as_of), prefect), opened)
