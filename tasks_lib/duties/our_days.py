"""The days that the plan does not set, as one duty needs them: which it is, and which document sets it."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import asdict, dataclass, replace
from datetime import date
from typing import Protocol

from sqlalchemy import Connection

from obligations.day_words import ASKED, SET, source
from obligations.days_of_ours import OF_A_CYCLE, Day, Paper, binding_day, is_proposed, paper_for
from obligations.model import Kind
from obligations.obligation import Obligation
from store.engine import reading
from store.our_days import MovedBy, papers, papers_moving
from tasks_lib.kernel.bootstrap import House
from tasks_lib.kernel.wording import deadline_text, name_of, way_of


class Dated(Protocol):
    """What of a duty says whose day it is, and which."""

    @property
    def kind(self) -> Kind: ...  # noqa: D102
    @property
    def item(self) -> str | None: ...  # noqa: D102
    @property
    def agency_id(self) -> str: ...  # noqa: D102
    @property
    def last_day(self) -> date: ...  # noqa: D102
    @property
    def plan_day(self) -> date: ...  # noqa: D102
    @property
    def ours(self) -> bool: ...  # noqa: D102


@dataclass(frozen=True, kw_only=True)
class Papers:
    """The documents that set days: by rule and place, and those that moved the day of one duty."""

    general: tuple[Paper, ...]
    moving: Mapping[int, Paper]


def read_papers(connection: Connection, house: House, ids: Collection[int] = ()) -> Papers:
    """Read the documents that set the days of some obligations."""
    moved = papers_moving(connection, ids) if ids else {}
    return Papers(
        general=tuple(papers(connection, house.plan.key)),
        moving={key: _moving(house, row) for key, row in moved.items()},
    )


def day_of(house: House, row: Dated, key: int, known: Papers, on: date) -> Day:
    """Return a duty's day with the document that sets it, as things are on a date."""
    kind, agency = row.kind, house.configuration.agencies.get(row.agency_id)
    day = Day(
        kind=kind,
        item=row.item,
        last_day=row.last_day,
        plan_day=row.plan_day,
        synthesis=kind in OF_A_CYCLE and row.agency_id == house.plan.focal,
        by_our_rule=row.ours,
    )
    general = paper_for(known.general, day, agency, on) if agency is not None else None
    paper = known.moving.get(key) or _giving(house, row.item) or general
    return replace(day, paper=paper) if paper is not None else day


@dataclass(frozen=True, kw_only=True)
class ToldDay:
    """How a page tells a duty's last day."""

    label: str
    """Whether it is set or asked for."""
    day: date
    proposed: bool
    source: str
    """What it rests on where the plan does not set it; "" for the plan's own."""


def told_day(house: House, row: Obligation, known: Papers, on: date) -> ToldDay:
    """Return how a duty's last day is told as things are on a date."""
    day = day_of(house, row, row.id, known, on)
    proposed = is_proposed(day, min(row.done_on or on, on))
    kept = day_asked_for(row.target, on) if proposed else None
    return ToldDay(
        label=ASKED if proposed else SET,
        day=kept or binding_day(day, on),
        proposed=proposed,
        source=source(
            day, deadline_text(house, row.kind, row.item, row.why), way_of(house, row.agency_id), kept
        ),
    )


def told_day_of(house: House, row: Obligation, on: date) -> ToldDay:
    """Return the same of one duty that stands alone on its page."""
    with reading(house.engine) as connection:
        return told_day(house, row, read_papers(connection, house, [row.id]), on)


def day_asked_for(target: date, on: date) -> date | None:
    """Return the day that is asked for where nobody sets one: the last working day, until it has passed."""
    return target if on <= target else None


def _giving(house: House, item: str | None) -> Paper | None:
    """Return the letter that gives a task beside the plan's own, and with it the day."""
    found = house.plan.item(item) if item else None
    given = found.given if found else None
    return Paper(**asdict(given), gives=True) if given else None


def _moving(house: House, row: MovedBy) -> Paper:
    """A day moves by a document of UBND tỉnh, or of the district that moves the inner day of its commune."""
    issuer = house.plan.issuer if row.by == house.plan.focal else name_of(house, row.by)
    return Paper(number=row.document_number, signed_on=row.document_on, issuer=issuer)
