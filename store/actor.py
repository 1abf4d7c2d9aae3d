"""Who sits at the keyboard, as the entrances say it and the journal writes it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, kw_only=True)
class Actor:
    """Who sits at the keyboard, as far as an entrance knows it."""

    channel: str
    """portal, command or flow."""
    agency: str = ""
    person: str = ""
    seat: str = ""
    session: str = ""
    """A mark of the session, from which it cannot be taken over."""
    os_user: str = ""
    """The account of the operating system, on the command line."""


_NOBODY: Final = Actor(channel="")
_actor: ContextVar[Actor] = ContextVar("actor", default=_NOBODY)


@contextmanager
def acting(actor: Actor) -> Iterator[None]:
    """Let somebody be whom the journal names for what is done within; entrances call this."""
    token = _actor.set(actor)
    try:
        yield
    finally:
        _actor.reset(token)


def current_actor() -> Actor:
    """Return whoever sits at the keyboard."""
    return _actor.get()
