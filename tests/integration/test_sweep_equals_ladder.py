"""The sweep in SQL records exactly what the rule for one obligation decides, in whatever small world."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from itertools import count
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from sqlalchemy import Engine, make_url

from store.engine import open_engine
from store.migrate import lay_out
from tests.support.databases import Cluster
from tests.support.oracle import Oracle
from tests.support.players import listed, play, recorded, write
from tests.support.worlds import Sweep, World, worlds

Fresh = Callable[[], AbstractContextManager[Engine]]


@pytest.fixture(scope="module")
def fresh_sqlite(tmp_path_factory: pytest.TempPathFactory) -> Fresh:
    """Gives an empty database file, copied from one that was laid out once."""
    folder = tmp_path_factory.mktemp("worlds")
    template = folder / "template.db"
    with _engine(f"sqlite:///{template}") as engine:
        lay_out(engine)
    numbers = count(1)

    @contextmanager
    def fresh() -> Iterator[Engine]:
        path = Path(shutil.copyfile(template, folder / f"{next(numbers)}.db"))
        with _engine(f"sqlite:///{path}") as engine:
            yield engine
        path.unlink()

    return fresh


@pytest.fixture(scope="module")
def fresh_postgres(postgres: Cluster) -> Iterator[Fresh]:
    """Gives an empty PostgreSQL database, copied from one that was laid out once."""
    with postgres.database() as template:
        with _engine(template) as engine:
            lay_out(engine)
        name = str(make_url(template).database)

        @contextmanager
        def fresh() -> Iterator[Engine]:
            with postgres.database(name) as url, _engine(url) as engine:
                yield engine

        yield fresh


@contextmanager
def _engine(url: str) -> Iterator[Engine]:
    engine = open_engine(url)
    try:
        yield engine
    finally:
        engine.dispose()


def assert_equal(fresh: Fresh, world: World) -> None:
    """Tell the story twice, by the rule and on the database, and compare all that was recorded."""
    oracle = Oracle(world)
    oracle.tell()
    with fresh() as engine:
        write(engine, world)
        play(engine, world)
        found = recorded(engine)
        assert {identity: said for identity, (said, _) in found.items()} == oracle.said
        for identity, (_, capacity) in found.items():
            assert capacity in oracle.capacities[identity]
        assert listed(engine) == oracle.listed


@settings(max_examples=80, suppress_health_check=[HealthCheck.too_slow])
@given(world=worlds())
def test_on_sqlite(fresh_sqlite: Fresh, world: World) -> None:
    assert_equal(fresh_sqlite, world)


@settings(max_examples=12, suppress_health_check=[HealthCheck.too_slow])
@given(world=worlds())
def test_on_postgresql(fresh_postgres: Fresh, world: World) -> None:
    assert_equal(fresh_postgres, world)


@settings(max_examples=20, suppress_health_check=[HealthCheck.too_slow])
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
