"""The list "Đề xuất báo cáo UBND tỉnh" as Sở Nội vụ reads and edits it: communes under their district."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from obligations.errors import Invalid
from obligations.model import Tier
from obligations.reminders import NONE, Reminders
from store import listing
from store.engine import reading
from store.ledger import AnyRow
from store.mail_data import overdue_lines
from store.reminders import reminders
from tasks_lib.bootstrap import House
from tasks_lib.clock import local_day
from tasks_lib.usecases.initialise import require_initialised
from tasks_lib.usecases.proposals import DROPPED, LISTED, RELEASED
from tasks_lib.usecases.proposals_report import standing_text
from tasks_lib.wording import name_of, title

CAUSE_WORDS = {"list": "quá hạn từ 10 ngày làm việc", "chronic": "nhiều nhiệm vụ quá hạn cùng lúc"}
DECISION_WORDS = {
    RELEASED: "đã đưa vào báo cáo UBND tỉnh",
    DROPPED: "đưa ra khỏi danh mục",
    "withdrawn": "tự rút, đơn vị đã báo cáo",
}


@dataclass(frozen=True, kw_only=True)
class ProposedTask:
    """One overdue duty an entry is about."""

    key: str
    item: str | None
    title: str
    last_day: date
    days_late: int
    """Working days."""
    reminded: Reminders
    reason: str
    """As the unit states it."""


@dataclass(frozen=True, kw_only=True)
class ListedEntry:
    """An entry that waits for a decision."""

    number: int
    agency: str
    name: str
    cause: str
    entered_on: date
    tasks: tuple[ProposedTask, ...]
    text: str
    """What is proposed about it."""
    edited_by: str
    """Empty while it is the standing text."""


@dataclass(frozen=True, kw_only=True)
class Group:
    """The entries under one heading: a district with its communes, or a department."""

    name: str
    entries: tuple[ListedEntry, ...]


@dataclass(frozen=True, kw_only=True)
class DecidedEntry:
    """An entry that has been decided on, or fell out by itself."""

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

    groups: tuple[Group, ...]
    decided: tuple[DecidedEntry, ...]
    """The newest first."""

    @property
    def entries(self) -> tuple[ListedEntry, ...]:
        """All that waits, in the order of the page."""
        return tuple(entry for group in self.groups for entry in group.entries)

    def entry(self, number: int) -> ListedEntry:
        """Return one entry that waits; raise Invalid where it does not any more."""
        found = next((entry for entry in self.entries if entry.number == number), None)
        if found is None:
            raise Invalid(f"danh mục đề xuất không có dòng {number} đang chờ")
        return found


@dataclass(frozen=True, kw_only=True)
class _Late:
    """What is overdue, by obligation and by agency."""

    by_key: dict[str, ProposedTask]
    by_agency: dict[str, tuple[ProposedTask, ...]]


def proposals_page(house: House, as_of: datetime) -> ProposalsPage:
    """Read the list with what each entry rests on."""
    require_initialised(house)
    on = local_day(as_of)
    with reading(house.engine) as connection:
        rows = listing.list_proposals(connection, house.plan.key, None)
        late = overdue_lines(connection, house.plan.key, on)
        reminded = reminders(connection, {row.obligation_id for row in late}, on + timedelta(days=1))
    tasks = _late(house, late, reminded, on)
    listed = [row for row in rows if row.state == LISTED]
    decided = sorted((row for row in rows if row.state != LISTED), key=_newest_first)
    return ProposalsPage(
        groups=_groups(house, listed, tasks), decided=tuple(_decided(house, row) for row in decided)
    )


def _newest_first(row: AnyRow) -> tuple[float, int]:
    return (-row.decided_at.timestamp() if row.decided_at else 0.0, -row.id)


def _late(house: House, rows: Iterable[AnyRow], reminded: dict[int, Reminders], on: date) -> _Late:
    by_agency: dict[str, list[ProposedTask]] = defaultdict(list)
    by_key: dict[str, ProposedTask] = {}
    for row in rows:
        task = ProposedTask(
            key=row.key,
            item=row.item,
            title=title(house, row.kind, row.item, row.period),
            last_day=row.last_day,
            days_late=house.calendar.between(row.last_day, on),
            reminded=reminded.get(row.obligation_id, NONE),
            reason=row.delay_reason or "",
        )
        by_key[row.key] = task
        by_agency[row.agency_id].append(task)
    return _Late(by_key=by_key, by_agency={agency: tuple(found) for agency, found in by_agency.items()})


def _groups(house: House, rows: Iterable[AnyRow], late: _Late) -> tuple[Group, ...]:
    """Group communes under their district, everybody in the order of the list of agencies."""
    order = {agency: place for place, agency in enumerate(house.configuration.agencies)}
    found: dict[str, list[ListedEntry]] = defaultdict(list)
    for row in sorted(rows, key=lambda row: (order.get(row.agency_id, len(order)), row.id)):
        found[_head(house, row.agency_id)].append(_listed(house, row, late))
    heads = sorted(found, key=lambda head: order.get(head, len(order)))
    return tuple(Group(name=name_of(house, head), entries=tuple(found[head])) for head in heads)


def _head(house: House, agency: str) -> str:
    """Return under whom an agency's entries stand."""
    known = house.configuration.agencies.get(agency)
    if known is not None and known.tier is Tier.COMMUNE and known.superior is not None:
        return known.superior
    return agency


def _listed(house: House, row: AnyRow, late: _Late) -> ListedEntry:
    own = late.by_key.get(row.key) if row.key else None
    tasks = late.by_agency.get(row.agency_id, ()) if row.obligation_id is None else (own,) if own else ()
    edited = row.decided_by is not None
    return ListedEntry(
        number=row.id,
        agency=row.agency_id,
        name=name_of(house, row.agency_id),
        cause=CAUSE_WORDS[row.cause],
        entered_on=row.entered_on,
        tasks=tasks,
        text=row.reason if edited else standing_text(task.reminded for task in tasks),
        edited_by=name_of(house, row.decided_by) if edited else "",
    )


def _decided(house: House, row: AnyRow) -> DecidedEntry:
    about = title(house, row.kind, row.item, row.period) if row.key else CAUSE_WORDS["chronic"]
    return DecidedEntry(
        name=name_of(house, row.agency_id),
        item=row.item or "",
        title=about,
        state=DECISION_WORDS[row.state],
        reason=row.reason,
        decided_by=name_of(house, row.decided_by) if row.decided_by else "",
        decided_at=row.decided_at,
        document=row.document_number or "",
    )
