"""The roll-up of a place at any time, by machine and without anybody signing.

It always reckons from the units' own reports, never from a report that has consolidated them already: what
stood in it when a district signed off is the roll-up as of that instant.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from sqlalchemy import Connection

from obligations.errors import Invalid
from obligations.figures import asked_figures, asks_events, events_figure
from obligations.kinds import OfKind
from obligations.levels import Level
from obligations.model import Figure, Item, Kind, Part
from obligations.period import Period
from obligations.rollup import Headcount, Total, across, over_time
from obligations.states import NOT_JUDGED
from tasks_lib.kernel.bootstrap import House
from tasks_lib.kernel.clock import local_day
from tasks_lib.kernel.looking_back import reading_on
from tasks_lib.rollup.naming import name_units
from tasks_lib.rollup.sql.rollup import Heard, Reach, heard
from tasks_lib.rollup.told import sources_of, told_before


@dataclass(frozen=True, kw_only=True)
class Scope(OfKind):
    """What is consolidated: a whole cycle (`report`), one item's rows in it (`row`), or a task."""

    period: Period
    kind: Kind = Kind.REPORT
    item: str | None = None


@dataclass(frozen=True, kw_only=True)
class Unit:
    """A unit that has not handed in, or an invited body that has not supplied."""

    agency: str
    name: str
    obligation: str
    reason: str
    """Of the delay, as the unit stated it."""


@dataclass(frozen=True, kw_only=True)
class UnitText:
    """What one unit wrote."""

    agency: str
    name: str
    obligation: str
    version: int
    text: str
    difficulty: str


@dataclass(frozen=True, kw_only=True)
class Consolidated:
    """One figure of a line: of the period, since 1 January, and as units expect it at the period's end."""

    figure: Figure
    period: Total
    cumulative: Total
    estimate: Total


@dataclass(frozen=True, kw_only=True)
class Standing:
    """Who has handed in, level by level, and who has not, by name."""

    counts: tuple[Headcount, ...]
    missing: tuple[Unit, ...]
    not_supplied: tuple[Unit, ...]
    """Invited bodies: "chưa cung cấp", never counted with the others."""

    def said(self) -> str:
        """Write the sentence of every level: "18/21 xã đã báo cáo; chưa báo cáo: …"."""
        sentences = [headcount.said() for headcount in self.counts]
        if self.not_supplied:
            names = dict.fromkeys(unit.name for unit in self.not_supplied)
            sentences.append(f"chưa cung cấp: {', '.join(names)}")
        return ". ".join(sentences)


@dataclass(frozen=True, kw_only=True)
class Line:
    """One item: its leads together, or its implementers, which are never added to them."""

    item: Item
    part: Part
    figures: tuple[Consolidated, ...]
    texts: tuple[UnitText, ...]
    standing: Standing


@dataclass(frozen=True, kw_only=True)
class RollUp:
    """A place's reports of one subject, consolidated."""

    place: str
    scope: Scope
    as_of: datetime
    standing: Standing
    """Of the reports or tasks; for one item's rows, of those."""
    texts: tuple[UnitText, ...]
    """Of the cycle reports themselves; an item's stand in its line."""
    lines: tuple[Line, ...]

    def line(self, item: str, part: str = Part.LEAD) -> Line | None:
        """Return an item's line, or None where nobody here owes it."""
        return next((x for x in self.lines if (x.item.key, x.part) == (item, part)), None)


def consolidate(house: House, place: str, scope: Scope, as_of: datetime) -> RollUp:
    """Consolidate what a district and its communes, or the whole province, have reported by an instant."""
    if place not in house.configuration.agencies:
        raise Invalid(f"không có cơ quan '{place}' (xem 'dondoc agencies')")
    with reading_on(house, local_day(as_of)) as connection:
        return roll_up(connection, house, place, scope, as_of)


def roll_up(
    connection: Connection, house: House, place: str, scope: Scope, as_of: datetime, *, below: bool = False
) -> RollUp:
    """Do the same on an open connection; with `below` the place's own reports are left out."""
    reach = _reach(house, place, scope, below=below)
    found = heard(connection, reach, as_of)
    before = told_before(connection, house, reach, found, as_of)
    return _consolidated(house, place, scope, as_of, found, before)


def line_of(
    house: House, item: Item, part: Part, found: list[Heard], period: Period, before: Sequence[Heard] = ()
) -> Line:
    """Consolidate one item's reports of a period; the earlier ones of its year give what is cumulative.

    Those of the year's first months may have been told under the plan before.
    """
    now = [h for h in found if h.period == period]
    mine = (h for h in before if (h.item, h.part) == (item.key, part) and h.period != period)
    earlier = _up_to([*found, *mine], period)
    return Line(
        item=item,
        part=part,
        figures=tuple(_figure(figure, now, earlier) for figure in _asked(house, item, part, now)),
        texts=texts_of(house, now),
        standing=standing_of(house, now),
    )


def standing_of(house: House, found: Iterable[Heard]) -> Standing:
    """Count who has handed in and name who has not."""
    everybody = list(found)
    ours = [h for h in everybody if not house.agency(h.agency).invited]
    invited = [h for h in everybody if house.agency(h.agency).invited]
    at = {level: [h for h in ours if _level(house, h) == level] for level in house.plan.levels}
    return Standing(
        counts=tuple(c for level in at if (c := _headcount(house, level, at[level])).total),
        missing=_units(house, ours),
        not_supplied=_units(house, invited),
    )


def texts_of(house: House, found: Iterable[Heard]) -> tuple[UnitText, ...]:
    """Return what units wrote, in the order of the state's list."""
    written = (h for h in found if h.handed_in and (h.text or h.difficulty))
    return tuple(
        UnitText(
            agency=h.agency,
            name=house.agency(h.agency).name,
            obligation=h.key,
            version=h.version,
            text=h.text,
            difficulty=h.difficulty,
        )
        for h in sorted(written, key=lambda h: h.agency)
    )


def _reach(house: House, place: str, scope: Scope, *, below: bool) -> Reach:
    kinds = (Kind.REPORT, Kind.ROW) if scope.is_cycle_report else (scope.kind,)
    reach = Reach(plan=house.plan.key, kinds=kinds, item=scope.item, year=scope.period.year)
    if place in (house.plan.focal, house.plan.top):
        return replace(reach, without=place if below else None)
    return replace(reach, under=place) if below else replace(reach, at=place)


def _consolidated(
    house: House, place: str, scope: Scope, as_of: datetime, found: list[Heard], before: Sequence[Heard]
) -> RollUp:
    grouped: dict[tuple[str, str], list[Heard]] = {}
    heads = []
    for h in found:
        if h.is_cycle_report:
            if h.period == scope.period:
                heads.append(h)
        elif h.item is not None:
            grouped.setdefault((h.item, h.part), []).append(h)
    items = house.plan.assigned
    lines = [
        line_of(house, item, part, grouped[item.key, part], scope.period, before)
        for item in items
        for part in (Part.LEAD, Part.IMPLEMENTS)
        if any(h.period == scope.period for h in grouped.get((item.key, part), ()))
    ]
    counted = heads if scope.is_cycle_report else [h for h in found if h.period == scope.period]
    standing = standing_of(house, counted)
    if scope.is_cycle_report:
        asked = [h for h in found if h.part is Part.ASKED and h.period == scope.period]
        unsupplied = (*_all_not_supplied(lines), *standing_of(house, asked).not_supplied)
        standing = replace(standing, not_supplied=unsupplied)
    return RollUp(
        place=place,
        scope=scope,
        as_of=as_of,
        standing=standing,
        texts=texts_of(house, heads),
        lines=tuple(lines),
    )


def _all_not_supplied(lines: list[Line]) -> tuple[Unit, ...]:
    """An invited body owes no report, only rows: they say what it has not supplied."""
    return tuple(unit for line in lines for unit in line.standing.not_supplied)


def _up_to(found: list[Heard], period: Period) -> list[Heard]:
    """Return the reports of a period and of those before it, in whatever order the units' days lie."""
    first = min((h.last_day for h in found if h.period == period), default=date.max)
    earlier = {h.period for h in found if h.last_day < first} | {period}
    return [h for h in found if h.period in earlier]


def _asked(house: House, item: Item, part: Part, found: list[Heard]) -> tuple[Figure, ...]:
    """Return the figures anybody here is asked for or has given, in the item's order."""
    keys = {f.key for level in {_level(house, h) for h in found} for f in asked_figures(item, part, level)}
    keys |= {key for h in found for key in h.figures}
    asked = tuple(f for f in item.figures if f.key in keys)
    rows = any(h.is_row for h in found)
    return (events_figure(item), *asked) if rows and asks_events(item, part) else asked


def _figure(figure: Figure, now: list[Heard], up_to_now: list[Heard]) -> Consolidated:
    return Consolidated(
        figure=figure,
        period=across(figure, sources_of(figure, now)),
        cumulative=over_time(figure, sources_of(figure, up_to_now)),
        estimate=across(figure, sources_of(figure, now, estimates=True)),
    )


def _headcount(house: House, level: Level, heard: list[Heard]) -> Headcount:
    """Count who has handed in; what no rate counts is above no line and below none, but for rows' answers."""
    found = [h for h in heard if h.is_row or h.state not in NOT_JUDGED]
    reported = [h for h in found if h.handed_in]
    after = [h for h in reported if h.done_on is not None and h.done_on > h.last_day]
    asked = sum(h.proposed for h in after)
    return Headcount(
        tier=level.key,
        noun=name_units(house.agency(h.agency).name for h in found),
        total=len(found),
        reported=len(reported),
        in_time=len(reported) - len(after),
        late=len(after) - asked,
        asked=asked,
        missing=tuple(unit.name for unit in _units(house, found)),
    )


def _units(house: House, found: Iterable[Heard]) -> tuple[Unit, ...]:
    return tuple(
        Unit(agency=h.agency, name=house.agency(h.agency).name, obligation=h.key, reason=h.reason)
        for h in sorted(found, key=lambda h: (h.agency, h.key))
        if not h.handed_in
    )


def _level(house: House, h: Heard) -> Level:
    return house.agency(h.agency).level
