"""The table of pages: every address of the portal, and the act its rights are asked for."""

from __future__ import annotations

from web.views import approval, board, desk, entry, ops, unit

PAGES = (
    *entry.PAGES,
    *unit.PAGES,
    *approval.PAGES,
    *desk.PAGES,
    *board.PAGES,
    *ops.PAGES,
)
