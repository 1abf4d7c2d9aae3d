"""The board's lists: what is chosen, the late ones first, a page at a time or whole for a workbook."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from obligations.board import Holder
from obligations.model import TimeState
from obligations.rights import Visitor
from tasks_lib.board.below import asked
from tasks_lib.board.chosen import Chosen
from tasks_lib.board.sight import place_of, sight_of
from tasks_lib.board.sql import board as stored
from tasks_lib.board.sql.board import ListedRow
from tasks_lib.kernel.bootstrap import House
from tasks_lib.kernel.clock import local_day
from tasks_lib.kernel.duty_views import StandingView, duty_fields, reviewer_called
from tasks_lib.kernel.looking_back import reading_on
from tasks_lib.kernel.wording import name_of, title

SORTED = frozenset(stored.SORTED)
"""Columns a list can be sorted by."""
PAGE = 25
"""Rows on a page: what a phone carries in five screens; the workbook has all."""


@dataclass(frozen=True, kw_only=True)
class Listed(StandingView):
    """One row of a list."""

    full_title: str
    """With all of the plan's wording."""
    place: str
    """The district it lies in, or is."""
    inside: bool
    """Whether it reports to that district, and is not the district itself."""
    period: str
    """In words; "" for what is done once."""
    days_late: int
    """Working days past the last day; 0 where it is not late."""
    holder: str
    """Who holds the ball, by name; "" for nobody."""
    asked: bool
    """Whether its holder is a body that is only asked: nothing of its is ever red."""


@dataclass(frozen=True, kw_only=True)
class Listing:
    """A stretch of a list, and how the whole of it stands."""

    rows: tuple[Listed, ...]
    stands: dict[TimeState, int]
    ahead: int
    """Of what is done in time, what was done before it fell due."""
    page: int

    @property
    def total(self) -> int:
        """How many rows there are on all pages."""
        return sum(self.stands.values())

    @property
    def pages(self) -> int:
        """How many pages there are."""
        return max(1, -(-self.total // PAGE))


@dataclass(frozen=True, kw_only=True)
class Stretch:
    """Which rows of a list are asked for, and in which order."""

    page: int = 1
    whole: bool = False
    """All pages at once."""
    by: str = ""
    """The column they are sorted by, where one is named that can be."""
    falling: bool = False


FIRST_PAGE = Stretch()


def listing(
    house: House, visitor: Visitor, as_of: datetime, chosen: Chosen, stretch: Stretch = FIRST_PAGE
) -> Listing:
    """Return one page of what is chosen, or all of it."""
    on = local_day(as_of)
    sight = sight_of(house, visitor)
    with reading_on(house, on) as connection:
        query = asked(connection, house, chosen, sight, on)
        stands = stored.count_by_standing(connection, query)
        ahead = stored.count_ahead(connection, query) if stands.get(TimeState.DONE_IN_TIME) else 0
        most, skipped = None if stretch.whole else PAGE, (stretch.page - 1) * PAGE
        rows = stored.listed(connection, query, most, skipped, by=stretch.by, falling=stretch.falling)
    shown = tuple(_listed(house, row, on) for row in rows)
    return Listing(rows=shown, stands=stands, ahead=ahead, page=stretch.page)


def _listed(house: House, row: ListedRow, on: date) -> Listed:
    agency = house.configuration.agencies.get(row.agency_id)
    stands = TimeState(row.standing)
    return Listed(
        **duty_fields(house, row, row.last_day),
        full_title=title(house, row.kind, row.item, row.period, row.event),
        place=place_of(house, row.agency_id),
        inside=agency is not None and agency.next_desk is not None,
        period=house.plan.turn_name(row.period),
        days_late=house.calendar.between(row.last_day, on) if stands is TimeState.OVERDUE else 0,
        state=row.work_state,
        stands=stands,
        holder=_holder(house, row),
        done_on=row.done_on,
        updated_late=bool(row.updated_late),
        asked=agency is not None and agency.invited,
    )


def _holder(house: House, row: ListedRow) -> str:
    if row.holder is None:
        return ""
    if row.holder == Holder.UNIT:
        return name_of(house, row.agency_id)
    return reviewer_called(house, row.agency_id, row.reviewer_id)
