"""`dondoc proposals …`: the list that goes to UBND tỉnh only when Sở Nội vụ releases it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from cli.chosen import OneOf, actor
from cli.common import (
    NUMBER,
    acting_for_focal,
    as_of_option,
    json_option,
    plan_option,
    print_json,
    print_rows,
)
from cli.opened import open_house
from cli.report import reason_option
from obligations.papers import HARD, PROPOSAL
from obligations.places import place_of
from tasks_lib.kernel import clock

if TYPE_CHECKING:
    from tasks_lib.leading.proposals_page import ProposedUnit


LISTED, ALL = "listed", "all"
STATES = (LISTED, "dropped", "released", "withdrawn", ALL)
UNITS = {
    "numbers": "Số",
    "name": "Đơn vị",
    "tasks": "Nội dung quá hạn (ngày làm việc)",
    "since": "Từ ngày",
    "text": "Đề xuất",
}
DECIDED = {
    "name": "Đơn vị",
    "about": "Nội dung",
    "state": "Kết quả",
    "reason": "Lý do, nội dung",
    "on": "Ngày",
}


@click.group()
def proposals() -> None:
    """Danh mục "Đề xuất báo cáo UBND tỉnh"."""


@proposals.command("list")
@click.option(
    "--state",
    type=OneOf(STATES),
    default=LISTED,
    metavar="TRẠNG_THÁI",
    help="listed (chờ quyết định), dropped, released, withdrawn hoặc all.",
)
@as_of_option
@plan_option
@json_option
def list_(state: str, as_of: str | None, plan_name: str | None, as_json: bool) -> None:
    """Xem danh mục: mỗi đơn vị một dòng với các nội dung quá hạn; --json: từng mục, xã là dòng dưới huyện."""
    from tasks_lib.leading import proposals as use_cases
    from tasks_lib.leading.proposals_page import decision_words, proposals_page

    house = open_house(plan_name)
    if as_json:
        print_json(use_cases.list_entries(house, None if state == ALL else state))
        return
    found = proposals_page(house, clock.parse_as_of(as_of))
    if state in (LISTED, ALL):
        print_rows([_unit(unit) for unit in found.units], UNITS, title="Chờ quyết định")
    if state != LISTED:
        words = decision_words(house)
        wanted = tuple(words.values()) if state == ALL else (words[state],)
        rows = [
            {
                "name": e.name,
                "about": e.item or e.title,
                "state": e.state,
                "reason": e.reason,
                "on": clock.local_day(e.decided_at) if e.decided_at else None,
            }
            for e in found.decided
            if e.state in wanted
        ]
        print_rows(rows, DECIDED, title="Đã quyết định")


def _unit(unit: ProposedUnit) -> dict[str, object]:
    place = f" ({place_of(unit.head)})" if unit.head != unit.name else ""
    return {
        "numbers": unit.numbers,
        "name": f"{unit.name}{place}",
        "since": unit.since,
        "text": unit.text,
        "tasks": "; ".join(f"{task.subject} ({task.days_late})" for task in unit.tasks) or "không còn",
    }


@proposals.command()
@click.argument("numbers", nargs=-1, required=True, type=NUMBER)
@reason_option
@acting_for_focal
def drop(
    numbers: tuple[int, ...],
    reason: str,
    by: str | None,
    as_of: str | None,
    plan_name: str | None,
    as_json: bool,
) -> None:
    """Đưa các dòng ra khỏi danh mục với một lý do (--reason)."""
    from tasks_lib.leading import proposals as use_cases

    house = open_house(plan_name)
    found = use_cases.drop(house, numbers, actor(house, by), clock.parse_as_of(as_of), reason)
    if as_json:
        print_json(found)
        return
    click.echo(f"Đã đưa {len(found)} dòng ra khỏi danh mục")


@proposals.command()
@click.argument("numbers", nargs=-1, required=True, type=NUMBER)
@reason_option
@acting_for_focal
def restore(
    numbers: tuple[int, ...],
    reason: str,
    by: str | None,
    as_of: str | None,
    plan_name: str | None,
    as_json: bool,
) -> None:
    """Đưa lại vào danh mục các dòng đã đưa ra nhầm, với một lý do (--reason)."""
    from tasks_lib.leading import proposals as use_cases

    house = open_house(plan_name)
    found = use_cases.restore(house, numbers, actor(house, by), clock.parse_as_of(as_of), reason)
    if as_json:
        print_json(found)
        return
    click.echo(f"Đã đưa lại {len(found)} dòng vào danh mục")


@proposals.command()
@click.argument("numbers", nargs=-1, required=True, type=NUMBER)
@click.option("--text", default=PROPOSAL, show_default=True, metavar="NỘI_DUNG", help="Nội dung đề xuất.")
@click.option("--hard", is_flag=True, help=f'Dùng mẫu "{HARD}", chỉ cho đơn vị chậm nhiều lần.')
@acting_for_focal
def edit(
    numbers: tuple[int, ...],
    text: str,
    hard: bool,
    by: str | None,
    as_of: str | None,
    plan_name: str | None,
    as_json: bool,
) -> None:
    """Sửa nội dung đề xuất của các dòng."""
    from tasks_lib.leading import proposals as use_cases

    house = open_house(plan_name)
    chosen = HARD if hard else text
    found = use_cases.edit(house, numbers, actor(house, by), clock.parse_as_of(as_of), chosen)
    if as_json:
        print_json(found)
        return
    click.echo(f"Đã sửa nội dung đề xuất của {len(found)} dòng: {chosen}")


@proposals.command()
@click.argument("numbers", nargs=-1, type=NUMBER)
@click.option("--document", "number", default="", metavar="SỐ", help="Số báo cáo, nếu văn thư đã cấp.")
@acting_for_focal
def release(
    numbers: tuple[int, ...],
    number: str,
    by: str | None,
    as_of: str | None,
    plan_name: str | None,
    as_json: bool,
) -> None:
    """Phát hành danh mục: dự thảo báo cáo để lãnh đạo cơ quan đầu mối ký; hệ thống không gửi UBND tỉnh."""
    from tasks_lib.leading import proposals as use_cases

    house = open_house(plan_name)
    at = clock.parse_as_of(as_of)
    found = use_cases.release(house, actor(house, by), at, list(numbers) or None, number)
    if as_json:
        print_json(found.as_json())
        return
    click.echo(f"Đã phát hành {len(found.entries)} dòng; dự thảo: {found.draft}")
