"""One leg of one obligation walked through days by the rule for one, for tests to compare with."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import date, timedelta

from obligations.calendar import WorkingCalendar
from obligations.ladder import Climb, DatedStep, Fire, Situation, decide, repeat_day, schedule
from obligations.model import Kind, Ladder, LadderRole, LadderStep, Rhythm, Role, Settings, StepRule

Bearing = Callable[[date], Situation]


@dataclass(frozen=True, kw_only=True)
class Leg:
    """A leg's frozen steps, from when they count, and how far it has come."""

    steps: tuple[DatedStep, ...]
    starts_on: date
    calendar: WorkingCalendar
    last_seq: int = 0
    in_turn: bool = False
    told_on: date | None = None
    repeats: int = 0
    settings: Settings | None = None
    """Where they are given, what repeats is told as well."""

    def fires(self, situation: Situation) -> Fire | None:
        """Return what fires in a situation, as `decide` says."""
        climb = Climb(
            starts_on=self.starts_on,
            last_seq=self.last_seq,
            in_turn=self.in_turn,
            told_on=self.told_on,
            repeat_on=self.due_again(),
        )
        return decide(self.steps, situation, climb, self.calendar)

    def due_again(self) -> date:
        """Return when what repeats is due, once all other steps have fired; without settings never."""
        if self.settings is None:
            return date.max
        if self.told_on is None:
            return self.steps[-1].fires_on
        return repeat_day(self.settings, self.told_on, self.calendar)

    def after(self, fire: Fire, on: date) -> Leg:
        """Return the leg once a step has fired on a day."""
        again = fire.step.repeats
        return replace(
            self,
            last_seq=fire.step.seq - again,
            in_turn=fire.in_turn,
            told_on=on,
            repeats=self.repeats + again,
        )


def nothing_special(on: date) -> Situation:
    """Describe an open obligation that nothing holds up."""
    return Situation(on=on)


def walk(leg: Leg, days: Iterable[date], bearing: Bearing = nothing_special) -> list[tuple[date, Fire]]:
    """Sweep a leg on each of the days and return what fired when."""
    fired = []
    for on in days:
        fire = leg.fires(bearing(on))
        if fire is not None:
            fired.append((on, fire))
            leg = leg.after(fire, on)
    return fired


def every_day(first: date, last: date) -> list[date]:
    """Return all calendar days from the first to the last."""
    return [first + timedelta(days=n) for n in range((last - first).days + 1)]


def steps_of(codes: dict[str, int], last_day: date, calendar: WorkingCalendar) -> tuple[DatedStep, ...]:
    """Return the dated steps of a ladder of our own, written as codes and working days."""
    steps = tuple(
        LadderStep(
            code=code,
            rule=StepRule.OFFSET,
            days=days,
            to=(LadderRole(role=Role.SELF),),
            rhythm=Rhythm.DAILY,
            template="remind",
        )
        for code, days in codes.items()
    )
    ladder = Ladder(key="test", kind=Kind.TASK, steps=steps)
    return schedule(ladder, last_day=last_day, opening=last_day, calendar=calendar)
