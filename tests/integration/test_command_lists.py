"""What commands list fits a terminal, breaks no id, and keeps for scripts what people are not shown."""

from __future__ import annotations

import json
from typing import Any

import pytest
from sqlalchemy import update

from cli.main import run
from notifications.memory import MemoryTransport
from store.engine import writing
from store.schema import messages, obligations
from tasks_lib.kernel.bootstrap import House
from tasks_lib.mailing.holds import hold
from tests.support.life.stories import (
    A_MU_SUNG,
    BAT_XAT,
    MUONG_VI,
    SIGNED,
    SO_NOI_VU,
    at,
    leave_only,
    replay,
    replay_with_mail,
    reports_in,
)

ONE, TWO = f"1.2/{A_MU_SUNG}/once", f"1.2/{MUONG_VI}/once"
WIDTH = 80


ENTERED = (
    (
        "pause",
        BAT_XAT,
        "--from",
        "2022-07-25",
        "--to",
        "2022-07-29",
        "--reason",
        "Mưa lũ, sạt lở đường vào xã",
    ),
    (
        "day-document",
        "add",
        "plan",
        "--number",
        "1234/UBND-NV",
        "--on",
        "2022-07-01",
        "--issuer",
        "UBND tỉnh",
    ),
)
"""What stands in the lists of what people enter."""


@pytest.fixture
def lived(house: House, monkeypatch: pytest.MonkeyPatch) -> House:
    """Two communes, one of which answered late for what it had done in time; a mail is kept back."""
    monkeypatch.setenv("COLUMNS", str(WIDTH))
    report = "report/so-nong-nghiep-va-phat-trien-nong-thon/2022-Q3-report"
    leave_only(house, ONE, TWO, report, "5.1/x02686-2022/once")
    replay_with_mail(house, SIGNED, "2022-07-19", MemoryTransport())
    reports_in(house, ONE, "2022-07-19T09:00")
    monkeypatch.chdir(house.settings.home)
    for entered in ENTERED:
        assert run([*entered, "--as-of", "2022-07-19"]) == 0, entered
    with writing(house.engine) as connection:
        late = update(obligations).where(obligations.c.key == ONE)
        connection.execute(late.values(updated_late=True))
    return house


LISTS = (
    "agencies",
    "obligations --as-of 2022-07-19",
    "notices",
    f"history {ONE}",
    "messages",
    "journal",
    "contacts proposals",
    "plan dates",
    "plan show",
    "plan list",
    "pauses list",
    "day-document list",
    "task list",
    "cycle list",
    "cycle preview",
    "paper kinds",
    "proposals list",
    "unit list --on 2022-07-19",
    "unit successors",
    "deployments list",
    "watch --as-of 2022-07-19",
)


def too_wide(lines: list[str]) -> list[str]:
    """What does not fit; an id that is longer than the terminal is not broken."""
    return [line for line in lines if len(line) > WIDTH and " " in line.strip()]


def test_the_lists_of_papers_fit_too(lived: House, capfd: pytest.CaptureFixture[str]) -> None:
    assert run(["campaign", "make", "--item", "1.2", "--as-of", "2022-07-19"]) == 0
    for words in ("paper list", "campaign list"):
        capfd.readouterr()
        assert run(words.split()) == 0
        lines = capfd.readouterr().out.splitlines()
        assert len(lines) > 1, words
        assert too_wide(lines) == []


@pytest.mark.parametrize("words", LISTS)
def test_a_list_fits_eighty_columns_and_breaks_no_id(
    lived: House, capfd: pytest.CaptureFixture[str], words: str
) -> None:
    assert run(words.split()) in (0, 1)  # a watch that finds something ends with 1
    lines = capfd.readouterr().out.splitlines()
    assert too_wide(lines) == []
    # Where a list is a table, no cell's text has broken it.
    assert len({line.count("│") for line in lines if "│" in line and "─" not in line}) <= 1


def test_people_read_names_and_copy_whole_ids(lived: House, capfd: pytest.CaptureFixture[str]) -> None:
    assert run(["obligations", "--as-of", "19/7/2022"]) == 0
    out = capfd.readouterr().out
    assert ONE in out.splitlines()
    assert "report/so-nong-nghiep-va-phat-trien-nong-thon/2022-Q3-report" in out.splitlines()
    assert "UBND xã A Mú Sung: 1.2. Tổ chức thông tin" in out
    assert "cập nhật chậm" in " ".join(out.split())
    assert run(["history", TWO]) == 0
    told = capfd.readouterr().out
    assert "nhắc việc lần 1, gửi UBND xã Mường Vi" in told
    assert run(["notices", "--agency", "muong vi"]) == 0
    assert "gửi UBND xã Mường Vi (chính đơn vị): máy chủ đã nhận" in " ".join(capfd.readouterr().out.split())


def _json(capfd: pytest.CaptureFixture[str], *words: str) -> Any:  # noqa: ANN401 - a JSON document
    capfd.readouterr()
    assert run([*words, "--json"]) == 0
    return json.loads(capfd.readouterr().out)


def test_scripts_read_what_was_entered_late_and_what_is_held(
    lived: House, capfd: pytest.CaptureFixture[str]
) -> None:
    found = {row["id"]: row for row in _json(capfd, "obligations", "--item", "1.2")}
    assert (found[ONE]["updated_late"], found[TWO]["updated_late"]) == (True, False)

    hold(
        lived,
        [BAT_XAT],
        at("2022-07-20T07:00").date(),
        by=SO_NOI_VU,
        as_of=at("2022-07-20T07:00"),
        reason="chờ",
    )
    replay(lived, "2022-07-20", "2022-07-20")
    with writing(lived.engine) as connection:
        faulty = update(messages).where(messages.c.id == 1)
        connection.execute(faulty.values(state="held", error="không soạn được"))
    first, *_ = _json(capfd, "messages", "--state", "held")
    assert (first["id"], first["held"]) == (1, "không soạn được")
    about = {row["id"]: row["held"] for row in _json(capfd, "obligations")}
    assert [key for key, held in about.items() if held == "không soạn được"]
