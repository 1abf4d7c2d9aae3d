"""Commands run in the test's own process: what they print, and how they end."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest

from cli.main import run

Call = Callable[..., Any]


def caller(capfd: pytest.CaptureFixture[str]) -> Call:
    """Return what runs a command, checks its status, and gives its document, or what it said."""

    def call(*words: str, status: int = 0) -> Any:  # noqa: ANN401 - a JSON document
        capfd.readouterr()
        assert run([*words]) == status, capfd.readouterr().err
        out, err = capfd.readouterr()
        return json.loads(out) if not status and "--json" in words else out or err

    return call
