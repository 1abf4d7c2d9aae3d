"""How agencies behave in a replay: pure, and decided by the seed and by names alone.

Every choice draws from a generator of its own, named after what it is about, so that nothing depends on the
order in which things are asked.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from random import Random
from typing import TypeVar

from obligations.calendar import WorkingCalendar
from obligations.kinds import OfKind
from obligations.model import Kind
from obligations.reasons import REASON_WORDS

SLOWEST = 15
"""Working days after the last day within which the late ones still report."""
DELAY_REASONS = tuple(REASON_WORDS.values())


class Manner(StrEnum):
    """What a unit does about one obligation."""

    IN_TIME = "in_time"
    LATE = "late"
    SILENT = "silent"
    PAPER = "paper"
    NOTHING_AROSE = "nothing_arose"
    NOT_COMPETENT = "not_competent"


class Verdict(StrEnum):
    """What a desk does about one report."""

    ACCEPT = "accept"
    ASK_MORE = "ask_more"
    SILENT = "silent"


Shares = Mapping[Manner, int]
Choice = TypeVar("Choice")


@dataclass(frozen=True, kw_only=True)
class Behaviour:
    """How a whole province behaves; shares are weights."""

    name: str
    characters: tuple[tuple[int, Shares], ...]
    """How many agencies are of which character, and how each of them answers."""
    verdicts: Mapping[Verdict, int]
    review_days: tuple[int, ...] = (1, 2)
    """Working days a desk takes, each as likely."""
    corrected: float = 1.0
    """The share of reports asked to be completed that are."""
    pauses: bool = False
    """Whether one district stops for a while, by flood."""


def _pure(name: str, manner: Manner) -> Behaviour:
    return Behaviour(name=name, characters=((1, {manner: 1}),), verdicts={Verdict.ACCEPT: 1})


DILIGENT: Shares = {Manner.IN_TIME: 93, Manner.LATE: 3, Manner.PAPER: 2, Manner.NOTHING_AROSE: 2}
ORDINARY: Shares = {
    Manner.IN_TIME: 77,
    Manner.LATE: 12,
    Manner.PAPER: 5,
    Manner.SILENT: 2,
    Manner.NOTHING_AROSE: 3,
    Manner.NOT_COMPETENT: 1,
}
ON_PAPER: Shares = {Manner.IN_TIME: 25, Manner.LATE: 5, Manner.PAPER: 66, Manner.SILENT: 4}
SLOW: Shares = {Manner.IN_TIME: 40, Manner.LATE: 36, Manner.PAPER: 4, Manner.SILENT: 20}

MIXED = Behaviour(
    name="mixed",
    characters=((38, DILIGENT), (44, ORDINARY), (10, ON_PAPER), (8, SLOW)),
    verdicts={Verdict.ACCEPT: 78, Verdict.ASK_MORE: 9, Verdict.SILENT: 13},
    review_days=(1, 1, 2, 2, 3, 4),
    corrected=0.8,
    pauses=True,
)
BEHAVIOURS: dict[str, Behaviour] = {
    b.name: b
    for b in (
        MIXED,
        _pure("punctual", Manner.IN_TIME),
        _pure("late", Manner.LATE),
        _pure("silent", Manner.SILENT),
        _pure("paper", Manner.PAPER),
    )
}


@dataclass(frozen=True, kw_only=True)
class Duty(OfKind):
    """What a unit sees of one obligation when it opens."""

    key: str
    kind: Kind
    agency: str
    opened_on: date
    last_day: date
    nothing_may_arise: bool = False


@dataclass(frozen=True, kw_only=True)
class Course:
    """What becomes of one obligation on the unit's side."""

    manner: Manner
    on: date | None = None
    """The working day on which it is entered; None for silence."""
    signed_on: date | None = None
    """The date of the signed document, where one is entered."""
    reason: str = ""
    """Of the delay, where it is late."""


@dataclass(frozen=True, kw_only=True)
class Review:
    """What becomes of one report on the desk's side."""

    verdict: Verdict
    on: date | None = None


@dataclass(frozen=True)
class Cast:
    """Everybody's behaviour under one seed."""

    behaviour: Behaviour
    seed: int
    calendar: WorkingCalendar

    def course(self, duty: Duty) -> Course:
        """Return what the unit does about an obligation."""
        dice = self.dice(duty.agency, duty.key)
        match self._manner(duty, dice):
            case Manner.SILENT:
                return Course(manner=Manner.SILENT)
            case Manner.LATE:
                return self._late(duty, dice)
            case Manner.PAPER:
                return self._on_paper(duty, dice)
            case manner:
                return self._in_time(manner, duty, dice)

    def review(self, key: str, version: int, entered_on: date) -> Review:
        """Return what the desk does about a version; a completed report is not sent back again."""
        dice = self.dice("review", key, str(version))
        verdict = _pick(dice, self.behaviour.verdicts)
        if verdict is Verdict.SILENT:
            return Review(verdict=verdict)
        if version > 1:
            verdict = Verdict.ACCEPT
        takes = dice.choice(self.behaviour.review_days)
        return Review(verdict=verdict, on=self.calendar.add(entered_on, takes))

    def correction(self, key: str, version: int, asked_on: date) -> date | None:
        """Return when a unit completes a report, within its three working days, or None if it does not."""
        dice = self.dice("correction", key, str(version))
        if dice.random() >= self.behaviour.corrected:
            return None
        return self.calendar.add(asked_on, dice.choice((1, 2, 2, 3)))

    def dice(self, *about: str) -> Random:
        """Return the generator for one matter; nothing else draws from it."""
        return Random(":".join((str(self.seed), *about)))  # noqa: S311 - a replay, not a secret

    def _manner(self, duty: Duty, dice: Random) -> Manner:
        characters = self.behaviour.characters
        who = self.dice(duty.agency)
        (shares,) = who.choices([s for _, s in characters], [weight for weight, _ in characters])
        manner = _pick(dice, shares)
        return manner if manner in _possible(duty) else Manner.IN_TIME

    def _in_time(self, manner: Manner, duty: Duty, dice: Random) -> Course:
        """Enter on a working day up to the last one, rather towards its end."""
        days = self._working_days(duty.opened_on, duty.last_day)
        if not days:
            return Course(manner=manner, on=self.calendar.next_working(duty.opened_on))
        return Course(manner=manner, on=days[int(dice.betavariate(2.5, 1.5) * len(days))])

    def _late(self, duty: Duty, dice: Random) -> Course:
        behind = 1 + int(dice.betavariate(1, 2.5) * SLOWEST)
        return Course(
            manner=Manner.LATE, on=self.calendar.add(duty.last_day, behind), reason=dice.choice(DELAY_REASONS)
        )

    def _on_paper(self, duty: Duty, dice: Random) -> Course:
        """Sign in time as a rule; the desk enters it some days later, often after the last day."""
        signed = self._in_time(Manner.PAPER, duty, dice).on
        if signed is None:
            return Course(manner=Manner.SILENT)
        entered = self.calendar.add(signed, dice.choice((1, 2, 2, 3, 4, 6)))
        return Course(manner=Manner.PAPER, on=entered, signed_on=signed)

    def _working_days(self, first: date, last: date) -> list[date]:
        day, days = self.calendar.next_working(first), []
        while day <= last:
            days.append(day)
            day = self.calendar.add(day, 1)
        return days


def _possible(duty: Duty) -> frozenset[Manner]:
    """A sheet is one button and no paper; "nothing arose" answers only where the plan's data says so."""
    ways = {Manner.IN_TIME, Manner.LATE, Manner.SILENT}
    if not duty.is_sheet:
        ways.add(Manner.PAPER)
    if duty.is_task:
        ways.add(Manner.NOT_COMPETENT)
        if duty.nothing_may_arise:
            ways.add(Manner.NOTHING_AROSE)
    return frozenset(ways)


def _pick(dice: Random, shares: Mapping[Choice, int]) -> Choice:
    (picked,) = dice.choices(list(shares), list(shares.values()))
    return picked
