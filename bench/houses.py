"""A house on a database of its own, for the length of a measurement."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace

from store.engine import open_engine
from tasks_lib.kernel.bootstrap import House, open_house


@contextmanager
def house_on(url: str) -> Iterator[House]:
    """Open the plan on a database and close it afterwards."""
    house = open_house()
    scratch = replace(house, engine=open_engine(url))
    try:
        yield scratch
    finally:
        scratch.engine.dispose()
        house.engine.dispose()
