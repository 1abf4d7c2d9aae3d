"""The days a report states, held against those that can be true (`obligations.true_days`)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from obligations.errors import Invalid
from obligations.obligation import NamedObligation
from obligations.true_days import ARRIVED, COMPLETED, SIGNED, doubt, term_of
from tasks_lib.kernel.bootstrap import House
from tasks_lib.kernel.wording import work_name

UNTIL_CONFIRMED = "tính theo ngày cập nhật cho đến khi nơi nhận xác nhận"
"""What a doubted day means for the time being."""


@dataclass(frozen=True, kw_only=True)
class Stated:
    """What a report says of its days."""

    completed_on: date | None
    document_on: date | None
    arrived_on: date


def why_doubted(house: House, row: NamedObligation, stated: Stated, on: date) -> str:
    """Return why a day that was stated is doubtful, "" where all can be true; refuse one that cannot be."""
    paper = stated.document_on
    named = {
        SIGNED: paper,
        # One day typed once is named once.
        COMPLETED: stated.completed_on if stated.completed_on != paper else None,
        ARRIVED: stated.arrived_on if stated.arrived_on not in (paper, on) else None,
    }
    try:
        return doubt(named, term_of(house.plan, row.opened_on, on))
    except Invalid as fault:
        raise Invalid(f"{work_name(row)}: {fault}") from None


def day_to_confirm(
    row: NamedObligation, stated: Stated, claimed: date, on: date, doubted: str
) -> date | None:
    """Return the day for the desk to confirm: this report's, or an earlier one's where this states none."""
    if doubted:
        return claimed if claimed < on else None
    before: date | None = row.doubted_on
    return before if stated.completed_on is None else None
