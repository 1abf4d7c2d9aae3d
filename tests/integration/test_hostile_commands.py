"""Whatever is given to whichever command: done, or one line and exit status 1 or 2; on both databases."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import click
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cli.main import BAD_INPUT, REFUSED, dondoc, run
from tasks_lib.kernel.bootstrap import House
from tests.support.life.stories import SIGNED, replay
from tests.support.pages.hostile import DAYS, NUMBERS, PLACES, TEXTS
from tests.support.pages.leaves import leaves

pytestmark = pytest.mark.both

RUNNING = ("demo", "deployments", "round", "simulate", "up", "web")
"""Commands that run for long or start others; their options are tried apart."""
USAGE = ("Usage", "Try", "Cách dùng", "Xem ")
"""How click begins what it says before the fault itself."""
KEY, REPORT = "1.2/x02686-2022/once", "report/x02686-2022/2022-Q3-report"
SHORT, LONG = 40, 1500


COMMANDS = tuple(leaf for leaf in leaves(dondoc) if leaf[0][0] not in RUNNING)
# Arguments come as the operating system gives them: what is no UTF-8 as halves of signs.
WORDS = tuple(v.decode("utf-8", "surrogateescape") for v in (*TEXTS, *NUMBERS, *DAYS, *PLACES, KEY.encode()))


@pytest.fixture(params=["sqlite", "postgresql"])
def home_of(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A home whose database has the plan on 8/7/2022; commands find it by the environment."""
    postgres = request.param == "postgresql"
    replay(request.getfixturevalue("postgres_house" if postgres else "house"), SIGNED, "2022-07-08")
    if postgres:
        monkeypatch.setenv("DONDOC_DATABASE_URL", request.getfixturevalue("postgres_url"))
    home: Path = request.getfixturevalue("home")
    files = home / "files"
    files.mkdir()
    for number, content in enumerate(FORMS):
        (files / f"{number}.json").write_text(content, encoding="utf-8")
    (files / "nul.csv").write_text("agency,role,name,address,phone\nso-y-te,leader,a\x00b,x@x.example,\n")
    (files / "latin.csv").write_bytes(b"agency,role\xff\n")
    monkeypatch.chdir(home)  # where a command is asked to write a path drawn at random
    return home


FORMS = (
    "[" * 200_000,
    '{"obligation": ' * 900,
    "9" * 6000,
    "NaN",
    "",
    "\x00",
    "null",
    '{"obligation": "\\ud800"}',
    json.dumps({"obligation": REPORT, "text": "\x00\ud800", "difficulty": ["x"], "rows": []}),
    json.dumps({"obligation": REPORT, "rows": [{"row": {"a": []}, "text": 7}]}),
    json.dumps({"obligation": REPORT, "rows": "x", "missing": {}}),
)


def _tried(home: Path, data: st.DataObject, capfd: pytest.CaptureFixture[str]) -> None:
    words, command = data.draw(st.sampled_from(COMMANDS))
    paths = [str(path) for path in sorted((home / "files").iterdir())]
    given_words = [*words, *_arguments(command, data, st.sampled_from((*WORDS, *paths)))]
    capfd.readouterr()

    status = run(given_words)

    err = capfd.readouterr().err
    assert status in (0, REFUSED, BAD_INPUT), given_words
    assert "Traceback" not in err, given_words
    assert status == 0 or err.strip(), given_words


def _arguments(command: click.Command, data: st.DataObject, values: st.SearchStrategy[str]) -> list[str]:
    found: list[str] = []
    for param in command.params:
        if not (param.required or data.draw(st.booleans())):
            continue
        if isinstance(param, click.Argument):
            found.append(_value(param, data, values))
        elif isinstance(param, click.Option):
            found.append(param.opts[0])
            if not (param.is_flag or param.count):
                found.append(_value(param, data, values))
    return found


def _value(param: click.Parameter, data: st.DataObject, values: st.SearchStrategy[str]) -> str:
    """Draw a value: half the time one that gets further than the first question."""
    plausible: dict[str, Any] = {
        "obligation": KEY,
        "obligations": KEY,
        "by": "x02686-2022",
        "as_of": "2022-07-08",
        "agency": "x02686-2022",
        "on_day": "2022-07-08",
        "signed_on": "2022-07-07",
        "until": "2022-07-20",
        "plan_name": "239",
        "place": "h082-2022",
        "from_day": "2022-07-08",
        "to_day": "2022-07-12",
        "number": "1",
        "numbers": "1",
        "item": "2.4",
        "reason": "lý do",
        "role": "officer",
    }
    if param.name in plausible and data.draw(st.booleans()):
        return str(plausible[param.name])
    return data.draw(values)


TRIED: dict[str, Any] = {"deadline": None, "database": None, "suppress_health_check": list(HealthCheck)}


@settings(max_examples=SHORT, **TRIED)
@given(data=st.data())
def test_no_command_breaks(home_of: Path, capfd: pytest.CaptureFixture[str], data: st.DataObject) -> None:
    _tried(home_of, data, capfd)


@pytest.mark.soak
@settings(max_examples=LONG, **TRIED)
@given(data=st.data())
def test_no_command_of_many_breaks(
    home_of: Path, capfd: pytest.CaptureFixture[str], data: st.DataObject
) -> None:
    _tried(home_of, data, capfd)


def test_a_form_that_is_none_is_told_in_a_line(house: House, capfd: pytest.CaptureFixture[str]) -> None:
    for number, content in enumerate(FORMS):
        path = house.settings.home / f"{number}.json"
        path.write_text(content, encoding="utf-8")

        words = ["--by", "x02686-2022", "--as-of", "2022-09-08", "--from", str(path)]
        status = run(["report", "submit", REPORT, *words])

        said = capfd.readouterr().err.strip()
        assert status == BAD_INPUT
        assert said.startswith(f"{number}.json: ")
        assert len(said.splitlines()) == 1


OUT_OF_REACH = (
    ["sweep", "--as-of", "0001-01-01"],
    ["sweep", "--as-of", "9999-12-31T23:59"],
    ["deliver", "--as-of", "0001-01-01T00:00"],
    ["preview", "--on", "9999-12-31"],
    ["preview", "--on", "2030-01-01"],
    ["simulate", "--to", "9999-12-31"],
    ["simulate", "--to", "2090-01-01"],
    ["plan", "dates", "--year", "9999"],
    ["report", "submit", KEY, "--by", "x02686-2022", "--figure", "a=" + "9" * 5000],
    ["report", "submit", KEY, "--by", "x02686-2022", "--text", "a\x00b"],
    ["report", "submit", KEY, "--by", "x02686-2022", "--text", "a\udcff"],
    ["report", "accept", KEY, "--by", "h082-2022", "--version", "9" * 20],
    ["verify", "--head", "a" * 60_000],
    ["messages", "retry", "9" * 20],
    ["messages", "show", "9" * 20],
    ["messages", "show", "9" * 9],
    ["journal", "--last", "9" * 20],
    ["proposals", "drop", "9" * 20, "--reason", "x"],
    ["extend", KEY, "--until", "9999-12-31", "--document", "1/QĐ"],
)


def test_what_no_calendar_and_no_database_holds_is_one_line(
    home_of: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    for words in OUT_OF_REACH:
        status = run(words)

        said = capfd.readouterr().err
        assert status == BAD_INPUT, (words, said)
        assert "Traceback" not in said
        assert max(len(line) for line in said.splitlines()) < 400


STARTING_NOTHING = (
    ["round", "--as-of", "0001-01-01"],
    ["round", "--as-of", "9999-12-31"],
    ["web", "--as-of", "0001-01-01"],
    ["web", "--as-of", "9999-12-31T23:59"],
    ["web", "--port", "99999999999999999999"],
    ["up", "--as-of", "0001-01-01"],
    ["up", "--as-of", "9999-12-31"],
    ["up", "--web-port", "0"],
    ["demo", "--day", "0001-01-01"],
    ["demo", "--day", "9999-12-31"],
    ["demo", "--seed", "1e9"],
    ["deployments", "write", "--to", "/"],
    ["deployments", "write", "--to", ""],
    ["deployments", "write", "--to", "khong-co/prefect.yaml"],
    ["deployments", "write", "--to", "a" * 5000],
    ["deployments", "write", "--to", "a\udcff"],
)
"""What would start servers, or write where it cannot; each ends before."""


def test_what_starts_servers_or_writes_files_refuses_in_a_line_before_it(
    house: House, capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(house.settings.home)
    for words in STARTING_NOTHING:
        status = run(words)

        said = capfd.readouterr().err
        assert status in (REFUSED, BAD_INPUT), (words, said)
        assert "Traceback" not in said
        (line,) = [line for line in said.splitlines() if line and not line.startswith(USAGE)]
        assert len(line) < 400, words
