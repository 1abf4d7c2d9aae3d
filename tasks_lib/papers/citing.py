"""A signed paper is cited: each duty it is about has a line in its history, as one that is urged has."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from sqlalchemy import Connection

from obligations.errors import Refused
from obligations.words import day
from store.ledger import Entry, write_history
from store.rows import Paper
from tasks_lib.kernel.bootstrap import House
from tasks_lib.papers.extension import still_open
from tasks_lib.papers.item_report import reported_on
from tasks_lib.papers.kinds import forms_of
from tasks_lib.papers.late_units import named_late
from tasks_lib.papers.order import Desk, Order
from tasks_lib.papers.period_report import reported_by
from tasks_lib.papers.sql.standing import StandingLine
from tasks_lib.papers.talk import late_ones

ABOUT: Mapping[str, Callable[[Desk], Sequence[StandingLine]]] = {
    "item-report": reported_on,
    "period-report": reported_by,
    "extension-request": still_open,
    "extension-letter": still_open,
    "late-units": named_late,
    "invitation": late_ones,
    "minutes": late_ones,
}
"""Of which duties a kind of paper tells; a letter that urges has a campaign of its own."""


def cite(connection: Connection, house: House, paper: Paper, entry: Entry) -> None:
    """Write a line into the history of each duty that a signed paper is about, as things stand by then."""
    about = ABOUT.get(paper.kind)
    if about is None:
        return
    why = replace(entry, why=cited(house, paper))
    try:
        lines = about(Desk(connection, house, forms_of(house), order_of(paper), entry.at))
    except Refused:
        # What the paper was about is settled by now: there is nothing left to say it of.
        return
    for line in lines:
        write_history(connection, line.obligation_id, why, line.work_state, line.work_state)


def cited(house: House, paper: Paper) -> str:
    """Name a signed paper as others cite it: "Công văn số 45/SNV-CCHC ngày 26/7/2022 của Sở Nội vụ"."""
    kind = forms_of(house).kinds.get(paper.kind)
    on = f" ngày {day(paper.signed_on)}" if paper.signed_on else ""
    return (
        f"{kind.title if kind else 'Văn bản'} số {paper.number}{on} của {house.agency(paper.issuer_id).name}"
    )


def order_of(paper: Paper) -> Order:
    """Return the order by which a kept paper was drafted."""
    return Order.of(paper.kind, paper.issuer_id, paper.scope)
