"""Which figures of a report its desk should ask about: those far from the same unit's last period."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from sqlalchemy import Connection

from obligations.deadlines import ONCE
from obligations.figures import EVENTS, doubt, events_figure
from obligations.model import Kind
from obligations.obligation import Obligation
from store.rollup import Heard, Reach, heard
from tasks_lib.bootstrap import House


def doubts_of(connection: Connection, house: House, row: Obligation, as_of: datetime) -> tuple[str, ...]:
    """Return what stands far from the period before, in a task's report or in a cycle report's rows."""
    if not row.version or row.period == ONCE or row.kind not in (Kind.TASK, Kind.REPORT, Kind.ROW):
        return ()
    kind = Kind.ROW if row.is_cycle_report else row.kind
    reach = Reach(plan=house.plan.key, kinds=(kind,), agencies=(row.agency_id,), item=row.item)
    said = heard(connection, reach, as_of)
    now = [h for h in said if h.period == row.period and (row.is_cycle_report or h.key == row.key)]
    return tuple(words for h in now for words in _doubts(house, h, said))


def _doubts(house: House, now: Heard, said: list[Heard]) -> Iterator[str]:
    item = house.plan.item(now.item or "")
    before = [h for h in said if (h.item, h.part) == (now.item, now.part) and h.last_day < now.last_day]
    last = max((h for h in before if h.handed_in), key=lambda h: h.last_day, default=None)
    if item is None or last is None:
        return
    for figure in (*item.figures, events_figure(item)):
        value, earlier = now.figures.get(figure.key), last.figures.get(figure.key)
        if value is not None and earlier is not None and (words := doubt(figure, value, earlier)):
            where = "" if figure.key != EVENTS and now.is_task else f"nhiệm vụ {item.key}: "
            yield f"{where}{words}"
