"""The index by content over the years, and beside it the work that is done for it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from obligations.reckoning import Reckoning
from obligations.words import count
from tasks_lib.pictures.bars import Bar, fitted, legend_of, parts_of
from tasks_lib.pictures.shapes import Box, Dot, Drawing, Line, Shape, Tone, Words

WIDTH, ROW, HEAD = 460.0, 30.0, 20.0
LABEL, SLOPE, WORK = 150.0, 96.0, 110.0
TEN = 10.0
"""The highest score of a content."""


@dataclass(frozen=True, kw_only=True)
class Scored:
    """A content with its scores, oldest first, and its dated work."""

    number: int
    name: str
    weak: bool
    scores: tuple[tuple[int, float], ...]
    found: Reckoning


def decimal(score: float) -> str:
    """Write a score: 4,07."""
    return f"{score:.2f}".replace(".", ",")


def slopes(lines: Sequence[Scored]) -> Drawing:
    """Draw a small line of scores and a bar of the work for each content."""
    left = LABEL + SLOPE + 40
    shapes: list[Shape] = [
        Words(x=LABEL, y=12, text=_years(lines), size=11, tone=Tone.QUIET),
        Words(x=left, y=12, text="việc đã đến hạn", size=11, tone=Tone.QUIET),
    ]
    for number, line in enumerate(lines):
        shapes += _slope(line, HEAD + number * ROW)
        shapes += _work(line, left, HEAD + number * ROW)
    parts = [part for line in lines for part in parts_of(line.found)]
    legend, foot = legend_of(parts, HEAD + len(lines) * ROW + 14)
    return Drawing(width=WIDTH, height=foot, shapes=(*shapes, *legend))


def _years(lines: Sequence[Scored]) -> str:
    years = sorted({year for line in lines for year, _ in line.scores})
    return f"điểm {years[0]} - {years[-1]}" if years else "chưa có điểm"


def _slope(line: Scored, top: float) -> list[Shape]:
    """Draw the scores on a scale of their own: a move of a tenth has to be seen."""
    foot = top + ROW - 8
    label = Words(
        x=4,
        y=foot - 4,
        text=fitted(f"{line.number}. {line.name}", LABEL - (22 if line.weak else 8)),
        bold=line.weak,
    )
    values = [score for _, score in line.scores]
    if not values:
        return [label]
    low, high = min(values), max(values)
    wide = SLOPE - 34
    step, span = wide / max(len(values) - 1, 1), (high - low) or 1
    points = tuple((LABEL + n * step, foot - 3 - (ROW - 16) * (v - low) / span) for n, v in enumerate(values))
    dots = [
        Dot(x=x, y=y, tone=Tone.INK, said=f"{line.name}, năm {year}: {decimal(score)}")
        for (x, y), (year, score) in zip(points, line.scores, strict=True)
    ]
    moved = values[-1] - values[0]
    sign = "▲" if moved > 0 else "▼" if moved < 0 else "="
    end = Words(x=LABEL + wide + 8, y=foot - 4, text=f"{decimal(values[-1])} {sign}", size=11)
    through = [Line(points=points, tone=Tone.INK)] if len(points) > 1 else []
    return [label, *through, *dots, end]


def _work(line: Scored, left: float, top: float) -> list[Shape]:
    bar = Bar(label=line.name, parts=parts_of(line.found), after="")
    shapes: list[Shape] = []
    at = left
    for part in bar.parts:
        wide = WORK * part.number / bar.whole if bar.whole else 0
        if wide:
            said = f"{line.name}: {part.words} {count(part.number)}"
            shapes.append(Box(x=at, y=top + 8, width=wide, height=13, tone=part.tone, said=said))
        at += wide
    words = f"{count(line.found.due)}" if line.found.due else "chưa đến hạn"
    return [*shapes, Words(x=max(at, left) + 4, y=top + 18, text=words, size=11)]
