"""What a command imports is what it needs: counted, for seconds say more of the machine."""

from __future__ import annotations

import json
import subprocess
import sys

import pytest

from cli.commands import COMMANDS
from cli.main import dondoc

ASKED = """
import contextlib, io, json, sys
from cli.main import run
with contextlib.redirect_stdout(io.StringIO()):
    status = run(sys.argv[1:])
print(json.dumps([status, len(sys.modules), sorted({name.partition(".")[0] for name in sys.modules})]))
"""
HEAVY = {
    "PIL",
    "alembic",
    "docx",
    "fastapi",
    "httpx",
    "jinja2",
    "mako",
    "playwright",
    "prefect",
    "pypdfium2",
    "resvg_py",
    "starlette",
    "uvicorn",
    "xlsxwriter",
}
"""What no short command needs."""


def imported(*words: str) -> tuple[int, set[str]]:
    """How many modules a command takes in, and of which packages."""
    said = subprocess.run(
        [sys.executable, "-c", ASKED, *words], capture_output=True, text=True, check=True
    ).stdout
    status, modules, packages = json.loads(said)
    assert status == 0, words
    return modules, set(packages)


@pytest.mark.parametrize("words", [["--help"], ["--version"]])
def test_the_help_needs_neither_the_database_nor_the_configuration(words: list[str]) -> None:
    modules, packages = imported(*words)

    assert not packages & (HEAVY | {"sqlalchemy", "pydantic", "holidays", "rich", "tasks_lib"})
    assert modules < 250


@pytest.mark.parametrize(
    "words", [["agencies"], ["obligations", "--item", "1.2"], ["history", "1.2/x02686-2022/once"]]
)
@pytest.mark.usefixtures("house")
def test_a_short_command_takes_in_nothing_that_it_does_not_use(words: list[str]) -> None:
    _, packages = imported(*words)

    assert not packages & HEAVY


def test_every_command_has_its_line_and_none_is_cut(capsys: pytest.CaptureFixture[str]) -> None:
    dondoc.main(args=["--help"], prog_name="dondoc", standalone_mode=False)
    said = capsys.readouterr().out

    assert "..." not in said
    assert max(len(line) for line in said.splitlines()) <= 80
    for name, place in COMMANDS.items():
        assert f"  {name} " in said
        assert place.purpose in said
