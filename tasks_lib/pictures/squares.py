"""The map of squares: each commune one square, filled from below by the share of what is overdue."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from obligations.reckoning import Reckoning
from obligations.tiles import Tile
from obligations.words import count
from tasks_lib.pictures.shapes import Box, Drawing, Shape, Tone, Words

SIDE, GAP, PAD = 22.0, 2.0, 4.0
PITCH = SIDE + GAP
LETTERS: tuple[tuple[str, Tone, str], ...] = (
    ("Q", Tone.LATE, "có nội dung quá hạn; mức đầy là tỷ lệ quá hạn"),
    ("M", Tone.SOON, "đã xong, có nội dung sau hạn"),
    ("Đ", Tone.OK, "đến đâu xong đến đó, đúng hạn"),
    ("C", Tone.QUIET, "chưa có nội dung đến hạn"),
)


@dataclass(frozen=True, kw_only=True)
class Square:
    """A commune on the map."""

    tile: Tile
    name: str
    found: Reckoning

    @property
    def letter(self) -> str:
        """The worst that stands there, as the letters of all pages say it."""
        if self.found.overdue:
            return "Q"
        if self.found.late:
            return "M"
        return "Đ" if self.found.in_time else "C"

    @property
    def said(self) -> str:
        """What it tells whoever points at it."""
        return f"{self.name}: quá hạn {count(self.found.overdue)}/{count(self.found.due)} đã đến hạn"


def squares(found: Sequence[Square]) -> Drawing:
    """Draw the map with the names of its areas and what its letters mean."""
    columns = max((square.tile.column for square in found), default=0) + 1
    rows = max((square.tile.row for square in found), default=0) + 1
    shapes: list[Shape] = []
    for square in found:
        shapes += _square(square)
    shapes += _areas({square.tile.area: square.tile for square in reversed(found)})
    legend, foot = _legend(found, rows * PITCH + 18)
    return Drawing(width=max(columns * PITCH + 2 * PAD, 360.0), height=foot, shapes=(*shapes, *legend))


def _square(square: Square) -> list[Shape]:
    left, top = PAD + square.tile.column * PITCH, square.tile.row * PITCH
    letter, tone, _ = next(line for line in LETTERS if line[0] == square.letter)
    judged = square.found.judged or 1
    level = SIDE * (square.found.overdue / judged if square.found.overdue else 0)
    edge = Box(
        x=left + 0.5, y=top + 0.5, width=SIDE - 1, height=SIDE - 1, tone=tone, said=square.said, outline=True
    )
    words = count(square.found.overdue) if square.found.overdue else letter
    shapes: list[Shape] = [edge]
    if level:
        said = square.said
        shapes.append(Box(x=left, y=top + SIDE - level, width=SIDE, height=level, tone=tone, said=said))
    middle = left + SIDE / 2
    shapes.append(
        Words(
            x=middle,
            y=top + SIDE - 7,
            text=words,
            anchor="middle",
            size=10.5,
            bold=bool(level),
            halo=bool(level),
        )
    )
    return shapes


def _areas(first: Mapping[str, Tile]) -> list[Shape]:
    """Name each area over the first of its squares."""
    return [
        Words(
            x=PAD + tile.column * PITCH,
            y=tile.row * PITCH - 5,
            text=area,
            size=11,
            bold=True,
            tone=Tone.QUIET,
        )
        for area, tile in first.items()
    ]


def _legend(found: Sequence[Square], top: float) -> tuple[list[Shape], float]:
    used = {square.letter for square in found}
    shapes: list[Shape] = []
    for letter, tone, words in LETTERS:
        if letter not in used:
            continue
        shapes.append(Box(x=PAD, y=top - 10, width=13, height=13, tone=tone, outline=True))
        shapes.append(
            Words(x=PAD + 6.5, y=top, text="05" if letter == "Q" else letter, anchor="middle", size=9)
        )
        shapes.append(Words(x=PAD + 20, y=top, text=words, size=11, tone=Tone.QUIET))
        top += 16
    return shapes, top
