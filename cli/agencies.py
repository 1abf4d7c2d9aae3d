"""`dondoc agencies`: whoever holds work, and the addresses by which each is reached."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypedDict

import click

from cli.common import json_option, plan_option, print_entries, print_json
from cli.opened import name_of, open_house
from obligations.model import INSIDE, Agency

if TYPE_CHECKING:
    from tasks_lib.kernel.bootstrap import House


@click.command()
@click.option("--all", "everyone", is_flag=True, help="Cả cơ quan của giai đoạn khác.")
@plan_option
@json_option
def agencies(everyone: bool, plan_name: str | None, as_json: bool) -> None:
    """Xem các cơ quan, đơn vị, địa phương và địa chỉ thư."""
    house = open_house(plan_name)
    on = house.plan.signed_on
    known = _addresses(house)
    rows = [
        _agency(a, known.get(a.id, []))
        for a in house.configuration.agencies.values()
        if everyone or a.exists_on(on)
    ]
    if as_json:
        print_json(rows)
        return
    print_entries((row["id"], _of_agency(house, row)) for row in rows)
    click.echo(f"{len(rows)} cơ quan")


class ShownAgency(TypedDict):
    """An agency as scripts read it."""

    id: str
    code: str | None
    name: str
    tier: str
    superior: str | None
    collator: str | None
    desk: str | None
    invited: bool
    addresses: list[str]
    valid_from: str
    valid_to: str | None


def _of_agency(house: House, row: ShownAgency) -> tuple[str, ...]:
    above = f"; cấp trên: {name_of(house, row['superior'])}" if row["superior"] else ""
    return f"{row['name']}{above}", ", ".join(row["addresses"])


def _addresses(house: House) -> dict[str, list[str]]:
    """Return where mail goes by agency: once there is a database those in it, which ops may have replaced."""
    from store.engine import reading
    from store.migrate import is_laid_out
    from store.people import contacts_of

    found = {a.id: a.contacts for a in house.configuration.agencies.values()}
    if is_laid_out(house.engine):
        with reading(house.engine) as connection:
            found = contacts_of(connection)
    return {
        agency: [c.address for c in items if c.address and c.role not in INSIDE]
        for agency, items in found.items()
    }


def _agency(agency: Agency, addresses: list[str]) -> ShownAgency:
    return {
        "id": agency.id,
        "code": agency.code,
        "name": agency.name,
        "tier": agency.level.key,
        "superior": agency.superior,
        "collator": agency.collator,
        "desk": agency.desk,
        "invited": agency.invited,
        "addresses": addresses,
        "valid_from": agency.valid_from.isoformat(),
        "valid_to": agency.valid_to.isoformat() if agency.valid_to else None,
    }
