"""The table of pages: every address of the portal, and the act its rights are asked for."""

from __future__ import annotations

from web.views import approval, board, desk, entry, obligation, ops, places, reminders, unit

PAGES = (
    *entry.PAGES,
    *unit.PAGES,
    *approval.PAGES,
    *desk.PAGES,
    *reminders.PAGES,
    *obligation.PAGES,
    *places.PAGES,
    *board.PAGES,
    *ops.PAGES,
)
