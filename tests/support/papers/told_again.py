"""What a periodic report says, counted a second time from the list of obligations alone."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from obligations.model import Plan
from obligations.reckoning import FIELDS
from obligations.words import count
from tests.support.life.recount import Row, recounted

SCORED = ("due", "in_time", "late", "missing")
"""Columns of the table of contents."""


def item_figures(plan: Plan, rows: Sequence[Row], on: date) -> dict[str, int]:
    """Return how each item stands, as a report states it: what is nothing is not stated."""
    whole = recounted(rows, on)
    found = {"due": whole.due, "overdue": whole.overdue}
    for item in plan.assigned:
        counted = recounted([row for row in rows if row["item"] == item.key], on)
        for column in FIELDS.values():
            if number := getattr(counted, column):
                found[f"{item.key}: {column}"] = number
    return found


def said_sum(rows: Sequence[Row], on: date) -> str:
    """Return the sentence that sums a report up."""
    again = recounted(rows, on)
    return (
        f"Nhiệm vụ có thời hạn đã đến hạn: {count(again.due)} lượt; hoàn thành đúng hạn"
        f" {count(again.in_time)}, sau thời hạn {count(again.late)}, chưa hoàn thành {count(again.missing)}"
    )


def content_counts(plan: Plan, rows: Sequence[Row], on: date) -> list[tuple[str, ...]]:
    """Return the counts of the table of contents, content by content."""
    content_of = {item.key: item.content for item in plan.assigned}
    found = []
    for content in plan.contents:
        mine = [row for row in rows if row["item"] and content_of.get(row["item"]) == content.number]
        counted = recounted(mine, on)
        found.append(tuple(count(getattr(counted, column)) for column in SCORED))
    return found
