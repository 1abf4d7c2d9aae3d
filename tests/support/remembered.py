"""What a house came to from where it stood: lived through once, and put back when it is to come to it again.

Weeks of a province take seconds, and hundreds of stories begin with the same ones. On SQLite the file's bytes
tell where a house stands, so that nothing is put back that would have come out otherwise; on PostgreSQL
everything is lived through each time.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Hashable, Sequence
from contextlib import closing
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any, TypeVar

from tasks_lib.bootstrap import House

T = TypeVar("T")
Start = tuple[str, str, str]
"""The bytes of the database, of its keys and logs beside it, and of the configuration, as digests."""


@dataclass(frozen=True)
class Remembered:
    """A database as it was come to, what was written beside it, and what was returned."""

    database: bytes
    beside: dict[Path, tuple[int, bytes]]
    returned: Any


_MADE: dict[tuple[Start, Hashable], Remembered] = {}
KEPT = 40
"""Of about ten megabytes each; what was longest not asked for goes first."""


def remembered(house: House, what: Hashable, do: Callable[[], T]) -> T:
    """Do something to a house, or put back what came of it where it was done to the same house before."""
    start = where(house)
    if start is None:
        return do()
    if (start, what) not in _MADE:
        _MADE[start, what] = _made(house, do)
        if len(_MADE) > KEPT:
            _MADE.pop(next(iter(_MADE)))
    # Also the first time: what is put back lies in the file in another order than what was lived through.
    returned: T = _put_back(house, start, what)
    return returned


def stretch(
    house: House, what: Hashable, days: Sequence[str], do: Callable[[Sequence[str]], list[T]]
) -> list[T]:
    """Live through some days, or put back those that a house has lived through from there; live the rest."""
    start = where(house)
    known = [day for day in days if start is not None and (start, (what, days[0], day)) in _MADE]
    if not known:
        return remembered(house, (what, days[0], days[-1]), lambda: do(days))
    before: list[T] = remembered(house, (what, days[0], known[-1]), lambda: do(days))
    rest = days[days.index(known[-1]) + 1 :]
    return before + stretch(house, what, rest, do) if rest else before


def where(house: House) -> Start | None:
    """Return where a house stands; None on PostgreSQL, or while somebody holds its log."""
    if house.engine.dialect.name != "sqlite":
        return None
    path = _path(house)
    with closing(sqlite3.connect(path)) as connection:
        busy, _, _ = connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
    if busy:
        return None
    content = memoryview(path.read_bytes())
    digest = sha256(content[:24])  # what follows counts how often the file was written, and by which version
    digest.update(content[28:92])
    digest.update(content[96:])
    beside = sha256(repr(sorted(_beside(path).items())).encode())
    return digest.hexdigest(), beside.hexdigest(), house.configuration.fingerprint


def _put_back(house: House, start: Start, what: Hashable) -> Any:  # noqa: ANN401 - whatever it returned
    found = _MADE[start, what] = _MADE.pop((start, what))
    path = _path(house)
    with closing(sqlite3.connect(":memory:")) as source, closing(sqlite3.connect(path)) as target:
        source.deserialize(found.database)
        source.backup(target)
    for name, (mode, content) in found.beside.items():
        (path.parent / name).write_bytes(content)
        (path.parent / name).chmod(mode)
    return found.returned


def _made(house: House, do: Callable[[], Any]) -> Remembered:
    path = _path(house)
    before = _beside(path)
    returned = do()
    with closing(sqlite3.connect(path)) as source, closing(sqlite3.connect(":memory:")) as target:
        source.backup(target)
        database = target.serialize()
    database = database[:18] + b"\1\1" + database[20:]  # a write-ahead log is nothing for one in memory
    changed = {name: found for name, found in _beside(path).items() if before.get(name) != found}
    return Remembered(database, changed, returned)


def _path(house: House) -> Path:
    return Path(str(house.engine.url.database))


def _beside(path: Path) -> dict[Path, tuple[int, bytes]]:
    files = [f for f in path.parent.rglob("*") if f.is_file() and not f.name.startswith(path.name)]
    return {f.relative_to(path.parent): (f.stat().st_mode & 0o777, f.read_bytes()) for f in files}
