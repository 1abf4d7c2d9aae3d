"""A deadline as the plan words it, and the value of the language of days behind it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from obligations.errors import Invalid
from obligations.period import Period
from obligations.terms import Before, By, Term, Within
from obligations.terms_again import Continuous, Each, Every
from obligations.terms_open import AsRegulated, Goal, Step, Steps


class Wording(StrEnum):
    """How the plan words a deadline; each is a value of `obligations.terms` and its neighbours."""

    BEFORE = "before"
    REPORT_BEFORE = "report_before"
    QUARTER = "quarter"
    EVERY_QUARTER = "every_quarter"
    CONTINUOUS = "continuous"
    AS_REGULATED = "as_regulated"
    BY_DAY = "by_day"
    WITHIN = "within"
    AT = "at"
    WINDOW = "window"
    AFTER_SIGNING = "after_signing"
    AFTER = "after"
    EACH = "each"
    AS_DIRECTED = "as_directed"
    GOAL = "goal"
    STEPS = "steps"


@dataclass(frozen=True, kw_only=True)
class Deadline:
    """A deadline as data: the wording's rule and what it needs."""

    wording: Wording
    day: date | None = None
    """The day named by `before`, `report_before` (not itself in time) or `by_day` (in time)."""
    quarter: Period | None = None
    """2022-Q3 for `quarter`."""
    inner_working_days: int = 0
    """How many working days earlier each level below a desk closes it (ours)."""
    term: Term | None = None
    """The value itself, where the plan's data says it as one."""

    @classmethod
    def of(cls, term: Term, inner_working_days: int = 0) -> Deadline:
        """Return the deadline that a value of the language of days is."""
        return cls(wording=Wording(term.ladder), term=term, inner_working_days=inner_working_days)

    def stated(self) -> Term:
        """Return the value; raises Invalid with the field a wording lacks."""
        if self.term is not None:
            return self.term
        return _of_a_wording(self)

    @property
    def once(self) -> Period | None:
        """The one period it is owed for; None of what comes again, has steps or waits for an event."""
        return self.stated().once

    @property
    def steps(self) -> tuple[Step, ...]:
        """Its milestones; none where it has one day."""
        return self.term.steps if isinstance(self.term, Steps) else ()

    @property
    def recurs(self) -> bool:
        """Whether it comes again by the calendar."""
        term = self.stated()
        return isinstance(term.term if isinstance(term, Goal) else term, Each)


def _of_a_wording(deadline: Deadline) -> Term:
    """Make the value of one of the seven wordings that a plan could say first."""
    match deadline.wording:
        case Wording.BEFORE | Wording.REPORT_BEFORE if deadline.day:
            return Before(at=deadline.day, arrives=deadline.wording is Wording.REPORT_BEFORE)
        case Wording.BY_DAY if deadline.day:
            return By(on=deadline.day)
        case Wording.QUARTER if deadline.quarter:
            return Within(period=deadline.quarter)
        case Wording.EVERY_QUARTER:
            return Each(every=Every.QUARTER, by_rule=True)
        case Wording.CONTINUOUS:
            return Continuous()
        case Wording.AS_REGULATED:
            return AsRegulated()
    raise Invalid("thiếu deadline.quarter" if deadline.wording is Wording.QUARTER else "thiếu deadline.day")
