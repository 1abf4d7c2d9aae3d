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
EVERY_HELP = """
import contextlib, io, json, sys
from cli.main import dondoc, run
from tests.support.pages.leaves import leaves
brought, known = {}, set()
for words, _ in leaves(dondoc):
    with contextlib.redirect_stdout(io.StringIO()):
        status = run([*words, "--help"])
    packages = {name.partition(".")[0] for name in sys.modules}
    brought[" ".join(words)] = [status, sorted(packages - known)]
    known |= packages
print(json.dumps(brought))
"""
HEAVY = {
    "PIL",
    "aiosmtpd",
    "alembic",
    "docx",
    "fastapi",
    "httpx",
    "jinja2",
    "lxml",
    "mako",
    "openpyxl",
    "playwright",
    "prefect",
    "pypdfium2",
    "resvg_py",
    "rich",
    "starlette",
    "uvicorn",
    "xlsxwriter",
    "yagmail",
}
"""What no short command needs."""
OF_A_HOUSE = {"holidays", "lark", "pydantic", "sqlalchemy", "tomlkit"}
"""What reads the configuration and the database: no help needs these either."""


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

    assert not packages & (HEAVY | OF_A_HOUSE | {"tasks_lib"})
    assert modules < 250


def test_the_help_of_every_command_takes_in_neither_database_nor_configuration() -> None:
    told = subprocess.run([sys.executable, "-c", EVERY_HELP], capture_output=True, text=True, check=True)
    brought: dict[str, tuple[int, list[str]]] = json.loads(told.stdout)

    assert len(brought) > 90
    assert {words: status for words, (status, _) in brought.items() if status} == {}
    heavy = {
        words: found & (HEAVY | OF_A_HOUSE) for words, (_, new) in brought.items() if (found := set(new))
    }
    assert {words: found for words, found in heavy.items() if found} == {}


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
