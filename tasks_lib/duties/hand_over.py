"""The tree has changed: what was open with agencies that ended goes to their successors, ladders and all."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime

from sqlalchemy import Connection

from obligations.chain import next_above, reviewer_of
from obligations.hand_over import Move, moves, spent
from obligations.ladder import DatedStep, ladder_for
from obligations.model import Agency, Kind, LegKind, Role
from obligations.successors import Succession
from store.journal import Happening, write
from store.schedules import Schedules, days_of, steps_of
from tasks_lib.duties.sql.climbing_on import (
    LegOn,
    legs_of,
    own,
    stop_what_ended,
    tell_successors,
    turn_listed,
    turn_unsent,
    write_legs,
)
from tasks_lib.duties.sql.hand_over import These, Written, open_of, write_moves, write_reviewers
from tasks_lib.kernel.bootstrap import House
from tasks_lib.kernel.clock import local_day
from tasks_lib.kernel.succession import why


def hand_over(connection: Connection, house: House, as_of: datetime) -> int:
    """Hand over what is open with agencies that ended by a day, each change on its own; return how many.

    A second time it finds nothing. Where no change has come yet, nothing is read.
    """
    on = local_day(as_of)
    successors = house.configuration.successors
    due = [day for day in successors.days if day <= on]
    return sum(_of_one_day(connection, house, successors.of_day(day), as_of) for day in due)


def _of_one_day(connection: Connection, house: House, rows: Mapping[str, Succession], as_of: datetime) -> int:
    held = open_of(connection, house.plan.key, rows.keys())
    if not held:
        return 0
    successor = {key: row.new for key, row in rows.items()}
    taking = {new for duty in held if (new := successor[duty.agency_id]) is not None}
    found = moves(held, successor, open_of(connection, house.plan.key, taking))
    stood = {duty.id: duty.work_state for duty in held}
    these = write_moves(connection, found, _written(house, found, rows, as_of), stood)
    on = local_day(as_of)
    answer_by = house.calendar.add(on, house.plan.settings.review_working_days)
    reviewers = {new: reviewer_of(house.agency(new), house.plan) for new in sorted(taking)}
    write_reviewers(connection, house.plan.key, reviewers, answer_by)
    stop_what_ended(connection, these)
    turn_unsent(connection, these, on)
    turn_listed(connection, house.plan.key, these)
    _climb_on(connection, house, these, on)
    tell_successors(connection, these, on, house.calendar.next_working(on))
    write(connection, _happened(house, found, rows, as_of))
    return len(found)


def _written(house: House, found: list[Move], rows: Mapping[str, Succession], as_of: datetime) -> Written:
    pairs = {(move.old, move.new) for move in found}
    return Written(
        plan=house.plan.key,
        on=next(iter(rows.values())).on,
        at=as_of,
        resolutions={key: row.resolution for key, row in rows.items()},
        words={(old, new): why(house, rows[old]) for old, new in pairs},
    )


def _happened(house: House, found: list[Move], rows: Mapping[str, Succession], as_of: datetime) -> Happening:
    merged = sum(move.into is not None for move in found)
    over = sum(move.new is None for move in found)
    on = next(iter(rows.values())).on
    done: dict[str, object] = {
        "on": on.isoformat(),
        "resolutions": sorted({rows[move.old].resolution for move in found}),
        "handed_over": len(found) - merged - over,
        "merged": merged,
        "ended": over,
    }
    return Happening(
        at=as_of, plan=house.plan.key, what="hand-over-all", subject=on.isoformat(), details=done
    )


def _climb_on(connection: Connection, house: House, these: These, on: date) -> None:
    """Let ladders go on by the successor's place: what has been said stays said, who is new above hears."""
    climbing = _Climbing(connection, house, on)
    found = (climbing.on(leg) for leg in legs_of(connection, these))
    write_legs(connection, [leg for leg in found if leg is not None])


class _Climbing:
    """Finds for each ladder the one it goes on with; those alike are found once."""

    def __init__(self, connection: Connection, house: House, on: date) -> None:
        self._connection = connection
        self._house = house
        self._on = on
        self._schedules = Schedules(connection, house.calendar)
        self._steps: dict[int, tuple[DatedStep, ...]] = {}
        self._targets: dict[tuple[object, ...], int | None] = {}

    def on(self, leg: LegOn) -> dict[str, object] | None:
        """Return where a ladder goes on, or None where it stays as it is."""
        old, new = self._house.agency(leg.old), self._house.agency(leg.new)
        if leg.kind is LegKind.REVIEW:
            return self._review(leg, old, new)
        to = self._target(leg, new) if own(leg) else None
        if to is None or to == leg.schedule_id:
            return None
        before, after = self._dated(leg.schedule_id), self._dated(to)
        said = [step for step in before if step.seq <= leg.last_seq]
        passed = spent(said, after, _told_anew(old, new))
        return self._moved(leg, to, passed, self._following(leg, before, after, passed))

    def _review(self, leg: LegOn, old: Agency, new: Agency) -> dict[str, object] | None:
        """Another desk has the report from today on, and its full time."""
        plan = self._house.plan
        if leg.next_on is None or reviewer_of(old, plan) == reviewer_of(new, plan):
            return None
        to = self._schedules.again(leg.schedule_id, self._on, self._on)
        first = min(step.fires_on for step in self._dated(to))
        return {**self._moved(leg, to, 0, first), "to_starts_on": self._on}

    def _target(self, leg: LegOn, new: Agency) -> int | None:
        """Return the schedule of the ladder that fits the successor, dated as the present one is."""
        at = (
            leg.schedule_id,
            leg.duty,
            leg.item,
            new.level.key,
            len(new.desks),
            new.id == self._house.plan.focal,
        )
        if at not in self._targets:
            item = self._house.plan.item(leg.item) if leg.item else None
            ladder = ladder_for(
                self._house.plan,
                kind=leg.duty,
                agency=new,
                wording=item.deadline.wording if item else None,
                leg=LegKind.REQUEST if leg.duty is Kind.ROW else LegKind.LEAD,
            )
            days = days_of(self._connection, leg.schedule_id)
            self._targets[at] = self._schedules.ensure(ladder, *days) if ladder else None
        return self._targets[at]

    def _following(
        self, leg: LegOn, before: tuple[DatedStep, ...], after: tuple[DatedStep, ...], passed: int
    ) -> date | None:
        if leg.next_on is None:
            return None
        coming = [s for s in after if s.seq > passed and s.fires_on >= leg.starts_on]
        repeats = any(s.repeats for s in before if s.seq == leg.last_seq + 1)
        if coming and coming[0].repeats and repeats:
            return leg.next_on
        return min((s.fires_on for s in coming), default=None)

    def _dated(self, schedule: int) -> tuple[DatedStep, ...]:
        if schedule not in self._steps:
            self._steps[schedule] = steps_of(self._connection, schedule)
        return self._steps[schedule]

    def _moved(self, leg: LegOn, to: int, passed: int, following: date | None) -> dict[str, object]:
        return {
            "of": leg.id,
            "to_schedule_id": to,
            "to_starts_on": leg.starts_on,
            "to_last_seq": passed,
            "to_next_on": following,
        }


def _told_anew(old: Agency, new: Agency) -> set[Role]:
    """Return the roles in which somebody else hears of a successor's duties than heard before."""
    found = set()
    if next_above(old) != next_above(new):
        found.add(Role.SUPERIOR)
    if old.desks[1:2] != new.desks[1:2]:
        found.add(Role.UPPER)
    return found
