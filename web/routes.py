"""The table of pages: every address of the portal, and the act its rights are asked for."""

from __future__ import annotations

from web import entry
from web.access import contact_changes, contacts, official_address
from web.answering import approval, cycle, plan_draft, slip, unit, workbook
from web.board import home as board
from web.desk import guides, obligation, pauses, places, reminders
from web.desk import queue as desk
from web.evidence import files
from web.leading import direct, grades, proposals, sheet
from web.mailing import letters, preview
from web.papers import listed as listed_papers
from web.papers import others as other_papers
from web.papers import pages as papers
from web.rollup import pages as rollup
from web.watch import go_live, ops

PAGES = (
    *entry.PAGES,
    *unit.PAGES,
    *plan_draft.PAGES,
    *workbook.PAGES,
    *approval.PAGES,
    *contacts.PAGES,
    *contact_changes.PAGES,
    *slip.PAGES,
    *grades.PAGES,
    *sheet.PAGES,
    *files.PAGES,
    *cycle.PAGES,
    *desk.PAGES,
    *reminders.PAGES,
    *rollup.PAGES,
    *guides.PAGES,
    *obligation.PAGES,
    *pauses.PAGES,
    *places.PAGES,
    *board.PAGES,
    *direct.PAGES,
    *proposals.PAGES,
    *listed_papers.PAGES,
    *papers.PAGES,
    *other_papers.PAGES,
    *go_live.PAGES,
    *preview.PAGES,
    *letters.PAGES,
    *official_address.PAGES,
    *ops.PAGES,
)
