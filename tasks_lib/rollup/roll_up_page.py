"""The roll-up as its pages show it: which subjects there are, and each number traced to its reports."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from obligations.errors import Invalid
from obligations.model import Item, Kind
from obligations.period import Period
from obligations.rollup import Total, split
from store.engine import reading
from tasks_lib.kernel.bootstrap import House
from tasks_lib.rollup.consolidate import Consolidated, Line, RollUp, Scope, consolidate
from tasks_lib.rollup.sql.subjects import subjects

TASK = "task"


@dataclass(frozen=True, kw_only=True)
class Subject:
    """A cycle or a dated task that is consolidated."""

    period: Period
    item: str | None = None
    """The item of a task; None for a whole cycle."""
    words: str
    first_due: date
    """The first day on which somebody's report of it is due."""

    @property
    def value(self) -> str:
        """As it stands in addresses: 2022-Q3-report, task:3.1:once."""
        return f"{TASK}:{self.item}:{self.period}" if self.item else self.period


@dataclass(frozen=True, kw_only=True)
class Traced:
    """One number and what it was made of."""

    line: Line
    figure: Consolidated
    districts: dict[str, Total]
    """The period's number divided among districts and departments; of the whole province only."""


def known_subjects(house: House) -> tuple[Subject, ...]:
    """Return what can be consolidated, cycles first, each in the order of their days."""
    with reading(house.engine) as connection:
        rows = subjects(connection, house.plan.key)
    cycles = [
        Subject(period=r.period, words=f"Báo cáo {house.plan.period_name(r.period)}", first_due=r.first_due)
        for r in rows
        if r.is_cycle_report
    ]
    found = {(r.item, r.period): r for r in rows if r.is_task and r.item is not None}
    keys = [item.key for item in house.plan.assigned]
    tasks = [
        Subject(
            period=period,
            item=item,
            words=_task_words(item, period),
            first_due=found[item, period].first_due,
        )
        for item, period in sorted(found, key=lambda pair: (keys.index(pair[0]), pair[1]))
        if item in keys
    ]
    return (*cycles, *tasks)


def current_cycle(found: Iterable[Subject], on: date) -> Subject:
    """Return the cycle people are reporting or have reported last: the last whose month has begun."""
    cycles = [subject for subject in found if subject.item is None]
    if not cycles:
        raise Invalid("kế hoạch chưa có kỳ báo cáo nào")
    return next((s for s in reversed(cycles) if s.first_due.replace(day=1) <= on), cycles[0])


def scope_of(subject: Subject, item: str | None) -> Scope:
    """Return what is consolidated: a task, one item's rows of a cycle, or the whole cycle."""
    if subject.item is not None:
        return Scope(period=subject.period, kind=Kind.TASK, item=subject.item)
    if item:
        return Scope(period=subject.period, kind=Kind.ROW, item=item)
    return Scope(period=subject.period)


def trace(
    house: House, place: str, scope: Scope, part: str, figure: str, as_of: datetime
) -> tuple[RollUp, Traced]:
    """Return one number with everything it was made of."""
    found = consolidate(house, place, scope, as_of)
    line = found.line(str(scope.item), part)
    consolidated = None if line is None else next((f for f in line.figures if f.figure.key == figure), None)
    if line is None or consolidated is None:
        raise Invalid("không có số liệu này trong bản tổng hợp đang xem")
    districts = {}
    if place in (house.plan.focal, house.plan.top):
        districts = split(consolidated.period, lambda key: head_of(house, key))
    return found, Traced(line=line, figure=consolidated, districts=districts)


def head_of(house: House, key: str) -> str:
    """Return the district a commune belongs to; anybody else is its own."""
    return house.agency(key).area or key


def ordered(house: House, lines: Iterable[Line]) -> list[Line]:
    """Return lines with the plan's weak contents first, otherwise in the plan's order."""
    weak = {content.number for content in house.plan.contents if content.weak}
    return sorted(lines, key=lambda line: line.item.content not in weak)


def is_weak(house: House, item: Item) -> bool:
    """Whether an item belongs to one of the plan's weak contents."""
    return any(content.weak for content in house.plan.contents if content.number == item.content)


def _task_words(item: str, period: Period) -> str:
    return f"Nhiệm vụ {item}, {period.name()}" if period.is_a_turn else f"Nhiệm vụ {item}"
