"""What a house came to from where it stood: lived through once, and put back when it is to come to it again.

Weeks of a province take seconds, and hundreds of stories begin with the same ones. What its database holds
tells where a house stands (the file's bytes on SQLite, the tables' content on PostgreSQL), so that nothing is
put back that would have come out otherwise.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any, Protocol, TypeVar

from tasks_lib.kernel.bootstrap import House
from tests.support.databases.shelves import PostgresShelf, SqliteShelf

T = TypeVar("T")
Start = tuple[str, str, str]
"""The content of the database, of its keys and logs beside it, and of the configuration, as digests."""


class Shelf(Protocol):
    """Where whole databases of one kind are kept."""

    def digest(self, house: House) -> str | None:
        """Tell what a house's database holds; None while somebody else holds it."""

    def keep(self, house: House) -> Any:  # noqa: ANN401 - known to its own shelf
        """Keep the database as it is now; None where it cannot be kept."""

    def put_back(self, house: House, kept: Any) -> None:  # noqa: ANN401
        """Make the house's database the kept one again."""

    def forget(self, house: House, kept: Any) -> None:  # noqa: ANN401
        """Give up what is kept."""


@dataclass(frozen=True)
class Remembered:
    """A database as it was come to, what was written beside it, and what was returned."""

    database: Any
    kind: str
    """Of the database: what is kept of one kind only a house of it can give up."""
    beside: dict[Path, tuple[int, bytes]]
    returned: Any


_MADE: dict[tuple[Start, Hashable], Remembered] = {}
KEPT = 40
"""Of each kind, about ten megabytes each; what was longest not asked for goes first."""
_SHELVES: dict[str, Shelf] = {"sqlite": SqliteShelf(), "postgresql": PostgresShelf()}


def remembered(house: House, what: Hashable, do: Callable[[], T]) -> T:
    """Do something to a house, or put back what came of it where it was done to the same house before."""
    start = where(house)
    if start is None:
        return do()
    if (start, what) in _MADE:
        found = _MADE[start, what] = _MADE.pop((start, what))
        _put_back(house, found)
        old: T = found.returned
        return old
    before = _beside(house)
    returned = do()
    kept, kind = _shelf(house).keep(house), house.engine.dialect.name
    if kept is not None:
        changed = {name: found for name, found in _beside(house).items() if before.get(name) != found}
        _MADE[start, what] = Remembered(kept, kind, changed, returned)
        # Also the first time: what is put back lies in the file in another order than what was lived through.
        _put_back(house, _MADE[start, what])
        alike = [key for key, one in _MADE.items() if one.kind == kind]
        if len(alike) > KEPT:
            _shelf(house).forget(house, _MADE.pop(alike[0]).database)
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
    """Return where a house stands; None while somebody else holds its database."""
    digest = _shelf(house).digest(house)
    if digest is None:
        return None
    beside = sha256(repr(sorted(_beside(house).items())).encode())
    return digest, beside.hexdigest(), house.configuration.fingerprint


def _shelf(house: House) -> Shelf:
    return _SHELVES[house.engine.dialect.name]


def _put_back(house: House, found: Remembered) -> None:
    _shelf(house).put_back(house, found.database)
    for name, (mode, content) in found.beside.items():
        (house.settings.home / name).write_bytes(content)
        (house.settings.home / name).chmod(mode)


def _beside(house: House) -> dict[Path, tuple[int, bytes]]:
    home, database = house.settings.home, Path(str(house.engine.url.database)).name
    files = [f for f in home.rglob("*") if f.is_file() and not f.name.startswith(database)]
    return {f.relative_to(home): (f.stat().st_mode & 0o777, f.read_bytes()) for f in files}
