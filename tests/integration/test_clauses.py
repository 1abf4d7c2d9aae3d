"""What "overdue", "paused" and "not supplied" mean in SQL, on each side of each of their days."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from sqlalchemy import ColumnElement, Engine, select, update

from obligations.model import Kind, WorkState
from obligations.period import Period
from store.clauses import (
    EVENT_TITLE,
    any_pause,
    any_pause_begun,
    not_supplied,
    overdue,
    paused_agencies,
    still_awaited,
)
from store.engine import reading, writing
from store.pauses import Rest, Who, write_pause
from store.schema import agencies, events, obligations, pauses
from tasks_lib.kernel.clock import morning_of
from tests.support.houses.one_ladder import (
    FRIDAY,
    LAST,
    MONDAY,
    SIGNED,
    THURSDAY,
    TUESDAY,
    a_duty,
    a_world,
    swept,
)
from tests.support.life.players import write
from tests.support.life.worlds import FOCAL, TOP, Stop, World

ONE_DAY = timedelta(days=1)


def are(database: Engine, condition: ColumnElement[bool]) -> list[str]:
    with reading(database) as connection:
        return list(connection.scalars(select(obligations.c.key).where(condition).order_by(obligations.c.id)))


def becomes(database: Engine, key: str, **values: object) -> None:
    with writing(database) as connection:
        connection.execute(update(obligations).where(obligations.c.key == key).values(**values))


def begun(database: Engine, world: World) -> None:
    write(database, world)
    swept(database, world, SIGNED)


def test_open_work_is_overdue_on_the_day_after_its_last_and_a_row_never(database: Engine) -> None:
    begun(
        database,
        a_world(
            a_duty(),
            a_duty("duty-1", kind=Kind.ROW),
            a_duty("duty-2", kind=Kind.SHEET),
            a_duty("duty-3", opened_on=MONDAY),
        ),
    )
    assert are(database, overdue("thu", LAST)) == []
    assert are(database, overdue("thu", LAST + ONE_DAY)) == ["duty-0", "duty-2"]
    assert are(database, overdue("khac", LAST + ONE_DAY)) == []


def test_what_was_handed_in_or_is_done_is_overdue_no_more(database: Engine) -> None:
    begun(database, a_world(*(a_duty(f"duty-{number}") for number in range(3))))
    becomes(database, "duty-0", work_state=WorkState.SUBMITTED)
    becomes(database, "duty-1", done_on=FRIDAY)
    assert are(database, overdue("thu", FRIDAY)) == ["duty-2"]


def test_a_place_at_rest_is_overdue_in_nothing_and_with_it_what_lies_below(database: Engine) -> None:
    begun(
        database,
        a_world(
            a_duty(),
            a_duty("duty-1", agency="h1"),
            a_duty("duty-2", agency=FOCAL),
            pauses=(Stop("h1", FRIDAY, MONDAY),),
        ),
    )
    everybody = ["duty-0", "duty-1", "duty-2"]
    assert are(database, overdue("thu", THURSDAY)) == everybody
    assert are(database, overdue("thu", FRIDAY)) == ["duty-2"]
    assert are(database, overdue("thu", MONDAY)) == ["duty-2"]
    assert are(database, overdue("thu", MONDAY + ONE_DAY)) == everybody


def test_what_waits_for_another_is_overdue_after_its_day_or_once_that_is_done(database: Engine) -> None:
    begun(
        database,
        a_world(
            a_duty(last_day=MONDAY),
            a_duty("duty-1", waits_for="duty-0", waits_until=FRIDAY),
            a_duty("duty-2", agency="h1"),
        ),
    )
    assert are(database, still_awaited(FRIDAY)) == ["duty-1"]
    assert are(database, overdue("thu", FRIDAY)) == ["duty-2"]
    assert are(database, overdue("thu", FRIDAY + ONE_DAY)) == ["duty-1", "duty-2"]
    becomes(database, "duty-0", done_on=THURSDAY)
    assert are(database, still_awaited(FRIDAY)) == []
    assert are(database, overdue("thu", FRIDAY)) == ["duty-1", "duty-2"]


def resting(database: Engine, on: date, plan: str = "thu") -> tuple[set[str], bool, bool]:
    """Who rests on a day; whether anybody does; whether anybody has begun to."""
    with reading(database) as connection:
        found = set(connection.scalars(paused_agencies(plan, on)))
        return found, any_pause(connection, plan, on), any_pause_begun(connection, plan, on)


def test_a_pause_stands_from_its_first_day_to_its_last_and_has_begun_for_good(database: Engine) -> None:
    write(database, a_world(pauses=(Stop("h1", FRIDAY, MONDAY),)))
    district = {"h1", "x1", "x2"}
    assert resting(database, THURSDAY) == (set(), False, False)
    assert resting(database, FRIDAY) == (district, True, True)
    assert resting(database, MONDAY) == (district, True, True)
    assert resting(database, MONDAY + ONE_DAY) == (set(), False, True)
    assert resting(database, FRIDAY, "khac") == (set(), False, False)


def test_a_pause_without_an_end_goes_on_until_it_is_withdrawn(database: Engine) -> None:
    write(database, a_world())
    with writing(database) as connection:
        write_pause(
            connection,
            "thu",
            Rest(
                place="x1",
                from_day=FRIDAY,
                to_day=None,
                reason="lũ",
            ),
            Who(by=FOCAL, at=morning_of(FRIDAY)),
        )
    assert resting(database, date(2023, 9, 9)) == ({"x1"}, True, True)
    with writing(database) as connection:
        connection.execute(pauses.update().values(withdrawn="ghi nhầm"))
    assert resting(database, date(2023, 9, 9)) == (set(), False, True)


def test_a_pause_of_the_body_at_the_top_is_everybodys(database: Engine) -> None:
    world = a_world(a_duty())
    write(database, world)
    with writing(database) as connection:
        write_pause(
            connection,
            "thu",
            Rest(
                place=TOP,
                from_day=FRIDAY,
                to_day=FRIDAY,
                reason="quốc tang",
                everywhere=True,
            ),
            Who(by=FOCAL, at=morning_of(FRIDAY)),
        )
    assert resting(database, FRIDAY)[0] == {TOP, FOCAL, "h1", "x1", "x2"}
    # So its first step, due before that day and not told, goes first, and the next on the day after.
    told = swept(database, world, SIGNED, FRIDAY, MONDAY, MONDAY + ONE_DAY)
    assert [recorded for _, recorded in told] == [{}, {}, {"1.2": 1}, {"1.2": 1}]


def test_invited_bodies_have_not_supplied_what_they_were_asked_for_by_a_day_in_a_stretch(
    database: Engine,
) -> None:
    row = a_duty(kind=Kind.ROW, agency="x1")
    begun(
        database,
        a_world(
            row,
            replace(row, key="duty-1", last_day=TUESDAY),
            replace(row, key="duty-2", last_day=THURSDAY),
            replace(row, key="duty-3", agency="h1"),
            replace(row, key="duty-4", kind=Kind.TASK),
            replace(row, key="duty-5"),
        ),
    )
    becomes(database, "duty-5", work_state=WorkState.ACCEPTED)
    with writing(database) as connection:
        connection.execute(agencies.update().values(invited=agencies.c.id == "x1"))

    def lacking(since: date, until: date, plan: str = "thu") -> list[str]:
        return are(database, obligations.c.id.in_(not_supplied(plan, since, until)))

    assert lacking(SIGNED, MONDAY) == ["duty-0", "duty-1", "duty-2"]
    # From the first day of the stretch on, and before the day after its last.
    assert lacking(LAST, THURSDAY) == ["duty-0"]
    assert lacking(THURSDAY, MONDAY) == ["duty-2"]
    assert lacking(SIGNED, MONDAY, "khac") == []


def test_a_task_is_told_apart_by_the_title_of_the_event_that_opened_it(database: Engine) -> None:
    write(
        database,
        a_world(
            a_duty(),
            a_duty("duty-1", period=Period("e-0001")),
            a_duty("duty-2", period=Period("e-0002")),
        ),
    )
    with writing(database) as connection:
        for number, period in ((1, "once"), (2, "e-0001")):
            connection.execute(
                events.insert().values(
                    plan="thu",
                    item="2.5",
                    number=number,
                    agency_id="x1",
                    on=TUESDAY,
                    title=f"dự án {period}",
                    recorded_by="x1",
                    recorded_at=morning_of(TUESDAY),
                    obligation_id=number,
                )
            )
    with reading(database) as connection:
        titles = connection.execute(select(obligations.c.key, EVENT_TITLE).order_by(obligations.c.id))
        assert [(row.key, row.event) for row in titles] == [
            ("duty-0", ""),
            ("duty-1", "dự án e-0001"),
            ("duty-2", ""),
        ]
