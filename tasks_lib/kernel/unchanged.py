"""What was counted of a database, kept while its journal has not grown: who looks again counts nothing."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Hashable
from dataclasses import dataclass, field
from threading import Lock
from typing import TypeVar, cast
from weakref import WeakKeyDictionary

from sqlalchemy import Engine

from store.engine import is_journalled, reading
from store.journal import Head, head
from tasks_lib.kernel.bootstrap import House

T = TypeVar("T")
MOST = 64
"""So many counts are kept; what was longest not asked for goes first."""


@dataclass
class _Kept:
    """What was counted while the journal ended where it ends."""

    end: Head | None = None
    counts: OrderedDict[Hashable, object] = field(default_factory=OrderedDict)


_KEPT: WeakKeyDictionary[Engine, _Kept] = WeakKeyDictionary()
_AT_WORK = Lock()


def unchanged(house: House, what: Hashable, count: Callable[[], T]) -> T:
    """Return what was counted before where nothing has changed since; else count, and keep it.

    `what` names all that the counts depend on beside the configuration and the tables that the journal seals;
    whoever gets them changes nothing in them.
    """
    if not is_journalled(house.engine):
        return count()
    # Read before what is counted: a change between the two is counted, and counted again under the next end.
    with reading(house.engine) as connection:
        end = head(connection)
    key = (house.plan.key, house.configuration.fingerprint, what)
    with _AT_WORK:
        kept = _KEPT.setdefault(house.engine, _Kept())
        if kept.end != end:
            kept.end, kept.counts = end, OrderedDict()
        elif key in kept.counts:
            kept.counts.move_to_end(key)
            return cast("T", kept.counts[key])
    counted = count()
    with _AT_WORK:
        if kept.end == end:
            kept.counts[key] = counted
            while len(kept.counts) > MOST:
                kept.counts.popitem(last=False)
    return counted
