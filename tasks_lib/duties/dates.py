"""The plan's dates and why: what a coordinator checks against the paper before anything runs."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import TypedDict

from obligations.chain import level_of
from obligations.day_words import source
from obligations.days_of_ours import OF_A_CYCLE, Day, is_ours
from obligations.deadlines import FOCAL, closing_day, closing_why, cycle_of, item_dues
from obligations.due import Due
from obligations.foresee import foresee
from obligations.ladder import first_told, schedule
from obligations.levels import Levels
from obligations.model import PART_WORDS, Item, Kind, Part, Plan, Planned
from obligations.period import Period
from obligations.words import weekday
from tasks_lib.kernel.bootstrap import House
from tasks_lib.kernel.wording import deadline_text, title, way_of


@dataclass(frozen=True, kw_only=True)
class DateLine:
    """One last day: of what, for a period and a level, with the reason and the ladder's dates."""

    what: str
    """The item's key, or the kind of what belongs to none."""
    kind: Kind
    title: str
    tier: str
    part: Part
    period: Period
    last_day: date
    target: date
    proposed: bool
    """Whether the plan does not set it, so that it is only asked for until a document does."""
    why: str
    closes_on: date | None
    """When the figures of a cycle report close."""
    closes_why: str
    ladder: tuple[tuple[str, date], ...]

    def as_json(self) -> dict[str, object]:
        """Return the document scripts read."""
        return {
            "item": self.what,
            "kind": str(self.kind),
            "title": self.title,
            "tier": self.tier,
            "part": self.part,
            "period": self.period,
            "last_day": self.last_day.isoformat(),
            "target": self.target.isoformat(),
            "proposed": self.proposed,
            "why": self.why,
            "closes_on": self.closes_on.isoformat() if self.closes_on else None,
            "ladder": [{"step": code, "on": on.isoformat()} for code, on in self.ladder],
        }


class ShownPlan(TypedDict):
    """A plan as scripts read it."""

    number: str
    signed_on: str
    valid_until: str
    items: list[dict[str, object]]


def shown_plan(house: House) -> ShownPlan:
    """Return the plan as scripts read it: the 39 items with their texts, bodies, figures and periods."""
    plan = house.plan
    return {
        "number": plan.number,
        "signed_on": plan.signed_on.isoformat(),
        "valid_until": plan.valid_until.isoformat(),
        "items": [_shown_item(house, item) for item in plan.items],
    }


def _shown_item(house: House, item: Item) -> dict[str, object]:
    return {
        "key": item.key,
        "printed": item.printed,
        "content": item.content,
        "title": item.title,
        "leads_text": item.leads_text,
        "cooperating_text": item.cooperating_text,
        "deadline_text": item.deadline_text,
        "wording": str(item.deadline.wording),
        **item.asked,
        "lead_mode": str(item.lead_mode),
        "leads": list(item.leads),
        "second": [{"body": s.body or s.text, "role": str(s.role)} for s in item.second],
        "figures": [
            {
                "key": f.key,
                "name": f.name,
                "unit": f.unit,
                "kind": f.kind,
                "nature": f.nature,
                "lead": [str(t) for t in f.lead],
                "hands": [str(t) for t in f.hands],
                "across": f.across,
            }
            for f in item.figures
        ],
        "periods": [_shown_due(due) for due in item_dues(item, house.plan, house.calendar)],
    }


def _shown_due(due: Due) -> dict[str, object]:
    return {
        "period": due.period,
        "last_day": due.last_day.isoformat(),
        "target": due.target.isoformat(),
        "inner": {
            **{level: on.isoformat() for level, on in due.inner.items()},
            **{level: on.isoformat() for level, (on, _) in due.of_levels.items()},
        },
        "why": due.why,
    }


def dates(house: House, year: int | None = None) -> list[DateLine]:
    """Return every last day of the plan, or of one year as if the plan ran through it and on.

    Each is shown by the first agency of a level. Another year shows what comes again: cycles, sheets,
    quarters with what falls due in the January after; days named in the plan stay in their year.
    """
    plan = house.plan if year is None else _in_year(house.plan, year)
    first: dict[tuple[str | None, ...], Planned] = {}
    for planned in foresee(plan, house.roster, house.calendar):
        if year is None or _comes_again(plan, planned, year):
            level = _level(house, plan, planned)
            first.setdefault((planned.kind, planned.item, planned.period, planned.part, level), planned)
    lines = [_line(house, plan, planned) for planned in first.values()]
    return sorted(lines, key=lambda line: (line.last_day, line.what))


def _in_year(plan: Plan, year: int) -> Plan:
    months = tuple(Period.of_month(year, month) for month in range(1, 13))
    return replace(
        plan,
        signed_on=date(year, 1, 1),
        valid_until=date(year, 12, 31),
        items=tuple(replace(item, owed_after_validity=True) for item in plan.items),
        settings=replace(plan.settings, sheet_months=months),
    )


def _comes_again(plan: Plan, planned: Planned, year: int) -> bool:
    item = plan.item(planned.item) if planned.kind is Kind.TASK and planned.item else None
    if item is not None and not item.deadline.recurs:
        return planned.last_day.year == year
    return planned.kind is not Kind.PLAN


def _level(house: House, plan: Plan, planned: Planned) -> str:
    agency = house.agency(planned.agency)
    return level_of(agency, plan) if planned.kind in OF_A_CYCLE else agency.level.key


def _line(house: House, plan: Plan, planned: Planned) -> DateLine:
    level = _level(house, plan, planned)
    day = Day(
        kind=planned.kind,
        item=planned.item,
        last_day=planned.last_day,
        plan_day=planned.plan_day,
        synthesis=planned.kind in OF_A_CYCLE and planned.agency == plan.focal,
        by_our_rule=planned.ours,
    )
    wording = deadline_text(house, planned.kind, planned.item, planned.why)
    said = source(day, wording, way_of(house, planned.agency))
    closes_on, closes_why = _closes(house, plan, planned, level)
    return DateLine(
        what=planned.item or str(planned.kind),
        kind=planned.kind,
        title=title(house, planned.kind, planned.item, planned.period),
        tier=level,
        part=planned.part,
        period=planned.period,
        last_day=planned.last_day,
        target=planned.target,
        proposed=is_ours(day),
        why=said or planned.why,
        closes_on=closes_on,
        closes_why=closes_why,
        ladder=_ladder(house, plan, planned),
    )


def _closes(house: House, plan: Plan, planned: Planned, level: str) -> tuple[date | None, str]:
    """Return when the figures of a cycle report close, and why then."""
    if planned.kind is not Kind.REPORT:
        return None, ""
    at = *cycle_of(plan, planned.period), level, house.calendar
    return closing_day(*at), closing_why(*at)


def _ladder(house: House, plan: Plan, planned: Planned) -> tuple[tuple[str, date], ...]:
    ladder = next((x for x in plan.ladders if x.key == planned.ladder), None)
    if ladder is None:
        return ()
    opening = first_told(plan, planned, house.calendar)
    steps = schedule(ladder, last_day=planned.last_day, opening=opening, calendar=house.calendar)
    return tuple((s.code, s.fires_on) for s in steps if s.fires_on >= plan.signed_on and not s.repeats)


_PART_SAID = {Part.IMPLEMENTS: f" ({PART_WORDS[Part.IMPLEMENTS]})", Part.ASKED: " (đề nghị phối hợp)"}
STEP_WORDS = {"opening": "thư mở đầu", "list": "danh mục đề xuất"}


def level_words(levels: Levels, level: str) -> str:
    """Say whose day it is: "cấp xã", or the collator's own."""
    return "cơ quan đầu mối" if level == FOCAL else levels.of(level).name


def in_words(line: DateLine, levels: Levels) -> str:
    """Return a last day as a coordinator reads it: what, whose, when, why, and the ladder's dates."""
    what = f"Nhiệm vụ {line.what}{_PART_SAID.get(line.part, '')}" if line.what != line.kind else line.title
    asked = "đề nghị chậm nhất " if line.proposed else ""
    told = [
        f"{what} ({line.period}), {level_words(levels, line.tier)}: {asked}{weekday(line.last_day)}",
        f"    vì  {line.why}",
    ]
    if line.closes_why:
        told.append(f"    {line.closes_why}")
    if line.ladder:
        steps = (f"{STEP_WORDS.get(code, code)} {weekday(on)}" for code, on in line.ladder)
        told.append(f"    các mức  {' · '.join(steps)}")
    return "\n".join(told)
