"""What a look consists of: one check a row, what it reads, and the words for what it found."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import Connection

from tasks_lib.kernel.bootstrap import House
from tasks_lib.kernel.clock import local_day

AT_EVERY_LOOK = timedelta()
HOURLY = timedelta(hours=1)
DAILY = timedelta(days=1)


@dataclass(frozen=True, kw_only=True)
class Finding:
    """What one check found."""

    name: str
    """As monitors and scripts know it: round, mail, disk."""
    title: str
    """As the page of operations calls it."""
    ok: bool | None
    """None: it could not be looked at, for the database does not answer."""
    said: str
    """One line: what is wrong, or how it stands."""
    at: datetime

    def as_json(self) -> dict[str, str | bool | None]:
        """Return the document monitors read."""
        return {"name": self.name, "title": self.title, "ok": self.ok, "said": self.said}


@dataclass(frozen=True, kw_only=True)
class Told:
    """What a check says: whether all is well, and in which words."""

    ok: bool
    said: str


def well(said: str = "bình thường") -> Told:
    """Say that nothing is wrong."""
    return Told(ok=True, said=said)


def wrong(said: str) -> Told:
    """Say what is wrong."""
    return Told(ok=False, said=said)


@dataclass(frozen=True, kw_only=True)
class Sight:
    """What a check may look at."""

    house: House
    now: datetime
    real: bool
    """Whether `now` is the machine's own clock, and not a demonstration's."""

    @property
    def plan(self) -> str:
        """The key of the plan that is watched."""
        return self.house.plan.key

    @property
    def on(self) -> date:
        """The local day."""
        return local_day(self.now)


Look = Callable[[Sight], Told]
"""A check of the house: files, key, disk."""
Read = Callable[[Sight, Connection], Told]
"""A check that asks the database."""


@dataclass(frozen=True, kw_only=True)
class Check:
    """One row of the table of checks."""

    name: str
    title: str
    look: Look | None = None
    read: Read | None = None
    every: timedelta = AT_EVERY_LOOK
    """What is dear to look at is not looked at every minute."""
