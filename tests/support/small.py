"""The province made small: once for each choice of duties, for the seals of nine thousand rows take long."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from sqlalchemy import update

from obligations.model import WorkState
from store.engine import writing
from store.schema import obligations
from tasks_lib.bootstrap import House


@dataclass(frozen=True)
class Small:
    """A database as it was left, and what was written beside it."""

    database: bytes
    beside: dict[Path, tuple[int, bytes]]


_MADE: dict[tuple[str, tuple[str, ...]], Small] = {}
KEPT = 20
"""Of several megabytes each."""


def leave_only(house: House, *keys: str) -> None:
    """Make the province small: everything but these obligations was assigned by mistake."""
    path = _quiet(house)
    if path is None:
        _cancel_the_rest(house, keys)
        return
    known = (sha256(path.read_bytes()).hexdigest(), tuple(sorted(keys)))
    if known not in _MADE:
        if len(_MADE) == KEPT:
            _MADE.pop(next(iter(_MADE)))
        _MADE[known] = _made(house, path, keys)
        return
    with closing(sqlite3.connect(":memory:")) as source, closing(sqlite3.connect(path)) as target:
        source.deserialize(_MADE[known].database)
        source.backup(target)
    for name, (mode, content) in _MADE[known].beside.items():
        (path.parent / name).write_bytes(content)
        (path.parent / name).chmod(mode)


def _quiet(house: House) -> Path | None:
    """Return the file with the whole database in it; None on PostgreSQL, or while a log holds some."""
    if house.engine.dialect.name != "sqlite":
        return None
    path = Path(str(house.engine.url.database))
    log = path.with_name(f"{path.name}-wal")
    return path if not log.exists() or log.stat().st_size == 0 else None


def _made(house: House, path: Path, keys: Sequence[str]) -> Small:
    before = _beside(path)
    _cancel_the_rest(house, keys)
    with closing(sqlite3.connect(path)) as source, closing(sqlite3.connect(":memory:")) as target:
        source.backup(target)
        database = target.serialize()
    database = database[:18] + b"\1\1" + database[20:]  # a write-ahead log is nothing for one in memory
    changed = {name: found for name, found in _beside(path).items() if before.get(name) != found}
    return Small(database, changed)


def _beside(path: Path) -> dict[Path, tuple[int, bytes]]:
    files = [f for f in path.parent.rglob("*") if f.is_file() and not f.name.startswith(path.name)]
    return {f.relative_to(path.parent): (f.stat().st_mode & 0o777, f.read_bytes()) for f in files}


def _cancel_the_rest(house: House, keys: Sequence[str]) -> None:
    with writing(house.engine) as connection:
        connection.execute(
            update(obligations)
            .where(obligations.c.key.not_in(keys))
            .values(work_state=WorkState.CANCELLED, schedule_id=None)
        )
