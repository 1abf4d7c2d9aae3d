"""A mail that cannot leave as it is: the database takes no words of it."""

from __future__ import annotations

from sqlalchemy import text

from store.engine import writing
from tasks_lib.kernel.bootstrap import House


def refuse_the_words_to(house: House, recipient: str) -> None:
    """Let the database take no subject of a mail to one recipient any more."""
    on_sqlite = (
        f"CREATE TRIGGER no_words BEFORE UPDATE OF subject ON messages WHEN NEW.recipient_id = '{recipient}'"
        " AND NEW.subject IS NOT NULL BEGIN SELECT RAISE(ABORT, 'no'); END"
    )
    on_postgresql = (
        "ALTER TABLE messages ADD CONSTRAINT no_words"
        f" CHECK (recipient_id <> '{recipient}' OR subject IS NULL) NOT VALID"
    )
    with writing(house.engine) as connection:
        connection.execute(text(on_sqlite if connection.dialect.name == "sqlite" else on_postgresql))
