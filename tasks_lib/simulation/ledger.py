"""What a replay leaves behind: a ledger of everything that happened, and a table by month and level."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from dataclasses import astuple, dataclass, fields
from datetime import date, datetime
from pathlib import Path

from sqlalchemy import Connection

from obligations.levels import Levels
from store import chronicle
from tasks_lib.kernel.clock import local_day

Snapshots = dict[date, dict[str, int]]
"""What was overdue at the end of a day, by level."""


@dataclass(frozen=True, order=True)
class LedgerRow:
    """One line: on a day, somebody did something, or something was told or mailed."""

    day: str
    what: str
    obligation: str
    agency: str
    by: str
    step: str
    detail: str


COLUMNS = tuple(field.name for field in fields(LedgerRow))


@dataclass(frozen=True, kw_only=True)
class MonthOfLevel:
    """One cell row of the table: a month, a level, and what happened there."""

    month: str
    tier: str
    opened: int = 0
    in_time: int = 0
    late: int = 0
    still_late: int = 0
    """Overdue at the month's end, or at the replay's."""
    notices: int = 0
    """About what this level owes."""
    mails: int = 0
    """To agencies of this level."""
    with_focal: int = 0
    """Notices of this level's work that went to Sở Nội vụ."""


def ledger(connection: Connection, plan: str) -> tuple[LedgerRow, ...]:
    """Return everything that happened, in an order that does not depend on the database."""
    return tuple(row for part in (_openings, _deeds, _told, _mailed) for row in part(connection, plan))


def ordered(rows: tuple[LedgerRow, ...]) -> tuple[LedgerRow, ...]:
    """Sort by day, then openings, notices, mails and what people did, then by name."""
    rank = {"open": 0, "notice": 1, "mail": 2}
    return tuple(sorted(rows, key=lambda r: (r.day, rank.get(r.what, 3), r)))


def _openings(connection: Connection, plan: str) -> Iterator[LedgerRow]:
    for row in chronicle.openings(connection, plan):
        yield LedgerRow(_day(row.at), "open", row.item or "", "", "system", str(row.kind), str(row.opened))


def _deeds(connection: Connection, plan: str) -> Iterator[LedgerRow]:
    for row in chronicle.deeds(connection, plan):
        detail = f"{row.to_state}: {row.why}" if row.why else str(row.to_state)
        yield LedgerRow(_day(row.at), row.what, row.key, row.agency_id, row.by, "", detail)


def _told(connection: Connection, plan: str) -> Iterator[LedgerRow]:
    for row in chronicle.told(connection, plan):
        detail = f"{row.role} {row.recipient_id}; {row.template}; {row.mail_on}; {row.state}"
        day = row.recorded_on.isoformat()
        yield LedgerRow(day, "notice", row.key, row.agency_id, "system", row.step, detail)


def _mailed(connection: Connection, plan: str) -> Iterator[LedgerRow]:
    for row in chronicle.mailed(connection, plan):
        detail = f"{row.state}; {row.subject or ''}"
        day = row.mail_on.isoformat()
        yield LedgerRow(day, "mail", row.message_id, row.recipient_id, "system", "", detail)


def _day(at: datetime) -> str:
    return local_day(at).isoformat()


def months(connection: Connection, plan: str, levels: Levels, ends: Snapshots) -> tuple[MonthOfLevel, ...]:
    """Return the table by month and level; `ends` holds what was overdue at each month's end."""
    cells: dict[tuple[str, str], dict[str, int]] = {
        (_month(day), tier): {"still_late": late.get(tier, 0)}
        for day, late in ends.items()
        for tier in levels.keys
    }

    def add(on: date, tier: str, name: str, count: int) -> None:
        cell = cells.setdefault((_month(on), tier), {})
        cell[name] = cell.get(name, 0) + count

    for opened in chronicle.opened_by_level(connection, plan):
        add(local_day(opened.at), opened.tier, "opened", opened.opened)
    for entered in chronicle.entered(connection, plan):
        add(local_day(entered.at), entered.tier, "late" if entered.late else "in_time", 1)
    for told in chronicle.told_by_level(connection, plan):
        add(told.on, told.tier, "notices", told.notices)
        add(told.on, told.tier, "with_focal", told.focal)
    for mailed in chronicle.mailed_by_level(connection, plan):
        add(mailed.on, mailed.tier, "mails", mailed.mails)
    order = levels.keys
    return tuple(
        MonthOfLevel(month=month, tier=tier, **counts)
        for (month, tier), counts in sorted(cells.items(), key=lambda c: (c[0][0], order.index(c[0][1])))
    )


def _month(day: date) -> str:
    return f"{day:%Y-%m}"


def write_csv(rows: tuple[LedgerRow, ...], path: Path) -> None:
    """Write a ledger as UTF-8 CSV with a header; the same rows give the same bytes on every system."""
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(COLUMNS)
        writer.writerows(astuple(row) for row in rows)
