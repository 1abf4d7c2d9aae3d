"""Commands run in the test's own process: what they print, and how they end."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from typing import Any

import click
import pytest

from cli.main import dondoc, run

Call = Callable[..., Any]


def caller(capfd: pytest.CaptureFixture[str]) -> Call:
    """Return what runs a command, checks its status, and gives its document, or what it said."""

    def call(*words: str, status: int = 0) -> Any:  # noqa: ANN401 - a JSON document
        capfd.readouterr()
        assert run([*words]) == status, capfd.readouterr().err
        out, err = capfd.readouterr()
        return json.loads(out) if not status and "--json" in words else out or err

    return call


def all_commands(command: click.Command, words: tuple[str, ...] = ()) -> Iterator[tuple[str, click.Command]]:
    """Yield a command and all below it, each with its words."""
    yield " ".join(words), command
    if isinstance(command, click.Group):
        for name in command.list_commands(click.Context(command)):
            found = command.get_command(click.Context(command), name)
            assert found is not None
            yield from all_commands(found, (*words, name))


COMMANDS = dict(all_commands(dondoc))
"""Every command by its words; the first of all has none."""
