"""Numbers told a second time, from the document of `dondoc obligations --json` alone."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from obligations.reckoning import Reckoning

Row = dict[str, Any]
UNCOUNTED = {
    "waiting": "",
    "cancelled": "",
    "nothing_arose": "nothing_arose",
    "not_competent": "not_competent",
}

ASKED_INSTEAD = {
    "in_time": "asked_in_time",
    "late": "asked_late",
    "overdue": "asked_open",
    "excused": "running",
}
"""Where stands what is due by a day that nobody has set, or what a pause would excuse of it."""


def recounted(rows: Iterable[Row], on: date) -> Reckoning:
    """Add up by the words of the document: what was it, when was it due, how does it stand."""
    found: dict[str, int] = {}
    for row in rows:
        column = _column(row, date.fromisoformat(row["last_day"]) < on)
        if column in ASKED_INSTEAD and _is_proposed(row, on, in_time=column == "in_time"):
            column = ASKED_INSTEAD[column]
        if column:
            found[column] = found.get(column, 0) + 1
    return Reckoning(**found)


def _is_proposed(row: Row, on: date, *, in_time: bool) -> bool:
    """Whether neither the plan nor a document sets the day, and the plan's own has not passed it.

    What was done late is looked at as things were then; what was in time, as they are.
    """
    if row["set_by"] is not None:
        return False
    synthesis = row["kind"] == "report" and row["agency"] == "so-noi-vu"
    posted = (row["kind"], row["item"]) == ("task", "2.5")  # its twenty days are in no law
    if row["kind"] in ("plan", "sheet") or (row["item"] or "").startswith("III.") or synthesis or posted:
        return True
    then = date.fromisoformat(row["done_on"]) if row["done_on"] and not in_time else on
    plan_day = date.fromisoformat(row["plan_day"])
    return date.fromisoformat(row["last_day"]) < plan_day and then <= plan_day


def dated(rows: Iterable[Row]) -> list[Row]:
    """Keep to what every total counts."""
    return [row for row in rows if row["kind"] in ("task", "report", "plan")]


def _column(row: Row, gone_by: bool) -> str:
    if row["work_state"] in UNCOUNTED:
        return UNCOUNTED[row["work_state"]]
    match row["time_state"]:
        case "done_late":
            return "late"
        case "overdue":
            return "overdue"
        case "done_in_time":
            return "in_time" if gone_by else "ahead"
        case "paused" if gone_by:
            return "excused"
        case _:
            return "running"
