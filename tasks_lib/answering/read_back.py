"""What was handed in on the command line, told back as it was read."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from obligations.figures import spelled
from obligations.model import Item
from obligations.rollup import shown_value
from store.engine import reading
from store.ledger import find
from store.reports import figures_said
from tasks_lib.answering.doubts import doubts_of
from tasks_lib.kernel.bootstrap import House


def read_back(house: House, key: str, as_of: datetime) -> list[str]:
    """Return a line for each figure of the newest version as it was read, and what is doubted in it."""
    with reading(house.engine) as connection:
        row = find(connection, house.plan.key, key)
        said = figures_said(connection, row.id)
        doubts = doubts_of(connection, house, row, as_of)
    lines = [line for item, figures in said for line in _lines(house.plan.item(item or ""), figures)]
    return [*lines, *(f"Đề nghị kiểm tra: {words}" for words in doubts)]


def _lines(item: Item | None, figures: dict[str, object]) -> Iterator[str]:
    for figure in item.figures if item else ():
        value = figures.get(figure.key)
        if isinstance(value, (bool, int, str, list)):
            words = f" (đọc là {spelled(value)})" if spelled(value) else ""
            yield f"  {figure.item}.{figure.key} {figure.name}: {shown_value(figure, value)}{words}"
