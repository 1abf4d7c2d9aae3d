"""What units have told: every value with where it stands, and what was told under the plan before."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime

from sqlalchemy import Connection

from obligations.model import Figure
from obligations.rollup import Source
from tasks_lib.kernel.bootstrap import House
from tasks_lib.rollup.sql.rollup import Heard, Reach, heard


def told_before(
    connection: Connection, house: House, reach: Reach, found: Iterable[Heard], until: datetime
) -> list[Heard]:
    """Return what was told under the plan that this one goes on from, of the same items in the same year.

    What has been told under this one too counts here alone, so that nothing counts twice.
    """
    before = house.plan.predecessor
    if before is None:
        return []
    told = {(h.item, h.part, h.agency, h.period) for h in found if h.handed_in}
    earlier = heard(connection, replace(reach, plan=before), until)
    return [h for h in earlier if h.handed_in and (h.item, h.part, h.agency, h.period) not in told]


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
