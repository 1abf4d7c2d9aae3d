"""How things stand on the board, in SQL on both databases, is how the rule in code says they stand."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from sqlalchemy import select, update

from obligations.board import Holder, Only
from obligations.model import Kind, TimeState, WorkState
from obligations.obligation import Obligation
from obligations.reckoning import Reckoning, added, reckoned, share
from obligations.rights import Seat, Visitor
from obligations.states import Standing, time_state
from store import clauses, our_days, reckoning
from store.engine import reading, writing
from store.schema import obligations
from tasks_lib.board.chosen import Chosen
from tasks_lib.board.listing import Stretch, listing
from tasks_lib.board.overview import overview
from tasks_lib.board.sight import day_of
from tasks_lib.board.sql import board
from tasks_lib.desk.sql import listing as plain
from tasks_lib.desk.sql.listing import Wanted
from tasks_lib.duties.pausing import Pause, pause
from tasks_lib.kernel.bootstrap import House
from tasks_lib.rounds.sweep import sweep
from tests.support.life.stories import (
    A_MU_SUNG,
    SA_PA,
    SO_NOI_VU,
    SO_Y_TE,
    at,
    keys,
    morning,
    replay,
    reports_in,
)

o = obligations.c
TODAY = date(2022, 9, 20)
NOW = morning("2022-09-20")
COORDINATOR = Visitor(agency=SO_NOI_VU, seat=Seat.COORDINATOR, holder="")


def lived(house: House) -> None:
    """Late and early answers, a place paused, a task that waits for another past its own day."""
    replay(house, "2022-09-14", "2022-09-14")
    reports_in(house, f"1.2/{A_MU_SUNG}/once", "2022-09-15T09:00")
    reports_in(house, f"4.6/{A_MU_SUNG}/once", "2022-09-15T09:00")
    reports_in(house, f"plan/{A_MU_SUNG}/once", "2022-09-15T09:00")
    stop = Pause(place=SA_PA, from_day=date(2022, 9, 15), to_day=date(2022, 9, 30), reason="mưa lũ")
    pause(house, stop, SO_NOI_VU, at("2022-09-15T08:00"))
    with writing(house.engine) as connection:
        mine = obligations.c.agency_id == SO_Y_TE, obligations.c.item == "4.2"
        gone_by = {"last_day": date(2022, 9, 1), "work_state": WorkState.OPEN}
        connection.execute(update(obligations).where(*mine).values(gone_by))
    replay(house, "2022-09-20", "2022-09-20")


def by_the_rule(house: House) -> dict[str, TimeState]:
    soon = house.calendar.add(TODAY, house.plan.settings.due_soon_working_days)
    with reading(house.engine) as connection:
        rows = plain.list_obligations(connection, Wanted(plan=house.plan.key), TODAY)
    return {
        row.key: time_state(
            Standing(
                kind=Kind(row.kind),
                work_state=WorkState(row.work_state),
                last_day=row.last_day,
                done_on=row.done_on,
                paused=bool(row.paused),
                waits_until=row.waits_until if row.awaited else None,
                proposed=row.proposed,
            ),
            TODAY,
            soon,
        )
        for row in rows
        if row.work_state not in ("waiting", "cancelled")
    }


def next_words(house: House) -> dict[str, Holder | None]:
    """Who has the next word of every obligation, by what it says of itself."""

    def whose(row: Obligation) -> Holder | None:
        if row.is_with_the_unit:
            return Holder.UNIT
        if not row.is_with_its_reviewer:
            return None
        if row.agency_id == SO_NOI_VU:
            return Holder.DIRECTOR
        return Holder.FOCAL if row.reviewer_id == SO_NOI_VU else Holder.DESK

    with reading(house.engine) as connection:
        rows = plain.list_obligations(connection, Wanted(plan=house.plan.key), TODAY)
    return {row.key: whose(row) for row in rows}


def test_the_statements_say_whose_word_is_next_and_what_is_overdue_as_the_obligation_does(
    any_house: House,
) -> None:
    lived(any_house)
    owing = o.kind == Kind.TASK, o.work_state == WorkState.OPEN
    for agency in (SO_NOI_VU, SO_Y_TE):
        (owed, *_) = keys(any_house, o.agency_id == agency, *owing)
        reports_in(any_house, owed, "2022-09-20T09:00")
    plan = any_house.plan.key
    soon = any_house.calendar.add(TODAY, any_house.plan.settings.due_soon_working_days)
    with reading(any_house.engine) as connection:
        whose = select(obligations.c.key, board.holder(day_of(any_house, TODAY)))
        found = {key: Holder(said) if said else None for key, said in connection.execute(whose)}
        late = set(connection.scalars(select(obligations.c.key).where(clauses.overdue(plan, TODAY))))
        rows = plain.list_obligations(connection, Wanted(plan=plan), TODAY)

    assert found == next_words(any_house)
    assert set(found.values()) == {*Holder, None}
    past = (TimeState.OVERDUE, TimeState.PAST_ASKED)
    assert late == {row.key for row in rows if row.stands(TODAY, soon) in past}
    assert late


def in_columns(house: House) -> dict[str, Reckoning]:
    """Reckon every dated duty by the rule in code, one by one."""
    with reading(house.engine) as connection:
        rows = plain.list_obligations(connection, Wanted(plan=house.plan.key), TODAY)
        query = select(o.key, our_days.still_proposed(house.plan.key, TODAY))
        still = {key: bool(said) for key, said in connection.execute(query)}
    return {
        row.key: reckoned({share(replace(row.standing(TODAY), still_proposed=still[row.key]), TODAY): 1})
        for row in rows
        if row.kind in (Kind.TASK, Kind.REPORT, Kind.PLAN)
    }


def test_the_statement_and_the_rule_agree_on_every_obligation_and_the_counts_with_both(
    any_house: House,
) -> None:
    lived(any_house)
    expected = by_the_rule(any_house)
    every = listing(any_house, COORDINATOR, NOW, Chosen(), Stretch(whole=True))

    assert {row.key: row.stands for row in every.rows} == expected
    assert set(expected.values()) >= set(TimeState) - {TimeState.DUE_SOON}
    assert any(row.item == "4.2" and row.stands is TimeState.IN_TIME for row in every.rows)
    ranks = [row.stands is TimeState.OVERDUE for row in every.rows]
    assert ranks == sorted(ranks, reverse=True)

    with reading(any_house.engine) as connection:
        mine = reckoning.dated(any_house.plan.key)
        keys = [obligations.c.key]
        one_by_one = reckoning.reckon_by(connection, any_house.plan.key, TODAY, mine, keys)
        week_before = date(2022, 9, 14)
        compared = reckoning.compared(
            connection, any_house.plan.key, TODAY, morning("2022-09-14"), week_before
        )
        reach = reckoning.reach(connection, any_house.plan.key, TODAY, date(2022, 9, 13))
    columns = in_columns(any_house)
    assert {key: found for (key,), found in one_by_one.items()} == columns
    overdue = added(columns.values()).overdue
    assert compared.now == overdue == compared.then + compared.fresh - compared.done - compared.otherwise
    assert compared.done == 1  # 1.2 of A Mú Sung; 4.6 was not late yet
    assert compared.otherwise > 0  # paused in Sa Pa since
    assert 0 < reach.long < overdue
    assert added(columns.values()) == overview(any_house, COORDINATOR, NOW).reckoned

    home = overview(any_house, COORDINATOR, NOW)
    dated = [row for row in every.rows if row.kind in (Kind.TASK, Kind.REPORT, Kind.PLAN)]
    assert home.reckoned.overdue == sum(row.stands is TimeState.OVERDUE for row in dated)
    assert home.reckoned.late == sum(row.stands is TimeState.DONE_LATE for row in dated)
    assert home.news[Only.NEWLY_REPORTED] == 3
    assert sum(line.late for line in home.areas) == home.reckoned.overdue
    again = sweep(any_house, NOW)
    assert (again.overdue, again.past_asked) == (home.reckoned.overdue, home.reckoned.asked_open)
    assert again.past_asked > 0
