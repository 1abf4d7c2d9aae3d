"""The whole validity of a plan, obligation by obligation, before anything has happened (domain part 3)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from obligations.calendar import ONE_DAY, WorkingCalendar
from obligations.chain import Roster, level_of
from obligations.deadlines import (
    COUNTED_BY_CYCLE,
    cycle_due,
    cycle_of,
    event_due,
    item_dues,
    plan_cycles,
    regulation_on,
    told_in,
    why_with_other,
)
from obligations.due import Due
from obligations.ladder import ladder_for
from obligations.model import (
    Agency,
    Item,
    Judged,
    Kind,
    LeadMode,
    LegKind,
    Part,
    Plan,
    Planned,
    SecondRole,
)
from obligations.period import ONCE, Period
from obligations.words import day, weekday


def task_key(item: str, agency: str, period: Period) -> str:
    """Write a task's identity: 1.2/x02719-2022/once."""
    return f"{item}/{agency}/{period}"


def row_key(item: str, agency: str, period: Period) -> str:
    """Write a row's identity: row/1.3/x02719-2022/2022-Q3-report."""
    return f"row/{item}/{agency}/{period}"


def unit_key(kind: Kind, agency: str, period: Period) -> str:
    """Write the identity of what belongs to no item: report/h082-2022/2022-Q3-report."""
    return f"{kind}/{agency}/{period}"


def foresee(plan: Plan, roster: Roster, calendar: WorkingCalendar) -> list[Planned]:
    """Return every obligation of the plan's life; events, which nobody can foresee, come by themselves.

    A group stands for whoever is in it on the day a duty opens: who is founded later owes what opens later,
    who has been dissolved owes nothing new.
    """
    return [
        *_tasks(plan, roster, calendar),
        *_own_plans(plan, roster, calendar),
        *_reports_and_rows(plan, roster, calendar),
        *_sheets(plan, roster, calendar),
    ]


def lead_agencies(item: Item, roster: Roster) -> tuple[str, ...]:
    """Return who answers for an item: each lead, or the first named of joint leads."""
    members = roster.members(item.leads)
    return members[:1] if item.lead_mode is LeadMode.JOINT else members


def holders_of(item: Item, due: Due, roster: Roster) -> tuple[str, ...]:
    """Return who owes one period of an item: a milestone's own holders, else who answers for the item."""
    return roster.members(due.leads) if due.leads else lead_agencies(item, roster)


def holders(item: Item, roster: Roster) -> tuple[str, ...]:
    """Return who owes an item or one of its milestones."""
    refs = {ref: None for step in item.deadline.steps for ref in step.leads}
    return tuple(dict.fromkeys((*lead_agencies(item, roster), *roster.members(tuple(refs)))))


def implementers(item: Item, roster: Roster) -> tuple[str, ...]:
    """Return the lead's hands with an account; a lead is never its own implementer."""
    bodies = tuple(s.body for s in item.second if s.role is SecondRole.IMPLEMENTS and s.has_account)
    leads = set(roster.members(item.leads))
    return tuple(a for a in roster.members(bodies) if a not in leads)


def asked_of(plan: Plan, roster: Roster, agency: str) -> tuple[Item, ...]:
    """Return what an invited body without a row of its own is asked for before each cycle.

    What part III asks of it, else the continuous items whose second column names it.
    """
    by_cycle = [item for item in plan.items if item.deadline.wording in COUNTED_BY_CYCLE]
    if any(agency in (*lead_agencies(item, roster), *implementers(item, roster)) for item in by_cycle):
        return ()
    asked = tuple(item for item in plan.requests if agency in lead_agencies(item, roster))
    return asked or tuple(item for item in by_cycle if agency in _second_bodies(item, roster))


def _second_bodies(item: Item, roster: Roster) -> tuple[str, ...]:
    return roster.members(tuple(s.body for s in item.second if s.has_account))


def _tasks(plan: Plan, roster: Roster, calendar: WorkingCalendar) -> Iterator[Planned]:
    for item in plan.assigned:
        if item.deadline.wording in COUNTED_BY_CYCLE:
            continue
        for due in item_dues(item, plan, calendar):
            for agency in map(roster.agencies.__getitem__, holders_of(item, due, roster.at(due.opened_on))):
                # A level's own day may lie before the plan was signed, where the day for all does not.
                if due.plan_day_for(agency) >= due.opened_on:
                    yield _task(plan, item, agency, due, calendar)


def _task(plan: Plan, item: Item, agency: Agency, due: Due, calendar: WorkingCalendar) -> Planned:
    last = due.day_for(agency)
    ladder = ladder_for(plan, kind=Kind.TASK, agency=agency, wording=item.deadline.wording)
    awaited = plan.item(item.waits_for) if item.waits_for else None
    return Planned(
        key=task_key(item.key, agency.id, due.period),
        kind=Kind.TASK,
        item=item.key,
        agency=agency.id,
        period=due.period,
        opened_on=due.opened_on,
        last_day=last,
        plan_day=due.plan_day_for(agency),
        target=calendar.previous_working(last),
        judged=due.judged,
        why=due.why_for(agency),
        ladder=ladder.key if ladder else None,
        waits_for=task_key(awaited.key, awaited.leads[0], ONCE) if awaited else None,
        waits_until=item.waits_until,
        ours=due.ours,
    )


def due_after_report(
    plan: Plan, roster: Roster, calendar: WorkingCalendar, *, place: str, period: Period, sent: date
) -> dict[date, list[str]]:
    """Return by day the tasks of a cycle's period that fall due when its report has been sent.

    The collator's report tells all items, a district's those that it or somebody below it leads.
    """
    cycle, year = cycle_of(plan, period)
    until = Period.of_month(year, cycle.month).last_day
    found: dict[date, list[str]] = {}
    for item in plan.assigned:
        if item.deadline.wording in COUNTED_BY_CYCLE:
            continue
        for due in item_dues(item, plan, calendar):
            leads = (roster.agencies[agency] for agency in holders_of(item, due, roster))
            told = place == plan.focal or any(place in (lead.id, *lead.desks) for lead in leads)
            if told and sent < due.last_day <= until and item.key not in found.get(due.last_day, ()):
                found.setdefault(due.last_day, []).append(item.key)
    return dict(sorted(found.items()))


def _own_plans(plan: Plan, roster: Roster, calendar: WorkingCalendar) -> Iterator[Planned]:
    days = plan.settings.plan_working_days
    last = calendar.add(plan.signed_on, days)
    why = f"Kế hoạch ký ngày {day(plan.signed_on)}, cộng {days} ngày làm việc → {weekday(last)}"
    for agency in roster.members(plan.planners):
        ladder = ladder_for(plan, kind=Kind.PLAN, agency=roster.agencies[agency])
        yield Planned(
            key=unit_key(Kind.PLAN, agency, ONCE),
            kind=Kind.PLAN,
            item=None,
            agency=agency,
            period=ONCE,
            opened_on=plan.signed_on,
            last_day=last,
            plan_day=last,
            target=last,
            judged=Judged.COMPLETION,
            why=why,
            ladder=ladder.key if ladder else None,
        )


def _reports_and_rows(plan: Plan, roster: Roster, calendar: WorkingCalendar) -> Iterator[Planned]:
    for cycle, year in plan_cycles(plan):
        by_level = {level: cycle_due(plan, cycle, year, calendar, level) for level in cycle.before_day}
        then = roster.at(by_level[plan.levels.top.key].opened_on)
        reporting = then.members(plan.planners)
        for agency in reporting:
            yield _report(plan, roster.agencies[agency], by_level)
        for item in plan.items:
            if item.deadline.wording in COUNTED_BY_CYCLE and told_in(item, plan, cycle, year):
                yield from _rows(plan, item, then, by_level, frozenset(reporting))
        for key in then.members(plan.invited):
            for item in asked_of(plan, then, key):
                yield _row(plan, item, roster.agencies[key], by_level, frozenset(reporting), Part.ASKED)


def _report(plan: Plan, agency: Agency, by_level: dict[str, Due]) -> Planned:
    due = by_level[level_of(agency, plan)]
    ladder = ladder_for(plan, kind=Kind.REPORT, agency=agency)
    return Planned(
        key=unit_key(Kind.REPORT, agency.id, due.period),
        kind=Kind.REPORT,
        item=None,
        agency=agency.id,
        period=due.period,
        opened_on=due.opened_on,
        last_day=due.last_day,
        plan_day=_plan_day(plan, agency, due, by_level),
        target=due.target,
        judged=due.judged,
        why=why_with_other(plan, due),
        ladder=ladder.key if ladder else None,
    )


def _plan_day(plan: Plan, agency: Agency, due: Due, by_level: dict[str, Due]) -> date:
    """Return the plan's own day of a cycle; it sets none for who reports to a place, or heads nobody."""
    inner = agency.desks or not (agency.heads or agency.level.top)
    return by_level[plan.levels.top.key].last_day if inner else due.last_day


def _rows(
    plan: Plan, item: Item, roster: Roster, by_level: dict[str, Due], reporting: frozenset[str]
) -> Iterator[Planned]:
    parts = [(Part.LEAD, lead_agencies(item, roster)), (Part.IMPLEMENTS, implementers(item, roster))]
    for part, agencies in parts:
        for agency in agencies:
            yield _row(plan, item, roster.agencies[agency], by_level, reporting, part)


def _row(
    plan: Plan,
    item: Item,
    agency: Agency,
    by_level: dict[str, Due],
    reporting: frozenset[str],
    part: Part,
) -> Planned:
    due = by_level[level_of(agency, plan)]
    through = agency.reports_through or agency.id
    ladder = ladder_for(plan, kind=Kind.ROW, agency=agency, leg=LegKind.REQUEST) if agency.invited else None
    return Planned(
        key=row_key(item.key, agency.id, due.period),
        kind=Kind.ROW,
        item=item.key,
        agency=agency.id,
        period=due.period,
        opened_on=due.opened_on,
        last_day=due.last_day,
        plan_day=_plan_day(plan, agency, due, by_level),
        target=due.target,
        judged=Judged.ARRIVAL,
        why=due.why,
        ladder=ladder.key if ladder else None,
        parent=unit_key(Kind.REPORT, through, due.period) if through in reporting else None,
        part=part,
    )


def _sheets(plan: Plan, roster: Roster, calendar: WorkingCalendar) -> Iterator[Planned]:
    opening = {m: max(m.last_day + ONE_DAY, plan.signed_on) for m in plan.settings.sheet_months}
    keepers = {m: roster.at(on).members(plan.sheet_keepers) for m, on in opening.items()}
    for agency in dict.fromkeys(key for found in keepers.values() for key in found):
        ladder = ladder_for(plan, kind=Kind.SHEET, agency=roster.agencies[agency])
        previous: str | None = None
        for month, opened in opening.items():
            last = (month.last_day + ONE_DAY).replace(day=plan.settings.sheet_last_day)
            if last < plan.signed_on or agency not in keepers[month]:
                continue
            key = unit_key(Kind.SHEET, agency, month)
            why = f"Theo dõi hằng tháng (III.2): tháng {month.month}/{month.year} → {weekday(last)}"
            yield Planned(
                key=key,
                kind=Kind.SHEET,
                item=None,
                agency=agency,
                period=month,
                opened_on=opened,
                last_day=last,
                plan_day=last,
                target=calendar.previous_working(last),
                judged=Judged.ARRIVAL,
                why=why,
                ladder=ladder.key if ladder else None,
                previous=previous,
            )
            previous = key


def foresee_event(
    plan: Plan, item: Item, agency: Agency, *, on: date, number: int, calendar: WorkingCalendar
) -> Planned:
    """Return the as-regulated task that a recorded event opens, dated by the rule in force that day."""
    rule = regulation_on(plan, item.key, on)
    return _task(plan, item, agency, event_due(rule, on, Period.of_event(number), calendar), calendar)
