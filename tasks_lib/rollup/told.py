"""What units have told: every value with where it stands, and what was told under the plans before."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime

from sqlalchemy import Connection

from obligations.model import Figure
from obligations.period import Period
from obligations.rollup import Source
from tasks_lib.kernel.bootstrap import House
from tasks_lib.rollup.sql.rollup import Heard, Reach, heard


def told_before(
    connection: Connection, house: House, reach: Reach, found: Iterable[Heard], until: datetime
) -> list[Heard]:
    """Return what was told under the plans that this one goes on from, of the same items in the same year.

    What has been told under a newer one too counts there alone, so that nothing counts twice.
    """
    told = {_what(h) for h in found if h.handed_in}
    earlier: list[Heard] = []
    for plan in _chain(house):
        more = [h for h in heard(connection, replace(reach, plan=plan), until) if h.handed_in]
        earlier += (h for h in more if _what(h) not in told)
        told |= {_what(h) for h in more}
    return earlier


def _chain(house: House) -> list[str]:
    """Return the plans before this one, the newest first, as far back as the configuration names them."""
    before = {plan.key: plan.predecessor for plan in house.configuration.plans}
    found: list[str] = []
    plan = house.plan.predecessor
    while plan is not None and plan not in found:
        found.append(plan)
        plan = before.get(plan)
    return found


def _what(h: Heard) -> tuple[str | None, str, str, Period]:
    return h.item, h.part, h.agency, h.period


def sources_of(figure: Figure, found: Iterable[Heard], *, estimates: bool = False) -> list[Source]:
    """Return every value given for a figure, and where it stands; who gave nothing is absent, not zero."""
    sources = []
    for h in found:
        value = (h.estimates if estimates else h.figures).get(figure.key)
        if h.handed_in and value is not None:
            sources.append(
                Source(
                    agency=h.agency,
                    obligation=h.key,
                    version=h.figures_version,
                    period=h.period,
                    until=h.last_day,
                    value=value,
                )
            )
    return sources
