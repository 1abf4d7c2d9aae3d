"""The database is lost and a copy is put in place: nothing leaves twice, nothing sent is called missed."""

from __future__ import annotations

import re
import shutil
import time
from pathlib import Path

import pytest

from obligations.errors import Refused
from tasks_lib.keeping.after_restore import apply_log, release, standing
from tasks_lib.keeping.backup import backup
from tasks_lib.keeping.restore import restore
from tasks_lib.kernel.bootstrap import House
from tasks_lib.mailing.deliver import deliver
from tests.support.houses.houses import MailServer, lost, with_settings
from tests.support.life.letters import all_messages, contents_of, letter, messages_to, text_of
from tests.support.life.stories import (
    A_MU_SUNG,
    MUONG_VI,
    at,
    communes,
    every_notice,
    leave_only,
    morning,
    replay,
    reports_in,
    send,
)
from tests.support.pages.visits import visited

pytestmark = pytest.mark.usefixtures("programs_of_postgresql")
DAY = "2022-07-07"
TASK = f"1.2/{MUONG_VI}/once"
LINK = re.compile(r"https?://[\w.:]+(/l/[\w.-]+)")


def taken_by(smtp: MailServer, many: int) -> list[bytes]:
    """What the server has taken, once there is so much: the portal sends beside its pages."""
    until = time.monotonic() + 20
    while len(smtp.box.taken) < many and time.monotonic() < until:
        time.sleep(0.05)
    return contents_of(smtp)


def all_communes_of_1_2(house: House) -> list[str]:
    keys = [f"1.2/{commune}/once" for commune in communes(house)]
    leave_only(house, *keys)
    return keys


def ids(smtp: MailServer) -> list[str]:
    return [str(letter(content)["Message-ID"]) for content in contents_of(smtp)]


def test_152_mails_that_left_since_the_copy_do_not_leave_again(
    any_house: House, elsewhere: House, smtp: MailServer, tmp_path: Path
) -> None:
    served = smtp.serving(any_house, timeout=10)
    all_communes_of_1_2(any_house)
    replay(any_house, "2022-07-01", "2022-07-06")
    send(served, "2022-07-04")
    copy = backup(any_house, tmp_path / "copies", at("2022-07-07T05:00"))
    assert copy.verified
    before = len(smtp.box.taken)
    replay(any_house, DAY, DAY)
    send(served, DAY)
    assert len(smtp.box.taken) - before == 152
    lost(any_house)

    stood = restore(elsewhere, copy.folder, at("2022-07-07T10:00"))
    assert (stood.messages, stood.would_leave) == (152, ())
    served = smtp.serving(elsewhere, timeout=10)
    held = deliver(served, at("2022-07-07T10:05"))
    assert held.on_hold == at("2022-07-07T10:00")

    release(elsewhere, at("2022-07-07T11:00"))
    replay(elsewhere, DAY, DAY)
    deliver(served, at("2022-07-07T11:05"))
    replay(elsewhere, "2022-07-08", "2022-07-08")
    deliver(served, morning("2022-07-08"))
    assert len(ids(smtp)) == len(set(ids(smtp))) == before + 152
    told = [n for n in every_notice(elsewhere) if n.step == "-5"]
    assert {n.state for n in told} == {"sent"}
    assert len(told) == 152


def test_50_links_mailed_since_the_copy_are_known_as_ours_and_replaced_when_asked(
    house: House, smtp: MailServer, tmp_path: Path
) -> None:
    with_links = with_settings(smtp.serving(house, timeout=10), public_url="https://theodoi.example")
    all_communes_of_1_2(house)
    replay(house, "2022-07-01", "2022-07-06")
    copy = backup(house, tmp_path / "copies", at("2022-07-07T05:00"))
    replay(house, DAY, DAY)
    send(with_links, DAY)
    found = {path for content in contents_of(smtp) for path in LINK.findall(text_of(content))}
    sample = sorted(found)[:50]
    assert len(sample) == 50
    lost(house)
    restore(house, copy.folder, at("2022-07-07T10:00"))
    before = len(smtp.box.taken)
    with visited(smtp.serving(house, timeout=10), "2022-07-07T10:30") as site:
        pages = [site.by_path(path).get("/") for path in sample]
        assert [page.status for page in pages] == [410] * 50
        assert sum("không đúng hoặc bị cắt" in page.text for page in pages) == 0
        assert sum("Gửi đường dẫn mới" in page.text for page in pages) == 50
        site.by_path(sample[0]).post("/")
        # All other mail is held meanwhile; what somebody asks for now is new.
        assert deliver(site.house, at("2022-07-07T10:31")).on_hold is not None
        (mail,) = taken_by(smtp, before + 1)[before:]
        (path,) = LINK.findall(text_of(mail))
        assert site.by_path(path).get("/").status == 200


def test_reminders_that_left_are_told_as_sent_with_their_day_and_never_as_missed(
    house: House, smtp: MailServer, tmp_path: Path
) -> None:
    served = smtp.serving(house)
    leave_only(house, TASK)
    replay(house, "2022-07-01", "2022-07-06")
    copy = backup(house, tmp_path / "copies", at("2022-07-06T20:00"))
    for day in ("2022-07-07", "2022-07-13"):
        replay(house, day, day)
        send(served, day)
    lost(house)
    restore(house, copy.folder, at("2022-07-14T10:00"))
    release(house, at("2022-07-14T11:00"))
    replay(house, "2022-07-15", "2022-07-18")
    send(served, "2022-07-18")
    text = text_of(contents_of(smtp)[-1])
    assert "07/7/2022 và 13/7/2022" in text
    assert "không gửi được" not in text
    assert "chưa gửi" not in text
    assert len(ids(smtp)) == len(set(ids(smtp)))


def test_what_was_recorded_but_had_not_left_leaves_after_the_release_only(
    house: House, smtp: MailServer, tmp_path: Path
) -> None:
    """Mường Vi had reported, so no reminder went there; the report is lost with the database."""
    served = smtp.serving(house)
    leave_only(house, TASK, f"1.2/{A_MU_SUNG}/once")
    replay(house, "2022-07-01", "2022-07-06")
    send(served, "2022-07-06")
    copy = backup(house, tmp_path / "copies", at("2022-07-06T20:00"))
    reports_in(house, TASK, "2022-07-06T21:00")
    replay(house, DAY, DAY)
    send(served, DAY)
    before = len(smtp.box.taken)
    lost(house)
    stood = restore(house, copy.folder, at("2022-07-07T10:00"))
    assert [(who, count) for who, _, count in stood.would_leave] == [(MUONG_VI, 1)]
    release(house, at("2022-07-07T11:00"))
    deliver(served, at("2022-07-07T11:05"))
    assert len(smtp.box.taken) == before + 1
    assert [m.state for m in messages_to(house, MUONG_VI)] == ["sent", "sent"]


def test_what_may_have_left_can_be_forgotten_where_no_log_survived(
    house: House, smtp: MailServer, tmp_path: Path
) -> None:
    served = smtp.serving(house)
    leave_only(house, TASK)
    replay(house, "2022-07-01", DAY)
    copy = backup(house, tmp_path / "copies", at("2022-07-07T07:00"))
    send(served, DAY)
    lost(house)
    shutil.rmtree(house.settings.home / "mail-log")
    stood = restore(house, copy.folder, at("2022-07-07T10:00"))
    assert (stood.messages, len(stood.would_leave)) == (0, 1)
    release(house, at("2022-07-07T11:00"), forget=True)
    deliver(served, at("2022-07-07T11:05"))
    assert len(smtp.box.taken) == 1


def test_the_log_of_another_machine_is_read_too(house: House, smtp: MailServer, tmp_path: Path) -> None:
    served = smtp.serving(house)
    leave_only(house, TASK)
    replay(house, "2022-07-01", DAY)
    copy = backup(house, tmp_path / "copies", at("2022-07-07T07:00"))
    send(served, DAY)
    lost(house)
    rescued = (house.settings.home / "mail-log").rename(tmp_path / "rescued")
    stood = restore(house, copy.folder, at("2022-07-07T10:00"), logs=[rescued])
    assert (stood.messages, stood.would_leave) == (1, ())


def test_restored_twice_it_is_the_same(house: House, smtp: MailServer, tmp_path: Path) -> None:
    leave_only(house, TASK)
    replay(house, "2022-07-01", "2022-07-06")
    copy = backup(house, tmp_path / "copies", at("2022-07-07T05:00"))
    replay(house, DAY, DAY)
    send(smtp.serving(house), DAY)
    house.engine.dispose()
    first = restore(house, copy.folder, at("2022-07-07T10:00"), aside=True)
    known = [(m.message_id, m.state, m.sent_at) for m in all_messages(house)]
    assert apply_log(house) == 0
    house.engine.dispose()
    again = restore(house, copy.folder, at("2022-07-07T10:01"), aside=True)
    assert (again.messages, again.would_leave) == (first.messages, first.would_leave) == (1, ())
    assert [(m.message_id, m.state, m.sent_at) for m in all_messages(house)] == known
    assert len(list(house.settings.home.glob("replaced-*"))) == 2


def test_without_a_hold_there_is_nothing_to_release(house: House) -> None:
    with pytest.raises(Refused, match="không bị giữ"):
        release(house, morning(DAY))
    assert standing(house).as_json()["mail_hold"] is False
