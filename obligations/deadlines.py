"""From the plan's wording to a last day, and why, in words that can be checked against the paper."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from obligations.calendar import ONE_DAY, WorkingCalendar
from obligations.due import Due
from obligations.errors import Invalid
from obligations.inner_days import inner_days
from obligations.levels import Level
from obligations.model import Cycle, Item, Judged, Plan, Regulation, Wording
from obligations.period import Period, quarters
from obligations.terms import UNIT_WORDS, Life, Term, Turn, Unit, after, last_day_before, moved
from obligations.terms_again import Continuous
from obligations.terms_open import Steps
from obligations.words import count, day, weekday

FOCAL = "focal"
CLOSED_BEFORE = 2
"""Working days from the day on which figures close to the target of the report they are for."""
WORKING = "working"
"""How a rule says that it counts working days."""
COUNTED_BY_CYCLE = (Wording.CONTINUOUS, Wording.AS_REGULATED, Wording.AFTER, Wording.AS_DIRECTED)
"""What has no last day of itself: a row in each report; an event may open a task."""
OPENED_BY_EVENT = (Wording.AS_REGULATED, Wording.AFTER, Wording.AS_DIRECTED)
"""What an event opens, where a rule says by when."""


def rolled(end: date, calendar: WorkingCalendar) -> date:
    """Move an end on a day off to the next working day.

    Civil Code 2015, articles 147 and 148, by analogy: only for periods counted from an event or quarter end.
    """
    return calendar.next_working(end)


def item_dues(item: Item, plan: Plan, calendar: WorkingCalendar) -> list[Due]:
    """Return every period of the plan's life that the item is owed for, in order."""
    term = item.term()
    if item.deadline.wording in COUNTED_BY_CYCLE:
        told = (pair for pair in plan_cycles(plan) if told_in(item, plan, *pair))
        return [cycle_due(plan, cycle, year, calendar) for cycle, year in told]
    if item.deadline.wording is Wording.EVERY_QUARTER:
        return list(_every_quarter(item, plan, calendar))
    life = Life(
        first=plan.signed_on, last=plan.valid_until, calendar=calendar, after_end=item.owed_after_validity
    )
    return [_of_turn(item, term, turn, plan, calendar) for turn in term.turns(life)]


def _of_turn(item: Item, term: Term, turn: Turn, plan: Plan, calendar: WorkingCalendar) -> Due:
    """Return what one turn of a value comes to in a plan: its target, inner days, holders and reason."""
    step = term.steps[turn.step - 1] if isinstance(term, Steps) else None
    why = turn.why(item.deadline_text)
    inner = inner_days(plan.levels, turn.last, item.deadline.inner_working_days, calendar, why)
    arrives = step.term.arrives if step else term.arrives
    return Due(
        period=turn.period,
        opened_on=item.opens(turn.opens),
        last_day=turn.last,
        target=calendar.previous_working(turn.last),
        why=_with_target(why, turn.last, calendar),
        judged=Judged.ARRIVAL if arrives else Judged.COMPLETION,
        inner={level: day for level, (day, _) in inner.items()},
        inner_why={level: reason for level, (_, reason) in inner.items()},
        of_levels={
            level: (day, _with_target(f"'{item.deadline_text}' → {how}", day, calendar))
            for level, day, how in turn.levels
        },
        ours=turn.strived,
        leads=step.leads if step else (),
        product=step.product if step else "",
    )


def told_in(item: Item, plan: Plan, cycle: Cycle, year: int) -> bool:
    """Whether an item without a day of its own has a row in a cycle's report."""
    term = item.term()
    if not isinstance(term, Continuous):
        return True
    top = plan.levels.top.key
    return term.told_in(
        cycle.month, cycle_opened_on(plan, cycle, year, top), cycle_last_day(cycle, year, top)
    )


def _every_quarter(item: Item, plan: Plan, calendar: WorkingCalendar) -> Iterator[Due]:
    """Yield each quarter that ends within the plan's life, dated by the rule in force on its last day."""
    for period in quarters(plan.signed_on, plan.valid_until):
        end = period.last_day
        if end > plan.valid_until:
            return
        rule = regulation_on(plan, item.key, end)
        counted = after(end, rule.days, _unit(rule), calendar)
        last = rolled(counted, calendar)
        if last > plan.valid_until and not item.owed_after_validity:
            continue
        why = (
            f"'{item.deadline_text}' → {period.name()} hết ngày {day(end)}, cộng {_days_of(rule)}"
            f" ({rule.basis}) → {weekday(counted)}{moved(counted, last)}"
        )
        yield Due(
            period=period,
            opened_on=max(period.first_day, plan.signed_on),
            last_day=last,
            target=last,
            why=why,
            judged=Judged.COMPLETION,
            ours=rule.ours,
        )


def plan_cycles(plan: Plan) -> list[tuple[Cycle, int]]:
    """Return the report cycles whose last day falls within the plan's life, in order of time."""
    top = plan.levels.top.key
    found = [
        (cycle, year)
        for year in range(plan.signed_on.year, plan.valid_until.year + 1)
        for cycle in plan.cycles
        if runs_in(cycle, year, top)
        and plan.signed_on <= cycle_last_day(cycle, year, top) <= plan.valid_until
    ]
    return sorted(found, key=lambda pair: cycle_last_day(pair[0], pair[1], top))


def runs_in(cycle: Cycle, year: int, level: str) -> bool:
    """Whether a cycle's report of a year falls due for a level: it is of that year, and not switched off."""
    if cycle.only not in (None, year):
        return False
    return cycle.off_from is None or cycle_last_day(cycle, year, level) < cycle.off_from


def cycle_last_day(cycle: Cycle, year: int, level: str) -> date:
    """Return a level's last day in a cycle; levels are the chain's and `focal`."""
    return last_day_before(date(year, cycle.month, cycle.before_day[level]))


def closing_day(cycle: Cycle, year: int, level: str, calendar: WorkingCalendar) -> date:
    """Return the day on which a level's figures close: at latest the configured one.

    Two working days are left up to the target, so that at least one lies between closing and sending
    (Decree 09/2019, article 8, clause 5), also where the target falls back over a weekend.
    """
    target = calendar.previous_working(cycle_last_day(cycle, year, level))
    return min(date(year, cycle.month, cycle.close_day[level]), calendar.add(target, -CLOSED_BEFORE))


def closing_why(cycle: Cycle, year: int, level: str, calendar: WorkingCalendar) -> str:
    """Say why the figures of a level close on that day."""
    closes, named = closing_day(cycle, year, level, calendar), date(year, cycle.month, cycle.close_day[level])
    if closes == named:
        return f"chốt số liệu {weekday(closes)}"
    target = calendar.previous_working(cycle_last_day(cycle, year, level))
    return (
        f"chốt số liệu chậm nhất ngày {day(named)}, trước ngày gửi ({weekday(target)})"
        f" {count(CLOSED_BEFORE)} ngày làm việc → {weekday(closes)}"
    )


def cycle_of(plan: Plan, period: Period) -> tuple[Cycle, int]:
    """Return which cycle of which year a report's period is."""
    cycle = plan.cycle(period.cycle)
    if cycle is None or period.year is None:
        raise Invalid(f"kế hoạch không có kỳ báo cáo '{period}'")
    return cycle, period.year


def cycle_opened_on(plan: Plan, cycle: Cycle, year: int, level: str) -> date:
    """Return the day after the level's last day in the cycle before, never before signing."""
    own = cycle_last_day(cycle, year, level)
    earlier = (
        cycle_last_day(other, its_year, level)
        for other in plan.cycles
        for its_year in (year, year - 1)
        if other.series == cycle.series and runs_in(other, its_year, level)
    )
    before = max((last for last in earlier if last < own), default=date.min)
    return max(before + ONE_DAY, plan.signed_on)


def cycle_due(
    plan: Plan, cycle: Cycle, year: int, calendar: WorkingCalendar, level: str | None = None
) -> Due:
    """Return what a cycle asks of a level, or of the highest; lower ones' earlier day is [ours]."""
    levels = plan.levels
    level = level or levels.top.key
    last = cycle_last_day(cycle, year, level)
    named = f"'trước ngày {cycle.before_day[level]}' tháng {cycle.month}/{year}"
    why = f"{cycle.name}: {named} → ngày {cycle.before_day[level]} không tính → {weekday(last)}"
    inner = levels.below_desks if level == levels.top.key else ()
    return Due(
        period=Period.of_cycle(year, cycle.key),
        opened_on=cycle_opened_on(plan, cycle, year, level),
        last_day=last,
        target=calendar.previous_working(last),
        why=_with_target(why, last, calendar),
        judged=Judged.ARRIVAL,
        inner={lower.key: cycle_last_day(cycle, year, lower.key) for lower in inner},
        inner_why={lower.key: _inner_why(plan, cycle, year, calendar, lower) for lower in inner},
    )


def why_with_other(plan: Plan, due: Due) -> str:
    """Say why a report is due on its day, and in which other plan's report it is answered."""
    other = plan.answered_in(due.period)
    return f"{due.why}; gửi chung một báo cáo với Kế hoạch {other}" if other else due.why


def _inner_why(plan: Plan, cycle: Cycle, year: int, calendar: WorkingCalendar, level: Level) -> str:
    before = f"{cycle.before_day[level.key]}/{cycle.month}/{year}"
    return (
        f"{cycle.name}: {level.name} {closing_why(cycle, year, level.key, calendar)};"
        f" gửi {plan.levels.above(level).agency} trước ngày {before}"
        f" → {weekday(cycle_last_day(cycle, year, level.key))}"
    )


def regulation_on(plan: Plan, item: str, on: date) -> Regulation:
    """Return the rule in force for an item on an event's day, or a quarter's last; or raise Invalid."""
    for rule in plan.regulations:
        if rule.item == item and rule.valid_from <= on and (rule.valid_to is None or on <= rule.valid_to):
            return rule
    raise Invalid(f"nhiệm vụ {item}: không có quy định nào áp dụng cho ngày {day(on)}")


def event_due(rule: Regulation, on: date, period: Period, calendar: WorkingCalendar) -> Due:
    """Return the last day that an event's rule sets; the day of the event is not counted."""
    if rule.count == "first_january":
        last = on if (on.month, on.day) == (1, 1) else date(on.year + 1, 1, 1)
        why = (
            f"{rule.trigger}: ngày {day(on)} → công khai từ ngày 01 tháng 01 ({rule.basis}) → {weekday(last)}"
        )
        return Due(
            period=period,
            opened_on=on,
            last_day=last,
            target=calendar.previous_working(last),
            why=_with_target(why, last, calendar),
            judged=Judged.COMPLETION,
            ours=rule.ours,
        )
    counted = after(on, rule.days, _unit(rule), calendar)
    last = rolled(counted, calendar)
    why = (
        f"{rule.trigger}: ngày {day(on)} không tính, cộng {_days_of(rule)} ({rule.basis})"
        f" → {weekday(counted)}{moved(counted, last)}"
    )
    return Due(
        period=period,
        opened_on=on,
        last_day=last,
        target=last,
        why=why,
        judged=Judged.COMPLETION,
        ours=rule.ours,
    )


def _unit(rule: Regulation) -> Unit:
    return {WORKING: Unit.WORKING, Unit.MONTH.value: Unit.MONTH}.get(rule.count, Unit.DAY)


def _days_of(rule: Regulation) -> str:
    return f"{rule.days} {UNIT_WORDS[_unit(rule)]}"


def _with_target(why: str, last: date, calendar: WorkingCalendar) -> str:
    target = calendar.previous_working(last)
    if target == last:
        return why
    return f"{why} (ngày nghỉ; phấn đấu hoàn thành {weekday(target)})"
