"""The plan's dates and why: what a coordinator checks against the paper before anything runs."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from obligations.chain import level_of
from obligations.deadlines import COUNTED_BY_CYCLE, Due, cycle_due, item_dues, plan_cycles
from obligations.foresee import lead_agencies
from obligations.ladder import ladder_for, opening_day, schedule
from obligations.model import Agency, Cycle, Item, Kind, Plan, Tier, Wording
from obligations.words import weekday
from tasks_lib.bootstrap import House


@dataclass(frozen=True, kw_only=True)
class DateLine:
    """One last day: for an item or cycle, a period and a tier, with the reason and the ladder's dates."""

    what: str
    title: str
    tier: str
    period: str
    last_day: date
    target: date
    why: str
    ladder: tuple[tuple[str, date], ...]

    def as_json(self) -> dict[str, Any]:
        """Return the document scripts read."""
        return {
            "item": self.what,
            "title": self.title,
            "tier": self.tier,
            "period": self.period,
            "last_day": self.last_day.isoformat(),
            "target": self.target.isoformat(),
            "why": self.why,
            "ladder": [{"step": code, "on": on.isoformat()} for code, on in self.ladder],
        }


def shown_plan(house: House) -> dict[str, Any]:
    """Return the plan as scripts read it: the 39 items with their texts, bodies, figures and periods."""
    plan = house.plan
    return {
        "number": plan.number,
        "signed_on": plan.signed_on.isoformat(),
        "valid_until": plan.valid_until.isoformat(),
        "items": [_shown_item(house, item) for item in plan.items],
    }


def _shown_item(house: House, item: Item) -> dict[str, Any]:
    return {
        "key": item.key,
        "printed": item.printed,
        "content": item.content,
        "title": item.title,
        "leads_text": item.leads_text,
        "cooperating_text": item.cooperating_text,
        "deadline_text": item.deadline_text,
        "wording": str(item.deadline.wording),
        "lead_mode": str(item.lead_mode),
        "leads": list(item.leads),
        "second": [{"body": s.body or s.text, "role": str(s.role)} for s in item.second],
        "figures": [
            {
                "key": f.key, "name": f.name, "unit": f.unit, "kind": f.kind,
                "nature": f.nature, "lead": [str(t) for t in f.lead], "hands": [str(t) for t in f.hands],
                "across": f.across,
            }
            for f in item.figures
        ],
        "periods": [_shown_due(due) for due in item_dues(item, house.plan, house.calendar)],
    }  # fmt: skip


def _shown_due(due: Due) -> dict[str, Any]:
    return {
        "period": due.period,
        "last_day": due.last_day.isoformat(),
        "target": due.target.isoformat(),
        "inner": {str(tier): on.isoformat() for tier, on in due.inner.items()},
        "why": due.why,
    }


def dates(house: House, year: int | None = None) -> list[DateLine]:
    """Return every last day of the plan, or of one year as if the plan ran through it.

    Another year shows the cycles and quarters that come again; days named in the plan stay in their year.
    """
    plan = house.plan if year is None else _in_year(house.plan, year)
    lines = [
        line
        for item in (*plan.items, *plan.duties)
        if item.deadline.wording not in COUNTED_BY_CYCLE
        for due in item_dues(item, plan, house.calendar)
        if year is None or due.last_day.year == year
        for line in _item_lines(house, plan, item, due)
    ]
    lines += [line for cycle in plan_cycles(plan) for line in _cycle_lines(house, plan, *cycle)]
    return sorted(lines, key=lambda line: (line.last_day, line.what))


def _in_year(plan: Plan, year: int) -> Plan:
    return replace(plan, signed_on=date(year, 1, 1), valid_until=date(year, 12, 31))


def _item_lines(house: House, plan: Plan, item: Item, due: Due) -> list[DateLine]:
    """Return one line for each tier among the leads, shown by its first agency."""
    first: dict[Tier, Agency] = {}
    for key in lead_agencies(item, house.roster):
        first.setdefault(house.agency(key).tier, house.agency(key))
    return [
        DateLine(
            what=item.key,
            title=item.title,
            tier=str(tier),
            period=due.period,
            last_day=due.day_for(tier),
            target=house.calendar.previous_working(due.day_for(tier)),
            why=due.why_for(tier),
            ladder=_ladder(house, plan, agency, Kind.TASK, due.day_for(tier), item.deadline.wording),
        )
        for tier, agency in first.items()
    ]


def _cycle_lines(house: House, plan: Plan, cycle: Cycle, year: int) -> list[DateLine]:
    first: dict[str, Agency] = {}
    for key in house.roster.members(plan.planners):
        agency = house.agency(key)
        first.setdefault(level_of(agency, plan), agency)
    lines = []
    for level, agency in first.items():
        due = cycle_due(plan, cycle, year, house.calendar, level)
        lines.append(
            DateLine(
                what=str(Kind.REPORT), title=f"Báo cáo {cycle.name}", tier=level, period=due.period,
                last_day=due.last_day, target=due.target, why=due.why,
                ladder=_ladder(house, plan, agency, Kind.REPORT, due.last_day, None),
            )
        )  # fmt: skip
    return lines


def _ladder(
    house: House, plan: Plan, agency: Agency, kind: Kind, last_day: date, wording: Wording | None
) -> tuple[tuple[str, date], ...]:
    ladder = ladder_for(plan, kind=kind, agency=agency, wording=wording)
    if ladder is None:
        return ()
    opening = opening_day(plan, last_day, house.calendar)
    steps = schedule(ladder, last_day=last_day, opening=opening, calendar=house.calendar)
    return tuple((s.code, s.fires_on) for s in steps if s.fires_on >= plan.signed_on and not s.repeats)


STEP_WORDS = {"opening": "thư mở đầu", "list": "danh mục đề xuất"}
LEVEL_WORDS = {
    "commune": "cấp xã",
    "district": "cấp huyện",
    "province": "cấp tỉnh",
    "focal": "cơ quan đầu mối",
}


def in_words(line: DateLine) -> str:
    """Return a last day as a coordinator reads it: what, whose, when, why, and the ladder's dates."""
    ladder = " · ".join(f"{STEP_WORDS.get(code, code)} {weekday(on)}" for code, on in line.ladder)
    what = f"Nhiệm vụ {line.what}" if line.what != Kind.REPORT else line.title
    head = f"{what} ({line.period}), {LEVEL_WORDS[line.tier]}: {weekday(line.last_day)}"
    return f"{head}\n    vì  {line.why}\n    các mức  {ladder}"
