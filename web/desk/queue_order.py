"""How the desk's queue is sorted by its headings; without any what waits longest stands first."""

from __future__ import annotations

from tasks_lib.desk.queue import SORTED
from web.frame.ask import Ask
from web.frame.table import Heading, heading, sorted_by

NAME = "cho-xem-xet"


def headings(ask: Ask) -> dict[str, Heading]:
    """Return where each heading that sorts leads."""
    return {column: heading(ask, f"{NAME}.{column}") for column in sorted(SORTED)}


def order_of(ask: Ask) -> tuple[str, bool]:
    """Return the column the address sorts by, "" for none, and whether the most stands first."""
    column, falling = sorted_by(ask, NAME)
    return (column if column in SORTED else ""), falling
