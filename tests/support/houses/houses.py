"""Houses for tests: the real plan on a database of one's own."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from sqlalchemy import select
from sqlalchemy.exc import DBAPIError

from config.load import OWN_DIRECTORY, Configuration, load_configuration
from config.settings import Settings
from obligations.errors import DomainError
from store.engine import open_engine, tell
from store.journal import CHANGE
from store.schema import journal
from tasks_lib.duties.initialise import initialise
from tasks_lib.kernel.bootstrap import House
from tasks_lib.kernel.witness import keeper
from tests.support.mailing.mail_server import Postbox


@contextmanager
def opened(configuration: Configuration, url: str = "") -> Iterator[House]:
    """Open the only plan of a configuration on a database, by default the SQLite file of the home."""
    settings = Settings(database_url=url) if url else Settings()
    house = House(
        settings, configuration, configuration.plan(), open_engine(settings.database_url, lasting=False)
    )
    tell(house.engine, keeper(settings))
    try:
        yield house
        _said_what_was_done(house)
    finally:
        house.engine.dispose()


@contextmanager
def of_every_plan(configuration: Configuration, url: str, **settings: Any) -> Iterator[list[House]]:  # noqa: ANN401
    """Open a house for each plan of a configuration on one empty database, all of them laid out."""
    with opened(replace(configuration, plans=configuration.plans[:1]), url) as fresh:
        first = with_settings(replace(fresh, configuration=configuration), **settings)
        houses = [first.of(plan) for plan in configuration.plans]
        for house in houses:
            initialise(house)
        yield houses


def _said_what_was_done(house: House) -> None:
    """Fail a test in which a page or a command changed something and the journal does not say what it was."""
    unsaid = select(journal.c.at, journal.c.seals).where(journal.c.what == CHANGE, journal.c.channel != "")
    with suppress(DBAPIError, DomainError), house.engine.connect() as connection:  # a test may have broken it
        assert connection.execute(unsaid).all() == [], "see store/journal.py: write a Happening"


def with_settings(house: House, **changes: Any) -> House:  # noqa: ANN401 - any setting
    """Return the same house under other settings."""
    return replace(house, settings=house.settings.model_copy(update=changes))


@dataclass(frozen=True)
class MailServer:
    """A real SMTP server that keeps what it gets and answers as its box is told."""

    box: Postbox
    host: str
    port: int

    def serving(self, house: House, timeout: float = 1.0, final: float | None = None) -> House:
        """Return the house with its mail going to this server."""
        return with_settings(
            house,
            mail_transport="smtp",
            smtp_host=self.host,
            smtp_port=self.port,
            smtp_timeout=timeout,
            smtp_final_timeout=final or timeout,
        )


def lost(house: House) -> None:
    """The database is gone with all that was written since the copy; the mail log beside it is not."""
    house.engine.dispose()
    for path in house.settings.home.glob("dondoc.db*"):
        path.unlink()


@contextmanager
def rewritten(house: House, folder: Path, file: str, *changes: tuple[str, str]) -> Iterator[House]:
    """The same database under a configuration in which one file was edited."""
    shutil.copytree(OWN_DIRECTORY, folder, ignore=shutil.ignore_patterns("*.py", "__pycache__"))
    text = (folder / file).read_text(encoding="utf-8")
    for old, new in changes:
        assert old in text, f"{file} has no {old!r}"
        text = text.replace(old, new)
    (folder / file).write_text(text, encoding="utf-8")
    with opened(load_configuration(folder), str(house.engine.url)) as changed:
        yield changed
