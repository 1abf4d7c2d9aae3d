"""One period of an item in a plan: whose day is which, and why."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from obligations.model import Agency, Judged
from obligations.period import Period


@dataclass(frozen=True, kw_only=True)
class Due:
    """One period of an item: the plan's own last day, inner days of lower levels, and the reason."""

    period: Period
    opened_on: date
    last_day: date
    target: date
    why: str
    judged: Judged
    inner: dict[str, date] = field(default_factory=dict, hash=False)
    """By level: the day of those that report to a place of the chain."""
    inner_why: dict[str, str] = field(default_factory=dict, hash=False)
    of_levels: dict[str, tuple[date, str]] = field(default_factory=dict, hash=False)
    """By level: the day that the plan itself gives its agencies, wherever they report, and why that."""
    ours: bool = False
    """Whether the rule it is counted by is the program's own (`obligations.days_of_ours`), or is a goal."""
    leads: tuple[str, ...] = ()
    """The agencies or groups that owe this milestone; empty where the item's leads do."""
    product: str = ""
    """What this milestone brings."""

    def day_for(self, agency: Agency) -> date:
        """Return the last day that binds an agency; who reports to the collator at once has no inner one."""
        if agency.level.key in self.of_levels:
            return self.of_levels[agency.level.key][0]
        return self.inner.get(agency.level.key, self.last_day) if agency.desks else self.last_day

    def why_for(self, agency: Agency) -> str:
        """Return the reason for that day."""
        if agency.level.key in self.of_levels:
            return self.of_levels[agency.level.key][1]
        return self.inner_why.get(agency.level.key, self.why) if agency.desks else self.why

    def plan_day_for(self, agency: Agency) -> date:
        """Return the day the plan itself gives an agency: its level's own, else the one for all."""
        return self.of_levels.get(agency.level.key, (self.last_day, ""))[0]
