"""Every change is in the journal with who did it: by the portal, on the command line, by the engine."""

from __future__ import annotations

import json
import os
import pwd
from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import update

from cli.main import run
from cli.who import account
from notifications.memory import MemoryTransport
from obligations.model import Contact
from obligations.rights import Seat
from store.schema import obligations
from tasks_lib.answering.drafts import Decision, Writing, give_back, present
from tasks_lib.answering.report_draft import ReportDraft
from tasks_lib.duties.change import changing
from tasks_lib.keeping.proof import Wanted, read, verify
from tasks_lib.kernel.bootstrap import House
from tasks_lib.kernel.journal_words import JOURNAL_WORDS, words_of
from tasks_lib.mailing.preview import preview
from tests.support.life.letters import messages_to
from tests.support.life.stories import A_MU_SUNG, SIGNED, SO_NOI_VU, at, leave_only, replay, replay_with_mail
from tests.support.mailing.returned import returned
from tests.support.pages.unit import names
from tests.support.pages.visits import visited

OF_A_MU_SUNG = f"1.2/{A_MU_SUNG}/once"
NINE = "2022-07-08T09:00:00+07:00"
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
        "configuration",
        "plan-start",
        "contacts-import",
        "login-link",
        "link",
        "mail-retry",
        "revoke",
    ]
    assert all(row["os_user"] for row in read(house, Wanted())[1:])
    assert all(words_of(house, what) == JOURNAL_WORDS[what] for what in whats)
    assert verify(house).ok
    assert SO_NOI_VU in {row["by"] for row in read(house, Wanted())}


def test_what_is_done_about_mail_that_came_back_and_about_the_key_is_a_row(
    house: House, home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    leave_only(house, OF_A_MU_SUNG)
    replay_with_mail(house, SIGNED, "2022-07-07", MemoryTransport())
    content = messages_to(house, A_MU_SUNG)[-1].content
    address = house.agency(A_MU_SUNG).contacts[0].address
    (home / "tra-lai.eml").write_bytes(returned(content, address))
    before = len(read(house, Wanted()))
    for words in (
        ["bounces", str(home / "tra-lai.eml")],
        ["bounces", str(home / "tra-lai.eml")],  # read before: nothing is done
        ["contacts", "lift", A_MU_SUNG],
        ["watch", "--accept-key"],
    ):
        assert run([*words, "--as-of", "2022-07-08T09:00"]) in (0, 1), words
    found = read(house, Wanted())[before:]
    assert [(row["what"], row["subject"]) for row in found] == [
        ("mail-back", A_MU_SUNG),
        ("address-lift", A_MU_SUNG),
        ("key-accept", ""),
    ]
    assert {row["at"] for row in found} == {NINE}
    assert all(words_of(house, row["what"]) != words_of(house, "change") for row in found)
    assert address in found[0]["details"]["failed"]


def test_a_draft_that_is_presented_and_given_back_is_a_row(house: House) -> None:
    people = (
        Contact(role="leader", name="Lò Văn Sơn", address="son@a-mu-sung.example"),
        Contact(role="officer", name="Vàng A Páo", address="pao@a-mu-sung.example"),
    )
    names(house, A_MU_SUNG, "2022-07-05T09:00", *people)
    drafted = Writing(
        key=OF_A_MU_SUNG,
        by=A_MU_SUNG,
        person="Vàng A Páo",
        as_of=at("2022-07-08T10:00"),
        content=ReportDraft(text="Đã tuyên truyền", figures={"a": "12"}),
    )
    present(house, [drafted], people[0].address)
    decision = Decision(
        key=OF_A_MU_SUNG, by=A_MU_SUNG, person="Lò Văn Sơn", as_of=at("2022-07-08T15:00"), version=1
    )
    give_back(house, decision, "Thêm số buổi")
    rows = read(house, Wanted(limit=2))
    assert [(row["what"], row["subject"], row["by"], row["person"]) for row in rows] == [
        ("draft-present", OF_A_MU_SUNG, A_MU_SUNG, "Vàng A Páo"),
        ("draft-return", OF_A_MU_SUNG, A_MU_SUNG, "Lò Văn Sơn"),
    ]


def test_what_somebody_forgot_to_name_has_its_own_instant(house: House) -> None:
    with changing(house, at("2022-07-08T09:00")) as connection:
        connection.execute(update(obligations).where(obligations.c.key == OF_A_MU_SUNG).values(version=7))
    (row,) = read(house, Wanted(limit=1))
    assert (row["what"], row["at"], row["plan"]) == ("change", NINE, house.plan.key)


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
