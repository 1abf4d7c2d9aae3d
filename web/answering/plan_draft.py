"""The draft of a unit's own plan, in Word: read from the plan, kept nowhere."""

from __future__ import annotations

from starlette.responses import Response

from obligations.rights import Act
from tasks_lib.papers.unit_drafts import plan_in_word
from web.answering.cycle_frame import word_file
from web.frame.ask import About, Ask, Page


def plan_draft(ask: Ask) -> Response:
    """Give the draft as a document to be edited and signed."""
    content = plan_in_word(ask.house, ask.param("key"), ask.as_of)
    return word_file(f"du-thao-ke-hoach-{ask.agency.id}", content)


PAGES = (Page("GET", "/don-vi/{key:path}/du-thao", plan_draft, Act.ANSWER, About.OBLIGATION),)
