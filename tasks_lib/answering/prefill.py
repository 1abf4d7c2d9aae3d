"""What stands beside a form's fields: the last period, what has added up, and what the units below have said.

Nothing is handed in by it: a unit carries what still holds and writes the rest.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cached_property

from sqlalchemy import Connection

from obligations.errors import Invalid
from obligations.figures import Value, asks_events, events_figure
from obligations.kinds import OfKind
from obligations.mergers import adds_up, of_all
from obligations.model import Figure, Item, Kind, Part, SecondRole
from obligations.obligation import Obligation
from obligations.period import Period
from obligations.rollup import Source, Total, consolidates, over_time
from obligations.successors import Extent
from store.engine import reading
from tasks_lib.answering.cycle_form import asked_figures, item_of
from tasks_lib.answering.sql.agenda import wanted
from tasks_lib.answering.sql.cycle_page import rows_of
from tasks_lib.kernel.bootstrap import House
from tasks_lib.kernel.clock import local_day
from tasks_lib.kernel.wording import name_of
from tasks_lib.rollup.consolidate import (
    Line,
    RollUp,
    Scope,
    line_of,
    roll_up,
)
from tasks_lib.rollup.sign_off import missing_below
from tasks_lib.rollup.sql.rollup import Heard, Reach, heard
from tasks_lib.rollup.told import sources_of, told_before


@dataclass(frozen=True, kw_only=True)
class Field:
    """One figure to be entered, with what stands beside it."""

    figure: Figure
    current: Value | None
    """What the newest version of this very report says; None before the first."""
    estimate: Value | None
    last: Source | None
    """The unit's own value of the period before, to be carried; of merged units the sum, if that is right."""
    apart: tuple[tuple[str, Value], ...]
    """By name what merged units gave in the period before, where nothing can stand for all of them."""
    before: Total
    """The unit's own since 1 January, this period not counted; of an `as_of` figure the last."""


@dataclass(frozen=True, kw_only=True)
class RowPrefill:
    """One row of a cycle report, or the task itself, or an invited body's row."""

    obligation: str
    agency: str
    item: Item
    part: Part
    fields: tuple[Field, ...]
    """The number of events of an as-regulated row among them, under the key `events`."""
    text: str
    """What the newest version of this very report says."""
    last_text: str
    """What the unit wrote in the period before."""
    below: Line | None
    """What the units below say of it, where this report consolidates them."""
    hands: Line | None
    """What the lead's implementers say of it, for the lead to read before it writes its own."""


@dataclass(frozen=True, kw_only=True)
class Prefill(OfKind):
    """All that stands beside one form."""

    obligation: str
    kind: Kind
    agency: str
    period: Period
    version: int
    text: str
    difficulty: str
    rows: tuple[RowPrefill, ...]
    """None for what belongs to no item: a chairperson's sheet, an own plan."""
    below: RollUp | None
    """The roll-up of the units below, also of items this unit has no row for."""
    missing: tuple[str, ...]
    """Who below has not handed in and has to be named to sign off."""


def prefill(house: House, key: str, as_of: datetime) -> Prefill:
    """Return what stands beside the form of an obligation; a fixed number of queries whatever the size."""
    with reading(house.engine) as connection:
        row = wanted(connection, house.plan.key, key)
        if row is None:
            raise Invalid(f"{key}: không có nhiệm vụ được giao nào với mã này")
        return _Reader(connection, house, row, as_of).prefill()


@dataclass(frozen=True)
class _Reader:
    connection: Connection
    house: House
    report: Obligation
    as_of: datetime

    def prefill(self) -> Prefill:
        kind = self.report.kind
        asked = [self.report] if self.report.item else rows_of(self.connection, self.report.id)
        own = self._own(asked)
        if self._merged:
            own += self._heard(set(self._merged), {self.report.kind} | {row.kind for row in asked})
        below = self._below(kind)
        hands = self._hands([row for row in asked if row.is_row])
        head = next((h for h in own if h.key == self.report.key), None)
        return Prefill(
            obligation=self.report.key,
            kind=kind,
            agency=self.report.agency_id,
            period=self.report.period,
            version=self.report.version,
            text=head.text if head else "",
            difficulty=head.difficulty if head else "",
            rows=tuple(self._row(row, own, below, hands) for row in asked),
            below=below,
            missing=missing_below(self.connection, self.house, self.report),
        )

    def _own(self, asked: list[Obligation]) -> list[Heard]:
        """Read all the unit has said itself, under the plan before too; rows of a body that reports
        through it are among them.
        """
        agencies = {self.report.agency_id} | {row.agency_id for row in asked}
        return self._heard(agencies, {self.report.kind} | {row.kind for row in asked})

    @cached_property
    def _merged(self) -> Mapping[str, Extent]:
        """The units that became this one, and how much of each."""
        on = local_day(self.as_of)
        rows = self.house.configuration.successors.into(self.report.agency_id)
        return {row.old: row.part for row in rows if row.on <= on}

    def _heard(self, agencies: set[str], kinds: set[Kind]) -> list[Heard]:
        # A task stands alone; of a cycle report's rows and head every period is wanted.
        item = self.report.item
        reach = Reach(plan=self.house.plan.key, kinds=kinds, agencies=agencies, item=item)
        found = heard(self.connection, reach, self.as_of)
        return [*found, *told_before(self.connection, self.house, reach, found, self.as_of)]

    def _below(self, kind: Kind) -> RollUp | None:
        report = self.report
        agency = self.house.agency(report.agency_id)
        if not consolidates(self.house.plan, kind, report.item, agency):
            return None
        scope = Scope(period=report.period, kind=kind, item=report.item)
        return roll_up(self.connection, self.house, agency.id, scope, self.as_of, below=True)

    def _hands(self, asked: list[Obligation]) -> dict[str, list[Heard]]:
        """Read what the implementers of the items this unit leads have said in the year."""
        leading = [item_of(self.house, row) for row in asked if row.part.leads]
        led = [item.key for item in leading if _has_hands(item)]
        if not led:
            return {}
        reach = Reach(
            plan=self.house.plan.key,
            kinds=(Kind.ROW,),
            items=led,
            part=Part.IMPLEMENTS,
            year=self.report.period.year,
        )
        found: dict[str, list[Heard]] = {}
        for h in heard(self.connection, reach, self.as_of):
            found.setdefault(str(h.item), []).append(h)
        return found

    def _row(
        self, row: Obligation, own: list[Heard], below: RollUp | None, hands: dict[str, list[Heard]]
    ) -> RowPrefill:
        item = item_of(self.house, row)
        agencies = {row.agency_id, *(self._merged if row.agency_id == self.report.agency_id else ())}
        of_row = [h for h in own if h.agency in agencies and (h.item, h.part) == (row.item, row.part)]
        now = next((h for h in of_row if h.key == row.key), None)
        earlier = [h for h in of_row if h.last_day < row.last_day and h.period != row.period]
        last = self._last(earlier)
        figures = asked_figures(self.house, item, row)
        if row.is_row and asks_events(item, row.part):
            figures = (events_figure(item), *figures)
        implemented = hands.get(item.key) if row.part.leads else None
        return RowPrefill(
            obligation=row.key,
            agency=row.agency_id,
            item=item,
            part=row.part,
            fields=tuple(self._field(figure, now, last, _same_year(row, earlier)) for figure in figures),
            text=now.text if now else "",
            last_text=self._last_text(last),
            below=below.line(item.key, row.part) if below else None,
            hands=line_of(self.house, item, Part.IMPLEMENTS, implemented, row.period)
            if implemented
            else None,
        )

    def _last(self, earlier: list[Heard]) -> dict[str, Heard]:
        """Return what was said in the period before, by who owed it: merged units each said their own."""
        told = [h for h in earlier if h.handed_in]
        newest = max(told, key=lambda h: h.last_day, default=None)
        of_then = [h for h in told if newest is not None and h.period == newest.period]
        return {self._owed_by(h): h for h in sorted(of_then, key=self._owed_by)}

    def _owed_by(self, said: Heard) -> str:
        """Return under whom a duty was given: its key goes on naming them when it is handed over."""
        return next((part for part in said.key.split("/") if part in self._merged), said.agency)

    def _last_text(self, last: Mapping[str, Heard]) -> str:
        if len(last) == 1:
            return next(iter(last.values())).text
        return "\n".join(f"{name_of(self.house, unit)}: {h.text}" for unit, h in last.items() if h.text)

    def _field(
        self, figure: Figure, now: Heard | None, last: Mapping[str, Heard], before: list[Heard]
    ) -> Field:
        given = {unit: found[0] for unit, h in last.items() if (found := sources_of(figure, [h]))}
        alone = given.keys().isdisjoint(self._merged)
        whole = Extent.PARTIAL not in self._merged.values()
        units = given.keys() if alone else self._merged.keys() if whole else ()
        value = of_all(figure, {unit: source.value for unit, source in given.items()}, units)
        own = (
            before
            if adds_up(figure) and whole
            else [h for h in before if self._owed_by(h) not in self._merged]
        )
        return Field(
            figure=figure,
            current=now.figures.get(figure.key) if now else None,
            estimate=now.estimates.get(figure.key) if now else None,
            last=None if value is None else replace(next(iter(given.values())), value=value),
            apart=()
            if value is not None
            else tuple((name_of(self.house, unit), source.value) for unit, source in given.items()),
            before=over_time(figure, sources_of(figure, own)),
        )


def _has_hands(item: Item) -> bool:
    return any(s.role is SecondRole.IMPLEMENTS and s.has_account for s in item.second)


def _same_year(row: Obligation, earlier: Iterable[Heard]) -> list[Heard]:
    return [h for h in earlier if h.period.year == row.period.year]
