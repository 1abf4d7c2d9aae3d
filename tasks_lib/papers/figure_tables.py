"""The figures of a report, one table for each content: places as columns, the whole at the end."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from obligations.model import PART_WORDS
from obligations.rollup import Total, split
from obligations.words import alphabetical
from tasks_lib.kernel.bootstrap import House
from tasks_lib.rollup.consolidate import Consolidated, Line, RollUp

PERIOD, CUMULATIVE, ESTIMATE = "Trong kỳ", "Lũy kế từ 01/01", "Ước đến cuối kỳ"
BODIES = "Sở, ban, ngành"
ZERO_WIDTH = "\N{ZERO WIDTH SPACE}"
MOST_PLACES = 10
"""More columns of places than these no page holds: then the whole stands alone."""


@dataclass(frozen=True, kw_only=True)
class _Row:
    item: str
    name: str
    cells: tuple[str, ...]


def figure_tables(house: House, roll_up: RollUp) -> list[dict[str, object]]:
    """Return the tables, for templates: heading, columns, rows; contents without figures have none."""
    places = _places(house, roll_up)
    by_content = {
        content: [
            _row(house, line, figure, places)
            for line in roll_up.lines
            if line.item.content == content.number
            for figure in line.figures
            if figure.cumulative.sources or figure.estimate.sources
        ]
        for content in house.plan.contents
    }
    columns = [*(name for _, name in places), PERIOD, CUMULATIVE, ESTIMATE]
    # A column in which no unit has said anything takes room from the others.
    estimated = any(row.cells[-1] for rows in by_content.values() for row in rows)
    shown = len(columns) if estimated else len(columns) - 1
    return [
        {
            "title": f"Chỉ số nội dung {content.number}: {content.name}",
            "columns": columns[:shown],
            "rows": [{"item": row.item, "name": row.name, "cells": row.cells[:shown]} for row in rows],
        }
        for content, rows in by_content.items()
        if rows
    ]


def _places(house: House, roll_up: RollUp) -> list[tuple[str, str]]:
    """Return the places that are columns: districts of the province; none where they are too many."""
    if roll_up.place != house.plan.focal:
        return []
    heads = [agency for agency in house.agencies if agency.heads]
    if not heads or len(heads) > MOST_PLACES:
        return []
    named = sorted(((a.id, a.short_name) for a in heads), key=lambda pair: alphabetical(pair[1]))
    return [*named, ("", BODIES)]


def _row(house: House, line: Line, figure: Consolidated, places: Sequence[tuple[str, str]]) -> _Row:
    unit = f" ({figure.figure.unit})" if figure.figure.unit else ""
    part = f" - đơn vị {PART_WORDS[line.part]}" if line.part.implements else ""
    by_place = split(figure.period, lambda key: house.agency(key).area or "")
    totals = [*(by_place.get(key) for key, _ in places), figure.period, figure.cumulative, figure.estimate]
    name = f"{figure.figure.name}{unit}{part}"
    return _Row(item=line.item.key, name=name, cells=tuple(_shown(total) for total in totals))


def _shown(total: Total | None) -> str:
    # A long pair of counts breaks behind its stroke and nowhere within a number.
    return "" if total is None else total.shown().replace("/", f"/{ZERO_WIDTH}")
