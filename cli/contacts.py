"""`dondoc contacts …`: who is reached where; what was proposed on the portal, confirmed or refused."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from cli.chosen import actor
from cli.common import NUMBER, acting_for_focal, json_option, plan_option, print_entries, print_json
from cli.mail import contacts
from cli.opened import name_of, open_house
from cli.report import reason_option
from tasks_lib.kernel.clock import parse_as_of

if TYPE_CHECKING:
    from tasks_lib.access.contact_changes import Decider
    from tasks_lib.kernel.bootstrap import House


__all__ = ["contacts"]


@contacts.command("proposals")
@plan_option
@json_option
def contacts_proposals(plan_name: str | None, as_json: bool) -> None:
    """Xem các đề nghị thay đổi đầu mối đang chờ xác nhận."""
    from tasks_lib.access.contact_changes import proposals_as_json

    house = open_house(plan_name)
    rows = proposals_as_json(house)
    if as_json:
        print_json(rows)
        return
    print_entries(
        (
            f"Số {row['id']}  {name_of(house, str(row['agency']))}",
            (str(row["change"]), f"{row['by']}, {parse_as_of(str(row['at'])):%H:%M %d/%m/%Y}"),
        )
        for row in rows
    )
    click.echo(f"{len(rows)} đề nghị")


@contacts.command("confirm")
@click.argument("numbers", nargs=-1, type=NUMBER, required=True)
@acting_for_focal
def contacts_confirm(
    numbers: tuple[int, ...], by: str | None, as_of: str | None, plan_name: str | None, as_json: bool
) -> None:
    """Xác nhận đề nghị thay đổi đầu mối theo số; từ đó địa chỉ mới nhận thư và đăng nhập được."""
    from tasks_lib.access.contact_changes import confirm_changes

    house = open_house(plan_name)
    count = confirm_changes(house, numbers, _decider(house, by, as_of))
    if as_json:
        print_json({"confirmed": count})
        return
    click.echo(f"Đã xác nhận {count} đề nghị")


@contacts.command("refuse")
@click.argument("numbers", nargs=-1, type=NUMBER, required=True)
@reason_option
@acting_for_focal
def contacts_refuse(
    numbers: tuple[int, ...],
    reason: str,
    by: str | None,
    as_of: str | None,
    plan_name: str | None,
    as_json: bool,
) -> None:
    """Không nhận đề nghị thay đổi đầu mối theo số."""
    from tasks_lib.access.contact_changes import refuse_changes

    house = open_house(plan_name)
    count = refuse_changes(house, numbers, _decider(house, by, as_of), reason)
    if as_json:
        print_json({"refused": count})
        return
    click.echo(f"Không nhận {count} đề nghị")


def _decider(house: House, by: str | None, as_of: str | None) -> Decider:
    from tasks_lib.access.contact_changes import Decider

    who = house.agency(actor(house, by))
    return Decider(by=who.id, person=f"quản trị hệ thống ({who.name})", as_of=parse_as_of(as_of))
