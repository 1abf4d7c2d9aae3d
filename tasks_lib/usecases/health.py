"""Whether the program can work: what a monitor from outside asks."""

from __future__ import annotations

from sqlalchemy import text
from sqlalchemy.exc import OperationalError

from obligations.errors import Unavailable
from store.engine import reading
from tasks_lib.bootstrap import House
from tasks_lib.usecases.initialise import require_initialised


def look(house: House) -> None:
    """Raise Refused where the database is not laid out, Unavailable where it does not answer."""
    try:
        require_initialised(house)
        with reading(house.engine) as connection:
            connection.execute(text("SELECT 1"))
    except OperationalError:
        raise Unavailable("cơ sở dữ liệu không trả lời") from None
