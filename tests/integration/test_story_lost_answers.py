"""A copy is put in place: whoever answered after it was taken is named, for nobody else can answer again."""

from __future__ import annotations

from pathlib import Path

import pytest

from cli.main import run
from store.engine import reading
from store.facts import fact
from store.said import Left, Said
from tasks_lib.duties.initialise import INSTANCE
from tasks_lib.keeping.after_restore import standing
from tasks_lib.keeping.backup import backup
from tasks_lib.keeping.restore import restore
from tasks_lib.kernel.bootstrap import House
from tasks_lib.mailing.mail_log import as_text
from tests.support.life.stories import A_MU_SUNG, BAT_XAT, MUONG_VI, at, leave_only, replay, reports_in

TASK = f"1.2/{MUONG_VI}/once"


def test_who_reported_after_the_copy_is_named_until_they_report_again(
    house: House, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    other = f"1.2/{A_MU_SUNG}/once"
    leave_only(house, TASK, other)
    replay(house, "2022-07-01", "2022-07-06")
    reports_in(house, other, "2022-07-06T19:00")
    copy = backup(house, tmp_path / "copies", at("2022-07-06T20:00"))
    reports_in(house, TASK, "2022-07-06T21:00")
    house.engine.dispose()

    stood = restore(house, copy.folder, at("2022-07-07T10:00"), aside=True)

    assert stood.lost.compared
    assert [(a.obligation, a.agency, a.at) for a in stood.lost.answers] == [
        (TASK, MUONG_VI, at("2022-07-06T21:00"))
    ]
    capsys.readouterr()
    assert run(["restore", "--status"]) == 0
    assert f"UBND xã Mường Vi: {TASK}, gửi lúc 21:00 ngày 06/07/2022" in capsys.readouterr().out
    reports_in(house, TASK, "2022-07-07T10:30")
    assert standing(house).lost.answers == ()


def test_where_nothing_of_the_database_is_left_the_mail_log_names_whom_it_can(
    house: House, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A desk was asked to look at Mường Vi's report; the copy knows of none."""
    leave_only(house, TASK)
    replay(house, "2022-07-01", "2022-07-06")
    copy = backup(house, tmp_path / "copies", at("2022-07-06T20:00"))
    with reading(house.engine) as connection:
        own = fact(connection, INSTANCE)
    assert own is not None
    asked = Left(
        at=at("2022-07-07T07:30"),
        plan=house.plan.key,
        message_id="<x@laocai.example>",
        recipient=BAT_XAT,
        on=at("2022-07-07T07:30").date(),
        taken=(),
        said=Said(notices=((TASK, "review-1", "+5"),)),
    )
    kept = house.settings.home / "mail-log" / "2022-07.jsonl"
    kept.parent.mkdir(exist_ok=True)
    kept.write_text(as_text(asked, own.value) + "\n", encoding="utf-8")
    house.engine.dispose()
    for path in house.settings.home.glob("dondoc.db*"):
        path.unlink()

    stood = restore(house, copy.folder, at("2022-07-07T10:00"))

    assert not stood.lost.compared
    assert [(a.obligation, a.at) for a in stood.lost.answers] == [(TASK, None)]
    capsys.readouterr()
    assert run(["restore", "--status"]) == 0
    said = capsys.readouterr().out
    assert f"UBND xã Mường Vi: {TASK}\n" in said
    assert "hỏi các đơn vị có việc đến hạn từ lúc sao lưu" in said
