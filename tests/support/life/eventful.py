"""A half-year in which everything happens that a mail tells of, in some districts and above them.

Units answer now and then; beside that addresses break, days move, places rest, the engine stands still,
documents are entered, people sign in, present, pass on and direct. Tests and people read what is told of it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

from sqlalchemy import select

from notifications.memory import KEPT, MemoryTransport
from notifications.outgoing import Outcome, Outgoing
from notifications.refusals import Answer, refused, taken
from store.engine import reading
from store.schema import obligations
from tasks_lib.duties.events import Event, record_event
from tasks_lib.duties.initialise import initialise
from tasks_lib.kernel.bootstrap import House
from tasks_lib.kernel.clock import morning_of
from tasks_lib.mailing.deliver import deliver
from tasks_lib.mailing.notes import deliver_notes
from tasks_lib.rounds.sweep import sweep
from tasks_lib.simulation.behaviours import (
    DILIGENT,
    ON_PAPER,
    ORDINARY,
    SLOW,
    Behaviour,
    Cast,
    Course,
    Duty,
    Manner,
    Verdict,
)
from tasks_lib.simulation.player import Player
from tests.support.houses.houses import rewritten
from tests.support.houses.small import leave_only
from tests.support.life.eventful_days import BAC_HA, CITY, Happening, fill, noon
from tests.support.life.stories import A_MU_SUNG, BAT_XAT, MUONG_VI, SA_PA, SO_NOI_VU, Y_TY, morning

FIRST, LAST = date(2022, 6, 30), date(2022, 12, 31)


@dataclass(frozen=True)
class World:
    """Who lives through it, and until when."""

    communes: Mapping[str, int]
    """So many communes of each district, those that something happens to among them."""
    last: date
    upper: tuple[str, ...] = ()
    """Whoever else owes something of those above the districts; empty for all."""


WHOLE = World(communes={BAT_XAT: 6, SA_PA: 4, BAC_HA: 3, CITY: 3}, last=LAST)
FEW_WEEKS = World(
    communes={BAT_XAT: 3, SA_PA: 3, BAC_HA: 2, CITY: 1},
    last=date(2022, 8, 5),
    upper=(SO_NOI_VU, "so-du-lich"),
)
SHY = Behaviour(
    name="eventful",
    characters=((25, DILIGENT), (40, ORDINARY), (10, ON_PAPER), (15, SLOW), (10, {Manner.SILENT: 1})),
    verdicts={Verdict.ACCEPT: 60, Verdict.ASK_MORE: 15, Verdict.SILENT: 25},
    review_days=(1, 2, 3, 4),
    corrected=0.5,
    pauses=True,
)
BEFORE_THE_FREE_DAY = date(2022, 9, 20)
"""The last day before the calendar is changed."""
OUTAGE = (date(2022, 10, 12), date(2022, 10, 19))
FREE_DAY = (
    "[[off]]\ndate = 2026-01-02",
    '[[off]]\ndate = 2022-09-30\nnote = "Nghỉ thiên tai"\n\n[[off]]\ndate = 2026-01-02',
)

SILENT = (f"{BAC_HA}:", "so-du-lich:", "1.1/so-noi-vu/", f"5.2/{A_MU_SUNG}/")
"""Whoever never answers, as "agency:", and duties that nobody answers, by the beginning of their keys."""


class Fated(Cast):
    """Everybody as the dice fall, but for those that never answer."""

    def course(self, duty: Duty) -> Course:
        never = f"{duty.agency}:" in SILENT or duty.key.startswith(SILENT)
        return Course(manner=Manner.SILENT) if never else super().course(duty)


class Server(MemoryTransport):
    """Takes what it is given but for the addresses that do not exist."""

    def __init__(self) -> None:
        super().__init__()
        self.unknown: set[str] = set()

    def send(self, message: Outgoing) -> Outcome:
        if no := self.unknown & set(message.addresses):
            answer = Answer.said("rcpt", 550, "5.1.1 hop thu khong ton tai")
            return refused(answer, message.addresses, {a: answer.to(a) for a in no})
        self.sent.append(message)
        return taken(KEPT, message.addresses, {})


class HalfYear:
    """Lives through it day by day; what is sent can be read in the database."""

    def __init__(self, house: House, folder: Path, behaviour: Behaviour = SHY, seed: int = 5) -> None:
        self.house = house
        self.folder = folder
        self.server = Server()
        self.unknown = self.server.unknown
        self.player = Player(house, Fated(behaviour, seed, house.calendar), FIRST, LAST)
        self.happens: dict[date, list[Happening]] = {}

    def on(self, day: str, what: Happening) -> None:
        """Let something happen in the afternoon of a day."""
        self.happens.setdefault(date.fromisoformat(day), []).append(what)

    def live(self, first: date, last: date, house: House | None = None) -> None:
        """Let the days of a stretch go by; the engine stands still in the outage."""
        house = house or self.house
        day = first
        while day <= last:
            if not OUTAGE[0] <= day <= OUTAGE[1]:
                sweep(house, morning_of(day))
                deliver(house, morning_of(day), transport=self.server)
            for what in self.happens.pop(day, []):
                what(house)
            self.player.play(day)
            deliver_notes(house, noon(day), transport=self.server)
            day += timedelta(days=1)


def owed(house: House, world: World) -> list[str]:
    """What the chosen units owe."""
    chosen: list[str] = []
    for district, few in world.communes.items():
        own = [key for key, a in house.configuration.agencies.items() if a.superior == district]
        named = [key for key in (A_MU_SUNG, MUONG_VI, Y_TY) if key in own]
        chosen += [district, *list(dict.fromkeys((*named, *own)))[: max(few, len(named))]]
    upper = [key for key, a in house.configuration.agencies.items() if a.level.top]
    with reading(house.engine) as connection:
        mine = obligations.c.agency_id.in_([*chosen, *(world.upper or upper)])
        return list(connection.scalars(select(obligations.c.key).where(mine)))


def lived(house: House, folder: Path, world: World = WHOLE) -> HalfYear:
    """The half-year or its first weeks, lived through from the plan freshly initialised."""
    leave_only(house, *owed(house, world))
    year = HalfYear(house, folder)
    fill(year)
    year.live(FIRST, min(world.last, BEFORE_THE_FREE_DAY))
    if world.last > BEFORE_THE_FREE_DAY:
        next_day = BEFORE_THE_FREE_DAY + timedelta(days=1)
        with rewritten(house, folder / "calendar", "calendar.toml", FREE_DAY) as changed:
            initialise(changed, morning_of(next_day))
            year.live(next_day, world.last, changed)
    return year


def two_projects(house: House, *titles: str) -> None:
    """Compensation plans of projects in one commune were approved on 10/8 and are known the day after."""
    for title in titles:
        event = Event(item="2.5", agency=MUONG_VI, on=date(2022, 8, 10), title=title)
        record_event(house, event, MUONG_VI, morning("2022-08-11"))
