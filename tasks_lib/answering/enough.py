"""Whether what a unit hands in says what it is asked for, and whether "nothing arose" answers it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy import Connection

from obligations.answers import wanting, why_not_nothing
from obligations.errors import Fault, Faults, Refused
from obligations.model import Kind
from obligations.obligation import NamedObligation, Obligation
from obligations.words import day
from store.reports import is_proven
from tasks_lib.answering.cycle_form import asked_figures
from tasks_lib.duties.closing import closes_on
from tasks_lib.kernel.bootstrap import House
from tasks_lib.kernel.wording import work_name


@dataclass(frozen=True, kw_only=True)
class Says:
    """What goes with a report, as far as it decides whether the report is empty."""

    given: bool
    """Any figure, or a word in a cycle report's rows."""
    proven: bool
    """A file or a signed document."""
    text: str = ""
    without: str = ""


def why_no_nothing(house: House, row: Obligation) -> str:
    """Say why "nothing arose" does not answer an obligation; "" where it does."""
    item = house.plan.item(row.item) if row.item else None
    return why_not_nothing(
        row.kind,
        may_arise_nothing=item is not None and item.nothing_may_arise,
        in_report=row.parent_id is not None,
    )


def check_has_closed(house: House, row: NamedObligation, on: date) -> None:
    """Refuse a cycle report before its figures close: it is written any day, and handed in from then on."""
    if not row.is_cycle_report:
        return
    closes = closes_on(house, house.agency(row.agency_id), row.period)
    if on < closes:
        raise Refused(
            f"{work_name(row)}: kỳ báo cáo chưa chốt số liệu; báo cáo gửi được từ ngày {day(closes)},"
            " nội dung đang viết được lưu tạm"
        )


def check_says_something(connection: Connection, house: House, row: NamedObligation, says: Says) -> None:
    """Refuse an empty report, naming what it lacks.

    What an earlier version has proven is still proven when it is completed; what an invited body has told in
    words needs no more.
    """
    kind = row.kind
    item = house.plan.item(row.item) if row.item else None
    asked = asked_figures(house, item, row) if item else ()
    lacks = wanting(
        kind,
        asked,
        without=says.without,
        given=says.given or (kind is Kind.ROW and bool(says.text)),
        proven=says.proven or (bool(row.version) and is_proven(connection, row.id)),
    )
    if lacks:
        raise Faults([Fault("figures" if asked else "files", lacks)], work_name(row))
