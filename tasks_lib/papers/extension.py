"""Điều chỉnh thời hạn: the request for another day, and the document by which whoever may set it does."""

from __future__ import annotations

from collections.abc import Sequence

from obligations.errors import Invalid, Refused
from obligations.reckoning import Share
from obligations.words import count, day
from tasks_lib.kernel.wording import full_name
from tasks_lib.papers.duties_told import is_below, owed, together
from tasks_lib.papers.items import by_place
from tasks_lib.papers.order import Desk, Written
from tasks_lib.papers.sql.standing import StandingLine
from tasks_lib.papers.urging_annexes import by_subject, named
from tasks_lib.papers.words import BLANK_DAY, dated_plan, letter_values, report_values

OPEN = (Share.OVERDUE, Share.EXCUSED, Share.RUNNING, Share.ASKED_OPEN)
NO_REASON = "chưa nêu"
NAMED_MOST = 20
"""More units than these are counted by place and not named."""


def write_extension_request(desk: Desk) -> Written:
    """Write the request to whom the plan's days belong: what is open, reasons; the day is blank."""
    lines = still_open(desk)
    top = desk.house.agency(desk.house.plan.top)
    abstract = f"Về việc điều chỉnh thời hạn nhiệm vụ tại Kế hoạch số {desk.house.plan.number}"
    return Written(
        title=f"Tờ trình điều chỉnh thời hạn ({', '.join(_items(lines))})",
        values={
            **report_values(desk, abstract, full_name(top)),
            "opening": f"Thực hiện {dated_plan(desk.house)}",
            "top": top.name,
            "rows": _rows(desk, lines),
        },
        figures=_figures(lines),
    )


def write_extension_letter(desk: Desk) -> Written:
    """Write the document that moves a day: of UBND tỉnh for the plan's, of a district for an inner one."""
    lines = still_open(desk)
    house, whole = desk.house, desk.order.by == desk.house.plan.top
    about = f"điều chỉnh thời hạn nhiệm vụ tại Kế hoạch số {house.plan.number}"
    levels = house.reporting(None if whole else desk.order.by)
    addressed = [together(level) for level in levels]
    return Written(
        title=f"Văn bản điều chỉnh thời hạn ({', '.join(_items(lines))})",
        values={
            **letter_values(desk, about, *addressed),
            "basis": (
                f"xét đề nghị của {house.focal.name} tại Tờ trình số{BLANK_DAY}ngày{BLANK_DAY},"
                if whole
                else "để bảo đảm thời gian tổng hợp và thời hạn của Kế hoạch,"
            ),
            "whose": "thời hạn hoàn thành" if whole else f"thời hạn gửi {desk.issuer.name}",
            "rows": _rows(desk, lines),
            "closing": (
                f"Các cơ quan, đơn vị thực hiện; {house.focal.name} theo dõi, tổng hợp"
                if whole
                else "Thời hạn tại Kế hoạch không thay đổi; các đơn vị thực hiện"
            ),
        },
        figures=_figures(lines),
    )


def still_open(desk: Desk) -> list[StandingLine]:
    """Return what is still open of the items whose day is to be moved."""
    house, by = desk.house, desk.order.by
    if not desk.order.items:
        raise Invalid("--item: ghi nhiệm vụ cần điều chỉnh thời hạn")
    office = house.plan.focal if by == house.plan.top else by
    mine = [a.id for a in house.agencies if is_below(house, office, a) or a.id == office == house.plan.focal]
    chosen = [desk.order.for_] if desk.order.for_ else mine
    if not set(chosen) <= set(mine):
        raise Invalid(f"--for: {desk.kind.name} của {desk.issuer.name} không nói đến đơn vị này")
    lines = [line for line in owed(desk, chosen, desk.order.items) if line.share in OPEN]
    if not lines:
        raise Refused("không có đơn vị nào còn đang thực hiện các nhiệm vụ này")
    return lines


def _items(lines: Sequence[StandingLine]) -> list[str]:
    return list(dict.fromkeys(line.item or "" for line in lines))


def _rows(desk: Desk, lines: Sequence[StandingLine]) -> list[dict[str, str]]:
    rows = []
    for number, found in enumerate(by_subject(lines).values(), start=1):
        units = dict.fromkeys(line.agency_id for line in found)
        reasons = dict.fromkeys(line.delay_reason for line in found if line.delay_reason)
        who = by_place(desk.house, units) if len(units) <= NAMED_MOST else ""
        rows.append(
            {
                "n": str(number),
                "what": named(desk.house, found[0]),
                "units": f"{count(len(units))} đơn vị{f': {who}' if who else ''}",
                "day": ", ".join(day(last) for last in sorted({line.last_day for line in found})),
                "new_day": f"{BLANK_DAY}/{BLANK_DAY}/{desk.on.year}",
                "reason": "; ".join(reasons) or NO_REASON,
            }
        )
    return rows


def _figures(lines: Sequence[StandingLine]) -> dict[str, int | str]:
    found: dict[str, int | str] = {}
    for (_, item, period), mine in by_subject(lines).items():
        found[f"{item} {period}: còn thực hiện"] = len(mine)
    return found
