"""`dondoc cycle …`: report cycles as data: seen, added, moved, switched off."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from typing import TYPE_CHECKING

import click

from cli.chosen import OneOf
from cli.common import (
    DAY,
    INDENT,
    as_of_option,
    json_option,
    plan_option,
    print_json,
    print_wrapped,
    write_once_agreed,
)
from cli.opened import open_house
from obligations.deadlines import FOCAL
from obligations.errors import Invalid
from obligations.terms_again import COMES
from obligations.words import day
from tasks_lib.kernel import clock

if TYPE_CHECKING:
    from config.cycle_edits import CycleFile
    from config.load import Configuration
    from tasks_lib.duties.cycles import Turn
    from tasks_lib.kernel.bootstrap import House


_DAYS = re.compile(r"(?:(?P<level>[\w-]+)=)?(?P<day>[0-9]{1,2})")
DAYS_HELP = "Ngày trong tháng: một số cho mọi cấp, hoặc 'commune=10,district=15'."


@click.group()
def cycle() -> None:
    """Kỳ báo cáo: xem, thêm, đổi ngày, dừng."""


@cycle.command("list")
@as_of_option
@plan_option
@json_option
def list_cycles(as_of: str | None, plan_name: str | None, as_json: bool) -> None:
    """Liệt kê các kỳ báo cáo của kế hoạch."""
    from tasks_lib.duties.cycles import cycles

    house, on = open_house(plan_name), clock.local_day(clock.parse_as_of(as_of))
    found = cycles(house, on)
    if as_json:
        print_json([each.as_json() for each in found])
        return
    for each in found:
        about = f"chỉ năm {each.only}" if each.only else COMES[each.every]
        over = f"; dừng từ {day(each.off_from)}" if each.off_from else ""
        coming = f"; kỳ tới: {each.next.name}" if each.next else "; không còn kỳ nào"
        other = f"; gửi chung một báo cáo với Kế hoạch {each.answered_in}" if each.answered_in else ""
        print_wrapped(f"{each.key}: {each.name}, {about}{over}{other}{coming}")


@cycle.command()
@click.option("--cycle", "key", metavar="KỲ", help="Mã của một kỳ; mặc định tất cả.")
@as_of_option
@plan_option
@json_option
def preview(key: str | None, as_of: str | None, plan_name: str | None, as_json: bool) -> None:
    """Xem mười hai kỳ sắp tới: ngày chốt số liệu, hạn gửi của từng cấp và lý do."""
    from tasks_lib.duties.cycles import next_turns

    house, on = open_house(plan_name), clock.local_day(clock.parse_as_of(as_of))
    _known(house, key)
    found = next_turns(house, on, key)
    if as_json:
        print_json([turn.as_json() for turn in found])
        return
    _print_turns(found)


@cycle.command()
@click.argument("key", metavar="KỲ")
@click.option("--name", required=True, metavar="TÊN", help="Tên kỳ báo cáo: 'Quý II'.")
@click.option("--every", type=OneOf(COMES), default="year", metavar="NHỊP", help=", ".join(COMES))
@click.option("--month", type=click.IntRange(1, 12), metavar="THÁNG", help="Tháng cuối của kỳ hằng năm.")
@click.option("--only", type=click.IntRange(2000, 2100), metavar="NĂM", help="Chỉ một năm này.")
@click.option("--before", required=True, metavar="SỐ", help=f"Gửi trước ngày. {DAYS_HELP}")
@click.option("--close", required=True, metavar="SỐ", help=f"Chốt số liệu. {DAYS_HELP}")
@click.option("--yes", is_flag=True, help="Không hỏi lại.")
@as_of_option
@plan_option
@json_option
def add(
    key: str,
    name: str,
    every: str,
    month: int | None,
    only: int | None,
    before: str,
    close: str,
    yes: bool,
    as_of: str | None,
    plan_name: str | None,
    as_json: bool,
) -> None:
    """Thêm một kỳ báo cáo: hằng tháng, hằng quý, sáu tháng, hằng năm, hoặc một lần."""
    from config.cycle_edits import CycleFile, NewCycle

    house = open_house(plan_name)
    file = CycleFile(house.configuration, house.plan)
    file.add(
        NewCycle(
            key=key,
            name=name,
            every=every,
            month=month,
            before_day=_days(house, before, "--before", whole=True),
            close_day=_days(house, close, "--close", whole=True),
            only=only,
        )
    )
    _written(house, file, key, as_of, yes=yes, as_json=as_json)


@cycle.command()
@click.argument("key", metavar="KỲ")
@click.option("--before", default="", metavar="SỐ", help=f"Gửi trước ngày. {DAYS_HELP}")
@click.option("--close", default="", metavar="SỐ", help=f"Chốt số liệu. {DAYS_HELP}")
@click.option("--yes", is_flag=True, help="Không hỏi lại.")
@as_of_option
@plan_option
@json_option
def move(
    key: str, before: str, close: str, yes: bool, as_of: str | None, plan_name: str | None, as_json: bool
) -> None:
    """Đổi ngày gửi, ngày chốt số liệu của một kỳ."""
    from config.cycle_edits import CycleFile

    if not before and not close:
        raise Invalid("--before, --close: ghi ít nhất một ngày cần đổi")
    house = open_house(plan_name)
    file = CycleFile(house.configuration, house.plan)
    file.move(key, _days(house, before, "--before"), _days(house, close, "--close"))
    _written(house, file, key, as_of, yes=yes, as_json=as_json)


@cycle.command()
@click.argument("key", metavar="KỲ")
@click.option("--from", "stated", type=DAY, metavar="NGÀY", help="Ngày thôi; mặc định hôm nay.")
@click.option("--back", is_flag=True, help="Mở lại một kỳ đã dừng.")
@click.option("--yes", is_flag=True, help="Không hỏi lại.")
@as_of_option
@plan_option
@json_option
def off(
    key: str,
    stated: date | None,
    back: bool,
    yes: bool,
    as_of: str | None,
    plan_name: str | None,
    as_json: bool,
) -> None:
    """Dừng một kỳ báo cáo từ một ngày, hoặc mở lại."""
    from config.cycle_edits import CycleFile

    house = open_house(plan_name)
    since = stated or clock.local_day(clock.parse_as_of(as_of))
    file = CycleFile(house.configuration, house.plan)
    file.switch(key, None if back else since)
    _written(house, file, key, as_of, yes=yes, as_json=as_json)


def _written(house: House, file: CycleFile, key: str, as_of: str | None, *, yes: bool, as_json: bool) -> None:
    """Check the whole directory as it would be, show the next turns, ask, and write."""
    from tasks_lib.duties.cycles import next_turns

    changed = file.checked()
    turns = next_turns(_over(house, changed), clock.local_day(clock.parse_as_of(as_of)), key)
    write_once_agreed(file, lambda: _print_turns(turns), yes=yes)
    if as_json:
        print_json({"cycle": key, "file": file.path.name, "next": [turn.as_json() for turn in turns]})
        return
    _print_turns(turns)
    print_wrapped(f"Đã ghi {file.path.name}; lượt rà soát tới áp dụng, lịch chạy trong Prefect theo sau.")


def _over(house: House, changed: Configuration) -> House:
    from tasks_lib.kernel.bootstrap import House

    return House(house.settings, changed, changed.plan(house.plan.key), house.engine)


def _known(house: House, key: str | None) -> None:
    rows = {each.series or each.key for each in house.plan.cycles} | {each.key for each in house.plan.cycles}
    if key is not None and key not in rows:
        raise Invalid(f"--cycle: không có kỳ báo cáo '{key}'; hiện có: {', '.join(sorted(rows))}")


def _days(house: House, text: str, option: str, *, whole: bool = False) -> Mapping[str, int]:
    """Read "15" or "commune=10,district=15"; `whole` wants every level named."""
    levels = (*house.plan.levels.keys, FOCAL)
    found: dict[str, int] = {}
    for part in filter(None, (each.strip() for each in text.split(","))):
        said = _DAYS.fullmatch(part)
        if said is None or (said["level"] is not None and said["level"] not in levels):
            raise Invalid(
                f"{option}: không đọc được '{part}'; ghi một số, hoặc cấp=ngày với cấp: {', '.join(levels)}"
            )
        found |= {level: int(said["day"]) for level in ([said["level"]] if said["level"] else levels)}
    missing = [level for level in levels if level not in found]
    if whole and missing:
        raise Invalid(f"{option}: thiếu ngày của cấp {', '.join(missing)}")
    return found


def _print_turns(turns: list[Turn]) -> None:
    for turn in turns:
        print_wrapped(f"{turn.period}: {turn.name}{'' if turn.owed else ' (ngoài thời gian của kế hoạch)'}")
        for each in turn.days:
            print_wrapped(f"{each.name}: gửi chậm nhất {day(each.last_day)}; {each.closes_why}", INDENT)
            print_wrapped(each.why, INDENT)
