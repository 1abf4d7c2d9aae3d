"""The lines of a workbook: one for each field of a form, so that whoever fills it goes down one column."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from hashlib import sha256

from obligations.figures import EVENTS
from obligations.model import Figure
from obligations.reasons import REASON_WORDS

SCHEMA = 1
"""The workbook's own number: one of an earlier form is refused, and a new one asked for."""
INPUT, MARKS = "Nhập liệu", "dau"
"""The sheet that is filled in, and the hidden one that says whose it is."""
YES, NO = "có", "không"
REASONS = {words: reason.value for reason, words in REASON_WORDS.items()}


class Sort(StrEnum):
    """What is entered on a line."""

    HEADING = "heading"
    TEXT = "text"
    DAY = "day"
    REASON = "reason"
    ONLY_YES = "only-yes"
    YES_NO = "yes-no"
    COUNT = "count"
    AMOUNT = "amount"
    PERCENT = "percent"


class WorkbookKind(StrEnum):
    """What a workbook is of."""

    DUTIES = "duties"
    REPORT = "report"


@dataclass(frozen=True, kw_only=True)
class Line:
    """One line: a field of one duty, or the heading above its fields."""

    part: str
    """Whose it is: the duty's key, a row's, or "" for the report as a whole."""
    field: str
    """As `ReportDraft` calls it: "completed_on", "document.number", "figures.a"; "" of a heading."""
    sort: Sort
    label: str
    number: str = ""
    """What the plan numbers it: "1.2"."""
    how: str = ""
    """The unit of measure, or how it is written."""
    before: str = ""
    value: str = ""
    """As it is typed into a form."""
    estimate: str | None = None
    """The same as expected at the period's end; None where none is asked for."""

    @property
    def id(self) -> str:
        """Return what stands in the hidden column."""
        return f"{self.part}|{self.field}"


@dataclass(frozen=True, kw_only=True)
class Book:
    """A workbook before it is written: whose, what of, and its lines."""

    kind: WorkbookKind
    plan: str
    agency: str
    report: str
    """The key of the report it is of; "" where it is of the unit's duties."""
    version: int = 0
    """Of that report, as it stood."""
    made_on: date
    title: str
    told: tuple[str, ...]
    """What stands above the lines: whose it is, as of when, what is not to be entered."""
    lines: tuple[Line, ...]
    stamps: Mapping[str, str]
    """By part: which version was shown, and a mark of what stood in it."""


_KINDS = {"count": Sort.COUNT, "amount": Sort.AMOUNT, "percent": Sort.PERCENT, "yes-no": Sort.YES_NO}
_HOW = {Sort.PERCENT: "hai số đếm: ô Nhập và ô Trên tổng số", Sort.YES_NO: "có hoặc không"}


def figure_line(part: str, figure: Figure, value: str, before: str, estimate: str | None = None) -> Line:
    """Return the line of a figure; the number of events is a figure with a field of its own."""
    sort = _KINDS.get(figure.kind, Sort.COUNT)
    must = " (bắt buộc; 0 = không phát sinh)" if figure.key == EVENTS else ""
    return Line(
        part=part,
        field=EVENTS if figure.key == EVENTS else f"figures.{figure.key}",
        sort=sort,
        label=f"{figure.name}{must}",
        how=_HOW.get(sort, figure.unit),
        before=before,
        value=value,
        estimate=estimate,
    )


def text_line(part: str, field: str, label: str, value: str, sort: Sort = Sort.TEXT, how: str = "") -> Line:
    """Return the line of any other field."""
    return Line(
        part=part, field=field, sort=sort, label=label, value=value, how=how or _WRITTEN.get(sort, "")
    )


_WRITTEN = {
    Sort.DAY: "ngày/tháng/năm",
    Sort.REASON: "chọn trong danh sách",
    Sort.ONLY_YES: "chọn 'có' khi không phát sinh",
}


def mark(said: Mapping[str, str]) -> str:
    """Return a short mark of what fields say; what says nothing is not in it."""
    plain = sorted((name, value.strip()) for name, value in said.items() if value.strip())
    return sha256(repr(plain).encode("utf-8", "surrogatepass")).hexdigest()[:12]
