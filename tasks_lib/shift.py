"""What one pass of flows shares: the house, the instant, and what the sweep of that instant found."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from datetime import datetime

from store.engine import reading
from store.plans import started_on
from tasks_lib.bootstrap import House
from tasks_lib.usecases.outlook import Outlook, duty_outlooks, outlooks
from tasks_lib.usecases.sweep import SweepReport, sweep


@dataclass
class Shift:
    """One instant's work; 39 flows of a round share one sweep and one reading of the database."""

    house: House
    as_of: datetime
    swept: bool
    """True when somebody else has made the sweep: nothing is swept again."""
    report: SweepReport | None = None
    known: dict[str, Outlook] = field(default_factory=dict)

    def plan_started(self) -> bool:
        """Whether the plan may run by the real clock (`dondoc plan start`)."""
        with reading(self.house.engine) as connection:
            return started_on(connection, self.house.plan.key) is not None

    def bring_up_to_date(self, item: str | None = None) -> SweepReport | None:
        """Sweep one item, or everything, unless that has been done."""
        if not self.swept:
            self.report = sweep(self.house, self.as_of, item)
            self.swept = True
        return self.report

    def outlook(self, subject: str) -> Outlook:
        """Return how a subject stands after the sweep; all subjects are read at once."""
        if subject not in self.known:
            self.known = {**outlooks(self.house, self.as_of), **duty_outlooks(self.house, self.as_of)}
        return self.known[subject]


_current: ContextVar[Shift] = ContextVar("shift")


def current_shift() -> Shift:
    """Return the shift that is running."""
    return _current.get()


def shared_shift() -> Shift | None:
    """Return the shift of the round that calls, or None for a flow that runs alone."""
    return _current.get(None)


@contextmanager
def working(shift: Shift) -> Iterator[Shift]:
    """Make a shift the current one for what runs within."""
    token = _current.set(shift)
    try:
        yield shift
    finally:
        _current.reset(token)
