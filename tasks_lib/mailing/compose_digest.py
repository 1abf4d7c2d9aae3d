"""Sở Nội vụ's Monday table: totals, what is new, by place, what waits, what falls due."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta

from sqlalchemy import Connection

from notifications.model import Digest, Line
from notifications.week import FallsDue, Place
from notifications.wording import clip, plain_date
from obligations.levels import Level
from obligations.model import Agency, Kind
from obligations.places import TOWNS, place_of, sort_of
from obligations.reckoning import LONG, Compared, Reckoning, added
from obligations.reminders import NONE
from obligations.words import about
from store import reckoning
from store.counts import sheets_overdue
from store.late import duties_meant, past_duties
from store.marks import marks
from store.people import without_address
from store.proposed import LISTED, entries
from store.reminders import reminders
from tasks_lib.duties.our_days import read_papers
from tasks_lib.kernel.bootstrap import House
from tasks_lib.kernel.clock import local_day, morning_of
from tasks_lib.kernel.journal_words import mark_on_paper
from tasks_lib.kernel.wording import ended_words, name_of, quarter_of, title
from tasks_lib.mailing.compose_line import described, is_excused
from tasks_lib.mailing.sql import digest as counts
from tasks_lib.mailing.sql.digest import UnitReckoned, units_reckoned
from tasks_lib.mailing.sql.mail_data import pauses_of

EVENT_WIDTH = 60
"""So much of an event's title names what falls due; the lists have all."""
WEEK = timedelta(days=7)


def digest_for(
    connection: Connection, house: House, recipient: Agency, on: date, *, weekly: bool, waiting: int
) -> Digest | None:
    """Return the table's counts if this is the focal agency's weekly mail, else None."""
    if recipient.id != house.plan.focal or not weekly:
        return None
    plan = house.plan.key
    lines, unworded = _lines(connection, house, on)
    units = units_reckoned(connection, house.plan.key, on)
    levels, top = _by_level(house, units), house.plan.levels.top.key
    since = max(house.calendar.week_start(on - WEEK), house.plan.signed_on)
    told = _last_told(connection, house)
    listed = entries(connection, plan, LISTED)
    return Digest(
        reckoned=added(reckoned for _, reckoned in levels),
        continuous=reckoning.continuous(connection, plan),
        long_overdue=reckoning.reach(connection, plan, on, house.calendar.add(on, -LONG)).long,
        overdue_by_level=tuple((level, reckoned.overdue) for level, reckoned in levels),
        compared=_compared(connection, house, on),
        areas=_places(house, [unit for unit in units if unit.level != top]),
        departments=_places(house, [unit for unit in units if unit.level == top]),
        awaiting_focal=waiting,
        extension_requests=counts.extension_requests(connection, plan, told),
        new_reasons=counts.new_reasons(connection, plan, told),
        proposals=sum(not duty.paused for duty in duties_meant(connection, plan, listed, on)),
        proposed_units=len({entry.agency_id for entry in listed}),
        due_this_week=_due_this_week(connection, house, on),
        sheets_overdue=sheets_overdue(connection, plan, on),
        sheets_missed=_missed_sheets(connection, house, on, since),
        not_supplied=_not_supplied(connection, house, on),
        undelivered=(*_undelivered(connection, house), *unworded),
        without_address=_without_address(connection, house),
        rows=tuple(line for line in lines if not line.ours),
        asked_rows=tuple(line for line in lines if line.ours),
        resting=_resting(connection, house, on),
        ended=ended_words(house.plan, on),
        journal_mark=mark_on_paper(connection),
    )


def _by_level(house: House, units: Sequence[UnitReckoned]) -> list[tuple[Level, Reckoning]]:
    """Reckon each level for itself, the highest first."""
    return [
        (level, added(unit.reckoned for unit in units if unit.level == level.key))
        for level in house.plan.levels.downwards
    ]


def _places(house: House, units: Iterable[UnitReckoned]) -> tuple[Place, ...]:
    """Gather units under their heads, where most is overdue first; a body that is never ranked comes last."""
    by_head: dict[str, list[UnitReckoned]] = defaultdict(list)
    for unit in units:
        by_head[unit.head].append(unit)
    known = house.configuration.agencies
    found = [
        (
            key in known and not known[key].ranked,
            Place(
                name=_place_name(house, key),
                reckoned=added(unit.reckoned for unit in mine),
                late_units=sum(unit.reckoned.overdue > 0 for unit in mine),
            ),
        )
        for key, mine in by_head.items()
    ]
    found.sort(key=lambda pair: (pair[0], -pair[1].reckoned.overdue, pair[1].name))
    return tuple(place for _, place in found if place.reckoned.total)


def _place_name(house: House, key: str) -> str:
    """Name a district by its place, a town by what it is too: Lào Cai alone would be the province."""
    agency = house.configuration.agencies.get(key)
    if agency is None or not agency.heads:
        return name_of(house, key)
    town = TOWNS.get(sort_of(place_of(agency.name)))
    return f"{town} {agency.short_name}" if town else agency.short_name


def _compared(connection: Connection, house: House, on: date) -> Compared | None:
    """Compare with the week before as it was known on its first morning; None where the plan is younger."""
    day = house.calendar.week_start(on - WEEK)
    if day <= house.plan.signed_on:
        return None
    return reckoning.compared(connection, house.plan.key, on, morning_of(day), day)


def _last_told(connection: Connection, house: House) -> datetime:
    """Return the morning of the last table: what came in on that day after it is not lost."""
    last = counts.last_digest(connection, house.plan.key, house.plan.focal)
    return morning_of(last or house.plan.signed_on)


def _due_this_week(connection: Connection, house: House, on: date) -> tuple[FallsDue, ...]:
    sunday = on + timedelta(days=6 - on.weekday())
    found = [(_named(house, row), row) for row in counts.due_between(connection, house.plan.key, on, sunday)]
    often = Counter(what for what, _ in found)
    return tuple(
        FallsDue(
            what=f"{what}{_of_level(house, row) if often[what] > 1 else ''}",
            last_day=row.last_day,
            reported=row.done,
            of_all=row.total,
            ours=row.proposed,
        )
        for what, row in found
    )


def _of_level(house: House, row: counts.FallsDue) -> str:
    """Tell apart what falls due on a day of each level's own."""
    return f" của {house.plan.levels.of(row.level).name}" if row.level else ""


def _named(house: House, row: counts.FallsDue) -> str:
    if row.item:
        apart = clip(row.event, EVENT_WIDTH) or quarter_of(house, row.item, row.period)
        return about(f"nhiệm vụ {row.item}", apart)
    if row.kind == Kind.PLAN:
        return "kế hoạch triển khai của đơn vị"
    return title(house, row.kind, None, row.period)


def _missed_sheets(
    connection: Connection, house: House, on: date, since: date
) -> tuple[tuple[str, str], ...]:
    return tuple(
        (name_of(house, row.agency_id), house.plan.period_name(row.period))
        for row in counts.missed_sheets(connection, house.plan.key, on, since)
    )


def _not_supplied(connection: Connection, house: House, on: date) -> tuple[tuple[str, str], ...]:
    return tuple(
        (name_of(house, row.agency_id), house.plan.period_name(row.period))
        for row in counts.not_supplied(connection, house.plan.key, on)
    )


def _undelivered(connection: Connection, house: House) -> list[tuple[str, str]]:
    """Name the addresses that take no mail, then the mails that did not leave for another reason."""
    standing = marks(connection)
    marked = {row.agency_id for row in standing}
    found = [
        (name_of(house, row.agency_id), f"{row.address}: {row.why}, từ {plain_date(local_day(row.since))}")
        for row in standing
    ]
    others = (row for row in counts.undelivered(connection, house.plan.key) if row.recipient_id not in marked)
    return [*found, *((name_of(house, row.recipient_id), row.error or "") for row in others)]


def _without_address(connection: Connection, house: House) -> tuple[str, ...]:
    """Name the agencies that have no address; one that takes no mail is named apart."""
    marked = {row.agency_id for row in marks(connection)}
    return tuple(name_of(house, key) for key in without_address(connection, house.plan) if key not in marked)


def _resting(connection: Connection, house: House, on: date) -> tuple[tuple[str, date], ...]:
    """Return the places whose pause has begun and has no end, the longest first."""
    found = [p for p in pauses_of(connection, house.plan.key) if p.to_day is None and p.from_day <= on]
    return tuple((name_of(house, p.place_id), p.from_day) for p in sorted(found, key=lambda p: p.from_day))


def _lines(connection: Connection, house: House, on: date) -> tuple[list[Line], list[tuple[str, str]]]:
    """Word what is past its day; one that cannot be worded must not keep the table from leaving."""
    found = past_duties(connection, house.plan.key, on)
    reminded = reminders(connection, {row.obligation_id for row in found}, on)
    papers = read_papers(connection, house, {row.obligation_id for row in found})
    pauses = pauses_of(connection, house.plan.key)
    lines, unworded = [], []
    for row in found:
        try:
            line = replace(
                described(house, row, on, papers),
                reminders=reminded.get(row.obligation_id, NONE),
                excused=is_excused(house.agency(row.agency_id), row.last_day, on, pauses),
            )
        except (LookupError, ValueError) as fault:
            unworded.append((row.key, f"không soạn được dòng này: {type(fault).__name__}: {fault}"))
            continue
        lines.append(line)
    return lines, unworded
