"""One report for several plans: in whose report a cycle's is answered, and what the others ask beside it.

Plans say so by their cycles (`answered_in`); each keeps a duty of its own, with its own reviewer.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import date, datetime

from sqlalchemy import Connection

from obligations import figures
from obligations.errors import Refused
from obligations.figures import Value
from obligations.model import Figure, Item, Kind, WorkState
from obligations.obligation import NamedObligation, Obligation
from obligations.states import NOT_HANDED_IN
from store.engine import reading
from store.plans import ended_on
from tasks_lib.answering.sql.cycle_page import CycleReport, report_of, rows_of
from tasks_lib.kernel.bootstrap import House
from tasks_lib.kernel.wording import work_name

MARK = ":"
"""Between the key of another plan and that of its row, where both stand in one form."""


@dataclass(frozen=True, kw_only=True)
class RowAnswer:
    """What one row of a cycle report says."""

    row: str
    text: str = ""
    figures: dict[str, Value] = field(default_factory=dict)
    estimates: dict[str, Value] = field(default_factory=dict)
    """The same figures as expected at the period's end; optional."""


@dataclass(frozen=True, kw_only=True)
class ServedRow:
    """A row of another plan's report, and what of it this report says already."""

    key: str
    """As it stands in this report's form: with its plan before it."""
    row: Obligation
    same: str
    """The key of this report's own row about the same; "" where there is none."""
    figures: dict[str, str]
    """Its figures that this row asks too, by key, and their keys there."""
    more: tuple[Figure, ...]
    """What it asks beyond."""

    @property
    def shown(self) -> bool:
        """Whether it stands in the form by itself."""
        return not self.same or bool(self.more)

    def answer(self, given: dict[str, RowAnswer]) -> RowAnswer:
        """Return what it says: what both ask as it was given once, and what it alone asks."""
        once, own = given.get(self.same, RowAnswer(row="")), given.get(self.key, RowAnswer(row=""))
        return RowAnswer(
            row=self.row.key,
            text="\n".join(text for text in (once.text, own.text) if text),
            figures={**self._of(once.figures), **own.figures},
            estimates={**self._of(once.estimates), **own.estimates},
        )

    def _of(self, given: dict[str, Value]) -> dict[str, Value]:
        return {mine: given[theirs] for mine, theirs in self.figures.items() if theirs in given}


@dataclass(frozen=True, kw_only=True)
class Served:
    """A report of another plan that is answered by this one."""

    house: House
    """Of the other plan."""
    report: NamedObligation
    rows: tuple[ServedRow, ...]

    def answers(self, given: Iterable[RowAnswer]) -> tuple[RowAnswer, ...]:
        """Return what its rows say, by what was typed into this report; nothing where no row was typed."""
        by_row = {answer.row: answer for answer in given}
        return tuple(row.answer(by_row) for row in self.rows) if by_row else ()


def served_of(connection: Connection, house: House, row: NamedObligation) -> list[Served]:
    """Return what a report that the unit still has serves beside its own plan, whatever the day."""
    return served(connection, house, row, date.max) if row.work_state in NOT_HANDED_IN else []


def served(connection: Connection, house: House, row: NamedObligation, on: date) -> list[Served]:
    """Return the reports of other plans that are answered by this one: with the unit, and begun by a day."""
    if not row.is_cycle_report:
        return []
    found = []
    for plan in house.configuration.plans:
        if plan.key == house.plan.key or plan.answered_in(row.period) != house.plan.key:
            continue
        other = replace(house, plan=plan)
        report = _like(connection, other, row)
        if report is None or not _is_asked(report, on) or _ended(connection, plan.key, on):
            continue
        found.append(Served(house=other, report=report, rows=_rows(connection, house, row, other, report)))
    return found


def sent_along(
    connection: Connection, house: House, row: NamedObligation
) -> Iterator[tuple[House, NamedObligation]]:
    """Yield the reports of other plans whose newest version was handed in with this one's."""
    for plan in house.configuration.plans if row.is_cycle_report else ():
        if plan.key != house.plan.key and plan.answered_in(row.period) == house.plan.key:
            other = replace(house, plan=plan)
            report = _like(connection, other, row)
            if report is not None and report.entered_at == _entered_at(connection, house, row):
                yield other, report


def host_of(
    connection: Connection, house: House, row: Obligation, on: date
) -> tuple[House, NamedObligation] | None:
    """Return the other plan's report in which one is answered on a day; None where it stands by itself.

    It does once that report has been handed in, or its plan has ended: what is asked more is asked by each.
    """
    named = house.plan.answered_in(row.period) if row.is_cycle_report else None
    plan = next((plan for plan in house.configuration.plans if plan.key == named), None)
    if plan is None or plan.draft or row.work_state not in NOT_HANDED_IN:
        return None
    other = replace(house, plan=plan)
    report = _like(connection, other, row)
    if report is None or not _is_asked(report, on) or _ended(connection, plan.key, on):
        return None
    return other, report


def one_form(house: House, key: str, on: date) -> House:
    """Return the house in whose plan the report with a key is answered."""
    with reading(house.engine) as connection:
        row = report_of(connection, house.plan.key, key)
        host = host_of(connection, house, row, on) if row is not None else None
    return host[0] if host else house


def check_answered_here(connection: Connection, house: House, row: NamedObligation, on: date) -> None:
    """Refuse a report that is answered in another plan's, so that nobody writes it twice."""
    host = host_of(connection, house, row, on)
    if host is not None:
        raise Refused(f"{work_name(row)}: {given_in(*host)}; trả lời một lần ở đó")


def given_in(host: House, report: NamedObligation | str) -> str:
    """Say in whose report one is answered."""
    key = report if isinstance(report, str) else report.key
    return f"gửi chung trong báo cáo kỳ của Kế hoạch số {host.plan.number} ({key})"


def own_rows(given: Iterable[RowAnswer]) -> tuple[RowAnswer, ...]:
    """Return what was typed of a report's own rows."""
    return tuple(answer for answer in given if MARK not in answer.row)


def item_of_other(house: House, key: str) -> Item | None:
    """Return the item that a row of another plan in this report's form is about; None of an own row."""
    named, mark, row = key.partition(MARK)
    plan = next((plan for plan in house.configuration.plans if mark and plan.key == named), None)
    return plan.item(row.split("/")[1]) if plan is not None and "/" in row else None


def _like(connection: Connection, other: House, row: Obligation) -> CycleReport | None:
    """Return the same unit's report of a period under another plan; a collator writes each by itself."""
    if row.agency_id == other.plan.focal:
        return None
    found = report_of(connection, other.plan.key, row.key)
    same = found is not None and found.agency_id == row.agency_id and found.kind is Kind.REPORT
    return found if same else None


def _is_asked(report: Obligation, on: date) -> bool:
    if report.work_state is WorkState.WAITING:
        return report.opened_on <= on
    return report.work_state in NOT_HANDED_IN


def _entered_at(connection: Connection, house: House, row: Obligation) -> datetime | None:
    """Return when the newest version of a report was handed in."""
    found = report_of(connection, house.plan.key, row.key)
    return found.entered_at if found else None


def _ended(connection: Connection, plan: str, on: date) -> bool:
    until = ended_on(connection, plan)
    return until is not None and until <= on


def _rows(
    connection: Connection, house: House, row: NamedObligation, other: House, report: NamedObligation
) -> tuple[ServedRow, ...]:
    own = rows_of(connection, row.id)
    return tuple(_row(house, own, other, theirs) for theirs in rows_of(connection, report.id))


def _row(house: House, own: list[Obligation], other: House, theirs: Obligation) -> ServedRow:
    """Find what one's own report says of another plan's row: the item of the same title, figures alike."""
    item, asked = _asked(other, theirs)
    same, both = "", {}
    for mine in own:
        of_mine, known = _asked(house, mine)
        if mine.agency_id == theirs.agency_id and _plain(of_mine.title) == _plain(item.title):
            alike = {_sort(figure): figure.key for figure in known}
            both = {figure.key: alike[_sort(figure)] for figure in asked if _sort(figure) in alike}
            same = mine.key
            break
    more = tuple(figure for figure in asked if figure.key not in both)
    key = f"{other.plan.key}{MARK}{theirs.key}"
    return ServedRow(key=key, row=theirs, same=same, figures=both, more=more)


def _asked(house: House, row: Obligation) -> tuple[Item, tuple[Figure, ...]]:
    item = house.plan.item(str(row.item))
    assert item is not None
    asked = figures.asked_figures(item, row.part, house.agency(row.agency_id).level)
    events = (figures.events_figure(item),) if figures.asks_events(item, row.part) else ()
    return item, (*events, *asked)


def _plain(words: str) -> str:
    return " ".join(words.lower().split())


def _sort(figure: Figure) -> tuple[str, str, str, str]:
    """Return what makes two plans' figures the same: what it counts, in what, and how it adds up."""
    return _plain(figure.name), figure.unit, figure.kind, figure.nature
