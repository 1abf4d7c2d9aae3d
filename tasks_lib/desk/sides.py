"""Whose an obligation or an evidence file is, for the table of rights."""

from __future__ import annotations

from obligations.errors import Invalid
from store.engine import reading
from tasks_lib.desk.sql.sides import side_of_evidence, side_of_message, side_of_obligation
from tasks_lib.kernel.bootstrap import House

Whose = tuple[str, str | None]
"""(agency, item)"""


def whose_obligation(house: House, key: str) -> Whose:
    """Return the agency and item of an obligation; raise Invalid if there is none."""
    with reading(house.engine) as connection:
        row = side_of_obligation(connection, house.plan.key, key)
    if row is None:
        raise Invalid(f"{key}: không có nhiệm vụ được giao nào với mã này")
    return row.agency_id, row.item


def whose_evidence(house: House, number: int) -> Whose:
    """Return the agency and item of an evidence file; raise Invalid if there is none."""
    with reading(house.engine) as connection:
        row = side_of_evidence(connection, house.plan.key, number)
    if row is None:
        raise Invalid("không có tệp này")
    return row.agency_id, row.item


def whose_message(house: House, number: int) -> str:
    """Return the agency a mail went to; raise Invalid if there is none."""
    with reading(house.engine) as connection:
        found = side_of_message(connection, house.plan.key, number)
    if found is None:
        raise Invalid("không có thư này")
    return found
