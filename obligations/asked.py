"""Days that the plan does not set: asked for, never overdue by the plan (domain part 4, "Days of ours")."""

from __future__ import annotations

from datetime import date

from obligations.model import Agency, Kind, Plan, Tier


def is_asked(
    plan: Plan, agency: Agency, *, kind: str, item: str | None, last_day: date, plan_day: date
) -> bool:
    """Whether a last day is one the plan does not set.

    These are own plans, sheets, the duties of part III, the focal agency's synthesis, what communes send in a
    cycle, and an inner day before the plan's own.
    """
    if kind in (Kind.PLAN, Kind.SHEET):
        return True
    if kind == Kind.TASK and item is not None and item in {duty.key for duty in plan.duties}:
        return True
    if kind in (Kind.REPORT, Kind.ROW):
        return agency.tier is Tier.COMMUNE or agency.id == plan.focal
    return agency.tier is Tier.COMMUNE and last_day < plan_day
