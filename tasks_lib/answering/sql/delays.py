"""Why a duty is late, as its unit says."""

from __future__ import annotations

from sqlalchemy import Connection

from store.schema import obligations


def state_delay(connection: Connection, obligation: int, said: str) -> None:
    """Write down why an obligation is late, as its unit says."""
    connection.execute(obligations.update().where(obligations.c.id == obligation).values(delay_reason=said))
