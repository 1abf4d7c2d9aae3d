"""The one reckoning: in which column a duty is counted on a day, and the sums that are shown everywhere.

due = done in time + done late + missing. What is done ahead of its day and what runs within it stand beside
that sum; what was cancelled, is not the unit's to do or did not arise stands outside. Continuous rows are a
column of their own, and chairpersons' sheets are counted apart by the same rule.

What has fallen due by a day that is only proposed (`obligations.days_of_ours`) stands beside that sum too, in
time, late or missing: it makes no rate better and none worse. Once the plan's own day has passed, or a
document sets the day, it is counted by that.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields
from datetime import date
from enum import StrEnum

from obligations.model import WorkState
from obligations.states import Standing, effective_last_day


class Share(StrEnum):
    """The one column in which a duty is counted on a day; the value stands in addresses and commands."""

    IN_TIME = "den-han-dung-han"
    LATE = "sau-thoi-han"
    OVERDUE = "dang-qua-han"
    EXCUSED = "qua-han-tam-dung"
    ASKED_IN_TIME = "xong-kip-ngay-de-nghi"
    ASKED_LATE = "xong-sau-ngay-de-nghi"
    ASKED_OPEN = "cham-so-voi-ngay-de-nghi"
    RUNNING = "chua-den-han"
    AHEAD = "xong-truoc-han"
    NOTHING_AROSE = "khong-phat-sinh"
    NOT_COMPETENT = "khong-thuoc-tham-quyen"
    NOT_OWED = "chua-giao"


SHARE_WORDS: dict[Share, str] = {
    Share.IN_TIME: "đã đến hạn, hoàn thành đúng hạn",
    Share.LATE: "hoàn thành sau thời hạn",
    Share.OVERDUE: "đang thực hiện, quá hạn",
    Share.EXCUSED: "quá hạn, tạm dừng theo địa bàn",
    Share.ASKED_IN_TIME: "hoàn thành kịp ngày đề nghị",
    Share.ASKED_LATE: "hoàn thành sau ngày đề nghị",
    Share.ASKED_OPEN: "đang thực hiện, chậm so với ngày đề nghị",
    Share.RUNNING: "đang thực hiện, chưa đến hạn",
    Share.AHEAD: "hoàn thành trước khi đến hạn",
    Share.NOTHING_AROSE: "không phát sinh",
    Share.NOT_COMPETENT: "không thuộc thẩm quyền",
    Share.NOT_OWED: "chưa đến kỳ hoặc giao nhầm",
}
MISSING = (Share.OVERDUE, Share.EXCUSED)
PAST = (Share.OVERDUE, Share.ASKED_OPEN)
DUE = (Share.IN_TIME, Share.LATE, *MISSING)
ASKED = (Share.ASKED_LATE, Share.ASKED_OPEN)
"""Late against a day that is only proposed."""
ASKED_DUE = (Share.ASKED_IN_TIME, *ASKED)
"""What has fallen due by a day that is only proposed: beside what has by the plan."""
DONE = (Share.IN_TIME, Share.LATE, Share.ASKED_IN_TIME, Share.ASKED_LATE, Share.AHEAD)
COUNTED = (*DUE, *ASKED_DUE, Share.RUNNING, Share.AHEAD)
OUTSIDE: dict[WorkState, Share] = {
    WorkState.WAITING: Share.NOT_OWED,
    WorkState.CANCELLED: Share.NOT_OWED,
    WorkState.ENDED: Share.NOT_OWED,
    WorkState.NOTHING_AROSE: Share.NOTHING_AROSE,
    WorkState.NOT_COMPETENT: Share.NOT_COMPETENT,
}
"""What no rate counts, above the line or below it."""
LONG = 5
"""So many working days late a duty is "quá 05 ngày làm việc"."""


def share(standing: Standing, on: date) -> Share:
    """Say in which column a duty is counted on a day."""
    if standing.work_state in OUTSIDE:
        return OUTSIDE[standing.work_state]
    gone_by = on > effective_last_day(standing)
    if standing.done_on is not None:
        return _of_what_is_done(standing, standing.done_on, gone_by=gone_by)
    if not gone_by or (standing.paused and standing.proposed):
        # A pause has nothing to excuse where nothing is late by the plan.
        return Share.RUNNING
    if standing.paused:
        return Share.EXCUSED
    return Share.ASKED_OPEN if standing.proposed else Share.OVERDUE


def _of_what_is_done(standing: Standing, done_on: date, *, gone_by: bool) -> Share:
    if done_on > standing.last_day:
        return Share.ASKED_LATE if standing.proposed else Share.LATE
    if not gone_by:
        return Share.AHEAD
    return Share.ASKED_IN_TIME if standing.still_proposed else Share.IN_TIME


@dataclass(frozen=True, kw_only=True)
class Reckoning:
    """How some duties stand: the columns, and the sums made of them here and nowhere else."""

    in_time: int = 0
    """Fallen due and done by their day."""
    late: int = 0
    """Done after their day."""
    overdue: int = 0
    """Past their day and not done, where nothing excuses it."""
    excused: int = 0
    """The same where a place is paused: missing, and held against nobody."""
    asked_in_time: int = 0
    """Done by a day that is only proposed, which has gone by."""
    asked_late: int = 0
    """Done after a day that is only proposed."""
    asked_open: int = 0
    """Past a day that is only proposed, and not done: overdue against nothing the plan says."""
    running: int = 0
    """Not done, and their day has not gone by."""
    ahead: int = 0
    """Done before their day: not due yet."""
    nothing_arose: int = 0
    not_competent: int = 0

    @property
    def missing(self) -> int:
        """What has fallen due and is not done."""
        return self.overdue + self.excused

    @property
    def due(self) -> int:
        """What has fallen due: done in time, done late, or missing."""
        return self.in_time + self.late + self.missing

    @property
    def asked(self) -> int:
        """What is late against a day that is only proposed, done by now or not."""
        return self.asked_late + self.asked_open

    @property
    def asked_due(self) -> int:
        """What has fallen due by a day that is only proposed: beside what is due, and in no rate."""
        return self.asked_in_time + self.asked

    @property
    def done(self) -> int:
        """All that is done: in time, late, by a proposed day or after it, or ahead of its day."""
        return self.in_time + self.late + self.asked_in_time + self.asked_late + self.ahead

    @property
    def total(self) -> int:
        """All that is counted: due by the plan or as proposed, running within its day, or done ahead."""
        return self.due + self.asked_due + self.running + self.ahead

    @property
    def judged(self) -> int:
        """What the rate is counted over: what has fallen due, without what a pause excuses."""
        return self.due - self.excused

    def __add__(self, other: Reckoning) -> Reckoning:
        """Add two reckonings, column by column."""
        return Reckoning(**{f.name: getattr(self, f.name) + getattr(other, f.name) for f in fields(self)})


FIELDS: dict[Share, str] = {
    Share.IN_TIME: "in_time",
    Share.LATE: "late",
    Share.OVERDUE: "overdue",
    Share.EXCUSED: "excused",
    Share.ASKED_IN_TIME: "asked_in_time",
    Share.ASKED_LATE: "asked_late",
    Share.ASKED_OPEN: "asked_open",
    Share.RUNNING: "running",
    Share.AHEAD: "ahead",
    Share.NOTHING_AROSE: "nothing_arose",
    Share.NOT_COMPETENT: "not_competent",
}
NOTHING = Reckoning()


def reckoned(counts: Mapping[Share, int]) -> Reckoning:
    """Return the reckoning of how many duties stand in each column; what is not owed has none."""
    return Reckoning(**{FIELDS[share]: number for share, number in counts.items() if share in FIELDS})


def added(reckonings: Iterable[Reckoning]) -> Reckoning:
    """Add up reckonings."""
    return sum(reckonings, NOTHING)


@dataclass(frozen=True, kw_only=True)
class Compared:
    """What is overdue beside what was overdue a week before, as it was known then.

    now = then + fresh - done - otherwise.
    """

    since: date
    now: int
    then: int
    fresh: int
    """Overdue now and not then."""
    done: int
    """Overdue then and done since."""
    otherwise: int
    """Overdue then, and neither done nor overdue now: extended, paused, or outside the count by now."""
