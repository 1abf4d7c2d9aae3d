"""`dondoc grade …`: a quarter's duties as products, put before their agencies, then published."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from cli.chosen import actor, agency_id, each_agency
from cli.common import (
    acting,
    acting_for_focal,
    as_of_option,
    json_option,
    plan_option,
    print_json,
    print_rows,
)
from cli.opened import open_house
from cli.report import reason_option
from obligations.errors import Invalid
from obligations.grading import GRADE_WORDS, NOT_BEGUN
from obligations.period import Period
from store.rows import Grade
from tasks_lib.kernel import clock

if TYPE_CHECKING:
    from tasks_lib.grading import grades
    from tasks_lib.kernel.bootstrap import House


COLUMNS = {
    "name": "Cơ quan, đơn vị",
    "assigned": "Đến hạn",
    "completed": "Hoàn thành",
    "late": "Sau hạn",
    "excused": "Tạm dừng",
    "quantity": "Số lượng %",
    "progress": "Tiến độ %",
    "state": "Trạng thái",
}
quarter_option = click.option("--quarter", metavar="NĂM-QUÝ", help="Quý, ví dụ 2022-Q3.")
agencies_option = click.option(
    "--agency", "agencies", multiple=True, metavar="CƠ_QUAN", help="Chỉ những cơ quan này."
)


@click.group(invoke_without_command=True)
@quarter_option
@agencies_option
@click.option(
    "--out",
    type=click.Path(path_type=Path, file_okay=False),
    metavar="THƯ_MỤC",
    help="Ghi thêm bảng Excel, JSON.",
)
@as_of_option
@plan_option
@json_option
@click.pass_context
def grade(
    ctx: click.Context,
    quarter: str | None,
    agencies: tuple[str, ...],
    out: Path | None,
    as_of: str | None,
    plan_name: str | None,
    as_json: bool,
) -> None:
    """Mức độ hoàn thành của một quý theo sản phẩm (Nghị định 335/2025): theo cơ quan, theo công chức."""
    if ctx.invoked_subcommand is not None:
        return
    from tasks_lib.grading import grades, told

    house = open_house(plan_name)
    wanted = each_agency(house, agencies, "--agency")
    found = grades.grade_quarter(house, _quarter(quarter), clock.parse_as_of(as_of), wanted)
    if out is not None:
        _write(house, found, out)
    if as_json:
        print_json(told.as_json(found))
        return
    rows = [
        {
            "name": one.agency.name,
            "assigned": one.products.assigned,
            "completed": one.products.completed,
            "late": one.products.reckoned.late,
            "excused": one.products.reckoned.excused,
            "quantity": one.products.quantity,
            "progress": one.products.progress(found.rule),
            "state": GRADE_WORDS[one.grade.state] if one.grade else NOT_BEGUN,
        }
        for one in found.agencies
    ]
    print_rows(rows, COLUMNS, title=f"Mức độ hoàn thành {house.plan.period_name(found.quarter)}")
    _print_rule(found)


def _print_rule(found: grades.Quarter) -> None:
    """Say by which rule a quarter was reckoned, and what of it is not known."""
    from tasks_lib.grading import told

    click.echo(f"Quy tắc: {found.rule.decree}. Nguồn: {found.rule.source}")
    if not found.in_force:
        click.echo(told.TRIED)
    for words in found.rule.unknown:
        click.echo(f"Chưa có, chưa biết: {words}")


def _write(house: House, found: grades.Quarter, out: Path) -> None:
    """Write a quarter into a folder, as a workbook and as scripts read it."""
    from tasks_lib.grading import told

    out.mkdir(parents=True, exist_ok=True)
    name = f"muc-do-hoan-thanh-{found.quarter}-{found.as_of:%Y-%m-%d}"
    (out / f"{name}.xlsx").write_bytes(told.workbook(house, found))
    document = json.dumps(told.as_json(found), ensure_ascii=False, indent=2)
    (out / f"{name}.json").write_text(document, encoding="utf-8")


def _quarter(written: str | None) -> Period:
    from tasks_lib.grading import grades

    if written is None:
        raise Invalid("--quarter: nêu quý, ví dụ 2022-Q3")
    return grades.quarter_of(written)


ForMany = Callable[["House", Period, str, datetime, tuple[str, ...]], list[str]]


def _for_many(name: str, text: str) -> Callable[[ForMany], click.Command]:
    """Make a use case one of the collator's commands: they differ by it alone."""

    def done_by(use_case: ForMany) -> click.Command:
        @grade.command(name, help=text)
        @quarter_option
        @agencies_option
        @acting_for_focal
        def command(
            quarter: str | None,
            agencies: tuple[str, ...],
            by: str | None,
            as_of: str | None,
            plan_name: str | None,
            as_json: bool,
        ) -> None:
            house = open_house(plan_name)
            wanted = each_agency(house, agencies, "--agency")
            at = clock.parse_as_of(as_of)
            done = use_case(house, _quarter(quarter), actor(house, by), at, wanted)
            if as_json:
                print_json({"quarter": quarter, "agencies": done})
            else:
                click.echo(f"{name}: {len(done)} cơ quan, đơn vị")

        return command

    return done_by


@_for_many("draft", "Lập dự thảo của quý, gửi các đơn vị đối chiếu.")
def draft(house: House, quarter: Period, by: str, at: datetime, wanted: tuple[str, ...]) -> list[str]:
    """Draft the quarter's tables."""
    from tasks_lib.grading import grades

    return grades.draft(house, quarter, by, at, wanted)


@_for_many("publish", "Công bố những bảng đơn vị đồng ý, hoặc hết thời gian đối chiếu.")
def publish(house: House, quarter: Period, by: str, at: datetime, wanted: tuple[str, ...]) -> list[str]:
    """Publish what has been agreed to, or waited long enough."""
    from tasks_lib.grading import grades

    return grades.publish(house, quarter, by, at, wanted)


@grade.command()
@click.argument("agency")
@quarter_option
@reason_option
@acting
def contest(
    agency: str,
    quarter: str | None,
    reason: str,
    by: str,
    as_of: str | None,
    plan_name: str | None,
    as_json: bool,
) -> None:
    """Đơn vị đề nghị xem lại số liệu của mình (--reason)."""
    from tasks_lib.grading import grades

    house = open_house(plan_name)
    whose = agency_id(house, agency, "AGENCY")
    at = clock.parse_as_of(as_of)
    row = grades.contest(house, whose, _quarter(quarter), actor(house, by), at, reason)
    _show(row, as_json)


@grade.command()
@click.argument("agency")
@quarter_option
@reason_option
@acting_for_focal
def reply(
    agency: str,
    quarter: str | None,
    reason: str,
    by: str | None,
    as_of: str | None,
    plan_name: str | None,
    as_json: bool,
) -> None:
    """Trả lời đơn vị đề nghị xem lại (--reason): lập lại dự thảo, gửi đơn vị đối chiếu."""
    from tasks_lib.grading import grades

    house = open_house(plan_name)
    whose = agency_id(house, agency, "AGENCY")
    at = clock.parse_as_of(as_of)
    row = grades.reply(house, whose, _quarter(quarter), actor(house, by), at, reason)
    _show(row, as_json)


@grade.command()
@click.argument("agency")
@quarter_option
@acting
def accept(
    agency: str, quarter: str | None, by: str, as_of: str | None, plan_name: str | None, as_json: bool
) -> None:
    """Đơn vị đồng ý với số liệu của mình."""
    from tasks_lib.grading import grades

    house = open_house(plan_name)
    whose = agency_id(house, agency, "AGENCY")
    row = grades.accept(house, whose, _quarter(quarter), actor(house, by), clock.parse_as_of(as_of))
    _show(row, as_json)


def _show(row: Grade, as_json: bool) -> None:
    from tasks_lib.grading import told

    if as_json:
        print_json({"agency": row.agency_id, "quarter": str(row.quarter), **(told.grade_json(row) or {})})
        return
    click.echo(f"{row.agency_id} {row.quarter}: {GRADE_WORDS[row.state]}")
