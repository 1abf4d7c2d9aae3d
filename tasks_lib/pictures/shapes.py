"""What a picture is made of: a few shapes on a sheet, and the table they are drawn from."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import ClassVar


class Tone(StrEnum):
    """What a shape says; each has a colour and a pattern of its own, so that none rests on colour alone."""

    OK = "ok"
    LATE = "late"
    SOON = "soon"
    WAIT = "wait"
    ASKED = "asked"
    INK = "ink"
    QUIET = "quiet"
    LINE = "line"
    GROUND = "ground"


Point = tuple[float, float]


@dataclass(frozen=True, kw_only=True)
class Box:
    """A rectangle; `said` is what it tells whoever points at it."""

    sort: ClassVar[str] = "box"
    x: float
    y: float
    width: float
    height: float
    tone: Tone
    said: str = ""
    outline: bool = False
    """An edge, and the ground within it."""


@dataclass(frozen=True, kw_only=True)
class Through:
    """What goes through some points."""

    points: tuple[Point, ...]
    tone: Tone

    @property
    def path(self) -> str:
        """The points as SVG writes them."""
        return " ".join(f"{x:.1f},{y:.1f}" for x, y in self.points)


@dataclass(frozen=True, kw_only=True)
class Line(Through):
    """A line through some points."""

    sort: ClassVar[str] = "line"
    dashed: bool = False
    thin: bool = False


@dataclass(frozen=True, kw_only=True)
class Field(Through):
    """What lies within some points, filled with its tone's pattern."""

    sort: ClassVar[str] = "field"


@dataclass(frozen=True, kw_only=True)
class Dot:
    """A mark on a line: round, or square for the other one."""

    sort: ClassVar[str] = "dot"
    x: float
    y: float
    tone: Tone
    square: bool = False
    said: str = ""


@dataclass(frozen=True, kw_only=True)
class Words:
    """A line of text; its foot stands at y."""

    sort: ClassVar[str] = "words"
    x: float
    y: float
    text: str
    anchor: str = "start"
    """start, middle or end."""
    tone: Tone = Tone.INK
    size: float = 12
    bold: bool = False
    halo: bool = False
    """Whether it stands on other shapes and needs an edge of the ground's colour."""


Shape = Box | Line | Field | Dot | Words


@dataclass(frozen=True, kw_only=True)
class Drawing:
    """Shapes on a sheet, those behind first."""

    width: float
    height: float
    shapes: tuple[Shape, ...]


Value = str | int


@dataclass(frozen=True, kw_only=True)
class Picture:
    """A drawing with its table; every number drawn stands in the table."""

    kind: str
    title: str
    said: str
    """What it shows in a sentence: for whoever cannot see it."""
    headings: tuple[str, ...]
    rows: tuple[tuple[Value, ...], ...]
    drawing: Drawing
    keys: tuple[str, ...] = ()
    """What each row is about: an agency, an item; empty where it is neither."""
    note: str = ""
