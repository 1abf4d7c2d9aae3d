"""Cycles and events to the last word of their reasons, and the days on both sides of every boundary."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from obligations.calendar import WorkingCalendar
from obligations.deadlines import (
    Due,
    closing_why,
    cycle_due,
    cycle_of,
    cycle_opened_on,
    event_due,
    plan_cycles,
    regulation_on,
)
from obligations.errors import Invalid
from obligations.model import Cycle, Judged, Plan, Regulation
from obligations.period import Period
from tests.support.houses.trees import line

SIGNED = date(2022, 6, 30)


def a_cycle(plan: Plan, key: str) -> Cycle:
    return next(cycle for cycle in plan.cycles if cycle.key == key)


BEFORE_THE_15TH = "Quý III: 'trước ngày 15' tháng 9/2022 → ngày 15 không tính → Thứ Tư 14/9/2022"
BEFORE_THE_10TH = "Quý III: 'trước ngày 10' tháng 9/2022 → ngày 10 không tính → Thứ Sáu 09/9/2022"


def test_a_cycle_is_dated_and_explained_at_each_level(plan: Plan, calendar: WorkingCalendar) -> None:
    third = a_cycle(plan, "Q3")
    above, communes = date(2022, 9, 14), date(2022, 9, 9)
    of_the_province = Due(
        period="2022-Q3-report",
        opened_on=SIGNED,
        last_day=above,
        target=above,
        why=BEFORE_THE_15TH,
        judged=Judged.ARRIVAL,
        inner={"commune": communes},
        inner_why={
            "commune": "Quý III: cấp xã chốt số liệu Thứ Tư 07/9/2022; gửi UBND cấp huyện"
            " trước ngày 10/9/2022 → Thứ Sáu 09/9/2022"
        },
    )
    assert cycle_due(plan, third, 2022, calendar) == of_the_province
    of_the_district = replace(of_the_province, inner={}, inner_why={})
    assert cycle_due(plan, third, 2022, calendar, "district") == of_the_district
    assert cycle_due(plan, third, 2022, calendar, "commune") == replace(
        of_the_district, last_day=communes, target=communes, why=BEFORE_THE_10TH
    )


def test_a_cycle_that_ends_on_a_day_off_says_what_is_aimed_at(plan: Plan, calendar: WorkingCalendar) -> None:
    due = cycle_due(plan, a_cycle(plan, "Q3"), 2025, calendar)
    assert (due.last_day, due.target) == (date(2025, 9, 14), date(2025, 9, 12))
    assert due.why == (
        "Quý III: 'trước ngày 15' tháng 9/2025 → ngày 15 không tính → Chủ nhật 14/9/2025"
        " (ngày nghỉ; phấn đấu hoàn thành Thứ Sáu 12/9/2025)"
    )
    assert due.why_for(line(3).agencies["commune"]) == (
        "Quý III: cấp xã chốt số liệu chậm nhất ngày 07/9/2025, trước ngày gửi (Thứ Ba 09/9/2025)"
        " 02 ngày làm việc → Thứ Sáu 05/9/2025; gửi UBND cấp huyện trước ngày 10/9/2025 → Thứ Ba 09/9/2025"
    )


@pytest.mark.parametrize(
    ("year", "level", "why"),
    [
        (2022, "district", "chốt số liệu Thứ Hai 12/9/2022"),
        (
            2022,
            "focal",
            (
                "chốt số liệu chậm nhất ngày 17/9/2022, trước ngày gửi (Thứ Hai 19/9/2022)"
                " 02 ngày làm việc → Thứ Năm 15/9/2022"
            ),
        ),
        (
            2023,
            "commune",
            (
                "chốt số liệu chậm nhất ngày 07/9/2023, trước ngày gửi (Thứ Sáu 08/9/2023) 02 ngày làm việc"
                " → Thứ Tư 06/9/2023"
            ),
        ),
    ],
)
def test_why_figures_close_on_a_day(
    plan: Plan, calendar: WorkingCalendar, year: int, level: str, why: str
) -> None:
    assert closing_why(a_cycle(plan, "Q3"), year, level, calendar) == why


@pytest.mark.parametrize(
    ("signed", "valid", "owed"),
    [
        (date(2022, 9, 14), date(2022, 12, 14), ["2022-Q3", "2022-year"]),
        (date(2022, 9, 15), date(2022, 12, 14), ["2022-year"]),
        (date(2022, 9, 15), date(2022, 12, 13), []),
        (date(2022, 12, 1), date(2023, 6, 30), ["2022-year", "2023-Q1", "2023-H1"]),
    ],
)
def test_a_cycle_is_owed_whose_day_lies_within_the_plan_in_order_of_time(
    plan: Plan, signed: date, valid: date, owed: list[str]
) -> None:
    for cycles in (plan.cycles, plan.cycles[::-1]):
        lived = replace(plan, signed_on=signed, valid_until=valid, cycles=cycles)
        assert [f"{year}-{cycle.key}" for cycle, year in plan_cycles(lived)] == owed


def test_a_cycle_begins_on_the_day_after_the_one_before_whatever_the_order_of_the_file(plan: Plan) -> None:
    long = replace(plan, signed_on=date(2021, 1, 4), cycles=plan.cycles[::-1])
    begun = {cycle.key: cycle_opened_on(long, cycle, 2023, "commune") for cycle in long.cycles}
    assert begun == {
        "Q1": date(2022, 12, 10),
        "H1": date(2023, 3, 10),
        "Q3": date(2023, 6, 10),
        "year": date(2023, 9, 10),
    }
    assert cycle_opened_on(long, a_cycle(plan, "Q1"), 2023, "focal") == date(2022, 12, 20)
    assert cycle_opened_on(plan, a_cycle(plan, "Q3"), 2022, "commune") == SIGNED


def test_a_period_is_read_as_it_was_written(plan: Plan) -> None:
    for cycle in plan.cycles:
        assert cycle_of(plan, Period.of_cycle(2023, cycle.key)) == (cycle, 2023)
    with pytest.raises(Invalid, match="kế hoạch không có kỳ báo cáo '2023-none-report'"):
        cycle_of(plan, Period("2023-none-report"))


# ---- events


def test_a_rule_holds_from_its_first_day_to_its_last(plan: Plan) -> None:
    old, new = (
        replace(regulation_on(plan, "2.4", SIGNED), valid_from=first, valid_to=last, basis=basis)
        for first, last, basis in (
            (date(2022, 7, 1), date(2022, 7, 31), "cũ"),
            (date(2022, 8, 2), None, "mới"),
        )
    )
    changed = replace(plan, regulations=(replace(old, item="2.5", basis="khác"), old, new))

    def basis(on: date) -> str:
        return regulation_on(changed, "2.4", on).basis

    assert [basis(date(2022, 7, 1)), basis(date(2022, 7, 31)), basis(date(2022, 8, 2))] == ["cũ", "cũ", "mới"]
    assert basis(date(2031, 1, 1)) == "mới"
    for none, said in ((date(2022, 6, 30), "30/6/2022"), (date(2022, 8, 1), "01/8/2022")):
        with pytest.raises(Invalid) as refused:
            basis(none)
        assert str(refused.value) == f"nhiệm vụ 2.4: không có quy định nào áp dụng cho ngày {said}"


RULE = Regulation(
    item="4.5", basis="Luật Thanh tra", trigger="Có kết luận", valid_from=date(2022, 1, 1), days=3, ours=True
)
FRIDAY = date(2022, 8, 19)


@pytest.mark.parametrize(
    ("count", "last", "said"),
    [
        (
            "calendar",
            date(2022, 8, 22),
            "cộng 3 ngày (Luật Thanh tra) → Thứ Hai 22/8/2022",
        ),
        ("working", date(2022, 8, 24), "cộng 3 ngày làm việc (Luật Thanh tra) → Thứ Tư 24/8/2022"),
    ],
)
def test_days_are_counted_from_an_event_as_its_rule_says(
    calendar: WorkingCalendar, count: str, last: date, said: str
) -> None:
    assert event_due(replace(RULE, count=count), FRIDAY, "e-0007", calendar) == Due(
        period="e-0007",
        opened_on=FRIDAY,
        last_day=last,
        target=last,
        why=f"Có kết luận: ngày 19/8/2022 không tính, {said}",
        judged=Judged.COMPLETION,
        ours=True,
    )


@pytest.mark.parametrize(
    ("on", "told", "last", "target", "said"),
    [
        (
            date(2024, 1, 1),
            "01/01/2024",
            date(2024, 1, 1),
            date(2023, 12, 29),
            ("Thứ Hai 01/01/2024", "Sáu 29/12/2023"),
        ),
        (
            date(2024, 1, 2),
            "02/01/2024",
            date(2025, 1, 1),
            date(2024, 12, 31),
            ("Thứ Tư 01/01/2025", "Ba 31/12/2024"),
        ),
        (
            date(2024, 2, 1),
            "01/02/2024",
            date(2025, 1, 1),
            date(2024, 12, 31),
            ("Thứ Tư 01/01/2025", "Ba 31/12/2024"),
        ),
    ],
)
def test_what_is_public_on_the_first_of_january_is_so_on_that_day_or_the_next_one(
    calendar: WorkingCalendar, on: date, told: str, last: date, target: date, said: tuple[str, str]
) -> None:
    due = event_due(replace(RULE, count="first_january"), on, "e-0001", calendar)
    assert due == Due(
        period="e-0001",
        opened_on=on,
        last_day=last,
        target=target,
        why=f"Có kết luận: ngày {told} → công khai từ ngày 01 tháng 01 (Luật Thanh tra) → {said[0]}"
        f" (ngày nghỉ; phấn đấu hoàn thành Thứ {said[1]})",
        judged=Judged.COMPLETION,
        ours=True,
    )
