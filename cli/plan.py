"""`dondoc plan …`: plans as data, their dates and why, their start and end."""

from __future__ import annotations

import sys
from datetime import date
from pathlib import Path

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
from config.export import export_plan
from config.load import Configuration, load_configuration
from config.settings import read_settings
from obligations.calendar import FIRST_YEAR, LAST_YEAR
from obligations.errors import Refused
from obligations.figures import called
from obligations.model import Plan
from obligations.words import count, day
from tasks_lib.duties.dates import dates as plan_dates
from tasks_lib.duties.dates import in_words, shown_plan
from tasks_lib.duties.foretold import in_words as changes_in_words
from tasks_lib.duties.foretold import would_change
from tasks_lib.duties.initialise import require_initialised
from tasks_lib.duties.plan_diff import difference
from tasks_lib.kernel import clock
from tasks_lib.kernel.bootstrap import open_house, open_houses
from tasks_lib.kernel.plan_life import PLAN_STATE_WORDS, ListedPlan, PlanState, listed
from tasks_lib.kernel.plan_life import end as end_plan
from tasks_lib.kernel.plan_life import start as start_plan
from tasks_lib.kernel.wording import ended_words
from tasks_lib.mailing.preview import first_mails

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
    settings = read_settings()
    settings = settings.model_copy(update={"config_dir": directory or settings.config_dir})
    configuration = load_configuration(settings.config_dir)
    found = [{"key": p.key, "items": len(p.items), "duties": len(p.duties)} for p in configuration.plans]
    doubts = {plan.key: lines for plan in configuration.plans if (lines := configuration.doubts(plan))}
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
    warn_ended([house], on)
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


@plan.command()
@click.option("--out", type=click.Path(path_type=Path), required=True, metavar="THƯ_MỤC", help="Thư mục mới.")
@plan_option
@json_option
def export(out: Path, plan_name: str | None, as_json: bool) -> None:
    """Xuất dữ liệu của một kế hoạch ra thư mục riêng để sửa, rồi kiểm tra bằng 'plan check --config'."""
    configuration = load_configuration()
    chosen = configuration.plan(plan_name)
    files = export_plan(configuration, chosen, out)
    if as_json:
        print_json({"plan": chosen.key, "directory": str(out), "files": files})
        return
    click.echo(f"{chosen.key}: {count(len(files))} tệp trong {out}")


@plan.command()
@click.argument("old", metavar="CŨ")
@click.argument("new", metavar="MỚI")
@json_option
def diff(old: str, new: str, as_json: bool) -> None:
    """So sánh hai kế hoạch, mỗi kế hoạch ghi số hoặc thư mục dữ liệu: nhiệm vụ thêm, bỏ, sửa, đổi ngày."""
    before, after = _chosen(old), _chosen(new)
    found = difference(*before, *after)
    if as_json:
        print_json(found.as_json())
        return
    lines = found.in_words()
    for line in lines or [f"{found.old} và {found.new}: không khác nhau"]:
        print_wrapped(line)


def _chosen(text: str) -> tuple[Configuration, Plan]:
    """Return a plan by its name, or the only one of a folder; its key may follow a colon."""
    folder, _, name = text.partition(":")
    if Path(folder).is_dir():
        configuration = load_configuration(Path(folder))
        return configuration, configuration.plan(name or None)
    configuration = load_configuration()
    return configuration, configuration.plan(text)


@plan.command("carry-over")
@click.argument("old", metavar="KẾ_HOẠCH")
@click.option("--year", type=YEAR, required=True, metavar="NĂM", help="Năm mới.")
@click.option("--tree", required=True, metavar="DANH_MỤC", help="Danh mục đơn vị của năm đó: laocai-2025.")
@click.option(
    "--out",
    type=click.Path(path_type=Path),
    metavar="THƯ_MỤC",
    help="Thư mục mới; mặc định tên của kế hoạch mới.",
)
@json_option
def carry_over(old: str, year: int, tree: str, out: Path | None, as_json: bool) -> None:
    """Lập dự thảo kế hoạch năm sau từ kế hoạch cũ: ngày, cơ quan, mỗi thay đổi một dòng."""
    from config.carry_over import CarryOver  # noqa: PLC0415 - what writes TOML costs more than reading a plan's list

    configuration, chosen = _chosen(old)
    carried = CarryOver(configuration, chosen, year, tree)
    out = out or Path(carried.key)
    carried.write(out)
    doubts = [move for move in carried.moves if move.doubt]
    if as_json:
        told = {"plan": carried.key, "year": year, "tree": tree, "directory": str(out)}
        print_json({**told, "doubts": len(doubts), "moves": [move.as_json() for move in carried.moves]})
        return
    for move in carried.moves:
        where = f"nhiệm vụ {move.where}" if move.where else "kế hoạch"
        doubt = f" - CẦN XÁC NHẬN: {move.doubt}" if move.doubt else ""
        print_wrapped(f"{where}, {move.field}: '{move.old}' → '{move.new}'{doubt}")
    total, asked = count(len(carried.moves)), count(len(doubts))
    print_wrapped(
        f"Dự thảo {carried.key} trong {out}: {total} thay đổi, {asked} nội dung cần xác nhận; sửa xong bỏ"
        " dòng 'draft = true', kiểm tra bằng 'dondoc plan check --config'"
    )
