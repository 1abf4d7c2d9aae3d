"""Frozen ladders: dated steps that obligations share, written once and never changed."""

from __future__ import annotations

from datetime import date
from hashlib import sha256

from sqlalchemy import Connection, select

from obligations.calendar import WorkingCalendar
from obligations.ladder import DatedStep, schedule
from obligations.model import Kind, Ladder, LadderRole, LadderStep, Rhythm, Role, StepRule
from store.schema import schedule_roles, schedule_steps, schedules


def _fingerprint(ladder: Ladder, last_day: date, opening: date, days: tuple[date, ...]) -> str:
    """Name a schedule by all that it consists of, so that equal ones are one row."""
    content = repr((ladder.steps, days))
    return f"{ladder.key}:{last_day}:{opening}:{sha256(content.encode()).hexdigest()[:16]}"


class Schedules:
    """Finds or writes schedules within one transaction."""

    def __init__(self, connection: Connection, calendar: WorkingCalendar) -> None:
        self._connection = connection
        self._calendar = calendar
        self._known: dict[tuple[Ladder, date, date], int] = {}
        self._frozen: dict[int, Ladder] = {}

    def again(self, schedule_id: int | None, last_day: date, opening: date) -> int:
        """Return the schedule of the same frozen steps for another last day or calendar."""
        if schedule_id is None:
            raise ValueError("what has no ladder climbs none")
        if schedule_id not in self._frozen:
            self._frozen[schedule_id] = frozen_ladder(self._connection, schedule_id)
        return self.ensure(self._frozen[schedule_id], last_day, opening)

    def ensure(self, ladder: Ladder, last_day: date, opening: date) -> int:
        """Return the id of the schedule that dates this ladder so."""
        at = (ladder, last_day, opening)
        if at not in self._known:
            self._known[at] = self._find_or_write(ladder, last_day, opening)
        return self._known[at]

    def _find_or_write(self, ladder: Ladder, last_day: date, opening: date) -> int:
        steps = schedule(ladder, last_day=last_day, opening=opening, calendar=self._calendar)
        name = _fingerprint(ladder, last_day, opening, tuple(s.fires_on for s in steps))
        found = self._connection.scalar(select(schedules.c.id).where(schedules.c.fingerprint == name))
        if found is not None:
            return int(found)
        written = self._connection.execute(schedules.insert().values(fingerprint=name))
        (key,) = written.inserted_primary_key or (0,)
        rules = {step.code: step for step in ladder.steps}
        self._connection.execute(
            schedule_steps.insert(),
            [
                {
                    "schedule_id": key,
                    "seq": s.seq,
                    "code": s.code,
                    "fires_on": s.fires_on,
                    "rhythm": s.rhythm,
                    "template": s.template,
                    "rule": rules[s.code].rule,
                    "days": rules[s.code].days,
                    "ends_turn": s.ends_turn,
                }
                for s in steps
            ],
        )
        self._connection.execute(
            schedule_roles.insert(),
            [
                {"schedule_id": key, "seq": s.seq, "role": to.role, "min_streak": to.min_streak}
                for s in steps
                for to in s.to
            ],
        )
        return int(key)


def frozen_ladder(connection: Connection, schedule_id: int) -> Ladder:
    """Rebuild the ladder a schedule was made from, to date it again by another calendar."""
    name = connection.scalar(select(schedules.c.fingerprint).where(schedules.c.id == schedule_id)) or ""
    roles: dict[int, list[LadderRole]] = {}
    for row in connection.execute(select(schedule_roles).where(schedule_roles.c.schedule_id == schedule_id)):
        roles.setdefault(row.seq, []).append(LadderRole(role=Role(row.role), min_streak=row.min_streak))
    steps = connection.execute(
        select(schedule_steps)
        .where(schedule_steps.c.schedule_id == schedule_id)
        .order_by(schedule_steps.c.seq)
    )
    return Ladder(
        key=name.split(":")[0],
        kind=Kind.TASK,  # a frozen ladder is never chosen again, so what it fits does not matter
        steps=tuple(
            LadderStep(
                code=s.code,
                rule=StepRule(s.rule),
                days=s.days,
                to=tuple(roles.get(s.seq, ())),
                rhythm=Rhythm(s.rhythm),
                template=s.template,
            )
            for s in steps
        ),
    )


def steps_of(connection: Connection, schedule_id: int) -> tuple[DatedStep, ...]:
    """Return the dated steps of a schedule, in their order."""
    ladder = frozen_ladder(connection, schedule_id)
    rows = connection.execute(
        select(schedule_steps.c.seq, schedule_steps.c.fires_on, schedule_steps.c.ends_turn)
        .where(schedule_steps.c.schedule_id == schedule_id)
        .order_by(schedule_steps.c.seq)
    )
    return tuple(
        DatedStep(
            seq=row.seq,
            code=step.code,
            fires_on=row.fires_on,
            to=step.to,
            rhythm=step.rhythm,
            template=step.template,
            repeats=step.rule is StepRule.REPEAT,
            ends_turn=row.ends_turn,
        )
        for row, step in zip(rows, ladder.steps, strict=True)
    )


def days_of(connection: Connection, schedule_id: int) -> tuple[date, date]:
    """Return the last day and the opening day that a schedule was dated by."""
    name = connection.scalar(select(schedules.c.fingerprint).where(schedules.c.id == schedule_id)) or ""
    _, last_day, opening, _ = name.rsplit(":", 3)
    return date.fromisoformat(last_day), date.fromisoformat(opening)
