"""What Monday's table tells of places and of a week's days: plain values."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from obligations.reckoning import Reckoning


@dataclass(frozen=True, kw_only=True)
class Place:
    """How a district with its communes, or a body of the province, stands."""

    name: str
    """"Bát Xát", "Sở Y tế"."""
    reckoned: Reckoning
    late_units: int
    """How many of its agencies, itself among them, have anything overdue."""


class FallsDue(NamedTuple):
    """What falls due in a week, and how many have reported."""

    what: str
    last_day: date
    reported: int
    of_all: int
    ours: bool = False
    """Whether the day is only asked for."""
