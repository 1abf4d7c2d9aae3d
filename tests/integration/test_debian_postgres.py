"""The PostgreSQL that Prefect's own server can live on."""

from __future__ import annotations

from sqlalchemy import text

from store.engine import open_engine
from tests.support.databases.debian_postgres import DebianCluster


def test_it_has_what_prefects_server_asks_for(debian_postgres: DebianCluster) -> None:
    engine = open_engine(debian_postgres.url(debian_postgres.database()))
    try:
        with engine.begin() as connection:
            connection.execute(text("CREATE EXTENSION pg_trgm"))
            assert connection.scalar(text("SELECT similarity('đôn đốc', 'đôn đốc')")) == 1
    finally:
        engine.dispose()
