"""A database of another version than the program's: every command says so in a line, and writes nothing."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from sqlalchemy import select, text

from cli.main import REFUSED, dondoc, run
from config.settings import PROJECT_ROOT
from obligations.errors import Refused
from store.engine import open_engine, reading
from store.facts import fact
from store.journal import head
from store.migrate import lay_out, newest
from store.schema import plans
from tasks_lib.answering.submit import Answer, submit
from tasks_lib.duties.initialise import INSTANCE, initialise
from tasks_lib.kernel.bootstrap import House
from tasks_lib.kernel.clock import parse_as_of
from tasks_lib.rounds.sweep import sweep
from tests.support.pages.leaves import called, leaves

COMMUNE = "x02719-2022"
TASK = f"1.2/{COMMUNE}/once"
OF_FILES_ALONE = (
    ("cycle", "add"),
    ("cycle", "list"),
    ("cycle", "move"),
    ("cycle", "off"),
    ("cycle", "preview"),
    ("dates", "read"),
    ("paper", "kinds"),
    ("plan", "carry-over"),
    ("plan", "check"),
    ("plan", "dates"),
    ("plan", "diff"),
    ("plan", "export"),
    ("plan", "show"),
    ("task", "add"),
    ("task", "book"),
    ("task", "list"),
    ("unit", "list"),
    ("unit", "successors"),
    ("deployments", "list"),
    ("deployments", "write"),
)
OF_ITS_OWN = (("demo",), ("simulate",))
"""They make a database of their own."""
LAYS_OUT = (("init",), ("up",))
"""They bring an older one up to date; a newer one is tried below."""
TELLS_ALL = ("watch",)
"""It says so among all that it finds."""


def pretend(house: House, revision: str) -> None:
    """Let another version of the program have laid the tables out."""
    with house.engine.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = :it"), {"it": revision})


@pytest.mark.parametrize(
    ("revision", "what_to_do"),
    [
        ("9999", f"mới hơn chương trình (biết đến {newest()}): nâng cấp chương trình"),
        ("0001", f"cũ hơn chương trình ({newest()}): sao lưu rồi chạy 'dondoc init'"),
    ],
)
def test_every_command_refuses_a_database_of_another_version_with_what_to_do(
    house: House,
    capfd: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
    revision: str,
    what_to_do: str,
) -> None:
    pretend(house, revision)
    monkeypatch.setenv("PREFECT_API_URL", "http://127.0.0.1:1/api")
    lists = house.settings.home / "dau-moi.csv"
    lists.write_text("agency,role,name,address,phone\n", encoding="utf-8")
    left_out = {*OF_FILES_ALONE, *OF_ITS_OWN, *LAYS_OUT, TELLS_ALL}
    commands = dict(leaves(dondoc))
    assert left_out < commands.keys()
    for words, command in commands.items():
        if words not in left_out:
            capfd.readouterr()
            assert run(called(words, command, path=str(lists))) == REFUSED, words
            said = capfd.readouterr().err.strip()
            assert said == f"cơ sở dữ liệu ở phiên bản {revision}, {what_to_do}", words


def test_the_watch_tells_of_another_version_among_all_else(
    house: House, capfd: pytest.CaptureFixture[str]
) -> None:
    pretend(house, "9999")
    assert run(["watch", "--json"]) == 1
    found = {check["name"]: check for check in json.loads(capfd.readouterr().out)["checks"]}
    assert "mới hơn chương trình" in found["database"]["said"]
    assert run(["watch", "--accept-key"]) == REFUSED


@pytest.mark.parametrize("words", LAYS_OUT, ids=" ".join)
def test_what_lays_out_says_of_a_newer_database_in_a_line_too(
    house: House, capfd: pytest.CaptureFixture[str], words: tuple[str, ...]
) -> None:
    pretend(house, "9999")
    assert run([*words]) == REFUSED
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
            cwd=PROJECT_ROOT,
            env=environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        for _ in range(4)
    ]
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
