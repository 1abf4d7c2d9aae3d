"""Which workbook is meant: of a unit's duties, of some items of it, of a report that has rows."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from obligations.errors import Invalid
from obligations.period import Period
from tasks_lib.answering.unit_form import unit_form
from tasks_lib.kernel.bootstrap import House
from tasks_lib.workbooks.lines import Book, WorkbookKind
from tasks_lib.workbooks.made import duties_book, report_book


def make(
    house: House, agency: str, as_of: datetime, items: Collection[str] = (), cycle: str | None = None
) -> Book:
    """Return the workbook of a unit; an item that has a form of its own has a workbook of its own."""
    if cycle is not None:
        return report_book(house, f"report/{agency}/{cycle_period(house, cycle)}", as_of)
    if items:
        own = [
            card.key
            for card in unit_form(house, agency, as_of).open
            if card.is_task and card.form and card.item is not None and card.item.key in items
        ]
        if own and len(items) > 1:
            raise Invalid(f"--item: {own[0]} có biểu mẫu riêng, lập bảng riêng cho nhiệm vụ này")
        if own:
            return report_book(house, own[0], as_of)
    return duties_book(house, agency, as_of, items)


def cycle_period(house: House, written: str) -> Period:
    """Return the period of a cycle's report: "2022-Q3" or "2022-Q3-report"."""
    try:
        period = Period(written if written.endswith("-report") else f"{written}-report")
    except Invalid:
        period = None
    if period is None or house.plan.cycle(period.cycle) is None:
        known = ", ".join(cycle.key for cycle in house.plan.cycles)
        raise Invalid(f"--cycle: viết năm-kỳ, ví dụ 2022-Q3 (các kỳ: {known}); đã nhập '{written}'")
    return period


def file_name(book: Book) -> str:
    """Return what a workbook is saved as."""
    about = book.report.replace("/", "-") if book.kind is WorkbookKind.REPORT else f"viec-{book.agency}"
    return f"{about}-{book.made_on:%Y-%m-%d}.xlsx"
