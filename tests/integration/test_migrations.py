"""The migrations lead to the tables the code knows, on both databases."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from sqlalchemy import Engine, insert, inspect

from store import portal_schema
from store.engine import open_engine
from store.migrate import HERE, is_laid_out, lay_out
from store.replies import replies_of
from store.schema import agencies, messages, plans

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


def _sent_at_revision_3(engine: Engine, address: str) -> None:
    """Lay out the tables as they were and send one mail."""
    config = Config()
    config.set_main_option("script_location", str(HERE))
    sent = datetime(2022, 7, 7, 0, 30, tzinfo=UTC)
    with engine.begin() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, "0003")
        connection.execute(insert(plans).values(key="kh", number="1/KH", fingerprint=""))
        whom = {"id": "xa", "name": "UBND xã", "tier": "commune", "mail_to_id": "xa", "invited": False}
        connection.execute(insert(agencies).values(whom))
        connection.execute(insert(messages).values(
            plan="kh", recipient_id="xa", mail_on=date(2022, 7, 7), state="sent", message_id="<1@x>",
            addresses=[address], accepted=[], attempts=1, next_try_at=sent, sent_at=sent,
        ))  # fmt: skip


def test_mail_sent_before_answers_were_kept_counts_as_accepted(empty: Engine) -> None:
    _sent_at_revision_3(empty, "xa@laocai.example")
    lay_out(empty)
    with empty.connect() as connection:
        ((row,),) = replies_of(connection, [1]).values()
    assert (row.address, row.accepted, row.code) == ("xa@laocai.example", True, None)
    assert "trước khi câu trả lời được lưu" in row.text
