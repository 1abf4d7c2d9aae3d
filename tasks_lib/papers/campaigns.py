"""A campaign: units are chosen, a letter is drafted with its annexes, mails carry it once it is signed."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from sqlalchemy import Connection

from obligations.errors import Invalid, Refused
from obligations.ladder import repeat_day
from obligations.words import count
from store.engine import reading
from store.rows import Campaign, Paper
from tasks_lib.duties.change import changing
from tasks_lib.kernel.bootstrap import House
from tasks_lib.kernel.clock import local_day
from tasks_lib.papers import making
from tasks_lib.papers.kinds import URGING, check_order, forms_of
from tasks_lib.papers.making import Draft, Made, drafts, keep
from tasks_lib.papers.order import Desk, Order
from tasks_lib.papers.sql import campaigns as statements
from tasks_lib.papers.sql import papers as paper_statements
from tasks_lib.papers.sql.campaigns import Urged
from tasks_lib.papers.urging import units_asked

AT_ONCE = 20
"""So many letters are set in one start of LibreOffice, so that the bar moves."""


@dataclass(frozen=True, kw_only=True)
class Running:
    """A campaign as a list shows it."""

    campaign: Campaign
    paper: Paper
    urged: tuple[Urged, ...]

    @property
    def units(self) -> int:
        """How many units it urges."""
        return len({row.agency_id for row in self.urged})

    @property
    def still_open(self) -> int:
        """How much of it has not been reported yet."""
        return sum(row.open for row in self.urged)

    def is_due_again(self, on: date) -> bool:
        """Whether what is still open is proposed to be urged again."""
        return self.paper.number is not None and self.still_open > 0 and self.campaign.again_on <= on

    def as_json(self) -> dict[str, object]:
        """Return the document scripts read."""
        mails = {row.message_id for row in self.urged if row.message_id is not None}
        return {
            "campaign": self.campaign.id,
            "by": self.campaign.issuer_id,
            "paper": self.paper.id,
            "turn": self.campaign.turn,
            "items": self.campaign.items,
            "made_on": self.campaign.made_on.isoformat(),
            "again_on": self.campaign.again_on.isoformat(),
            "repeats": self.campaign.repeats_id,
            "number": self.paper.number,
            "signed_on": self.paper.signed_on.isoformat() if self.paper.signed_on else None,
            "units": self.units,
            "obligations": [row.key for row in self.urged],
            "open": self.still_open,
            "mails": sorted(mails),
        }


def urge(
    house: House,
    order: Order,
    as_of: datetime,
    *,
    each: bool = False,
    repeats: int | None = None,
    most: int | None = None,
    moved: Callable[[int, int], None] = lambda _done, _of: None,
) -> list[tuple[Running, Made]]:
    """Draft the letters of a campaign: one for all chosen units, or one for each of `most` at the most.

    `moved` hears how far it is.
    """
    order = replace(order, kind=URGING)
    if repeats is not None:
        order = _again(house, order, repeats)
    orders = _each(house, order, as_of) if each else [order]
    if most is not None and len(orders) > most:
        raise Refused(
            f"có {count(len(orders))} đơn vị: chọn bớt, mỗi lần lập không quá {count(most)} công văn"
        )
    found: list[tuple[Running, Made]] = []
    for start in range(0, len(orders), AT_ONCE):
        written = drafts(house, orders[start : start + AT_ONCE], as_of)
        with changing(house, as_of) as connection:
            found += [_kept(connection, house, draft, as_of, repeats) for draft in written]
        moved(len(found), len(orders))
    return found


def running(house: House, by: str | None = None) -> list[Running]:
    """Return the campaigns of a plan, or of one office, the newest first."""
    with reading(house.engine) as connection:
        rows = statements.campaigns_of(connection, house.plan.key, by)
        urged = statements.urged_by(connection, [row.id for row in rows])
        papers = {row.id: row for row in paper_statements.papers_of(connection, house.plan.key, by)}
    return [Running(campaign=row, paper=papers[row.paper_id], urged=tuple(urged[row.id])) for row in rows]


def _again(house: House, order: Order, repeats: int) -> Order:
    """Return the order of what an earlier campaign urged; what is settled by now falls away by itself."""
    with reading(house.engine) as connection:
        before = statements.campaign(connection, house.plan.key, repeats)
        if before is None:
            raise Invalid(f"--again: không có đợt đôn đốc số {repeats}")
        if before.issuer_id != order.by:
            raise Refused(f"đợt đôn đốc {repeats}: chỉ {house.agency(before.issuer_id).name} lập lại")
        if making.known(connection, house, before.paper_id).number is None:
            raise Refused(f"đợt đôn đốc {repeats}: công văn chưa được ghi số, ngày ký")
    return replace(order, items=tuple(before.items), units=tuple(before.units))


def _each(house: House, order: Order, as_of: datetime) -> list[Order]:
    """Return an order for every unit that has something to be urged."""
    forms = forms_of(house)
    check_order(house, forms, order)
    with reading(house.engine) as connection:
        units: Sequence[str] = units_asked(Desk(connection, house, forms, order, as_of))
    return [replace(order, units=(unit,), for_=unit) for unit in units]


def _kept(
    connection: Connection, house: House, draft: Draft, as_of: datetime, repeats: int | None
) -> tuple[Running, Made]:
    made = keep(connection, house, draft, as_of)
    found = statements.campaigns_by(connection, made.paper.id)
    key = found[0].id if found else _written(connection, house, draft, made, as_of, repeats)
    kept = statements.campaign(connection, house.plan.key, key)
    assert kept is not None
    urged = statements.urged_by(connection, [key])[key]
    return Running(campaign=kept, paper=made.paper, urged=tuple(urged)), made


def _written(
    connection: Connection, house: House, draft: Draft, made: Made, as_of: datetime, repeats: int | None
) -> int:
    order, on, plan = draft.order, local_day(as_of), house.plan.key
    # A letter that was drafted anew before anybody signed it was no campaign.
    statements.drop_unsigned(connection, plan, order.by, made.paper.scope)
    values: dict[str, object] = {
        "plan": plan,
        "issuer_id": order.by,
        "paper_id": made.paper.id,
        "turn": max(draft.written.duties.values()),
        "items": list(order.items),
        "units": list(order.units),
        "repeats_id": repeats,
        "made_on": on,
        "again_on": repeat_day(house.plan.settings, on, house.calendar),
    }
    return statements.write_campaign(connection, values, list(draft.written.duties.items()))
