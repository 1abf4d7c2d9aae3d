"""What is wrong with a workbook that came back, cell by cell, all of it at once."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from openpyxl.utils import get_column_letter

from obligations.errors import Faults, Invalid
from tasks_lib.workbooks.lines import INPUT

VALUE, ESTIMATE = 6, 8
"""The columns of what is entered, counted from one."""


@dataclass(frozen=True, kw_only=True)
class At:
    """One fault, where a person finds it."""

    row: int
    column: int
    about: str
    """What the line is of: "nhiệm vụ 1.2, Số tin, bài"."""
    words: str
    sheet: str = INPUT

    @property
    def cell(self) -> str:
        """Return the cell's address: F12."""
        return f"{get_column_letter(self.column)}{self.row}"

    @property
    def said(self) -> str:
        """Return the fault in one line."""
        where = f"trang '{self.sheet}', ô {self.cell} (dòng {self.row}, cột {get_column_letter(self.column)})"
        return ": ".join(part for part in (where, self.about, self.words) if part)

    def as_json(self) -> dict[str, object]:
        """Return the fault as scripts read it."""
        return {
            "sheet": self.sheet,
            "row": self.row,
            "column": get_column_letter(self.column),
            "cell": self.cell,
            "about": self.about,
            "message": self.words,
        }


class WrongCells(Invalid):
    """Raised with every fault of a workbook; nothing of it has been taken."""

    def __init__(self, found: Iterable[At]) -> None:
        """Take the faults, each once, in the order of the sheet."""
        self.found = tuple(dict.fromkeys(sorted(found, key=lambda at: (at.row, at.column))))
        super().__init__("\n".join(at.said for at in self.found))


@dataclass(frozen=True)
class Rows:
    """Where the fields of one part stand."""

    about: str
    first: int
    by_field: Mapping[str, int]
    labels: Mapping[str, str]

    def at(self, field: str, words: str) -> At:
        """Return a fault at a field; what has none stands at the part's first line."""
        estimate = field.startswith("estimates.")
        name = f"figures.{field.partition('.')[2]}" if estimate else field
        label = self.labels.get(name, "")
        return At(
            row=self.by_field.get(name, self.first),
            column=ESTIMATE if estimate else VALUE,
            about=", ".join(part for part in (self.about, label) if part),
            words=words.removeprefix(f"{label}: ") if label else words,
        )

    def all(self, faults: Faults) -> list[At]:
        """Return faults of the form's model where their fields stand here."""
        return [self.at(fault.field, fault.words) for fault in faults.found]
