"""The table of pages: every address of the portal, and the act its rights are asked for."""

from __future__ import annotations

from web.views import (
    approval,
    board,
    contact_changes,
    contacts,
    cycle,
    desk,
    direct,
    entry,
    files,
    guides,
    letters,
    obligation,
    ops,
    places,
    preview,
    proposals,
    reminders,
    rollup,
    sheet,
    unit,
)

PAGES = (
    *entry.PAGES,
    *unit.PAGES,
    *approval.PAGES,
    *contacts.PAGES,
    *contact_changes.PAGES,
    *sheet.PAGES,
    *files.PAGES,
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
    *letters.PAGES,
    *ops.PAGES,
)
