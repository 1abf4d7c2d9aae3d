"""What `make test` tells once: of a test that runs on either database, one of its two forms.

The other is of the longer form, as `make soak` runs it. Which is which is drawn from the test's own name, so
that it is the same on every machine; one story in `ONE_IN` is told on PostgreSQL, which takes longer over it.
A test that is about what databases do differently is marked `both` and keeps its two forms, as does whatever
is named to pytest.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from zlib import crc32

import pytest

DATABASES = ("sqlite", "postgresql")
ONE_IN = 4


def all_is_asked_for(config: pytest.Config) -> bool:
    """Tell whether pytest was asked for all tests, and not for some by their names."""
    tests = {config.rootpath / name for name in config.getini("testpaths")}
    return {(config.invocation_params.dir / name).resolve() for name in config.args} == tests


def give_turns(items: Iterable[pytest.Item]) -> None:
    """Mark one of the two forms of a test as the longer one."""
    forms: dict[str, dict[str, pytest.Item]] = defaultdict(dict)
    for item in items:
        database = _database(item)
        if database is not None and item.get_closest_marker("both") is None:
            forms[item.nodeid.replace(database, "")][database] = item
    for name, found in forms.items():
        if len(found) == len(DATABASES):
            longer = "postgresql" if crc32(name.encode()) % ONE_IN else "sqlite"
            found[longer].add_marker(pytest.mark.soak)


def _database(item: pytest.Item) -> str | None:
    parameters = item.nodeid.rpartition("[")[2].rstrip("]").split("-")
    return next((name for name in DATABASES if name in parameters), None)
