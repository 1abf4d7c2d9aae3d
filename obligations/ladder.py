"""The ladder: which step fires for one obligation on one day (domain part 6).

This is the rule as an official would read it; `tasks_lib.rounds.sql.sweep` does the same for all at once,
and a property test compares the two.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from obligations.calendar import ONE_DAY, WorkingCalendar
from obligations.deeds import HAND_OVER
from obligations.model import (
    Agency,
    Kind,
    Ladder,
    LadderRole,
    LadderStep,
    LegKind,
    Plan,
    Planned,
    Rhythm,
    Role,
    Settings,
    StepRule,
    Wording,
)

CORRECTION = "correction"
"""The template of what is told of a correction."""
GIVING = frozenset({"opening", HAND_OVER})
"""Steps that give a unit a duty, and remind it of nothing."""
LIST = "list"
"""The step that enters the list "Đề xuất báo cáo UBND tỉnh": a turn of its own, whoever reads the list."""


@dataclass(frozen=True, kw_only=True)
class DatedStep:
    """A step with its day; steps of a schedule are numbered in the order of their days."""

    seq: int
    code: str
    fires_on: date
    to: tuple[LadderRole, ...]
    rhythm: Rhythm
    template: str
    repeats: bool = False
    """Again and again until there is an answer, once all other steps have fired."""
    ends_turn: bool = True
    """The step after it tells somebody else, so that a leg going in turn does not pass over it."""


@dataclass(frozen=True, kw_only=True)
class Fire:
    """A step that is due now, and the earlier ones that could not be sent."""

    step: DatedStep
    missed: tuple[str, ...]
    to: tuple[LadderRole, ...]
    in_turn: bool = False
    """From now on the leg goes in turn."""


@dataclass(frozen=True, kw_only=True)
class Situation:
    """All that bears on whether a leg fires on a day."""

    on: date
    active: bool = True
    """The leg's holder has the ball (an open obligation's lead leg, a waiting review's review leg)."""
    paused: bool = False
    paused_until: date | None = None
    """The latest end of the holder's pauses that have begun; None when there was none."""
    awaited: bool = False
    """What the obligation waits for is neither done nor past its day."""
    streak: int = 1
    """For a sheet: months missed in a row, this one included."""


def ladder_for(
    plan: Plan, *, kind: Kind, agency: Agency, wording: Wording | None = None, leg: LegKind = LegKind.LEAD
) -> Ladder | None:
    """Return the first ladder of the file that fits, or None where none is foreseen."""
    for ladder in plan.ladders:
        if (
            ladder.leg == leg
            and ladder.kind is kind
            and ladder.level in (None, agency.level.key)
            and ladder.desks <= len(agency.desks)
            and ladder.wording in (None, wording)
            and (not ladder.focal or agency.id == plan.focal)
        ):
            return ladder
    return None


def opening_day(plan: Plan, last_day: date, calendar: WorkingCalendar) -> date:
    """Return the day of the opening letter; what is due very soon is told on the signing day."""
    if last_day < calendar.add(plan.signed_on, plan.settings.urgent_working_days + 1):
        return calendar.next_working(plan.signed_on)
    return calendar.add(plan.signed_on, plan.settings.opening_working_days)


def first_told(plan: Plan, planned: Planned, calendar: WorkingCalendar) -> date:
    """Return the day on which a unit first hears of a duty: the opening letter's, or as it comes later."""
    letter = opening_day(plan, planned.last_day, calendar)
    item = plan.item(planned.item) if planned.item else None
    if planned.period.is_event or (item is not None and item.given is not None):
        return max(letter, calendar.next_working(planned.opened_on))
    return letter


def schedule(
    ladder: Ladder, *, last_day: date, opening: date, calendar: WorkingCalendar
) -> tuple[DatedStep, ...]:
    """Give each step of a ladder its day; the result is frozen when the obligation opens."""
    once = [step for step in ladder.steps if step.rule is not StepRule.REPEAT]
    days = [(_day(step, last_day, opening, calendar), step) for step in once]
    ordered = sorted(days, key=lambda pair: pair[0])  # stable: the file's order decides within a day
    end = calendar.add(ordered[-1][0] if ordered else last_day, 1)
    ordered += [(end, step) for step in ladder.steps if step.rule is StepRule.REPEAT]
    following: list[frozenset[str] | None] = [*(audience(step) for _, step in ordered[1:]), None]
    return tuple(
        DatedStep(
            seq=seq,
            code=step.code,
            fires_on=on,
            to=step.to,
            rhythm=step.rhythm,
            template=step.template,
            repeats=step.rule is StepRule.REPEAT,
            ends_turn=audience(step) != following[seq - 1],
        )
        for seq, (on, step) in enumerate(ordered, start=1)
    )


def audience(step: LadderStep | DatedStep) -> frozenset[str]:
    """Return whom a step tells, the unit and its own leader being one; the list is nobody's but its own."""
    if step.code == LIST:
        return frozenset({LIST})
    return frozenset(Role.SELF if to.role is Role.DIRECTOR else to.role for to in step.to)


def repeat_day(settings: Settings, on: date, calendar: WorkingCalendar) -> date:
    """Return when a unit is told again after a day on which it was: before a giao ban, if that is sooner."""
    before = (calendar.add(day, -1) for day in settings.briefings)
    return min([calendar.add(on, settings.repeat_working_days), *(day for day in before if day > on)])


def _day(step: LadderStep, last_day: date, opening: date, calendar: WorkingCalendar) -> date:
    match step.rule:
        case StepRule.OFFSET:
            # Before the day one counts from the target: on a day off nobody does what falls due.
            return calendar.add(calendar.previous_working(last_day) if step.days < 0 else last_day, step.days)
        case StepRule.OPENING:
            return opening
        case StepRule.UP_TO_DAY:
            # Also what opens on days off, or is opened again after its day, reminds the unit first.
            asked = calendar.previous_working(min(last_day.replace(day=step.days), last_day))
            return asked if asked >= opening else calendar.add(opening, 1)
        case StepRule.AFTER_LAST_DAY | StepRule.REPEAT:
            return calendar.next_working(last_day + ONE_DAY)


@dataclass(frozen=True, kw_only=True)
class Climb:
    """How far a leg has climbed its ladder."""

    starts_on: date
    last_seq: int = 0
    """The highest step that has fired; 0 where none has."""
    in_turn: bool = False
    told_on: date | None = None
    """The day it last fired."""
    repeat_on: date | None = None
    """When what repeats is due."""


def decide(
    steps: Iterable[DatedStep], situation: Situation, climb: Climb, calendar: WorkingCalendar
) -> Fire | None:
    """Return what fires: only the highest step due, once, naming the earlier ones that were missed.

    A step whose day lies before `starts_on` is skipped; nothing fires on a day off, during a pause, or while
    the obligation waits for another.

    Of a leg born late, or kept back by a pause over the first step due, the steps go in turn, one a working
    day: the unit gets its own highest step first, then each above it theirs. So nobody above hears before the
    unit, and the list never comes before Sở Nội vụ has been told. `told_on` is the day it last fired.

    The repeating step never takes another's place: it is due when all others have fired, on `repeat_on`.
    """
    if not situation.active or situation.paused or situation.awaited:
        return None
    if not calendar.is_working(situation.on):
        return None
    if climb.told_on is not None and climb.told_on >= situation.on:
        return None
    due = [
        s for s in steps if s.seq > climb.last_seq and climb.starts_on <= _due_on(s, climb) <= situation.on
    ]
    if not due:
        return None
    kept_back = situation.paused_until is not None and situation.paused_until >= due[0].fires_on
    in_turn = climb.in_turn or kept_back
    top = next((s for s in due if in_turn and s.ends_turn), due[-1])
    to = tuple(role for role in top.to if role.min_streak <= situation.streak)
    missed = tuple(s.code for s in due if s.seq < top.seq)
    return Fire(step=top, missed=missed, to=to, in_turn=in_turn)


def _due_on(step: DatedStep, climb: Climb) -> date:
    if not step.repeats:
        return step.fires_on
    return (climb.repeat_on or step.fires_on) if step.seq == climb.last_seq + 1 else date.max
