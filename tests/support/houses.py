"""Houses for tests: the real plan on a database of one's own."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import Any

from config.load import Configuration
from config.settings import Settings
from store.engine import open_engine, tell
from tasks_lib.bootstrap import House
from tasks_lib.witness import keeper
from tests.support.mail_server import Postbox


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
    finally:
        house.engine.dispose()


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
