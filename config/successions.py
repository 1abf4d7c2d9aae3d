"""Reads the files of successors, tells what cannot be of them, and what the client should confirm."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, timedelta
from graphlib import CycleError, TopologicalSorter
from pathlib import Path
from typing import Annotated

from pydantic import Field

from config.errors import FaultLog
from config.mirror import Mirror, Text
from config.reading import TomlFile, csv_models
from obligations.chain import Roster
from obligations.model import Agency, Plan
from obligations.successors import Extent, Succession
from obligations.words import count
from obligations.words import day as written

ONE_DAY = timedelta(days=1)
NAMED = 3
"""So many of those a doubt is about are named [ours]."""

Placed = tuple[str, str, Succession]
"""A row with the file and the line it stands in."""


class SuccessorsRow(Mirror):
    """[[successors]] of agencies.toml: a file that says who answers for whom from which day."""

    file: Text


class SuccessionRow(Mirror):
    """One line of a file of successors; `new` and, with a doubt, `resolution` may be empty."""

    old: Text
    new: str
    on: Annotated[date, Field(strict=False)]
    resolution: str
    part: Annotated[Extent, Field(strict=False)]
    doubt: str


def read_successors(directory: Path, file: TomlFile) -> list[Placed]:
    """Return the rows of the files that agencies.toml names, each with its place."""
    found: list[Placed] = []
    for named in file.rows("successors", SuccessorsRow, "file"):
        path = directory / named.file
        for label, row in csv_models(path, SuccessionRow, file.log):
            found.append((path.name, label, _succession(row)))
    return found


def _succession(row: SuccessionRow) -> Succession:
    return Succession(
        old=row.old,
        new=row.new or None,
        on=row.on,
        resolution=row.resolution,
        part=row.part,
        doubt=row.doubt,
    )


def check_successors(
    placed: list[Placed], agencies: Mapping[str, Agency], known: frozenset[str] | None, log: FaultLog
) -> None:
    """Tell of agencies that are none or not there on the day, of two for one, of a ring."""
    whole: set[str] = set()
    told: set[tuple[object, ...]] = set()
    for name, label, row in placed:
        old = agencies.get(row.old)
        for column, why in _faults(row, agencies, known):
            # A whole list ends on one day: one line says that it is another.
            alike = column, row.on, old.valid_to if old and column == "on" else row.old
            if alike not in told:
                log.add(name, label, column, why)
            told.add(alike)
        if row.part is not Extent.PARTIAL:
            if row.old in whole:
                log.add(name, label, "old", f"'{row.old}' đã có một dòng kế thừa toàn bộ ở trên")
            whole.add(row.old)
    for name, label, row in placed:
        if row.part is Extent.PARTIAL and row.old not in whole:
            whole.add(row.old)
            why = f"'{row.old}' chỉ có kế thừa một phần; cần một dòng full hoặc none"
            log.add(name, label, "part", why)
    _check_ring(placed, log)


def _faults(
    row: Succession, agencies: Mapping[str, Agency], known: frozenset[str] | None
) -> Iterator[tuple[str, str]]:
    if (row.new is None) != (row.part is Extent.NONE):
        yield "new", "để trống khi và chỉ khi part là none"
    if not row.resolution and not row.doubt:
        yield "resolution", "thiếu văn bản; chưa có thì nêu ở cột doubt"
    for column, key in (("old", row.old), ("new", row.new)):
        if key is not None and key not in agencies and known is not None and key not in known:
            yield column, f"không có cơ quan '{key}'"
    old, new = agencies.get(row.old), agencies.get(row.new or "")
    if old is not None and row.part is not Extent.PARTIAL and old.valid_to != row.on - ONE_DAY:
        ends = f"đến hết {written(old.valid_to)}" if old.valid_to else "không có ngày kết thúc"
        yield "on", f"'{row.old}' {ends}, không phải đến hết ngày trước {written(row.on)}"
    if new is not None and not new.exists_on(row.on):
        yield "new", f"'{row.new}' không có vào ngày {written(row.on)}"


def _check_ring(placed: list[Placed], log: FaultLog) -> None:
    graph: dict[str, set[str]] = {}
    for _, _, row in placed:
        if row.new is not None:
            graph.setdefault(row.old, set()).add(row.new)
    try:
        TopologicalSorter(graph).prepare()
    except CycleError as error:
        ring = sorted({str(agency) for agency in error.args[1]})
        name, label, _ = next(entry for entry in placed if entry[2].old in ring)
        log.add(name, label, "new", f"kế thừa nối thành vòng: {', '.join(ring)}")


def doubts_of(plan: Plan, roster: Roster, rows: Iterable[Succession]) -> list[str]:
    """Return what of the changes of tree within a plan's life the client should confirm.

    Who may owe something and ends without a row is one of them: its open duties would stay with it.
    """
    life = range(plan.signed_on.toordinal() + 1, plan.valid_until.toordinal() + 1)
    within = [row for row in rows if row.on.toordinal() in life]
    said: dict[str, list[str]] = {}
    for row in within:
        if row.doubt:
            said.setdefault(row.doubt, []).append(row.old)
    placed = {row.old for row in within if row.part is not Extent.PARTIAL}
    for key in _owing(plan, roster):
        last = roster.agencies[key].valid_to
        if last is not None and (last + ONE_DAY).toordinal() in life and key not in placed:
            said.setdefault(f"kết thúc ngày {written(last)}, chưa có nơi kế thừa", []).append(key)
    return [_told(roster, keys, doubt) for doubt, keys in said.items()]


def _owing(plan: Plan, roster: Roster) -> tuple[str, ...]:
    refs = {*plan.planners, *plan.sheet_keepers, *plan.invited}
    for item in plan.everything:
        refs |= {*item.leads, *(body.body for body in item.second if body.has_account)}
    founded = {
        a.valid_from for a in roster.agencies.values() if plan.signed_on < a.valid_from <= plan.valid_until
    }
    days = (plan.signed_on, *sorted(founded))
    found = (key for on in days for key in roster.at(on).members(tuple(sorted(refs))))
    return tuple(dict.fromkeys(found))


def _told(roster: Roster, keys: list[str], doubt: str) -> str:
    names = [roster.agencies[key].name for key in keys[:NAMED]]
    more = f" và {count(len(keys) - NAMED)} đơn vị khác" if len(keys) > NAMED else ""
    return f"{', '.join(names)}{more}: {doubt}"
