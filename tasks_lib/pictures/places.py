"""Pictures of places: districts and departments as bars, communes as squares, levels beside each other."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence

from config.tiles import load_tiles
from notifications.wording import upper_first
from obligations.reckoning import NOTHING, Reckoning, added
from obligations.words import count
from tasks_lib.board.sight import area_of, unit_name, unit_order
from tasks_lib.kernel.bootstrap import House
from tasks_lib.kernel.wording import name_of
from tasks_lib.pictures.asked import Asked, percent
from tasks_lib.pictures.bars import Bar, bars, parts_of
from tasks_lib.pictures.shapes import Picture, Value
from tasks_lib.pictures.squares import Square, squares

HEADINGS = ("Đã đến hạn", "Đúng hạn", "Xong sau hạn", "Quá hạn", "Tạm dừng", "Tỷ lệ đúng hạn")
MOST_LINES = 24
"""Bars that can be compared at a glance; the worst ones are kept."""
TOP = "top"


def numbers(found: Reckoning) -> tuple[Value, ...]:
    """Return a row's numbers under `HEADINGS`."""
    rate = percent(found.in_time, found.judged)
    return found.due, found.in_time, found.late, found.overdue, found.excused, rate


def by_place(house: House, found: Mapping[str, Reckoning]) -> dict[str, Reckoning]:
    """Add agencies up to districts, and the province's level together; of one place, one by one."""
    places: dict[str, Reckoning] = defaultdict(lambda: NOTHING)
    areas = {area_of(house, house.agency(agency)) for agency in found}
    if len(areas) == 1 or not any(house.agency(area).heads for area in areas):
        return dict(found)
    for agency, counted in found.items():
        area = area_of(house, house.agency(agency))
        places[area if house.agency(area).heads else TOP] += counted
    return dict(places)


def slowest_first(house: House, places: Mapping[str, Reckoning]) -> list[str]:
    """Order places by the share that is overdue, then by how much; who is never ranked stands last."""

    def order(key: str) -> tuple[bool, float, int, object]:
        found = places[key]
        ranked = key == TOP or house.agency(key).ranked
        named = (9, key) if key == TOP else unit_order(house, key)
        return not ranked, -found.overdue / (found.judged or 1), -found.overdue, named

    return sorted((key for key, found in places.items() if found.due), key=order)


def _name(house: House, key: str) -> str:
    return house.plan.levels.top.heading if key == TOP else unit_name(house, key)


def districts(asked: Asked) -> Picture:
    """Compare places: of what has fallen due, how much in time, late, overdue."""
    house = asked.house
    places = by_place(house, asked.by_agency())
    order = slowest_first(house, places)[:MOST_LINES]
    lines = [
        Bar(label=_name(house, key), parts=parts_of(places[key]), after=_after(places[key])) for key in order
    ]
    said = (
        f"Chậm nhất: {_name(house, order[0])}, {_late(places[order[0]])}."
        if order
        else "Chưa có nội dung đến hạn."
    )
    return Picture(
        kind="districts",
        title="Nội dung đã đến hạn theo địa bàn",
        said=said,
        headings=("Địa bàn, cơ quan", *HEADINGS),
        rows=tuple((_name(house, key), *numbers(places[key])) for key in order),
        keys=tuple(order),
        drawing=bars(lines, shares=True),
        note="Xếp theo tỷ lệ quá hạn, cao nhất ở trên; sau mỗi thanh: số quá hạn trên số đã đến hạn.",
    )


def _after(found: Reckoning) -> str:
    return f"{count(found.overdue)}/{count(found.due)} ({percent(found.overdue, found.judged)})"


def _late(found: Reckoning) -> str:
    return f"quá hạn {count(found.overdue)} trên {count(found.due)} nội dung đã đến hạn"


def communes(asked: Asked) -> Picture:
    """Show every commune as a square."""
    house, tiles = asked.house, load_tiles(asked.house.configuration)
    units, counted = house.levels[0].plural, asked.by_agency()
    shown = [key for key in tiles if key in counted and not house.agency(key).heads]
    found = [Square(tile=tiles[key], name=name_of(house, key), found=counted[key]) for key in shown]
    late = [square for square in found if square.found.overdue]
    order = sorted(shown, key=lambda key: (-counted[key].overdue, unit_order(house, key)))
    return Picture(
        kind="communes",
        title=f"Từng {units}",
        said=f"{count(len(late))} trên {count(len(found))} {units} có nội dung quá hạn.",
        headings=(upper_first(units), "Khu vực", *HEADINGS),
        rows=tuple((name_of(house, key), tiles[key].area, *numbers(counted[key])) for key in order),
        keys=tuple(order),
        drawing=squares(found),
        note="Mỗi ô một đơn vị, xếp theo địa bàn, không theo diện tích; số trong ô là số nội dung quá hạn.",
    )


def tiers(asked: Asked) -> Picture:
    """Compare the levels of the chain."""
    house, levels = asked.house, asked.house.plan.levels
    found: dict[str, list[Reckoning]] = defaultdict(list)
    for agency, counted in asked.by_agency().items():
        found[house.agency(agency).level.key].append(counted)
    named: Sequence[tuple[str, str, Reckoning]] = [
        (level.key, level.name[:1].upper() + level.name[1:], added(found[level.key]))
        for level in levels.downwards
        if level.key in found
    ]
    return Picture(
        kind="tiers",
        title="Nội dung đã đến hạn theo cấp",
        said="; ".join(f"{name}: {_late(counted)}" for _, name, counted in named) + ".",
        headings=("Cấp", *HEADINGS),
        rows=tuple((name, *numbers(counted)) for _, name, counted in named),
        keys=tuple(key for key, _, _ in named),
        drawing=bars(
            [Bar(label=name, parts=parts_of(counted), after=_after(counted)) for _, name, counted in named],
            shares=False,
        ),
        note="Chiều dài thanh theo số nội dung; sau mỗi thanh: số quá hạn trên số đã đến hạn.",
    )
