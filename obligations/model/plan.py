"""A plan with all it obliges to: contents, items, cycles, regulations and the program's own numbers."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from obligations.levels import Levels
from obligations.model.item import Item
from obligations.model.ladder import Ladder
from obligations.period import Period
from obligations.terms_again import Every


@dataclass(frozen=True, kw_only=True)
class Content:
    """One PAPI dimension, a heading of the appendix."""

    number: int
    name: str
    weak: bool = False
    """Among the plan's weak ones, which stand first in digests and boards (domain part 7)."""


@dataclass(frozen=True, kw_only=True)
class YearScores:
    """What a year brought the province in the index, published in the spring that follows it."""

    year: int
    by_content: tuple[float, ...]
    """By the contents' numbers: the first is content 1."""
    total: float
    rank: int

    def score(self, content: int) -> float | None:
        """Return a content's score; None where the index has no such dimension."""
        return self.by_content[content - 1] if content <= len(self.by_content) else None


@dataclass(frozen=True, kw_only=True)
class Cycle:
    """One report cycle of every year (kỳ báo cáo)."""

    key: str
    """Q1, H1, Q3 or year: the middle of a period such as 2022-Q3-report."""
    name: str
    """As users read it: "Quý III"."""
    month: int
    """The last month of the cycle's period."""
    before_day: dict[str, int] = field(hash=False)
    """Per level, and for `focal`, the collator itself: the day before which its report arrives."""
    close_day: dict[str, int] = field(hash=False)
    """Per level: the day on which its figures close."""
    every: Every = Every.YEAR
    """How often the row of the file that it comes from makes a cycle."""
    series: str = ""
    """That row's key, where a month's, a quarter's or a half-year's report comes again."""
    only: int | None = None
    """The one year it is of; None comes again every year."""
    off_from: date | None = None
    """From this day on no report of it falls due; None while it goes on."""
    answered_in: str | None = None
    """The plan in whose report of the same period it is answered; None where it has its own."""


@dataclass(frozen=True, kw_only=True)
class Regulation:
    """A dated rule for one item, as regulated or of every quarter: what counts, from when, how long."""

    item: str
    basis: str
    trigger: str
    valid_from: date
    valid_to: date | None = None
    days: int = 0
    count: str = "calendar"
    """calendar, working, month, or first_january (the 1 January that follows the event)."""
    posting_days: int = 0
    recorders: tuple[str, ...] = ("lead",)
    """Who may record an event: lead, guide, district, focal."""
    ours: bool = False
    """Whether its days are the program's own and no law's, so that they are only proposed."""


@dataclass(frozen=True, kw_only=True)
class Settings:
    """The program's own numbers [ours], from config/cycles.toml and config/ladders.toml."""

    plan_working_days: int
    """Working days after signing for an agency's own plan."""
    opening_working_days: int
    """Working days after signing for the opening letter."""
    urgent_working_days: int
    """Duties due within so many working days of signing are told on the signing day."""
    due_soon_working_days: int
    review_working_days: int
    """Working days a reviewer has before a report counts as received."""
    correction_working_days: int
    """Working days a unit has to complete a report."""
    updated_late_working_days: int
    """Entered later than this after completion is "cập nhật chậm"."""
    chronic_overdue: int
    """So many overdue obligations at once enter the list of proposals."""
    sheet_months: tuple[Period, ...]
    """The months of chairpersons' sheets, 2022-07 and so on."""
    sheet_last_day: int
    """Day of the following month on which a sheet is due."""
    repeat_working_days: int = 10
    """After the ladder: so many working days until the unit is told again, and again."""
    longest_pause_days: int = 92
    """Calendar days ahead that a place may rest by one decision."""
    longest_own_pause_days: int = 31
    """Calendar days ahead that a place may let itself rest."""
    doubted_days_back: int = 366
    """Calendar days before the signing: a day of that time is doubted, one longer ago is refused."""
    doubted_times: int = 10
    """A figure so many times that of the last period is doubted."""
    briefings: tuple[date, ...] = ()
    """Days of giao ban; where one comes sooner, the working day before it is when the unit is told again."""


@dataclass(frozen=True, kw_only=True)
class Plan:
    """One issued document with all it obliges to."""

    key: str
    """Short id that every stored key carries: "239-2022"."""
    number: str
    signed_on: date
    valid_until: date
    issuer: str
    title: str
    focal: str
    """The collating agency's id (cơ quan đầu mối tổng hợp)."""
    levels: Levels
    """The levels its agencies stand at, the lowest first."""
    top: str
    """The id of the body above the focal agency, which no machine writes to."""
    planners: tuple[str, ...]
    """Groups or agencies that owe an own implementing plan and cycle reports."""
    sheet_keepers: tuple[str, ...]
    """Groups whose chairpersons keep a monthly sheet."""
    contents: tuple[Content, ...]
    items: tuple[Item, ...]
    """The appendix, in its order."""
    duties: tuple[Item, ...]
    """What part III obliges to beyond the appendix."""
    invited: tuple[str, ...]
    """Agencies asked politely before each cycle."""
    settings: Settings
    cycles: tuple[Cycle, ...]
    ladders: tuple[Ladder, ...]
    regulations: tuple[Regulation, ...]
    scores: tuple[YearScores, ...] = ()
    """The index over the years, oldest first: what the work is for."""
    requests: tuple[Item, ...] = ()
    """What part III asks of invited bodies, who answer by reply."""
    draft: bool = False
    """Whether somebody still has to confirm what it says; a draft is looked at and never started."""
    predecessor: str | None = None
    """The plan it goes on from: figures since 1 January run on across the two."""

    @property
    def assigned(self) -> tuple[Item, ...]:
        """What it obliges to: the appendix, then part III."""
        return (*self.items, *self.duties)

    @property
    def everything(self) -> tuple[Item, ...]:
        """The same, and what it asks of invited bodies."""
        return (*self.assigned, *self.requests)

    def item(self, key: str) -> Item | None:
        """Return the item, or what part III obliges to or asks for, with this key."""
        return next((i for i in self.everything if i.key == key), None)

    def cycle(self, key: str | None) -> Cycle | None:
        """Return the report cycle with this key."""
        return next((cycle for cycle in self.cycles if cycle.key == key), None)

    def answered_in(self, period: Period) -> str | None:
        """Return the other plan in whose report this period's is answered; None where it has its own."""
        cycle = self.cycle(period.cycle)
        named = cycle.answered_in if cycle else None
        return None if named == self.key else named

    def period_name(self, period: Period) -> str:
        """Return what a sentence calls a period: "Quý III năm 2022", "tháng 7 năm 2022"."""
        cycle = self.cycle(period.cycle)
        return period.name(cycle.name if cycle else "")

    def turn_name(self, period: Period) -> str:
        """Return what a period is called; "" where the same work does not come again by the calendar."""
        return self.period_name(period) if period.is_of_the_calendar else ""
