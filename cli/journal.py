"""`dondoc verify|journal`: whether everything stands as it was written, and what was written."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import click

from cli.chosen import OneOf
from cli.common import DAY, MOST, as_of_option, json_option, plan_option, print_entries, print_json
from cli.opened import name_of, open_house
from tasks_lib.kernel import clock

if TYPE_CHECKING:
    from tasks_lib.keeping import proof
    from tasks_lib.kernel.bootstrap import House


NOT_WHOLE = 1


def _happenings() -> tuple[str, ...]:
    from tasks_lib.kernel.journal_words import known_happenings

    return known_happenings()


@click.command()
@click.option("--head", "paper", metavar="MÃ", help="Mã kiểm ghi trong thư thứ Hai hoặc trên báo cáo.")
@click.option("--on", "on_day", type=DAY, metavar="NGÀY", help="Ngày của mã kiểm đó.")
@click.option(
    "--accept", is_flag=True, help="Lấy đuôi nhật ký như hiện có, sau khi khôi phục bản sao cũ hơn."
)
@as_of_option
@plan_option
@json_option
def verify(
    paper: str | None,
    on_day: date | None,
    accept: bool,
    as_of: str | None,
    plan_name: str | None,
    as_json: bool,
) -> int:
    """Kiểm tra nhật ký và dữ liệu được niêm phong; nêu dòng đầu tiên bị sửa, xóa hoặc cắt (trạng thái 1)."""
    from tasks_lib.keeping import proof

    house = open_house(plan_name)
    verdict = proof.verify(house, paper, on_day)
    if accept and verdict.cut:
        proof.accept(house, clock.parse_as_of(as_of))
        verdict = proof.verify(house, paper, on_day)
    if as_json:
        print_json(verdict.as_json())
    if not (as_json and verdict.ok):
        click.echo(verdict.text, err=not verdict.ok)
    return 0 if verdict.ok else NOT_WHOLE


@click.command()
@click.option("--from", "from_day", type=DAY, metavar="NGÀY", help="Từ ngày.")
@click.option("--to", "to_day", type=DAY, metavar="NGÀY", help="Đến hết ngày.")
@click.option(
    "--what",
    type=OneOf(_happenings),
    metavar="VIỆC",
    help="Chỉ một loại việc: sign-in, contacts-import, sweep …",
)
@click.option("--last", type=click.IntRange(1, MOST), metavar="N", help="Chỉ N dòng mới nhất.")
@plan_option
@json_option
def journal(
    from_day: date | None,
    to_day: date | None,
    what: str | None,
    last: int | None,
    plan_name: str | None,
    as_json: bool,
) -> None:
    """Xem nhật ký: mọi thay đổi, ai, lúc nào, từ đâu."""
    from tasks_lib.keeping import proof

    wanted = proof.Wanted(from_day=from_day, to_day=to_day, what=what, limit=last)
    house = open_house(plan_name)
    rows = proof.read(house, wanted)
    if as_json:
        print_json(rows)
        return
    print_entries((f"{row['row']}  {_moment(row['at'])}", _said(house, row)) for row in rows)
    click.echo(f"{len(rows)} dòng")


def _moment(at: str) -> str:
    return f"{clock.parse_as_of(at):%H:%M %d/%m/%Y}"


def _said(house: House, row: proof.Recorded) -> tuple[str, ...]:
    from tasks_lib.kernel.journal_words import words_of

    by = name_of(house, row["by"]) if row["by"] else ""
    who = ", ".join(part for part in (by, _who(row)) if part)
    about = f": {row['subject']}" if row["subject"] else ""
    return f"{words_of(house, row['what'])}{about}", who


def _who(row: proof.Recorded) -> str:
    account = f"tài khoản {row['os_user']}" if row["os_user"] else ""
    return ", ".join(part for part in (row["person"], account) if part)
