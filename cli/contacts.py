"""`dondoc contacts …`: who is reached where; what was proposed on the portal, confirmed or refused."""

from __future__ import annotations

import click

from cli.common import NUMBER, acting_for_focal, json_option, plan_option, print_json, print_rows
from cli.mail import contacts
from cli.report import reason_option
from tasks_lib.bootstrap import House, open_house
from tasks_lib.clock import parse_as_of
from tasks_lib.usecases import access
from tasks_lib.usecases.contact_changes import (
    Decider,
    confirm_changes,
    proposals_as_json,
    refuse_changes,
)

__all__ = ["contacts"]


@contacts.command("proposals")
@plan_option
@json_option
def contacts_proposals(plan_name: str | None, as_json: bool) -> None:
    """Xem các đề nghị thay đổi đầu mối đang chờ xác nhận."""
    rows = proposals_as_json(open_house(plan_name))
    if as_json:
        print_json(rows)
        return
    names = {"id": "Số", "agency": "Cơ quan", "change": "Thay đổi", "by": "Người nhập", "at": "Lúc"}
    print_rows(rows, names)


@contacts.command("confirm")
@click.argument("numbers", nargs=-1, type=NUMBER, required=True)
@acting_for_focal
def contacts_confirm(
    numbers: tuple[int, ...], by: str | None, as_of: str | None, plan_name: str | None, as_json: bool
) -> None:
    """Xác nhận đề nghị thay đổi đầu mối theo số; từ đó địa chỉ mới nhận thư và đăng nhập được."""
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
    numbers: tuple[int, ...], reason: str, by: str | None, as_of: str | None, plan_name: str | None,
    as_json: bool,
) -> None:  # fmt: skip
    """Không nhận đề nghị thay đổi đầu mối theo số."""
    house = open_house(plan_name)
    count = refuse_changes(house, numbers, _decider(house, by, as_of), reason)
    if as_json:
        print_json({"refused": count})
        return
    click.echo(f"Không nhận {count} đề nghị")


def _decider(house: House, by: str | None, as_of: str | None) -> Decider:
    who = access.known(house, by or house.plan.focal)
    return Decider(by=who.id, person=f"quản trị hệ thống ({who.name})", as_of=parse_as_of(as_of))
