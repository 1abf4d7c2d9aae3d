"""A small province in its third quarter: three communes, their district, a department, the focal agency."""

from __future__ import annotations

from typing import Any

from obligations.model import Kind
from store.schema import obligations
from tasks_lib.answering.one_report import RowAnswer
from tasks_lib.answering.submit import Answer
from tasks_lib.kernel.bootstrap import House
from tests.support.life.stories import (
    A_MU_SUNG,
    BAT_XAT,
    MUONG_VI,
    SO_NOI_VU,
    Y_TY,
    keys,
    leave_only,
    reports_in,
    row,
)

Q3, YEAR = "2022-Q3-report", "2022-year-report"
SO_TU_PHAP = "so-tu-phap"
UNITS = (A_MU_SUNG, MUONG_VI, Y_TY, BAT_XAT, SO_TU_PHAP, SO_NOI_VU)


def report_of(agency: str, period: str = Q3) -> str:
    """The key of a cycle report."""
    return f"report/{agency}/{period}"


def row_of(item: str, agency: str, period: str = Q3) -> str:
    """The key of a row."""
    return f"row/{item}/{agency}/{period}"


def small_province(house: House) -> None:
    """Only these units owe anything."""
    kinds = (Kind.REPORT, Kind.ROW, Kind.TASK)
    kept = keys(house, obligations.c.agency_id.in_(UNITS), obligations.c.kind.in_(kinds))
    leave_only(house, *kept)


def hands_in(house: House, agency: str, day: str, said: dict[str, dict[str, Any]], period: str = Q3) -> None:
    """A unit hands in its cycle report with figures of some items; what it owes otherwise is left blank."""
    mine = keys(house, obligations.c.parent_id == row(house, report_of(agency, period)).id)
    rows = tuple(
        RowAnswer(row=key, text=f"Kết quả {key.split('/')[1]}", figures=said.get(key.split("/")[1], {}))
        for key in mine
    )
    reports_in(house, report_of(agency, period), day, Answer(text="Báo cáo", rows=rows))


def reported(house: House) -> None:
    """Two of the three communes have reported; Mường Vi has not."""
    hands_in(
        house, A_MU_SUNG, "2022-09-08", {"4.1": {"a": [8, 10], "b": 3}, "1.3": {"c": 4}, "2.1": {"a": 2}}
    )
    hands_in(house, Y_TY, "2022-09-08", {"4.1": {"a": [10, 11], "b": 2}, "2.1": {"a": 5}})
