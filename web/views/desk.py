"""To be written."""

from __future__ import annotations

from starlette.responses import Response

from web.ask import Ask, Page
from web.render import page


def queue(ask: Ask) -> Response:
    """Show the page."""
    return page(ask, "fault.html", title="Chờ xem xét", text="", typed=[])


PAGES: tuple[Page, ...] = ()
