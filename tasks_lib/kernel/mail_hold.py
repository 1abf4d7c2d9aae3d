"""All mail is held after a restore, until a person has seen what may have left since the copy was made."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection

from store.facts import drop_fact, fact, put_fact

MAIL_HOLD = "mail_hold"


@dataclass(frozen=True, kw_only=True)
class Hold:
    """That mail is held: since when, and of when the copy is that was restored."""

    since: datetime
    copied_at: datetime


def mail_hold(connection: Connection) -> Hold | None:
    """Return the hold, or None where mail may leave."""
    found = fact(connection, MAIL_HOLD)
    return Hold(since=found.at, copied_at=datetime.fromisoformat(found.value)) if found else None


def hold_mail(connection: Connection, copied_at: datetime, at: datetime) -> None:
    """Hold all mail from now on."""
    put_fact(connection, MAIL_HOLD, copied_at.isoformat(), at)


def release_mail(connection: Connection) -> None:
    """Let mail leave again."""
    drop_fact(connection, MAIL_HOLD)
