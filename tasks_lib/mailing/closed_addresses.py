"""The addresses that take no mail, as the desk that can mend them sees them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from store.engine import reading
from store.marks import marks
from tasks_lib.kernel.bootstrap import House
from tasks_lib.kernel.wording import name_of
from tasks_lib.mailing.sql.notes import mail_goes_to


@dataclass(frozen=True, kw_only=True)
class ClosedAddress:
    """One marked address."""

    agency: str
    name: str
    address: str
    since: datetime
    why: str
    through: str
    """Whom the unit's mail goes by meanwhile; nothing where it still has another address."""


def closed_addresses(house: House, wanted: Callable[[str], bool]) -> tuple[ClosedAddress, ...]:
    """Return the marked addresses of the agencies wanted, the oldest first."""
    with reading(house.engine) as connection:
        standing = [row for row in marks(connection) if wanted(row.agency_id)]
        ways = {row.agency_id: mail_goes_to(connection, row.agency_id) for row in standing}
    return tuple(
        ClosedAddress(
            agency=row.agency_id,
            name=name_of(house, row.agency_id),
            address=row.address,
            since=row.since,
            why=row.why,
            through=name_of(house, ways[row.agency_id]) if ways[row.agency_id] != row.agency_id else "",
        )
        for row in standing
    )
