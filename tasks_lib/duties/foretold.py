"""What the plan's data would change in the database, told before it is applied."""

from __future__ import annotations

from datetime import datetime

from obligations.errors import Refused, Unavailable
from store.engine import rehearsing, sqlite_file
from store.plans import is_known
from tasks_lib.duties.initialise import apply
from tasks_lib.duties.sql.reconcile import Changes
from tasks_lib.kernel.bootstrap import House

NAMED = 10
"""So many of those that would go are named in a line [ours]."""


def would_change(house: House, at: datetime) -> Changes:
    """Return what applying the data would do, and take it back; nothing where no database holds the plan."""
    file = sqlite_file(house.engine)
    if file is not None and not file.exists():
        return Changes()
    try:
        with rehearsing(house.engine) as connection:
            if not is_known(connection, house.plan.key):
                return Changes()
            return apply(connection, house, at)
    except (Refused, Unavailable):
        return Changes()


def in_words(changes: Changes) -> list[str]:
    """Return a line for each sort of change."""
    gone = sorted(changes.removed)
    more = f", … (còn {len(gone) - NAMED})" if len(gone) > NAMED else ""
    lines = (
        (changes.added, f"sẽ thêm {len(changes.added)} nhiệm vụ được giao"),
        (gone, f"sẽ bỏ {len(gone)} nhiệm vụ được giao: {', '.join(gone[:NAMED])}{more}"),
        (changes.moved, f"sẽ tính lại thời hạn của {len(changes.moved)} nhiệm vụ được giao"),
    )
    return [words for found, words in lines if found]
