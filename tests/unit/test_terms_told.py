"""What a value of the language of days comes to in one year, as `dondoc dates read` tells it."""

from __future__ import annotations

from datetime import date

from obligations.calendar import WorkingCalendar
from obligations.period import Period
from obligations.terms import By, Term, Unit, Within
from obligations.terms_again import Each, Every
from obligations.terms_open import AfterSigning, Directed, Goal, Step, Steps
from obligations.terms_told import Told, told

SIGNED, END = date(2026, 1, 15), date(2026, 12, 31)


def in_2026(
    calendar: WorkingCalendar, term: Term, *, signed: date | None = None, until: date | None = None
) -> Told:
    return told(term, "W", year=2026, signed=signed, until=until, calendar=calendar)


def days(shown: Told) -> list[str]:
    return [f"{on:%d/%m/%Y}" for on in shown.last_days]


def test_four_reasons_are_told_one_by_one_of_more_the_first_and_the_last(calendar: WorkingCalendar) -> None:
    four = in_2026(calendar, Each(every=Every.QUARTER, number=10, month=1))
    assert four.why.count(";") == 3
    assert days(four) == ["10/01/2026", "10/04/2026", "10/07/2026", "10/10/2026"]
    twelve = in_2026(calendar, Each(every=Every.MONTH, number=10))
    assert len(twelve.last_days) == 12
    assert twelve.why == (
        "'W' → tháng 1 năm 2026: ngày 10/1, tính cả ngày này → Thứ Bảy 10/01/2026; …; "
        "tháng 12 năm 2026: ngày 10/12, tính cả ngày này → Thứ Năm 10/12/2026"
    )


def test_january_has_the_period_of_the_year_before_and_december_keeps_its_own(
    calendar: WorkingCalendar,
) -> None:
    after_the_month = Each(every=Every.MONTH, number=5, month=2)
    shown = in_2026(calendar, after_the_month)
    assert (days(shown)[0], days(shown)[-1], len(shown.last_days)) == ("05/01/2026", "05/12/2026", 12)
    after_the_year = Each(every=Every.YEAR, number=15, month=13)
    assert days(in_2026(calendar, after_the_year)) == ["15/01/2026"]


def test_nothing_is_owed_before_the_signing_or_after_the_validity(calendar: WorkingCalendar) -> None:
    months = Each(every=Every.MONTH, number=10)
    shown = in_2026(calendar, months, signed=date(2026, 3, 11), until=date(2026, 6, 30))
    assert days(shown) == ["10/04/2026", "10/05/2026", "10/06/2026"]
    signed_before = in_2026(calendar, months, signed=date(2025, 7, 1))
    assert days(signed_before)[0] == "10/01/2026"


def test_a_day_that_is_named_stays_in_its_own_year(calendar: WorkingCalendar) -> None:
    shown = told(By(on=date(2024, 5, 6)), "W", year=2026, signed=None, until=None, calendar=calendar)
    assert days(shown) == ["06/05/2024"]


def test_a_count_from_the_signing_needs_its_day_also_where_it_is_striven_for(
    calendar: WorkingCalendar,
) -> None:
    for term in (AfterSigning(number=5), Goal(term=AfterSigning(number=5))):
        shown = in_2026(calendar, term)
        assert (shown.last_days, shown.why) == ((), "'W' → cần biết ngày ký để tính")
        counted = in_2026(calendar, term, signed=SIGNED, until=END)
        assert days(counted) == ["20/01/2026"]
        assert "ngày ký 15/01/2026 không tính, cộng 05 ngày" in counted.why


def test_a_year_in_which_nothing_falls_due_says_so(calendar: WorkingCalendar) -> None:
    strived = Goal(term=Each(every=Every.YEAR, number=15, month=12))
    shown = told(strived, "W", year=2030, signed=SIGNED, until=END, calendar=calendar)
    assert (shown.last_days, shown.why) == ((), "'W' → không có ngày nào trong năm 2030")
    again = in_2026(calendar, strived, signed=SIGNED, until=END)
    assert days(again) == ["15/12/2026"]
    assert again.why.startswith("'W' → phấn đấu, ")


def test_milestones_are_told_by_their_days_with_their_own_numbers(calendar: WorkingCalendar) -> None:
    steps = Steps(
        steps=(
            Step(term=By(on=date(2026, 10, 1)), product="báo cáo"),
            Step(term=Directed(said="Theo chỉ đạo")),
            Step(term=Within(period=Period("2026-Q1")), product="kế hoạch"),
            Step(term=AfterSigning(number=3, unit=Unit.WORKING)),
        )
    )
    shown = in_2026(calendar, steps, signed=SIGNED, until=END)
    assert days(shown) == ["20/01/2026", "31/03/2026", "01/10/2026"]
    assert shown.why == (
        "'W' → mốc 4: ngày ký 15/01/2026 không tính, cộng 03 ngày làm việc → Thứ Ba 20/01/2026; "
        "mốc 3 (kế hoạch): ngày cuối cùng của Quý I/2026 → Thứ Ba 31/3/2026; "
        "mốc 1 (báo cáo): tính cả ngày này → Thứ Năm 01/10/2026; "
        f"mốc 2: {Directed(said='Theo chỉ đạo').waits}"
    )
    unsigned = in_2026(calendar, steps)
    assert days(unsigned) == ["31/03/2026", "01/10/2026"]


def test_a_milestone_that_comes_again_keeps_to_the_year(calendar: WorkingCalendar) -> None:
    steps = Steps(
        steps=(
            Step(term=Each(every=Every.QUARTER, number=10, month=4)),
            Step(term=By(on=date(2026, 12, 1))),
        )
    )
    shown = in_2026(calendar, steps)
    assert days(shown) == ["10/01/2026", "10/04/2026", "10/07/2026", "10/10/2026", "01/12/2026"]


def test_one_day_of_two_milestones_is_one_day(calendar: WorkingCalendar) -> None:
    once = By(on=date(2026, 5, 4))
    steps = Steps(steps=(Step(term=once, product="kế hoạch"), Step(term=once, product="báo cáo")))
    shown = in_2026(calendar, steps)
    assert days(shown) == ["04/05/2026"]
    assert shown.why.count("04/5/2026") == 2
