"""Who is no more on a day, and what is said of where its work went."""

from __future__ import annotations

from datetime import date

from obligations.successors import Succession
from obligations.words import day as words
from tasks_lib.kernel.bootstrap import House


class Ended(Exception):
    """Somebody comes for an agency that is no more."""

    def __init__(self, row: Succession) -> None:
        super().__init__(row.old)
        self.row = row


def ended_by(house: House, agency: str, on: date) -> Succession | None:
    """Return by which row of the table an agency is no more on a day; None while it is there.

    One that ended without a row keeps its work, and with it its links and mails.
    """
    row = house.configuration.successors.whole.get(agency)
    return row if row is not None and row.on <= on else None


def require_there(house: House, agency: str, on: date) -> None:
    """Raise Ended for an agency that is no more."""
    row = ended_by(house, agency, on)
    if row is not None:
        raise Ended(row)


def successor_name(house: House, row: Succession) -> str:
    """Name who takes over, told from the old one where they bear one name; "" where nobody does."""
    if row.new is None:
        return ""
    old, new = house.agency(row.old).name, house.agency(row.new).name
    return f"{new} mới" if new == old else new


def why(house: House, row: Succession) -> str:
    """Say to whom an agency's work goes, from which day and by what."""
    name = house.agency(row.old).name
    if row.new is None:
        return f"{name} kết thúc hoạt động {since(row)}; chưa có nơi nhận bàn giao"
    return f"{name} bàn giao cho {successor_name(house, row)} {since(row)}"


def since(row: Succession) -> str:
    """Say from which day, and by which resolution."""
    by = f", theo {row.resolution}" if row.resolution else ""
    return f"từ ngày {words(row.on)}{by}"
