"""To be written."""

from __future__ import annotations

from starlette.responses import Response

from web.ask import Ask, Page
from web.render import page


def form(ask: Ask) -> Response:
    """Show the page."""
    return page(ask, "fault.html", title="Việc của đơn vị", text="", typed=[])


PAGES: tuple[Page, ...] = ()
