"""The sweep against a bare copy of the same rows, and the idle sweep of a small and a large world."""

from __future__ import annotations

from collections.abc import Iterator
from tempfile import TemporaryDirectory

from sqlalchemy import text

from bench.houses import house_on
from bench.measure import Line, Times, in_turns, timed
from bench.worlds import TODAY, World, build
from store.engine import writing
from tasks_lib.duties.opening import day_of
from tasks_lib.kernel.bootstrap import House
from tasks_lib.kernel.clock import morning_of
from tasks_lib.rounds.sql.sweep import record_notices
from tasks_lib.rounds.sweep import sweep
from tests.support.databases.databases import cluster

ROUNDS = 7
DUE = World(total=50_000, due=10_000)
SMALL, LARGE = World(total=10_000, due=0), World(total=1_000_000, due=0)


def lines() -> Iterator[Line]:
    """Measure on SQLite, then on PostgreSQL."""
    with TemporaryDirectory(prefix="dondoc-bench-") as folder:
        urls = {w: f"sqlite:///{folder}/{w.total}-{w.due}.db" for w in (DUE, SMALL, LARGE)}
        yield from _on("SQLite", urls, copying="1,6×")
    with (
        cluster(lasting=True) as server,
        server.database() as one,
        server.database() as two,
        server.database() as three,
    ):
        yield from _on("PostgreSQL", {DUE: one, SMALL: two, LARGE: three}, copying="1,3×")


def _on(name: str, urls: dict[World, str], copying: str) -> Iterator[Line]:
    with house_on(urls[DUE]) as house:
        build(house, DUE)
        yield from _of_due(house, name, copying)
    with house_on(urls[SMALL]) as small, house_on(urls[LARGE]) as large:
        build(small, SMALL)
        build(large, LARGE)
        ours, floor = in_turns(lambda: _sweep(large), lambda: _sweep(small), ROUNDS)
        yield Line(f"{name}: quét không có gì đến hạn, 1.000.000 so với 10.000", ours, floor, "≤ 2×")


def _of_due(house: House, name: str, target: str) -> Iterator[Line]:
    _reset(house)
    _record(house)
    _keep(house)
    ours, floor = in_turns(lambda: _record(house), lambda: _copy(house), ROUNDS, lambda: _reset(house))
    yield Line(f"{name}: ghi tin 10.000/50.000 so với chép cùng các dòng", ours, floor, f"≤ {target}")
    whole = []
    for _ in range(ROUNDS):
        _reset(house)
        whole.append(timed(lambda: _sweep(house)))
    note = "cả lượt: mở, tiếp nhận, ghi tin, danh mục, đếm"
    yield Line(f"{name}: cả lượt quét 10.000/50.000", Times(tuple(whole)), floor, "", note)


def _record(house: House) -> None:
    with writing(house.engine) as connection:
        record_notices(connection, day_of(house, morning_of(TODAY)))


def _sweep(house: House) -> None:
    sweep(house, morning_of(TODAY))


def _keep(house: House) -> None:
    """Put what the sweep wrote into staging tables: the very rows the floor will copy."""
    with writing(house.engine) as connection:
        connection.execute(text("CREATE TABLE stage_notices AS SELECT * FROM notices"))
        connection.execute(
            text(
                "CREATE TABLE stage_legs AS SELECT id, last_seq, next_on FROM legs"
                " WHERE id IN (SELECT leg_id FROM notices)"
            )
        )
        connection.execute(text("CREATE UNIQUE INDEX ix_stage_legs ON stage_legs (id)"))


def _copy(house: House) -> None:
    """Write the same notices and the same legs' next steps, with nothing to decide."""
    with writing(house.engine) as connection:
        connection.execute(text("INSERT INTO notices SELECT * FROM stage_notices"))
        connection.execute(
            text(
                "UPDATE legs SET last_seq = stage_legs.last_seq, next_on = stage_legs.next_on"
                " FROM stage_legs WHERE stage_legs.id = legs.id"
            )
        )


def _reset(house: House) -> None:
    """Take the day back: no notice recorded, every leg before its step of today."""
    with writing(house.engine) as connection:
        for table in ("notices", "proposals", "weekly_lines"):
            connection.execute(text(f"DELETE FROM {table}"))
        today = TODAY if connection.dialect.name == "postgresql" else TODAY.isoformat()
        connection.execute(
            text(
                "UPDATE legs SET next_on = :today, last_seq = (SELECT coalesce(max(s.seq), 0)"
                " FROM schedule_steps s WHERE s.schedule_id = legs.schedule_id AND s.fires_on < :today)"
                " WHERE schedule_id IN (SELECT schedule_id FROM schedule_steps WHERE fires_on = :today)"
            ),
            {"today": today},
        )
    if house.engine.dialect.name == "postgresql":
        with house.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            connection.exec_driver_sql("VACUUM ANALYZE notices")
            connection.exec_driver_sql("VACUUM ANALYZE legs")
