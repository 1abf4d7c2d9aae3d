"""`dondoc simulate`: a plan's life in seconds, by the same use cases, without Prefect."""

from __future__ import annotations

from dataclasses import asdict
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

import click

from cli.common import DAY, json_option, plan_option, print_json, print_rows
from cli.opened import open_house

if TYPE_CHECKING:
    from tasks_lib.kernel.bootstrap import House
    from tasks_lib.simulation.simulate import Simulation


MONTH_COLUMNS = {
    "month": "Tháng",
    "tier": "Cấp",
    "opened": "Mở",
    "in_time": "Đúng hạn",
    "late": "Sau hạn",
    "still_late": "Còn quá hạn",
    "notices": "Tin",
    "mails": "Thư",
    "with_focal": "Đến cơ quan đầu mối",
}


@click.command()
@click.option("--from", "start", type=DAY, metavar="NGÀY", help="Từ ngày; mặc định là ngày ký.")
@click.option("--to", "end", type=DAY, metavar="NGÀY", help="Đến ngày; mặc định là ngày hết hiệu lực.")
@click.option("--behaviour", default="mixed", metavar="CÁCH", help="mixed, punctual, late, silent, paper.")
@click.option("--seed", type=int, default=1, metavar="SỐ", help="Cùng số thì cùng kết quả.")
@click.option("--ledger", type=click.Path(path_type=Path), metavar="TỆP.csv", help="Ghi sổ mọi việc.")
@click.option("--keep", is_flag=True, help="Giữ kết quả trong cơ sở dữ liệu đang cấu hình (mới khởi tạo).")
@plan_option
@json_option
def simulate(
    start: date | None,
    end: date | None,
    behaviour: str,
    seed: int,
    ledger: Path | None,
    keep: bool,
    plan_name: str | None,
    as_json: bool,
) -> None:
    """Diễn lại cả kỳ kế hoạch trong vài giây; không thư nào được gửi."""
    from tasks_lib.simulation.simulate import scratch_house

    house = open_house(plan_name)
    first, last = start or house.plan.signed_on, end or house.plan.valid_until
    with TemporaryDirectory(prefix="dondoc-") as folder:
        stage = house if keep else scratch_house(house, Path(folder))
        try:
            found = _replay(stage, first, last, behaviour, seed)
        finally:
            stage.engine.dispose()
    if ledger is not None:
        found.write_ledger(ledger)
    _show(house, found, as_json)


def _replay(house: House, start: date, end: date, behaviour: str, seed: int) -> Simulation:
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

    from tasks_lib.simulation.simulate import simulate as replay

    columns = TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn()
    with Progress(*columns, console=Console(stderr=True)) as bar:
        days = max((end - start).days + 1, 1)
        task = bar.add_task(f"{start:%d/%m/%Y}", total=days)

        def told(day: date, number: int) -> None:
            bar.update(task, completed=number, description=f"{day:%d/%m/%Y}")

        return replay(house, start, end, behaviour, seed, progress=told)


def _show(house: House, found: Simulation, as_json: bool) -> None:
    from tasks_lib.duties.dates import level_words

    if as_json:
        print_json(
            {
                "from": found.start,
                "to": found.end,
                "behaviour": found.behaviour,
                "seed": found.seed,
                "deeds": found.deeds,
                "notices": found.notices,
                "mails": found.mails,
                "months": [asdict(month) for month in found.months],
            }
        )
        return
    rows = [{**asdict(month), "tier": level_words(house.plan.levels, month.tier)} for month in found.months]
    print_rows(rows, MONTH_COLUMNS)
    click.echo(f"{found.deeds} việc của các đơn vị, {found.notices} tin, {found.mails} thư")
