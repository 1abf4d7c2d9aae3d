"""The list "Đề xuất báo cáo UBND tỉnh" as Sở Nội vụ reads and edits it: a unit a row, its duties inside."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from obligations.errors import Invalid
from obligations.papers import HARD, PROPOSAL
from obligations.period import ONCE
from obligations.states import WITH_THE_UNIT
from store.engine import reading
from store.proposed import DROPPED, LISTED, RELEASED, Entry, entries
from tasks_lib.kernel.bootstrap import House
from tasks_lib.kernel.clock import local_day
from tasks_lib.kernel.duty_views import LateView, duty_fields
from tasks_lib.kernel.wording import in_tree, name_of, title
from tasks_lib.papers.late_units import Meant, head_of, meant_by, subject_of

CAUSE_WORDS = {"list": "quá hạn từ 10 ngày làm việc", "chronic": "nhiều nhiệm vụ quá hạn cùng lúc"}
_DECISION_WORDS = {
    RELEASED: "đã đưa vào báo cáo {top}",
    DROPPED: "đưa ra khỏi danh mục",
    "withdrawn": "tự rút, đơn vị đã báo cáo",
}


class Order(StrEnum):
    """By what the units are sorted; the value stands in addresses."""

    PLACE = "dia-ban"
    LONGEST = "lau-nhat"
    MOST = "nhieu-nhat"


ORDER_WORDS: dict[Order, str] = {
    Order.PLACE: "theo địa bàn",
    Order.LONGEST: "chậm lâu nhất trước",
    Order.MOST: "nhiều nội dung nhất trước",
}


@dataclass(frozen=True, kw_only=True)
class ProposedTask(LateView):
    """One duty of a unit that is on the list."""

    subject: str
    """In short: "nhiệm vụ 2.3"."""
    excused: bool
    """Whether a pause of its place excuses it."""


@dataclass(frozen=True, kw_only=True)
class Why:
    """Why a unit is on the list: entries that say the same, with what they are about."""

    numbers: tuple[int, ...]
    words: str
    since: date


@dataclass(frozen=True, kw_only=True)
class ProposedUnit:
    """A unit that waits for a decision, with all its entries."""

    agency: str
    name: str
    head: str
    """Under whom it stands: its district, or itself."""
    whys: tuple[Why, ...]
    tasks: tuple[ProposedTask, ...]
    """The oldest first; none where all is done by now."""
    text: str
    """What is proposed about it."""
    edited_by: str
    """Empty while it is the standing text."""

    @property
    def numbers(self) -> tuple[int, ...]:
        """Its entries' numbers."""
        return tuple(number for why in self.whys for number in why.numbers)

    @property
    def since(self) -> date:
        """When it came onto the list."""
        return min(why.since for why in self.whys)

    @property
    def longest(self) -> int:
        """How many working days its oldest duty is late."""
        return max((task.days_late for task in self.tasks), default=0)

    @property
    def hard(self) -> bool:
        """Whether a person chose the hard form for it."""
        return self.text == HARD


@dataclass(frozen=True, kw_only=True)
class DecidedEntry:
    """An entry that has been decided on, or fell out by itself."""

    number: int
    dropped: bool
    """Whether a person took it off, so that it can be put back."""
    name: str
    item: str
    title: str
    state: str
    reason: str
    decided_by: str
    decided_at: datetime | None
    document: str


@dataclass(frozen=True, kw_only=True)
class ProposalsPage:
    """The whole list."""

    units: tuple[ProposedUnit, ...]
    decided: tuple[DecidedEntry, ...]

    def chosen(self, agencies: Sequence[str]) -> tuple[ProposedUnit, ...]:
        """Return some of the units; raise Invalid where one does not wait any more."""
        found = {unit.agency: unit for unit in self.units}
        for agency in agencies:
            if agency not in found:
                raise Invalid(f"{agency}: không còn trong danh mục chờ quyết định")
        return tuple(unit for unit in self.units if unit.agency in set(agencies))

    def sorted(self, order: Order) -> tuple[ProposedUnit, ...]:
        """Return the units in an order; by place they stand as they come."""
        match order:
            case Order.LONGEST:
                return tuple(sorted(self.units, key=lambda unit: -unit.longest))
            case Order.MOST:
                return tuple(sorted(self.units, key=lambda unit: (-len(unit.tasks), -unit.longest)))
            case Order.PLACE:
                return self.units


def proposals_page(house: House, as_of: datetime) -> ProposalsPage:
    """Read the list with what each entry rests on."""
    on = local_day(as_of)
    with reading(house.engine) as connection:
        rows = entries(connection, house.plan.key, None)
        listed = [row for row in rows if row.state == LISTED]
        meant = meant_by(connection, house, listed, on)
    decided = sorted((row for row in rows if row.state != LISTED), key=_newest_first)
    return ProposalsPage(
        units=_units(house, listed, meant, on), decided=tuple(_decided(house, row) for row in decided)
    )


def _newest_first(row: Entry) -> tuple[float, int]:
    return (-row.decided_at.timestamp() if row.decided_at else 0.0, -row.id)


def _units(
    house: House, listed: Iterable[Entry], meant: Iterable[Meant], on: date
) -> tuple[ProposedUnit, ...]:
    """Put each unit's entries together, communes behind their district, in the order of the agencies."""
    order = {agency: place for place, agency in enumerate(house.configuration.agencies)}
    mine: dict[str, list[Entry]] = defaultdict(list)
    tasks: dict[str, list[ProposedTask]] = defaultdict(list)
    for row in listed:
        mine[row.agency_id].append(row)
    for one in meant:
        tasks[one.duty.agency_id].append(_task(house, one, on))

    def place(agency: str) -> tuple[int, int]:
        return order.get(head_of(house, agency), len(order)), order.get(agency, len(order))

    return tuple(_unit(house, agency, mine[agency], tasks[agency]) for agency in sorted(mine, key=place))


def _unit(house: House, agency: str, rows: Sequence[Entry], tasks: Sequence[ProposedTask]) -> ProposedUnit:
    written = [row for row in rows if row.edited]
    newest = max(
        written, key=lambda row: (row.decided_at.timestamp() if row.decided_at else 0.0, row.id), default=None
    )
    return ProposedUnit(
        agency=agency,
        name=name_of(house, agency),
        head=name_of(house, head_of(house, agency)),
        whys=_whys(house, rows),
        tasks=tuple(tasks),
        text=newest.reason if newest else PROPOSAL,
        edited_by=name_of(house, newest.decided_by) if newest and newest.decided_by else "",
    )


def _title(house: House, row: Entry) -> str:
    return title(house, row.kind or "", row.item, row.period or ONCE, row.event)


def _whys(house: House, rows: Sequence[Entry]) -> tuple[Why, ...]:
    """Say why a unit is listed: each duty that is long late, and once for all months that it is so often."""
    chronic = [row for row in rows if row.obligation_id is None]
    found = [
        Why(
            numbers=(row.id,),
            since=row.entered_on,
            words=f"{_title(house, row)}: {CAUSE_WORDS[row.cause]}",
        )
        for row in rows
        if row.obligation_id is not None
    ]
    if chronic:
        since = min(row.entered_on for row in chronic)
        numbers = tuple(row.id for row in chronic)
        found.append(Why(numbers=numbers, words=CAUSE_WORDS["chronic"], since=since))
    return tuple(found)


def _task(house: House, meant: Meant, on: date) -> ProposedTask:
    duty = meant.duty
    return ProposedTask(
        **duty_fields(house, duty, meant.last_day),
        subject=subject_of(house, duty),
        days_late=house.calendar.between(meant.last_day, on),
        reminded=meant.told,
        excused=meant.excused,
    )


def decision_words(house: House) -> dict[str, str]:
    """Say by state what became of an entry of the list."""
    return {state: in_tree(house, words) for state, words in _DECISION_WORDS.items()}


def _decided(house: House, row: Entry) -> DecidedEntry:
    about = _title(house, row) if row.key else CAUSE_WORDS["chronic"]
    return DecidedEntry(
        number=row.id,
        dropped=row.state == DROPPED and (row.work_state is None or row.work_state in WITH_THE_UNIT),
        name=name_of(house, row.agency_id),
        item=row.item or "",
        title=about,
        state=decision_words(house)[row.state],
        reason=row.reason,
        decided_by=name_of(house, row.decided_by) if row.decided_by else "",
        decided_at=row.decided_at,
        document=row.document_number or "",
    )
