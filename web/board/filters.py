"""Filters of the board as they stand in addresses and forms, and the tones of what is shown."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from urllib.parse import urlencode

from notifications.wording import plain_date
from obligations.board import (
    NEW,
    ONLY_WORDS,
    SHARES_WORDS,
    SORT_WORDS,
    TIMES_WORDS,
    Holder,
    Only,
    Sight,
    Sort,
)
from obligations.deadlines import plan_cycles
from obligations.levels import Levels
from obligations.model import Plan, WorkState
from obligations.period import Period, quarters
from obligations.states import STATE_WORDS
from tasks_lib.board.chosen import PARAMS, PART_THREE, PROVINCE, WEEK, Chosen, all_items, read_chosen
from tasks_lib.board.overview import in_order
from tasks_lib.board.sight import districts
from tasks_lib.kernel.bootstrap import House
from tasks_lib.kernel.wording import head_of, in_tree, name_of, place_name
from web.frame.ask import Ask

LIST = "/danh-sach"
MATRICES = "/bang"

Options = list[tuple[str, str]]


@dataclass(frozen=True, kw_only=True)
class Select:
    """One field of the form of filters."""

    name: str
    label: str
    options: Options
    value: str


def chosen_of(ask: Ask) -> Chosen:
    """Read what the address chooses."""
    return read_chosen(ask.house, dict(ask.request.query_params))


def list_url(ask: Ask, chosen: Chosen) -> str:
    """Return the address of the list of what is chosen."""
    return address(ask, LIST, chosen)


def address(ask: Ask, path: str, chosen: Chosen, **more: str) -> str:
    """Return the address of a page of the board with its filters."""
    return address_of(ask, path, {**chosen.params(), **more})


def address_of(ask: Ask, path: str, fields: Mapping[str, str]) -> str:
    """Return the address of a page with fields; empty ones are left out."""
    query = urlencode({name: value for name, value in fields.items() if value})
    return ask.url(f"{path}?{query}" if query else path)


def selects(ask: Ask, chosen: Chosen, sight: Sight, *, whole: bool) -> list[Select]:
    """Return the fields of the form; the whole form also asks for state, holder and what is new."""
    fields: list[tuple[str, str, Options]] = [
        ("content", "Chỉ số nội dung", _contents(ask)),
        ("item", "Nhiệm vụ", [(i.key, f"{i.key}. {i.title}"[:80]) for i in all_items(ask.house)]),
        ("period", "Kỳ", _periods(ask.house.plan)),
        ("district", "Địa bàn", _districts(ask, sight)),
        ("tier", "Cấp", [(level.key, level.name) for level in ask.house.levels]),
        ("sort", "Loại", [(sort, in_tree(ask.house, SORT_WORDS[sort])) for sort in Sort]),
        ("time", "Thời hạn", [*SHARES_WORDS.items(), *TIMES_WORDS.items()]),
        ("state", "Trạng thái", [(s, STATE_WORDS[s]) for s in WorkState]),
    ]
    if whole:
        fields += [
            ("holder", "Đang ở", [(h, holder_words(ask)[h]) for h in holders(ask)]),
            ("only", "Chỉ gồm", [(only, only_words(ask, only)) for only in Only]),
        ]
    return [
        Select(
            name=PARAMS[name],
            label=label,
            options=[("", "Tất cả"), *options],
            value=getattr(chosen, name) or "",
        )
        for name, label, options in fields
        if options
    ]


def hidden(chosen: Chosen, shown: list[Select]) -> list[tuple[str, str]]:
    """Return the fields a form keeps although it does not ask for them."""
    asked = {select.name for select in shown}
    return [(name, value) for name, value in chosen.params().items() if name not in asked]


def _contents(ask: Ask) -> Options:
    found = [(str(c.number), f"{c.number}. {c.name}") for c in in_order(ask.house)]
    return [*found, (PART_THREE, "Kế hoạch, báo cáo kỳ, Mục III")]


def _districts(ask: Ask, sight: Sight) -> Options:
    """Offer districts to those who see more than one."""
    found = [
        (a.id, place_name(a))
        for a in districts(ask.house)
        if sight.agencies is None or sight.items or a.id in sight.agencies
    ]
    return [*found, (PROVINCE, f"cơ quan {ask.house.plan.levels.top.name}")] if len(found) > 1 else []


def _periods(plan: Plan) -> Options:
    """Offer the plan's quarters, cycles and months."""
    cycles = [Period.of_cycle(year, cycle.key) for cycle, year in plan_cycles(plan)]
    others = (*quarters(plan.signed_on, plan.valid_until), *plan.settings.sheet_months)
    return [
        *((period, f"kỳ báo cáo {plan.period_name(period)}") for period in cycles),
        *((period, plan.period_name(period)) for period in others),
    ]


def holders(ask: Ask) -> list[Holder]:
    """Return who may hold the ball; without districts no desk of theirs does."""
    return [holder for holder in Holder if holder is not Holder.DESK or districts(ask.house)]


def holder_words(ask: Ask) -> dict[Holder, str]:
    """Name who may hold the ball."""
    focal = ask.house.focal
    return {
        Holder.UNIT: "Đơn vị thực hiện",
        Holder.DESK: _desks(ask.house.plan.levels),
        Holder.FOCAL: f"{focal.name} (tiếp nhận báo cáo)",
        Holder.DIRECTOR: f"{head_of(focal)} (xác nhận việc của {focal.sort})",
    }


def _desks(levels: Levels) -> str:
    heads = [level for level in levels if level.heads]
    desks = dict.fromkeys(level.desk for level in heads if level.desk)
    below = ", ".join(levels.rows[level.rank - 1].name for level in heads)
    return f"{', '.join(desks) or 'Nơi nhận báo cáo'} (xem xét báo cáo {below})"


def only_words(ask: Ask, only: Only) -> str:
    """Say what a list is narrowed to."""
    return ONLY_WORDS[only].format(focal=ask.house.focal.name)


def said(ask: Ask, chosen: Chosen) -> list[str]:
    """Say in words what is chosen."""
    return list(_said(ask, chosen))


def _place_words(house: House, key: str) -> str:
    levels = house.plan.levels
    if key == PROVINCE:
        return f"cơ quan {levels.top.name}"
    place = house.agency(key)
    below = ", ".join(level.name for level in levels.downwards if level.rank < place.level.rank)
    return f"{place_name(place)} (cả {below})"


def _said(ask: Ask, chosen: Chosen) -> Iterator[str]:
    house, plan = ask.house, ask.house.plan
    if chosen.content:
        yield f"Chỉ số nội dung {dict(_contents(ask))[chosen.content]}"
    if chosen.item:
        yield f"nhiệm vụ {chosen.item}"
    if chosen.period:
        yield dict(_periods(plan)).get(chosen.period, plan.period_name(chosen.period))
    if chosen.district:
        yield _place_words(house, chosen.district)
    if chosen.agency:
        yield name_of(house, chosen.agency)
    if chosen.tier:
        yield house.plan.levels.of(chosen.tier).name
    if chosen.sort:
        yield in_tree(house, SORT_WORDS[Sort(chosen.sort)])
    if chosen.state:
        yield STATE_WORDS[WorkState(chosen.state)]
    if chosen.time:
        yield {**SHARES_WORDS, **TIMES_WORDS}[chosen.time]
    if chosen.holder:
        yield f"đang ở {holder_words(ask)[Holder(chosen.holder)]}"
    yield from _said_of_days(ask, chosen)


def _said_of_days(ask: Ask, chosen: Chosen) -> Iterator[str]:
    if chosen.only:
        since = f" từ ngày {plain_date(chosen.since or ask.on - WEEK)}" if chosen.only in NEW else ""
        yield f"{only_words(ask, Only(chosen.only))}{since}"
    if chosen.due_from:
        yield f"đến hạn từ ngày {plain_date(chosen.due_from)}"
    if chosen.due_to:
        yield f"đến hạn đến hết ngày {plain_date(chosen.due_to)}"
