"""Changes of the file of report cycles that keep its remarks: a cycle added, moved, switched off."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

import tomlkit
from tomlkit.items import Table

from config.export import head_of, plan_file
from config.load import Configuration
from config.office_file import OfficeFile, inline
from obligations.errors import Invalid
from obligations.model import Plan


@dataclass(frozen=True, kw_only=True)
class NewCycle:
    """A cycle to be added, as its row of the file will say it."""

    key: str
    name: str
    every: str
    """month, quarter, half or year."""
    month: int | None
    """The last month of one that comes once a year; None for the others."""
    before_day: Mapping[str, int]
    close_day: Mapping[str, int]
    only: int | None = None
    """The one year it is of."""


class CycleFile(OfficeFile):
    """A plan's file of cycles."""

    def __init__(self, configuration: Configuration, plan: Plan) -> None:
        directory = configuration.directory
        super().__init__(directory, head_of(plan_file(directory, plan))["cycles"])

    def add(self, new: NewCycle) -> None:
        """Add a cycle after those there are; raise Invalid where one has its key."""
        if new.key in {row["key"] for row in self.rows("cycle")}:
            raise Invalid(f"kỳ báo cáo {new.key}: đã có trong {self.path.name}")
        row = tomlkit.table()
        row.update({"key": new.key, "name": new.name, "every": new.every})
        row.update({name: value for name, value in (("month", new.month), ("only", new.only)) if value})
        for field, days in (("before_day", new.before_day), ("close_day", new.close_day)):
            row[field] = inline(days)
        self.rows("cycle").append(row)

    def move(self, key: str, before_day: Mapping[str, int], close_day: Mapping[str, int]) -> None:
        """Give a cycle other days at some levels; the rest stays."""
        row = self._row(key)
        for field, days in (("before_day", before_day), ("close_day", close_day)):
            row[field].update(days)

    def switch(self, key: str, off_from: date | None) -> None:
        """Switch a cycle off from a day on, or on again."""
        row = self._row(key)
        if off_from is None:
            row.pop("off_from", None)
        else:
            row["off_from"] = off_from

    def _row(self, key: str) -> Table:
        for row in self.rows("cycle"):
            if row["key"] == key and isinstance(row, Table):
                return row
        known = ", ".join(str(row["key"]) for row in self.rows("cycle"))
        raise Invalid(f"không có kỳ báo cáo '{key}' trong {self.path.name}; hiện có: {known}")
