"""Whose a mail is: of the plan that sends it, and of every plan that tells something in it."""

from __future__ import annotations

from sqlalchemy import ColumnElement, or_, select

from store.schema import messages, notices, weekly_lines


def tells_of(plan: str) -> ColumnElement[bool]:
    """Say which messages are a plan's: its own, and those of others that carry its notices or lines."""
    carried = (
        select(table.c.message_id).where(table.c.plan == plan, table.c.message_id.is_not(None))
        for table in (notices, weekly_lines)
    )
    return or_(messages.c.plan == plan, *(messages.c.id.in_(numbers) for numbers in carried))
