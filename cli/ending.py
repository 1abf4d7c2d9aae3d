"""How a command that runs until somebody ends it is ended by Ctrl-C or SIGTERM."""

from __future__ import annotations

import signal
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

import click


class Ended(Exception):
    """Somebody pressed Ctrl-C or sent SIGTERM."""


@contextmanager
def ending_on_signals() -> Iterator[None]:
    """Turn Ctrl-C and SIGTERM into an orderly end; a second one cannot cut that short."""
    before = {name: signal.signal(name, _end) for name in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield
    except Ended:
        click.echo("Đã dừng.", err=True)
    finally:
        for name, handler in before.items():
            signal.signal(name, handler)


def _end(_number: int, _frame: FrameType | None) -> None:
    for name in (signal.SIGINT, signal.SIGTERM):
        signal.signal(name, signal.SIG_IGN)
    raise Ended
