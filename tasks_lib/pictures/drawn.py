"""A picture as SVG, for a page in the page's colours or alone in those of paper, and as PNG for papers."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined, Template

from tasks_lib.pictures.shapes import Box, Field, Picture, Tone

PAPER: Mapping[str, str] = {
    Tone.OK: "#14532d",
    Tone.LATE: "#9b1c1c",
    Tone.SOON: "#7a4a00",
    Tone.WAIT: "#1d4f8c",
    Tone.ASKED: "#55307f",
    Tone.INK: "#1b1f24",
    Tone.QUIET: "#4a5159",
    Tone.LINE: "#c9ced6",
    Tone.GROUND: "#ffffff",
}
"""The light colours of the portal's style sheet."""
PAGE: Mapping[str, str] = {
    Tone.OK: "var(--green)",
    Tone.LATE: "var(--red)",
    Tone.SOON: "var(--amber)",
    Tone.WAIT: "var(--blue)",
    Tone.ASKED: "var(--violet)",
    Tone.INK: "currentColor",
    Tone.QUIET: "var(--quiet)",
    Tone.LINE: "var(--line)",
    Tone.GROUND: "var(--ground)",
}
"""Whatever the page's own style sheet says, by day and by night."""
PATTERNED = (Tone.LATE, Tone.SOON, Tone.WAIT, Tone.ASKED)
FONTS = "Noto Sans, DejaVu Sans, Arial, sans-serif"
"""With all letters of Vietnamese; old Liberation Sans, first on many machines, has not."""
ON_PAPER = 2.0
"""Points of a PNG for one of the drawing: 200 to the inch at half a page's width."""


def on_page(picture: Picture) -> str:
    """Return a picture that stands in a page: its colours and letters are the page's."""
    return _rendered(picture, PAGE, whole=False)


def alone(picture: Picture) -> str:
    """Return a picture as a file of its own, in the colours of paper."""
    return _rendered(picture, PAPER, whole=True)


def png(picture: Picture, scale: float = ON_PAPER) -> bytes:
    """Return a picture as a PNG, for papers whose form takes no SVG."""
    from resvg_py import svg_to_bytes  # noqa: PLC0415 - only papers ask for it

    made: bytes = svg_to_bytes(svg_string=alone(picture), zoom=scale)
    return made


def _rendered(picture: Picture, inks: Mapping[str, str], *, whole: bool) -> str:
    used = {shape.tone for shape in picture.drawing.shapes if isinstance(shape, Box | Field)}
    return _template().render(
        picture=picture,
        sheet=picture.drawing,
        inks=inks,
        patterned=[tone for tone in PATTERNED if tone in used],
        mark=f"hinh-{picture.kind}",
        fonts=FONTS,
        whole=whole,
    )


@cache
def _template() -> Template:
    found = Environment(
        loader=FileSystemLoader(Path(__file__).parent),
        undefined=StrictUndefined,
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    found.filters["n"] = _number
    return found.get_template("picture.svg")


def _number(value: float) -> str:
    return f"{value:.1f}".removesuffix(".0")
