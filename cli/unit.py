"""`dondoc unit …`: who there is on a day, and who answers for whom since a change of tree."""

from __future__ import annotations

from collections import Counter
from datetime import date
from typing import TYPE_CHECKING, TypedDict

import click

from cli.common import DAY, json_option, plan_option, print_entries, print_json
from cli.opened import name_of, open_house
from obligations.chain import reviewer_of
from obligations.model import Agency
from obligations.successors import Extent, Succession
from obligations.words import count
from obligations.words import day as written
from tasks_lib.kernel import clock

if TYPE_CHECKING:
    from tasks_lib.kernel.bootstrap import House


PARTS: dict[Extent, str] = {
    Extent.FULL: "toàn bộ",
    Extent.PARTIAL: "một phần địa bàn",
    Extent.NONE: "kết thúc hoạt động, chưa có nơi kế thừa",
}


@click.group()
def unit() -> None:
    """Đơn vị theo thời gian: danh sách của một ngày, ai kế thừa ai."""


class ShownUnit(TypedDict):
    """A unit as scripts read it."""

    key: str
    name: str
    level: str
    superior: str | None
    reviewer: str | None
    valid_from: str
    valid_to: str | None


@unit.command("list")
@click.option("--on", type=DAY, metavar="NGÀY", help="Vào ngày nào; mặc định là hôm nay.")
@plan_option
@json_option
def list_(on: date | None, plan_name: str | None, as_json: bool) -> None:
    """Xem các đơn vị có vào một ngày, cấp trên và nơi nhận báo cáo của từng đơn vị."""
    house = open_house(plan_name)
    day = on or clock.local_day(clock.parse_as_of(None))
    found = [agency for agency in house.configuration.agencies.values() if agency.exists_on(day)]
    if as_json:
        print_json([_unit(house, agency) for agency in found])
        return
    print_entries((agency.id, _of_unit(house, agency)) for agency in found)
    counted = Counter(agency.level.key for agency in found)
    sums = [f"{level.name} {count(counted[level.key])}" for level in house.plan.levels if counted[level.key]]
    click.echo(f"{len(found)} đơn vị vào ngày {written(day)}: {', '.join(sums)}")


def _unit(house: House, agency: Agency) -> ShownUnit:
    return {
        "key": agency.id,
        "name": agency.name,
        "level": agency.level.key,
        "superior": agency.superior,
        "reviewer": _reviewer(house, agency),
        "valid_from": agency.valid_from.isoformat(),
        "valid_to": agency.valid_to.isoformat() if agency.valid_to else None,
    }


def _reviewer(house: House, agency: Agency) -> str | None:
    """Return who reviews; of invited bodies and of UBND tỉnh nobody does."""
    if agency.invited or agency.id == house.plan.top:
        return None
    return reviewer_of(agency, house.plan)


def _of_unit(house: House, agency: Agency) -> tuple[str, ...]:
    reviewer = _reviewer(house, agency)
    above = f"; cấp trên: {name_of(house, agency.superior)}" if agency.superior else ""
    to = f"; báo cáo gửi: {name_of(house, reviewer)}" if reviewer else ""
    until = f" đến hết {written(agency.valid_to)}" if agency.valid_to else ""
    return f"{agency.name} ({agency.level.name}){above}{to}", f"từ {written(agency.valid_from)}{until}"


@unit.command()
@plan_option
@json_option
def successors(plan_name: str | None, as_json: bool) -> None:
    """Xem bảng kế thừa: việc của đơn vị nào chuyển sang đơn vị nào, từ ngày nào, theo văn bản nào."""
    house = open_house(plan_name)
    rows = house.configuration.successors.rows
    if as_json:
        print_json(
            [
                {
                    "from": row.old,
                    "to": row.new,
                    "on": row.on.isoformat(),
                    "resolution": row.resolution,
                    "part": row.part.value,
                }
                for row in rows
            ]
        )
        return
    print_entries((f"{row.old} → {row.new or '-'}", _of_succession(house, row)) for row in rows)
    doubted = sum(bool(row.doubt) for row in rows)
    click.echo(f"{len(rows)} dòng, {count(doubted)} dòng chờ xác nhận")


def _of_succession(house: House, row: Succession) -> tuple[str, ...]:
    to = f" → {name_of(house, row.new)}" if row.new else ""
    by = f", {row.resolution}" if row.resolution else ""
    return (
        f"{name_of(house, row.old)}{to}",
        f"từ {written(row.on)}, {PARTS[row.part]}{by}",
        *([f"đề nghị xác nhận: {row.doubt}"] if row.doubt else []),
    )
