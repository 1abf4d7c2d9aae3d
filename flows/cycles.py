"""What the plan obliges to beyond its appendix: report cycles, sheets, own plans, requests, the desks."""

from __future__ import annotations

from flows.factory import SubjectFlow, item_flow, subject_flow
from flows.subjects import DUTIES, cycle_subject
from tasks_lib.usecases.outlook import DESK, OWN_PLAN, REQUEST, SHEET

cycle_q1 = subject_flow(cycle_subject("Q1"))
cycle_h1 = subject_flow(cycle_subject("H1"))
cycle_q3 = subject_flow(cycle_subject("Q3"))
cycle_year = subject_flow(cycle_subject("year"))
monthly_sheets = subject_flow(DUTIES[SHEET])
own_plans = subject_flow(DUTIES[OWN_PLAN])
requests = subject_flow(DUTIES[REQUEST])
desks = subject_flow(DUTIES[DESK])
duty_iii_3_a = item_flow("III.3.a")
duty_iii_3_b = item_flow("III.3.b")

CYCLE_FLOWS: dict[str, SubjectFlow] = {"Q1": cycle_q1, "H1": cycle_h1, "Q3": cycle_q3, "year": cycle_year}

DUTY_FLOWS: dict[str, SubjectFlow] = {
    SHEET: monthly_sheets,
    OWN_PLAN: own_plans,
    REQUEST: requests,
    DESK: desks,
    "III.3.a": duty_iii_3_a,
    "III.3.b": duty_iii_3_b,
}
"""By the subject's key."""
