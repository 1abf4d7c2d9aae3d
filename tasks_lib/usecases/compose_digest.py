"""Sở Nội vụ's Monday table: totals, what is new, by place, what waits, what falls due."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import date, timedelta

from sqlalchemy import Connection

from notifications.model import Digest, Line, Totals
from notifications.wording import plain_date
from obligations.model import Agency, Tier
from obligations.reminders import NONE
from store import digest as counts
from store.ledger import AnyRow
from store.mail_data import overdue_lines, pauses_of
from store.marks import marks
from store.people import without_address
from store.reminders import reminders
from tasks_lib.bootstrap import House
from tasks_lib.clock import local_day, morning_of
from tasks_lib.journal_words import mark_on_paper
from tasks_lib.usecases.compose_line import described, is_excused
from tasks_lib.wording import name_of, period_name, title

WEEK = timedelta(days=7)


def digest_for(
    connection: Connection,
    house: House,
    recipient: Agency,
    on: date,
    *,
    weekly: bool,
    waiting: int,
) -> Digest | None:
    """Return the table's counts if this is the focal agency's weekly mail, else None."""
    if recipient.id != house.plan.focal or not weekly:
        return None
    plan = house.plan.key
    rows, lines, unworded = _lines(connection, house, on)
    tiers = Counter(house.agency(row.agency_id).tier for row in rows)
    since = house.calendar.week_start(on - WEEK)
    before = house.calendar.week_start(since - WEEK)
    return Digest(
        totals=_totals(connection, plan, on),
        overdue_departments=tiers[Tier.PROVINCE],
        overdue_districts=tiers[Tier.DISTRICT],
        overdue_communes=tiers[Tier.COMMUNE],
        new_since=since,
        new_overdue=counts.became_overdue(connection, plan, since, on),
        new_overdue_before=counts.became_overdue(connection, plan, before, since),
        by_area=_by_area(house, rows),
        by_department=_by_department(house, rows),
        awaiting_focal=waiting,
        extension_requests=_extension_requests(connection, house),
        new_reasons=counts.new_reasons(connection, plan, since, on),
        proposals=counts.listed(connection, plan),
        due_this_week=_due_this_week(connection, house, on),
        sheets_missed=_missed_sheets(connection, house, on, since),
        not_supplied=_not_supplied(connection, house, on),
        undelivered=(*_undelivered(connection, house), *unworded),
        without_address=_without_address(connection, house),
        rows=tuple(lines),
        journal_mark=mark_on_paper(connection),
    )


def _totals(connection: Connection, plan: str, on: date) -> Totals:
    row = counts.totals(connection, plan, on)
    return Totals(
        due=row.due,
        done_in_time=row.done_in_time,
        done_late=row.done_late,
        running_in_time=row.running_in_time,
        running_late=row.running_late,
        continuous=row.rows,
    )


def _extension_requests(connection: Connection, house: House) -> int:
    """Count from the morning of the last table, so that one that came in on that day is not lost."""
    plan = house.plan
    last = counts.last_digest(connection, plan.key, plan.focal)
    return counts.extension_requests(connection, plan.key, morning_of(last or plan.signed_on))


def _by_area(house: House, rows: Sequence[AnyRow]) -> tuple[tuple[str, int], ...]:
    """Count late units (not obligations) by district, most first."""
    units = {row.agency_id for row in rows if house.agency(row.agency_id).tier is Tier.COMMUNE}
    found = Counter(_area(house, house.agency(unit)) for unit in units)
    return tuple(sorted(found.items(), key=lambda pair: (-pair[1], pair[0])))


def _area(house: House, commune: Agency) -> str:
    return house.agency(commune.superior).short_name if commune.superior else commune.name


def _by_department(house: House, rows: Sequence[AnyRow]) -> tuple[tuple[str, int], ...]:
    found = Counter(
        house.agency(row.agency_id).name
        for row in rows
        if house.agency(row.agency_id).tier is not Tier.COMMUNE
    )
    return tuple(sorted(found.items(), key=lambda pair: (-pair[1], pair[0])))


def _due_this_week(connection: Connection, house: House, on: date) -> tuple[tuple[str, date, int, int], ...]:
    sunday = on + timedelta(days=6 - on.weekday())
    return tuple(
        (
            f"nhiệm vụ {row.item}" if row.item else title(house, row.kind, None, row.period),
            row.last_day,
            row.done,
            row.total,
        )
        for row in counts.due_between(connection, house.plan.key, on, sunday)
    )


def _missed_sheets(
    connection: Connection, house: House, on: date, since: date
) -> tuple[tuple[str, str], ...]:
    return tuple(
        (name_of(house, row.agency_id), period_name(house.plan, row.period))
        for row in counts.missed_sheets(connection, house.plan.key, on, since)
    )


def _not_supplied(connection: Connection, house: House, on: date) -> tuple[tuple[str, str], ...]:
    return tuple(
        (name_of(house, row.agency_id), period_name(house.plan, row.period))
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


def _lines(
    connection: Connection, house: House, on: date
) -> tuple[list[AnyRow], list[Line], list[tuple[str, str]]]:
    """Word what is overdue; one that cannot be worded must not keep the table from leaving."""
    found = overdue_lines(connection, house.plan.key, on, reached=house.plan.focal)
    reminded = reminders(connection, {row.obligation_id for row in found}, on)
    pauses = pauses_of(connection, house.plan.key)
    rows, lines, unworded = [], [], []
    for row in found:
        try:
            line = Line(
                **described(house, row, on),
                step="",
                missed=(),
                reminders=reminded.get(row.obligation_id, NONE),
                next_steps=(),
                excused=is_excused(house.agency(row.agency_id), row.last_day, on, pauses),
            )
        except (LookupError, ValueError) as fault:
            unworded.append((row.key, f"không soạn được dòng này: {type(fault).__name__}: {fault}"))
            continue
        rows.append(row)
        lines.append(line)
    return rows, lines, unworded
