"""To be written."""

from __future__ import annotations

from starlette.responses import Response

from web.ask import Ask, Page
from web.render import page


def ops(ask: Ask) -> Response:
    """Show the page."""
    return page(ask, "fault.html", title="Vận hành", text="", typed=[])


PAGES: tuple[Page, ...] = ()
