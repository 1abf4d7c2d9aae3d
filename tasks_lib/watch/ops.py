"""What whoever runs the system needs: how far the engine came, mail that does not leave, links, days off."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from importlib.metadata import version

from obligations.calendar import SATURDAY
from obligations.errors import Invalid, Refused
from store import access as link_log
from store.access import LinkUse
from store.engine import reading, writing
from store.journal import Happening, write
from store.outbox import revive
from tasks_lib.kernel.bootstrap import House
from tasks_lib.kernel.clock import local_day
from tasks_lib.kernel.links import known
from tasks_lib.kernel.rhythm import next_delivery, next_round
from tasks_lib.mailing.holds import Held, held
from tasks_lib.watch.sql import ops

AHEAD = timedelta(days=31)
OFF_AHEAD = timedelta(days=90)
USES_SINCE = timedelta(days=7)
MOST_USES = 200
ENGINES = {"sqlite": "SQLite", "postgresql": "PostgreSQL"}


@dataclass(frozen=True, kw_only=True)
class OddDay:
    """A weekday that offices do not work, or a weekend day on which they do."""

    day: date
    working: bool


@dataclass(frozen=True, kw_only=True)
class Operations:
    """Everything on the page of whoever runs the system."""

    version: str
    database: str
    started_on: date | None
    swept_on: date | None
    next_round: datetime
    next_delivery: datetime
    sessions: int
    outbox: tuple[ops.OutboxCount, ...]
    troubled: tuple[ops.Troubled, ...]
    parked: tuple[ops.ParkedNotice, ...]
    held: tuple[Held, ...]
    forwarded: tuple[ops.Forwarded, ...]
    coming: tuple[ops.Coming, ...]
    odd_days: tuple[OddDay, ...]
    links: tuple[ops.LinksOpen, ...]


@dataclass(frozen=True, kw_only=True)
class LinkLog:
    """How an agency's links are used."""

    valid: int
    """How many open something now."""
    uses: tuple[LinkUse, ...]


def operations(house: House, at: datetime) -> Operations:
    """Read how the system runs, and what it does next."""
    on, key = local_day(at), house.plan.key
    kept_back = tuple(held(house, on))
    with reading(house.engine) as connection:
        plan = ops.plan_row(connection, key)
        return Operations(
            version=version("dondoc"),
            database=_database(house),
            started_on=plan.started_on,
            swept_on=plan.swept_on,
            next_round=next_round(at),
            next_delivery=next_delivery(at, house.calendar),
            sessions=ops.open_sessions(connection, key, at),
            outbox=tuple(ops.outbox_counts(connection, key, on)),
            troubled=tuple(ops.troubled_messages(connection, key)),
            parked=tuple(ops.parked_notices(connection, key)),
            held=kept_back,
            forwarded=tuple(ops.forwarded(connection, house.plan)),
            coming=tuple(ops.coming(connection, key, on, on + AHEAD)),
            odd_days=_odd_days(house, on),
            links=tuple(ops.links_by_purpose(connection, key, at, at - USES_SINCE)),
        )


def mail_today(house: House, at: datetime) -> dict[str, int]:
    """Count the mails of the day by state."""
    with reading(house.engine) as connection:
        return {row.state: row.today for row in ops.outbox_counts(connection, house.plan.key, local_day(at))}


def retry(house: House, numbers: Collection[int] | None, at: datetime) -> int:
    """Try messages again that were given up or parked, all or those named; return how many."""
    with writing(house.engine) as connection:
        count = revive(connection, house.plan.key, at, None if numbers is None else list(numbers))
        chosen = {"messages": sorted(numbers) if numbers is not None else "all", "count": count}
        write(connection, Happening(at=at, plan=house.plan.key, what="mail-retry", details=chosen))
        return count


def retry_named(house: House, numbers: Collection[int], at: datetime) -> int:
    """Do the same for mails named by number; refuse a number that is none, and mails that need no try."""
    with reading(house.engine) as connection:
        missing = sorted(set(numbers) - ops.known_messages(connection, house.plan.key, numbers))
        last = ops.last_message(connection, house.plan.key)
    if missing:
        there = f"số cuối là {last}" if last else "chưa có thư nào"
        raise Invalid(f"không có thư số {', '.join(map(str, missing))} ({there}; xem 'dondoc messages')")
    return retry_chosen(house, numbers, at)


def retry_chosen(house: House, numbers: Collection[int], at: datetime, *, lines: bool = False) -> int:
    """Do the same for what somebody ticked; refuse when none of it waits for that any more.

    With `lines`, parked notices whose mail has left without them go into mails of their own as well.
    """
    if not numbers and not lines:
        raise Refused("chưa chọn thư nào để gửi lại")
    count = retry(house, numbers, at)
    if not count and not lines:
        raise Refused("các thư đã chọn không còn ở trạng thái thôi gửi hoặc giữ lại")
    return count


def links_of(house: House, agency: str, at: datetime) -> LinkLog:
    """Read how an agency's links were used, the newest use first."""
    known(house, agency)
    with reading(house.engine) as connection:
        return LinkLog(
            valid=ops.valid_links(connection, house.plan.key, agency, at),
            uses=tuple(link_log.uses_of(connection, agency, MOST_USES)),
        )


def _database(house: House) -> str:
    """Name the engine the data stands in; its address may hold a password and is not shown."""
    name = house.engine.dialect.name
    return ENGINES.get(name, name)


def _odd_days(house: House, on: date) -> tuple[OddDay, ...]:
    days = (on + timedelta(days=number) for number in range(OFF_AHEAD.days))
    return tuple(
        OddDay(day=day, working=working)
        for day in days
        if (working := house.calendar.is_working(day)) != (day.weekday() < SATURDAY)
    )
