"""Contents by unit and items by district: one grouped reading, put together as two squares of counts."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

from obligations.board import ALL_COUNTED, Sight, Sort
from obligations.model import Content, Item, Kind, TimeState
from obligations.period import Period
from obligations.reckoning import Reckoning, Share, reckoned
from obligations.rights import Visitor
from tasks_lib.board.below import asked
from tasks_lib.board.chosen import PART_THREE, PROVINCE, Chosen, all_items
from tasks_lib.board.overview import current_cycle, in_order
from tasks_lib.board.sight import area_of, day_of, sight_of, unit_name, unit_order
from tasks_lib.board.sql import board_counts as counts
from tasks_lib.board.sql.board import Day, chosen, o
from tasks_lib.board.sql.board_counts import Square
from tasks_lib.kernel.bootstrap import House
from tasks_lib.kernel.clock import local_day
from tasks_lib.kernel.looking_back import reading_on
from tasks_lib.kernel.wording import name_of

_DATED_SORTS = (Sort.DATED, Sort.TASK, Sort.PLAN, Sort.REPORT)
OTHER_KINDS = {Kind.PLAN: "Kế hoạch của đơn vị", Kind.REPORT: "Báo cáo kỳ"}


@dataclass(kw_only=True)
class Tally:
    """What one cell counts."""

    total: int = 0
    done: int = 0
    soon: int = 0
    shares: Counter[Share] = field(default_factory=Counter)
    """Of dated work."""

    def add(self, row: Square) -> None:
        """Count a group of obligations that stand the same."""
        self.total += row.total
        self.done += row.done
        if not row.is_row:
            self.shares[Share(row.share)] += row.total
            self.soon += row.total if row.standing == TimeState.DUE_SOON else 0

    @property
    def reckoned(self) -> Reckoning:
        """The reckoning of the dated work in it."""
        return reckoned(self.shares)

    @property
    def late(self) -> int:
        """What is overdue."""
        return self.shares[Share.OVERDUE]

    @property
    def asked(self) -> int:
        """What is past a day that is only proposed."""
        return self.shares[Share.ASKED_OPEN]

    @property
    def done_after_asked(self) -> int:
        """What was done after a day that is only proposed."""
        return self.shares[Share.ASKED_LATE]

    @property
    def done_late(self) -> int:
        """What was done after its day."""
        return self.shares[Share.LATE]


@dataclass(frozen=True, kw_only=True)
class Head:
    """A row or column of a matrix: what it is called, and what it narrows a list to."""

    key: str
    name: str
    hint: str = ""
    narrows: tuple[tuple[str, str], ...] = ()
    """Fields of `Chosen` with their values."""
    continuous: bool = False
    weak: bool = False

    def narrow(self, chosen: Chosen) -> Chosen:
        """Return what a list is narrowed to where this row or column is meant."""
        values = dict(self.narrows)
        if chosen.sort not in ("", Sort.DATED):
            values.pop("sort", None)
        narrowed = replace(chosen, **values)  # type: ignore[arg-type]
        counted = narrowed.sort in _DATED_SORTS and not narrowed.time
        return replace(narrowed, time=ALL_COUNTED) if counted else narrowed


@dataclass(frozen=True, kw_only=True)
class Matrix:
    """Rows, columns and what is counted where they meet; cells nothing stands in are absent."""

    rows: tuple[Head, ...]
    columns: tuple[Head, ...]
    cells: dict[tuple[str, str], Tally]
    totals: dict[str, Tally]
    """By row."""


@dataclass(frozen=True, kw_only=True)
class Matrices:
    """Both squares of the board, and the cycle its continuous rows are of."""

    contents: Matrix
    items: Matrix
    cycle: Period | None


def matrices(house: House, visitor: Visitor, as_of: datetime, narrowed: Chosen) -> Matrices:
    """Return contents by unit and items by district, narrowed to what is chosen."""
    on = local_day(as_of)
    day, sight = day_of(house, on), sight_of(house, visitor)
    one_by_one = is_one_district(house, sight, narrowed)
    unit = o.agency_id.expression if one_by_one else counts.area(day)
    with reading_on(house, on) as connection:
        query = asked(connection, house, narrowed, sight, on)
        found = counts.matrix(connection, chosen(query), day, unit)
    cycle = current_cycle(house, {row.cycle for row in found if row.cycle})
    rows = [row for row in found if row.cycle in (None, cycle)]
    return Matrices(
        contents=_by_content(house, rows, cycle, one_by_one),
        items=_by_item(house, day, rows, cycle, one_by_one),
        cycle=cycle,
    )


def is_one_district(house: House, sight: Sight, narrowed: Chosen) -> bool:
    """Whether the units shown are those of one district, each by itself."""
    if narrowed.district not in ("", PROVINCE) or narrowed.agency:
        return True
    if sight.reaches_all or sight.agencies is None:
        return False
    return len({area_of(house, house.agency(key)) for key in sight.agencies}) == 1


def _by_content(house: House, rows: Sequence[Square], cycle: Period | None, one_by_one: bool) -> Matrix:
    contents = {item.key: item.content for item in all_items(house)}
    units = sorted({row.unit for row in rows}, key=lambda unit: unit_order(house, unit))
    columns = [head for content in (*in_order(house), None) for head in _content_heads(content, cycle)]
    placed = [(row.unit, _content_key(contents.get(row.item or ""), bool(row.cycle)), row) for row in rows]
    return _matrix([_unit(house, unit, one_by_one) for unit in units], columns, placed)


def _content_key(number: int | None, continuous: bool) -> str:
    return f"{number or PART_THREE}{'~' if continuous else ''}"


def _content_heads(content: Content | None, cycle: Period | None) -> list[Head]:
    """Return a content's columns: its dated work, and its continuous work of the cycle."""
    number = content.number if content else None
    name, hint = (f"{number}", content.name) if content else ("KH, BC", "Kế hoạch, báo cáo kỳ, Mục III")
    key = str(number or PART_THREE)
    weak = bool(content and content.weak)
    dated = Head(
        key=_content_key(number, continuous=False),
        name=name,
        hint=hint,
        weak=weak,
        narrows=(("content", key), ("sort", Sort.DATED)),
    )
    continuous = Head(
        key=_content_key(number, continuous=True),
        name=f"{name} TX",
        hint=f"{hint} (thường xuyên)",
        narrows=(("content", key), ("sort", Sort.CONTINUOUS), *_of_cycle(cycle)),
        continuous=True,
        weak=weak,
    )
    return [dated, continuous]


def _unit(house: House, key: str, one_by_one: bool) -> Head:
    """Return a unit's head; a district among others stands for all below it."""
    known = house.configuration.agencies.get(key)
    whole = not one_by_one and known is not None and known.heads
    field = "district" if whole else "agency"
    district = one_by_one and known is not None and known.heads
    name = name_of(house, key) if district else unit_name(house, key)
    return Head(key=key, name=name, narrows=((field, key),))


def _by_item(
    house: House, day: Day, rows: Sequence[Square], cycle: Period | None, one_by_one: bool
) -> Matrix:
    columns = _item_columns(house, day, rows, one_by_one)
    known = {head.key for head in columns}
    heads = [h for content in in_order(house) for h in _item_heads(house, content, cycle)]
    heads += [_item_head(item, cycle, continuous=False) for item in house.plan.duties]
    heads += [
        Head(key=kind, name=name, narrows=(("sort", _SORT_OF[kind]),)) for kind, name in OTHER_KINDS.items()
    ]
    placed = [
        (_item_key(row.item or row.kind, bool(row.cycle)), row.unit if row.unit in known else PROVINCE, row)
        for row in rows
    ]
    return _matrix(heads, columns, placed)


_SORT_OF = {Kind.PLAN: Sort.PLAN, Kind.REPORT: Sort.REPORT}


def _item_key(item: str, continuous: bool) -> str:
    return f"{item}~" if continuous else item


def _of_cycle(cycle: Period | None) -> tuple[tuple[str, Period], ...]:
    return () if cycle is None else (("period", cycle),)


def _item_heads(house: House, content: Content, cycle: Period | None) -> list[Head]:
    mine = [item for item in house.plan.items if item.content == content.number]
    found = [_item_head(item, cycle, continuous=c) for item in mine for c in (False, True)]
    return [replace(head, weak=content.weak) for head in found]


def _item_head(item: Item, cycle: Period | None, *, continuous: bool) -> Head:
    narrows = (("item", item.key), ("sort", Sort.CONTINUOUS if continuous else Sort.TASK))
    return Head(
        key=_item_key(item.key, continuous),
        name=f"{item.key}{' TX' if continuous else ''}",
        hint=item.title,
        narrows=(*narrows, *_of_cycle(cycle)) if continuous else narrows,
        continuous=continuous,
    )


def _item_columns(house: House, day: Day, rows: Sequence[Square], one_by_one: bool) -> list[Head]:
    units = {row.unit for row in rows}
    if one_by_one:
        return [_unit(house, unit, one_by_one) for unit in sorted(units, key=lambda u: unit_order(house, u))]
    places = [_unit(house, key, one_by_one) for key in day.districts if key in units]
    bodies = units - set(day.districts)
    others = any(not house.agency(key).level.top for key in bodies)
    if others or not bodies:
        # Without districts the communes stand for themselves.
        return [
            *places,
            *(_unit(house, k, one_by_one) for k in sorted(bodies, key=lambda u: unit_order(house, u))),
        ]
    top = house.plan.levels.top
    return [*places, Head(key=PROVINCE, name=top.heading, narrows=(("district", PROVINCE),))]


def _matrix(
    rows: Sequence[Head], columns: Sequence[Head], placed: Sequence[tuple[str, str, Square]]
) -> Matrix:
    """Count what stands at each place; rows and columns nothing stands in are left out."""
    cells: dict[tuple[str, str], Tally] = defaultdict(Tally)
    totals: dict[str, Tally] = defaultdict(Tally)
    for row, column, counted in placed:
        cells[row, column].add(counted)
        totals[row].add(counted)
    used = {column for _, column in cells}
    return Matrix(
        rows=tuple(head for head in rows if head.key in totals),
        columns=tuple(head for head in columns if head.key in used),
        cells=dict(cells),
        totals=dict(totals),
    )
