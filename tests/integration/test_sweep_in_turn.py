"""What a sweep tells after a pause, of what was known late, and of what waits: one thing a day."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from sqlalchemy import Engine

from store.engine import writing
from store.pauses import Rest, Who, write_pause
from store.schema import legs, notices, pauses, plans
from tasks_lib.kernel.clock import morning_of
from tests.support.houses.one_ladder import (
    FRIDAY,
    LAST,
    LISTED,
    MONDAY,
    SIGNED,
    THURSDAY,
    TUESDAY,
    a_duty,
    a_world,
    rows,
    swept,
)
from tests.support.life.players import write
from tests.support.life.worlds import FOCAL, Stop


def test_after_a_pause_the_unit_hears_first_and_on_the_next_day_who_is_above(database: Engine) -> None:
    world = a_world(a_duty(), pauses=(Stop("h1", TUESDAY, FRIDAY),))
    write(database, world)
    assert swept(database, world, SIGNED, TUESDAY, FRIDAY, MONDAY) == [
        ({"1.2": 1}, {}),
        ({}, {}),
        ({}, {}),
        ({}, {"1.2": 1}),
    ]
    # It was kept back over the first step due: from now on its steps go in turn, one a working day.
    assert rows(database, legs, "last_seq", "in_turn", "next_on") == [(2, True, date(2022, 9, 13))]
    swept(database, world, date(2022, 9, 13), date(2022, 9, 14))
    assert rows(database, notices, "step", "recipient_id", "recorded_on", "missed") == [
        ("+1", "x1", MONDAY, "-1"),
        ("+2", "h1", date(2022, 9, 13), ""),
        ("+3", "h1", date(2022, 9, 14), ""),
        ("+3", FOCAL, date(2022, 9, 14), ""),
    ]
    assert rows(database, legs, "last_seq", "in_turn", "next_on") == [(4, True, LISTED)]


@pytest.mark.parametrize(
    ("stop", "in_turn"),
    [
        (Stop("x1", SIGNED, date(2022, 9, 5)), False),  # over before the first step
        (Stop("x1", SIGNED, TUESDAY), True),  # on its day
        (Stop("x2", SIGNED, FRIDAY), False),  # another's
        (Stop("x1", FRIDAY, MONDAY), True),  # begun after it, before it could be told
    ],
)
def test_a_pause_keeps_a_leg_back_that_has_a_day_of_its_first_step_due_or_later(
    database: Engine, stop: Stop, in_turn: bool
) -> None:
    world = a_world(a_duty(), pauses=(stop,))
    write(database, world)
    swept(database, world, SIGNED, date(2022, 9, 13))
    assert rows(database, legs, "in_turn") == [(in_turn,)]
    assert rows(database, notices, "step")[0] == ("+1" if in_turn else "+3",)


def test_a_duty_whose_day_was_swept_before_it_was_known_goes_in_turn(database: Engine) -> None:
    on_time, late = a_duty(opened_on=FRIDAY), a_duty("duty-1", opened_on=date(2022, 9, 8))
    world = a_world(on_time, late, a_duty("duty-2", waits_for="duty-0", waits_until=LAST))
    write(database, world)
    with writing(database) as connection:
        connection.execute(plans.update().values(swept_on=FRIDAY))
    swept(database, world, FRIDAY)
    assert sorted(rows(database, legs, "obligation_id", "in_turn")) == [(1, False), (2, True), (3, True)]


def test_what_waits_is_told_nothing_up_to_its_day_and_goes_in_turn_after_it(database: Engine) -> None:
    awaited = a_duty(agency="h1", item="III.3.a", last_day=date(2022, 10, 31), ladder=None)
    world = a_world(awaited, a_duty("duty-1", waits_for="duty-0", waits_until=FRIDAY))
    write(database, world)
    assert swept(database, world, SIGNED, THURSDAY, FRIDAY, MONDAY) == [
        ({"III.3.a": 1, "1.2": 1}, {}),
        ({}, {}),
        ({}, {}),
        ({}, {"1.2": 1}),
    ]
    assert rows(database, notices, "step", "missed") == [("+1", "-1")]


def test_what_is_due_today_as_well_is_for_the_next_day_however_often_today_is_swept(database: Engine) -> None:
    world = a_world(a_duty(), pauses=(Stop("x1", TUESDAY, THURSDAY),))
    write(database, world)
    told = swept(database, world, SIGNED, FRIDAY, FRIDAY)
    assert [recorded for _, recorded in told] == [{}, {"1.2": 1}, {}]
    assert rows(database, notices, "step") == [("+1",)]
    assert rows(database, legs, "last_seq", "next_on") == [(2, date(2022, 9, 10))]


def test_who_rests_keeps_nobody_else_silent(database: Engine) -> None:
    world = a_world(a_duty(), a_duty("duty-1", agency="x2"), pauses=(Stop("x2", TUESDAY, TUESDAY),))
    write(database, world)
    assert swept(database, world, SIGNED, TUESDAY) == [({"1.2": 2}, {}), ({}, {"1.2": 1})]
    assert rows(database, notices, "obligation_id", "step") == [(1, "-1")]
    # The one that rested hears on the next day, before its next step, which tells it too.
    swept(database, world, LAST)
    assert rows(database, notices, "obligation_id", "step") == [(1, "-1"), (2, "-1")]
    assert rows(database, legs, "in_turn", "next_on") == [(False, THURSDAY), (True, THURSDAY)]


def rests(database: Engine, place: str, first: date, last: date | None, plan: str = "thu") -> None:
    with writing(database) as connection:
        write_pause(
            connection,
            plan,
            Rest(
                place=place,
                from_day=first,
                to_day=last,
                reason="lũ",
            ),
            Who(by=FOCAL, at=morning_of(SIGNED)),
        )


def test_only_its_own_plans_pauses_that_have_begun_keep_a_leg_back(database: Engine) -> None:
    world = a_world(a_duty())
    write(database, world)
    write(database, replace(world, plan=replace(world.plan, key="khac"), duties=()))
    rests(database, "x1", TUESDAY, TUESDAY, plan="khac")
    rests(database, "x2", TUESDAY, TUESDAY)
    rests(database, "x1", date(2022, 9, 14), date(2022, 9, 20))
    swept(database, world, SIGNED, date(2022, 9, 13))
    assert rows(database, legs, "in_turn") == [(False,)]
    assert rows(database, notices, "step", "missed")[0] == ("+3", "-1 +1 +2")


def test_a_pause_without_an_end_has_kept_back_also_where_it_was_withdrawn_on_the_day_it_began(
    database: Engine,
) -> None:
    world = a_world(a_duty())
    write(database, world)
    rests(database, "x1", MONDAY, None)
    with writing(database) as connection:
        connection.execute(pauses.update().values(withdrawn="ghi nhầm"))
    swept(database, world, SIGNED, MONDAY)
    assert rows(database, legs, "in_turn") == [(True,)]
    assert rows(database, notices, "step", "missed") == [("+1", "-1")]
