"""What is typed wrongly is refused with what comes nearest; what is typed as people say it is understood."""

from __future__ import annotations

import re
from collections.abc import Callable

import click
import pytest

from cli.chosen import named
from cli.common import DAY
from cli.main import BAD_INPUT, REFUSED, run
from config.settings import PROJECT_ROOT
from notifications.memory import MemoryTransport
from tasks_lib.kernel.bootstrap import House
from tests.support.life.stories import (
    A_MU_SUNG,
    BAT_XAT,
    MUONG_VI,
    SIGNED,
    SO_NOI_VU,
    leave_only,
    replay,
    replay_with_mail,
)
from tests.support.running.commands import COMMANDS

Say = Callable[..., str]
ONE, TWO = f"1.2/{A_MU_SUNG}/once", f"1.2/{MUONG_VI}/once"


@pytest.fixture
def said(capfd: pytest.CaptureFixture[str]) -> Say:
    """Run a command and return what it said on stderr."""

    def _said(*words: str, status: int) -> str:
        capfd.readouterr()
        assert run(list(words)) == status
        out, err = capfd.readouterr()
        assert out == ""
        assert len(err.strip().splitlines()) == 1, err
        return err.strip()

    return _said


@pytest.mark.parametrize(
    ("words", "near"),
    [
        (("obligations", "--state", "overdu"), "gần nhất: overdue"),
        (("obligations", "--state", "quá hạng"), "qua han"),
        (("obligations", "--kind", "king"), "task, row, report, sheet, plan"),
        (("obligations", "--kind", "repport"), "gần nhất: report"),
        (("obligations", "--agency", "bat-xta"), "h082-2022 (UBND huyện Bát Xát)"),
        (("obligations", "--agency", "so-y-tte"), "so-y-te (Sở Y tế)"),
        (("obligations", "--item", "9.9"), "gần nhất: 8.5"),
        (("notices", "--item", "1.22"), "1.2"),
        (("notices", "--agency", "so y tee"), "so-y-te"),
        (("notices", "--recipient", "so-noi-vuu"), "so-noi-vu (Sở Nội vụ)"),
        (("messages", "--state", "zz"), "chọn một trong: waiting, sending, sent"),
        (("messages", "--state", "senttt"), "gần nhất: sent"),
        (("messages", "retry", "99999"), "không có thư số 99999"),
        (("messages", "show", "99999"), "99999"),
        (("sweep", "--item", "9.9", "--as-of", "2022-07-07"), "gần nhất: 8.5"),
        (("proposals", "list", "--state", "listd"), "gần nhất: listed"),
        (("history", "1.2/x02719-2022/onec"), "gần nhất: 1.2/x02719-2022/once"),
        (("event", "record", "2.44", "--agency", BAT_XAT, "--on", "2022-08-01", "--title", "x"), "2.4"),
        (("event", "record", "2.4", "--agency", "bat-xatt", "--on", "2022-08-01", "--title", "x"), BAT_XAT),
        (("pause", "sa-paa", "--from", "2022-08-01", "--to", "2022-08-02", "--reason", "lũ"), "Sa Pa"),
        (("report", "accept", ONE, "--by", "bat-xatt"), BAT_XAT),
        (("report", "nothing-arose", ONE, "--by", A_MU_SUNG, "--missing", "muong-vii"), MUONG_VI),
        (("document", "record", ONE, "--by", "bat-xatt", "--number", "1", "--on", "2022-07-08"), BAT_XAT),
        (("extend", ONE, "--until", "2022-08-01", "--by", "so-noi-vuu"), SO_NOI_VU),
        (("link", "muong-vii"), MUONG_VI),
        (("link", MUONG_VI, "--for", "reviw"), "gần nhất: review"),
        (("login-link", "--role", "oficer"), "gần nhất: officer"),
        (("login-link", "--role", "officer", "--agency", "so-y-tte"), "so-y-te"),
        (("revoke", "muong-vii"), MUONG_VI),
        (("contacts", "lift", "muong-vii"), MUONG_VI),
        (("contacts", "confirm", "77777"), "77777"),
        (("journal", "--what", "sweeep"), "gần nhất: sweep"),
        (("obligations", "--as-of", "0001-01-01T00:00+14:00"), "năm phải trong khoảng"),
        (("obligations", "--as-of", "9999-12-31T23:59-12:00"), "năm phải trong khoảng"),
        (("obligations", "--as-of", "32/10/2022"), "viết 18/7/2022"),
    ],
    ids=lambda v: " ".join(v) if isinstance(v, tuple) else "",
)
def test_a_typing_error_is_no_empty_list(house: House, said: Say, words: tuple[str, ...], near: str) -> None:
    assert near in said(*words, status=BAD_INPUT)


def test_a_mail_that_needs_no_try_is_refused(house: House, said: Say) -> None:
    leave_only(house, ONE)
    replay_with_mail(house, SIGNED, "2022-07-07", MemoryTransport())
    assert "không còn ở trạng thái" in said("messages", "retry", "1", status=REFUSED)
    assert "không có thư số 99 (số cuối là" in said("messages", "retry", "1", "99", status=BAD_INPUT)


@pytest.mark.parametrize(
    ("name", "ids"),
    [
        ("bat xat", [BAT_XAT]),
        ("Bát Xát", [BAT_XAT]),
        ("bat-xat", [BAT_XAT]),
        ("UBND huyện Bát Xát", [BAT_XAT]),
        ("thi tran bat xat", ["x02683-2022"]),
        ("muong vi", [MUONG_VI]),
        ("xã mường vi bát xát", [MUONG_VI]),
        ("so y te", ["so-y-te"]),
        ("xa muong bo sa pa", ["x03043-2022"]),
        ("nowhere", []),
    ],
)
def test_a_name_finds_the_agency_it_means(house: House, name: str, ids: list[str]) -> None:
    assert [agency.id for agency in named(house, name)] == ids


def test_a_name_of_two_is_refused_with_both(house: House, said: Say) -> None:
    both = said("obligations", "--agency", "thanh binh", status=BAD_INPUT)
    assert "có thể là 2 cơ quan" in both
    assert both.count("UBND xã Thanh Bình") == 2


def test_whom_a_name_meant_is_said_beside_the_result(house: House, capfd: pytest.CaptureFixture[str]) -> None:
    replay(house, SIGNED, SIGNED)
    assert run(["obligations", "--agency", "muong vi", "--item", "1.2", "--as-of", "5/7/2022"]) == 0
    out, err = capfd.readouterr()
    assert err.strip() == f"--agency: UBND xã Mường Vi ({MUONG_VI})"
    assert TWO in out.splitlines()


def test_every_day_may_be_typed_as_people_write_it() -> None:
    other = [
        (name, param.name)
        for name, command in COMMANDS.items()
        for param in command.params
        if param.metavar == "NGÀY" and param.type is not DAY and param.name != "as_of"
    ]
    assert other == []


def test_a_word_of_a_few_is_looked_at_in_one_place() -> None:
    loose = [
        (name, param.name)
        for name, command in COMMANDS.items()
        for param in command.params
        if param.name in ("state", "kind", "what", "purpose") and type(param.type).__name__ != "OneOf"
    ]
    assert loose == []


def test_no_line_names_a_command_that_does_not_exist() -> None:
    told = re.compile(r"dondoc ((?:[a-z]+(?:-[a-z]+)*)(?: [a-z]+(?:-[a-z]+)*)?)")
    places = ("cli", "config", "flows", "notifications", "obligations", "store", "tasks_lib", "web", "docs")
    files = [
        p
        for place in places
        for s in ("*.py", "*.html", "*.j2", "*.md")
        for p in (PROJECT_ROOT / place).rglob(s)
    ]
    wrong = set()
    for path in files:
        for match in told.findall(path.read_text(encoding="utf-8")):
            first, _, second = match.partition(" ")
            command = COMMANDS.get(first)
            group = isinstance(command, click.Group) and not command.invoke_without_command
            if command is None or (group and second and match not in COMMANDS):
                wrong.add((path.name, match))
    assert wrong == set()
