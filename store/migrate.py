"""Schema migrations by Alembic, run from code so that there is no second configuration file to keep."""

from __future__ import annotations

from pathlib import Path
from weakref import WeakSet

from alembic import command
from alembic.config import Config
from sqlalchemy import Engine, inspect

HERE = Path(__file__).parent / "migrations"
NEWEST = "message_replies"
"""A table of the newest revision: a database without it has to be brought up to date first."""
_seen: WeakSet[Engine] = WeakSet()


def lay_out(engine: Engine) -> None:
    """Bring the tables of a database to the newest revision."""
    with engine.begin() as connection:
        config = Config()
        config.set_main_option("script_location", str(HERE))
        config.attributes["connection"] = connection
        command.upgrade(config, "head")


def is_laid_out(engine: Engine) -> bool:
    """Whether the newest tables are there; once seen they stay, so that changes need not look again."""
    if engine not in _seen and inspect(engine).has_table(NEWEST):
        _seen.add(engine)
    return engine in _seen
