"""Công văn mời phối hợp: bodies that are asked and not assigned, with what each is asked for."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from notifications.wording import joined
from obligations.errors import Invalid, Refused
from obligations.words import alphabetical, count, day
from tasks_lib.kernel.wording import full_name
from tasks_lib.papers.order import Desk, Written
from tasks_lib.papers.period_report import cycle_of
from tasks_lib.papers.sql.standing import AskedLine, asked_lines
from tasks_lib.papers.words import glued, letter_values


def write_cooperation(desk: Desk) -> Written:
    """Write the letter: to one invited body or to all, before a cycle, politely, with what is asked for."""
    house, period = desk.house, cycle_of(desk)
    invited = {a.id for a in house.agencies if a.invited}
    if desk.order.for_ is not None and desk.order.for_ not in invited:
        name = house.agency(desk.order.for_).name
        raise Invalid(f"--for: {name} được giao nhiệm vụ, không mời phối hợp")
    wanted = [desk.order.for_] if desk.order.for_ else sorted(invited)
    lines = asked_lines(desk.connection, house.plan.key, period, wanted)
    by_body: dict[str, list[AskedLine]] = defaultdict(list)
    for line in lines:
        by_body[line.agency_id].append(line)
    if not by_body:
        raise Refused(f"{house.plan.period_name(period)}: không có cơ quan nào được đề nghị phối hợp")
    bodies = sorted(by_body, key=lambda key: alphabetical(house.agency(key).name))
    name = house.plan.period_name(period)
    return Written(
        title=f"Mời phối hợp {name}",
        values={
            **letter_values(
                desk,
                f"phối hợp, cung cấp thông tin, số liệu {name}",
                *(full_name(house.agency(key)) for key in bodies),
            ),
            "cycle": name,
            "asks": [_ask(desk, key, by_body[key], several=len(bodies) > 1) for key in bodies],
            "before": day(min(line.last_day for line in lines)),
        },
        figures={"bodies": len(bodies), "rows": len(lines)},
    )


def _ask(desk: Desk, body: str, lines: Sequence[AskedLine], *, several: bool) -> str:
    """Say what a body is asked for: the item, and the figures that stand with it."""
    parts = []
    for line in lines:
        item = desk.house.plan.item(line.item)
        if item is None:
            continue
        figures = joined([figure.name for figure in item.figures])
        numbers = f" (số liệu: {figures})" if figures else ""
        parts.append(f"{item.title.rstrip('.')}{numbers}")
    who = f"{glued(desk.house.agency(body).name)}: " if several else ""
    return f"- {who}{'; '.join(parts)}." if parts else f"- {who}{count(len(lines))} nội dung."
