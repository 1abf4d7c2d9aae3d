"""What stands in doubt in a report: its stated day, and figures far from the same unit's last period."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import datetime

from sqlalchemy import Connection

from obligations.figures import EVENTS, doubt, events_figure
from obligations.model import Kind
from obligations.obligation import Obligation
from obligations.words import day
from store.engine import reading
from tasks_lib.kernel.bootstrap import House
from tasks_lib.rollup.sql.rollup import Heard, Reach, heard

ASKED = (Kind.TASK, Kind.REPORT, Kind.ROW)
"""What asks for figures."""


def doubted(house: House, rows: Collection[Obligation], as_of: datetime) -> dict[str, tuple[str, ...]]:
    """Return by key what stands in doubt of some obligations' reports; what does not is left out."""
    with reading(house.engine) as connection:
        figures = _of_figures(connection, house, rows, as_of)
    found = {row.key: (*_of_day(row), *figures.get(row.key, ())) for row in rows}
    return {key: doubts for key, doubts in found.items() if doubts}


def doubts_of(connection: Connection, house: House, row: Obligation, as_of: datetime) -> tuple[str, ...]:
    """Return what stands far from the period before, in a task's report or in a cycle report's rows."""
    return _of_figures(connection, house, (row,), as_of).get(row.key, ())


def _of_day(row: Obligation) -> Iterator[str]:
    if row.doubted_on is not None:
        yield f"ngày {day(row.doubted_on)} ở trước khi nhiệm vụ bắt đầu, chờ xác nhận"


def _of_figures(
    connection: Connection, house: House, rows: Collection[Obligation], as_of: datetime
) -> Mapping[str, tuple[str, ...]]:
    """Ask the database once for each item, and once for all cycle reports, however many units there are."""
    alike: dict[tuple[Kind, str | None], list[Obligation]] = {}
    for row in rows:
        if row.version and not row.period.is_once and row.kind in ASKED:
            alike.setdefault((row.kind, row.item), []).append(row)
    found: dict[str, tuple[str, ...]] = {}
    for (kind, item), same in alike.items():
        kinds = (Kind.ROW if kind is Kind.REPORT else kind,)
        reach = Reach(plan=house.plan.key, kinds=kinds, agencies={r.agency_id for r in same}, item=item)
        said = heard(connection, reach, as_of)
        for row in same:
            mine = [h for h in said if h.agency == row.agency_id]
            now = [h for h in mine if h.period == row.period and (row.is_cycle_report or h.key == row.key)]
            found[row.key] = tuple(words for h in now for words in _far_off(house, h, mine))
    return found


def _far_off(house: House, now: Heard, said: Sequence[Heard]) -> Iterator[str]:
    item, times = house.plan.item(now.item or ""), house.plan.settings.doubted_times
    before = [h for h in said if (h.item, h.part) == (now.item, now.part) and h.last_day < now.last_day]
    last = max((h for h in before if h.handed_in), key=lambda h: h.last_day, default=None)
    if item is None or last is None:
        return
    for figure in (*item.figures, events_figure(item)):
        value, earlier = now.figures.get(figure.key), last.figures.get(figure.key)
        if value is not None and earlier is not None and (words := doubt(figure, value, earlier, times)):
            where = "" if figure.key != EVENTS and now.is_task else f"nhiệm vụ {item.key}: "
            yield f"{where}{words}"
