"""`dondoc obligations`, `notices`, `history`: what stands in the store."""

from __future__ import annotations

from datetime import date
from typing import Any

import click

from cli.common import DAY, as_of_option, json_option, plan_option, print_json, print_rows
from obligations.model import TimeState, WorkState
from obligations.rollup import WAITS_BELOW
from obligations.states import STATE_WORDS, TIME_WORDS
from store.listing import Wanted
from tasks_lib import clock
from tasks_lib.bootstrap import House, open_house
from tasks_lib.usecases import listing


@click.command()
@click.option("--item", metavar="MÃ", help="Mã nhiệm vụ, ví dụ 1.2.")
@click.option("--agency", metavar="CƠ_QUAN", help="Mã cơ quan.")
@click.option("--state", metavar="TRẠNG_THÁI", help="Trạng thái công việc hoặc thời hạn.")
@click.option("--kind", metavar="LOẠI", help="task, row, report, sheet hoặc plan.")
@click.option("--overdue", is_flag=True, help="Chỉ những việc quá hạn.")
@as_of_option
@plan_option
@json_option
def obligations(
    item: str | None,
    agency: str | None,
    state: str | None,
    kind: str | None,
    overdue: bool,
    as_of: str | None,
    plan_name: str | None,
    as_json: bool,
) -> None:
    """Xem nhiệm vụ được giao của từng đơn vị."""
    chosen = listing.Filter(item=item, agency=agency, state=state, kind=kind, overdue=overdue)
    house = open_house(plan_name)
    rows = listing.obligations(house, clock.parse_as_of(as_of), chosen)
    if as_json:
        print_json(rows)
        return
    names = {"id": "Nhiệm vụ được giao", "last_day": "Hạn cuối", "work_state": "Trạng thái",
             "time_state": "Thời hạn", "holder": "Đang ở", "note": "Ghi chú"}  # fmt: skip
    print_rows([_in_words(house, row) for row in rows], names)
    click.echo(f"{len(rows)} dòng")


def _in_words(house: House, row: dict[str, Any]) -> dict[str, Any]:
    """Return a row as a person reads it: states, days and names in Vietnamese."""
    return {
        "id": row["id"],
        "last_day": clock.parse_day(row["last_day"]),
        "work_state": STATE_WORDS[WorkState(row["work_state"])],
        "time_state": TIME_WORDS[TimeState(row["time_state"])],
        "holder": house.agency(row["holder"]).name if row["holder"] else "",
        "note": WAITS_BELOW if row["waits_for_below"] else "",
    }


@click.command()
@click.option("--item", metavar="MÃ", help="Mã nhiệm vụ, ví dụ 1.2.")
@click.option("--agency", metavar="CƠ_QUAN", help="Cơ quan có nhiệm vụ.")
@click.option("--recipient", metavar="CƠ_QUAN", help="Cơ quan nhận tin.")
@click.option("--from", "from_day", type=DAY, metavar="NGÀY", help="Ghi từ ngày.")
@click.option("--to", "to_day", type=DAY, metavar="NGÀY", help="Ghi đến ngày.")
@plan_option
@json_option
def notices(
    item: str | None,
    agency: str | None,
    recipient: str | None,
    from_day: date | None,
    to_day: date | None,
    plan_name: str | None,
    as_json: bool,
) -> None:
    """Xem các tin nhắc việc, đôn đốc đã ghi."""
    house = open_house(plan_name)
    wanted = Wanted(
        plan=house.plan.key, item=item, agency=agency, recipient=recipient,
        from_day=from_day, to_day=to_day,
    )  # fmt: skip
    rows = listing.notices(house, wanted)
    if as_json:
        print_json(rows)
        return
    names = {"recorded_on": "Ngày", "obligation": "Nhiệm vụ được giao", "step": "Mức",
             "recipient": "Gửi", "role": "Tư cách", "state": "Trạng thái"}  # fmt: skip
    print_rows(rows, names)
    click.echo(f"{len(rows)} dòng")


@click.command()
@click.argument("obligation")
@plan_option
@json_option
def history(obligation: str, plan_name: str | None, as_json: bool) -> None:
    """Xem mọi việc đã xảy ra với một nhiệm vụ được giao."""
    rows = listing.history(open_house(plan_name), obligation)
    if as_json:
        print_json(rows)
        return
    names = {"at": "Lúc", "by": "Ai", "what": "Việc", "from": "Từ", "to": "Đến", "why": "Vì sao"}
    print_rows(rows, names)
