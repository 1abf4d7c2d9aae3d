"""How a state looks, days counted from today; and what must be true of it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Connection, bindparam, or_, select

from obligations.calendar import ONE_DAY
from obligations.deeds import HAND_OVER
from obligations.model import BESIDE_ITS_OWN, Role, WorkState
from obligations.obligation import Obligation
from store.door import all_of
from store.rows import Leg, Notice, PauseRow
from store.schema import legs, notices, pauses, schedule_roles, schedule_steps
from tests.explorer.province import FOCAL, Province

LONG_AGO = -24
"""Whatever lies further back than the longest ladder is equally long ago."""
LATE = {"overdue", "superior", "focal", "director", "list", "repeat"}
"""Templates that say a day is over."""
UNIT = (Role.SELF, Role.DIRECTOR)

# Read at every state, so they are put together once.
_LEGS = select(legs).where(legs.c.obligation_id == bindparam("of")).order_by(legs.c.id)
_s = schedule_steps.c
_STEPS = (
    select(_s.schedule_id, _s.seq, _s.code, _s.fires_on, _s.template, schedule_roles.c.role)
    .join(
        schedule_roles,
        (schedule_roles.c.schedule_id == schedule_steps.c.schedule_id)
        & (schedule_roles.c.seq == schedule_steps.c.seq),
    )
    .where(schedule_steps.c.schedule_id.in_(bindparam("of", expanding=True)))
    .order_by(schedule_steps.c.seq)
)
_NOTICES = select(notices).where(notices.c.obligation_id == bindparam("of")).order_by(notices.c.id)
_PAUSES = select(pauses).where(or_(pauses.c.place_id == bindparam("of"), pauses.c.everywhere))


@dataclass(frozen=True)
class Told:
    """A notice of one of the duty's own ladders."""

    id: int
    leg: int
    code: str
    template: str
    to_unit: bool
    to_focal: bool
    on: date
    fires_on: date
    missed: str
    alive: bool
    """It has left, or will."""
    waits: bool


@dataclass(frozen=True, kw_only=True, slots=True)
class StepOfSchedule:
    """A step of a frozen ladder, and whom it tells."""

    schedule_id: int
    seq: int
    code: str
    fires_on: date
    template: str
    role: Role


@dataclass(frozen=True)
class Look:
    """A duty on a day with all that bears on who hears next."""

    day: date
    duty: Obligation
    legs: list[Leg]
    steps: dict[int, list[StepOfSchedule]]
    told: list[Told]
    pauses: list[PauseRow]
    lost: frozenset[str]
    off: frozenset[date]

    @property
    def own(self) -> list[Leg]:
        """Its own ladders, oldest first."""
        return [leg for leg in self.legs if leg.kind not in BESIDE_ITS_OWN]

    def left(self, leg: Leg) -> list[StepOfSchedule]:
        """The steps a ladder has still before it."""
        return [s for s in self.steps[leg.id] if s.seq > leg.last_seq and s.fires_on >= leg.starts_on]


def look(province: Province, connection: Connection, day: date) -> Look:
    """Read how the duty stands."""
    duty = province.duty(connection)
    mine = all_of(connection, Leg, _LEGS, {"of": duty.id})
    by_schedule: dict[int, list[StepOfSchedule]] = {}
    given = {"of": sorted({leg.schedule_id for leg in mine})}
    for step in all_of(connection, StepOfSchedule, _STEPS, given):
        by_schedule.setdefault(step.schedule_id, []).append(step)
    look_ = Look(
        day,
        duty,
        mine,
        {leg.id: by_schedule.get(leg.schedule_id, []) for leg in mine},
        [],
        # A pause is of a place: what another took over rests only where that one's place does.
        all_of(connection, PauseRow, _PAUSES, {"of": duty.agency_id}),
        province.data.lost,
        province.data.off,
    )
    own = {leg.id for leg in look_.own}
    rows = all_of(connection, Notice, _NOTICES, {"of": duty.id})
    look_.told.extend(_told(row, duty) for row in rows if row.leg_id in own)
    return look_


def _told(row: Notice, duty: Obligation) -> Told:
    return Told(
        row.id,
        row.leg_id,
        row.step,
        row.template,
        to_unit=row.meant_for_id == duty.agency_id and row.role in (*UNIT, "desk") and row.template != "list",
        to_focal=row.recipient_id == FOCAL,
        on=row.recorded_on,
        fires_on=row.fires_on,
        missed=row.missed,
        alive=row.state != "cancelled",
        waits=row.state == "waiting",
    )


def canonical(at: Look, spent: tuple[Any, ...]) -> tuple[Any, ...]:
    """Return the state with its days counted from today, so that the same state later is the same."""

    def since(day: date | None) -> int | None:
        return None if day is None else max((day - at.day).days, LONG_AGO)

    duty = at.duty
    own = at.own[-1:]
    awake = [leg for leg in at.legs if leg.next_on is not None or leg in own]
    reaches = min([at.day, *(leg.next_on for leg in awake if leg.next_on is not None)])
    return (
        duty.work_state,
        duty.agency_id,
        since(duty.last_day),
        since(duty.plan_day),
        since(duty.answer_by),
        tuple(
            (
                leg.kind,
                leg.last_seq,
                leg.in_turn,
                since(leg.next_on),
                tuple((s.code, s.role, since(s.fires_on)) for s in at.left(leg)),
            )
            for leg in awake
        ),
        frozenset(
            (since(p.from_day), since(p.to_day), bool(p.withdrawn)) for p in at.pauses if end_of(p) >= reaches
        ),
        at.lost,
        frozenset(since(d) for d in at.off if d > at.day),
        unit_knows(at),
        focal_knows(at),
        tuple(t.code for t in at.told if t.waits),
        *spent,
    )


def end_of(pause: PauseRow) -> date:
    """Return the last day of a pause; one without a known end lasts beyond all walks."""
    return date(2100, 1, 1) if pause.to_day is None else pause.to_day


def days_to_wait(at: Look) -> int:
    """Return after how many days something can be different; what lies between is as it was."""
    duty = at.duty
    ahead = [leg.next_on for leg in at.legs if leg.next_on is not None]
    ahead += [duty.last_day + ONE_DAY, *([duty.answer_by + ONE_DAY] if duty.answer_by else [])]
    ahead += [day for p in at.pauses for day in (p.from_day, end_of(p) + ONE_DAY)]
    first = min((day for day in ahead if day > at.day), default=at.day + 5 * ONE_DAY)
    paused = any(p.from_day <= at.day <= end_of(p) for p in at.pauses if not p.withdrawn)
    at_once = not paused and any(leg.next_on is not None and leg.next_on <= at.day for leg in at.legs)
    return 1 if at_once else min((first - at.day).days, 20)


def unit_knows(at: Look) -> bool:
    """Whether the unit has been told on its present ladder that the day is over."""
    newest = at.own[-1].id if at.own else 0
    return any(t.to_unit and t.alive and t.leg == newest and t.template in LATE for t in at.told)


def focal_knows(at: Look) -> bool:
    """Whether Sở Nội vụ has been told since the duty's present last day."""
    return any(t.to_focal and t.alive and t.on > at.duty.last_day for t in at.told)


def faults(before: Look, after: Look, *, was_off: bool) -> Iterator[str]:
    """Return what is wrong with a state that has just come about, in words of an official."""
    duty, known = after.duty, {told.id for told in before.told}
    new = [told for told in after.told if told.id not in known]
    if duty.work_state != WorkState.OPEN:
        if new:
            yield f"đã có kết quả mà vẫn báo '{new[0].code}'"
        return
    if duty.last_day < after.day and not _reached(after):
        yield "quá hạn, chưa báo Sở Nội vụ từ hạn cuối hiện tại và không còn mức nào sẽ báo"
    standing = [p for p in after.pauses if not p.withdrawn]
    if new and any(p.from_day <= after.day <= end_of(p) for p in standing):
        yield f"đang tạm dừng mà vẫn báo '{new[0].code}'"
    for told in new:
        if told.template in LATE and duty.last_day >= after.day:
            yield f"còn hạn mà đã báo quá hạn ('{told.code}')"
        if not told.to_unit and not was_off and not _unit_before(after, told):
            yield f"cấp trên được báo ('{told.code}') trước chính đơn vị"
        if told.code == "list" and not was_off and not _above_before(after, told):
            yield "vào danh mục đề xuất trước khi Sở Nội vụ được báo"


def _reached(at: Look) -> bool:
    """Whether Sở Nội vụ has been told, or a living ladder still will."""
    hears = (Role.FOCAL, Role.DIRECTOR)
    will = any(leg.next_on is not None and any(s.role in hears for s in at.left(leg)) for leg in at.own)
    return will or focal_knows(at)


def _unit_before(at: Look, told: Told) -> bool:
    """Whether the unit was told on an earlier day of the same ladder that its day is over."""
    says = any(s.role in UNIT and s.template in LATE for s in at.steps[told.leg])
    own = [t for t in at.told if t.leg == told.leg and t.to_unit and t.on < told.on]
    told_so = {*LATE, HAND_OVER}  # what it took over it is told with the day that is over
    return any(t.template in told_so for t in own) if says else bool(own)


def _above_before(at: Look, told: Told) -> bool:
    """Whether somebody at Sở Nội vụ was told on an earlier day of the same ladder."""
    return any(
        t.leg == told.leg and t.on < told.on and t.code != "list" and t.to_focal and t.template in LATE
        for t in at.told
    )
