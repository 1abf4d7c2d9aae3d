"""Days of ours: last days that the plan does not set, and until when they are no more than proposed.

The plan says nothing of the day of an own plan, of a month's sheet, of part III's duties or of the collator's
synthesis, nor how long "Theo quy định" is where no law says so (2.5), and gives communes no day of their own
before the one that binds what is above them. Such a day is proposed ("đề nghị … chậm nhất") until a document
sets it: what is late against it is chased like anything else, and accused of nothing.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from obligations.kinds import OfKind
from obligations.model import Agency, Kind
from obligations.words import letter

OUR_KINDS = (Kind.PLAN, Kind.SHEET)
"""Kinds that the plan gives no day at all."""
BEYOND = "III."
"""How the keys of part III's duties begin, which the plan gives no day either."""
OF_A_CYCLE = (Kind.REPORT, Kind.ROW)


@dataclass(frozen=True, kw_only=True)
class Paper:
    """A document that sets days, and whose."""

    number: str
    signed_on: date
    issuer: str
    rule: str = ""
    place: str = ""
    everywhere: bool = False
    tier: str | None = None
    """Only for agencies of this level."""
    gives: bool = False
    """Whether it gives the task itself, and not only its day."""

    def sets(self, rule: str, agency: Agency, on: date) -> bool:
        """Whether it sets an agency's day of a rule; it holds from its signing."""
        reaches = self.everywhere or self.place in agency.above
        return (
            self.rule == rule and reaches and self.tier in (None, agency.level.key) and self.signed_on <= on
        )

    def __str__(self) -> str:
        """Cite it: "Văn bản số 12/UBND-NV ngày 05/7/2022 của UBND huyện Bát Xát"."""
        return letter(self.number, self.signed_on, self.issuer)

    @property
    def said(self) -> str:
        """Say what it sets: the task with its day, or the day that the plan leaves open."""
        sets = (
            "giao nhiệm vụ này và ấn định thời hạn" if self.gives else "ấn định ngày này; Kế hoạch không ghi"
        )
        return f"{self} {sets}"


@dataclass(frozen=True, kw_only=True)
class Day(OfKind):
    """What has to be known of a duty's day."""

    kind: Kind
    item: str | None
    last_day: date
    plan_day: date
    """The plan's own; later than `last_day` where an inner day is set."""
    synthesis: bool = False
    """Whether it is the collator's own report of a cycle, whose day is in no plan."""
    by_our_rule: bool = False
    """Whether it is counted by a rule that is the program's own (`ours` in config/regulations.toml)."""
    paper: Paper | None = None
    """The document that sets the day."""


def is_ours(day: Day) -> bool:
    """Whether the plan does not set this day, whatever else may."""
    return _never_set(day) or day.last_day < day.plan_day


def is_proposed(day: Day, on: date) -> bool:
    """Whether lateness against this day is none by the plan, as things are on a date.

    An inner day's becomes lateness by the plan once the plan's own day has passed.
    """
    if day.paper is not None:
        return False
    return _never_set(day) or (day.last_day < day.plan_day and on <= day.plan_day)


def binding_day(day: Day, on: date) -> date:
    """Return the day lateness is counted from: the plan's own once it has passed an inner one."""
    gave_way = day.paper is None and not _never_set(day) and on > day.plan_day
    return max(day.last_day, day.plan_day) if gave_way else day.last_day


def paper_for(papers: Sequence[Paper], day: Day, agency: Agency, on: date) -> Paper | None:
    """Return the document that sets an agency's day, the one entered last where there are several."""
    if not is_ours(day):
        return None
    rule = rule_of(day.kind, day.item)
    return next((paper for paper in reversed(papers) if paper.sets(rule, agency, on)), None)


def rule_of(kind: Kind, item: str | None) -> str:
    """Name the rule by which a day comes about: the item's key, else plan, sheet or report."""
    if kind is Kind.ROW:
        return str(Kind.REPORT)
    return item or str(kind)


def _never_set(day: Day) -> bool:
    return (
        day.by_our_rule
        or day.kind in OUR_KINDS
        or (day.is_task and (day.item or "").startswith(BEYOND))
        or (day.kind in OF_A_CYCLE and day.synthesis)
    )
