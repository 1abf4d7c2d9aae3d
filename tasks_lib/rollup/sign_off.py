"""Signing off what the units below have reported: whoever is missing is named (domain part 4)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import Connection

from obligations.errors import Invalid, Refused
from obligations.model import Agency
from obligations.obligation import Obligation
from obligations.rollup import consolidates, reported_by_a_day
from obligations.states import WITH_THE_UNIT
from obligations.words import count
from tasks_lib.kernel.bootstrap import House
from tasks_lib.rollup.naming import name_units
from tasks_lib.rollup.sql.rollup import STILL_OWED, OwedTo, SigningOff, Subject, owed_below, owed_to


@dataclass(frozen=True)
class Below:
    """What has not reached each reviewer, for a whole list of obligations."""

    house: House
    owed: Mapping[Subject, int]

    def waits(self, row: Obligation | SigningOff) -> bool:
        """Whether an open report waits for the units below: "chờ cấp dưới"."""
        return row.work_state in WITH_THE_UNIT and self.missing(row) > 0

    def missing(self, row: Obligation | SigningOff) -> int:
        """Return how many units below have not handed in what this report consolidates."""
        if not _signs_off(self.house, row):
            return 0
        return self.owed.get((row.agency_id, row.kind, row.item, row.period), 0)


def waits_for_below(connection: Connection, house: House) -> Below:
    """Return what tells of any obligation whether it waits for the units below; one query for all."""
    return Below(house, owed_below(connection, house.plan.key, reported_by_a_day(house.plan)))


def missing_below(connection: Connection, house: House, row: Obligation) -> tuple[str, ...]:
    """Return the units below that have not handed in what this report consolidates; mostly there are none."""
    return tuple(r.agency_id for r in _owed(connection, house, row) if r.work_state in STILL_OWED)


def signed_off(
    connection: Connection, house: House, row: Obligation, named: tuple[str, ...]
) -> tuple[str, ...]:
    """Return who is missing when a report is signed off; raise Refused unless each of them is named.

    Who is named and has handed in meanwhile is not missing, and is left out.
    """
    owed = _owed(connection, house, row)
    below = {r.agency_id for r in owed}
    for stranger in (key for key in named if key not in below):
        raise Invalid(f"{row.key}: missing: '{stranger}' không phải đơn vị báo cáo cho báo cáo này")
    missing = [r.agency_id for r in owed if r.work_state in STILL_OWED]
    if set(missing) - set(named):
        raise Refused(_refusal(house, row, [house.agency(key) for key in missing], len(owed)))
    return tuple(missing)


def _signs_off(house: House, row: Obligation | SigningOff) -> bool:
    return consolidates(house.plan, row.kind, row.item, house.agency(row.agency_id))


def _owed(connection: Connection, house: House, row: Obligation) -> list[OwedTo]:
    if not _signs_off(house, row):
        return []
    return owed_to(connection, house.plan.key, (row.agency_id, row.kind, row.item, row.period))


def _refusal(house: House, row: Obligation, missing: list[Agency], total: int) -> str:
    nouns = name_units(house.agency(agency.id).name for agency in missing)
    names = ", ".join(f"{agency.name} ({agency.id})" for agency in missing)
    return (
        f"{row.key}: còn {count(len(missing))}/{count(total)} {nouns} chưa báo cáo: {names};"
        ' chờ các đơn vị này báo cáo, hoặc ghi rõ từng đơn vị còn thiếu (--missing MÃ, hoặc mục "missing"'
        " trong tệp --from) rồi gửi lại"
    )
