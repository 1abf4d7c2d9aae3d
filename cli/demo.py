"""`dondoc demo`: half a plan's life, one day's flows and its mails on a loopback server, in one command."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import click

from cli.common import DAY
from cli.demo_home import CONFIG, demo_home, enter, remember
from cli.opened import open_house
from cli.welcome import ready_links
from config.sample_name import KEY as SAMPLE
from obligations.deadlines import item_dues
from obligations.errors import Invalid
from obligations.model import Item
from tasks_lib.kernel.clock import morning_of
from tasks_lib.kernel.places import NO_PORTAL
from tasks_lib.mailing.delivered import DeliveryReport

if TYPE_CHECKING:
    from rich.console import Console
    from rich.table import Table

    from cli.demo_mail import Catcher, Caught
    from tasks_lib.kernel.bootstrap import House
    from tasks_lib.rounds.outlook import Outlook
    from tasks_lib.simulation.simulate import Simulation


SHOWN_ON = (10, 5)
"""Month and day that are shown by default: every level gets mails then, under the default seed."""
BEHAVIOUR = "mixed"
PAGE_WIDTH = 120
"""Where nobody looks at a terminal: in a log or a file."""

COUNTS_WIDTH = 64
"""What all columns but the title take."""
NARROWEST = 20
NUMERALS = ("", "một", "hai", "ba", "bốn", "năm")


@click.command("demo")
@click.option(
    "--plan",
    "plan_name",
    metavar="KẾ_HOẠCH",
    help=f"Mặc định kế hoạch đi kèm chương trình; {SAMPLE}: kế hoạch mẫu năm nay, hai cấp.",
)
@click.option("--day", type=DAY, metavar="NGÀY", help="Ngày trình diễn; mặc định 05/10 của năm đó.")
@click.option("--seed", default=1, show_default=True, metavar="SỐ", help="Cùng số thì cùng kết quả.")
def command(plan_name: str | None, day: date | None, seed: int) -> None:
    """Trình diễn: diễn lại kế hoạch đến một ngày, chạy các luồng của ngày đó, gửi thư tới máy chủ tại chỗ."""
    demo(plan_name, day, seed)


def demo(plan_name: str | None, day: date | None, seed: int) -> None:
    """Replay to the day before, run that day's round through Prefect, deliver it and show what came of it."""
    from rich.console import Console

    from cli.demo_mail import write_out
    from tasks_lib.mailing.deliver import deliver

    err = Console(stderr=True)
    out = Console(width=None if err.is_terminal else PAGE_WIDTH)
    with _stage(plan_name) as catcher:
        house = open_house(plan_name)
        day = day or date(house.plan.signed_on.year, *SHOWN_ON)
        try:
            _check(house, day)
            replayed = _replay(house, day, seed, err)
            _say_replayed(replayed, out)
            ran = _run_flows(house, day, err)
            report = deliver(house, morning_of(day))
            mails = write_out(catcher, house, day)
            out.print(_items_table(house, morning_of(day), out.width))
            _say_day(house, day, ran, report, out)
            _say_mails(house, mails, out)
            _say_board(house, day, out)
            remember(house.settings.home, house.plan.key, day.isoformat())
        finally:
            house.engine.dispose()


@contextmanager
def _stage(plan_name: str | None) -> Iterator[Catcher]:
    """Give a fresh home with its own database and a mail server on the loopback; put the environment back."""
    from cli.demo_mail import catching
    from config.sample import write_sample

    home = demo_home()
    shutil.rmtree(home, ignore_errors=True)
    home.mkdir(parents=True)
    if plan_name == SAMPLE:
        write_sample(home / CONFIG)
    before = dict(os.environ)
    try:
        with catching() as catcher:
            _set_environment(home, catcher)
            yield catcher
    finally:
        os.environ.clear()
        os.environ.update(before)


def _set_environment(home: Path, catcher: Catcher) -> None:
    """Point the program, and the flows' own process, at the demo and its mail server."""
    enter(home)
    os.environ.update(
        {
            "DONDOC_MAIL_TRANSPORT": "smtp",
            "DONDOC_SMTP_HOST": catcher.host,
            "DONDOC_SMTP_PORT": str(catcher.port),
            "DONDOC_PUBLIC_URL": NO_PORTAL,
        }
    )


def _check(house: House, day: date) -> None:
    if day <= house.plan.signed_on:
        raise Invalid(f"--day: chọn một ngày sau ngày ký kế hoạch {house.plan.signed_on:%d/%m/%Y}")
    if not house.calendar.is_working(day):
        following = house.calendar.next_working(day)
        raise Invalid(
            f"--day: {day:%d/%m/%Y} là ngày nghỉ, không gửi thư; ngày làm việc tới là {following:%d/%m/%Y}"
        )


def _replay(house: House, day: date, seed: int, console: Console) -> Simulation:
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

    from tasks_lib.simulation.simulate import simulate

    start, end = house.plan.signed_on, day - timedelta(days=1)
    columns = (
        TextColumn("Diễn lại {task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TextColumn("ngày"),
        TimeElapsedColumn(),
    )
    with Progress(*columns, console=console) as bar:
        task = bar.add_task(f"{start:%d/%m/%Y}", total=(end - start).days + 1)

        def told(on: date, number: int) -> None:
            bar.update(task, completed=number, description=f"{on:%d/%m/%Y}")

        return simulate(house, start, end, BEHAVIOUR, seed, progress=told)


def _run_flows(house: House, day: date, console: Console) -> dict[str, object]:
    from flows.run import run_round  # Prefect costs two seconds

    with console.status(f"Chạy các luồng của ngày {day:%d/%m/%Y} qua Prefect"):
        return run_round(morning_of(day), house.plan.key)


def _items_table(house: House, as_of: datetime, width: int) -> Table:
    from rich.table import Table

    from tasks_lib.rounds.outlook import outlooks

    table = Table(
        title=f"Tình hình {len(house.plan.items)} nhiệm vụ đến {as_of:%d/%m/%Y}", title_justify="left"
    )
    table.add_column("Mã", no_wrap=True)
    left = max(width - COUNTS_WIDTH, NARROWEST)
    table.add_column("Nhiệm vụ", no_wrap=True, overflow="ellipsis", min_width=left, max_width=left)
    table.add_column("Hạn cuối", no_wrap=True)
    for heading in ("Được giao", "Đã báo cáo", "Quá hạn", f"Đã đến {house.focal.name}"):
        table.add_column(heading, justify="right", min_width=6)
    found = outlooks(house, as_of)
    for item in house.plan.items:
        table.add_row(*_cells(house, item, found[item.key], as_of.date()))
    return table


def _cells(house: House, item: Item, outlook: Outlook, on: date) -> tuple[str, ...]:
    late = f"[red]{outlook.late}[/red]" if outlook.late else "-"
    return (
        item.key,
        item.title,
        _last_day(house, item, outlook, on),
        str(outlook.opened or "-"),
        str(outlook.reported or "-"),
        late,
        str(outlook.with_focal or "-"),
    )


def _last_day(house: House, item: Item, outlook: Outlook, on: date) -> str:
    """Return the last day ahead, else the last one gone by, else the plan's own words."""
    if outlook.dated and outlook.next_last_day is not None:
        return f"{outlook.next_last_day:%d/%m/%Y}"
    days = sorted(due.last_day for due in item_dues(item, house.plan, house.calendar))
    chosen = next((day for day in days if day >= on), days[-1] if days else None)
    return f"{chosen:%d/%m/%Y}" if chosen else item.deadline_text


def _say_replayed(replayed: Simulation, out: Console) -> None:
    out.print(
        f"Đã diễn lại từ {replayed.start:%d/%m/%Y} đến {replayed.end:%d/%m/%Y}:"
        f" {replayed.deeds} việc của các đơn vị,"
        f" {replayed.notices} tin nhắc việc, đôn đốc, {replayed.mails} thư."
    )


def _say_day(house: House, day: date, ran: dict[str, object], report: DeliveryReport, out: Console) -> None:
    failed = report.failed + report.dead
    out.print(
        f"Ngày {day:%d/%m/%Y}: luồng của {len(house.plan.items)} nhiệm vụ và các kỳ báo cáo"
        f" đã chạy qua Prefect; mở {ran['opened']} nhiệm vụ được giao, ghi {ran['notices']} tin,"
        f" {ran['overdue']} nhiệm vụ đang quá hạn, {ran['past_asked']} chậm so với ngày đề nghị,"
        f" {ran['sheets_overdue']} phiếu tháng chưa xem xét."
    )
    out.print(
        f"{report.sent} thư đã tới máy chủ thư tại chỗ" + (f", {failed} chưa gửi được." if failed else ".")
    )


def _say_mails(house: House, mails: list[Caught], out: Console) -> None:
    if not mails:
        out.print("Ngày này không có thư nào.")
        return
    typical = {
        **{
            level.short: _longest(house, mails, level.key)
            for level in house.configuration.levels_of(house.plan)
            if not level.top
        },
        house.focal.name: next((m for m in mails if m.recipient == house.plan.focal), None),
    }
    out.print(f"Mở thử {NUMERALS[len(typical)]} thư tiêu biểu bằng trình duyệt:")
    for who, mail in typical.items():
        where = f"{mail.subject}\n    {mail.page}" if mail else "(ngày này không có thư)"
        out.print(f"  {who}: {where}", soft_wrap=True, highlight=False, markup=False)
    out.print(
        f"Tất cả {len(mails)} thư (.eml, .html): {mails[0].page.parent}", soft_wrap=True, highlight=False
    )


def _say_board(house: House, day: date, out: Console) -> None:
    """Say how to open the board on what was shown, with links that are good as soon as it runs."""
    out.print(
        "Mở bảng theo dõi trên số liệu này: chạy 'make up' (hoặc 'dondoc web --demo' nếu không cần Prefect),"
        " rồi mở các đường dẫn:"
    )
    for who, url in ready_links(house, morning_of(day)):
        out.print(f"  {who}:\n    {url}", soft_wrap=True, highlight=False, markup=False)


def _longest(house: House, mails: list[Caught], tier: str) -> Caught | None:
    found = [mail for mail in mails if house.agency(mail.recipient).level.key == tier]
    return max(found, key=lambda mail: (mail.size, mail.recipient), default=None)
