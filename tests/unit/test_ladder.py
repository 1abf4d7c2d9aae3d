"""Which step fires on which day: the plan's own ladders, outages, pauses, waiting, and streaks."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from functools import cache

import pytest

from obligations.calendar import WorkingCalendar
from obligations.chain import Roster
from obligations.foresee import foresee
from obligations.ladder import Situation, ladder_for, opening_day, schedule
from obligations.model import Kind, Plan, Planned, Rhythm, Role, Wording
from tests.support.houses.ladders import Leg, every_day, steps_of, walk

LegOf = Callable[[str], Leg]
HALF_YEAR = every_day(date(2022, 6, 30), date(2023, 1, 31))


@pytest.fixture(scope="module")
def foreseen(plan: Plan, roster: Roster, calendar: WorkingCalendar) -> dict[str, Planned]:
    return {planned.key: planned for planned in foresee(plan, roster, calendar)}


@pytest.fixture(scope="module")
def leg_of(plan: Plan, foreseen: dict[str, Planned], calendar: WorkingCalendar) -> LegOf:
    return cache(lambda key: _leg(plan, foreseen[key], calendar))


@pytest.fixture(scope="module")
def every_leg(leg_of: LegOf, foreseen: dict[str, Planned]) -> dict[str, Leg]:
    return {key: leg_of(key) for key, planned in foreseen.items() if planned.ladder}


def _leg(plan: Plan, planned: Planned, calendar: WorkingCalendar) -> Leg:
    ladder = next(ladder for ladder in plan.ladders if ladder.key == planned.ladder)
    opening = opening_day(plan, planned.last_day, calendar)
    steps = schedule(ladder, last_day=planned.last_day, opening=opening, calendar=calendar)
    return Leg(steps=steps, starts_on=planned.opened_on, calendar=calendar)


def story(leg: Leg, days: list[date] = HALF_YEAR) -> list[tuple[str, str, str]]:
    """Tell what a silent holder's leg does: the day, the step, who hears."""
    return [
        (f"{on.day}/{on.month}", fire.step.code, " ".join(to.role for to in fire.to))
        for on, fire in walk(leg, days)
    ]


def test_after_the_ladder_a_silent_commune_hears_again_and_its_district_with_it(
    leg_of: LegOf, plan: Plan
) -> None:
    """Every ten working days, 1 and 2/9 being days off; nobody further up hears more."""
    leg = replace(leg_of("1.2/x02719-2022/once"), settings=plan.settings)
    assert story(leg)[6:10] == [
        ("28/7", "list", "focal"),
        ("11/8", "repeat", "self superior"),
        ("25/8", "repeat", "self superior"),
        ("12/9", "repeat", "self superior"),
    ]


def test_before_a_giao_ban_it_hears_sooner(leg_of: LegOf, plan: Plan) -> None:
    monday = replace(plan.settings, briefings=(date(2022, 8, 8),))
    leg = replace(leg_of("1.2/x02719-2022/once"), settings=monday)
    assert [on for on, code, _ in story(leg) if code == "repeat"][:2] == ["5/8", "19/8"]


def test_what_repeats_never_takes_the_place_of_another_step(leg_of: LegOf, plan: Plan) -> None:
    """After two months without a machine the list comes first, and ten working days later the unit again."""
    leg = replace(leg_of("1.2/x02719-2022/once"), settings=plan.settings)
    days = every_day(date(2022, 9, 20), date(2022, 10, 5))
    assert [(on, code) for on, code, _ in story(leg, days)] == [("20/9", "list"), ("4/10", "repeat")]


def mails(leg: Leg, code: str, calendar: WorkingCalendar) -> date:
    """Return the day on which the mail of a step leaves."""
    step = next(step for step in leg.steps if step.code == code)
    return calendar.monday_mail(step.fires_on) if step.rhythm is Rhythm.MONDAY else step.fires_on


# ---- the plan's own


def test_a_silent_commune_on_1_2(leg_of: LegOf, calendar: WorkingCalendar) -> None:
    """Case 1."""
    leg = leg_of("1.2/x02719-2022/once")
    assert story(leg) == [
        ("4/7", "opening", "self"),
        ("7/7", "-5", "self"),
        ("13/7", "-1", "self"),
        ("18/7", "+2", "self"),
        ("20/7", "+4", "superior"),
        ("21/7", "+5", "focal"),
        ("28/7", "list", "focal"),
    ]
    assert mails(leg, "+4", calendar) == date(2022, 7, 20)
    assert mails(leg, "+5", calendar) == date(2022, 7, 25)


def test_a_silent_district_on_3_5(leg_of: LegOf, calendar: WorkingCalendar) -> None:
    """Case 2; its opening letter is that of the plan."""
    leg = leg_of("3.5/h082-2022/2022-Q3")
    assert story(leg) == [
        ("4/7", "opening", "self"),
        ("23/9", "-5", "self"),
        ("29/9", "-1", "self"),
        ("4/10", "+2", "self"),
        ("6/10", "+4", "focal"),
        ("14/10", "list", "focal"),
    ]
    assert mails(leg, "+4", calendar) == date(2022, 10, 6)


def test_the_focal_agency_s_own_on_1_1(leg_of: LegOf) -> None:
    """Case 3: -5 lies before the signing; what is due so soon is told on the signing day."""
    leg = leg_of("1.1/so-noi-vu/once")
    assert [step.fires_on for step in leg.steps if step.code == "-5"] == [date(2022, 6, 27)]
    assert story(leg) == [
        ("30/6", "opening", "self"),
        ("1/7", "-1", "self"),
        ("5/7", "+1", "director"),
        ("18/7", "list", "focal"),
    ]


@pytest.mark.parametrize(
    ("key", "expected"),
    [
        ("3.1/x02719-2022/once", ["19/7 -5", "25/7 -1", "28/7 +2", "1/8 +4", "2/8 +5", "9/8 list"]),
        ("3.1/h082-2022/once", ["22/7 -5", "28/7 -1", "2/8 +2", "4/8 +4", "12/8 list"]),
        ("4.2/so-y-te/2022-Q4", ["23/12 -5", "29/12 -1", "4/1 +2", "6/1 +4", "16/1 list"]),
        (
            "report/x02719-2022/2022-Q3-report",
            ["6/9 -3", "8/9 -1", "12/9 +1", "13/9 +2", "14/9 +3", "23/9 list"],
        ),
        (
            "report/h082-2022/2022-year-report",
            ["7/12 -5", "13/12 -1", "16/12 +2", "20/12 +4", "28/12 list"],
        ),
        ("plan/x02719-2022/once", ["11/7 -3", "18/7 +2", "20/7 +4", "21/7 +5", "28/7 list"]),
        ("plan/so-y-te/once", ["11/7 -3", "18/7 +2", "21/7 +5", "28/7 list"]),
        ("sheet/x02719-2022/2022-07", ["5/8 sheet", "11/8 missed"]),
        ("sheet/x02719-2022/2022-09", ["5/10 sheet", "11/10 missed"]),
        ("row/3.4/toa-an-nhan-dan-tinh/2022-Q3-report", ["29/8 -10"]),
    ],
)
def test_the_days_of_other_ladders(leg_of: LegOf, key: str, expected: list[str]) -> None:
    told = [f"{on} {code}" for on, code, _ in story(leg_of(key)) if code != "opening"]
    assert told == expected


def test_no_step_ever_falls_on_a_day_off(every_leg: dict[str, Leg], calendar: WorkingCalendar) -> None:
    for leg in every_leg.values():
        assert all(calendar.is_working(step.fires_on) for step in leg.steps)
        assert [step.seq for step in leg.steps] == list(range(1, len(leg.steps) + 1))
        assert list(leg.steps) == sorted(leg.steps, key=lambda step: step.fires_on)


def test_whatever_is_overdue_reaches_the_focal_agency(
    foreseen: dict[str, Planned], every_leg: dict[str, Leg]
) -> None:
    """Case 8, for every kind and tier: a sheet at the third month missed in a row, not before."""
    for key, leg in every_leg.items():
        planned = foreseen[key]
        after = [step for step in leg.steps if step.fires_on > planned.last_day and step.code != "list"]
        if planned.kind is Kind.ROW:
            assert not after
            continue
        hearing = {to.role: to.min_streak for step in after for to in step.to}
        told = {
            Role.DIRECTOR if planned.agency == "so-noi-vu" and planned.kind is not Kind.SHEET else Role.FOCAL
        }
        assert told <= set(hearing)
        assert max(hearing[role] for role in told) == (3 if planned.kind is Kind.SHEET else 0)


def test_the_first_ladder_that_fits_is_used(plan: Plan, roster: Roster) -> None:
    commune, district = roster.agencies["x02719-2022"], roster.agencies["h082-2022"]
    focal = roster.agencies["so-noi-vu"]

    def key(**asked: object) -> str | None:
        ladder = ladder_for(plan, **asked)  # type: ignore[arg-type]
        return ladder.key if ladder else None

    dated, reported = Wording.BEFORE, Wording.REPORT_BEFORE
    codes = {
        wording: ladder_for(plan, kind=Kind.TASK, agency=commune, wording=wording)
        for wording in (dated, reported)
    }
    rhythms = {w: next(s.rhythm for s in x.steps if s.code == "+5") for w, x in codes.items() if x}
    assert rhythms == {dated: Rhythm.MONDAY, reported: Rhythm.DAILY}
    assert key(kind=Kind.TASK, agency=focal, wording=dated) != key(
        kind=Kind.TASK, agency=district, wording=dated
    )
    assert key(kind=Kind.ROW, agency=commune) is None
    assert key(kind=Kind.SHEET, agency=commune, leg="review") is None
    assert key(kind=Kind.REPORT, agency=commune, leg="review") is not None


def test_the_opening_letter_comes_two_working_days_after_signing(
    plan: Plan, calendar: WorkingCalendar
) -> None:
    assert opening_day(plan, date(2022, 7, 14), calendar) == date(2022, 7, 4)
    assert opening_day(plan, date(2022, 7, 7), calendar) == date(2022, 6, 30)
    assert opening_day(plan, date(2022, 7, 8), calendar) == date(2022, 7, 4)
    on_saturday = replace(plan, signed_on=date(2022, 7, 2))
    assert opening_day(on_saturday, date(2022, 7, 4), calendar) == date(2022, 7, 4)


def test_a_ladder_across_the_spring_holidays(calendar: WorkingCalendar) -> None:
    """Case 12: last day 29/4/2022; 30/4-3/5 do not count, nor does Tết."""
    steps = {s.code: s.fires_on for s in steps_of({"-5": -5, "+2": 2, "+4": 4}, date(2022, 4, 29), calendar)}
    assert steps == {"-5": date(2022, 4, 22), "+2": date(2022, 5, 5), "+4": date(2022, 5, 9)}
    tet = {s.code: s.fires_on for s in steps_of({"-5": -5, "+2": 2}, date(2022, 1, 30), calendar)}
    # 30/1 is a Sunday: before it one counts from Friday 28/1, after it from itself.
    assert tet == {"-5": date(2022, 1, 21), "+2": date(2022, 2, 8)}


def test_a_ladder_counts_a_make_up_saturday(calendar: WorkingCalendar) -> None:
    steps = {s.code: s.fires_on for s in steps_of({"-1": -1, "+2": 2}, date(2024, 5, 3), calendar)}
    assert steps == {"-1": date(2024, 5, 2), "+2": date(2024, 5, 6)}


# ---- decide


@pytest.fixture
def silent(leg_of: LegOf) -> Leg:
    """A silent commune's leg on 1.2, whose opening letter was sent."""
    return replace(leg_of("1.2/x02719-2022/once"), last_seq=1)


def test_after_an_outage_only_the_highest_step_fires_and_names_the_others(silent: Leg) -> None:
    """Case 6: off from 6/7 to 17/7."""
    fired = walk(silent, every_day(date(2022, 7, 18), date(2022, 7, 19)))
    assert [(on.day, fire.step.code, fire.missed) for on, fire in fired] == [(18, "+2", ("-5", "-1"))]


def test_what_lies_before_the_opening_is_neither_fired_nor_missed(silent: Leg) -> None:
    late = replace(silent, starts_on=date(2022, 7, 14))
    fire = late.fires(Situation(on=date(2022, 7, 20)))
    assert fire is not None
    assert (fire.step.code, fire.missed) == ("+4", ("+2",))


def test_a_day_off_fires_nothing_and_the_next_working_day_makes_good(calendar: WorkingCalendar) -> None:
    """A calendar that has changed may leave a frozen step on a day off."""
    (step,) = steps_of({"+2": 2}, date(2022, 7, 14), calendar)
    on_saturday = replace(step, fires_on=date(2022, 7, 16))
    leg = Leg(steps=(on_saturday,), starts_on=date(2022, 7, 1), calendar=calendar)
    assert [on for on, _ in walk(leg, every_day(date(2022, 7, 14), date(2022, 7, 22)))] == [date(2022, 7, 18)]


def test_a_pause_is_a_local_outage(leg_of: LegOf) -> None:
    """Case 10: paused 10-17/8, the plan's 3.1 being overdue since 29/7."""
    leg = leg_of("3.1/h082-2022/once")

    def flooded(on: date) -> Situation:
        return Situation(on=on, paused=date(2022, 8, 3) <= on <= date(2022, 8, 12))

    fired = walk(leg, every_day(date(2022, 7, 28), date(2022, 8, 31)), flooded)
    assert [(on.day, on.month, fire.step.code, fire.missed) for on, fire in fired] == [
        (28, 7, "-1", ("opening", "-5")),
        (2, 8, "+2", ()),
        (15, 8, "list", ("+4",)),
    ]


def test_what_waits_for_another_is_not_chased(silent: Leg) -> None:
    def until_the_nineteenth(on: date) -> Situation:
        return Situation(on=on, awaited=on <= date(2022, 7, 19))

    fired = walk(silent, HALF_YEAR, until_the_nineteenth)
    assert [(on.day, fire.step.code) for on, fire in fired] == [(20, "+4"), (21, "+5"), (28, "list")]


def test_who_does_not_hold_the_ball_is_not_chased(silent: Leg) -> None:
    assert walk(silent, HALF_YEAR, lambda on: Situation(on=on, active=False)) == []


@pytest.mark.parametrize(
    ("streak", "hear"), [(1, ()), (2, (Role.SUPERIOR,)), (3, (Role.SUPERIOR, Role.FOCAL))]
)
def test_a_missed_sheet_climbs_with_the_months_in_a_row(
    leg_of: LegOf, streak: int, hear: tuple[Role, ...]
) -> None:
    leg = leg_of("sheet/x02719-2022/2022-09")
    fire = leg.fires(Situation(on=date(2022, 10, 11), streak=streak))
    assert fire is not None
    assert fire.step.code == "missed"
    assert tuple(to.role for to in fire.to) == hear
