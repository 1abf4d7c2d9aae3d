"""What a chairperson or the director reads on a phone: late units first, since when, whom to call."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from obligations.days_of_ours import binding_day
from obligations.model import Contact
from obligations.reminders import NONE, Reminders
from obligations.states import WITH_THE_UNIT
from obligations.words import alphabetical
from store.directives import Directive, last_told, mails_of, told_since
from store.engine import reading
from store.late import LateDuty, past_duties
from store.people import contacts_of
from store.reminders import reminders
from tasks_lib.duties.change import actor
from tasks_lib.duties.our_days import Papers, day_of, read_papers
from tasks_lib.kernel.bootstrap import House
from tasks_lib.kernel.clock import local_day
from tasks_lib.kernel.duty_views import LateView, duty_fields
from tasks_lib.kernel.wording import name_of, place_name
from tasks_lib.leading.directives import may_direct

SHOWN_BACK = timedelta(days=60)
MOST_GIVEN = 20
FIRST_CALLED = ("leader", "director", "unit", "officer", "clerk", "desk", "substitute")
MOST_CALLED = 3


@dataclass(frozen=True, kw_only=True)
class LateTask(LateView):
    """One duty of a unit that is past its day."""

    weak: bool
    proposed: bool
    """Whether that day is only proposed: then it is overdue by nothing the plan says."""
    told_at: datetime | None
    """When leaders last said something about it."""


@dataclass(frozen=True, kw_only=True)
class LateUnit:
    """A unit with something past its day."""

    agency: str
    name: str
    contacts: tuple[Contact, ...]
    """Whom to call, the leader first."""
    tasks: tuple[LateTask, ...]

    @property
    def overdue(self) -> int:
        """How much of it is overdue by the plan."""
        return sum(not task.proposed for task in self.tasks)

    @property
    def asked(self) -> int:
        """How much of it is late against a proposed day."""
        return len(self.tasks) - self.overdue

    @property
    def since(self) -> date:
        """The last day of what is late longest."""
        return min(task.last_day for task in self.tasks)


@dataclass(frozen=True, kw_only=True)
class Area:
    """The late communes of one district, as the collator's director sees them."""

    district: str
    name: str
    units: int
    tasks: int


@dataclass(frozen=True, kw_only=True)
class Given:
    """One directive that was given: to several units at once."""

    at: datetime
    person: str
    text: str
    units: tuple[str, ...]
    tasks: int
    open: int
    """How many of these duties have not been reported yet."""


@dataclass(frozen=True, kw_only=True)
class Direction:
    """The whole page."""

    late: tuple[LateUnit, ...]
    calm: int
    """Units with nothing past its day."""
    areas: tuple[Area, ...]
    given: tuple[Given, ...]

    @property
    def tasks(self) -> int:
        """How many duties are overdue by the plan."""
        return sum(unit.overdue for unit in self.late)

    @property
    def asked(self) -> int:
        """How many are late against a proposed day."""
        return sum(unit.asked for unit in self.late)

    @property
    def overdue_units(self) -> int:
        """How many units have anything overdue by the plan."""
        return sum(unit.overdue > 0 for unit in self.late)


@dataclass(frozen=True, kw_only=True)
class SentMail:
    """One mail that carried a directive."""

    name: str
    addresses: tuple[str, ...]
    state: str


def direction(house: House, by: str, as_of: datetime) -> Direction:
    """Read what is overdue below an agency; the unit with most of it, and longest, first."""
    actor(house, by)
    on = local_day(as_of)
    below = [key for key, a in house.configuration.agencies.items() if may_direct(house, by, a)]
    with reading(house.engine) as connection:
        rows = past_duties(connection, house.plan.key, on)
        mine = [row for row in rows if row.agency_id in set(below)]
        ids = {row.obligation_id for row in mine}
        reminded = reminders(connection, ids, on + timedelta(days=1))
        told = last_told(connection, ids)
        papers = read_papers(connection, house, ids)
        contacts = contacts_of(connection, {row.agency_id for row in mine})
        given = told_since(connection, house.plan.key, by, below, as_of - SHOWN_BACK)
    tasks: dict[str, list[LateTask]] = defaultdict(list)
    for row in mine:
        at = told[row.obligation_id].at if row.obligation_id in told else None
        tasks[row.agency_id].append(_task(house, row, reminded.get(row.obligation_id, NONE), at, on, papers))
    late = [_unit(house, agency, contacts.get(agency, ()), found) for agency, found in tasks.items()]
    owing = {a for a in below if house.agency(a).exists_on(on)}
    return Direction(
        late=tuple(sorted(late, key=_most_first)),
        calm=len(owing - tasks.keys()),
        areas=_areas(house, [row for row in rows if not row.proposed]) if by == house.plan.focal else (),
        given=_given(house, given),
    )


def directive_mails(house: House, by: str, numbers: Sequence[int]) -> tuple[SentMail, ...]:
    """Return to whom directives of an agency were mailed; numbers of other mails show nothing."""
    with reading(house.engine) as connection:
        rows = mails_of(connection, house.plan.key, numbers)
    return tuple(
        SentMail(name=name_of(house, row.recipient_id), addresses=tuple(row.addresses), state=row.state)
        for row in rows
        # A unit without an address is written to through the desk above it: that is the agency itself.
        if row.recipient_id == by or may_direct(house, by, house.agency(row.recipient_id))
    )


def _task(
    house: House, row: LateDuty, reminded: Reminders, told_at: datetime | None, on: date, papers: Papers
) -> LateTask:
    item = house.plan.item(row.item) if row.item else None
    weak = {content.number for content in house.plan.contents if content.weak}
    last_day = binding_day(day_of(house, row, row.obligation_id, papers, on), on)
    return LateTask(
        **duty_fields(house, row, last_day),
        weak=item is not None and item.content in weak,
        proposed=row.proposed,
        days_late=house.calendar.between(last_day, on),
        reminded=reminded,
        told_at=told_at,
    )


def _unit(house: House, agency: str, contacts: Iterable[Contact], tasks: list[LateTask]) -> LateUnit:
    called = sorted((c for c in contacts if c.phone and c.role in FIRST_CALLED), key=_call_order)
    return LateUnit(
        agency=agency,
        name=name_of(house, agency),
        contacts=tuple(called[:MOST_CALLED]),
        tasks=tuple(sorted(tasks, key=lambda task: (task.proposed, not task.weak, task.last_day, task.key))),
    )


def _most_first(unit: LateUnit) -> tuple[int, int, date, object]:
    return -unit.overdue, -unit.asked, unit.since, alphabetical(unit.name)


def _call_order(contact: Contact) -> int:
    return FIRST_CALLED.index(contact.role)


def _areas(house: House, rows: Iterable[LateDuty]) -> tuple[Area, ...]:
    """Count the late communes by district, in the order of the list of agencies."""
    units: dict[str, set[str]] = defaultdict(set)
    tasks: Counter[str] = Counter()
    for row in rows:
        agency = house.agency(row.agency_id)
        if agency.next_desk is not None:
            units[agency.next_desk].add(agency.id)
            tasks[agency.next_desk] += 1
    order = [key for key in house.configuration.agencies if key in units]
    return tuple(
        Area(district=key, name=place_name(house.agency(key)), units=len(units[key]), tasks=tasks[key])
        for key in order
    )


def _given(house: House, rows: Iterable[Directive]) -> tuple[Given, ...]:
    """Gather what was said at once, whatever the number of units, the newest first."""
    together: dict[tuple[datetime, str, str], list[Directive]] = defaultdict(list)
    for row in rows:
        together[row.at, row.person or name_of(house, row.by), row.why].append(row)
    return tuple(
        Given(
            at=at,
            person=person,
            text=text,
            units=tuple(dict.fromkeys(name_of(house, row.agency_id) for row in reversed(found))),
            tasks=len(found),
            open=sum(row.work_state in WITH_THE_UNIT for row in found),
        )
        for (at, person, text), found in list(together.items())[:MOST_GIVEN]
    )
