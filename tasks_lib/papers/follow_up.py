"""Phiếu theo dõi tháng: what a chairperson looks over once a month, printed to be signed."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from obligations.errors import Invalid, Refused
from obligations.period import Period
from obligations.words import alphabetical, count, day
from tasks_lib.kernel.wording import full_name
from tasks_lib.papers.duties_told import counted, duty_rows, figures_of, owed, told_sum
from tasks_lib.papers.order import Desk, Written
from tasks_lib.papers.sql.standing import StandingLine
from tasks_lib.papers.words import glued, report_values


def write_follow_up(desk: Desk) -> Written:
    """Write the sheet of a month: the unit's duties as they stand, of a district its communes' too."""
    house, month = desk.house, month_of(desk)
    name = house.plan.period_name(month)
    own = owed(desk, [desk.order.by])
    below = owed(desk, [a.id for a in house.agencies if a.next_desk == desk.order.by])
    abstract = f"Theo dõi, đánh giá việc thực hiện Kế hoạch số {house.plan.number}, {name}"
    return Written(
        title=f"Phiếu theo dõi {name} của {desk.issuer.name}",
        values={
            **report_values(desk, abstract, full_name(desk.issuer)),
            "month": name,
            "sum": f"Nhiệm vụ có thời hạn của đơn vị đến ngày {day(desk.on)}: {told_sum(counted(own))}.",
            "rows": duty_rows(desk, own),
            "below_sum": (
                f"Các đơn vị trên địa bàn: {count(len({x.agency_id for x in below}))} đơn vị,"
                f" {told_sum(counted(below))}."
                if below
                else ""
            ),
            "below": _below(desk, below),
        },
        figures={**figures_of(counted(own)), **(figures_of(counted(below), "địa bàn") if below else {})},
    )


def month_of(desk: Desk) -> Period:
    """Return the month a sheet is of: the one asked for, else the last that has ended."""
    plan, text = desk.house.plan, desk.order.cycle
    known = plan.settings.sheet_months
    if desk.order.by not in _keepers(desk):
        raise Refused(f"{desk.issuer.name}: Kế hoạch không giao phiếu theo dõi tháng")
    if text is None:
        ended = [month for month in known if month.last_day < desk.on]
        if not ended:
            raise Refused(f"chưa có tháng nào kết thúc (tháng đầu tiên: {known[0]})")
        return ended[-1]
    found = next((month for month in known if str(month) == text), None)
    if found is None:
        raise Invalid(f"--cycle: ghi tháng theo dõi, một trong: {', '.join(map(str, known))}")
    return found


def _keepers(desk: Desk) -> set[str]:
    return set(desk.house.roster.members(desk.house.plan.sheet_keepers))


def _below(desk: Desk, lines: Sequence[StandingLine]) -> list[dict[str, str]]:
    """Return a row for each unit below with anything that fell due, by the alphabet: no ranks."""
    by_unit: dict[str, list[StandingLine]] = defaultdict(list)
    for line in lines:
        by_unit[line.agency_id].append(line)
    ordered = sorted(by_unit, key=lambda key: alphabetical(desk.house.agency(key).name))
    rows = []
    for number, key in enumerate(ordered, start=1):
        found = counted(by_unit[key])
        rows.append(
            {
                "n": str(number),
                "unit": glued(desk.house.agency(key).name),
                "due": count(found.due),
                "in_time": count(found.in_time),
                "late": count(found.late),
                "overdue": count(found.overdue),
                "excused": count(found.excused),
            }
        )
    return rows
