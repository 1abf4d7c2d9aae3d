"""A house that is watched: started, rounds and mails of some days done, and what a monitor is told."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from typing import Any

import httpx

from store.engine import writing
from store.facts import put_fact
from store.plans import start
from tasks_lib.kernel.bootstrap import House
from tasks_lib.kernel.keys import PROBE, WELL, of_plan
from tasks_lib.mailing.deliver import deliver
from tasks_lib.rounds.sweep import sweep
from tasks_lib.watch.watchman import Watchman
from tests.support.life.stories import at, days
from tests.support.pages.portal import Portal, portal_of


@dataclass(frozen=True)
class Monitor:
    """Whoever looks from outside, without signing in."""

    portal: Portal
    client: httpx.Client

    @property
    def watchman(self) -> Watchman:
        """The portal's own watchman."""
        found: Watchman = self.portal.app.state.watchman
        return found

    def at(self, moment: str) -> None:
        """Let it be this instant."""
        self.portal.at(moment)

    def alive(self) -> tuple[int, str]:
        """What /healthz says."""
        answer = self.client.get("/healthz")
        return answer.status_code, answer.text

    def ready(self) -> tuple[int, dict[str, Any]]:
        """What /readyz says."""
        answer = self.client.get("/readyz")
        document: dict[str, Any] = answer.json()
        return answer.status_code, document

    def faults(self) -> dict[str, str]:
        """What /readyz finds wrong, by the check's name."""
        _, document = self.ready()
        return {check["name"]: check["said"] for check in document["checks"] if check["ok"] is not True}


@contextmanager
def monitored(house: House, moment: str) -> Iterator[Monitor]:
    """Run the portal of a house with a monitor that looks at it."""
    with portal_of(house, moment) as portal, portal.client() as client:
        yield Monitor(portal, client)


def started(house: House, on: str) -> None:
    """Let the real clock run the plan from a day on."""
    with writing(house.engine) as connection:
        start(connection, house.plan.key, date.fromisoformat(on), date.fromisoformat(on))


def lives(house: House, first: str, last: str) -> None:
    """Let round and delivery run on every day of a stretch, as the schedules have them.

    The self-test needs a portal that answers: here it is only said to have gone well.
    """
    for day in days(first, last):
        sweep(house, at(f"{day}T06:30"))
        deliver(house, at(f"{day}T07:30"))
        with writing(house.engine) as connection:
            put_fact(connection, of_plan(PROBE, house.plan.key), WELL, at(f"{day}T08:10"))


def until(condition: Callable[[], bool], seconds: float) -> None:
    """Wait for what another thread does; fail when it does not come."""
    patience = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < patience, f"it did not come within {seconds} s"
        time.sleep(0.02)
