"""`dondoc campaign …`: units urged by a letter, again before the next giao ban."""

from __future__ import annotations

from pathlib import Path

import click

from cli.chosen import actor, agency_or_none, each_agency, each_item
from cli.common import NUMBER, acting_for_focal, json_option, plan_option, print_json, print_rows
from cli.opened import name_of, open_house
from cli.paper import items_option, out_option, show_made, written_out
from cli.progress import progress
from tasks_lib.kernel import clock

LIST = {
    "campaign": "Đợt",
    "paper": "Văn bản",
    "by": "Cơ quan",
    "turn": "Lần",
    "units": "Đơn vị",
    "open": "Còn chưa báo cáo",
    "made_on": "Lập ngày",
    "number": "Số, ký hiệu",
    "again_on": "Đôn đốc lại",
}


@click.group()
def campaign() -> None:
    """Đợt đôn đốc bằng công văn: chọn việc hoặc đơn vị, lập công văn, phụ lục và thư gửi kèm."""


@campaign.command("make")
@items_option
@click.option("--unit", "units", multiple=True, metavar="CƠ_QUAN", help="Chỉ đơn vị này; ghi được nhiều lần.")
@click.option("--each", is_flag=True, help="Mỗi đơn vị một công văn.")
@click.option("--again", type=NUMBER, metavar="ĐỢT", help="Lập lại đợt này cho việc còn chưa báo cáo.")
@click.option("--authority", metavar="QUYỀN", help="self, kt, tl hoặc tuq; mặc định theo cơ quan.")
@out_option
@acting_for_focal
def make_(
    items: tuple[str, ...],
    units: tuple[str, ...],
    each: bool,
    again: int | None,
    authority: str | None,
    out: Path | None,
    by: str | None,
    as_of: str | None,
    plan_name: str | None,
    as_json: bool,
) -> None:
    """Lập công văn đôn đốc; thư gửi kèm vào hàng đợi khi văn thư ghi số bằng 'dondoc paper sign'."""
    from tasks_lib.papers.campaigns import urge
    from tasks_lib.papers.kinds import URGING
    from tasks_lib.papers.order import Order

    house = open_house(plan_name)
    order = Order(
        kind=URGING,
        by=actor(house, by),
        items=each_item(house, items),
        units=each_agency(house, units, "--unit"),
        authority=authority,
    )
    with progress("Lập công văn", shown=each) as moved:
        done = urge(house, order, clock.parse_as_of(as_of), each=each, repeats=again, moved=moved)
    if as_json:
        files = written_out([made for _, made in done], out)
        print_json([{**one.as_json(), **found} for (one, _), found in zip(done, files, strict=True)])
        return
    show_made([made for _, made in done], out)
    for one, _ in done:
        click.echo(
            f"Đợt {one.campaign.id}, lần {one.campaign.turn}: {one.units} đơn vị, {len(one.urged)} việc"
        )


@campaign.command("list")
@click.option("--by", metavar="CƠ_QUAN", help="Chỉ đợt của cơ quan này.")
@plan_option
@json_option
def list_(by: str | None, plan_name: str | None, as_json: bool) -> None:
    """Xem các đợt đôn đốc: còn bao nhiêu việc chưa báo cáo, ngày đôn đốc lại."""
    from tasks_lib.papers.campaigns import running

    house = open_house(plan_name)
    found = running(house, agency_or_none(house, by, "--by"))
    if as_json:
        print_json([one.as_json() for one in found])
        return
    print_rows([{**one.as_json(), "by": name_of(house, one.campaign.issuer_id)} for one in found], LIST)
