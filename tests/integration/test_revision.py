"""A database of another version than the program's: every command says so in a line, and writes nothing."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from sqlalchemy import select, text

from cli.main import REFUSED, run
from config.settings import PROJECT_ROOT
from obligations.errors import Refused
from store.engine import open_engine, reading
from store.facts import fact
from store.journal import head
from store.migrate import lay_out, newest
from store.schema import plans
from tasks_lib.bootstrap import House
from tasks_lib.clock import parse_as_of
from tasks_lib.usecases.initialise import INSTANCE, initialise
from tasks_lib.usecases.submit import Answer, submit
from tasks_lib.usecases.sweep import sweep

COMMUNE = "x02719-2022"
TASK = f"1.2/{COMMUNE}/once"
COMMANDS = (
    ["sweep", "--as-of", "2022-07-07"],
    ["deliver", "--as-of", "2022-07-07"],
    ["round", "--as-of", "2022-07-07"],
    ["preview", "--on", "2022-07-07"],
    ["report", "submit", TASK, "--by", COMMUNE, "--as-of", "2022-07-12", "--figure", "a=3"],
    ["messages"],
    ["notices"],
    ["obligations"],
    ["history", TASK],
    ["proposals", "list"],
    ["link", COMMUNE],
    ["login-link", "--role", "ops"],
    ["revoke", COMMUNE],
    ["plan", "start", "--yes"],
    ["web"],
)


def pretend(house: House, revision: str) -> None:
    """Let another version of the program have laid the tables out."""
    with house.engine.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = :it"), {"it": revision})


@pytest.mark.parametrize("words", COMMANDS, ids=" ".join)
def test_a_newer_database_is_refused_with_what_to_do(
    house: House, capfd: pytest.CaptureFixture[str], words: list[str]
) -> None:
    pretend(house, "9999")
    assert run(words) == REFUSED
    said = capfd.readouterr().err.strip()
    assert said == (
        f"cơ sở dữ liệu ở phiên bản 9999, mới hơn chương trình (biết đến {newest()}): nâng cấp chương trình"
    )


def test_an_older_database_is_refused_with_what_to_do(
    house: House, capfd: pytest.CaptureFixture[str]
) -> None:
    pretend(house, "0001")
    assert run(["sweep", "--as-of", "2022-07-07"]) == REFUSED
    assert "chạy 'dondoc init'" in capfd.readouterr().err


def test_init_on_a_newer_database_is_a_line_too(house: House, capfd: pytest.CaptureFixture[str]) -> None:
    pretend(house, "9999")
    assert run(["init"]) == REFUSED
    (said,) = capfd.readouterr().err.strip().splitlines()
    assert "nâng cấp chương trình" in said


def test_a_program_that_runs_on_writes_nothing_into_tables_that_were_changed_under_it(
    any_house: House,
) -> None:
    """Its engine has seen the tables before: it looks again in each transaction."""
    sweep(any_house, parse_as_of("2022-07-04"))
    pretend(any_house, "9999")
    with pytest.raises(Refused, match="mới hơn chương trình"):
        sweep(any_house, parse_as_of("2022-07-07"))
    with pytest.raises(Refused, match="mới hơn chương trình"):
        submit(any_house, TASK, COMMUNE, parse_as_of("2022-07-07"), Answer(text="05 buổi"))
    pretend(any_house, newest())
    assert sweep(any_house, parse_as_of("2022-07-07")).notices > 0


@pytest.mark.parametrize("database", ["sqlite", "postgresql"])
def test_four_inits_at_once_on_an_empty_database_end_well(
    request: pytest.FixtureRequest, tmp_path: Path, database: str
) -> None:
    url = f"sqlite:///{tmp_path / 'fresh.db'}"
    if database == "postgresql":
        url = request.getfixturevalue("empty_postgres_url")
    environment = {**os.environ, "DONDOC_HOME": str(tmp_path), "DONDOC_DATABASE_URL": url}
    four = [
        subprocess.Popen(
            [sys.executable, "-m", "cli.main", "init", "--json"],
            cwd=PROJECT_ROOT, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
        )
        for _ in range(4)
    ]  # fmt: skip
    said = [process.communicate(timeout=300)[1] for process in four]
    assert ([process.returncode for process in four], said) == ([0] * 4, [""] * 4)
    engine = open_engine(url)
    with reading(engine) as connection:
        assert connection.scalars(select(plans.c.key)).all() == ["239-2022"]
    engine.dispose()


def test_a_database_keeps_the_name_it_was_given_first(any_house: House) -> None:
    with reading(any_house.engine) as connection:
        first, before = fact(connection, INSTANCE), head(connection)
    lay_out(any_house.engine)
    initialise(any_house)
    with reading(any_house.engine) as connection:
        assert fact(connection, INSTANCE) == first
        assert head(connection) == before, "what was the same was written anew"
    assert first is not None
    assert len(first.value) == 32
