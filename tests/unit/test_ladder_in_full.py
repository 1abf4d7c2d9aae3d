"""A ladder dated whole, which ladder is whose, and the turn in which a leg born late tells those above."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from obligations.calendar import WorkingCalendar
from obligations.chain import Roster
from obligations.ladder import (
    Climb,
    DatedStep,
    Fire,
    Situation,
    audience,
    decide,
    ladder_for,
    repeat_day,
    schedule,
)
from obligations.model import (
    Kind,
    Ladder,
    LadderRole,
    LadderStep,
    LegKind,
    Plan,
    Rhythm,
    Role,
    StepRule,
    Wording,
)

UNIT, CHIEF, ABOVE, FOCAL = (
    LadderRole(role=role) for role in (Role.SELF, Role.DIRECTOR, Role.SUPERIOR, Role.FOCAL)
)
SATURDAY = date(2022, 9, 10)


def a_step(
    code: str, rule: StepRule, *to: LadderRole, days: int = 0, rhythm: Rhythm = Rhythm.DAILY
) -> LadderStep:
    return LadderStep(code=code, rule=rule, days=days, to=to, rhythm=rhythm, template=f"of {code}")


STEPS = (
    a_step("repeat", StepRule.REPEAT, UNIT, ABOVE),
    a_step("opening", StepRule.OPENING, UNIT, days=2),
    a_step("+2", StepRule.OFFSET, ABOVE, days=2, rhythm=Rhythm.MONDAY),
    a_step("-1", StepRule.OFFSET, UNIT, days=-1),
    a_step("missed", StepRule.AFTER_LAST_DAY, UNIT),
    a_step("+1", StepRule.OFFSET, CHIEF, days=1),
    a_step("up to", StepRule.UP_TO_DAY, UNIT, days=4),
    a_step("list", StepRule.OFFSET, ABOVE, days=3),
    a_step("+4", StepRule.OFFSET, ABOVE, FOCAL, days=4),
)


def dated(
    seq: int, step: LadderStep, on: date, *, repeats: bool = False, ends_turn: bool = True
) -> DatedStep:
    return DatedStep(
        seq=seq,
        code=step.code,
        fires_on=on,
        to=step.to,
        rhythm=step.rhythm,
        template=step.template,
        repeats=repeats,
        ends_turn=ends_turn,
    )


def test_each_rule_gives_its_day_and_within_a_day_the_files_order_holds(calendar: WorkingCalendar) -> None:
    """Due on Saturday 10/9/2022: before it one counts from Friday, after it from the day itself."""
    found = schedule(
        Ladder(key="a", kind=Kind.TASK, steps=STEPS),
        last_day=SATURDAY,
        opening=date(2022, 8, 17),
        calendar=calendar,
    )
    again, opening, second, before, missed, first, up_to, listed, fourth = STEPS
    assert found == (
        dated(1, opening, date(2022, 8, 17), ends_turn=False),
        # The fourth of September is a Sunday after two days off: Wednesday 31/8.
        dated(2, up_to, date(2022, 8, 31), ends_turn=False),
        dated(3, before, date(2022, 9, 8), ends_turn=False),
        # The unit and its own leader are one, who hears of both on one turn.
        dated(4, missed, date(2022, 9, 12), ends_turn=False),
        dated(5, first, date(2022, 9, 12)),
        dated(6, second, date(2022, 9, 13)),
        dated(7, listed, date(2022, 9, 14)),
        dated(8, fourth, date(2022, 9, 15)),
        # What repeats is on the working day after all others.
        dated(9, again, date(2022, 9, 16), repeats=True),
    )


def test_where_nothing_else_is_told_what_repeats_begins_after_the_last_day(calendar: WorkingCalendar) -> None:
    only = Ladder(key="a", kind=Kind.TASK, steps=STEPS[:1])
    (again,) = schedule(only, last_day=SATURDAY, opening=SATURDAY, calendar=calendar)
    assert again == dated(1, STEPS[0], date(2022, 9, 12), repeats=True)


def test_whom_a_step_tells() -> None:
    assert audience(STEPS[0]) == {"self", "superior"}
    assert audience(a_step("+1", StepRule.OFFSET, CHIEF, UNIT)) == {"self"}
    assert audience(a_step("+4", StepRule.OFFSET, FOCAL)) == {"focal"}
    # The list is a turn of its own, whoever reads it.
    assert audience(a_step("list", StepRule.OFFSET, FOCAL)) == {"list"}


@pytest.mark.parametrize(
    ("briefings", "again"),
    [
        ((), date(2022, 8, 29)),
        ((date(2022, 8, 22),), date(2022, 8, 19)),
        ((date(2022, 8, 22), date(2022, 8, 17)), date(2022, 8, 16)),
        # The working day before it is today, or gone by: no second time for one giao ban.
        ((date(2022, 8, 16),), date(2022, 8, 29)),
        ((date(2022, 8, 12),), date(2022, 8, 29)),
        ((date(2022, 9, 12),), date(2022, 8, 29)),
    ],
)
def test_a_unit_is_told_again_ten_working_days_later_or_before_a_giao_ban(
    plan: Plan, calendar: WorkingCalendar, briefings: tuple[date, ...], again: date
) -> None:
    monday = date(2022, 8, 15)
    assert repeat_day(replace(plan.settings, briefings=briefings), monday, calendar) == again


def test_the_first_ladder_of_the_file_is_used_that_fits_in_everything(plan: Plan, roster: Roster) -> None:
    whole = Ladder(key="whole", kind=Kind.TASK, steps=())
    ladders = (
        replace(whole, key="another kind", kind=Kind.SHEET),
        replace(whole, key="another leg", leg=LegKind.REVIEW),
        replace(whole, key="the focal agency's", focal=True),
        replace(whole, key="communes' by a day", level="commune", wording=Wording.BY_DAY),
        replace(whole, key="communes'", level="commune"),
        replace(whole, key="of every quarter", wording=Wording.EVERY_QUARTER),
        whole,
        replace(whole, key="too late"),
    )
    laddered = replace(plan, ladders=ladders)
    commune, district, focal = (roster.agencies[key] for key in ("x02719-2022", "h082-2022", plan.focal))

    def used(**asked: object) -> str | None:
        found = ladder_for(laddered, **({"kind": Kind.TASK, "agency": district} | asked))  # type: ignore[arg-type]
        return found.key if found else None

    assert used() == "whole"
    assert used(wording=Wording.EVERY_QUARTER) == "of every quarter"
    assert used(agency=commune, wording=Wording.BY_DAY) == "communes' by a day"
    assert used(agency=commune, wording=Wording.EVERY_QUARTER) == "communes'"
    assert used(agency=commune) == "communes'"
    assert used(agency=focal) == "the focal agency's"
    assert used(agency=focal, kind=Kind.SHEET) == "another kind"
    assert used(leg=LegKind.REVIEW) == "another leg"
    assert used(leg=LegKind.MOVED) is None
    assert used(kind=Kind.REPORT) is None


# ---- in turn

MONDAY, TUESDAY, FRIDAY = date(2022, 9, 12), date(2022, 9, 13), date(2022, 9, 9)
CLIMB = (
    dated(1, STEPS[3], date(2022, 9, 6), ends_turn=False),
    dated(2, STEPS[5], date(2022, 9, 8)),
    dated(3, STEPS[2], FRIDAY),
    dated(4, STEPS[8], MONDAY),
)
AGAIN = dated(5, STEPS[0], TUESDAY, repeats=True)
OPENED = date(2022, 8, 15)


def fired(calendar: WorkingCalendar, situation: Situation, **leg: object) -> Fire | None:
    steps, begun, behind = leg.pop("steps", CLIMB), leg.pop("starts_on", OPENED), leg.pop("last_seq", 0)
    climb = Climb(starts_on=begun, last_seq=behind, **leg)  # type: ignore[arg-type]
    return decide(steps, situation, climb, calendar)  # type: ignore[arg-type]


def test_a_leg_born_late_tells_the_unit_first_then_each_above_it(calendar: WorkingCalendar) -> None:
    on_monday = Situation(on=MONDAY)
    assert fired(calendar, on_monday) == Fire(step=CLIMB[3], missed=("-1", "+1", "+2"), to=(ABOVE, FOCAL))
    unit = Fire(step=CLIMB[1], missed=("-1",), to=(CHIEF,), in_turn=True)
    assert fired(calendar, on_monday, in_turn=True) == unit
    above = Fire(step=CLIMB[2], missed=(), to=(ABOVE,), in_turn=True)
    assert fired(calendar, on_monday, in_turn=True, last_seq=2) == above
    # What it has fired today is enough for today.
    assert fired(calendar, on_monday, in_turn=True, last_seq=2, told_on=MONDAY) is None
    assert fired(calendar, on_monday, in_turn=True, last_seq=2, told_on=FRIDAY) == above
    assert fired(calendar, on_monday, in_turn=True, last_seq=2, told_on=TUESDAY) is None


@pytest.mark.parametrize(
    ("until", "in_turn"),
    [(None, False), (date(2022, 9, 5), False), (date(2022, 9, 6), True), (FRIDAY, True)],
)
def test_a_pause_over_the_first_step_due_puts_a_leg_in_turn(
    calendar: WorkingCalendar, until: date | None, in_turn: bool
) -> None:
    fire = fired(calendar, Situation(on=MONDAY, paused_until=until))
    assert fire is not None
    assert (fire.in_turn, fire.step.code) == ((True, "+1") if in_turn else (False, "+4"))


def test_steps_that_end_no_turn_go_together_with_the_last_of_them(calendar: WorkingCalendar) -> None:
    together = (replace(CLIMB[0], seq=1), replace(CLIMB[1], ends_turn=False))
    fire = fired(calendar, Situation(on=MONDAY), steps=together, in_turn=True)
    assert fire == Fire(step=together[1], missed=("-1",), to=(CHIEF,), in_turn=True)


@pytest.mark.parametrize(
    ("situation", "silent"),
    [
        (Situation(on=MONDAY), False),
        (Situation(on=MONDAY, active=False), True),
        (Situation(on=MONDAY, paused=True), True),
        (Situation(on=MONDAY, awaited=True), True),
        (Situation(on=SATURDAY), True),
        (Situation(on=date(2022, 9, 5)), True),
        (Situation(on=date(2022, 9, 6)), False),
    ],
)
def test_what_keeps_a_leg_silent(calendar: WorkingCalendar, situation: Situation, silent: bool) -> None:
    assert (fired(calendar, situation) is None) is silent


def test_a_step_on_the_day_a_leg_begins_counts_and_one_before_it_does_not(calendar: WorkingCalendar) -> None:
    fire = fired(calendar, Situation(on=MONDAY), starts_on=FRIDAY)
    assert fire is not None
    assert fire.missed == ("+2",)


def test_who_hears_from_the_second_time_on_does_not_hear_the_first(calendar: WorkingCalendar) -> None:
    second = LadderRole(role=Role.FOCAL, min_streak=2)
    steps = (replace(CLIMB[0], to=(UNIT, second)),)
    heard = {
        streak: fire.to
        for streak in (1, 2, 3)
        if (fire := fired(calendar, Situation(on=MONDAY, streak=streak), steps=steps))
    }
    assert heard == {1: (UNIT,), 2: (UNIT, second), 3: (UNIT, second)}


@pytest.mark.parametrize(
    ("on", "behind", "again_on", "code"),
    [
        # Until all others have fired it is not due, however late.
        (date(2022, 10, 31), 3, None, "+4"),
        (TUESDAY, 4, None, "repeat"),
        (MONDAY, 4, None, None),
        (TUESDAY, 4, date(2022, 9, 26), None),
        (date(2022, 9, 26), 4, date(2022, 9, 26), "repeat"),
    ],
)
def test_what_repeats_is_due_once_all_others_have_fired(
    calendar: WorkingCalendar, on: date, behind: int, again_on: date | None, code: str | None
) -> None:
    fire = fired(calendar, Situation(on=on), steps=(*CLIMB, AGAIN), last_seq=behind, repeat_on=again_on)
    assert (fire.step.code if fire else None) == code


@pytest.mark.parametrize(
    ("last_day", "opening", "reminded"),
    [
        (date(2022, 8, 10), date(2022, 8, 1), date(2022, 8, 5)),
        # Tết of 2030 takes the first six days: before it nobody had the sheet.
        (date(2030, 2, 10), date(2030, 2, 1), date(2030, 2, 7)),
        # Opened again on Sunday 11/9/2022, on the Monday, and on 29/9 with three working days into October.
        (date(2022, 9, 14), date(2022, 9, 11), date(2022, 9, 12)),
        (date(2022, 9, 15), date(2022, 9, 12), date(2022, 9, 13)),
        (date(2022, 10, 4), date(2022, 9, 29), date(2022, 10, 4)),
    ],
)
def test_a_reminder_up_to_a_day_of_the_month_lies_between_opening_and_last_day(
    calendar: WorkingCalendar, last_day: date, opening: date, reminded: date
) -> None:
    sheet = Ladder(
        key="a",
        kind=Kind.SHEET,
        steps=(
            a_step("sheet", StepRule.UP_TO_DAY, UNIT, days=5),
            a_step("missed", StepRule.AFTER_LAST_DAY, ABOVE),
        ),
    )
    first, second = schedule(sheet, last_day=last_day, opening=opening, calendar=calendar)
    assert (first.code, first.fires_on, second.code) == ("sheet", reminded, "missed")
    assert first.fires_on < second.fires_on
