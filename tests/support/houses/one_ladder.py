"""A small world whose duties all climb one ladder, and what a sweep of it writes, for tests to read."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

from sqlalchemy import Engine, FromClause, select

from obligations.chain import settled
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
from store.engine import reading, writing
from tests.support.houses.levels import COMMUNE, DISTRICT, PROVINCE
from tests.support.life.players import sweep
from tests.support.life.worlds import BARE, FOCAL, REVIEW, TOP, Stop, World


def a_step(code: str, rule: StepRule, days: int, *to: Role, rhythm: Rhythm = Rhythm.DAILY) -> LadderStep:
    """A step that tells these; its template is named after it."""
    return LadderStep(
        code=code,
        rule=rule,
        days=days,
        to=tuple(LadderRole(role=role) for role in to),
        rhythm=rhythm,
        template=f"of {code}",
    )


# The last day is Wednesday 7/9/2022; 1 and 2/9 are days off.
LADDER = (
    a_step("-1", StepRule.OFFSET, -1, Role.SELF),
    a_step("+1", StepRule.OFFSET, 1, Role.SELF),
    a_step("+2", StepRule.OFFSET, 2, Role.SUPERIOR, rhythm=Rhythm.MONDAY),
    a_step("+3", StepRule.OFFSET, 3, Role.FOCAL, Role.DESK),
    a_step("list", StepRule.OFFSET, 7, Role.FOCAL),
    a_step("repeat", StepRule.REPEAT, 0, Role.SELF, Role.SUPERIOR),
)
SIGNED, LAST = date(2022, 8, 15), date(2022, 9, 7)
TUESDAY, THURSDAY, FRIDAY, MONDAY = (date(2022, 9, day) for day in (6, 8, 9, 12))
LISTED, AGAIN = date(2022, 9, 16), date(2022, 9, 30)


def a_duty(key: str = "duty-0", **differing: Any) -> Planned:  # noqa: ANN401 - any field
    duty = Planned(
        key=key,
        kind=Kind.TASK,
        item="1.2",
        agency="x1",
        period=ONCE,
        opened_on=SIGNED,
        last_day=LAST,
        plan_day=LAST,
        target=LAST,
        judged=Judged.COMPLETION,
        why="vì",
        ladder="a",
    )
    return replace(duty, **differing)


def a_world(*duties: Planned, pauses: tuple[Stop, ...] = (), steps: tuple[LadderStep, ...] = LADDER) -> World:
    """UBND tỉnh, Sở Nội vụ, a district, and two communes of which the second has no address."""
    ladders = tuple(Ladder(key=key, kind=Kind.TASK, steps=steps) for key in ("a", REVIEW))
    places = {
        TOP: (PROVINCE, None),
        FOCAL: (PROVINCE, TOP),
        "h1": (DISTRICT, TOP),
        "x1": (COMMUNE, "h1"),
        "x2": (COMMUNE, "h1"),
    }
    people = {
        key: Agency(
            id=key,
            name=key,
            level=level,
            superior=superior,
            contacts=() if key in (TOP, "x2") else (Contact(role="unit", address=f"{key}@x.example"),),
        )
        for key, (level, superior) in places.items()
    }
    return World(replace(BARE, ladders=ladders), settled(people), duties, pauses, ())


Counted = dict[str | None, int]


def swept(database: Engine, world: World, *days: date, item: str | None = None) -> list[tuple[Counted, ...]]:
    """Sweep days; return of each what was opened and what was recorded, by item."""
    found = []
    for day in days:
        with writing(database) as connection:
            found.append(tuple(dict(counted) for counted in sweep(connection, world, day, item)))
    return found


def rows(database: Engine, table: FromClause, *columns: str) -> list[tuple[Any, ...]]:
    """Return columns of all rows of a table, in the order in which they were written."""
    query = select(*(table.c[name] for name in columns)).order_by(table.c.id)
    with reading(database) as connection:
        return [tuple(row) for row in connection.execute(query)]
