"""The whole half-year, counted from the plan's text and not by the code under test.

152 communes, 9 districts, 20 departments (Sở Nội vụ among them) and Công an tỉnh stand in the plan.
"""

from __future__ import annotations

from collections import Counter
from datetime import date

import pytest

from obligations.calendar import WorkingCalendar
from obligations.chain import Roster
from obligations.foresee import foresee
from obligations.model import Judged, Kind, Plan, Planned

COMMUNES, DISTRICTS, DEPARTMENTS = 152, 9, 20
BELOW = COMMUNES + DISTRICTS
CYCLES = ("2022-Q3-report", "2022-year-report")

TASKS = {
    "1.1": 1,  # Sở Nội vụ
    "1.2": COMMUNES,
    "2.3": 2 * COMMUNES,  # after the second and the third quarter
    "3.1": BELOW,
    "3.3": DISTRICTS,  # Chủ tịch UBND cấp huyện
    "3.5": DISTRICTS,
    "4.2": 1,  # Sở Y tế
    "4.3": 1,  # Sở Giáo dục và Đào tạo
    "4.6": BELOW,
    "5.1": BELOW,
    "5.2": BELOW,
    "5.3": BELOW,
    "6.2": 1,  # Sở Y tế
    "6.4": DISTRICTS,
    "III.3.a": 1,
    "III.3.b": 1,
}

# Per cycle: rows of those who lead, rows of their hands. A second column that guides or cooperates has none.
ROWS = {
    "1.3": (COMMUNES, 0),  # its hands are villages, which have no account
    "2.1": (1, BELOW),
    "2.2": (COMMUNES, 0),
    "2.4": (BELOW, 0),
    "2.5": (COMMUNES, 0),
    "2.6": (1, BELOW),  # joint: Văn phòng UBND tỉnh collects
    "3.2": (DEPARTMENTS + BELOW, 0),
    "3.4": (1, 0),  # Tòa án; its hands are courts
    "4.1": (1 + BELOW, 0),  # Trung tâm Phục vụ HCC, districts, communes
    "4.4": (DEPARTMENTS + BELOW, 0),
    "4.5": (1, 0),
    "6.1": (1, BELOW),
    "6.3": (1, DISTRICTS),  # joint: Sở Giáo dục và Đào tạo collects
    "6.5": (1, BELOW),
    "6.6": (1, BELOW),  # Sở Công Thương guides
    "6.7": (BELOW, 0),
    "6.8": (1, BELOW),
    "7.1": (1, BELOW),
    "7.2": (1, BELOW),
    "7.3": (1, 0),
    "8.1": (1, DEPARTMENTS - 1 + BELOW),  # a lead is never its own implementer
    "8.2": (1, DEPARTMENTS - 1 + BELOW),
    "8.3": (1, DEPARTMENTS - 1 + BELOW),
    "8.4": (1, 0),
    "8.5": (1, 0),
}


@pytest.fixture(scope="module")
def foreseen(plan: Plan, roster: Roster, calendar: WorkingCalendar) -> list[Planned]:
    return foresee(plan, roster, calendar)


def of(foreseen: list[Planned], kind: Kind) -> list[Planned]:
    return [planned for planned in foreseen if planned.kind is kind]


def test_the_two_tables_hold_the_thirty_nine_items(plan: Plan) -> None:
    appendix = {key for key in TASKS if not key.startswith("III")} | set(ROWS)
    assert appendix == {item.key for item in plan.items}
    assert len(appendix) == 39


def test_tasks_by_item(foreseen: list[Planned]) -> None:
    assert Counter(p.item for p in of(foreseen, Kind.TASK)) == TASKS
    assert sum(TASKS.values()) == 1292 + 2


@pytest.mark.parametrize("cycle", CYCLES)
def test_rows_by_item_and_part(foreseen: list[Planned], cycle: str) -> None:
    rows = [p for p in of(foreseen, Kind.ROW) if p.period == cycle]
    leads = Counter(p.item for p in rows if p.part == "lead")
    hands = Counter(p.item for p in rows if p.part == "implements")
    assert leads == {item: lead for item, (lead, _) in ROWS.items()}
    assert hands == {item: hand for item, (_, hand) in ROWS.items() if hand}
    assert (leads.total(), hands.total()) == (1319, 1837)


def test_every_row_is_of_one_of_the_two_cycles(foreseen: list[Planned]) -> None:
    assert {p.period for p in of(foreseen, Kind.ROW)} == set(CYCLES)


def test_sheets_reports_and_own_plans(foreseen: list[Planned]) -> None:
    assert len(of(foreseen, Kind.SHEET)) == 6 * BELOW == 966
    reports = of(foreseen, Kind.REPORT)
    syntheses = [p for p in reports if p.agency == "so-noi-vu"]
    assert len(reports) - len(syntheses) == 2 * (COMMUNES + DISTRICTS + 19 + 1) == 362
    assert len(syntheses) == 2
    assert len(of(foreseen, Kind.PLAN)) == BELOW + DEPARTMENTS + 1 == 182


def test_every_identity_is_one_obligation_s_alone(foreseen: list[Planned]) -> None:
    assert max(Counter(p.key for p in foreseen).values()) == 1
    identities = Counter((p.kind, p.item, p.agency, p.period) for p in foreseen)
    assert max(identities.values()) == 1


@pytest.mark.parametrize(
    "key",
    [
        "1.2/x02719-2022/once",
        "2.3/x02719-2022/2022-Q3",
        "row/1.3/x02719-2022/2022-Q3-report",
        "report/h082-2022/2022-Q3-report",
        "report/so-noi-vu/2022-year-report",
        "sheet/x02719-2022/2022-07",
        "plan/so-y-te/once",
        "III.3.a/so-noi-vu/once",
    ],
)
def test_identities_are_written_as_scripts_know_them(foreseen: list[Planned], key: str) -> None:
    assert key in {p.key for p in foreseen}


def days_of(foreseen: list[Planned], key: str) -> tuple[date, date, date]:
    (found,) = [p for p in foreseen if p.key == key]
    return found.opened_on, found.last_day, found.target


@pytest.mark.parametrize(
    ("key", "opened", "last", "target"),
    [
        ("1.1/so-noi-vu/once", "2022-06-30", "2022-07-04", "2022-07-04"),
        ("1.2/x02719-2022/once", "2022-06-30", "2022-07-14", "2022-07-14"),
        ("2.3/x02719-2022/2022-Q2", "2022-06-30", "2022-07-15", "2022-07-15"),
        ("2.3/x02719-2022/2022-Q3", "2022-07-01", "2022-10-17", "2022-10-17"),
        ("3.1/x02719-2022/once", "2022-06-30", "2022-07-26", "2022-07-26"),
        ("3.1/h082-2022/once", "2022-06-30", "2022-07-29", "2022-07-29"),
        ("4.2/so-y-te/2022-Q4", "2022-10-01", "2022-12-31", "2022-12-30"),
        ("report/x02719-2022/2022-Q3-report", "2022-06-30", "2022-09-09", "2022-09-09"),
        ("report/h082-2022/2022-Q3-report", "2022-06-30", "2022-09-14", "2022-09-14"),
        ("report/so-noi-vu/2022-Q3-report", "2022-06-30", "2022-09-19", "2022-09-19"),
        ("report/x02719-2022/2022-year-report", "2022-09-10", "2022-12-09", "2022-12-09"),
        ("report/h082-2022/2022-year-report", "2022-09-15", "2022-12-14", "2022-12-14"),
        ("sheet/x02719-2022/2022-07", "2022-08-01", "2022-08-10", "2022-08-10"),
        ("sheet/x02719-2022/2022-12", "2023-01-01", "2023-01-10", "2023-01-10"),
        ("sheet/h082-2022/2022-08", "2022-09-01", "2022-09-10", "2022-09-09"),
        ("plan/so-y-te/once", "2022-06-30", "2022-07-14", "2022-07-14"),
    ],
)
def test_days_of_single_obligations(
    foreseen: list[Planned], key: str, opened: str, last: str, target: str
) -> None:
    expected = tuple(date.fromisoformat(day) for day in (opened, last, target))
    assert days_of(foreseen, key) == expected


def test_nothing_opens_before_the_plan_is_signed(foreseen: list[Planned], plan: Plan) -> None:
    assert min(p.opened_on for p in foreseen) == plan.signed_on


def test_reports_are_judged_by_arrival_and_dated_tasks_by_completion(foreseen: list[Planned]) -> None:
    arrive = {p.item for p in of(foreseen, Kind.TASK) if p.judged is Judged.ARRIVAL}
    assert arrive == {"3.1", "3.3"}
    assert {p.judged for p in of(foreseen, Kind.REPORT)} == {Judged.ARRIVAL}


def test_a_commune_s_inner_day_keeps_the_plan_s_own(foreseen: list[Planned]) -> None:
    (commune,) = [p for p in foreseen if p.key == "3.1/x02719-2022/once"]
    assert (commune.last_day, commune.plan_day) == (date(2022, 7, 26), date(2022, 7, 29))


def test_rows_hang_on_their_agency_s_report(foreseen: list[Planned]) -> None:
    keys = {p.key for p in foreseen}
    rows = of(foreseen, Kind.ROW)
    assert all(p.parent in keys for p in rows if p.parent)
    assert {p.agency for p in rows if p.parent is None} == {
        "toa-an-nhan-dan-tinh",
        "bao-hiem-xa-hoi-tinh",
        "cong-ty-dien-luc-lao-cai",
        "ubmttq-tinh",
        "bao-lao-cai",
        "nha-mang-vien-thong",
    }
    (centre,) = [p for p in rows if p.key == "row/4.1/trung-tam-phuc-vu-hanh-chinh-cong-tinh/2022-Q3-report"]
    assert centre.parent == "report/van-phong-ubnd-tinh/2022-Q3-report"


def test_invited_bodies_have_a_request_and_rows_no_ladder(foreseen: list[Planned]) -> None:
    rows = of(foreseen, Kind.ROW)
    assert {p.ladder for p in rows if p.parent is None} == {"request"}
    assert {p.ladder for p in rows if p.parent} == {None}


@pytest.mark.parametrize("cycle", CYCLES)
def test_invited_bodies_that_lead_nothing_are_asked_for_what_part_three_or_an_item_names(
    foreseen: list[Planned], cycle: str
) -> None:
    asked = {(p.agency, p.item) for p in of(foreseen, Kind.ROW) if p.part == "asked" and p.period == cycle}
    assert asked == {
        ("ubmttq-tinh", "III.1"),
        ("bao-lao-cai", "III.5"),
        ("nha-mang-vien-thong", "8.5"),
    }


def test_the_surveys_wait_for_the_focal_agency_s(foreseen: list[Planned]) -> None:
    waiting = {p.item: (p.waits_for, p.waits_until) for p in foreseen if p.waits_for}
    survey = ("III.3.a/so-noi-vu/once", date(2022, 11, 30))
    assert waiting == {"4.2": survey, "4.3": survey}


def test_a_sheet_knows_the_month_before(foreseen: list[Planned]) -> None:
    sheets = {p.key: p.previous for p in of(foreseen, Kind.SHEET)}
    assert sheets["sheet/x02719-2022/2022-07"] is None
    assert sheets["sheet/x02719-2022/2022-08"] == "sheet/x02719-2022/2022-07"
    assert Counter(previous is None for previous in sheets.values()) == {True: BELOW, False: 5 * BELOW}


def test_every_dated_obligation_has_a_ladder(foreseen: list[Planned]) -> None:
    assert all(p.ladder for p in foreseen if p.kind is not Kind.ROW)
