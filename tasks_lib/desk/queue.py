"""A desk's queue as its page shows it, and the rows that somebody has ticked in it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime

from obligations.board import WAITING_GROUPS, Group
from obligations.errors import Invalid
from obligations.obligation import Obligation, Titled
from obligations.words import folded
from store.engine import reading
from tasks_lib.desk.dossier import shown_figures
from tasks_lib.desk.sql import queue as stored
from tasks_lib.desk.sql.queue import QueueRow, Sought
from tasks_lib.kernel.bootstrap import House
from tasks_lib.kernel.clock import local_day
from tasks_lib.kernel.duty_views import StandingView, duty_fields
from tasks_lib.kernel.looking_back import reading_on
from tasks_lib.kernel.wording import IN_A_LINE, district_of, name_of, title
from tasks_lib.rollup.sign_off import Below, waits_for_below

SORTED = frozenset(stored.SORTED)
"""Columns a queue can be sorted by."""
PAGE = 25
"""Rows on one page of a queue: a screen of an office, a few of a phone."""


@dataclass(frozen=True, kw_only=True)
class Filters:
    """How a queue is narrowed, as its address says; "" wants all."""

    group: str = ""
    """A `Group`, or "all" for what is open and in time too."""
    kind: str = ""
    item: str = ""
    agency: str = ""
    lateness: str = ""
    """late, in-time or updated-late."""
    text: str = ""
    """A part of a unit's or an item's name, with or without diacritics."""
    whole_plan: bool = False
    """Not only this desk's: what the focal agency alone may ask for."""
    page: int = 1
    by: str = ""
    """A column of `SORTED`; "" is as it waits."""
    falling: bool = False


@dataclass(frozen=True, kw_only=True)
class Waiting(StandingView):
    """One row of a queue."""

    version: int
    district: str
    proposed: bool
    """Whether its last day is only proposed."""
    group: Group
    answer_by: date | None
    entered_at: datetime | None
    doubted_on: date | None
    """A stated day that waits for the desk's word."""
    waits_below: bool
    text: str
    document: tuple[str, date] | None
    files: int
    first_file: int | None
    figures: dict[str, str]
    """By name, as tables show them."""

    @property
    def picked(self) -> str:
        """What its tick says: the obligation and the version that was looked at."""
        return f"{self.key}@{self.version}"


@dataclass(frozen=True, kw_only=True)
class Queue:
    """A stretch of a queue with the counts of the whole."""

    rows: tuple[Waiting, ...]
    total: int
    """Under the filters, on all pages."""
    page: int
    groups: Mapping[Group, int]
    """Of the whole queue, whatever the filters."""

    @property
    def pages(self) -> int:
        """How many pages there are."""
        return max(1, -(-self.total // PAGE))


@dataclass(frozen=True, kw_only=True)
class Picked:
    """A row that somebody ticked, at the version they saw, and as it stands now."""

    key: str
    seen: int
    row: Obligation
    agency_name: str
    title: str


def queue(house: House, desk: str, as_of: datetime, filters: Filters, *, whole: bool = False) -> Queue:
    """Return what waits at a desk: reports oldest first, then what was asked for, then what is late."""
    on = local_day(as_of)
    sought = _sought(house, desk, on, filters)
    soon = house.calendar.add(on, house.plan.settings.due_soon_working_days)
    offset = 0 if whole else (filters.page - 1) * PAGE
    with reading_on(house, on) as connection:
        rows = stored.queue_rows(connection, sought, None if whole else PAGE, offset)
        total = stored.queue_total(connection, sought)
        groups = stored.queue_groups(connection, sought)
        # Communes have nobody below: only the focal agency's queue has reports that wait for others.
        below = waits_for_below(connection, house) if desk == house.plan.focal else Below(house, {})
    found = tuple(_waiting(house, row, on, soon, waits_below=below.waits(row)) for row in rows)
    return Queue(rows=found, total=total, page=filters.page, groups=groups)


def next_waiting(house: House, desk: str, place: tuple[date, int] | None) -> tuple[str | None, str | None]:
    """Return the reports before and behind one in a desk's queue; behind none it is the first."""
    with reading(house.engine) as connection:
        return stored.neighbours(connection, house.plan.key, desk, place)


def key_of(house: House, number: int) -> str | None:
    """Return the key of the obligation a link was written for."""
    with reading(house.engine) as connection:
        return stored.key_of(connection, house.plan.key, number)


def picked(house: House, ticks: Iterable[str]) -> tuple[Picked, ...]:
    """Return the rows that were ticked ("key@version") as they stand now; raise Invalid on what is none."""
    seen = dict(_tick(tick) for tick in ticks)
    with reading(house.engine) as connection:
        rows = {row.key: row for row in stored.rows_of(connection, house.plan.key, seen)}
    for unknown in (key for key in seen if key not in rows):
        raise Invalid(f"{unknown}: không có nhiệm vụ được giao nào với mã này")
    return tuple(
        Picked(
            key=key,
            seen=version,
            row=rows[key],
            agency_name=name_of(house, rows[key].agency_id),
            title=named(house, rows[key]),
        )
        for key, version in seen.items()
    )


def named(house: House, row: Titled) -> str:
    """Return an obligation's number and title, as lists show it."""
    called = title(house, row.kind, row.item, row.period, row.event, width=IN_A_LINE)
    return f"{row.item}. {called}" if row.item else called


def meant(house: House, text: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the agencies and items whose name holds a text, diacritics or not."""
    wanted = folded(text)
    units = tuple(a.id for a in house.configuration.agencies.values() if wanted in folded(a.name))
    items = house.plan.assigned
    return units, tuple(i.key for i in items if wanted == i.key or wanted in folded(i.title))


def _tick(tick: str) -> tuple[str, int]:
    key, _, version = tick.rpartition("@")
    if not key or not version.isdecimal():
        raise Invalid(f"dòng được chọn '{tick}' không đọc được; đề nghị mở lại trang")
    return key, int(version)


def _sought(house: House, desk: str, on: date, filters: Filters) -> Sought:
    everywhere = filters.whole_plan and desk == house.plan.focal
    sought = Sought(
        plan=house.plan.key,
        on=on,
        reviewer=None if everywhere else desk,
        groups=_groups(filters.group),
        kind=filters.kind,
        item=filters.item,
        agency=filters.agency,
        late={"late": True, "in-time": False}.get(filters.lateness),
        asked=filters.lateness == "asked",
        updated_late=filters.lateness == "updated-late",
        by=filters.by,
        falling=filters.falling,
    )
    return replace(sought, named=meant(house, filters.text)) if filters.text else sought


def _groups(chosen: str) -> tuple[Group, ...]:
    if chosen == "all":
        return tuple(Group)
    return (Group(chosen),) if chosen in list(Group) else WAITING_GROUPS


def _waiting(house: House, row: QueueRow, on: date, soon: date, *, waits_below: bool) -> Waiting:
    agency = house.configuration.agencies.get(row.agency_id)
    return Waiting(
        **duty_fields(house, row, row.last_day),
        version=row.version,
        district=district_of(house, agency) if agency else "",
        state=row.work_state,
        stands=row.stands(on, soon),
        proposed=row.proposed,
        group=Group(row.group),
        answer_by=row.answer_by,
        done_on=row.done_on,
        entered_at=row.entered_at,
        updated_late=bool(row.updated_late),
        doubted_on=row.doubted_on,
        waits_below=waits_below,
        text=row.text or "",
        files=row.files,
        first_file=row.first_file,
        figures=shown_figures(house, row.item, row.figures),
        document=(row.document.number, row.document.signed_on) if row.document is not None else None,
    )
