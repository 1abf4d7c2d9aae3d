"""A small curve for each item: what of it was due and not done, week by week."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from obligations.words import count
from tasks_lib.pictures.shapes import Box, Drawing, Line, Shape, Tone, Words
from tasks_lib.pictures.weeks import Week

WIDTH = 460.0
COLUMNS, ROW = 2, 24.0
LABEL, SPARK = 40.0, 100.0


@dataclass(frozen=True, kw_only=True)
class Spark:
    """An item and its weeks."""

    item: str
    title: str
    weeks: tuple[Week, ...]

    @property
    def last(self) -> Week:
        """How it stands now."""
        return self.weeks[-1]


def sparks(found: Sequence[Spark]) -> Drawing:
    """Draw them in two columns; a bar at the end says how much of what was due is missing now."""
    high = -(-len(found) // COLUMNS)
    shapes: list[Shape] = []
    for number, spark in enumerate(found):
        left = (number // high) * (WIDTH / COLUMNS)
        shapes += _spark(spark, left, 4 + (number % high) * ROW)
    return Drawing(width=WIDTH, height=max(high, 1) * ROW + 8, shapes=tuple(shapes))


def _spark(spark: Spark, left: float, top: float) -> list[Shape]:
    foot, start = top + ROW - 5, left + LABEL
    most = max(week.due for week in spark.weeks) or 1
    step = SPARK / max(len(spark.weeks) - 1, 1)

    def line(values: Sequence[int]) -> tuple[tuple[float, float], ...]:
        points = tuple((start + n * step, foot - (ROW - 9) * value / most) for n, value in enumerate(values))
        return points if len(points) > 1 else (points[0], (start + SPARK, points[0][1]))

    last = spark.last
    words = f"{count(last.done)}/{count(last.due)}"
    level = (ROW - 9) * last.missing / most
    said = f"{spark.item}: đến hạn {count(last.due)}, còn {count(last.missing)}"
    bar = Box(x=start + SPARK + 4, y=foot - level, width=8, height=level, tone=Tone.LATE, said=said)
    return [
        Words(x=left + LABEL - 6, y=foot - 2, text=spark.item, anchor="end", bold=True),
        Line(points=((start, foot), (start + SPARK, foot)), tone=Tone.LINE, thin=True),
        Line(points=line([week.due for week in spark.weeks]), tone=Tone.INK, dashed=True, thin=True),
        Line(points=line([week.done for week in spark.weeks]), tone=Tone.OK, thin=True),
        *([bar] if last.missing else []),
        Words(x=start + SPARK + 16, y=foot - 2, text=words, size=11),
    ]
