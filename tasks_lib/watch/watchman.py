"""The watchman: looks at everything, remembers what it found, and is asked by pages and monitors."""

from __future__ import annotations

import logging
from collections.abc import Callable
from datetime import datetime, timedelta
from threading import Lock

from obligations.errors import DomainError
from store.engine import reading, writing
from store.journal import Happening, write
from tasks_lib.kernel.bootstrap import House
from tasks_lib.kernel.clock import now as machine_clock
from tasks_lib.watch.alarm import Alarm
from tasks_lib.watch.checks import CHECKS, DATABASE
from tasks_lib.watch.house_checks import remember_key
from tasks_lib.watch.model import Check, Finding, Sight, Told, wrong

log = logging.getLogger(__name__)

FRESH = timedelta(seconds=5)
"""So long one look answers everybody who asks: a flood of probes writes one row."""
UNSEEN = "chưa kiểm tra được vì cơ sở dữ liệu không trả lời"


class Watchman:
    """Watches one house by the clock it is given."""

    def __init__(self, house: House, clock: Callable[[], datetime]) -> None:
        self.house = house
        self.clock = clock
        self.findings: tuple[Finding, ...] = ()
        """What the last look found; pages read this and never look themselves."""
        self._alive: Finding | None = None
        self._lock = Lock()
        self._alarm = Alarm(house)

    @property
    def faults(self) -> tuple[Finding, ...]:
        """What is wrong, the gravest first."""
        return tuple(finding for finding in self.findings if finding.ok is False)

    def alive(self) -> Finding:
        """Say whether a row can be written and read; asked often, looked at every few seconds."""
        with self._lock:
            now = self.clock()
            if self._alive is None or not _is_fresh(self._alive, now, FRESH):
                self._alive = looked(DATABASE, self._sight(now))
            return self._alive

    def ready(self) -> tuple[Finding, ...]:
        """Return the findings of a look that is a few seconds old at most."""
        if not self.findings or not _is_fresh(self.findings[0], self.clock(), FRESH):
            self.look()
        return self.findings

    def watch(self) -> None:
        """Look, and tell ops what is new: what runs every minute beside the pages."""
        self._alarm.tell(self.look(), self.clock())

    def look(self) -> tuple[Finding, ...]:
        """Run every check whose time has come; one that breaks down is a finding and stops no other."""
        alive = self.alive()
        with self._lock:
            sight = self._sight(self.clock())
            known = {finding.name: finding for finding in self.findings}
            self.findings = (
                alive,
                *(self._found(c, sight, known, alive) for c in CHECKS if c is not DATABASE),
            )
            if alive.ok:
                self._remember(sight)
            return self.findings

    def _found(self, check: Check, sight: Sight, known: dict[str, Finding], alive: Finding) -> Finding:
        before = known.get(check.name)
        if before is not None and before.ok and check.every and _is_fresh(before, sight.now, check.every):
            return before
        if check.read is not None and not alive.ok:
            return Finding(name=check.name, title=check.title, ok=None, said=UNSEEN, at=sight.now)
        return looked(check, sight)

    def _remember(self, sight: Sight) -> None:
        try:
            with writing(self.house.engine) as connection:
                remember_key(sight, connection)
        except DomainError:
            log.exception("chưa ghi được dấu của khóa ký")

    def _sight(self, now: datetime) -> Sight:
        return Sight(house=self.house, now=now, real=self.clock is machine_clock)


def _is_fresh(finding: Finding, now: datetime, stretch: timedelta) -> bool:
    """Whether a finding is of the last while; a clock that was set back makes it old."""
    return timedelta() <= now - finding.at < stretch


def accept_key(house: House, at: datetime) -> None:
    """Take the key as it is now for the right one: ops have changed it on purpose."""
    with writing(house.engine) as connection:
        remember_key(Sight(house=house, now=at, real=False), connection, again=True)
        write(connection, Happening(at=at, plan=house.plan.key, what="key-accept"))


def looked(check: Check, sight: Sight) -> Finding:
    """Run one check and put what it said, or how it broke down, into a line."""
    told = _told(check, sight)
    # Where the house lies is nobody's business who looks from outside.
    said = told.said.replace(f"{sight.house.settings.home}/", "")
    return Finding(name=check.name, title=check.title, ok=told.ok, said=said, at=sight.now)


def _told(check: Check, sight: Sight) -> Told:
    try:
        if check.look is not None:
            return check.look(sight)
        assert check.read is not None
        with reading(sight.house.engine) as connection:
            return check.read(sight, connection)
    except DomainError as fault:
        return wrong(str(fault))
    except OSError as fault:
        return wrong(f"không đọc, ghi được: {fault.strerror or fault}")
    except Exception as fault:
        log.exception("không kiểm tra được: %s", check.name)
        return wrong(f"không kiểm tra được ({type(fault).__name__})")
