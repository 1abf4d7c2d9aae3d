"""`dondoc pause …` and `dondoc pauses …`: places where nobody is chased for some days."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING

import click

from cli.chosen import actor, each_agency
from cli.common import (
    DAY,
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
from obligations.errors import Invalid
from obligations.pauses import stretch
from tasks_lib.kernel import clock

if TYPE_CHECKING:
    from tasks_lib.duties import pausing
    from tasks_lib.kernel.bootstrap import House


open_ended = click.option("--open-ended", is_flag=True, help="Chưa rõ ngày kết thúc (mưa lũ đang diễn ra).")


@click.command()
@click.argument("places", nargs=-1, required=True)
@click.option("--from", "from_day", type=DAY, required=True, metavar="NGÀY", help="Từ ngày.")
@click.option("--to", "to_day", type=DAY, metavar="NGÀY", help="Đến hết ngày.")
@open_ended
@reason_option
@acting_for_focal
def pause(
    places: tuple[str, ...],
    from_day: date,
    to_day: date | None,
    open_ended: bool,
    reason: str,
    by: str | None,
    as_of: str | None,
    plan_name: str | None,
    as_json: bool,
) -> None:
    """Tạm dừng đôn đốc địa bàn (thiên tai, dịch bệnh), ubnd-tinh là toàn tỉnh; hạn cuối giữ nguyên."""
    from tasks_lib.duties import pausing

    house = open_house(plan_name)
    ends = _end(to_day, open_ended)
    named = each_agency(house, places, "places")
    given = [pausing.Pause(place=p, from_day=from_day, to_day=ends, reason=reason) for p in named]
    done = pausing.pause_all(house, given, actor(house, by), clock.parse_as_of(as_of))
    if as_json:
        documents = [one.as_json() for one in done]
        print_json(documents[0] if len(documents) == 1 else documents)
        return
    for one in done:
        _say(house, one)


@click.group()
def pauses() -> None:
    """Các đợt tạm dừng: xem, đổi ngày kết thúc, rút."""


@pauses.command("list")
@as_of_option
@plan_option
@json_option
def list_(as_of: str | None, plan_name: str | None, as_json: bool) -> None:
    """Xem các đợt tạm dừng, mới nhất trước."""
    from tasks_lib.desk.places import resting, resting_as_json

    found = resting(open_house(plan_name), clock.parse_as_of(as_of))
    if as_json:
        print_json([resting_as_json(one) for one in found])
        return
    columns = {"number": "Số", "name": "Địa bàn, cơ quan", "days": "Thời gian", "state": "Tình trạng"}
    rows = [
        {"number": p.number, "name": p.name, "days": stretch(p.from_day, p.to_day), "state": p.state}
        for p in found
    ]
    print_rows(rows, columns)


@pauses.command("end")
@click.argument("number", type=NUMBER)
@click.option("--to", "to_day", type=DAY, metavar="NGÀY", help="Đến hết ngày; bỏ trống là hôm nay.")
@open_ended
@reason_option
@acting_for_focal
def end(
    number: int,
    to_day: date | None,
    open_ended: bool,
    reason: str,
    by: str | None,
    as_of: str | None,
    plan_name: str | None,
    as_json: bool,
) -> None:
    """Kết thúc, rút ngắn, kéo dài một đợt tạm dừng, hoặc để ngỏ ngày kết thúc."""
    from tasks_lib.duties import pausing

    house, at = open_house(plan_name), clock.parse_as_of(as_of)
    ends = None if open_ended and to_day is None else _end(to_day or clock.local_day(at), open_ended)
    altering = _altering(number, actor(house, by), at, reason)
    _show(house, pausing.move_pauses_end(house, altering, ends), as_json)


@pauses.command("withdraw")
@click.argument("number", type=NUMBER)
@reason_option
@acting_for_focal
def withdraw(
    number: int, reason: str, by: str | None, as_of: str | None, plan_name: str | None, as_json: bool
) -> None:
    """Rút một đợt tạm dừng ghi nhầm, như chưa từng có (--reason)."""
    from tasks_lib.duties import pausing

    house, at = open_house(plan_name), clock.parse_as_of(as_of)
    _show(house, pausing.withdraw(house, _altering(number, actor(house, by), at, reason)), as_json)


def _altering(number: int, by: str, at: datetime, reason: str) -> pausing.Altering:
    from tasks_lib.duties import pausing

    return pausing.Altering(number=number, by=by, as_of=at, reason=reason)


def _end(to_day: date | None, open_ended: bool) -> date | None:
    if (to_day is None) != open_ended:
        raise Invalid("--to: nêu ngày kết thúc, hoặc --open-ended khi chưa rõ ngày")
    return to_day


def _show(house: House, done: pausing.Paused, as_json: bool) -> None:
    if as_json:
        print_json(done.as_json())
        return
    _say(house, done)


def _say(house: House, done: pausing.Paused) -> None:
    days = stretch(done.from_day, done.to_day)
    what = f"đã rút ({done.withdrawn}): " if done.withdrawn else ""
    click.echo(f"{house.agency(done.place).name}: {what}tạm dừng số {done.number} {days}")
