"""Duties as products of a quarter: the rule of progress, and the states of what is said of an agency.

The points are the decree's; which duty counts as a product of which quarter, and what one delay is, are
readings that stand beside the rule in the data (config/grading.toml).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from obligations.errors import Refused
from obligations.reckoning import Reckoning
from obligations.rollup import per_cent


class GradeState(StrEnum):
    """How far what is said of an agency in a quarter has come."""

    DRAFT = "draft"
    CONTESTED = "contested"
    ACCEPTED = "accepted"
    PUBLISHED = "published"


GRADE_WORDS: dict[GradeState, str] = {
    GradeState.DRAFT: "dự thảo, chờ đơn vị đối chiếu",
    GradeState.CONTESTED: "đơn vị đề nghị xem lại",
    GradeState.ACCEPTED: "đơn vị đồng ý",
    GradeState.PUBLISHED: "đã công bố",
}
NOT_BEGUN = "chưa lập dự thảo"
CONTESTABLE = (GradeState.DRAFT, GradeState.ACCEPTED)


@dataclass(frozen=True, kw_only=True)
class ProgressRule:
    """How progress is counted, since when, and by what document."""

    key: str
    decree: str
    valid_from: date
    valid_to: date | None
    source: str
    full_points: int
    less_per_delay: int
    contest_working_days: int
    band_limits: tuple[int, ...]
    """Hundredths in time at which a band begins, the highest first [ours]."""
    fewest_products: int
    """Of fewer products nothing is said in hundredths [ours]."""
    readings: tuple[str, ...]
    """How the program reads what the decree leaves open [ours]."""
    unknown: tuple[str, ...]
    """What is not known of the decree, said and not made up."""

    def holds_on(self, day: date) -> bool:
        """Whether the rule is in force on a day."""
        return self.valid_from <= day and (self.valid_to is None or day <= self.valid_to)

    def band(self, in_time: int, assigned: int) -> int | None:
        """Return the limit at which the band of so many in time begins, 0 the lowest; None of too few."""
        if assigned < max(1, self.fewest_products):
            return None
        return next(least for least in (*self.band_limits, 0) if in_time * 100 >= least * assigned)

    def points(self, delays: int) -> int:
        """Return the points of a finished product after so many delays."""
        return max(0, self.full_points - delays * self.less_per_delay)


@dataclass(frozen=True, kw_only=True)
class Products:
    """The products of one agency or one officer in a quarter."""

    reckoned: Reckoning

    @property
    def assigned(self) -> int:
        """What has fallen due; what a pause excuses stands apart."""
        return self.reckoned.judged

    @property
    def completed(self) -> int:
        """What of it is done, in time or late."""
        return self.reckoned.in_time + self.reckoned.late

    def progress_points(self, rule: ProgressRule) -> int:
        """Add up the points: full in time, less by one delay where it was late, none where it is not done."""
        return self.reckoned.in_time * rule.points(0) + self.reckoned.late * rule.points(1)

    def progress(self, rule: ProgressRule) -> float | None:
        """Return the progress in percent of what was assigned; None where nothing was."""
        return _percent(self.progress_points(rule), self.assigned * rule.full_points)

    @property
    def quantity(self) -> float | None:
        """Return what is done in percent of what was assigned; None where nothing was."""
        return _percent(self.completed, self.assigned)


def _percent(part: int, whole: int) -> float | None:
    if not whole:
        return None
    return float(per_cent(part, whole))


def check_contest(state: GradeState, contest_until: date, on: date) -> None:
    """Refuse a unit's word where there is nothing to say it to, or its time is over."""
    if state not in CONTESTABLE:
        raise Refused(f"bảng này đang ở trạng thái '{GRADE_WORDS[state]}', không nhận ý kiến đối chiếu")
    if on > contest_until:
        raise Refused(f"đã hết thời gian đối chiếu ({contest_until:%d/%m/%Y})")


def check_publish(state: GradeState, contest_until: date, on: date) -> None:
    """Refuse to publish what is contested, or what its unit may still contest."""
    if state is GradeState.CONTESTED:
        raise Refused("đơn vị đề nghị xem lại; lập lại dự thảo rồi công bố")
    if state is GradeState.DRAFT and on <= contest_until:
        raise Refused(f"đơn vị còn thời gian đối chiếu đến hết {contest_until:%d/%m/%Y}")
    if state is GradeState.PUBLISHED:
        raise Refused("đã công bố")
