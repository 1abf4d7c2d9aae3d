"""A world's story told by the rule for one obligation, one by one, without a database."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date

from obligations.chain import recipient_of, reviewer_of
from obligations.days_of_ours import OF_A_CYCLE, Day, is_proposed
from obligations.ladder import Fire, Situation, opening_day, schedule
from obligations.model import Agency, Kind, Ladder, Planned, Rhythm, Role, WorkState
from tests.support.houses.ladders import Leg
from tests.support.life.worlds import CALENDAR, REVIEW, Happening, Reopen, Submit, Sweep, World, key_of

Identity = tuple[str, str, str, str]
"""Obligation, leg, step, recipient: what makes a notice one."""


@dataclass(frozen=True)
class Said:
    """What a notice says beside its identity."""

    fires_on: date
    recorded_on: date
    mail_on: date
    template: str
    missed: str
    streak: int


@dataclass
class Known:
    """One obligation as the rules see it."""

    planned: Planned
    state: WorkState = WorkState.WAITING
    done_on: date | None = None
    kept_on: date | None = None
    """When it was first done; to open it again does not take that back."""
    legs: dict[str, Leg] = field(default_factory=dict)
    awake: set[str] = field(default_factory=set)

    @property
    def own(self) -> str:
        """The name of the leg it began with."""
        return "request" if self.planned.kind is Kind.ROW else "lead"

    @property
    def newest(self) -> str:
        """The name of its newest leg that leads to its day: reviews are none."""
        return [name for name in self.legs if not name.startswith(REVIEW)][-1]


class Oracle:
    """Applies `decide` to every leg of every obligation for every sweep of a story."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.known = {planned.key: Known(planned) for planned in world.duties}
        self.said: dict[Identity, Said] = {}
        self.capacities: dict[Identity, set[tuple[str, str]]] = {}
        """In what roles, meaning whom: where two mean the same recipient, either may be recorded."""
        self.listed: dict[tuple[str, str], date] = {}

    def tell(self) -> tuple[Happening, ...]:
        """Let the whole story happen; return what came to pass: the rest is to be refused."""
        return tuple(happening for happening in self.world.story if self._happened(happening))

    def _happened(self, happening: Happening) -> bool:
        match happening:
            case Sweep(on, item):
                self._sweep(on, item)
                return True
            case Submit(number, on):
                return self._submit(self.known[key_of(number)], on)
            case Reopen(number, on):
                return self._reopen(self.known[key_of(number)], on)

    def _sweep(self, on: date, item: str | None) -> None:
        for one in self._opened(on, item):
            for name, leg in one.legs.items():
                fire = leg.fires(self._situation(one, name, on))
                if fire is not None:
                    self._record(one, name, fire, on)
                    one.legs[name] = leg.after(fire, on)

    def _opened(self, on: date, item: str | None) -> list[Known]:
        """Open what is due of an item, or of all; return all of it."""
        meant = [k for k in self.known.values() if item is None or k.planned.item == item]
        for one in meant:
            if one.state is WorkState.WAITING and one.planned.opened_on <= on:
                self._open(one)
        return meant

    def _open(self, one: Known) -> None:
        planned = one.planned
        opening = opening_day(self.world.plan, planned.last_day, CALENDAR)
        one.state = WorkState.OPEN
        one.legs[one.own] = self._leg(
            self.world.ladder(planned.ladder),
            planned.last_day,
            opening,
            planned.opened_on,
            in_turn=planned.waits_for is not None,
        )
        one.awake = {one.own}

    def _leg(
        self, ladder: Ladder, last_day: date, opening: date, starts_on: date, *, in_turn: bool = False
    ) -> Leg:
        steps = schedule(ladder, last_day=last_day, opening=opening, calendar=CALENDAR)
        return Leg(
            steps=steps,
            starts_on=starts_on,
            calendar=CALENDAR,
            in_turn=in_turn,
            settings=self.world.plan.settings,
        )

    def _submit(self, one: Known, on: date) -> bool:
        if on < self.world.plan.signed_on:
            return False
        if one.state is WorkState.WAITING and one.planned.opened_on <= on:
            self._opened(on, one.planned.item)  # who hands in before the morning's sweep opens what is due
        if one.state is not WorkState.OPEN:
            return False
        one.state, one.done_on, one.awake = WorkState.SUBMITTED, min(on, one.kept_on or on), set()
        if one.planned.kind is Kind.REPORT:
            self._climbs(one, REVIEW, self._leg(self.world.ladder(REVIEW), on, on, on))
        return True

    def _reopen(self, one: Known, on: date) -> bool:
        if one.done_on is None:
            return False
        one.kept_on = min(one.done_on, one.kept_on or one.done_on)
        one.state, one.done_on = WorkState.OPEN, None
        if on <= one.planned.last_day:
            one.awake = {one.newest}
            one.legs[one.newest] = replace(one.legs[one.newest], told_on=None)  # awake anew, the same day too
            return True
        until = CALENDAR.add(on, self.world.plan.settings.correction_working_days)
        self._climbs(one, "reopened", self._leg(self._frozen(one), until, on, CALENDAR.add(on, 1)))
        return True

    def _frozen(self, one: Known) -> Ladder:
        """Return its ladder as it froze: its steps stand in the order their days had when it opened."""
        ladder = self.world.ladder(one.planned.ladder)
        order = [step.code for step in one.legs[one.own].steps]
        return replace(ladder, steps=tuple(sorted(ladder.steps, key=lambda step: order.index(step.code))))

    def _climbs(self, one: Known, kind: str, leg: Leg) -> None:
        """Begin a further leg, numbered among those of its kind; the others sleep."""
        name = f"{kind}-{sum(known.startswith(kind) for known in one.legs) + 1}"
        one.legs[name], one.awake = leg, {name}

    # ---- what bears on a leg

    def _situation(self, one: Known, leg: str, on: date) -> Situation:
        agency = self.world.agencies[one.planned.agency]
        stops = [stop for stop in self.world.pauses if stop.place in (agency.id, *agency.above)]
        return Situation(
            on=on,
            active=leg in one.awake,
            paused=any(stop.from_day <= on <= stop.to_day for stop in stops),
            paused_until=max((stop.to_day for stop in stops if stop.from_day <= on), default=None),
            awaited=self._awaited(one.planned, on),
            streak=self._streak(one.planned),
        )

    def _awaited(self, planned: Planned, on: date) -> bool:
        if planned.waits_for is None or planned.waits_until is None:
            return False
        return planned.waits_until >= on and self.known[planned.waits_for].done_on is None

    def _streak(self, planned: Planned) -> int:
        streak, before = 1, planned.previous
        while before is not None:
            one = self.known[before]
            if one.done_on is not None and one.done_on <= one.planned.last_day:
                break
            streak, before = streak + 1, one.planned.previous
        return streak

    # ---- what is recorded

    def _record(self, one: Known, leg: str, fire: Fire, on: date) -> None:
        step, agency = fire.step, self.world.agencies[one.planned.agency]
        climbing = one.legs[leg]
        code = f"{step.code}-{climbing.repeats + 1}" if step.repeats else step.code
        planned = one.planned
        day = Day(
            kind=planned.kind,
            item=planned.item,
            last_day=planned.last_day,
            plan_day=planned.plan_day,
            synthesis=planned.kind in OF_A_CYCLE and planned.agency == self.world.plan.focal,
            by_our_rule=planned.ours,
        )
        off_the_list = step.code == "list" and is_proposed(day, one.done_on or on)
        said = Said(
            fires_on=climbing.due_again() if step.repeats else step.fires_on,
            recorded_on=on,
            mail_on=CALENDAR.monday_mail(on) if step.rhythm is Rhythm.MONDAY else on,
            template="focal" if off_the_list else step.template,
            missed=" ".join(fire.missed),
            streak=self._streak(one.planned),
        )
        for to in fire.to:
            meant = recipient_of(to.role, agency, reviewer_of(agency, self.world.plan), self.world.plan)
            if meant is None:
                continue
            recipient = self._reached(self.world.agencies[meant])
            identity = (one.planned.key, leg, code, recipient)
            above = step.repeats and to.role is Role.SUPERIOR
            self.said.setdefault(identity, replace(said, template="superior") if above else said)
            role = to.role if recipient == meant else "desk"
            self.capacities.setdefault(identity, set()).add((role, meant))
        if step.code == "list" and not off_the_list:
            self.listed[one.planned.key, leg] = on

    def _reached(self, meant: Agency) -> str:
        """Whom mail for an agency reaches: itself, or its superior's desk, or at last the focal one's."""
        if meant.contacts:
            return meant.id
        district = meant.next_desk
        if district is not None and self.world.agencies[district].contacts:
            return district
        return self.world.plan.focal
