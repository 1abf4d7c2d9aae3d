"""From the plan's wording to a last day: every wording, rolled and not rolled, and why."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from obligations.calendar import WorkingCalendar
from obligations.chain import Roster
from obligations.deadlines import (
    Due,
    closing_day,
    closing_why,
    cycle_due,
    cycle_last_day,
    event_due,
    item_dues,
    last_day_before,
    plan_cycles,
    regulation_on,
)
from obligations.errors import Invalid
from obligations.model import Deadline, Judged, Plan, Wording
from obligations.period import Period
from obligations.words import weekday

JULY_4, JULY_14, SEPTEMBER_29 = date(2022, 7, 4), date(2022, 7, 14), date(2022, 9, 29)


def dues(plan: Plan, key: str, calendar: WorkingCalendar) -> list[Due]:
    item = plan.item(key)
    assert item is not None
    return item_dues(item, plan, calendar)


def due(plan: Plan, key: str, calendar: WorkingCalendar) -> Due:
    (only,) = dues(plan, key, calendar)
    return only


def test_before_a_day_ends_the_day_before() -> None:
    assert last_day_before(date(2022, 7, 15)) == date(2022, 7, 14)
    assert last_day_before(date(2024, 3, 1)) == date(2024, 2, 29)


@pytest.mark.parametrize(
    ("item", "last"),
    [
        ("1.1", JULY_4),
        ("1.2", JULY_14),
        ("4.6", SEPTEMBER_29),
        ("5.1", SEPTEMBER_29),
        ("5.2", SEPTEMBER_29),
        ("5.3", SEPTEMBER_29),
        ("6.2", SEPTEMBER_29),
        ("6.4", SEPTEMBER_29),
    ],
)
def test_each_before_of_the_appendix(plan: Plan, calendar: WorkingCalendar, item: str, last: date) -> None:
    only = due(plan, item, calendar)
    assert (only.last_day, only.target, only.inner) == (last, last, {})
    assert only.opened_on == date(2022, 6, 30)
    assert only.judged is Judged.COMPLETION


def test_the_reason_can_be_checked_against_the_paper(plan: Plan, calendar: WorkingCalendar) -> None:
    assert due(plan, "1.2", calendar).why == "'Trước ngày 15/7/2022' → ngày 15 không tính → Thứ Năm 14/7/2022"


def test_report_before_binds_what_reaches_the_focal_agency(
    plan: Plan, roster: Roster, calendar: WorkingCalendar
) -> None:
    only, commune = due(plan, "3.1", calendar), roster.agencies["x02719-2022"]
    assert only.judged is Judged.ARRIVAL
    assert only.day_for(roster.agencies["h082-2022"]) == date(2022, 7, 29)
    assert only.day_for(commune) == date(2022, 7, 26)
    assert "trước 03 ngày làm việc → Thứ Ba 26/7/2022" in only.why_for(commune)
    assert due(plan, "3.3", calendar).last_day == date(2022, 8, 29)


def test_a_quarter_ends_with_its_last_calendar_day(plan: Plan, calendar: WorkingCalendar) -> None:
    third = due(plan, "3.5", calendar)
    assert (third.period, third.opened_on, third.last_day) == ("2022-Q3", date(2022, 7, 1), date(2022, 9, 30))
    for item in ("4.2", "4.3"):
        fourth = due(plan, item, calendar)
        assert fourth.opened_on == date(2022, 10, 1)
        assert fourth.last_day == date(2022, 12, 31)
        assert fourth.target == date(2022, 12, 30)
        assert fourth.why.endswith("(ngày nghỉ; phấn đấu hoàn thành Thứ Sáu 30/12/2022)")


def test_fifteen_days_after_a_quarter_are_rolled(plan: Plan, calendar: WorkingCalendar) -> None:
    second, third = dues(plan, "2.3", calendar)
    assert (second.period, second.last_day) == ("2022-Q2", date(2022, 7, 15))
    assert (third.period, third.last_day) == ("2022-Q3", date(2022, 10, 17))
    assert "Thứ Bảy 15/10/2022 là ngày nghỉ" in third.why
    assert second.opened_on == plan.signed_on


def test_a_quarter_that_ends_within_the_plan_is_owed_after_it_unless_the_item_says_no(
    plan: Plan, calendar: WorkingCalendar
) -> None:
    item = plan.item("2.3")
    assert item is not None
    owed = item_dues(replace(item, owed_after_validity=True), plan, calendar)
    assert [d.period for d in owed] == ["2022-Q2", "2022-Q3", "2022-Q4"]
    assert owed[-1].last_day == date(2023, 1, 16)
    assert any("Quý IV/2022" in doubt for doubt in item.doubts)


def test_a_plan_of_a_full_year_has_four_quarters(plan: Plan, calendar: WorkingCalendar) -> None:
    item = plan.item("2.3")
    assert item is not None
    year = replace(plan, signed_on=date(2023, 1, 3), valid_until=date(2023, 12, 31))
    found = item_dues(replace(item, owed_after_validity=True), year, calendar)
    assert [(d.period, d.last_day) for d in found] == [
        ("2023-Q1", date(2023, 4, 17)),
        ("2023-Q2", date(2023, 7, 17)),
        ("2023-Q3", date(2023, 10, 16)),
        ("2023-Q4", date(2024, 1, 15)),
    ]


def test_a_quarter_is_dated_by_the_rule_in_force_on_its_last_day(
    plan: Plan, calendar: WorkingCalendar
) -> None:
    old = regulation_on(plan, "2.3", date(2022, 6, 30))
    rules = (
        replace(old, valid_to=date(2022, 9, 29)),
        replace(old, valid_from=date(2022, 9, 30), days=20, basis="Thông tư 343/2016/TT-BTC"),
    )
    second, third = dues(replace(plan, regulations=rules), "2.3", calendar)
    assert (second.last_day, third.last_day) == (date(2022, 7, 15), date(2022, 10, 20))
    assert "cộng 20 ngày (Thông tư 343/2016/TT-BTC)" in third.why


def test_by_a_day_counts_the_day_itself(plan: Plan, calendar: WorkingCalendar) -> None:
    survey = due(plan, "III.3.a", calendar)
    assert survey.last_day == date(2022, 11, 30)
    assert "tính cả ngày này" in survey.why


def test_a_named_day_off_is_not_rolled_but_aimed_at_earlier(plan: Plan, calendar: WorkingCalendar) -> None:
    item = plan.item("1.2")
    assert item is not None
    before_monday = replace(item, deadline=Deadline(wording=Wording.BEFORE, day=date(2022, 8, 8)))
    (only,) = item_dues(before_monday, plan, calendar)
    assert only.last_day == date(2022, 8, 7)
    assert only.target == date(2022, 8, 5)


def test_a_deadline_without_its_day_is_refused_by_name(plan: Plan, calendar: WorkingCalendar) -> None:
    item = plan.item("1.2")
    assert item is not None
    with pytest.raises(Invalid, match=r"nhiệm vụ 1\.2: thiếu deadline\.day"):
        item_dues(replace(item, deadline=Deadline(wording=Wording.BEFORE)), plan, calendar)


# ---- cycles


@pytest.mark.parametrize("year", [2022, 2023, 2024, 2025])
def test_cycles_end_on_the_fourteenth_also_in_a_leap_year(plan: Plan, year: int) -> None:
    for level in ("district", "province"):
        ends = [cycle_last_day(cycle, year, level) for cycle in plan.cycles]
        assert ends == [date(year, month, 14) for month in (3, 6, 9, 12)]
    communes = [cycle_last_day(cycle, year, "commune") for cycle in plan.cycles]
    assert communes == [date(year, month, 9) for month in (3, 6, 9, 12)]


def test_the_first_cycle_is_the_third_quarter_then_the_year(plan: Plan) -> None:
    assert [(cycle.key, year) for cycle, year in plan_cycles(plan)] == [("Q3", 2022), ("year", 2022)]


def test_a_plan_over_a_leap_year_has_all_four_cycles(plan: Plan, calendar: WorkingCalendar) -> None:
    leap = replace(plan, signed_on=date(2024, 1, 2), valid_until=date(2024, 12, 31))
    item = leap.item("1.3")
    assert item is not None
    found = item_dues(item, leap, calendar)
    assert [d.period for d in found] == [f"2024-{key}-report" for key in ("Q1", "H1", "Q3", "year")]
    assert [d.opened_on for d in found] == [
        date(2024, 1, 2),
        date(2024, 3, 15),
        date(2024, 6, 15),
        date(2024, 9, 15),
    ]
    # 14/9 and 14/12/2024 are Saturdays: not rolled, aimed at on Friday.
    assert [d.target.day for d in found] == [14, 14, 13, 13]


def test_a_cycle_s_day_off_is_not_rolled(plan: Plan, calendar: WorkingCalendar) -> None:
    third = next(cycle for cycle in plan.cycles if cycle.key == "Q3")
    communes = cycle_due(plan, third, 2023, calendar, "commune")
    assert (communes.last_day, communes.target) == (date(2023, 9, 9), date(2023, 9, 8))
    assert "ngày 10 không tính" in communes.why


@pytest.mark.parametrize(
    ("key", "year", "level", "closes"),
    [
        ("Q3", 2022, "commune", date(2022, 9, 7)),
        ("Q3", 2022, "district", date(2022, 9, 12)),
        ("Q3", 2022, "focal", date(2022, 9, 15)),  # 19/9 is a Monday, 17/9 a Saturday
        ("Q3", 2025, "province", date(2025, 9, 10)),  # 14/9 is a Sunday
    ],
)
def test_figures_close_two_working_days_before_the_target(
    plan: Plan, calendar: WorkingCalendar, key: str, year: int, level: str, closes: date
) -> None:
    cycle = next(cycle for cycle in plan.cycles if cycle.key == key)
    assert closing_day(cycle, year, level, calendar) == closes
    assert closing_why(cycle, year, level, calendar).endswith(weekday(closes))


@pytest.mark.parametrize("year", range(2022, 2036))
def test_in_every_year_a_working_day_lies_between_closing_and_sending(
    plan: Plan, calendar: WorkingCalendar, year: int
) -> None:
    """Decree 09/2019, article 8, clause 5: of every cycle and level."""
    for cycle in plan.cycles:
        for level, day in cycle.close_day.items():
            closes = closing_day(cycle, year, level, calendar)
            target = calendar.previous_working(cycle_last_day(cycle, year, level))
            assert closes <= date(year, cycle.month, day)
            assert calendar.between(closes, target) >= 2


# ---- events


def recorded(plan: Plan, item: str, on: date, calendar: WorkingCalendar) -> Due:
    return event_due(regulation_on(plan, item, on), on, Period("e-0001"), calendar)


def test_the_day_of_the_event_is_not_counted(plan: Plan, calendar: WorkingCalendar) -> None:
    only = recorded(plan, "2.4", date(2022, 8, 10), calendar)
    assert only.opened_on == date(2022, 8, 10)
    assert only.last_day == date(2022, 9, 9)
    assert "ngày 10/8/2022 không tính, cộng 30 ngày" in only.why


@pytest.mark.parametrize(
    ("on", "last"),
    [
        (date(2024, 7, 31), date(2024, 8, 30)),
        (date(2024, 8, 1), date(2024, 8, 16)),
        (date(2024, 8, 2), date(2024, 8, 19)),
    ],
)
def test_the_law_in_force_on_the_event_s_day_is_used(
    plan: Plan, calendar: WorkingCalendar, on: date, last: date
) -> None:
    """30 days by the law of 2013, 15 by that of 2024 from 1/8/2024; the last of these is rolled."""
    assert recorded(plan, "2.4", on, calendar).last_day == last


def test_an_event_before_any_rule_is_refused(plan: Plan) -> None:
    with pytest.raises(Invalid, match=r"nhiệm vụ 2\.5: không có quy định nào"):
        regulation_on(plan, "2.5", date(2021, 12, 31))


def test_an_event_s_end_on_a_day_off_moves_on(plan: Plan, calendar: WorkingCalendar) -> None:
    posting = recorded(plan, "2.5", date(2022, 8, 13), calendar)
    assert posting.last_day == date(2022, 9, 5)
    assert "Thứ Sáu 02/9/2022 là ngày nghỉ, chuyển sang ngày làm việc tiếp theo" in posting.why


def test_an_inspection_s_conclusion_has_ten_days(plan: Plan, calendar: WorkingCalendar) -> None:
    assert recorded(plan, "4.5", date(2022, 10, 3), calendar).last_day == date(2022, 10, 13)


def test_working_days_are_counted_where_a_rule_says_so(plan: Plan, calendar: WorkingCalendar) -> None:
    rule = replace(regulation_on(plan, "4.5", date(2022, 8, 30)), count="working", days=2)
    assert event_due(rule, date(2022, 8, 30), Period("e-0001"), calendar).last_day == date(2022, 9, 5)


@pytest.mark.parametrize(
    ("on", "last", "target"),
    [
        (date(2022, 12, 20), date(2023, 1, 1), date(2022, 12, 30)),
        (date(2024, 1, 1), date(2024, 1, 1), date(2023, 12, 29)),
    ],
)
def test_a_land_price_table_is_public_on_the_first_of_january(
    plan: Plan, calendar: WorkingCalendar, on: date, last: date, target: date
) -> None:
    only = recorded(plan, "2.6", on, calendar)
    assert (only.last_day, only.target) == (last, target)
