"""The half-year in seconds: day by day the sweep, the mails and everybody's answers, without Prefect."""

from __future__ import annotations

import calendar
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

from config.settings import Settings
from notifications.memory import KEPT, MemoryTransport
from notifications.outgoing import Outcome, Outgoing
from notifications.refusals import taken
from obligations.errors import Invalid, Refused
from obligations.words import day as words
from store.chronicle import overdue_by_level
from store.counts import swept_on
from store.engine import open_engine, reading
from tasks_lib.duties.initialise import initialise
from tasks_lib.kernel.bootstrap import House
from tasks_lib.kernel.clock import morning_of
from tasks_lib.mailing.deliver import deliver as deliver_mail
from tasks_lib.rounds.sweep import sweep
from tasks_lib.simulation.behaviours import BEHAVIOURS, Cast
from tasks_lib.simulation.ledger import LedgerRow, MonthOfLevel, Snapshots, ledger, months, ordered, write_csv
from tasks_lib.simulation.player import Player

AFTERWARDS = timedelta(days=366)
"""How long after the plan's end its reminders are still replayed."""
Progress = Callable[[date, int], None]
"""Told after each day: the day, and how many days have been replayed."""


@dataclass(frozen=True, kw_only=True)
class Simulation:
    """What a replay did."""

    start: date
    end: date
    behaviour: str
    seed: int
    deeds: int
    """What people did: entries, reviews, events."""
    notices: int
    mails: int
    ledger: tuple[LedgerRow, ...]
    months: tuple[MonthOfLevel, ...]

    def write_ledger(self, path: Path) -> None:
        """Write the ledger as CSV; the same seed gives the same bytes."""
        write_csv(self.ledger, path)


class Vanishing(MemoryTransport):
    """Takes every message, counts it and lets it go: nothing leaves, and half a year needs no memory."""

    def __init__(self) -> None:
        super().__init__()
        self.count = 0

    def send(self, message: Outgoing) -> Outcome:
        """Count a message."""
        self.count += 1
        return taken(KEPT, message.addresses, {})


def simulate(
    house: House,
    start: date,
    end: date,
    behaviour: str,
    seed: int,
    *,
    progress: Progress | None = None,
    deliver: bool = True,
) -> Simulation:
    """Replay the plan from one day to another on a fresh database; the same seed gives the same ledger."""
    _check(start, end, behaviour)
    _check_within_life(house, end)
    initialise(house)
    _check_fresh(house)
    player = Player(house, Cast(BEHAVIOURS[behaviour], seed, house.calendar), start, end)
    outbox = Vanishing()
    ends: Snapshots = {}
    notices = 0
    for number in range((end - start).days + 1):
        day = start + timedelta(days=number)
        notices += _live(house, day, player, outbox if deliver else None)
        if day == end or day.day == calendar.monthrange(day.year, day.month)[1]:
            ends[day] = _overdue(house, day)
        if progress is not None:
            progress(day, number + 1)
    with reading(house.engine) as connection:
        return Simulation(
            start=start,
            end=end,
            behaviour=behaviour,
            seed=seed,
            deeds=player.done,
            notices=notices,
            mails=outbox.count,
            ledger=ordered(ledger(connection, house.plan.key)),
            months=months(connection, house.plan.key, house.plan.levels, ends),
        )


def _live(house: House, day: date, player: Player, outbox: Vanishing | None) -> int:
    """Let a day go by; return how many notices it recorded."""
    recorded = sweep(house, morning_of(day)).notices
    if outbox is not None:
        deliver_mail(house, morning_of(day), transport=outbox)
    player.play(day)
    return recorded


def scratch_house(house: House, folder: Path) -> House:
    """Return the same house over a database of its own in a folder that somebody else throws away."""
    settings = Settings(
        **{
            **house.settings.model_dump(),
            "home": folder,
            "database_url": f"sqlite:///{folder / 'replay.db'}",
        }
    )
    folder.mkdir(parents=True, exist_ok=True)
    engine = open_engine(settings.database_url, lasting=False, journalled=False)
    return House(settings, house.configuration, house.plan, engine)


def _check(start: date, end: date, behaviour: str) -> None:
    if behaviour not in BEHAVIOURS:
        raise Invalid(f"--behaviour: không có '{behaviour}'; chọn {', '.join(BEHAVIOURS)}")
    if end < start:
        raise Invalid(f"--to: {end} ở trước ngày bắt đầu {start}")


def _check_within_life(house: House, end: date) -> None:
    """Refuse a day long after the plan's end: every day until then would have to be gone through."""
    last = house.plan.valid_until + AFTERWARDS
    if end > last:
        raise Invalid(
            f"ngày {words(end)}: kế hoạch hết hiệu lực ngày {words(house.plan.valid_until)}, chỉ diễn lại"
            f" được đến ngày {words(last)}"
        )


def _check_fresh(house: House) -> None:
    with reading(house.engine) as connection:
        if swept_on(connection, house.plan.key) is not None:
            raise Refused("cơ sở dữ liệu đã có dữ liệu; diễn lại cả kỳ cần một cơ sở dữ liệu mới khởi tạo")


def _overdue(house: House, day: date) -> dict[str, int]:
    with reading(house.engine) as connection:
        return overdue_by_level(connection, house.plan.key, day)
