"""The language of days: each value's last days and why, and what holds of all of them in every year."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from obligations.calendar import WorkingCalendar
from obligations.errors import Invalid
from obligations.period import Period
from obligations.terms import Before, By, Life, Term, Turn, Unit, Within, after
from obligations.terms_again import Continuous, Each, Every, Window
from obligations.terms_open import AfterEvent, AfterSigning, AsRegulated, Directed, Goal, Step, Steps
from obligations.terms_parts import CIVIL_CODE, At, Part
from obligations.terms_told import told
from tests.support.life.terms import dated, days, eaches

MOVED = " là ngày nghỉ, chuyển sang ngày làm việc tiếp theo → "
SIGNED, END = date(2026, 1, 15), date(2026, 12, 31)


def turns(term: Term, calendar: WorkingCalendar, first: date = SIGNED, last: date = END) -> list[Turn]:
    return term.turns(Life(first=first, last=last, calendar=calendar))


def lasts(term: Term, calendar: WorkingCalendar) -> list[str]:
    return [f"{turn.last:%d/%m/%Y}" for turn in turns(term, calendar)]


# ---- each kind of value


@pytest.mark.parametrize(
    ("term", "last", "why"),
    [
        (Before(at=date(2026, 7, 15)), "14/07/2026", "ngày 15 không tính → Thứ Ba 14/7/2026"),
        (
            Before(at=Period("2026-Q3")),
            "30/06/2026",
            "Quý III/2026 bắt đầu ngày 01/7/2026, ngày này không tính → Thứ Ba 30/6/2026",
        ),
        (By(on=date(2026, 4, 30)), "30/04/2026", "tính cả ngày này → Thứ Năm 30/4/2026"),
        (Within(period=Period("2026-Q2")), "30/06/2026", "ngày cuối cùng của Quý II/2026 → Thứ Ba 30/6/2026"),
        (
            Within(period=Period("2026-H1")),
            "30/06/2026",
            "ngày cuối cùng của 6 tháng đầu năm 2026 → Thứ Ba 30/6/2026",
        ),
        (Within(period=Period("2026-Y")), "31/12/2026", "ngày cuối cùng của năm 2026 → Thứ Năm 31/12/2026"),
        (
            At(part=Part.MIDDLE, of=Period("2026-05")),
            "15/05/2026",
            "ngày giữa của tháng 5 năm 2026 (Bộ luật Dân sự 2015, Điều 146) → Thứ Sáu 15/5/2026",
        ),
        (
            At(part=Part.MIDDLE, of=Period("2026-Y")),
            "30/06/2026",
            "ngày giữa của năm 2026 (Bộ luật Dân sự 2015, Điều 146) → Thứ Ba 30/6/2026",
        ),
        (
            At(part=Part.START, of=Period("2026-Q2")),
            "01/04/2026",
            f"ngày đầu tiên của Quý II/2026 (theo cách hiểu tại {CIVIL_CODE}) → Thứ Tư 01/4/2026",
        ),
        (
            Window(since=date(2026, 3, 1), until=Period("2026-05")),
            "31/05/2026",
            "thực hiện từ ngày 01/3/2026, ngày cuối cùng của khoảng thời gian → Chủ nhật 31/5/2026",
        ),
        (
            AfterSigning(number=15),
            "30/01/2026",
            "ngày ký 15/01/2026 không tính, cộng 15 ngày → Thứ Sáu 30/01/2026",
        ),
        (
            AfterSigning(number=1, unit=Unit.MONTH),
            "23/02/2026",
            f"ngày ký 15/01/2026 không tính, cộng 01 tháng → Chủ nhật 15/02/2026{MOVED}Thứ Hai 23/02/2026",
        ),
        (
            Goal(term=Before(at=date(2026, 10, 1))),
            "30/09/2026",
            "phấn đấu, ngày 01 không tính → Thứ Tư 30/9/2026".replace("ngày 01", "ngày 1"),
        ),
    ],
    ids=lambda value: value.printed if isinstance(value, Term) else "",
)
def test_a_point_has_its_last_day_and_the_reason(
    calendar: WorkingCalendar, term: Term, last: str, why: str
) -> None:
    (turn,) = turns(term, calendar)
    assert (f"{turn.last:%d/%m/%Y}", turn.how) == (last, why)


def test_working_days_after_the_signing_jump_over_tet(calendar: WorkingCalendar) -> None:
    """Tết 2026: nobody works from 14/2 to 22/2; 13/2 is the first of ten, 23/2 the second, 5/3 the last."""
    (turn,) = turns(AfterSigning(number=10, unit=Unit.WORKING), calendar, first=date(2026, 2, 12))
    assert calendar.between(date(2026, 2, 12), turn.last) == 10
    assert turn.last == date(2026, 3, 5)


def test_what_comes_again_is_owed_from_the_signing_to_the_end(calendar: WorkingCalendar) -> None:
    quarters = Each(every=Every.QUARTER, number=15, month=3, counts=False)
    assert lasts(quarters, calendar) == ["14/03/2026", "14/06/2026", "14/09/2026", "14/12/2026"]
    assert [turn.period for turn in turns(quarters, calendar)] == [f"2026-Q{n}" for n in (1, 2, 3, 4)]
    months = turns(Each(every=Every.MONTH, number=10, counts=False), calendar)
    assert (months[0].period, months[0].opens, len(months)) == ("2026-02", date(2026, 2, 1), 11)
    weeks = turns(Each(every=Every.WEEK, number=5), calendar, last=date(2026, 1, 31))
    assert [(w.period, w.last.day) for w in weeks] == [("2026-W03", 16), ("2026-W04", 23), ("2026-W05", 30)]
    halves = turns(Each(every=Every.HALF, running=True), calendar)
    assert [(h.period, h.last) for h in halves] == [
        ("2026-H1", date(2026, 6, 30)),
        ("2026-H2", date(2026, 12, 31)),
    ]
    assert lasts(Each(every=Every.YEAR, number=30, month=11), calendar) == ["30/11/2026"]
    assert lasts(Each(every=Every.YEAR, part="Q3"), calendar) == ["30/09/2026"]


def test_a_day_that_a_month_has_not_is_its_last(calendar: WorkingCalendar) -> None:
    assert lasts(Each(every=Every.MONTH, number=31), calendar)[1] == "28/02/2026"
    assert lasts(Each(every=Every.MONTH, number=30, counts=False), calendar)[1] == "28/02/2026"


def test_a_turn_that_ends_within_the_life_is_owed_after_it_unless_the_item_says_no(
    calendar: WorkingCalendar,
) -> None:
    quarters = Each(every=Every.QUARTER, number=10, month=4)
    whole = Life(first=SIGNED, last=END, calendar=calendar)
    cut = Life(first=SIGNED, last=END, calendar=calendar, after_end=False)
    assert [turn.last for turn in quarters.turns(whole)][-1] == date(2027, 1, 10)
    assert [turn.last for turn in quarters.turns(cut)][-1] == date(2026, 10, 10)


def test_milestones_have_periods_products_and_reasons_of_their_own(calendar: WorkingCalendar) -> None:
    steps = Steps(
        steps=(
            Step(term=Within(period=Period("2026-Q1")), product="lựa chọn nhiệm vụ"),
            Step(term=By(on=date(2026, 12, 31)), product="báo cáo", holder="Sở Nội vụ"),
        )
    )
    first, second = turns(steps, calendar)
    assert (first.period, second.period) == ("step-1", "step-2")
    assert first.how == "mốc 1/2 (lựa chọn nhiệm vụ): ngày cuối cùng của Quý I/2026 → Thứ Ba 31/3/2026"
    assert (
        steps.printed
        == "Quý I/2026: lựa chọn nhiệm vụ; Chậm nhất ngày 31/12/2026: báo cáo (Sở Nội vụ chủ trì)"
    )


@pytest.mark.parametrize(
    "term",
    [
        Continuous(),
        AsRegulated(),
        Directed(said="Theo chỉ đạo"),
        AfterEvent(event="Luật có hiệu lực"),
        AfterEvent(event="Luật có hiệu lực", number=5, unit=Unit.WORKING),
    ],
    ids=lambda term: term.printed,
)
def test_what_waits_has_no_day_and_says_why(term: Term, calendar: WorkingCalendar) -> None:
    assert turns(term, calendar) == []
    shown = told(term, term.printed, year=2026, signed=SIGNED, until=END, calendar=calendar)
    assert shown.last_days == ()
    assert shown.why == f"'{term.printed}' → {term.waits}"


def test_a_continuous_item_is_told_in_the_cycles_its_wording_names() -> None:
    halves = Continuous(report=Every.HALF, since=Period("2026-Q2"))
    told_in = {
        month: halves.told_in(month, date(2026, month, 1), date(2026, month, 14)) for month in (3, 6, 9, 12)
    }
    assert told_in == {3: False, 6: True, 9: False, 12: True}


def test_of_one_year_is_told_what_falls_due_in_it(calendar: WorkingCalendar) -> None:
    quarters = Each(every=Every.QUARTER, number=10, month=4)
    shown = told(quarters, "Q", year=2027, signed=None, until=None, calendar=calendar)
    assert [on.isoformat() for on in shown.last_days] == [
        "2027-01-10",
        "2027-04-10",
        "2027-07-10",
        "2027-10-10",
    ]
    nothing = told(quarters, "Q", year=2030, signed=SIGNED, until=END, calendar=calendar)
    assert (nothing.last_days, nothing.why) == ((), "'Q' → không có ngày nào trong năm 2030")
    counted = told(AfterSigning(number=5), "S", year=2030, signed=None, until=None, calendar=calendar)
    assert counted.why == "'S' → cần biết ngày ký để tính"


# ---- what cannot be


@pytest.mark.parametrize(
    "broken",
    [
        lambda: Within(period=Period("once")),
        lambda: Before(at=Period("e-0001")),
        lambda: Window(since=date(2026, 2, 1), until=date(2026, 1, 1)),
        lambda: AfterSigning(number=0),
        lambda: AfterEvent(event=" "),
        lambda: Directed(said=""),
        lambda: Steps(steps=()),
        lambda: Goal(term=Continuous()),
        lambda: Goal(term=Goal(term=By(on=SIGNED))),
        lambda: Each(every=Every.WEEK, number=8),
        lambda: Each(every=Every.MONTH, number=32),
        lambda: Each(every=Every.MONTH, number=1, counts=False),
        lambda: Each(every=Every.QUARTER, number=5),
        lambda: Each(every=Every.QUARTER, month=5),
        lambda: Each(every=Every.MONTH, running=True),
        lambda: Each(every=Every.YEAR, by_rule=True),
        lambda: Each(every=Every.YEAR, part="Q5"),
        lambda: Each(every=Every.QUARTER, part="Q1"),
        lambda: Period("2026-W54"),
        lambda: Period("2025-W53"),
    ],
)
def test_what_contradicts_itself_is_refused_in_one_line(broken: object) -> None:
    with pytest.raises(Invalid) as refused:
        broken()  # type: ignore[operator]
    assert "\n" not in str(refused.value)


# ---- what holds of all of them, 2022 to 2035


@settings(max_examples=300)
@given(term=dated, signed=days)
def test_a_value_says_its_days_and_reasons_in_order(
    calendar: WorkingCalendar, term: Term, signed: date
) -> None:
    found = turns(term, calendar, first=signed, last=signed + timedelta(days=400))
    assert [turn.last for turn in found] == sorted(turn.last for turn in found)
    assert len({turn.period for turn in found}) == len(found)
    for turn in found:
        assert turn.last >= turn.counted
        assert turn.how.startswith(turn.reason)


@settings(max_examples=300)
@given(each=eaches(), signed=days)
def test_what_comes_again_is_never_due_before_the_signing(
    calendar: WorkingCalendar, each: Each, signed: date
) -> None:
    for turn in turns(each, calendar, first=signed, last=signed + timedelta(days=800)):
        assert signed <= turn.opens
        assert signed <= turn.last


@settings(max_examples=200)
@given(number=st.integers(1, 250), unit=st.sampled_from(Unit), signed=days)
def test_a_count_ends_on_a_working_day_and_never_sooner_than_a_shorter_one(
    calendar: WorkingCalendar, number: int, unit: Unit, signed: date
) -> None:
    (turn,) = turns(AfterSigning(number=number, unit=unit), calendar, first=signed)
    (longer,) = turns(AfterSigning(number=number + 1, unit=unit), calendar, first=signed)
    assert calendar.is_working(turn.last)
    assert signed < turn.counted <= turn.last <= longer.last
    if unit is Unit.WORKING:
        assert calendar.between(signed, turn.last) == number


@given(on=days, number=st.integers(0, 60))
def test_months_later_is_the_same_day_or_the_months_last(
    calendar: WorkingCalendar, on: date, number: int
) -> None:
    found = after(on, number, Unit.MONTH, calendar)
    assert (found.year * 12 + found.month) - (on.year * 12 + on.month) == number
    assert found.day == on.day or (found + timedelta(days=1)).day == 1


@pytest.mark.parametrize("year", range(2022, 2036))
def test_forty_working_days_after_the_new_year_are_counted_singly(
    calendar: WorkingCalendar, year: int
) -> None:
    """Tết and make-up Saturdays included: one working day after the other, none else counted."""
    signed = date(year, 1, 2)
    (turn,) = turns(AfterSigning(number=40, unit=Unit.WORKING), calendar, first=signed)
    counted, on = 0, signed
    while counted < 40:
        on += timedelta(days=1)
        counted += calendar.is_working(on)
    assert turn.last == on
    for period in (Period(f"{year}-Q1"), Period(f"{year}-02"), Period(f"{year}-Y"), Period(f"{year}-H2")):
        assert Within(period=period).turns(Life(first=signed, last=signed, calendar=calendar))[0].last == (
            period.next.first_day - timedelta(days=1)
        )


@given(day=days)
def test_a_stretch_holds_its_days_and_the_next_begins_the_day_after(day: date) -> None:
    for period in (Period.of_half(day), Period.of_year(day.year), Period.of_week(day)):
        assert period.first_day <= day <= period.last_day
        assert period.next.first_day == period.last_day + timedelta(days=1)
        assert Period(str(period)) == period
