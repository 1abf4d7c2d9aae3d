"""Every change is in the journal with who did it: by the portal, on the command line, by the engine."""

from __future__ import annotations

import json
import os
import pwd
from datetime import date
from pathlib import Path

import pytest

from cli.main import run
from cli.who import account
from obligations.rights import Seat
from tasks_lib.bootstrap import House
from tasks_lib.journal_words import JOURNAL_WORDS, words_of
from tasks_lib.usecases.preview import preview
from tasks_lib.usecases.proof import Wanted, read, verify
from tests.support.stories import A_MU_SUNG, SIGNED, SO_NOI_VU, replay
from tests.support.visits import visited

OF_A_MU_SUNG = f"1.2/{A_MU_SUNG}/once"
ME = pwd.getpwuid(os.getuid()).pw_name


def test_the_account_is_the_processs_own_whatever_the_environment_says(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    for name in ("USER", "LOGNAME", "USERNAME"):
        monkeypatch.setenv(name, "chu-tich")
    assert account({"USER": "chu-tich"}) == ME
    assert account({"SUDO_USER": "an"}) == f"{ME} (sudo: an)"


def test_on_the_command_line_the_account_stands_beside_the_agency(
    house: House, capsys: pytest.CaptureFixture[str]
) -> None:
    replay(house, SIGNED, "2022-07-07")
    done = run(
        ["report", "submit", OF_A_MU_SUNG, "--by", A_MU_SUNG, "--as-of", "2022-07-08", "--figure", "a=3"]
    )
    assert done == 0
    capsys.readouterr()
    assert run(["history", OF_A_MU_SUNG, "--json"]) == 0
    entry = json.loads(capsys.readouterr().out)[-1]
    assert (entry["what"], entry["by"], entry["os_user"]) == ("submit", A_MU_SUNG, account(os.environ))
    row = read(house, Wanted(what="submit"))[-1]
    assert (row["channel"], row["subject"], row["by"]) == ("command", OF_A_MU_SUNG, A_MU_SUNG)


def test_what_had_no_history_is_a_row(house: House, home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    people = home / "dau-moi.csv"
    people.write_text(
        f"agency,role,name,address,phone\n{A_MU_SUNG},clerk,Lê An,an@laocai.example,\n", encoding="utf-8"
    )
    for words in (
        ["plan", "start", "--as-of", SIGNED, "--yes"],
        ["contacts", "import", str(people)],
        ["login-link", "--role", "ops"],
        ["link", A_MU_SUNG],
        ["messages", "retry"],
        ["revoke", A_MU_SUNG],
    ):
        assert run(words) == 0, words
    whats = [row["what"] for row in read(house, Wanted())]
    assert whats == [
        "configuration", "plan-start", "contacts-import", "login-link", "link", "mail-retry", "revoke",
    ]  # fmt: skip
    assert all(row["os_user"] for row in read(house, Wanted())[1:])
    assert all(words_of(what) == JOURNAL_WORDS[what] for what in whats)
    assert verify(house).ok
    assert SO_NOI_VU in {row["by"] for row in read(house, Wanted())}


def test_on_the_portal_the_seat_and_a_mark_of_the_session_stand_there(house: House) -> None:
    replay(house, SIGNED, "2022-07-07")
    with visited(house, "2022-07-08T09:00") as site:
        site.login(Seat.COORDINATOR).post("/dang-xuat")
    came, went = read(house, Wanted(limit=2))
    assert (came["what"], came["channel"], came["by"]) == ("sign-in", "portal", SO_NOI_VU)
    assert (went["what"], went["seat"], went["by"]) == ("sign-out", "coordinator", SO_NOI_VU)
    assert went["session"] == went["details"]["session"] == came["details"]["session"] != ""
    assert verify(house).ok


def test_a_rehearsal_leaves_no_row(house: House) -> None:
    replay(house, SIGNED, "2022-07-06")
    before = verify(house)
    preview(house, date(2022, 7, 7))
    assert verify(house) == before
