"""Bars: a line each, its parts beside each other, each with a pattern of its own; the numbers behind it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from obligations.reckoning import Reckoning, Share
from obligations.words import count
from tasks_lib.pictures.shapes import Box, Drawing, Line, Shape, Tone, Words

WIDTH = 460.0
LABEL = 138.0
AFTER = 100.0
PAD = 6.0
"""Free on all sides."""
LETTER = 6.9
"""How wide a letter is, about."""
ROW, BAR = 22.0, 13.0
PARTS: tuple[tuple[Share, Tone, str], ...] = (
    (Share.IN_TIME, Tone.OK, "đúng hạn"),
    (Share.LATE, Tone.SOON, "xong sau hạn"),
    (Share.OVERDUE, Tone.LATE, "quá hạn"),
    (Share.EXCUSED, Tone.WAIT, "tạm dừng"),
)
"""What has fallen due, in the order of a bar: the sum of the parts is what is due."""


@dataclass(frozen=True, kw_only=True)
class Part:
    """A stretch of a bar."""

    tone: Tone
    number: int
    words: str


@dataclass(frozen=True, kw_only=True)
class Bar:
    """A line: what it is called, its parts, and what is said behind it."""

    label: str
    parts: tuple[Part, ...]
    after: str

    @property
    def whole(self) -> int:
        """The sum of its parts."""
        return sum(part.number for part in self.parts)


def parts_of(found: Reckoning) -> tuple[Part, ...]:
    """Return the parts of what has fallen due."""
    numbers = (found.in_time, found.late, found.overdue, found.excused)
    return tuple(
        Part(tone=tone, number=number, words=words)
        for (_, tone, words), number in zip(PARTS, numbers, strict=True)
    )


def bars(lines: Sequence[Bar], *, shares: bool, label: float = LABEL) -> Drawing:
    """Draw bars under each other: all of one length where shares are compared, else by their numbers."""
    longest = max((line.whole for line in lines), default=0)
    room = WIDTH - label - AFTER
    shapes: list[Shape] = []
    for number, line in enumerate(lines):
        scale = line.whole if shares else longest
        shapes += _bar(line, PAD + number * ROW, label, room / scale if scale else 0)
    legend, foot = legend_of([part for line in lines for part in line.parts], PAD + len(lines) * ROW + 16)
    return Drawing(width=WIDTH, height=foot, shapes=(*shapes, *legend))


def _bar(line: Bar, top: float, left: float, scale: float) -> list[Shape]:
    foot = top + BAR
    shapes: list[Shape] = [Words(x=left - 6, y=foot - 2, text=fitted(line.label, left - 10), anchor="end")]
    at = left
    for part in line.parts:
        wide = part.number * scale
        if wide:
            said = f"{line.label}: {part.words} {count(part.number)}"
            shapes.append(Box(x=at, y=top, width=wide, height=BAR, tone=part.tone, said=said))
        at += wide
    axis = Line(points=((left, top - 2), (left, foot + 2)), tone=Tone.QUIET, thin=True)
    after = Words(x=max(at, left) + 5, y=foot - 2, text=line.after)
    return [*shapes, axis, after]


def fitted(text: str, room: float) -> str:
    """Shorten a text to what fits into some room."""
    letters = int(room / LETTER)
    return text if len(text) <= letters else f"{text[: letters - 1].rstrip()}…"


def legend_of(parts: Sequence[Part], top: float) -> tuple[list[Shape], float]:
    """Return what the patterns mean, of those that are drawn, and where that ends."""
    told = dict.fromkeys((part.tone, part.words) for part in parts if part.number)
    shapes: list[Shape] = []
    at = PAD
    for tone, words in told:
        shapes.append(Box(x=at, y=top - 9, width=14, height=10, tone=tone))
        shapes.append(Words(x=at + 19, y=top, text=words, size=11, tone=Tone.QUIET))
        at += 19 + 6.4 * len(words) + 16
    return shapes, top + 6
