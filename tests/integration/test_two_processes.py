"""Two processes that sweep at once record exactly what one would, on both databases."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from threading import Thread
from time import sleep

import pytest
from sqlalchemy import Select, func, select, text

from config.load import Configuration
from obligations.model import WorkState
from store.engine import reading
from store.ledger import find
from store.schema import agencies, history, legs, notices, obligations, plans, proposals, weekly_lines
from tasks_lib.duties.change import changing, current
from tasks_lib.kernel.bootstrap import House
from tasks_lib.kernel.clock import parse_as_of
from tasks_lib.rounds.sweep import sweep
from tests.support.houses.houses import opened
from tests.support.running.processes import sweep_together

# The ladder of 1.2 and 2.3, three Mondays with their digests, a gap, and the openings of 1/7.
DAYS = ["2022-06-30", "2022-07-01", "2022-07-04", "2022-07-13", "2022-07-18", "2022-07-25", "2022-08-01"]

KEPT: dict[str, Select[*tuple[object, ...]]] = {
    "notices": select(
        obligations.c.key,
        legs.c.name,
        notices.c.step,
        notices.c.recipient_id,
        notices.c.role,
        notices.c.recorded_on,
        notices.c.mail_on,
        notices.c.missed,
        notices.c.state,
    )
    .join(obligations, obligations.c.id == notices.c.obligation_id)
    .join(legs, legs.c.id == notices.c.leg_id),
    "history": select(obligations.c.key, history.c.what, history.c.at, history.c.to_state).join(
        obligations, obligations.c.id == history.c.obligation_id
    ),
    "legs": select(obligations.c.key, legs.c.name, legs.c.last_seq, legs.c.next_on).join(
        obligations, obligations.c.id == legs.c.obligation_id
    ),
    "states": select(obligations.c.key, obligations.c.work_state, obligations.c.version),
    "proposals": select(proposals.c.cause, agencies.c.id, proposals.c.entered_on, obligations.c.key)
    .join(agencies, agencies.c.id == proposals.c.agency_id)
    .outerjoin(obligations, obligations.c.id == proposals.c.obligation_id),
    "weekly lines": select(weekly_lines.c.recipient_id, weekly_lines.c.mail_on),
}


def kept(house: House) -> dict[str, Counter[tuple[object, ...]]]:
    """Return all that a sweep may write, without the numbers of its rows."""
    with reading(house.engine) as connection:
        return {name: Counter(map(tuple, connection.execute(query))) for name, query in KEPT.items()}


@dataclass(frozen=True)
class Twins:
    """One house swept by one process, and another of the same plan on the database under test."""

    alone: House
    together: House


@pytest.fixture
def twins(
    any_house: House, configuration: Configuration, tmp_path: Path, sqlite_template: Path
) -> Iterator[Twins]:
    copy = tmp_path / "alone.db"
    copy.write_bytes(sqlite_template.read_bytes())
    with opened(configuration, f"sqlite:///{copy}") as alone:
        yield Twins(alone, any_house)


def test_two_at_once_record_what_one_records(twins: Twins) -> None:
    for day in DAYS:
        sweep(twins.alone, parse_as_of(day))
    sweep_together(twins.together.settings.database_url, DAYS)
    expected, found = kept(twins.alone), kept(twins.together)
    assert expected["notices"].total() > 2000
    for name, rows in expected.items():
        assert found[name] == rows, name


def test_a_report_may_be_handed_in_while_the_sweep_opens_it(postgres_house: House) -> None:
    """Whoever comes second waits for the first; neither is refused as a deadlock."""
    key, at = "1.2/x02719-2022/once", parse_as_of("2022-07-01")
    sweeping = Thread(target=sweep, args=(postgres_house, at))
    with changing(postgres_house, at) as connection:
        find(connection, postgres_house.plan.key, key)
        sweeping.start()
        sleep(0.5)
        row = current(connection, postgres_house, key, at)
        assert row.work_state == WorkState.OPEN
    sweeping.join(30)
    opened_by = select(history.c.what).join(obligations).where(obligations.c.key == key)
    with reading(postgres_house.engine) as connection:
        assert connection.scalars(opened_by).all() == ["open"]
        assert connection.scalar(select(plans.c.swept_on)) == date(2022, 7, 1)


def test_a_second_run_adds_nothing(any_house: House) -> None:
    for day in DAYS:
        first = sweep(any_house, parse_as_of(day))
        known = kept(any_house)
        again = sweep(any_house, parse_as_of(day))
        assert kept(any_house) == known
        assert (again.opened, again.notices) == (0, 0)
        assert (again.waiting, again.overdue) == (first.waiting, first.overdue)


def test_a_day_before_run_again_adds_nothing(any_house: House) -> None:
    for day in DAYS:
        sweep(any_house, parse_as_of(day))
    known = kept(any_house)
    assert [sweep(any_house, parse_as_of(day)).notices for day in DAYS] == [0] * len(DAYS)
    assert kept(any_house)["notices"] == known["notices"]


def test_postgresql_knows_how_much_there_is_as_soon_as_a_plan_is_laid_out(postgres_house: House) -> None:
    """It plans the first day's sweep by it, long before it would have counted by itself."""
    with reading(postgres_house.engine) as connection:
        believed = connection.scalar(text("SELECT reltuples FROM pg_class WHERE relname = 'obligations'"))
        assert believed == connection.scalar(select(func.count()).select_from(obligations)) > 9000
