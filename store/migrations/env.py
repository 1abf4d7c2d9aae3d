"""Alembic's environment: the connection is handed in by `store.migrate`."""

from alembic import context

from store import schema  # noqa: F401 - its tables belong to the metadata
from store.schema import metadata

connection = context.config.attributes["connection"]
context.configure(connection=connection, target_metadata=metadata, render_as_batch=True)
with context.begin_transaction():
    context.run_migrations()
