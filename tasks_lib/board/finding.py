"""Search without diacritics: agencies, items and contents by name or number, and where both meet."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from obligations.model import Agency, Content, Item
from obligations.rights import Visitor
from obligations.words import folded
from tasks_lib.board.chosen import all_items
from tasks_lib.board.sight import day_of, place_of, sight_of, unit_order
from tasks_lib.board.sql import search
from tasks_lib.board.sql.search import Sighted
from tasks_lib.kernel.bootstrap import House
from tasks_lib.kernel.clock import local_day
from tasks_lib.kernel.looking_back import reading_on

MOST = 40
"""Of each sort; who gets more types another word."""


@dataclass(frozen=True, kw_only=True)
class FoundAgency:
    """An agency whose name fits, or whose part of an item is meant."""

    agency: Agency
    place: str
    item: str
    """The item meant with it ("1.2 bat xat"); "" for all it owes."""
    total: int
    late: int


@dataclass(frozen=True, kw_only=True)
class FoundItem:
    """An item whose number or text fits."""

    item: Item
    total: int
    late: int


@dataclass(frozen=True, kw_only=True)
class Found:
    """What a search found."""

    agencies: tuple[FoundAgency, ...]
    items: tuple[FoundItem, ...]
    contents: tuple[Content, ...]
    more: bool
    """Whether some were left out."""

    @property
    def nothing(self) -> bool:
        """Whether nothing fits."""
        return not (self.agencies or self.items or self.contents)


def find(house: House, visitor: Visitor, as_of: datetime, text: str) -> Found:
    """Find what fits a text, within what the visitor sees."""
    words = folded(text).split()
    if not words:
        return Found(agencies=(), items=(), contents=(), more=False)
    with reading_on(house, local_day(as_of)) as connection:
        held = search.held(connection, day_of(house, local_day(as_of)), sight_of(house, visitor))
    numbers, rest = _numbers(house, words)
    agencies = _agencies(house, held, rest, numbers)
    items = _items(house, held, rest, numbers)
    contents = tuple(c for c in house.plan.contents if rest and not numbers and _fits(rest, c.name))
    more = len(agencies) > MOST or len(items) > MOST
    return Found(agencies=agencies[:MOST], items=items[:MOST], contents=contents, more=more)


def _numbers(house: House, words: list[str]) -> tuple[tuple[str, ...], list[str]]:
    """Tell the numbers of items, as kept and as printed, from words of names."""
    known = {folded(name): item.key for item in all_items(house) for name in (item.printed, item.key)}
    numbers = tuple(known[word] for word in words if word in known)
    # 7.1 is printed twice: whoever types it may mean either.
    printed = [i.key for word in words for i in all_items(house) if folded(i.printed) == word]
    return tuple(dict.fromkeys((*numbers, *printed))), [word for word in words if word not in known]


def _fits(words: list[str], text: str) -> bool:
    """Whether every word is one of the text's; the last may be only begun."""
    there = f" {folded(text)} "
    return all(f" {word} " in there for word in words[:-1]) and f" {words[-1]}" in there


def _agencies(
    house: House, held: Sequence[Sighted], words: list[str], numbers: tuple[str, ...]
) -> tuple[FoundAgency, ...]:
    if not words:
        return ()
    total: Counter[tuple[str, str]] = Counter()
    late: Counter[tuple[str, str]] = Counter()
    for row in held:
        if not numbers or row.item in numbers:
            key = row.agency_id, (row.item or "") if numbers else ""
            total[key] += row.total
            late[key] += row.late
    fitting = [(agency, item) for agency, item in total if _named(house, agency, words)]
    ordered = sorted(fitting, key=lambda pair: (unit_order(house, pair[0]), pair[1]))
    return tuple(
        FoundAgency(
            agency=house.agency(agency),
            place=place_of(house, agency),
            item=item,
            total=total[agency, item],
            late=late[agency, item],
        )
        for agency, item in ordered
    )


def _named(house: House, key: str, words: list[str]) -> bool:
    agency = house.configuration.agencies.get(key)
    return agency is not None and _fits(words, f"{agency.name} {agency.short_name} {agency.code or ''}")


def _items(
    house: House, held: Sequence[Sighted], words: list[str], numbers: tuple[str, ...]
) -> tuple[FoundItem, ...]:
    total: Counter[str] = Counter()
    late: Counter[str] = Counter()
    for row in held:
        if row.item:
            total[row.item] += row.total
            late[row.item] += row.late
    fitting = [
        item
        for item in all_items(house)
        if item.key in total and (item.key in numbers if numbers else _fits(words, item.title))
    ]
    return tuple(FoundItem(item=item, total=total[item.key], late=late[item.key]) for item in fitting)
