"""The table of pages: every address of the portal, and the act its rights are asked for."""

from __future__ import annotations

from web.views import (
    approval,
    board,
    cycle,
    desk,
    direct,
    entry,
    guides,
    obligation,
    ops,
    places,
    preview,
    proposals,
    reminders,
    rollup,
    unit,
)

PAGES = (
    *entry.PAGES,
    *unit.PAGES,
    *approval.PAGES,
    *cycle.PAGES,
    *desk.PAGES,
    *reminders.PAGES,
    *rollup.PAGES,
    *guides.PAGES,
    *obligation.PAGES,
    *places.PAGES,
    *board.PAGES,
    *direct.PAGES,
    *proposals.PAGES,
    *preview.PAGES,
    *ops.PAGES,
)
