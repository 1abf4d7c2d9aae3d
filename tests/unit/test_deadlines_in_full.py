"""What a wording comes to, to the last word of its reason, and the days on both sides of each boundary."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from obligations.calendar import WorkingCalendar
from obligations.deadlines import (
    Due,
    item_dues,
    regulation_on,
)
from obligations.errors import Invalid
from obligations.model import Deadline, Item, Judged, Plan, Wording
from obligations.period import Period, quarters
from tests.support.houses.trees import FOCAL, line

SIGNED = date(2022, 6, 30)
JULY_26, JULY_29 = date(2022, 7, 26), date(2022, 7, 29)
BY_THE_29TH = "'Báo cáo kết quả về Sở Nội vụ trước ngày 30/7/2022' → ngày 30 không tính → Thứ Sáu 29/7/2022"
TO_THE_DISTRICT = (
    f"{BY_THE_29TH} là ngày báo cáo đến cơ quan đầu mối tổng hợp; cấp xã gửi UBND cấp huyện"
    " trước 03 ngày làm việc → Thứ Ba 26/7/2022"
)


AT = line(3).agencies
"""One agency of each level, by its level's name."""


def an_item(plan: Plan, key: str) -> Item:
    found = plan.item(key)
    assert found is not None
    return found


# ---- named days and quarters


def test_a_report_wanted_before_a_day_binds_districts_by_it_and_communes_by_an_inner_day(
    plan: Plan, calendar: WorkingCalendar
) -> None:
    (due,) = item_dues(an_item(plan, "3.1"), plan, calendar)
    assert due == Due(
        period="once",
        opened_on=SIGNED,
        last_day=JULY_29,
        target=JULY_29,
        why=BY_THE_29TH,
        judged=Judged.ARRIVAL,
        inner={"commune": JULY_26},
        inner_why={"commune": TO_THE_DISTRICT},
    )
    bound = {key: (due.day_for(AT[key]), due.why_for(AT[key])) for key in ("commune", "district", FOCAL)}
    assert bound == {
        "commune": (JULY_26, TO_THE_DISTRICT),
        "district": (JULY_29, BY_THE_29TH),
        FOCAL: (JULY_29, BY_THE_29TH),
    }


def test_an_inner_day_stands_beside_a_day_off_that_is_aimed_at_earlier(
    plan: Plan, calendar: WorkingCalendar
) -> None:
    """Before Monday 8/8 is Sunday the 7th: three working days earlier is Wednesday."""
    deadline = Deadline(wording=Wording.REPORT_BEFORE, day=date(2022, 8, 8), inner_working_days=3)
    item = replace(an_item(plan, "3.1"), deadline=deadline, deadline_text="Trước ngày 8/8/2022")
    (due,) = item_dues(item, plan, calendar)
    reckoned = "'Trước ngày 8/8/2022' → ngày 8 không tính → Chủ nhật 07/8/2022"
    assert due.why == f"{reckoned} (ngày nghỉ; phấn đấu hoàn thành Thứ Sáu 05/8/2022)"
    assert due.why_for(AT["commune"]) == (
        f"{reckoned} là ngày báo cáo đến cơ quan đầu mối tổng hợp; cấp xã gửi UBND cấp huyện"
        " trước 03 ngày làm việc → Thứ Tư 03/8/2022"
    )
    assert (due.last_day, due.target) == (date(2022, 8, 7), date(2022, 8, 5))
    assert due.day_for(AT["commune"]) == date(2022, 8, 3)


@pytest.mark.parametrize(
    ("item", "wording", "lacks"),
    [
        ("1.2", Wording.BEFORE, "deadline.day"),
        ("3.1", Wording.REPORT_BEFORE, "deadline.day"),
        ("III.3.a", Wording.BY_DAY, "deadline.day"),
        ("3.5", Wording.QUARTER, "deadline.quarter"),
    ],
)
def test_a_deadline_that_lacks_its_day_is_refused_with_item_and_field(
    plan: Plan, calendar: WorkingCalendar, item: str, wording: Wording, lacks: str
) -> None:
    bare = replace(an_item(plan, item), deadline=Deadline(wording=wording))
    with pytest.raises(Invalid) as refused:
        item_dues(bare, plan, calendar)
    assert str(refused.value) == f"nhiệm vụ {item}: thiếu {lacks}"


def test_a_quarter_begins_with_the_plan_where_that_was_signed_within_it(
    plan: Plan, calendar: WorkingCalendar
) -> None:
    third = an_item(plan, "3.5")
    in_august = replace(plan, signed_on=date(2022, 8, 5))
    assert [d.opened_on for d in item_dues(third, in_august, calendar)] == [date(2022, 8, 5)]
    assert [d.opened_on for d in item_dues(third, plan, calendar)] == [date(2022, 7, 1)]


# ---- every quarter


def test_each_quarter_of_a_year_is_dated_and_explained(plan: Plan, calendar: WorkingCalendar) -> None:
    year = replace(plan, signed_on=date(2023, 2, 6), valid_until=date(2023, 12, 31))
    item = replace(an_item(plan, "2.3"), owed_after_validity=True)
    basis = "Nghị định 163/2016/NĐ-CP Điều 49"
    rule = f"Định kỳ hàng quý' → Quý {{}} hết ngày {{}}, cộng 15 ngày ({basis}) → {{}}"
    moved = " là ngày nghỉ, chuyển sang ngày làm việc tiếp theo → "
    told = [(d.period, d.opened_on, d.why.removeprefix("'")) for d in item_dues(item, year, calendar)]
    assert told == [
        (
            "2023-Q1",
            date(2023, 2, 6),
            rule.format("I/2023", "31/3/2023", f"Thứ Bảy 15/4/2023{moved}Thứ Hai 17/4/2023"),
        ),
        (
            "2023-Q2",
            date(2023, 4, 1),
            rule.format("II/2023", "30/6/2023", f"Thứ Bảy 15/7/2023{moved}Thứ Hai 17/7/2023"),
        ),
        (
            "2023-Q3",
            date(2023, 7, 1),
            rule.format("III/2023", "30/9/2023", f"Chủ nhật 15/10/2023{moved}Thứ Hai 16/10/2023"),
        ),
        ("2023-Q4", date(2023, 10, 1), rule.format("IV/2023", "31/12/2023", "Thứ Hai 15/01/2024")),
    ]


@pytest.mark.parametrize(
    ("signed", "valid", "owed"),
    [
        # A plan signed on a quarter's last day owes it, one signed on the day after does not.
        (date(2022, 6, 30), date(2022, 12, 30), ["2022-Q2", "2022-Q3"]),
        (date(2022, 7, 1), date(2022, 12, 30), ["2022-Q3"]),
        # The same at its end.
        (date(2022, 7, 1), date(2022, 12, 31), ["2022-Q3", "2022-Q4"]),
        (date(2022, 7, 1), date(2022, 9, 29), []),
    ],
)
def test_a_quarter_is_owed_that_ends_within_the_plan(
    plan: Plan, calendar: WorkingCalendar, signed: date, valid: date, owed: list[str]
) -> None:
    lived = replace(plan, signed_on=signed, valid_until=valid)
    item = replace(an_item(plan, "2.3"), owed_after_validity=True)
    assert [d.period for d in item_dues(item, lived, calendar)] == owed


@pytest.mark.parametrize(
    ("valid", "owed"), [(date(2022, 10, 16), ["2022-Q2"]), (date(2022, 10, 17), ["2022-Q2", "2022-Q3"])]
)
def test_what_falls_due_on_the_plans_last_day_is_owed_also_where_nothing_is_after_it(
    plan: Plan, calendar: WorkingCalendar, valid: date, owed: list[str]
) -> None:
    item = an_item(plan, "2.3")
    assert not item.owed_after_validity
    assert [d.period for d in item_dues(item, replace(plan, valid_until=valid), calendar)] == owed


def test_a_quarters_rule_may_count_working_days_and_be_the_programs_own(
    plan: Plan, calendar: WorkingCalendar
) -> None:
    law = regulation_on(plan, "2.3", SIGNED)
    ours = replace(law, count="working", days=10, ours=True, basis="Quy ước")
    second, _ = item_dues(an_item(plan, "2.3"), replace(plan, regulations=(ours,)), calendar)
    assert second == Due(
        period="2022-Q2",
        opened_on=SIGNED,
        last_day=date(2022, 7, 14),
        target=date(2022, 7, 14),
        why="'Định kỳ hàng quý' → Quý II/2022 hết ngày 30/6/2022, cộng 10 ngày làm việc (Quy ước)"
        " → Thứ Năm 14/7/2022",
        judged=Judged.COMPLETION,
        ours=True,
    )


def test_a_quarter_whose_rule_leads_beyond_the_plan_hides_none_that_follows(
    plan: Plan, calendar: WorkingCalendar
) -> None:
    law = regulation_on(plan, "2.3", SIGNED)
    rules = (replace(law, valid_to=SIGNED, days=200), replace(law, valid_from=date(2022, 9, 30)))
    owed = item_dues(an_item(plan, "2.3"), replace(plan, regulations=rules), calendar)
    assert [(d.period, d.last_day) for d in owed] == [("2022-Q3", date(2022, 10, 17))]


def test_quarters_are_those_a_stretch_touches() -> None:
    assert list(quarters(date(2022, 3, 31), date(2022, 4, 1))) == ["2022-Q1", "2022-Q2"]
    assert list(quarters(date(2022, 4, 1), date(2022, 6, 30))) == ["2022-Q2"]
    assert list(quarters(date(2022, 12, 31), date(2024, 1, 1))) == [
        "2022-Q4",
        "2023-Q1",
        "2023-Q2",
        "2023-Q3",
        "2023-Q4",
        "2024-Q1",
    ]
    of_2023 = [Period(f"2023-Q{n}") for n in range(1, 5)]
    assert [(quarter.first_day, quarter.last_day) for quarter in of_2023] == [
        (date(2023, 1, 1), date(2023, 3, 31)),
        (date(2023, 4, 1), date(2023, 6, 30)),
        (date(2023, 7, 1), date(2023, 9, 30)),
        (date(2023, 10, 1), date(2023, 12, 31)),
    ]
