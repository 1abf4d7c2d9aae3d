"""A map of squares: every commune one square of the same size, near where it lies."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class Tile:
    """Where the square of one unit stands."""

    unit: str
    area: str
    """What stands over the squares it is among: a district, or what was one."""
    row: int
    column: int
