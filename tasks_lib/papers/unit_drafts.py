"""Drafts in Word that every unit owes: its own plan, its report of a cycle, filled in as far as known.

What a unit takes away is kept nowhere; what ops make for all stands among the papers.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Final

from obligations.errors import Invalid, Refused
from obligations.model import Kind
from obligations.papers import office_of
from obligations.period import ONCE
from obligations.states import NO_LONGER_OWED
from store.engine import reading
from store.ledger import find
from tasks_lib.answering.cycle_letter import own_figures
from tasks_lib.answering.cycle_page import CyclePage
from tasks_lib.desk.sql.listing import Wanted, list_obligations
from tasks_lib.duties.change import changing
from tasks_lib.kernel.bootstrap import House
from tasks_lib.kernel.clock import local_day
from tasks_lib.papers.campaigns import AT_ONCE
from tasks_lib.papers.kinds import PERIOD_REPORT, UNIT_PLAN, forms_of
from tasks_lib.papers.making import Made, draft_in_word, keep
from tasks_lib.papers.order import Order, Said
from tasks_lib.papers.period_report import cycle_meant

OWED_AS: Final = {UNIT_PLAN: Kind.PLAN, PERIOD_REPORT: Kind.REPORT}
"""Papers that every unit owes, and as what."""


def plan_in_word(house: House, key: str, as_of: datetime) -> bytes:
    """Write the draft of a unit's own plan: what the plan gives it; who does what is blank."""
    with reading(house.engine) as connection:
        row = find(connection, house.plan.key, key)
        if not row.is_own_plan:
            raise Refused(f"{key}: dự thảo này chỉ có cho kế hoạch triển khai của đơn vị")
        return draft_in_word(connection, house, Order(kind=UNIT_PLAN, by=row.agency_id), as_of).docx


def report_in_word(house: House, page: CyclePage, as_of: datetime) -> bytes:
    """Write the draft of a unit's report of a cycle, with whatever has been saved of its form so far."""
    order = Order(kind=PERIOD_REPORT, by=page.row.agency_id, cycle=str(page.row.period))
    with reading(house.engine) as connection:
        return draft_in_word(connection, house, order, as_of, said_in(page)).docx


def orders_of_each(house: House, kind: str, cycle: str | None, as_of: datetime) -> list[Order]:
    """Return an order for every unit that owes its own plan, or the report of a cycle."""
    if kind not in OWED_AS:
        raise Invalid(f"--each: chỉ lập được {' và '.join(OWED_AS)} cho mọi đơn vị")
    with reading(house.engine) as connection:
        wanted = Wanted(plan=house.plan.key, kind=OWED_AS[kind])
        owed = list_obligations(connection, wanted, local_day(as_of))
    period = cycle_meant(house, cycle) if kind == PERIOD_REPORT else ONCE
    return [
        Order(kind=kind, by=row.agency_id, for_=row.agency_id, cycle=cycle)
        for row in owed
        if row.period == period
        and row.work_state not in NO_LONGER_OWED
        and has_draft(house, kind, row.agency_id)
    ]


def make_each(
    house: House, orders: Sequence[Order], as_of: datetime, moved: Callable[[int, int], None]
) -> list[Made]:
    """Draft many papers in Word alone, some at a time, and keep them; `moved` hears how far."""
    found: list[Made] = []
    for start in range(0, len(orders), AT_ONCE):
        with reading(house.engine) as connection:
            written = [draft_in_word(connection, house, o, as_of) for o in orders[start : start + AT_ONCE]]
        with changing(house, as_of) as connection:
            found += [keep(connection, house, draft, as_of) for draft in written]
        moved(len(found), len(orders))
    return found


def said_in(page: CyclePage) -> Said:
    """Return what stands in a form as a paper tells it: texts, and figures in a line of their own."""
    rows: dict[str, tuple[str, ...]] = {}
    for row in page.rows:
        if row.plan is not None:
            continue
        figures = own_figures(row)
        texts = [line.strip() for line in row.fields.text.splitlines() if line.strip()]
        said = (*texts, *((f"Số liệu: {figures}.",) if figures else ()))
        rows[row.beside.item.key] = (*rows.get(row.beside.item.key, ()), *said)
    return Said(by=page.row.agency_id, text=page.head.text, difficulty=page.head.difficulty, rows=rows)


def has_draft(house: House, kind: str, agency: str) -> bool:
    """Whether an agency signs papers of a kind."""
    found = forms_of(house).kinds.get(kind)
    return found is not None and office_of(house.agency(agency), house.plan) in found.by
