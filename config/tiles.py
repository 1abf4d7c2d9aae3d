"""Reads tiles/*.csv: where on the map of squares each commune stands."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import Annotated

from pydantic import Field

from config.errors import FaultLog
from config.load import OWN_DIRECTORY, Configuration
from config.mirror import Mirror, Text
from config.reading import csv_models
from obligations.tiles import Tile

FOLDER = "tiles"
MOST = 200
"""Rows or columns of a map that can still be read."""
Place = Annotated[int, Field(strict=False, ge=0, lt=MOST)]


class TileRow(Mirror):
    """One line of a map: a unit's id and its square."""

    unit: Text
    area: Text
    row: Place
    column: Place


def load_tiles(configuration: Configuration) -> dict[str, Tile]:
    """Return the squares of a directory by unit, the shipped ones where it has no map of its own.

    Raises ConfigError with one line per fault: a file that cannot be read, a square taken twice.
    """
    own = configuration.directory / FOLDER
    return _read(own if own.is_dir() else OWN_DIRECTORY / FOLDER, configuration.fingerprint)


@lru_cache(maxsize=4)
def _read(folder: Path, fingerprint: str) -> dict[str, Tile]:  # noqa: ARG001 - read again once a file changes
    log = FaultLog()
    found: dict[str, Tile] = {}
    for path in sorted(folder.glob("*.csv")):
        taken: set[tuple[int, int]] = set()
        for label, row in csv_models(path, TileRow, log):
            if (row.row, row.column) in taken or row.unit in found:
                log.add(path.name, label, "unit", f"ô hoặc đơn vị {row.unit} trùng, đã có ở trên")
            taken.add((row.row, row.column))
            found[row.unit] = Tile(unit=row.unit, area=row.area, row=row.row, column=row.column)
    log.raise_if_any()
    return found
