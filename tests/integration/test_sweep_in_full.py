"""What a sweep writes, row by row: what opens, what is told to whom, what is listed, when it is due again."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from sqlalchemy import Engine, select

from obligations.model import Kind
from store.engine import reading, writing
from store.schema import agencies, day_documents, history, legs, notices, obligations, proposals
from tasks_lib.kernel.clock import morning_of
from tests.support.houses.one_ladder import (
    AGAIN,
    FRIDAY,
    LADDER,
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
from tests.support.life.worlds import FOCAL, TOP, Stop

TOLD = (
    "step",
    "role",
    "recipient_id",
    "meant_for_id",
    "fires_on",
    "recorded_on",
    "mail_on",
    "template",
    "missed",
)


def test_a_silent_communes_duty_from_its_opening_to_the_list_and_beyond(database: Engine) -> None:
    world = a_world(a_duty())
    write(database, world)
    days = (SIGNED, TUESDAY, THURSDAY, FRIDAY, date(2022, 9, 10), MONDAY, LISTED, date(2022, 9, 29), AGAIN)
    told = swept(database, world, *days)
    assert told == [
        ({"1.2": 1}, {}),
        ({}, {"1.2": 1}),
        ({}, {"1.2": 1}),
        ({}, {"1.2": 1}),
        ({}, {}),
        ({}, {"1.2": 2}),
        ({}, {"1.2": 1}),
        ({}, {}),
        ({}, {"1.2": 2}),
    ]
    assert rows(database, notices, *TOLD) == [
        ("-1", "self", "x1", "x1", TUESDAY, TUESDAY, TUESDAY, "of -1", ""),
        ("+1", "self", "x1", "x1", THURSDAY, THURSDAY, THURSDAY, "of +1", ""),
        # Recorded on its day, mailed on the first working day of the week.
        ("+2", "superior", "h1", "h1", FRIDAY, FRIDAY, MONDAY, "of +2", ""),
        ("+3", "desk", "h1", "h1", MONDAY, MONDAY, MONDAY, "of +3", ""),
        ("+3", "focal", FOCAL, FOCAL, MONDAY, MONDAY, MONDAY, "of +3", ""),
        ("list", "focal", FOCAL, FOCAL, LISTED, LISTED, LISTED, "of list", ""),
        ("repeat-1", "self", "x1", "x1", AGAIN, AGAIN, AGAIN, "of repeat", ""),
        ("repeat-1", "superior", "h1", "h1", AGAIN, AGAIN, AGAIN, "superior", ""),
    ]
    assert set(rows(database, notices, "plan", "item", "streak", "state")) == {("thu", "1.2", 1, "waiting")}


def test_what_is_told_of_two_levels_names_each_once_and_a_list_has_one_entry(database: Engine) -> None:
    world = a_world(a_duty())
    write(database, world)
    swept(database, world, SIGNED, LISTED, LISTED)
    (leg,) = rows(database, legs, "id")
    assert rows(
        database,
        proposals,
        "plan",
        "cause",
        "agency_id",
        "entered_on",
        "state",
        "reason",
        "episode",
        "obligation_id",
    ) == [("thu", "list", "x1", LISTED, "listed", "", f"leg:{leg[0]}", 1)]
    # Off since the signing: the highest step alone, once, with the names of those that could not be sent.
    assert rows(database, notices, "step", "missed", "fires_on", "recorded_on") == [
        ("list", "-1 +1 +2 +3", LISTED, LISTED)
    ]


def test_it_opens_on_its_day_with_a_line_in_its_history_and_a_leg(database: Engine) -> None:
    world = a_world(
        a_duty(),
        a_duty("duty-1", kind=Kind.ROW, opened_on=TUESDAY),
        a_duty("duty-2", kind=Kind.PLAN, item=None, ladder=None),
    )
    write(database, world)
    before = len(rows(database, history, "id"))
    assert swept(database, world, SIGNED, date(2022, 9, 5), TUESDAY) == [
        ({"1.2": 1, None: 1}, {}),
        ({}, {}),
        ({"1.2": 1}, {"1.2": 2}),
    ]
    lines = rows(database, history, "obligation_id", "at", "by", "what", "from_state", "to_state", "why")
    opened = [(1, SIGNED), (3, SIGNED), (2, TUESDAY)]
    assert lines[before:] == [
        (number, morning_of(day), "system", "open", "waiting", "open", "vì") for number, day in opened
    ]
    assert rows(database, obligations, "work_state") == [("open",)] * 3
    columns = ("obligation_id", "kind", "name", "starts_on", "last_seq", "in_turn", "repeats", "next_on")
    assert rows(database, legs, *columns) == [
        (1, "lead", "lead", SIGNED, 1, False, 0, THURSDAY),
        (2, "request", "request", TUESDAY, 1, False, 0, THURSDAY),
    ]


def test_a_leg_is_due_again_on_the_day_of_its_next_step(database: Engine) -> None:
    world = a_world(a_duty())
    write(database, world)
    stood = []
    for day in (SIGNED, TUESDAY, THURSDAY, FRIDAY, MONDAY, LISTED, AGAIN):
        swept(database, world, day)
        stood += rows(database, legs, "last_seq", "repeats", "next_on")
    assert stood == [
        (0, 0, TUESDAY),
        (1, 0, THURSDAY),
        (2, 0, FRIDAY),
        (3, 0, MONDAY),
        (4, 0, LISTED),
        (5, 0, AGAIN),
        # What repeats stays before its last step.
        (5, 1, date(2022, 10, 14)),
    ]


def test_a_ladder_that_has_nothing_to_repeat_sleeps_behind_its_last_step(database: Engine) -> None:
    world = a_world(a_duty(), steps=LADDER[:2])
    write(database, world)
    swept(database, world, SIGNED, TUESDAY, THURSDAY)
    assert rows(database, legs, "last_seq", "repeats", "next_on") == [(2, 0, None)]
    assert swept(database, world, date(2022, 10, 31)) == [({}, {})]


def test_without_an_address_the_desk_is_asked_to_pass_it_on(database: Engine) -> None:
    world = a_world(a_duty(agency="x2"))
    write(database, world)
    swept(database, world, SIGNED, TUESDAY, FRIDAY)
    assert rows(database, notices, "step", "role", "recipient_id", "meant_for_id", "missed") == [
        ("-1", "desk", "h1", "x2", ""),
        ("+2", "superior", "h1", "h1", "+1"),
    ]


def test_nothing_climbs_above_the_focal_agency(database: Engine) -> None:
    world = a_world(a_duty(agency="h1"))
    write(database, world)
    swept(database, world, SIGNED, FRIDAY, MONDAY)
    told = rows(database, notices, "step", "role", "recipient_id", "missed")
    # Its desk is the focal agency's own, which is told once.
    assert [row[2] for row in told] == [FOCAL]
    assert rows(database, legs, "last_seq", "next_on") == [(4, LISTED)]
    with reading(database) as connection:
        assert connection.scalar(select(agencies.c.superior_id).where(agencies.c.id == "h1")) == TOP


def test_a_day_only_proposed_is_told_the_focal_agency_in_its_table_and_not_listed(database: Engine) -> None:
    world = a_world(a_duty(ours=True))
    write(database, world)
    swept(database, world, SIGNED, LISTED)
    assert rows(database, notices, "step", "template") == [("list", "focal")]
    assert rows(database, proposals, "id") == []


def test_once_a_document_of_this_plan_has_set_the_day_it_is_listed(database: Engine) -> None:
    world = a_world(a_duty(ours=True), a_duty("duty-1", ours=True, item="3.1"))
    write(database, world)
    write(database, replace(world, plan=replace(world.plan, key="khac"), duties=()))
    with writing(database) as connection:
        for plan, rule in (("thu", "1.2"), ("khac", "3.1")):
            connection.execute(
                day_documents.insert().values(
                    plan=plan,
                    rule=rule,
                    place_id="h1",
                    everywhere=False,
                    number="12/UBND-NV",
                    signed_on=TUESDAY,
                    issuer="UBND huyện",
                    by="h1",
                    at=morning_of(TUESDAY),
                )
            )
    assert swept(database, world, SIGNED, LISTED)[-1] == ({}, {"1.2": 1, "3.1": 1})
    assert rows(database, notices, "item", "template") == [("1.2", "of list"), ("3.1", "focal")]
    assert rows(database, proposals, "obligation_id") == [(1,)]


def test_each_leg_has_the_days_of_its_own_ladder_from_its_own_opening(database: Engine) -> None:
    """The third is opened after its first step, so that this is neither told nor waited for."""
    world = a_world(a_duty(last_day=LISTED), a_duty("duty-1"), a_duty("duty-2", opened_on=date(2022, 9, 7)))
    write(database, world)
    swept(database, world, SIGNED)
    assert rows(database, legs, "next_on") == [(date(2022, 9, 15),), (TUESDAY,)]
    swept(database, world, TUESDAY, date(2022, 9, 7))
    assert rows(database, legs, "next_on") == [(date(2022, 9, 15),), (THURSDAY,), (THURSDAY,)]
    swept(database, world, date(2022, 9, 15))
    # +1 of the first is on Monday the 19th; the others have been told up to +3.
    assert rows(database, legs, "last_seq", "next_on") == [
        (1, date(2022, 9, 19)),
        (4, LISTED),
        (4, LISTED),
    ]


def test_a_sweep_of_an_item_leaves_the_others_alone(database: Engine) -> None:
    world = a_world(a_duty(), a_duty("duty-1", item="3.1"))
    write(database, world)
    assert swept(database, world, SIGNED, item="3.1") == [({"3.1": 1}, {})]
    assert rows(database, obligations, "work_state") == [("waiting",), ("open",)]
    swept(database, world, SIGNED)
    assert swept(database, world, TUESDAY, item="1.2") == [({}, {"1.2": 1})]
    assert rows(database, notices, "item") == [("1.2",)]
    assert swept(database, world, TUESDAY) == [({}, {"3.1": 1})]


def test_a_sweep_of_a_plan_leaves_the_others_alone(database: Engine) -> None:
    one = a_world(a_duty(), pauses=(Stop("h1", THURSDAY, LISTED),))
    other = replace(one, plan=replace(one.plan, key="khac"), pauses=())
    write(database, one)
    write(database, other)
    assert swept(database, other, SIGNED) == [({"1.2": 1}, {})]
    assert rows(database, obligations, "plan", "work_state") == [("thu", "waiting"), ("khac", "open")]
    swept(database, one, SIGNED)
    # The other's place rests in no plan but the one in which somebody said so.
    assert swept(database, one, TUESDAY, FRIDAY) == [({}, {"1.2": 1}), ({}, {})]
    assert swept(database, other, FRIDAY) == [({}, {"1.2": 1})]
    assert rows(database, notices, "plan", "step") == [("thu", "-1"), ("khac", "+2")]
    assert rows(database, proposals, "id") == []


def test_what_is_told_on_one_day_is_written_in_the_order_of_the_legs(database: Engine) -> None:
    world = a_world(a_duty(last_day=FRIDAY), a_duty("duty-1"))
    write(database, world)
    # The second has waited since Tuesday.
    swept(database, world, SIGNED, THURSDAY)
    assert rows(database, notices, "obligation_id", "step") == [(1, "-1"), (2, "+1")]
