"""`dondoc task …`: tasks given by a letter beside the plan's own, one by one (nhiệm vụ giao theo văn bản)."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import click

from cli.chosen import agency_id
from cli.common import (
    DAY,
    as_of_option,
    json_option,
    plan_option,
    print_json,
    print_wrapped,
    write_once_agreed,
)
from cli.opened import open_house
from obligations.calendar import FIRST_YEAR, LAST_YEAR
from obligations.errors import Invalid
from obligations.model import GivenBy, Item, Plan, Wording
from tasks_lib.kernel import clock

if TYPE_CHECKING:
    from config.task_edits import TaskFile
    from tasks_lib.kernel.bootstrap import House


@click.group()
def task() -> None:
    """Nhiệm vụ giao thêm bằng văn bản: xem, thêm, lập sổ của năm."""


@task.command("list")
@plan_option
@json_option
def list_tasks(plan_name: str | None, as_json: bool) -> None:
    """Liệt kê các nhiệm vụ giao thêm bằng văn bản của kế hoạch."""
    house = open_house(plan_name)
    found = [item for item in house.plan.items if item.given]
    if as_json:
        print_json([_as_json(item) for item in found])
        return
    for item in found:
        _print(item)
    if not found:
        print_wrapped("Chưa có nhiệm vụ nào giao thêm bằng văn bản. Thêm: 'dondoc task add'.")


@task.command()
@click.option("--title", required=True, metavar="NỘI_DUNG", help="Nội dung nhiệm vụ, như văn bản ghi.")
@click.option(
    "--lead", "leads", required=True, multiple=True, metavar="CƠ_QUAN", help="Mã cơ quan, nhóm chủ trì."
)
@click.option("--before", type=DAY, metavar="NGÀY", help="Trước ngày này; chính ngày đó là chậm.")
@click.option("--until", type=DAY, metavar="NGÀY", help="Chậm nhất ngày này; chính ngày đó còn đúng hạn.")
@click.option("--number", required=True, metavar="SỐ", help="Số, ký hiệu của văn bản giao: 1234/UBND-NC.")
@click.option("--on", "signed_on", required=True, type=DAY, metavar="NGÀY", help="Ngày của văn bản.")
@click.option("--from", "issuer", metavar="CƠ_QUAN", help="Cơ quan giao; mặc định cơ quan ban hành kế hoạch.")
@click.option("--product", default="", metavar="SẢN_PHẨM", help="Sản phẩm phải có khi xong.")
@click.option("--short", default="", metavar="TÊN", help="Tên gọi ngắn trong thư.")
@click.option("--content", type=int, metavar="SỐ", help="Nội dung của kế hoạch mà nhiệm vụ thuộc về.")
@click.option("--yes", is_flag=True, help="Không hỏi lại.")
@plan_option
@json_option
def add(
    title: str,
    leads: tuple[str, ...],
    before: date | None,
    until: date | None,
    number: str,
    signed_on: date,
    issuer: str | None,
    product: str,
    short: str,
    content: int | None,
    yes: bool,
    plan_name: str | None,
    as_json: bool,
) -> None:
    """Thêm một nhiệm vụ mà một văn bản giao: từ lượt rà soát tới, có hạn, nhắc việc như mọi nhiệm vụ."""
    from config.task_edits import NewTask, TaskFile

    if before and until:
        raise Invalid("--before, --until: chỉ ghi một ngày")
    last = before or until
    if last is None:
        raise Invalid("--before, --until: ghi một ngày")
    house = open_house(plan_name)
    holders = tuple(_lead(house, lead) for lead in leads)
    file = TaskFile(house.configuration, house.plan)
    key = file.add(
        NewTask(
            title=title.strip(),
            leads=holders,
            leads_text="; ".join(_called(house, holder) for holder in holders),
            wording=Wording.BEFORE if before else Wording.BY_DAY,
            day=last,
            given=GivenBy(number=number.strip(), signed_on=signed_on, issuer=issuer or house.plan.issuer),
            product=product.strip(),
            short=short.strip(),
            content=content,
        )
    )
    _write(house, file, key, yes=yes, as_json=as_json)


@task.command()
@click.option("--year", type=click.IntRange(FIRST_YEAR, LAST_YEAR), metavar="NĂM", help="Mặc định năm nay.")
@as_of_option
@plan_option
@json_option
def book(year: int | None, as_of: str | None, plan_name: str | None, as_json: bool) -> None:
    """Lập sổ của một năm: một kế hoạch chỉ gồm nhiệm vụ giao theo văn bản, thêm dần."""
    from config.task_edits import write_standing

    house = open_house(plan_name)
    of = year or clock.local_day(clock.parse_as_of(as_of)).year
    key = write_standing(house.configuration, house.plan, of)
    if as_json:
        print_json({"plan": key, "file": f"plan-{key}.toml"})
        return
    print_wrapped(
        f"Đã lập plan-{key}.toml. Thêm nhiệm vụ: 'dondoc task add --plan {key} …'; rồi"
        f" 'dondoc init --plan {key}' và 'dondoc plan start --plan {key}'."
    )


def _write(house: House, file: TaskFile, key: str, *, yes: bool, as_json: bool) -> None:
    """Check the whole folder as it would be, show the task, ask, and write."""
    plan = file.checked().plan(house.plan.key)
    item = _item(plan, key)
    write_once_agreed(file, lambda: _print(item), yes=yes)
    if as_json:
        print_json({**_as_json(item), "file": file.path.name})
        return
    print_wrapped(f"Đã ghi nhiệm vụ {key} vào {file.path.name}; lượt rà soát tới giao cho đơn vị.")


def _print(item: Item) -> None:
    print_wrapped(f"{item.key}: {item.title}. {item.leads_text}. {item.deadline_text}. {item.given}.")


def _item(plan: Plan, key: str) -> Item:
    found = plan.item(key)
    assert found is not None  # it was just read from the file it was written to
    return found


def _lead(house: House, text: str) -> str:
    """Return the id of a group, or of an agency by id or name; refuse one that is unknown."""
    return text if text in house.configuration.groups else agency_id(house, text, "--lead")


def _called(house: House, lead: str) -> str:
    group = house.configuration.groups.get(lead)
    return group.name if group else house.configuration.agencies[lead].name


def _as_json(item: Item) -> dict[str, object]:
    given = item.given
    return {
        "item": item.key,
        "title": item.title,
        "leads": list(item.leads),
        "deadline": item.deadline_text,
        "letter": {"number": given.number, "on": given.signed_on.isoformat(), "from": given.issuer}
        if given
        else None,
        "product": item.product,
        **item.asked,
    }
