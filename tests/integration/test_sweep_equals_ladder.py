"""The sweep in SQL records exactly what the rule for one obligation decides, in whatever small world."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from sqlalchemy import Engine, make_url

from obligations.model import (
    Agency,
    Contact,
    Judged,
    Kind,
    Ladder,
    LadderRole,
    LadderStep,
    Planned,
    Rhythm,
    Role,
    StepRule,
)
from obligations.period import ONCE
from store.migrate import lay_out
from tests.support.databases.databases import Cluster
from tests.support.houses.levels import COMMUNE, PROVINCE
from tests.support.life.oracle import Oracle
from tests.support.life.players import Fresh, listed, opened, play, recorded, write
from tests.support.life.worlds import BARE, FOCAL, REVIEW, Happening, Reopen, Submit, Sweep, World, worlds

MANY = settings().max_examples
"""100, and 10 where `make mutants` asks the question three thousand times."""


@pytest.fixture(scope="module")
def fresh_postgres(postgres: Cluster) -> Iterator[Fresh]:
    """Gives an empty PostgreSQL database, copied from one that was laid out once."""
    with postgres.database() as template:
        with opened(template) as engine:
            lay_out(engine)
        name = str(make_url(template).database)

        @contextmanager
        def fresh() -> Iterator[Engine]:
            with postgres.database(name) as url, opened(url) as engine:
                yield engine

        yield fresh


def assert_equal(fresh: Fresh, world: World) -> Oracle:
    """Tell the story twice, by the rule and on the database, and compare all that was recorded."""
    oracle = Oracle(world)
    told = oracle.tell()
    with fresh() as engine:
        write(engine, world)
        assert play(engine, world) == told
        found = recorded(engine)
        assert {identity: said for identity, (said, _) in found.items()} == oracle.said
        for identity, (_, capacity) in found.items():
            assert capacity in oracle.capacities[identity]
        assert listed(engine) == oracle.listed
    return oracle


@settings(max_examples=MANY, suppress_health_check=[HealthCheck.too_slow])
@given(world=worlds())
def test_on_sqlite(fresh_sqlite: Fresh, world: World) -> None:
    assert_equal(fresh_sqlite, world)


@settings(max_examples=12, suppress_health_check=[HealthCheck.too_slow])
@given(world=worlds())
def test_on_postgresql(fresh_postgres: Fresh, world: World) -> None:
    assert_equal(fresh_postgres, world)


@settings(max_examples=MANY // 8, suppress_health_check=[HealthCheck.too_slow])
@given(world=worlds())
def test_a_day_swept_again_adds_nothing(fresh_sqlite: Fresh, world: World) -> None:
    days = [happening for happening in world.story if isinstance(happening, Sweep)]
    with fresh_sqlite() as engine:
        write(engine, world)
        play(engine, world)
        before = recorded(engine)
        play(engine, World(world.plan, world.agencies, world.duties, world.pauses, tuple(days[-1:])))
        known = recorded(engine)
        play(engine, World(world.plan, world.agencies, world.duties, world.pauses, tuple(days[-1:])))
        assert recorded(engine) == known
        assert before.items() <= known.items()


# ---- two edges that chance seldom meets


def plain(key: str, last_day: date, **changes: Any) -> Planned:  # noqa: ANN401 - any field
    """A commune's duty with one step, on the working day after its last day."""
    duty = Planned(
        key=key,
        kind=Kind.SHEET,
        item=None,
        agency="x1",
        period=ONCE,
        opened_on=date(2022, 8, 15),
        last_day=last_day,
        plan_day=last_day,
        target=last_day,
        judged=Judged.ARRIVAL,
        why="",
        ladder="a",
    )
    return replace(duty, **changes)


SECOND_MISS = LadderRole(role=Role.FOCAL, min_streak=2)


def small_world(*duties: Planned, story: tuple[Happening, ...], also: LadderRole = SECOND_MISS) -> World:
    """Two agencies and a ladder that tells the unit at once, the focal agency at the second miss."""
    step = LadderStep(
        code="missed",
        rule=StepRule.AFTER_LAST_DAY,
        days=0,
        to=(LadderRole(role=Role.SELF), also),
        rhythm=Rhythm.DAILY,
        template="sheet",
    )
    ladders = tuple(Ladder(key=key, kind=Kind.SHEET, steps=(step,)) for key in ("a", REVIEW))
    people = {
        key: Agency(
            id=key, name=key, level=level, contacts=(Contact(role="unit", address=f"{key}@x.example"),)
        )
        for key, level in ((FOCAL, PROVINCE), ("x1", COMMUNE))
    }
    plan = replace(BARE, signed_on=date(2022, 3, 1), ladders=ladders)
    return World(plan, people, duties, (), story)


def test_what_is_waited_for_excuses_up_to_its_day_and_on_it(fresh_sqlite: Fresh) -> None:
    friday, monday = date(2022, 9, 9), date(2022, 9, 12)
    first = plain("duty-0", date(2022, 9, 30))
    second = plain("duty-1", date(2022, 9, 7), waits_for="duty-0", waits_until=friday)
    oracle = assert_equal(fresh_sqlite, small_world(first, second, story=(Sweep(friday), Sweep(monday))))
    assert [said.recorded_on for said in oracle.said.values()] == [monday]


@pytest.mark.parametrize("fresh", ["fresh_sqlite", "fresh_postgres"])
def test_months_missed_in_a_row_are_counted_however_many(request: pytest.FixtureRequest, fresh: str) -> None:
    days = [date(2022, month, 9) for month in range(3, 10)]
    months = [
        plain(f"duty-{n}", day, opened_on=day.replace(day=1), previous=f"duty-{n - 1}" if n else None)
        for n, day in enumerate(days)
    ]
    told_fourth = LadderRole(role=Role.FOCAL, min_streak=4)
    # The second is handed in in time: whoever counts begins again behind it.
    story = (*(Sweep(day) for day in days[:2]), Submit(1, days[1]))
    story += tuple(Sweep(day + timedelta(days=5)) for day in days[1:])
    oracle = assert_equal(request.getfixturevalue(fresh), small_world(*months, story=story, also=told_fourth))
    told = {(i[0], i[3]): said.streak for i, said in oracle.said.items() if i[1] == "lead"}
    own = [f"duty-{n}" for n in (0, 2, 3, 4, 5, 6)]
    assert {key: streak for (key, who), streak in told.items() if who == "x1"} == dict(
        zip(own, (1, 1, 2, 3, 4, 5), strict=True)
    )
    assert {key: streak for (key, who), streak in told.items() if who == FOCAL} == {"duty-5": 4, "duty-6": 5}


def test_what_is_opened_again_past_its_day_climbs_anew_and_in_time_goes_on(fresh_sqlite: Fresh) -> None:
    """Handed in, accepted and opened again by the use cases themselves."""
    late, timely = plain("duty-0", date(2022, 9, 7)), plain("duty-1", date(2022, 9, 14))
    friday = date(2022, 9, 9)
    story = (
        Sweep(date(2022, 9, 8)),
        *(Submit(n, friday) for n in (0, 1)),
        *(Reopen(n, friday) for n in (0, 1)),
    )
    oracle = assert_equal(fresh_sqlite, small_world(late, timely, story=(*story, Sweep(date(2022, 9, 15)))))
    told = {identity[:2]: said.fires_on for identity, said in oracle.said.items()}
    assert told == {
        ("duty-0", "lead"): date(2022, 9, 8),
        ("duty-0", "reopened-1"): date(2022, 9, 15),
        ("duty-1", "lead"): date(2022, 9, 15),
    }


@pytest.mark.parametrize(("handed_in", "streak"), [(date(2022, 9, 9), 1), (date(2022, 9, 12), 2)])
def test_a_month_handed_in_late_was_missed(fresh_sqlite: Fresh, handed_in: date, streak: int) -> None:
    august = plain("duty-0", date(2022, 9, 9))
    september = plain("duty-1", date(2022, 9, 20), previous="duty-0")
    story = (Sweep(date(2022, 9, 9)), Submit(0, handed_in), Sweep(date(2022, 9, 21)))
    oracle = assert_equal(fresh_sqlite, small_world(august, september, story=story))
    found = {identity[3]: said.streak for identity, said in oracle.said.items() if identity[0] == "duty-1"}
    assert found == ({"x1": 1} if streak == 1 else {"x1": 2, FOCAL: 2})
