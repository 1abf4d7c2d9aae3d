"""What the work is for beside the work: each content's PAPI scores, and how its dated duties stand."""

from __future__ import annotations

from collections.abc import Sequence

from obligations.model import Content, YearScores
from obligations.words import count
from tasks_lib.papers.duties_told import counted
from tasks_lib.papers.items import ItemStanding
from tasks_lib.papers.order import Desk

YEARS = 2
"""So many years stand beside each other."""


def scores_known(desk: Desk) -> tuple[YearScores, ...]:
    """Return the years whose scores are out on the day of the paper, the newest last."""
    return tuple(year for year in desk.house.plan.scores if year.year < desk.on.year)


def shown_score(year: YearScores, content: Content) -> str:
    """Write a content's score of a year; a dash where the index has no such dimension."""
    found = year.score(content.number)
    return "-" if found is None else f"{found:.2f}".replace(".", ",")


def score_table(desk: Desk, items: Sequence[ItemStanding]) -> dict[str, object] | None:
    """Return the table: contents with scores and counts; None where no two years are known."""
    years = scores_known(desk)[-YEARS:]
    if len(years) < YEARS:
        return None
    rows = []
    for content in desk.house.plan.contents:
        lines = [line for found in items if found.item.content == content.number for line in found.lines]
        work = counted(lines)
        rows.append(
            {
                "n": str(content.number),
                "content": f"{content.name}{' (*)' if content.weak else ''}",
                "before": shown_score(years[0], content),
                "last": shown_score(years[1], content),
                "due": count(work.due),
                "in_time": count(work.in_time),
                "late": count(work.late),
                "missing": count(work.missing),
            }
        )
    weak = any(content.weak for content in desk.house.plan.contents)
    note = "(*) Nội dung cần tập trung cải thiện. " if weak else ""
    return {
        "years": [str(year.year) for year in years],
        "rows": rows,
        "note": f"{note}Nhiệm vụ có thời hạn, tính theo lượt đơn vị.",
    }
