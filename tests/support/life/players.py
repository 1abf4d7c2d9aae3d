"""A world's story played on a real database, with the store's own functions."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import replace
from datetime import date
from functools import cache
from itertools import count
from pathlib import Path
from tempfile import TemporaryDirectory

from sqlalchemy import Connection, Engine, select

from config.settings import Settings
from obligations.ladder import repeat_day
from obligations.model import LegKind, WorkState
from obligations.obligation import Obligation
from obligations.states import Action
from store.door import sole
from store.engine import open_engine, reading, writing
from store.ledger import Entry, act, find, sleep_legs, start_leg, wake_lead
from store.migrate import lay_out
from store.people import sync_agencies
from store.schedules import Schedules
from store.schema import legs, notices, obligations, plans, proposals
from tasks_lib.duties.pausing import Pause, pause_all
from tasks_lib.duties.sql.opening import Day, open_due
from tasks_lib.duties.sql.reconcile import Foreseen, reconcile
from tasks_lib.kernel.bootstrap import House
from tasks_lib.kernel.clock import morning_of
from tasks_lib.rounds.sql.sweep import record_notices
from tests.support.life.oracle import Identity, Said
from tests.support.life.worlds import (
    CALENDAR,
    CONFIGURATION,
    FOCAL,
    REVIEW,
    TOP,
    Reopen,
    Submit,
    Sweep,
    World,
)

NEVER_CHANGED = "thu"
"""The mark of a world's configuration: applied once, so that no use case reckons its duties anew."""
Fresh = Callable[[], AbstractContextManager[Engine]]


@contextmanager
def opened(url: str) -> Iterator[Engine]:
    """Open a database, and let it go afterwards."""
    engine = open_engine(url)
    try:
        yield engine
    finally:
        engine.dispose()


@cache
def laid_out() -> bytes:
    """Return an empty database file: to lay one out takes longer than to copy it."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / "template.db"
        with opened(f"sqlite:///{path}") as engine:
            lay_out(engine)
        return path.read_bytes()


def copies(folder: Path) -> Fresh:
    """Return what gives an empty database file of its own each time."""
    numbers = count(1)

    @contextmanager
    def fresh() -> Iterator[Engine]:
        path = folder / f"{next(numbers)}.db"
        path.write_bytes(laid_out())
        with opened(f"sqlite:///{path}") as engine:
            yield engine
        path.unlink()

    return fresh


def write(engine: Engine, world: World) -> None:
    """Write a world's agencies, duties and pauses."""
    plan, at = world.plan, morning_of(world.plan.signed_on)
    with writing(engine) as connection:
        connection.execute(plans.insert().values(key=plan.key, number=plan.number, fingerprint=NEVER_CHANGED))
        sync_agencies(connection, world.agencies, plan)
        reconcile(connection, Foreseen(plan, world.agencies, CALENDAR, world.duties), at)
    stops = [
        Pause(place=stop.place, from_day=stop.from_day, to_day=stop.to_day, reason="mưa lũ")
        for stop in world.pauses
    ]
    if stops:
        pause_all(house_of(world, engine), stops, FOCAL, at)


def house_of(world: World, engine: Engine) -> House:
    """Return the house that use cases take, with a world's plan and agencies."""
    data = replace(CONFIGURATION, plans=(world.plan,), agencies=world.agencies, fingerprint=NEVER_CHANGED)
    return House(Settings(database_url="sqlite://"), data, world.plan, engine)


def play(engine: Engine, world: World) -> None:
    """Let the whole story happen, each happening in a transaction of its own."""
    for happening in world.story:
        with writing(engine) as connection:
            match happening:
                case Sweep(on, item):
                    sweep(connection, world, on, item)
                case Submit(number, on):
                    _submit(connection, world, find(connection, world.plan.key, f"duty-{number}"), on)
                case Reopen(number, on):
                    _reopen(connection, find(connection, world.plan.key, f"duty-{number}"), on)


def sweep(
    connection: Connection, world: World, on: date, item: str | None = None
) -> tuple[Counter[str | None], Counter[str | None]]:
    """Sweep a day; return by item how many were opened and how many notices were recorded."""
    day = Day(
        plan=world.plan.key,
        focal=FOCAL,
        top=TOP,
        at=morning_of(on),
        on=on,
        working=CALENDAR.is_working(on),
        mondays_mail=CALENDAR.monday_mail(on),
        item=item,
        repeat_on=repeat_day(world.plan.settings, on, CALENDAR),
    )
    return open_due(connection, day), record_notices(connection, day)


def _submit(connection: Connection, world: World, row: Obligation, on: date) -> None:
    if row.work_state != WorkState.OPEN:
        return
    act(connection, row, Action.SUBMIT, _entry(row, on), version=row.version + 1, done_on=on)
    sleep_legs(connection, row.id)
    review = Schedules(connection, CALENDAR).ensure(world.ladder(REVIEW), on, on)
    start_leg(connection, row.id, LegKind.REVIEW, review, on)


def _reopen(connection: Connection, row: Obligation, on: date) -> None:
    if row.work_state != WorkState.SUBMITTED:
        return
    act(connection, row, Action.RECEIVE, _entry(row, on))
    sleep_legs(connection, row.id)
    received = sole(connection, Obligation, select(obligations).where(obligations.c.id == row.id))
    act(connection, received, Action.REOPEN, _entry(row, on), done_on=None)
    wake_lead(connection, row.id)


def _entry(row: Obligation, on: date) -> Entry:
    return Entry(at=morning_of(on), by=row.agency_id, what="story")


Recorded = dict[Identity, tuple[Said, tuple[str, str]]]


def recorded(engine: Engine) -> Recorded:
    """Return every notice: its identity, what it says, and in what role it means whom."""
    query = (
        select(notices, obligations.c.key.label("obligation"), legs.c.name.label("leg"))
        .join(obligations, obligations.c.id == notices.c.obligation_id)
        .join(legs, legs.c.id == notices.c.leg_id)
    )
    with reading(engine) as connection:
        return {
            (n.obligation, n.leg, n.step, n.recipient_id): (
                Said(n.fires_on, n.recorded_on, n.mail_on, n.template, n.missed, n.streak),
                (n.role, n.meant_for_id),
            )
            for n in connection.execute(query)
        }


def listed(engine: Engine) -> dict[tuple[str, str], date]:
    """Return what stands on the list of proposals, by obligation and leg, and since when."""
    query = select(proposals, obligations.c.key).join(
        obligations, obligations.c.id == proposals.c.obligation_id
    )
    with reading(engine) as connection:
        names = {row.id: row.name for row in connection.execute(select(legs.c.id, legs.c.name))}
        return {
            (p.key, names[int(p.episode.removeprefix("leg:"))]): p.entered_on
            for p in connection.execute(query)
        }
