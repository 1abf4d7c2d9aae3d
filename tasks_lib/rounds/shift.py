"""What one pass of flows shares: the house, the instant, and what the sweep of that instant found."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import replace
from datetime import date, datetime, timedelta

from store.actor import acting, current_actor
from store.counts import swept_on
from store.engine import reading
from store.plans import runs_on
from tasks_lib.kernel.bootstrap import House
from tasks_lib.kernel.clock import local_day
from tasks_lib.rounds.outlook import Outlook, duty_outlooks, outlooks
from tasks_lib.rounds.sweep import SweepReport, sweep


class Shift:
    """One instant's work; 39 flows of a round share one sweep and one reading of the database.

    Tasks are handed it. It is no dataclass, for Prefect looks through those: down to every item of a plan.
    """

    def __init__(self, house: House, as_of: datetime, swept: bool = False) -> None:
        self.house = house
        self.as_of = as_of
        self.swept = swept
        """True when somebody else has made the sweep: nothing is swept again."""
        self.report: SweepReport | None = None
        self.known: dict[str, Outlook] = {}
        self.known_before: dict[str, Outlook] = {}
        self.beside: tuple[str, ...] = ()
        """The other plans looked after at the same time: what they tell the same offices joins in."""
        self.swept_before: date | None = None
        """The last day the whole plan had been swept when this shift's own sweep began."""

    def plan_started(self) -> bool:
        """Whether the plan may run by the real clock (`dondoc plan start`)."""
        with reading(self.house.engine) as connection:
            return runs_on(connection, self.house.plan.key, local_day(self.as_of))

    def bring_up_to_date(self, item: str | None = None) -> SweepReport | None:
        """Sweep one item, or everything, unless that has been done."""
        if not self.swept:
            with reading(self.house.engine) as connection:
                self.swept_before = swept_on(connection, self.house.plan.key)
            self.report = sweep(self.house, self.as_of, item)
            self.swept = True
        return self.report

    def outlook(self, subject: str) -> Outlook:
        """Return how a subject stands after the sweep; all subjects are read at once."""
        if subject not in self.known:
            self.known = self._read(self.as_of)
        return self.known[subject]

    def before(self, subject: str) -> Outlook:
        """Return how a subject stood when last looked at: the day before, longer ago after an outage."""
        if subject not in self.known_before:
            gone_by = max((local_day(self.as_of) - self.swept_before).days if self.swept_before else 0, 1)
            self.known_before = self._read(self.as_of - timedelta(days=gone_by))
        return self.known_before[subject]

    def _read(self, as_of: datetime) -> dict[str, Outlook]:
        return {**outlooks(self.house, as_of), **duty_outlooks(self.house, as_of)}


_shared: ContextVar[Shift | None] = ContextVar("shift", default=None)
"""What a round shares with the flows it starts, whose parameters go to the server as JSON (ADR 0040)."""


def shared_shift() -> Shift | None:
    """Return the shift of the round that calls, or None for a flow that runs alone."""
    return _shared.get()


@contextmanager
def sharing(shift: Shift) -> Iterator[None]:
    """Let the flows that are started within work on one shift."""
    token = _shared.set(shift)
    try:
        yield
    finally:
        _shared.reset(token)


@contextmanager
def working(shift: Shift) -> Iterator[Shift]:
    """Let what is done within stand in the journal as done by a flow."""
    with acting(replace(current_actor(), channel="flow")):
        yield shift
