"""`dondoc plan …`: plans as data, their dates and why, their start and end."""

from __future__ import annotations

import sys
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click
from click.exceptions import Abort

from cli.common import (
    DAY,
    INDENT,
    as_of_option,
    json_option,
    plan_option,
    print_entries,
    print_json,
    print_rows,
    print_wrapped,
    warn_ended,
)
from cli.mail import said_of
from cli.opened import open_house, open_houses
from obligations.calendar import FIRST_YEAR, LAST_YEAR
from obligations.errors import Refused
from obligations.figures import called
from obligations.words import count, day
from tasks_lib.kernel import clock

if TYPE_CHECKING:
    from tasks_lib.kernel.plan_life import ListedPlan


YEAR = click.IntRange(FIRST_YEAR, LAST_YEAR)


@click.group()
def plan() -> None:
    """Kế hoạch: kiểm tra, xem, xem ngày và lý do, khởi động, kết thúc, xuất, so sánh."""


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
    from config.load import load_configuration
    from config.settings import read_settings
    from tasks_lib.duties.foretold import in_words as changes_in_words
    from tasks_lib.duties.foretold import would_change
    from tasks_lib.kernel import bootstrap

    settings = read_settings()
    settings = settings.model_copy(update={"config_dir": directory or settings.config_dir})
    configuration = load_configuration(settings.config_dir)
    found = [{"key": p.key, "items": len(p.items), "duties": len(p.duties)} for p in configuration.plans]
    doubts = {plan.key: lines for plan in configuration.plans if (lines := configuration.doubts(plan))}
    changes = {}
    if settings.home.is_dir():
        houses = [bootstrap.open_house(plan.key, settings) for plan in configuration.plans]
        changes = {house.plan.key: would_change(house, clock.parse_as_of(None)) for house in houses}
    if as_json:
        told = [
            {"plan": key, "added": it.added, "removed": it.removed, "moved": [k for k, _, _ in it.moved]}
            for key, it in changes.items()
            if it
        ]
        more = {**({"changes": told} if told else {}), **({"doubts": doubts} if doubts else {})}
        print_json({"plans": found, "faults": [], **more})
        return
    for entry in found:
        click.echo(f"{entry['key']}: {entry['items']} nhiệm vụ, dữ liệu hợp lệ")
    for key, lines in doubts.items():
        for line in lines:
            print_wrapped(f"{key}: đề nghị xác nhận: {line}")
    for key, it in changes.items():
        for line in changes_in_words(it):
            print_wrapped(f"{key}: {line}")


@plan.command()
@plan_option
@json_option
def show(plan_name: str | None, as_json: bool) -> None:
    """Xem các nhiệm vụ của kế hoạch như in trong phụ lục, số liệu theo khóa và tên."""
    from tasks_lib.duties.dates import shown_plan

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
    for item in house.plan.everything:
        for doubt in item.doubts:
            print_wrapped(f"Đề nghị xác nhận, nhiệm vụ {item.key}: {doubt}")


@plan.command()
@click.option("--year", type=YEAR, metavar="NĂM", help="Xem các kỳ của một năm khác.")
@plan_option
@json_option
def dates(year: int | None, plan_name: str | None, as_json: bool) -> None:
    """Xem hạn cuối của từng nhiệm vụ, kỳ, cấp; vì sao; và ngày của từng mức nhắc việc, đôn đốc."""
    from tasks_lib.duties.dates import dates as plan_dates
    from tasks_lib.duties.dates import in_words

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
    from tasks_lib.kernel.plan_life import start as start_plan
    from tasks_lib.mailing.preview import first_mails

    house, at = open_house(plan_name), clock.parse_as_of(as_of)
    on = clock.local_day(at)
    first = first_mails(house, on, at)
    click.echo(said_of(first), err=True)
    for mail in first.leaving:
        click.echo(f"  {mail.name}: {mail.subject}", err=True)
    ended = warn_ended([house], on)
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


@plan.command("list")
@as_of_option
@json_option
def list_plans(as_of: str | None, as_json: bool) -> None:
    """Liệt kê các kế hoạch đã cấu hình và tình trạng: dự thảo, đã kiểm tra, đang chạy, đã kết thúc."""
    from tasks_lib.kernel.plan_life import listed

    found = listed(open_houses(), clock.local_day(clock.parse_as_of(as_of)))
    if as_json:
        print_json([each.as_json() for each in found])
        return
    print_entries(
        (
            each.plan.key,
            (
                f"số {each.plan.number}, ký {day(each.plan.signed_on)}, đến {day(each.plan.valid_until)}",
                f"các cấp: {', '.join(level.name for level in reversed(each.levels))}",
                _state_of(each),
            ),
        )
        for each in found
    )


def _state_of(each: ListedPlan) -> str:
    from tasks_lib.kernel.plan_life import PLAN_STATE_WORDS, PlanState

    since = f" từ {day(each.started_on)}" if each.state is PlanState.STARTED and each.started_on else ""
    over = f" từ {day(each.ended_on)}" if each.ended_on else ""
    return f"{PLAN_STATE_WORDS[each.state]}{over or since}"


@plan.command()
@click.option("--on", "stated", type=DAY, metavar="NGÀY", help="Ngày thôi chạy; mặc định hôm nay.")
@click.option("--reason", required=True, metavar="NỘI_DUNG", help="Căn cứ: văn bản, kế hoạch thay thế.")
@click.option("--yes", is_flag=True, help="Không hỏi lại.")
@as_of_option
@plan_option
@json_option
def end(
    stated: date | None, reason: str, yes: bool, as_of: str | None, plan_name: str | None, as_json: bool
) -> None:
    """Kết thúc kế hoạch: thôi rà soát, thôi gửi thư; bảng theo dõi và dữ liệu vẫn xem được."""
    from tasks_lib.duties.initialise import require_initialised
    from tasks_lib.kernel.plan_life import end as end_plan

    house, at = open_house(plan_name), clock.parse_as_of(as_of)
    on = stated or clock.local_day(at)
    require_initialised(house)
    if not yes and not sys.stdin.isatty():
        raise Refused("chưa kết thúc: chạy lại 'dondoc plan end --yes'")
    if not yes and not click.confirm(f"Kết thúc kế hoạch {house.plan.number} từ {day(on)}?", err=True):
        raise Abort
    ended = end_plan(house, on, at, reason=reason)
    if as_json:
        left = {"open": ended.open, "mails": ended.mails}
        print_json({"plan": house.plan.key, "ended_on": ended.on.isoformat(), **left})
        return
    click.echo(f"Kế hoạch {house.plan.number} kết thúc từ ngày {day(ended.on)}")
    print_wrapped(
        f"Còn {count(ended.open)} nhiệm vụ được giao chưa xong, giữ nguyên như đang có;"
        f" {count(ended.mails)} thư chờ gửi không gửi nữa",
        INDENT,
    )
