"""What a page of the board is narrowed to, as it stands in its address."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from obligations.board import SHARES, TIMES, Holder, Only, Sight, Sort
from obligations.calendar import ZONE
from obligations.errors import Invalid
from obligations.model import Item, WorkState
from obligations.period import Period
from tasks_lib.board.sight import day_of, within
from tasks_lib.board.sql.board import Wanted
from tasks_lib.kernel.bootstrap import House
from tasks_lib.kernel.clock import parse_day

WEEK = timedelta(days=7)
PART_THREE = "III"
"""What stands in no content: own plans, cycle reports, the duties of part III."""
PROVINCE = "tinh"
"""The province's own bodies, where districts can be chosen."""

PARAMS = {
    "content": "noi_dung",
    "item": "nhiem_vu",
    "period": "ky",
    "district": "huyen",
    "agency": "co_quan",
    "tier": "cap",
    "sort": "loai",
    "state": "trang_thai",
    "time": "thoi_han",
    "holder": "dang_o",
    "only": "chi",
    "since": "tu",
    "due_from": "han_tu",
    "due_to": "han_den",
}
"""The fields and what they are called in an address."""


@dataclass(frozen=True, kw_only=True)
class Chosen:
    """What is chosen; "" and None choose all."""

    content: str = ""
    """A content's number, or PART_THREE."""
    item: str = ""
    period: Period | None = None
    district: str = ""
    """A district with what stands below it, or PROVINCE."""
    agency: str = ""
    tier: str = ""
    sort: str = ""
    state: str = ""
    time: str = ""
    """A time state, RUNNING, or columns of the one reckoning."""
    holder: str = ""
    only: str = ""
    since: date | None = None
    """From when something counts as new; a week ago unless given."""
    due_from: date | None = None
    due_to: date | None = None

    def params(self) -> dict[str, str]:
        """Return the fields of an address that choose the same."""
        return {param: str(value) for name, param in PARAMS.items() if (value := getattr(self, name))}


def read_chosen(house: House, given: Mapping[str, str]) -> Chosen:
    """Read what an address chooses; raise Invalid naming the field that is wrong."""
    values = {name: given.get(param, "").strip() for name, param in PARAMS.items()}
    days = {name: _day(PARAMS[name], values.pop(name)) for name in ("since", "due_from", "due_to")}
    for name, known in _KNOWN.items():
        if values[name] and values[name] not in known(house):
            raise Invalid(f"bộ lọc '{PARAMS[name]}': không có giá trị '{values[name]}'")
    return Chosen(**values | {"period": _period(values["period"])}, **days)  # type: ignore[arg-type]


def _period(text: str) -> Period | None:
    try:
        return Period(text) if text else None
    except Invalid as told:
        raise Invalid(f"bộ lọc '{PARAMS['period']}': {told}") from None


def _day(param: str, text: str) -> date | None:
    try:
        return parse_day(text) if text else None
    except Invalid as told:
        raise Invalid(f"bộ lọc '{param}': {told}") from None


def all_items(house: House) -> tuple[Item, ...]:
    """Return the items of the appendix and the duties of part III."""
    return house.plan.assigned


_KNOWN: dict[str, Callable[[House], Iterable[str]]] = {
    "content": lambda house: [*(str(c.number) for c in house.plan.contents), PART_THREE],
    "item": lambda house: [item.key for item in all_items(house)],
    "district": lambda house: [*house.configuration.agencies, PROVINCE],
    "agency": lambda house: house.configuration.agencies,
    "tier": lambda house: house.plan.levels.keys,
    "sort": lambda _house: list(Sort),
    "state": lambda _house: list(WorkState),
    "time": lambda _house: {**TIMES, **SHARES},
    "holder": lambda _house: list(Holder),
    "only": lambda _house: list(Only),
}


def wanted(
    house: House, chosen: Chosen, sight: Sight, on: date, ids: tuple[int, ...] | None = None
) -> Wanted:
    """Turn what is chosen into what the database is asked; `ids` are those of a list made otherwise."""
    items, no_item = _items(house, chosen)
    since = chosen.since or on - WEEK
    return Wanted(
        day=day_of(house, on),
        sight=sight,
        sort=Sort(chosen.sort) if chosen.sort else None,
        items=items,
        no_item=no_item,
        agencies=_agencies(house, chosen),
        period=chosen.period,
        state=WorkState(chosen.state) if chosen.state else None,
        times=TIMES.get(chosen.time, ()),
        shares=SHARES.get(chosen.time, ()),
        holder=Holder(chosen.holder) if chosen.holder else None,
        only=Only(chosen.only) if chosen.only else None,
        since=since,
        since_at=midnight(since),
        due_from=chosen.due_from,
        due_to=chosen.due_to,
        ids=ids,
    )


def midnight(day: date) -> datetime:
    """Return the first instant of a local day."""
    return datetime.combine(day, time(), ZONE)


def _items(house: House, chosen: Chosen) -> tuple[tuple[str, ...] | None, bool]:
    """Return the items meant, and whether what belongs to no item is meant too."""
    found = all_items(house)
    if chosen.content:
        number = None if chosen.content == PART_THREE else int(chosen.content)
        found = tuple(item for item in found if item.content == number)
    if chosen.item:
        return tuple(item.key for item in found if item.key == chosen.item), False
    if not chosen.content:
        return None, False
    return tuple(item.key for item in found), chosen.content == PART_THREE


def _agencies(house: House, chosen: Chosen) -> tuple[str, ...] | None:
    known = house.configuration.agencies.values()
    narrowed = [
        (bool(chosen.district), _of_district(house, chosen.district)),
        (bool(chosen.agency), {chosen.agency}),
        (bool(chosen.tier), {a.id for a in known if a.level.key == chosen.tier}),
    ]
    sets = [found for asked, found in narrowed if asked]
    return tuple(sorted(set.intersection(*sets))) if sets else None


def _of_district(house: House, district: str) -> set[str]:
    if district == PROVINCE:
        return {a.id for a in house.configuration.agencies.values() if a.level.top}
    return set(within(house, district))
