"""A hand-over: which open duties go to the successor, which of several alike is kept, what has been said."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from obligations.kinds import OfKind
from obligations.ladder import DatedStep, audience
from obligations.model import Kind, Part, Role, WorkState
from obligations.period import Period


@dataclass(frozen=True, kw_only=True, slots=True)
class Held(OfKind):
    """An open duty on the day of a change, as far as it bears on who answers for it."""

    id: int
    kind: Kind
    item: str | None
    period: Period
    part: Part
    agency_id: str
    work_state: WorkState
    version: int
    last_day: date
    told: int
    """How many steps of its ladder have been said."""
    parent_id: int | None

    @property
    def may_be_merged(self) -> bool:
        """Whether nothing was handed in for it, so that another of the same says all of it.

        Two events of one item are two works, whoever they happened to.
        """
        return self.work_state is WorkState.OPEN and self.version == 0 and not self.period.is_event


@dataclass(frozen=True, kw_only=True)
class Move:
    """What becomes of one open duty."""

    obligation: int
    old: str
    new: str | None
    """None where nobody takes over: the duty ends with its holder."""
    into: int | None = None
    """The duty of the successor that says the same: this one ends in it."""


def moves(held: Iterable[Held], successor: Mapping[str, str | None], own: Iterable[Held]) -> list[Move]:
    """Return what becomes of the open duties of agencies that end; `own` is what the successors hold.

    What has been handed in stays a duty of its own, with its figures. Of what has not, a successor has one
    for the same item and period: its own, else the one told furthest, with the earliest day. So figures are
    counted once, and nobody is late twice for one duty.
    """
    ending = sorted(held, key=lambda duty: (duty.is_row, duty.id))
    kept = {_same(duty, duty.agency_id): duty.id for duty in own if duty.may_be_merged}
    reports: set[int] = set(kept.values())
    for duty in sorted(ending, key=lambda duty: (duty.is_row, -duty.told, duty.last_day, duty.id)):
        to = successor[duty.agency_id]
        if to is None or not duty.may_be_merged or duty.is_row:
            continue
        reports.add(kept.setdefault(_same(duty, to), duty.id))
    # Of rows alike the one under the report that is kept, so that a report keeps its own.
    for duty in sorted(ending, key=lambda duty: (duty.parent_id not in reports, duty.id)):
        to = successor[duty.agency_id]
        if to is not None and duty.may_be_merged and duty.is_row:
            kept.setdefault(_same(duty, to), duty.id)
    return [_move(duty, successor[duty.agency_id], kept) for duty in ending]


def _same(duty: Held, agency: str) -> tuple[object, ...]:
    return agency, duty.kind, duty.item, duty.period, duty.part


def _move(duty: Held, to: str | None, kept: Mapping[tuple[object, ...], int]) -> Move:
    into = kept.get(_same(duty, to)) if to is not None and duty.may_be_merged else None
    return Move(
        obligation=duty.id, old=duty.agency_id, new=to, into=into if into not in (None, duty.id) else None
    )


def spent(said: Iterable[DatedStep], ladder: Iterable[DatedStep], anew: Collection[Role] = ()) -> int:
    """Return up to which step another ladder is behind a duty by what was said on the first.

    A step is behind when everybody it tells has been told on its day or later; `anew` are the roles in which
    somebody else hears from now on, who has been told nothing. So nobody hears a step twice, and who stands
    above the successor still hears.
    """
    heard: dict[str, date] = {}
    for told in said:
        for who in audience(told) - set(anew):
            heard[who] = max(told.fires_on, heard.get(who, told.fires_on))
    behind = [
        step.seq
        for step in ladder
        if all(heard.get(who, date.min) >= step.fires_on for who in audience(step))
    ]
    return max(behind, default=0)
