"""Large worlds of open obligations, written by the database itself."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import (
    Column,
    ColumnElement,
    Connection,
    Date,
    FromClause,
    Integer,
    MetaData,
    Subquery,
    Table,
    Text,
    case,
    cast,
    func,
    literal,
    literal_column,
    select,
    true,
    union_all,
)

from obligations.model import Judged, Kind, WorkState
from store.engine import writing
from store.schedules import Schedules
from store.schema import history, legs, obligations, schedule_steps
from tasks_lib.duties.initialise import initialise
from tasks_lib.kernel.bootstrap import House

TODAY = date(2022, 8, 16)
"""A Tuesday without a holiday about it: no weekly mail is due."""
FAR = date(2022, 12, 20)
STEPS = (-5, -1, 2, 4, 5)
"""The steps that are due today, each for its share of what is due."""

bench = MetaData()
communes = Table(
    "bench_communes", bench, Column("number", Integer), Column("id", Text), Column("superior", Text)
)
shares = Table(
    "bench_shares", bench, Column("number", Integer), Column("schedule", Integer), Column("last_day", Date)
)


@dataclass(frozen=True)
class World:
    """How many obligations are open, and of how many a step is due today."""

    total: int
    due: int


def build(house: House, world: World) -> None:
    """Lay a database out and fill it with open obligations of communes in place of the plan's own."""
    initialise(house)
    bench.drop_all(house.engine)
    bench.create_all(house.engine)
    with writing(house.engine) as connection:
        for table in (legs, history, obligations):
            connection.execute(table.delete())
        connection.execute(communes.insert(), _communes(house))
        connection.execute(shares.insert(), _shares(connection, house))
        _write_obligations(connection, house, world)
        _write_legs(connection)
    with house.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.exec_driver_sql("ANALYZE")


def _communes(house: House) -> list[dict[str, object]]:
    found = (a for a in house.configuration.agencies.values() if a.next_desk)
    return [{"number": n, "id": a.id, "superior": a.superior} for n, a in enumerate(found)]


def _shares(connection: Connection, house: House) -> list[dict[str, object]]:
    """Return the ladders by share: one for each step that is due today, and one that is far ahead."""
    ladder = next(x for x in house.plan.ladders if x.kind is Kind.TASK and x.desks)
    schedules = Schedules(connection, house.calendar)
    opening = house.calendar.add(house.plan.signed_on, 2)
    days = [*(house.calendar.add(TODAY, -after) for after in STEPS), FAR]
    return [
        {"number": n, "schedule": schedules.ensure(ladder, day, opening), "last_day": day}
        for n, day in enumerate(days)
    ]


def _numbers(total: int) -> Subquery:
    """Return the numbers from 0 as rows, put together from digits on either database."""
    digits = [
        union_all(*(select(literal_column(str(d)).label("d")) for d in range(10))).subquery(f"digits_{place}")
        for place in range(len(str(total - 1)))
    ]
    first, *others = digits
    rows: FromClause = first
    number: ColumnElement[int] = first.c.d
    for place, digit in enumerate(others, start=1):
        rows = rows.join(digit, true())
        number = number + digit.c.d * 10**place
    return select(number.label("n")).select_from(rows).where(number < total).subquery("numbers")


def _write_obligations(connection: Connection, house: House, world: World) -> None:
    numbers = _numbers(world.total)
    many = connection.scalar(select(func.count()).select_from(communes)) or 1
    share = case((numbers.c.n < world.due, numbers.c.n % len(STEPS)), else_=len(STEPS))
    values: dict[str, ColumnElement[Any]] = {
        "plan": literal(house.plan.key),
        "key": literal("bench/") + cast(numbers.c.n, Text),
        "kind": literal(Kind.TASK.value),
        "item": literal("1.2"),
        "agency_id": communes.c.id,
        "reviewer_id": communes.c.superior,
        "period": literal("once"),
        "part": literal("lead"),
        "opened_on": literal(house.plan.signed_on, Date),
        **dict.fromkeys(("last_day", "first_day", "plan_day", "target"), shares.c.last_day),
        "judged": literal(Judged.COMPLETION.value),
        "why": literal(""),
        "schedule_id": shares.c.schedule,
        "work_state": literal(WorkState.OPEN.value),
        "version": literal(0),
        "updated_late": literal(value=False),
    }
    rows = (
        select(*values.values())
        .select_from(numbers)
        .join(communes, communes.c.number == numbers.c.n % many)
        .join(shares, shares.c.number == share)
    )
    connection.execute(obligations.insert().from_select(list(values), rows))


def _write_legs(connection: Connection) -> None:
    """Give every obligation its ladder as it stands this morning."""
    mine = schedule_steps.c.schedule_id == obligations.c.schedule_id
    passed = select(func.coalesce(func.max(schedule_steps.c.seq), 0)).where(
        mine, schedule_steps.c.fires_on < TODAY
    )
    following = select(func.min(schedule_steps.c.fires_on)).where(mine, schedule_steps.c.fires_on >= TODAY)
    rows = select(
        obligations.c.id,
        literal("lead").label("kind"),
        literal("lead").label("name"),
        obligations.c.schedule_id,
        obligations.c.opened_on,
        passed.scalar_subquery(),
        following.scalar_subquery(),
    )
    columns = ["obligation_id", "kind", "name", "schedule_id", "starts_on", "last_seq", "next_on"]
    connection.execute(legs.insert().from_select(columns, rows))
