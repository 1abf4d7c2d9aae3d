"""A coordinator who has read the morning's preview keeps a recipient's mail back for that day."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime

from obligations.errors import Invalid, Refused
from obligations.words import day
from store.engine import reading
from store.holds import holds_on, lift_holds, write_holds
from store.journal import Happening, write
from store.outbox import left_on
from store.plans import lock
from tasks_lib.duties.change import changing
from tasks_lib.kernel.bootstrap import House
from tasks_lib.kernel.clock import local_day
from tasks_lib.kernel.links import known
from tasks_lib.kernel.wording import name_of

MOST_LETTERS = 80


@dataclass(frozen=True, kw_only=True)
class Held:
    """A recipient whose mail stays for a day."""

    recipient: str
    name: str
    reason: str
    by: str
    """The person who holds it, or their agency."""
    at: datetime


def hold(
    house: House,
    recipients: Collection[str],
    on: date,
    *,
    by: str,
    as_of: datetime,
    reason: str,
    person: str | None = None,
) -> list[str]:
    """Keep the mail of some recipients back on a day; return those whose mail of that day had left already.

    It leaves with the next delivery after that day, or on the day itself when the hold is lifted. Notes that
    somebody waits for, such as login links, are never held.
    """
    _check(house, recipients, on, by, as_of)
    if not reason.strip():
        raise Invalid("giữ thư: cần ghi lý do")
    with changing(house, as_of) as connection:
        # Bundling takes the same lock, so that it sees either all of these or none.
        lock(connection, house.plan.key)
        who = _who(house, by, person)
        write_holds(connection, house.plan.key, on, sorted(set(recipients)), reason.strip(), who, as_of)
        write(connection, _happening(house, "mail-hold", recipients, on, by, as_of, person))
        return left_on(connection, house.plan.key, on, recipients)


def lift(
    house: House,
    recipients: Collection[str],
    on: date,
    *,
    by: str,
    as_of: datetime,
    person: str | None = None,
) -> int:
    """Let the mail of some recipients leave after all; return how many were held."""
    _check(house, recipients, on, by, as_of)
    with changing(house, as_of) as connection:
        who = _who(house, by, person)
        write(connection, _happening(house, "mail-lift", recipients, on, by, as_of, person))
        return lift_holds(connection, house.plan.key, on, recipients, who, as_of)


def held(house: House, on: date) -> list[Held]:
    """List whose mail is held on a day, and why."""
    with reading(house.engine) as connection:
        rows = holds_on(connection, house.plan.key, on)
    return [
        Held(
            recipient=row.recipient_id,
            name=name_of(house, row.recipient_id),
            reason=row.reason,
            by=row.by,
            at=row.at,
        )
        for row in rows
    ]


def _happening(
    house: House,
    what: str,
    recipients: Collection[str],
    on: date,
    by: str,
    as_of: datetime,
    person: str | None,
) -> Happening:
    return Happening(
        at=as_of,
        plan=house.plan.key,
        what=what,
        subject=on.isoformat(),
        by=by,
        person=person or "",
        details={"recipients": sorted(set(recipients))},
    )


def _check(house: House, recipients: Collection[str], on: date, by: str, as_of: datetime) -> None:
    focal = house.focal
    if by != focal.id:
        raise Refused(f"chỉ {focal.name} được giữ thư")
    if on < local_day(as_of):
        raise Refused(f"giữ thư: ngày {day(on)} đã qua")
    if not recipients:
        raise Invalid("giữ thư: chưa chọn nơi nhận")
    for recipient in recipients:
        known(house, recipient)


def _who(house: House, by: str, person: str | None) -> str:
    return (person or house.agency(by).name)[:MOST_LETTERS]
