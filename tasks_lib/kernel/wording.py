"""What obligations and agencies are called in mails and tables."""

from __future__ import annotations

import re
from datetime import date

from notifications.wording import clip
from obligations.day_words import Way
from obligations.levels import HEAD
from obligations.model import Agency, Kind, Plan
from obligations.obligation import Titled
from obligations.period import Period
from obligations.places import in_full, place_of
from obligations.rights import SEAT_WORDS, Seat
from obligations.words import about, day
from tasks_lib.kernel.bootstrap import House

IN_A_LINE = 100
"""So much of the plan's wording names a duty inside a sentence or a list."""
_OF_YEAR = re.compile(r"-(\d{4})$")


def plan_short(plan: Plan) -> str:
    """Return "KH 239": how subjects name the plan; one without a number by its name, "KH mẫu năm 2026"."""
    number, _, sort = plan.number.partition("/")
    name = number if number[:1].isdigit() else _OF_YEAR.sub(r" năm \1", number.lower())
    return f"{sort.partition('-')[0]} {name}"


def ended_words(plan: Plan, on: date) -> str:
    """Say that a plan's time is over on a day; nothing while it runs."""
    if on <= plan.valid_until:
        return ""
    return f"Kế hoạch số {plan.number} đã hết hiệu lực (đến hết ngày {day(plan.valid_until)})"


def name_of(house: House, agency: str) -> str:
    """Return an agency's name; its id where the configuration knows it no longer."""
    known = house.configuration.agencies.get(agency)
    return known.name if known else agency


def full_name(agency: Agency) -> str:
    """Return an agency's name as a letter addresses it: Ủy ban nhân dân xã A Mú Sung."""
    return in_full(agency.name)


def director_of(agency: Agency) -> str:
    """Return how a letter addresses the head of a department: Đồng chí Giám đốc Sở Nội vụ."""
    return f"Đồng chí {head_of(agency)}"


def head_of(agency: Agency) -> str:
    """Return who heads an agency: "Giám đốc Sở Nội vụ"."""
    return f"{agency.headed_by} {agency.name}"


def head_called(agency: Agency) -> str:
    """Return how a page calls the head of the collating agency: "Giám đốc Sở" of a department."""
    if agency.headed_by == HEAD:
        return f"người đứng đầu {agency.name}"
    return f"{agency.headed_by} {agency.sort}"


def seat_called(agency: Agency, seat: Seat) -> str:
    """Return what somebody is for an agency: "Phòng Nội vụ" at a district's desk, "Giám đốc Sở"."""
    match seat:
        case Seat.DESK:
            return agency.office or SEAT_WORDS[seat]
        case Seat.DIRECTOR:
            return head_called(agency)
        case Seat.CHAIRPERSON:
            return f"{agency.headed_by} {agency.level.body}".strip()
        case Seat.READER:
            return f"{agency.short_name or agency.name} (xem)"
        case _:
            return SEAT_WORDS[seat]


def place_name(agency: Agency) -> str:
    """Return "huyện Bát Xát" for "UBND huyện Bát Xát"."""
    return place_of(agency.name)


def in_tree(house: House, words: str) -> str:
    """Fill into a sentence what the bodies of the plan's tree are called: {top}, {desks}, {chairs} …."""
    levels = house.plan.levels
    heads = [level for level in house.levels if level.heads]
    below = [levels.rows[level.rank - 1] for level in heads]
    chairs = dict.fromkeys(level.chair for level in house.levels if not level.top)
    return words.format(
        top=house.top,
        focal=house.focal.name,
        head=head_called(house.focal),
        post=house.focal.headed_by,
        whole=levels.top.whole,
        chairs=", ".join(chairs) or HEAD,
        desks=", ".join(level.agency for level in heads) or "cấp trên",
        heads=", ".join(level.short for level in heads) or "cấp trên",
        below=", ".join(level.short for level in below) or "đơn vị",
    )


def way_of(house: House, agency: str) -> Way:
    """Return between whom an agency's reports go: to the place above it, or to the collator at once."""
    sender = house.configuration.agencies.get(agency, house.focal)
    if sender.next_desk is None:
        return Way(sender.level.name, house.focal.name, through=False)
    above = house.agency(sender.next_desk)
    level = above.level
    return Way(
        sender.level.name,
        level.agency,
        desk=above.office,
        head=above.headed_by,
        body=level.body,
        short=level.short,
    )


def district_of(house: House, agency: Agency) -> str:
    """Return the district's place name of a commune or district; "" for the rest."""
    return place_name(house.agency(agency.area)) if agency.area else ""


def title(
    house: House, kind: str, item: str | None, period: Period, event: str = "", *, width: int | None = None
) -> str:
    """Return what an obligation is called: the plan's wording, or the report's, sheet's or plan's name.

    Where an event opened it, that is said too, however little room the plan's wording has: two of one item
    and agency are told apart by nothing else.
    """
    found = house.plan.item(item) if item else None
    if found is not None:
        return about(clip(found.title, width) if width else found.title, event)
    if kind == Kind.REPORT:
        return f"Báo cáo {house.plan.period_name(period)}"
    if kind == Kind.SHEET:
        return f"Theo dõi, đánh giá việc thực hiện {house.plan.period_name(period)}"
    return f"Kế hoạch triển khai thực hiện Kế hoạch số {house.plan.number} của đơn vị"


def period_words(plan: Plan, period: Period) -> str:
    """Return any period as users read it, "once" and events too: "Quý III/2022", "Lần phát sinh 7"."""
    words = plan.period_name(period)
    return f"{words[:1].upper()}{words[1:]}"


def work_name(row: Titled) -> str:
    """Return how a line names a duty: "nhiệm vụ 2.3 (Quý III/2022)", with the event it is of."""
    return duty_name(row.kind, row.item, row.period, row.event)


def duty_name(kind: Kind, item: str | None, period: Period, event: str) -> str:
    """Return the same of what is not read as an obligation."""
    if item:
        again = f" ({period.name()})" if kind is Kind.TASK and period.is_a_turn else ""
        return about(f"nhiệm vụ {item}{again}", clip(event, IN_A_LINE))
    return {Kind.REPORT: "báo cáo kỳ", Kind.PLAN: "kế hoạch của đơn vị"}.get(kind, "phiếu tháng")


def quarter_of(house: House, item: str | None, period: Period) -> str:
    """Tell apart the turns and milestones of an item: "Quý II/2022", "mốc 1"; "" for what is owed once."""
    found = house.plan.item(item) if item else None
    each = found is not None and (found.deadline.recurs or period.step is not None)
    return period.name() if each else ""


def deadline_text(house: House, kind: str, item: str | None, why: str) -> str:
    """Return the wording a last day rests on: the plan's own, or the part of it that sets the cycle."""
    found = house.plan.item(item) if item else None
    if found is not None:
        return found.deadline_text
    if kind == Kind.REPORT:
        return why.split(" → ", maxsplit=1)[0]
    if kind == Kind.PLAN:
        return f"trong {house.plan.settings.plan_working_days} ngày làm việc kể từ ngày ký Kế hoạch"
    return "Định kỳ hàng tháng (Mục III.2 của Kế hoạch)"
