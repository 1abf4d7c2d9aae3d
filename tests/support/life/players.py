"""A world's story played on a real database by the use cases that units, desks and rounds are served by."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import replace
from datetime import date
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

from sqlalchemy import Connection, Engine, select

from config.settings import Settings
from obligations.chain import reviewer_of
from obligations.errors import Invalid, Refused
from obligations.ladder import repeat_day
from obligations.model import WorkState
from store.engine import open_engine, reading, writing
from store.ledger import find
from store.migrate import lay_out
from store.schema import legs, notices, obligations, plans, proposals
from tasks_lib.answering.submit import Answer, submit
from tasks_lib.desk.review import accept, reopen
from tasks_lib.duties.change import Decision
from tasks_lib.duties.pausing import Pause, pause_all
from tasks_lib.duties.sql.opening import Day, open_due
from tasks_lib.duties.sql.reconcile import Foreseen, reconcile
from tasks_lib.kernel.bootstrap import House
from tasks_lib.kernel.clock import morning_of
from tasks_lib.kernel.reach import sync_agencies
from tasks_lib.rollup.sign_off import missing_below
from tasks_lib.rounds.sql.sweep import record_notices
from tests.support.life.oracle import Identity, Said
from tests.support.life.worlds import (
    CALENDAR,
    CONFIGURATION,
    FOCAL,
    TOP,
    Happening,
    Reopen,
    Submit,
    Sweep,
    World,
    key_of,
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
    """Return what gives an empty database each time; one engine keeps the statements it has put together."""
    path = folder / "world.db"
    engine = open_engine(f"sqlite:///{path}", lasting=False)

    @contextmanager
    def fresh() -> Iterator[Engine]:
        path.write_bytes(laid_out())
        try:
            yield engine
        finally:
            engine.dispose()
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


def play(engine: Engine, world: World) -> tuple[Happening, ...]:
    """Let the whole story happen; return what came to pass of it: the rest was refused."""
    house = house_of(world, engine)
    return tuple(happening for happening in world.story if _happened(house, world, happening))


def _happened(house: House, world: World, happening: Happening) -> bool:
    try:
        match happening:
            case Sweep(on, item):
                with writing(house.engine) as connection:
                    sweep(connection, world, on, item)
            case Submit(number, on):
                hands_in(house, key_of(number), on)
            case Reopen(number, on):
                _is_opened_again(house, key_of(number), on)
    except (Refused, Invalid):
        return False
    return True


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


def hands_in(house: House, key: str, on: date) -> None:
    """Let the unit hand in with nothing to enclose; who consolidates names who is missing below."""
    with reading(house.engine) as connection:
        row = find(connection, house.plan.key, key)
        missing = missing_below(connection, house, row)
    submit(house, key, row.agency_id, morning_of(on), Answer(without="việc làm tại thôn", missing=missing))


def _is_opened_again(house: House, key: str, on: date) -> None:
    """Let the desk accept what was handed in, and open it again; what nobody reviews is opened at once."""
    with reading(house.engine) as connection:
        row = find(connection, house.plan.key, key)
    by = reviewer_of(house.agency(row.agency_id), house.plan)
    decision = Decision(key=key, by=by, as_of=morning_of(on), reason="ghi nhầm đơn vị")
    if row.work_state is WorkState.SUBMITTED:
        accept(house, decision)
    reopen(house, decision)


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
