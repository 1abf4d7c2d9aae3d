"""The migrations lead to the tables the code knows, on both databases."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import Engine, inspect

from store import portal_schema
from store.engine import open_engine
from store.migrate import is_laid_out, lay_out

metadata = portal_schema.links.metadata
"""All tables: those of the engine and those of the portal."""


@pytest.fixture(params=["sqlite", "postgresql"])
def empty(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Engine]:
    """An empty database."""
    on_sqlite = request.param == "sqlite"
    url = f"sqlite:///{tmp_path / 'empty.db'}" if on_sqlite else request.getfixturevalue("empty_postgres_url")
    engine = open_engine(url)
    yield engine
    engine.dispose()


def test_the_newest_revision_equals_the_tables_of_the_code(empty: Engine) -> None:
    lay_out(empty)
    with empty.connect() as connection:
        context = MigrationContext.configure(
            connection, opts={"compare_type": True, "compare_server_default": True}
        )
        assert compare_metadata(context, metadata) == []


def test_laying_out_again_changes_nothing(empty: Engine) -> None:
    assert not is_laid_out(empty)
    lay_out(empty)
    tables = set(inspect(empty).get_table_names())
    lay_out(empty)
    assert is_laid_out(empty)
    assert set(inspect(empty).get_table_names()) == tables == set(metadata.tables) | {"alembic_version"}


def test_partial_indexes_cover_open_rows_only(empty: Engine) -> None:
    """The idle sweep rests on them: without the condition they would hold every leg and notice."""
    lay_out(empty)
    dialect = empty.dialect.name
    for table, name in [("legs", "ix_legs_next_on"), ("notices", "ix_notices_unsent")]:
        (index,) = [i for i in inspect(empty).get_indexes(table) if i["name"] == name]
        assert "where" in str(index["dialect_options"]), (dialect, name)
