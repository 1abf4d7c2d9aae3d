"""`dondoc proposals …`: the list that goes to UBND tỉnh only when Sở Nội vụ releases it."""

from __future__ import annotations

import click

from cli.common import NUMBER, acting_for_focal, json_option, plan_option, print_json, print_rows
from cli.report import reason_option
from tasks_lib import clock
from tasks_lib.bootstrap import open_house
from tasks_lib.usecases import proposals as use_cases


@click.group()
def proposals() -> None:
    """Danh mục "Đề xuất báo cáo UBND tỉnh"."""


@proposals.command("list")
@click.option("--state", default="listed", help="listed, dropped, released, withdrawn hoặc all.")
@plan_option
@json_option
def list_(state: str, plan_name: str | None, as_json: bool) -> None:
    """Xem danh mục, xã là dòng dưới huyện."""
    rows = use_cases.list_entries(open_house(plan_name), None if state == "all" else state)
    if as_json:
        print_json(rows)
        return
    names = {"id": "Số", "district": "Địa bàn", "agency": "Đơn vị", "obligation": "Nhiệm vụ được giao",
             "last_day": "Hạn cuối", "cause": "Vì", "reason": "Ghi chú"}  # fmt: skip
    print_rows(rows, names)


@proposals.command()
@click.argument("number", type=NUMBER)
@reason_option
@acting_for_focal
def drop(
    number: int, reason: str, by: str | None, as_of: str | None, plan_name: str | None, as_json: bool
) -> None:
    """Đưa một dòng ra khỏi danh mục (--reason)."""
    house = open_house(plan_name)
    at = clock.parse_as_of(as_of)
    found = use_cases.drop(house, number, by or house.plan.focal, at, reason)
    if as_json:
        print_json(found)
        return
    click.echo(f"Đã đưa dòng {number} ra khỏi danh mục")


@proposals.command()
@click.argument("numbers", nargs=-1, type=NUMBER)
@click.option("--document", "number", default="", metavar="SỐ", help="Số báo cáo, nếu văn thư đã cấp.")
@acting_for_focal
def release(
    numbers: tuple[int, ...], number: str, by: str | None, as_of: str | None,
    plan_name: str | None, as_json: bool,
) -> None:  # fmt: skip
    """Phát hành danh mục: dự thảo báo cáo để Giám đốc Sở ký; hệ thống không gửi UBND tỉnh."""
    house = open_house(plan_name)
    at = clock.parse_as_of(as_of)
    found = use_cases.release(house, by or house.plan.focal, at, list(numbers) or None, number)
    if as_json:
        print_json(found.as_json())
        return
    click.echo(f"Đã phát hành {len(found.entries)} dòng; dự thảo: {found.draft}")
