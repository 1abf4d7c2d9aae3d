"""Plans that go on from one another: whether their chain has a beginning."""

from __future__ import annotations

from collections.abc import Sequence

from config.errors import FaultLog
from obligations.model import Plan


def check_chains(plans: Sequence[Plan], log: FaultLog) -> None:
    """Tell every plan that goes on from itself over others; one that names itself is told in its own file."""
    before = {plan.key: plan.predecessor for plan in plans if plan.predecessor != plan.key}
    for plan in plans:
        chain, at = [plan.key], before.get(plan.key)
        while at is not None and at not in chain:
            chain.append(at)
            at = before.get(at)
        if at == plan.key:
            why = f"các kế hoạch nối tiếp nhau thành vòng: {' ← '.join([*chain, plan.key])}"
            log.add(f"kế hoạch {plan.key}", "[plan]", "predecessor", why)
