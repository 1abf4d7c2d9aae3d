"""The run rehearsed: sweep and deliver as they are, in a transaction that is taken back, and nothing sent."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import date, datetime

from sqlalchemy import Connection

from notifications.outgoing import Outgoing
from obligations.calendar import ONE_DAY, ZONE
from obligations.errors import Invalid
from obligations.words import day as words
from store.counts import swept_on
from store.engine import reading, rehearsing
from store.outbox import mark_sent
from store.plans import started_on
from store.rows import Message
from tasks_lib.duties.initialise import bring_up_to_date
from tasks_lib.kernel.bootstrap import House
from tasks_lib.kernel.clock import local_day, morning_of
from tasks_lib.kernel.delivering import SendingHours, is_gone, lease_of, owner_name
from tasks_lib.kernel.mail_hold import Hold, mail_hold
from tasks_lib.mailing.bounces import take_returned
from tasks_lib.mailing.gather import BATCH, gather
from tasks_lib.mailing.ready import ready_to_send
from tasks_lib.mailing.sql.claims import Claim, Claimed, claim
from tasks_lib.mailing.sql.letters import parked_among
from tasks_lib.rounds.sweep import sweep_within

FARTHEST = 62
"""So many days are gone through at most, each with its sweep and its delivery [ours]."""


@dataclass(kw_only=True)
class Rehearsed:
    """A day as it would go, while the transaction still stands."""

    connection: Connection
    at: datetime
    held_until: datetime | None
    """When no mail leaves on that day: the next instant at which it may."""
    on_hold: Hold | None
    """All mail waits since a restore."""
    leaving: list[tuple[Claimed, Outgoing]] = field(default_factory=list)
    parked: list[Message] = field(default_factory=list)
    """Messages that would be kept back for a fault of their own."""


def runs_from(house: House, today: date, on: date) -> date:
    """Return the first day the engine runs on the way to `on`, when it runs every day from today.

    A plan that was neither started nor ever swept is taken as started on the day itself.
    """
    with reading(house.engine) as connection:
        started, swept = started_on(connection, house.plan.key), swept_on(connection, house.plan.key)
    if started is None and swept is None:
        return on
    return min(max(today, started or today), on)


@dataclass(frozen=True, kw_only=True)
class Run:
    """A plan in a rehearsal: from which day its engine runs, and what else sends with it."""

    house: House
    since: date
    beside: tuple[str, ...] = ()


@contextmanager
def rehearsed(
    house: House,
    on: date,
    since: date | None = None,
    now: datetime | None = None,
    others: Sequence[Run] = (),
) -> Iterator[Rehearsed]:
    """Go through the days from `since` (by default `on` alone) to `on`, and give the last as it would go.

    Days before `since` on which nothing ran are an outage, exactly as for the run itself. What `now` lies
    behind today's morning, today's run does. `others` are plans that run and send beside it.
    """
    runs = [Run(house=house, since=min(since or on, on)), *others]
    first = min(run.since for run in runs)
    _check_near(first, on)
    keys = [run.house.plan.key for run in runs]
    runs = [replace(run, beside=tuple(k for k in keys if k != run.house.plan.key)) for run in runs]
    with rehearsing(house.engine) as connection:
        for run in runs:
            bring_up_to_date(connection, run.house, _instant(first, now))
        take_returned(house, _instant(first, now), within=connection)
        day = first
        while day < on:
            _play(connection, [run for run in runs if run.since <= day], _instant(day, now))
            day += ONE_DAY
        yield _last(connection, runs, _instant(on, now))


def _check_near(first: date, on: date) -> None:
    if (on - first).days > FARTHEST:
        raise Invalid(
            f"ngày {words(on)}: mỗi ngày từ {words(first)} phải chạy thử, nên chỉ xem trước được"
            f" {FARTHEST} ngày, đến ngày {words(first + FARTHEST * ONE_DAY)}"
        )


def _instant(day: date, now: datetime | None) -> datetime:
    morning = morning_of(day)
    return max(now, morning) if now is not None and local_day(now) == day else morning


def _play(connection: Connection, runs: Sequence[Run], at: datetime) -> None:
    """Let a day go by; its mails leave without being put into words."""
    for run in runs:
        sweep_within(connection, run.house, at)
    hours = SendingHours(runs[0].house.calendar, runs[0].house.settings)
    if hours.held_until(at) is not None or mail_hold(connection) is not None:
        return
    for run in runs:
        gather(connection, run.house, at, beside=run.beside)
        for batch in _claims(connection, run.house, at):
            for row in batch:
                mark_sent(connection, row.id, at)


def _last(connection: Connection, runs: Sequence[Run], at: datetime) -> Rehearsed:
    for run in runs:
        sweep_within(connection, run.house, at)
    house = runs[0].house
    found = Rehearsed(
        connection=connection,
        at=at,
        held_until=SendingHours(house.calendar, house.settings).held_until(at),
        on_hold=mail_hold(connection),
    )
    if found.held_until is None and found.on_hold is None:
        for run in runs:
            gather(connection, run.house, at, beside=run.beside)
            _send_nothing(run.house, found)
    return found


def _send_nothing(house: House, found: Rehearsed) -> None:
    """Make everything ready as a delivery does; what it would hand to the server is kept in memory."""
    for batch in _claims(found.connection, house, found.at):
        ready = ready_to_send(found.connection, house, batch, found.at)
        found.leaving += [pair for pair in ready.pairs if pair[0].note is None]
        for row, _ in ready.pairs:
            mark_sent(found.connection, row.id, found.at)
        if ready.held:
            found.parked += parked_among(found.connection, [row.id for row in batch])


def _claims(connection: Connection, house: House, at: datetime) -> Iterator[list[Claimed]]:
    """Take all that a day's deliveries try, also what is to be tried again later on the day."""
    end = datetime.combine(local_day(at), house.settings.sending_ends, ZONE)
    claiming = Claim(
        plan=house.plan.key,
        owner=owner_name(),
        on=local_day(at),
        at=end,
        now=at,
        lease=lease_of(house.settings),
        is_gone=is_gone,
    )
    while claimed := claim(connection, claiming, BATCH):
        yield claimed
