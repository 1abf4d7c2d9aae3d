"""`dondoc day-document …`: documents that set days which the plan does not."""

from __future__ import annotations

from datetime import date

import click

from cli.chosen import actor, agency_or_none
from cli.common import (
    DAY,
    NUMBER,
    acting_for_focal,
    json_option,
    plan_option,
    print_json,
    print_rows,
)
from cli.opened import open_house
from cli.report import reason_option
from tasks_lib.kernel import clock

LEVEL_HELP = "Chỉ cho một cấp, ghi mã của cấp tại agencies.toml."


@click.group("day-document")
def day_document() -> None:
    """Văn bản ấn định thời hạn mà Kế hoạch không ghi: ghi, xem, rút."""


@day_document.command("add")
@click.argument("rule", metavar="MÃ")
@click.option("--number", required=True, metavar="SỐ_KÝ_HIỆU", help="Số, ký hiệu văn bản.")
@click.option("--on", "signed_on", type=DAY, required=True, metavar="NGÀY", help="Ngày văn bản.")
@click.option("--issuer", required=True, metavar="TÊN", help="Cơ quan ban hành.")
@click.option("--place", metavar="CƠ_QUAN", help="Cho cấp xã của huyện này; bỏ trống là toàn tỉnh.")
@click.option("--tier", metavar="CẤP", help=LEVEL_HELP)
@acting_for_focal
def add(
    rule: str,
    number: str,
    signed_on: date,
    issuer: str,
    place: str | None,
    tier: str | None,
    by: str | None,
    as_of: str | None,
    plan_name: str | None,
    as_json: bool,
) -> None:
    """Ghi văn bản; MÃ là plan, sheet, report hoặc số nhiệm vụ (2.5, 3.1, III.3.a)."""
    from tasks_lib.duties import day_documents as use

    house = open_house(plan_name)
    given = use.Given(
        rule=rule,
        number=number,
        signed_on=signed_on,
        issuer=issuer,
        tier=tier,
        place=agency_or_none(house, place, "--place") or "",
    )
    entered = use.enter(house, given, actor(house, by), clock.parse_as_of(as_of))
    if as_json:
        print_json({"day_document": entered, "rule": rule})
        return
    click.echo(f"Đã ghi văn bản {number}, số thứ tự {entered}")


@day_document.command("list")
@plan_option
@json_option
def list_(plan_name: str | None, as_json: bool) -> None:
    """Xem các văn bản ấn định thời hạn."""
    from tasks_lib.duties import day_documents as use

    house = open_house(plan_name)
    found = use.documents(house)
    if as_json:
        print_json(found)
        return
    columns = {"day_document": "STT", "rule": "Thời hạn của", "name": "Địa bàn", "number": "Văn bản"}
    print_rows(
        [{**row, "rule": use.rule_words(house, str(row["rule"]))} for row in found],
        columns,
    )


@day_document.command("withdraw")
@click.argument("number", type=NUMBER, metavar="STT")
@reason_option
@acting_for_focal
def withdraw(
    number: int, reason: str, by: str | None, as_of: str | None, plan_name: str | None, as_json: bool
) -> None:
    """Rút một văn bản ghi nhầm, như chưa từng có (--reason)."""
    from tasks_lib.duties import day_documents as use

    house = open_house(plan_name)
    use.withdraw(house, number, reason, actor(house, by), clock.parse_as_of(as_of))
    if as_json:
        print_json({"day_document": number, "withdrawn": reason})
        return
    click.echo(f"Đã rút văn bản số thứ tự {number}")
