"""Days of ours: last days that the plan does not set, and until when they are no more than proposed.

The plan says nothing of the day of an own plan, of a month's sheet or of part III's duties, and gives
communes no day of their own before the one that binds what is above them. Such a day is proposed ("đề nghị …
chậm nhất") until a document sets it: what is late against it is chased like anything else, and accused of
nothing.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from obligations.model import Kind

OUR_KINDS = (Kind.PLAN, Kind.SHEET)
"""Kinds that the plan gives no day at all."""
BEYOND = "III."
"""How the keys of part III's duties begin, which the plan gives no day either."""


@dataclass(frozen=True, kw_only=True)
class Day:
    """What has to be known of a duty's day."""

    kind: Kind
    item: str | None
    last_day: date
    plan_day: date
    """The plan's own; later than `last_day` where an inner day is set."""
    documented: bool = False
    """Whether a document sets the day."""


def is_proposed(day: Day, on: date) -> bool:
    """Whether lateness against this day is none by the plan, as things are on a date.

    An inner day's becomes lateness by the plan once the plan's own day has passed.
    """
    if day.documented:
        return False
    if day.kind in OUR_KINDS or (day.item or "").startswith(BEYOND):
        return True
    return day.last_day < day.plan_day and on <= day.plan_day


def rule_of(kind: Kind, item: str | None) -> str:
    """Name the rule by which a day comes about: the item's key, else plan, sheet or report."""
    return item or str(kind)
