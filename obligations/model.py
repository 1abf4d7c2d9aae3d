"""The words of the domain as frozen values; Vietnamese equivalents stand in docs/glossary.md."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from obligations.errors import Invalid
from obligations.levels import Level, Levels
from obligations.period import ONCE, Period
from obligations.terms import Before, By, Term, Within
from obligations.terms_again import Continuous, Each, Every, Window
from obligations.terms_open import AfterSigning, AsRegulated, Goal, Step, Steps
from obligations.terms_parts import At


class Kind(StrEnum):
    """What sort of obligation it is (domain part 3)."""

    TASK = "task"
    ROW = "row"
    REPORT = "report"
    SHEET = "sheet"
    PLAN = "plan"


class Wording(StrEnum):
    """How the plan words a deadline; each is a value of `obligations.terms` and its neighbours."""

    BEFORE = "before"
    REPORT_BEFORE = "report_before"
    QUARTER = "quarter"
    EVERY_QUARTER = "every_quarter"
    CONTINUOUS = "continuous"
    AS_REGULATED = "as_regulated"
    BY_DAY = "by_day"
    WITHIN = "within"
    AT = "at"
    WINDOW = "window"
    AFTER_SIGNING = "after_signing"
    AFTER = "after"
    EACH = "each"
    AS_DIRECTED = "as_directed"
    GOAL = "goal"
    STEPS = "steps"


class LeadMode(StrEnum):
    """Several leads answer each at its level, or jointly through the first named."""

    EACH = "each"
    JOINT = "joint"


class SecondRole(StrEnum):
    """What a body in the appendix' second column does."""

    IMPLEMENTS = "implements"
    GUIDES = "guides"
    COOPERATES = "cooperates"
    INSPECTED = "inspected"


class WorkState(StrEnum):
    """Where an obligation stands; the moves between states are in `obligations.states`."""

    WAITING = "waiting"
    OPEN = "open"
    SUBMITTED = "submitted"
    RECEIVED = "received"
    MORE_ASKED = "more_asked"
    ACCEPTED = "accepted"
    NOTHING_AROSE = "nothing_arose"
    NOT_COMPETENT = "not_competent"
    CANCELLED = "cancelled"
    ENDED = "ended"
    """Its holder is no more: the successor's own duty says the same, or nobody takes over."""


class TimeState(StrEnum):
    """How an obligation stands against its last day; always derived, never stored."""

    IN_TIME = "in_time"
    DUE_SOON = "due_soon"
    OVERDUE = "overdue"
    NO_DEADLINE = "no_deadline"
    PAUSED = "paused"
    PAST_ASKED = "past_asked"
    """Past a day that is only proposed: told apart where people read; for commands it is overdue."""
    DONE_IN_TIME = "done_in_time"
    DONE_LATE = "done_late"
    DONE_PAST_ASKED = "done_past_asked"
    """Done after a day that is only proposed; for commands it is done late."""


class Role(StrEnum):
    """In what capacity somebody gets a notice."""

    SELF = "self"
    SUPERIOR = "superior"
    UPPER = "upper"
    """The place over the superior, in chains that have one before the collator."""
    DESK = "desk"
    FOCAL = "focal"
    DIRECTOR = "director"
    REVIEWER = "reviewer"


class Rhythm(StrEnum):
    """When a recorded notice's mail leaves: the same day, or on the week's first working day."""

    DAILY = "daily"
    MONDAY = "monday"


class StepRule(StrEnum):
    """How the day of a ladder step is found from the obligation's last day."""

    OFFSET = "offset"
    """`days` working days after the last day; if negative, before the target: the last day a worker has."""
    OPENING = "opening"
    """The opening letter: `days` working days after signing (domain part 6)."""
    UP_TO_DAY = "up_to_day"
    """The last working day up to day `days` of the last day's month."""
    AFTER_LAST_DAY = "after_last_day"
    """The first working day after the last day."""
    REPEAT = "repeat"
    """After all other steps, again and again until there is an answer: "đôn đốc lần n"."""


class LegKind(StrEnum):
    """What a climb of a ladder is for."""

    LEAD = "lead"
    """What an obligation began with."""
    REQUEST = "request"
    """The same of what an invited body is asked for."""
    CORRECTION = "correction"
    """What was asked to be completed."""
    REVIEW = "review"
    """A report that waits for its reviewer."""
    EXTENSION = "extension"
    """To a day that people moved."""
    MOVED = "moved"
    """To a day that a changed plan or calendar moved after its lateness had been told."""
    REOPENED = "reopened"
    """What was opened again past its day."""


BESIDE_ITS_OWN = (LegKind.REVIEW, LegKind.CORRECTION)
"""Legs that do not lead to an obligation's own last day."""


class Judged(StrEnum):
    """Which day of a report decides whether it was in time."""

    COMPLETION = "completion"
    ARRIVAL = "arrival"


INSIDE = frozenset({"leader", "officer", "clerk"})
"""People within an agency; the ladder's mail goes to them only where it has no other address."""


@dataclass(frozen=True, kw_only=True)
class Contact:
    """A named post of an agency that mail can reach."""

    role: str
    """unit, clerk, officer, leader, desk, director or substitute."""
    name: str = ""
    address: str = ""
    phone: str = ""


@dataclass(frozen=True, kw_only=True)
class Agency:
    """Whoever holds work; its id carries the year of its list, for codes are re-used."""

    id: str
    name: str
    level: Level
    code: str | None = None
    short_name: str = ""
    """How lists name it: "xã A Mú Sung", "Bát Xát", "Sở Y tế"."""
    superior: str | None = None
    collator: str | None = None
    desk: str | None = None
    """The name of the office that receives for this agency ("Phòng Nội vụ huyện Bát Xát")."""
    invited: bool = False
    reports_through: str | None = None
    """The agency in whose cycle report this one's rows stand (Trung tâm Phục vụ HCC)."""
    ranked: bool = True
    """False for bodies that are asked politely and never ranked (Công an tỉnh, invited bodies)."""
    contacts: tuple[Contact, ...] = ()
    valid_from: date = date.min
    valid_to: date | None = None
    reports_to: str | None = None
    """Who reviews what it reports; None where the collator does."""
    desks: tuple[str, ...] = ()
    """The places its reports climb through, the nearest first (`obligations.chain.settled`)."""
    above: tuple[str, ...] = ()
    """All that stand over it, the nearest first (`obligations.chain.settled`)."""

    @property
    def heads(self) -> bool:
        """Whether others stand below it in the chain, which report to it (a district)."""
        return self.level.heads

    @property
    def next_desk(self) -> str | None:
        """The place of the chain it reports to; None where it reports to the collator at once."""
        return self.desks[0] if self.desks else None

    @property
    def area(self) -> str | None:
        """The place of the chain it is counted under: whom it reports to, a district itself; else none."""
        return self.id if self.heads else self.next_desk

    def is_under(self, place: str) -> bool:
        """Whether a place stands over it, or its reports climb through that."""
        return place in self.desks or place in self.above

    def exists_on(self, on: date) -> bool:
        """Whether it exists on this day."""
        return self.valid_from <= on and (self.valid_to is None or on <= self.valid_to)

    def exists_within(self, first: date, last: date) -> bool:
        """Whether it exists on some day of a stretch."""
        return self.valid_from <= last and (self.valid_to is None or first <= self.valid_to)

    def contact(self, role: str) -> Contact | None:
        """Return the first contact with this role that has an address."""
        return next((c for c in self.contacts if c.role == role and c.address), None)


@dataclass(frozen=True, kw_only=True)
class Group:
    """A name of the plan that stands for many agencies ("UBND cấp xã")."""

    id: str
    name: str
    members: tuple[str, ...]


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
class SecondBody:
    """One body of the second column and what it does there."""

    body: str
    """An agency's or group's id; `text` alone where it has no account."""
    role: SecondRole
    text: str = ""
    has_account: bool = True


@dataclass(frozen=True, kw_only=True)
class Figure:
    """A named number an item asks for (config/figures.csv)."""

    item: str
    key: str
    name: str
    unit: str
    kind: str
    """count, amount, percent (two counts) or yes-no."""
    nature: str
    """`period` adds over time, `as_of` takes the last."""
    lead: tuple[str, ...]
    """The levels at which a lead is asked for it."""
    hands: tuple[str, ...]
    """The levels at which an implementer is asked for it: one figure of an item at each."""
    across: str
    """sum, two_counts, yes_of_n or none."""
    most: int = 0
    """The largest number that can be true of it; 0 lets its kind decide."""


@dataclass(frozen=True, kw_only=True)
class Deadline:
    """A deadline as data: the wording's rule and what it needs."""

    wording: Wording
    day: date | None = None
    """The day named by `before`, `report_before` (not itself in time) or `by_day` (in time)."""
    quarter: Period | None = None
    """2022-Q3 for `quarter`."""
    inner_working_days: int = 0
    """How many working days earlier each level below a desk closes it (ours)."""
    term: Term | None = None
    """The value itself, where the plan's data says it as one."""

    @classmethod
    def of(cls, term: Term, inner_working_days: int = 0) -> Deadline:
        """Return the deadline that a value of the language of days is."""
        return cls(wording=Wording(term.ladder), term=term, inner_working_days=inner_working_days)

    def stated(self) -> Term:
        """Return the value; raises Invalid with the field a wording lacks."""
        if self.term is not None:
            return self.term
        return _of_a_wording(self)

    @property
    def once(self) -> Period | None:
        """The one period it is owed for; None of what comes again, has steps or waits for an event."""
        term = self.stated()
        inner = term.term if isinstance(term, Goal) else term
        if isinstance(inner, Within):
            return inner.period
        return ONCE if isinstance(inner, (Before, By, At, Window, AfterSigning)) else None

    @property
    def steps(self) -> tuple[Step, ...]:
        """Its milestones; none where it has one day."""
        return self.term.steps if isinstance(self.term, Steps) else ()

    @property
    def recurs(self) -> bool:
        """Whether it comes again by the calendar."""
        term = self.stated()
        return isinstance(term.term if isinstance(term, Goal) else term, Each)


def _of_a_wording(deadline: Deadline) -> Term:
    """Make the value of one of the seven wordings that a plan could say first."""
    match deadline.wording:
        case Wording.BEFORE | Wording.REPORT_BEFORE if deadline.day:
            return Before(at=deadline.day, arrives=deadline.wording is Wording.REPORT_BEFORE)
        case Wording.BY_DAY if deadline.day:
            return By(on=deadline.day)
        case Wording.QUARTER if deadline.quarter:
            return Within(period=deadline.quarter)
        case Wording.EVERY_QUARTER:
            return Each(every=Every.QUARTER, by_rule=True)
        case Wording.CONTINUOUS:
            return Continuous()
        case Wording.AS_REGULATED:
            return AsRegulated()
    raise Invalid("thiếu deadline.quarter" if deadline.wording is Wording.QUARTER else "thiếu deadline.day")


@dataclass(frozen=True, kw_only=True)
class Item:
    """One row of the appendix (nhiệm vụ), or a duty of part III with a key such as III.3.a."""

    key: str
    printed: str
    content: int | None
    title: str
    leads_text: str
    cooperating_text: str
    deadline_text: str
    lead_mode: LeadMode
    leads: tuple[str, ...]
    """Agencies' or groups' ids in the order printed."""
    second: tuple[SecondBody, ...]
    deadline: Deadline
    figures: tuple[Figure, ...] = ()
    sub_dimension: str | None = None
    doubts: tuple[str, ...] = ()
    """What the client should confirm, where the print is unclear."""
    waits_for: str | None = None
    """Key of the item that has to be done first."""
    waits_until: date | None = None
    """The day after which waiting no longer excuses."""
    short: str = ""
    """What mails call it in a few words; the title itself where there is none."""
    nothing_may_arise: bool = False
    """Whether "không phát sinh" is an answer to its tasks."""
    owed_after_validity: bool = True
    """Whether a period that ends within the plan's life is owed where its last day lies after it."""

    def term(self) -> Term:
        """Return what its deadline means; raises Invalid with the item and the field that is missing."""
        try:
            return self.deadline.stated()
        except Invalid as error:
            raise Invalid(f"nhiệm vụ {self.key}: {error}") from error


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
class LadderRole:
    """A recipient of a step; `min_streak` is how many misses in a row it takes."""

    role: Role
    min_streak: int = 0


@dataclass(frozen=True, kw_only=True)
class LadderStep:
    """One step of a ladder as configured."""

    code: str
    """As scripts see it: opening, -5, +2, list."""
    rule: StepRule
    days: int
    to: tuple[LadderRole, ...]
    rhythm: Rhythm
    template: str


@dataclass(frozen=True, kw_only=True)
class Ladder:
    """The steps for one sort of obligation; the first ladder of the file that fits is used."""

    key: str
    kind: Kind
    steps: tuple[LadderStep, ...]
    leg: LegKind = LegKind.LEAD
    """Which legs climb it."""
    level: str | None = None
    """Only for holders of this level."""
    desks: int = 0
    """Only for holders whose reports climb through at least so many places before the collator."""
    focal: bool = False
    """Only for the focal agency's own obligations."""
    wording: Wording | None = None
    """Only for items so worded."""


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


@dataclass(frozen=True, kw_only=True)
class Planned:
    """An obligation as the plan foresees it, before anything has happened to it."""

    key: str
    """Identity within the plan, as scripts write it: 1.2/x02719-2022/once."""
    kind: Kind
    item: str | None
    agency: str
    period: Period
    opened_on: date
    last_day: date
    plan_day: date
    """The plan's own last day; later than `last_day` where a lower level has an inner day."""
    target: date
    """The working day aimed at: `last_day`, or the working day before if that is a day off."""
    judged: Judged
    why: str
    """The rule in words a user can check against the paper."""
    ladder: str | None = None
    parent: str | None = None
    """For a row: the key of the cycle report that answers it."""
    previous: str | None = None
    """For a sheet: the key of the month before."""
    waits_for: str | None = None
    waits_until: date | None = None
    part: str = "lead"
    """For a row: lead, implements, or asked (an invited body that neither leads nor implements)."""
    ours: bool = False
    """Whether its day is counted by a rule that is the program's own, and no law's."""
