"""What a cycle report's form says in words and fields: values as typed, the reports below, closing days."""

from __future__ import annotations

from decimal import Decimal

from obligations.figures import EVENTS, Value
from obligations.obligation import Obligation
from obligations.rollup import shown_value
from obligations.words import count, day
from tasks_lib.answering.prefill import Field, RowPrefill
from tasks_lib.answering.report_draft import RowDraft
from tasks_lib.duties.closing import closes_on
from tasks_lib.kernel.bootstrap import House
from tasks_lib.rollup.consolidate import Line


def written(value: Value) -> str:
    """Write a stored value as it is typed into a field."""
    if isinstance(value, bool):
        return "có" if value else "không"
    if isinstance(value, list):
        return "/".join(str(part) for part in value)
    return str(value).replace(".", ",")


def of_version(row: RowPrefill) -> RowDraft:
    """Write what the newest version of a row says as it is typed."""
    figures = {f.figure.key: written(f.current) for f in row.fields if f.current is not None}
    events = figures.pop(EVENTS, None)
    estimates = {f.figure.key: written(f.estimate) for f in row.fields if f.estimate is not None}
    return RowDraft(text=row.text, figures=figures, estimates=estimates, events=events)


def falls(field: Field, now: Value, expected: Value) -> bool:
    """Whether less is expected at a period's end than has been done, of what adds over time."""
    if field.figure.nature != "period" or isinstance(now, (bool, list)) or isinstance(expected, (bool, list)):
        return False
    return Decimal(expected) < Decimal(now)


def carried(field: Field) -> str:
    """Return the last period's value as it is typed into a field; "" where there is none."""
    return "" if field.last is None else written(field.last.value)


def apart(field: Field) -> str:
    """Name merged units with what each gave in the period before: "UBND xã A: 12/15; UBND xã B: 7/9"."""
    return "; ".join(f"{name}: {shown_value(field.figure, value)}" for name, value in field.apart)


def rolled_up(line: Line) -> str:
    """Put the reports below into words, to be edited: who has reported, and what the figures come to."""
    counts = "; ".join(
        f"{count(c.reported)}/{count(c.total)} {c.noun} đã báo cáo" for c in line.standing.counts
    )
    given = [c for c in line.figures if c.period.amount is not None]
    figures = "; ".join(
        f"{c.figure.name}: {c.period.shown()}"
        f"{f' {c.figure.unit}' if c.figure.unit and not c.figure.unit.startswith('%') else ''}"
        for c in given
    )
    return f"Tổng hợp báo cáo của các đơn vị: {counts}.{f' {figures}.' if figures else ''}"


def closing_day(house: House, row: Obligation) -> str:
    """Return "Số liệu chốt đến ngày …": the cycle's own day for this level, or a task's last day."""
    agency = house.agency(row.agency_id)
    until = closes_on(house, agency, row.period) if row.is_cycle_report else row.last_day
    return f"Số liệu chốt đến ngày {day(until)}"
