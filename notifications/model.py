"""What a mail is made of: plain values that the use cases fill and the templates read."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime

from notifications.week import FallsDue, Place
from obligations.day_words import Way
from obligations.kinds import OfKind
from obligations.levels import Level
from obligations.model import Kind
from obligations.reckoning import Compared, Reckoning
from obligations.reminders import Reminders


@dataclass(frozen=True, kw_only=True)
class Sender:
    """The desk in whose name a mail goes: shown as sender, answered to, called."""

    name: str
    """"Phòng Nội vụ huyện Bát Xát"."""
    officer: str
    phone: str
    reply_to: str
    short: str = ""
    """What it is called inside its own area: "Phòng Nội vụ"; "" where that is its name."""
    reply_name: str = ""
    """Who reads replies, where the desk itself has no address: "Sở Nội vụ"."""


@dataclass(frozen=True, kw_only=True)
class NextStep:
    """What happens next if nothing is reported: the day, the step, and who hears."""

    on: date
    step: str
    role: str
    """self, superior, focal, director, reviewer or list."""
    mailed_on: date
    """The day its mail leaves (Monday's digest may be later than the step)."""


@dataclass(frozen=True, kw_only=True)
class TakenOver:
    """Of whom a duty was taken over, from which day and by what."""

    of: tuple[str, ...]
    on: date
    resolution: str


@dataclass(frozen=True, kw_only=True)
class Line(OfKind):
    """One obligation in a mail."""

    obligation: str
    kind: Kind
    item: str | None
    """The item's key ("1.2"); None for report, sheet and plan."""
    title: str
    """The plan's wording for an item; "Báo cáo Quý III năm 2022" and the like otherwise."""
    agency: str
    """The holder as texts name it: "UBND xã A Mú Sung"."""
    agency_short: str
    level: Level
    district: str
    """"huyện Bát Xát" for a commune and its district; "" otherwise."""
    reports_to: str
    """"huyện Bát Xát" for a commune; "" for whoever reports to the collator at once."""
    way: Way
    """Between whom its report goes, by the levels' names."""
    deadline_text: str
    """The plan's own wording: "Trước ngày 15/7/2022"."""
    last_day: date
    why: str
    """How the last day follows from the wording, in words."""
    opened_on: date
    step: str
    missed: tuple[str, ...]
    """Earlier steps that could not be sent (an outage, a pause)."""
    days_left: int
    """Working days until the last day; negative when overdue."""
    reminders: Reminders
    """What became of the reminders that went before."""
    next_steps: tuple[NextStep, ...]
    short: str = ""
    """What mails call the item in a few words; "" where only the plan's wording is known."""
    quarter: str = ""
    """Which of the quarters of one item it is for: "Quý II/2022"."""
    forwarded_for: str | None = None
    """The agency without an address for which the recipient is asked to pass this on."""
    closed: tuple[str, ...] = ()
    """Addresses of that agency that take no mail."""
    link: str | None = None
    """That agency's own form, where the mail names several units."""
    reason: str | None = None
    """The reason for delay the unit has stated."""
    excused: bool = False
    """Lateness excused by a pause."""
    asked: str | None = None
    """What the reviewer asked to complete."""
    handed_in_on: date | None = None
    """For a review: the day the report was handed in."""
    weak: bool = False
    """Belongs to one of the plan's weak contents, which stand first."""
    streak: int = 0
    """For a sheet: how many months in a row were missed."""
    ours: bool = False
    """Its last day is asked for: set by the plan no more than by a document, so that nothing is overdue."""
    asked_day: date | None = None
    """The day that is or was asked for; None where the plan or a document sets it."""
    paper: str = ""
    """The document that sets a day which the plan does not: "Văn bản số 12/UBND-NV ngày … của …"."""
    paper_said: str = ""
    """What that document sets, in a sentence."""
    given: str = ""
    """The letter that gave the task; "" where the plan itself does."""
    product: str = ""
    """What is to be there when it is done, and how much of it."""
    plan_day: date | None = None
    """The plan's own last day for the level above, where this one lies before it."""
    event: str = ""
    """What happened and opened the task: "Phương án bồi thường dự án đường Mường Vi - Bản Xèo"."""
    closes_on: date | None = None
    """When a cycle report's figures close."""
    figures: tuple[str, ...] = ()
    """For a request: the figures that are asked for."""
    taken_over: TakenOver | None = None
    """Where its holder before is no more."""

    @property
    def above(self) -> str:
        """Whom it reports to, in full: "UBND huyện Bát Xát"; "" for whoever reports to the collator."""
        return f"{self.way.body} {self.reports_to}".strip() if self.reports_to else ""

    @property
    def counted_under(self) -> str:
        """Who stands over the place it is counted under, a district over itself; "" otherwise."""
        return self.above if self.reports_to else self.agency if self.district else ""


@dataclass(frozen=True, kw_only=True)
class AreaCount:
    """How one item (or report) stands among the units of one place."""

    item: str | None
    title: str
    deadline_text: str
    last_day: date
    area: str
    """"huyện Bát Xát"."""
    total: int
    done_in_time: int
    done_late: int
    awaiting_review: int
    missing: tuple[Line, ...]

    @property
    def done(self) -> int:
        """All that have reported, in time or late."""
        return self.done_in_time + self.done_late


@dataclass(frozen=True, kw_only=True)
class Section:
    """All of one mail's lines that share a template kind, and for a superior their counts by area."""

    template: str
    """opening, hand-over, remind, overdue, superior, focal, list, director, review, correction, sheet,
    missed or request."""
    lines: tuple[Line, ...]
    areas: tuple[AreaCount, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Digest:
    """What Sở Nội vụ's Monday table says beside its lines."""

    reckoned: Reckoning
    """Of dated work; its `overdue` is the number of the subject, of every point and of the attached table."""
    continuous: int
    """Rows of continuous work: a column of its own, in no rate."""
    long_overdue: int
    """Of what is overdue, what has been so for five working days or longer."""
    overdue_by_level: tuple[tuple[Level, int], ...]
    """The highest level first; with the two above all that is overdue."""
    compared: Compared | None  # with a week before; None in the plan's first week
    areas: tuple[Place, ...]
    """The districts, each with its communes, where most is overdue first; all of them, late or not."""
    departments: tuple[Place, ...]
    """The bodies of the province, Sở Nội vụ among them, the same way."""
    awaiting_focal: int
    """Reports that wait for Sở Nội vụ."""
    extension_requests: int
    """Requests for another last day since the last of these tables."""
    new_reasons: int
    proposals: int
    """Of what is overdue, what the list "Đề xuất báo cáo UBND tỉnh" names and nobody has decided on."""
    proposed_units: int
    """The units they are about."""
    due_this_week: tuple[FallsDue, ...]
    sheets_missed: tuple[tuple[str, str], ...]
    """(unit, month) of chairpersons' sheets whose day has gone by since the week before."""
    sheets_overdue: int
    """All sheets that nobody has looked over by their day: the board's number."""
    not_supplied: tuple[tuple[str, str], ...]
    """(invited body, period): "chưa cung cấp"."""
    undelivered: tuple[tuple[str, str], ...]
    """(agency, reason): addresses that mail did not reach."""
    without_address: tuple[str, ...]
    rows: tuple[Line, ...]  # every overdue line, for the attached table; the mail shows the worst 50
    asked_rows: tuple[Line, ...] = ()
    """Every line that is late against a day that is only proposed: counted and told apart."""
    resting: tuple[tuple[str, date], ...] = ()
    """(place, since when): pauses without a known end, so that none is forgotten."""
    ended: str = ""
    """That the plan's time is over, and since when; "" while it runs."""
    journal_mark: str = ""
    """The end of the journal as it stands on paper: what is written before cannot be taken out unseen."""


@dataclass(frozen=True, kw_only=True)
class Upcoming:
    """A line of the opening letter for what opens later."""

    title: str
    item: str | None
    last_day: date
    deadline_text: str
    closes_on: date | None = None
    """When a cycle report's figures close."""
    ours: bool = False
    event: str = ""
    """What happened and opened it."""
    short: str = ""
    quarter: str = ""


@dataclass(frozen=True, kw_only=True)
class Mail:
    """Everything one message says; rendering adds nothing but words."""

    plan_number: str
    plan_signed_on: date
    plan_issuer: str
    """"UBND tỉnh Lào Cai"."""
    plan_short: str
    """"KH 239": opens the subject and names the system."""
    recipient: str
    """"Ủy ban nhân dân xã A Mú Sung"."""
    recipient_short: str
    """"UBND xã A Mú Sung"."""
    recipient_level: Level
    through: str | None
    """"qua Phòng Nội vụ" for a district, "Phòng Cải cách hành chính" for Sở Nội vụ."""
    invited: bool
    focal: str
    """The collating agency as texts name it (cơ quan đầu mối tổng hợp)."""
    focal_head: str
    """Who heads it: "Giám đốc Sở Nội vụ"."""
    sender: Sender
    as_of: datetime
    """Local time of the data."""
    sections: tuple[Section, ...]
    digest: Digest | None = None
    awaiting_review: int = 0
    """The desk's weekly line: reports in time that wait for this recipient's review."""
    awaiting_oldest: date | None = None
    upcoming: tuple[Upcoming, ...] = ()
    cooperates: tuple[tuple[str, str], ...] = ()
    """(item, title) the recipient guides or cooperates in: told once, in the opening letter."""
    continuous: tuple[tuple[str, str], ...] = ()
    """(item, title) of continuous work answered in the cycle reports."""
    implements: tuple[tuple[str, str], ...] = ()
    """(item, title) of the work of others that the recipient carries out: a line each in its reports."""
    sheet_day: int = 0
    """The day of the following month up to which the chairperson looks at the month's sheet; 0 where none."""
    references: tuple[str, ...] = ()
    """Message-IDs of the earlier mails to this recipient about its first duty: one thread."""
    links: dict[str, str] = field(default_factory=dict, hash=False)
    """Named addresses to open; empty where no address of the portal is set."""
    also: tuple[Mail, ...] = ()
    """What the same message tells of other plans, each as a mail of its own would."""

    @property
    def plans(self) -> tuple[str, ...]:
        """The short names of the plans in whose name it is written: "KH 239"."""
        return (self.plan_short, *(one.plan_short for one in self.also))
