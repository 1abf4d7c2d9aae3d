"""Behaviours: decided by seed and names alone, and always possible for the kind of duty."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import date

import pytest

from obligations.calendar import WorkingCalendar
from obligations.model import Kind
from tasks_lib.simulation.behaviours import BEHAVIOURS, Cast, Course, Duty, Manner, Verdict

OPENED, LAST = date(2022, 7, 1), date(2022, 7, 14)


def duty(agency: str, kind: Kind = Kind.TASK) -> Duty:
    return Duty(key=f"1.2/{agency}/once", kind=kind, agency=agency, opened_on=OPENED, last_day=LAST)


def courses(cast: Cast, kind: Kind = Kind.TASK, *, may_arise_nothing: bool = False) -> list[Course]:
    owed = [replace(duty(f"x{n:05}", kind), nothing_may_arise=may_arise_nothing) for n in range(1000)]
    return [cast.course(one) for one in owed]


def test_what_a_unit_does_depends_on_nothing_asked_before(calendar: WorkingCalendar) -> None:
    one, two = Cast(BEHAVIOURS["mixed"], 5, calendar), Cast(BEHAVIOURS["mixed"], 5, calendar)
    for number in range(50):
        two.course(duty(f"h{number}"))

    assert courses(one) == list(reversed([two.course(duty(f"x{n:05}")) for n in reversed(range(1000))]))


def test_a_mixed_province_has_all_manners_and_is_mostly_in_time(calendar: WorkingCalendar) -> None:
    cast = Cast(BEHAVIOURS["mixed"], 1, calendar)
    manners = Counter(course.manner for course in courses(cast, may_arise_nothing=True))

    assert set(manners) == set(Manner)
    assert {course.manner for course in courses(cast)} == set(Manner) - {Manner.NOTHING_AROSE}
    assert manners[Manner.IN_TIME] > 650
    assert 10 < manners[Manner.SILENT] < 80


@pytest.mark.parametrize("seed", range(5))
def test_the_punctual_are_in_time_on_working_days_and_the_late_are_not(
    calendar: WorkingCalendar, seed: int
) -> None:
    punctual = [course.on for course in courses(Cast(BEHAVIOURS["punctual"], seed, calendar))]
    late = [course.on for course in courses(Cast(BEHAVIOURS["late"], seed, calendar))]

    assert all(on and OPENED <= on <= LAST and calendar.is_working(on) for on in punctual)
    assert all(on and on > LAST and calendar.is_working(on) for on in late)


def test_a_letter_is_signed_before_the_desk_enters_it(calendar: WorkingCalendar) -> None:
    for course in courses(Cast(BEHAVIOURS["paper"], 1, calendar)):
        assert course.signed_on is not None
        assert course.on is not None
        assert course.signed_on < course.on


def test_a_sheet_is_never_a_letter_and_only_a_task_can_have_nothing_arise(calendar: WorkingCalendar) -> None:
    cast = Cast(BEHAVIOURS["mixed"], 1, calendar)
    sheets = {course.manner for course in courses(cast, Kind.SHEET)}
    cycle_reports = {course.manner for course in courses(cast, Kind.REPORT)}

    assert sheets <= {Manner.IN_TIME, Manner.LATE, Manner.SILENT}
    assert Manner.NOTHING_AROSE not in cycle_reports
    assert Manner.NOT_COMPETENT not in cycle_reports


def test_a_desk_asks_once_and_not_about_the_answer(calendar: WorkingCalendar) -> None:
    cast = Cast(BEHAVIOURS["mixed"], 1, calendar)
    first = Counter(cast.review(f"key {n}", 1, OPENED).verdict for n in range(1000))
    second = Counter(cast.review(f"key {n}", 2, OPENED).verdict for n in range(1000))

    assert set(first) == set(Verdict)
    assert set(second) == {Verdict.ACCEPT, Verdict.SILENT}
