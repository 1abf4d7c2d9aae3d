"""`dondoc plan …`: the plan as data, its dates and why, its start."""

from __future__ import annotations

import sys
from pathlib import Path

import click
from click.exceptions import Abort

from cli.common import (
    INDENT,
    as_of_option,
    json_option,
    plan_option,
    print_json,
    print_rows,
    print_wrapped,
)
from cli.mail import said_of
from config.load import load_configuration
from config.settings import read_settings
from obligations.calendar import FIRST_YEAR, LAST_YEAR
from obligations.errors import Refused
from obligations.figures import called
from tasks_lib.duties.dates import dates as plan_dates
from tasks_lib.duties.dates import in_words, shown_plan
from tasks_lib.duties.foretold import in_words as changes_in_words
from tasks_lib.duties.foretold import would_change
from tasks_lib.kernel import clock
from tasks_lib.kernel.bootstrap import open_house
from tasks_lib.kernel.start import start as start_plan
from tasks_lib.kernel.wording import ended_words
from tasks_lib.mailing.preview import first_mails


@click.group()
def plan() -> None:
    """Kế hoạch: kiểm tra, xem, xem ngày và lý do, khởi động."""


@plan.command()
@click.option(
    "--config",
    "directory",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    metavar="THƯ_MỤC",
    help="Thư mục dữ liệu cần kiểm tra; mặc định theo DONDOC_CONFIG_DIR.",
)
@json_option
def check(directory: Path | None, as_json: bool) -> None:
    """Kiểm tra dữ liệu kế hoạch: mỗi lỗi một dòng, trạng thái thoát 2; không lỗi: nêu những gì sẽ đổi."""
    settings = read_settings()
    settings = settings.model_copy(update={"config_dir": directory or settings.config_dir})
    configuration = load_configuration(settings.config_dir)
    found = [{"key": p.key, "items": len(p.items), "duties": len(p.duties)} for p in configuration.plans]
    changes = {}
    if settings.home.is_dir():
        houses = [open_house(plan.key, settings) for plan in configuration.plans]
        changes = {house.plan.key: would_change(house, clock.parse_as_of(None)) for house in houses}
    if as_json:
        told = [
            {"plan": key, "added": it.added, "removed": it.removed, "moved": [k for k, _, _ in it.moved]}
            for key, it in changes.items()
            if it
        ]
        print_json({"plans": found, "faults": [], **({"changes": told} if told else {})})
        return
    for entry in found:
        click.echo(f"{entry['key']}: {entry['items']} nhiệm vụ, dữ liệu hợp lệ")
    for key, it in changes.items():
        for line in changes_in_words(it):
            print_wrapped(f"{key}: {line}")


@plan.command()
@plan_option
@json_option
def show(plan_name: str | None, as_json: bool) -> None:
    """Xem các nhiệm vụ của kế hoạch như in trong phụ lục, số liệu theo khóa và tên."""
    house = open_house(plan_name)
    document = shown_plan(house)
    if as_json:
        print_json(document)
        return
    names = {
        "key": "Mã",
        "printed": "In",
        "title": "Nhiệm vụ",
        "leads_text": "Chủ trì",
        "cooperating_text": "Phối hợp/thực hiện",
        "deadline_text": "Thời hạn",
    }
    title = f"Kế hoạch số {document['number']}"
    print_rows(document["items"], names, title=title)
    for item in house.plan.items:
        if item.figures:
            print_wrapped(f"Số liệu, nhiệm vụ {item.key}: {'; '.join(map(called, item.figures))}")
    for item in (*house.plan.items, *house.plan.duties, *house.plan.requests):
        for doubt in item.doubts:
            print_wrapped(f"Đề nghị xác nhận, nhiệm vụ {item.key}: {doubt}")


@plan.command()
@click.option(
    "--year", type=click.IntRange(FIRST_YEAR, LAST_YEAR), metavar="NĂM", help="Xem các kỳ của một năm khác."
)
@plan_option
@json_option
def dates(year: int | None, plan_name: str | None, as_json: bool) -> None:
    """Xem hạn cuối của từng nhiệm vụ, kỳ, cấp; vì sao; và ngày của từng mức nhắc việc, đôn đốc."""
    house = open_house(plan_name)
    lines = plan_dates(house, year)
    if as_json:
        print_json([line.as_json() for line in lines])
        return
    for line in lines:
        head, *reasons = in_words(line, house.plan.levels).splitlines()
        print_wrapped(head)
        for reason in reasons:
            print_wrapped(" ".join(reason.split()), INDENT)


@plan.command()
@click.option("--yes", is_flag=True, help="Không hỏi lại.")
@as_of_option
@plan_option
@json_option
def start(yes: bool, as_of: str | None, plan_name: str | None, as_json: bool) -> None:
    """Khởi động kế hoạch theo đồng hồ thật; trước đó xem những thư sẽ gửi."""
    house, at = open_house(plan_name), clock.parse_as_of(as_of)
    on = clock.local_day(at)
    first = first_mails(house, on, at)
    click.echo(said_of(first), err=True)
    for mail in first.leaving:
        click.echo(f"  {mail.name}: {mail.subject}", err=True)
    ended = ended_words(house.plan, on)
    if ended:
        click.echo(f"CHÚ Ý: {ended}.", err=True)
    if not yes and not sys.stdin.isatty():
        raise Refused("chưa khởi động: xem các thư trên đây rồi chạy lại 'dondoc plan start --yes'")
    question = "Vẫn khởi động kế hoạch đã hết hiệu lực?" if ended else "Khởi động kế hoạch?"
    if not yes and not click.confirm(question, err=True):
        raise Abort
    since = start_plan(house, on, at, although_ended=True)
    if as_json:
        print_json({"plan": house.plan.key, "started_on": since, "mails": len(first.leaving)})
        return
    click.echo(f"Kế hoạch {house.plan.number} chạy từ ngày {since:%d/%m/%Y}")
