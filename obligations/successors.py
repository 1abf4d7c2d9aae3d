"""Who answers for what an agency owed once it is no more: a table of days, agencies and resolutions."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import cached_property


class Extent(StrEnum):
    """How much of an agency goes to a successor."""

    FULL = "full"
    """All it owed."""
    PARTIAL = "partial"
    """A part of its place; what it owed goes to the successor of the whole."""
    NONE = "none"
    """It ends, and nobody takes over."""


@dataclass(frozen=True, kw_only=True)
class Succession:
    """One row of the table: from a day on another agency answers for what one owed, or nobody does."""

    old: str
    new: str | None
    """None where nobody takes over."""
    on: date
    """The first day of the new order: the old agency's last is the day before."""
    resolution: str
    part: Extent
    doubt: str = ""
    """What the client should confirm."""


@dataclass(frozen=True)
class Successors:
    """The whole table, in the order of its file."""

    rows: tuple[Succession, ...] = ()

    @cached_property
    def whole(self) -> Mapping[str, Succession]:
        """Return by agency the row that says what becomes of all it owed."""
        return {row.old: row for row in self.rows if row.part is not Extent.PARTIAL}

    @cached_property
    def days(self) -> tuple[date, ...]:
        """Return the days on which somebody is succeeded, in their order."""
        return tuple(sorted({row.on for row in self.whole.values()}))

    def holder(self, agency: str, on: date) -> str | None:
        """Return who answers on a day for what an agency was named for; None where nobody does any more."""
        held: str | None = agency
        passed: set[str] = set()
        while held is not None and held not in passed:
            passed.add(held)
            row = self.whole.get(held)
            if row is None or row.on > on:
                return held
            held = row.new
        return None

    def of_day(self, on: date) -> dict[str, Succession]:
        """Return by agency who is succeeded on a day."""
        return {key: row for key, row in self.whole.items() if row.on == on}

    def into(self, new: str) -> tuple[Succession, ...]:
        """Return the rows by which an agency took over."""
        return tuple(row for row in self.rows if row.new == new)
