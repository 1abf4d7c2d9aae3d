"""`dondoc workbook …`: a unit's duties, or its cycle report, as a workbook that goes out and comes back."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from cli.chosen import actor, agency_id, each_agency, each_item
from cli.common import acting, as_of_option, json_option, plan_option, print_json
from cli.opened import open_house
from cli.report import missing_option
from obligations.words import day
from tasks_lib.kernel import clock

if TYPE_CHECKING:
    from tasks_lib.kernel.bootstrap import House
    from tasks_lib.workbooks.faults import WrongCells
    from tasks_lib.workbooks.opened import Opened


WRONG = 2
"""The exit status of bad input, for faults told cell by cell."""


@click.group()
def workbook() -> None:
    """Bảng Excel của đơn vị: lập sẵn để nhập, nhận lại và gửi báo cáo."""


@workbook.command("make")
@click.option("--for", "agency", required=True, metavar="CƠ_QUAN", help="Đơn vị nhập bảng.")
@click.option("--item", "items", multiple=True, metavar="MÃ", help="Chỉ những nhiệm vụ này, ví dụ 1.2.")
@click.option("--cycle", metavar="NĂM-KỲ", help="Báo cáo kỳ, ví dụ 2022-Q3.")
@click.option(
    "--out",
    required=True,
    type=click.Path(path_type=Path, file_okay=False),
    metavar="THƯ_MỤC",
    help="Nơi ghi.",
)
@as_of_option
@plan_option
@json_option
def make_(
    agency: str,
    items: tuple[str, ...],
    cycle: str | None,
    out: Path,
    as_of: str | None,
    plan_name: str | None,
    as_json: bool,
) -> None:
    """Lập bảng Excel để đơn vị nhập: các nhiệm vụ đang mở, hoặc một báo cáo kỳ (--cycle)."""
    from tasks_lib.workbooks.make import file_name, make
    from tasks_lib.workbooks.written import written

    if items and cycle is not None:
        raise click.UsageError("chọn một trong hai: --item hoặc --cycle")
    house = open_house(plan_name)
    whose = agency_id(house, agency, "--for")
    book = make(house, whose, clock.parse_as_of(as_of), each_item(house, items), cycle)
    out.mkdir(parents=True, exist_ok=True)
    path = out / file_name(book)
    path.write_bytes(written(book))
    if as_json:
        print_json(
            {
                "file": str(path),
                "kind": str(book.kind),
                "plan": book.plan,
                "agency": book.agency,
                "report": book.report or None,
                "made_on": book.made_on.isoformat(),
                "parts": [part for part in book.stamps if part],
            }
        )
        return
    click.echo(f"{path}: {book.title} (số liệu đến ngày {day(book.made_on)})")


@workbook.command("load")
@click.argument("path", type=click.Path(path_type=Path), metavar="TỆP.xlsx")
@click.option("--check", is_flag=True, help="Chỉ đọc và kiểm tra, không gửi.")
@missing_option
@acting
def load_(
    path: Path,
    check: bool,
    missing: tuple[str, ...],
    by: str,
    as_of: str | None,
    plan_name: str | None,
    as_json: bool,
) -> int:
    """Nhận lại bảng đã nhập: mọi lỗi nêu theo ô; có lỗi thì không gửi nội dung nào."""
    from store.engine import reading
    from tasks_lib.workbooks.faults import WrongCells
    from tasks_lib.workbooks.handed import Giver, hand_in, read, told
    from tasks_lib.workbooks.opened import LARGEST, opened

    house, at = open_house(plan_name), clock.parse_as_of(as_of)
    whose = actor(house, by)
    # The database first: one of another version than the program's is told whatever the file is.
    with reading(house.engine), path.open("rb") as file:
        book = opened(path.name, file.read(LARGEST + 1))
    try:
        giver = Giver(by=whose, as_of=at, missing=each_agency(house, missing, "--missing"))
        filled = read(house, book, giver)
        changes = [] if check else hand_in(house, filled, giver)
    except WrongCells as wrong:
        return _wrong(wrong, as_json)
    if as_json:
        print_json({**_head(house, book), "handed_in": [change.as_json() for change in changes]})
        return 0
    for value in told(filled):
        click.echo(str(value))
    for change in changes:
        click.echo(f"{change.obligation}: {change.work_state} (phiên bản {change.version})")
    if check:
        click.echo("Bảng đọc được, không có lỗi; chưa gửi nội dung nào.")
    return 0


def _head(house: House, book: Opened) -> dict[str, object]:
    return {"plan": house.plan.key, "agency": book.agency, "kind": str(book.kind), "faults": []}


def _wrong(wrong: WrongCells, as_json: bool) -> int:
    """Tell every fault on a line of its own; scripts read them in one document."""
    if as_json:
        print_json({"handed_in": [], "faults": [at.as_json() for at in wrong.found]})
    else:
        click.echo(str(wrong), err=True)
    return WRONG
