"""One report for several plans: what a cycle that is answered in another plan's report needs of that plan."""

from __future__ import annotations

from collections.abc import Sequence

from config.errors import FaultLog
from obligations.deadlines import plan_cycles
from obligations.model import Cycle, Plan

FIELD = "answered_in"


def check_shared(plans: Sequence[Plan], log: FaultLog) -> None:
    """Tell every cycle that is to be answered in a report which is none, or comes too late for it."""
    by_key = {plan.key: plan for plan in plans}
    for plan in plans:
        told: set[tuple[str, str]] = set()
        for cycle in plan.cycles:
            if cycle.answered_in in (None, plan.key):
                continue
            why = _wrong(plan, cycle, by_key.get(str(cycle.answered_in)))
            row = cycle.series or cycle.key
            if why and (row, why) not in told:
                told.add((row, why))
                log.add(f"kế hoạch {plan.key}", f"kỳ báo cáo {row}", FIELD, why)


def _wrong(plan: Plan, cycle: Cycle, host: Plan | None) -> str:
    """Say why a cycle cannot be answered in a plan's report of the same period; "" where it can."""
    if host is None:
        return f"không có kế hoạch '{cycle.answered_in}'"
    if host.draft and not plan.draft:
        return f"kế hoạch {host.key} còn là dự thảo"
    theirs = host.cycle(cycle.key)
    if theirs is None or theirs.month != cycle.month:
        return f"kế hoạch {host.key} không có kỳ báo cáo {cycle.key} của tháng {cycle.month}"
    if theirs.answered_in not in (None, host.key):
        return f"kỳ này của kế hoạch {host.key} lại gửi chung với kế hoạch {theirs.answered_in}"
    if not _turns(plan, host.key) & _turns(host):
        return f"kế hoạch {host.key} và kế hoạch này không có kỳ báo cáo nào cùng năm"
    return _too_late(cycle, theirs, host)


def _turns(plan: Plan, answered_in: str | None = None) -> set[tuple[str, int]]:
    """Return a plan's turns, or those of them that are answered in another plan's reports."""
    return {(one.key, year) for one, year in plan_cycles(plan) if answered_in in (None, one.answered_in)}


def _too_late(cycle: Cycle, theirs: Cycle, host: Plan) -> str:
    """Say at which level the other plan's report may still come in time when this one is overdue."""
    for level in sorted(cycle.before_day.keys() & theirs.before_day.keys()):
        own, other = cycle.before_day[level], theirs.before_day[level]
        if other > own:
            return (
                f"báo cáo của kế hoạch {host.key} gửi trước ngày {other} ({level}), muộn hơn kỳ này"
                f" (trước ngày {own}); ghi ngược lại, hoặc chuyển ngày bằng 'dondoc cycle move'"
            )
    return ""
