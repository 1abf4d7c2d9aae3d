"""What tests of small worlds stand on: an empty SQLite file of their own, copied from one laid out once."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from sqlalchemy import Engine

from tests.support.life.players import Fresh, copies


@pytest.fixture(scope="module")
def fresh_sqlite(tmp_path_factory: pytest.TempPathFactory) -> Fresh:
    """Gives an empty database file, copied from one that was laid out once."""
    return copies(tmp_path_factory.mktemp("worlds"))


@pytest.fixture
def database(fresh_sqlite: Fresh) -> Iterator[Engine]:
    """One of them, for a test alone."""
    with fresh_sqlite() as engine:
        yield engine
