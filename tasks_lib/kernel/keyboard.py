"""Who sits at a page of the portal, for the journal."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from store.actor import Actor, acting


@contextmanager
def on_the_portal(*, agency: str = "", person: str = "", seat: str = "", session: str = "") -> Iterator[None]:
    """Let a visitor be whom the journal names for what is done within; nobody yet where nothing is said."""
    with acting(Actor(channel="portal", agency=agency, person=person, seat=seat, session=session)):
        yield
