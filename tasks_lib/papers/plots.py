"""Plots that stand in a paper: drawn from what the board counts, kept with what the paper says."""

from __future__ import annotations

from base64 import b64encode

from notifications.papers.fill import PICTURE, WIDTH
from tasks_lib.papers.order import Desk
from tasks_lib.pictures.asked import Asked
from tasks_lib.pictures.drawn import png
from tasks_lib.pictures.kinds import draw

KINDS = ("weeks", "districts")
ACROSS = 12.0
"""Centimetres of one of two that stand side by side on a landscape page."""


def plots(desk: Desk) -> list[dict[str, object]]:
    """Return the plots of a report on several units, each with its title."""
    whole = desk.order.by == desk.house.plan.focal
    asked = Asked(house=desk.house, as_of=desk.as_of, agency=None if whole else desk.order.by)
    found: list[dict[str, object]] = []
    for number, kind in enumerate(KINDS, start=1):
        picture = draw(kind, asked)
        drawn = {PICTURE: b64encode(png(picture)).decode(), WIDTH: ACROSS}
        found.append({"title": f"Biểu đồ {number}. {picture.title}", "image": drawn})
    return found
