"""A mail comes back: the address is marked, the desk above passes the notice on, nothing is claimed."""

from __future__ import annotations

import json
import mailbox
from pathlib import Path

import pytest

from cli.main import run
from notifications.bounces import Raw
from notifications.memory import MemoryTransport
from obligations.errors import Refused
from store.engine import reading
from store.marks import marks
from tasks_lib.kernel.bootstrap import House
from tasks_lib.kernel.reach import import_contacts
from tasks_lib.mailing.bounces import BounceReport, take_bounces
from tasks_lib.mailing.deliver import deliver
from tasks_lib.mailing.hand_on import lift_marks
from tasks_lib.rounds.sweep import sweep
from tasks_lib.watch.ops import retry
from tests.support.houses.houses import MailServer, with_settings
from tests.support.life.letters import messages_to, text_of
from tests.support.life.stories import (
    A_MU_SUNG,
    BAT_XAT,
    MUONG_VI,
    SIGNED,
    SO_NOI_VU,
    Told,
    at,
    leave_only,
    morning,
    notices_of,
    replay_with_mail,
    reports_in,
)
from tests.support.mailing.returned import returned

ONE = f"1.2/{MUONG_VI}/once"
ADDRESS = f"{MUONG_VI}@laocai.example"


def _reminded(house: House) -> bytes:
    """The reminder of 7/7 has been accepted by the server; these are its bytes."""
    leave_only(house, ONE)
    replay_with_mail(house, SIGNED, "2022-07-07", MemoryTransport())
    content: bytes = messages_to(house, MUONG_VI)[-1].content
    return content


def _read(house: House, *reports: bytes, when: str = "2022-07-08T07:00") -> BounceReport:
    return take_bounces(house, [Raw(f"{n}.eml", r) for n, r in enumerate(reports)], at(when))


def _marked(house: House) -> list[tuple[str, str]]:
    with reading(house.engine) as connection:
        return [(row.agency_id, row.address) for row in marks(connection)]


def test_a_mail_that_came_back_goes_to_the_desk_above_and_was_never_a_reminder(any_house: House) -> None:
    report = returned(_reminded(any_house), ADDRESS)

    found = _read(any_house, report)

    assert found == BounceReport(read=1, bounced=1, marked=1, passed_on=1)
    assert messages_to(any_house, MUONG_VI)[-1].state == "bounced"
    assert _marked(any_house) == [(MUONG_VI, ADDRESS)]
    post = MemoryTransport()
    replay_with_mail(any_house, "2022-07-08", "2022-07-18", post)
    assert notices_of(any_house, ONE) == [
        Told("2022-07-07", "-5", "self", MUONG_VI),
        Told("2022-07-08", "-5", "desk", BAT_XAT),
        Told("2022-07-13", "-1", "desk", BAT_XAT),
        Told("2022-07-18", "+2", "desk", BAT_XAT),
    ]
    (forwarded,) = (m for m in messages_to(any_house, BAT_XAT) if str(m.mail_on) == "2022-07-08")
    passed_on = text_of(forwarded.content)
    assert f"Địa chỉ thư của UBND xã Mường Vi ({ADDRESS}) không nhận được thư" in passed_on
    assert "chuyển giúp nội dung dưới đây đến UBND xã Mường Vi" in passed_on
    assert "Thư ngày 07/7/2022 bị trả lại" in passed_on
    replay_with_mail(any_house, "2022-07-19", "2022-07-20", post)
    told = text_of(messages_to(any_house, BAT_XAT)[-1].content)
    assert "; chưa nhận được thư nhắc việc; thư ngày 07/7/2022 bị trả lại" in told
    assert f"({ADDRESS}); gửi nhờ chuyển các ngày 08/7, 13/7, 18/7/2022" in told


def test_the_same_report_twice_changes_nothing(any_house: House) -> None:
    report = returned(_reminded(any_house), ADDRESS, headers_only=True)

    first, second = _read(any_house, report), _read(any_house, report, report)

    assert (first.bounced, first.passed_on) == (1, 1)
    assert second == BounceReport(read=2, already=2)
    assert len(notices_of(any_house, ONE)) == 2


def test_what_is_no_report_or_none_of_ours_is_counted_and_stops_nothing(
    house: House, caplog: pytest.LogCaptureFixture
) -> None:
    content = _reminded(house)
    foreign = returned(content.replace(b"239-2022.", b"other."), ADDRESS)
    hostile = (b"", b"\x00\xff" * 500, b"From: a\n\nxin chao", content, foreign)

    found = _read(house, *hostile, returned(content, "nguoi-la@laocai.example"))

    assert (found.read, found.unknown, found.bounced) == (6, 5, 1)  # a forwarded name is the one address
    assert len([r for r in caplog.records if "bỏ qua" in r.message]) == 5


def test_a_delay_is_noted_and_marks_nothing(house: House) -> None:
    report = returned(_reminded(house), ADDRESS, action="delayed", status="4.4.7")

    assert _read(house, report) == BounceReport(read=1, delayed=1)
    assert _marked(house) == []
    assert messages_to(house, MUONG_VI)[-1].state == "sent"


def test_what_has_been_reported_meanwhile_is_not_passed_on(house: House) -> None:
    report = returned(_reminded(house), ADDRESS)
    reports_in(house, ONE, "2022-07-07T15:00")

    assert _read(house, report).passed_on == 0


def test_of_two_addresses_one_that_has_the_mail_is_enough(house: House) -> None:
    leave_only(house, ONE)
    replay_with_mail(house, SIGNED, "2022-07-20", MemoryTransport())
    message = messages_to(house, BAT_XAT)[-1]
    assert len(message.addresses) == 2  # at +4: the committee's own and its desk's

    found = _read(house, returned(message.content, message.addresses[1]), when="2022-07-20T15:00")

    assert (found.bounced, found.marked, found.passed_on) == (1, 1, 0)
    assert messages_to(house, BAT_XAT)[-1].state == "sent"


def test_a_new_address_or_a_lifted_mark_brings_the_unit_its_mail_again(house: House) -> None:
    report = returned(_reminded(house), ADDRESS)
    _read(house, report)

    with pytest.raises(Refused, match="không có địa chỉ nào"):
        lift_marks(house, A_MU_SUNG, None, BAT_XAT, morning("2022-07-08"))
    assert lift_marks(house, MUONG_VI, ADDRESS.upper(), BAT_XAT, morning("2022-07-08")) == 1
    replay_with_mail(house, "2022-07-08", "2022-07-13", MemoryTransport())
    assert notices_of(house, ONE)[-1] == Told("2022-07-13", "-1", "self", MUONG_VI)

    _read(house, returned(messages_to(house, MUONG_VI)[-1].content, ADDRESS), when="2022-07-14T07:00")
    changed = {c.role: c for c in house.agency(MUONG_VI).contacts}
    contacts = [
        c if c.address != ADDRESS else type(c)(**{**vars(c), "address": "moi@laocai.example"})
        for c in changed.values()
    ]
    with house.engine.begin() as connection:
        import_contacts(connection, {MUONG_VI: tuple(contacts)}, house.configuration.agencies, house.plan)
    assert _marked(house) == []
    replay_with_mail(house, "2022-07-14", "2022-07-18", MemoryTransport())
    assert notices_of(house, ONE)[-1] == Told("2022-07-18", "+2", "self", MUONG_VI)


def test_a_bounced_mail_that_is_tried_again_and_comes_back_again_is_told_again(house: House) -> None:
    _read(house, returned(_reminded(house), ADDRESS))
    assert retry(house, None, at("2022-07-08T08:00")) == 1
    deliver(house, at("2022-07-08T08:10"), transport=MemoryTransport())
    assert messages_to(house, MUONG_VI)[-1].state == "sent"

    again = returned(messages_to(house, MUONG_VI)[-1].content, ADDRESS, said="smtp; 550 5.1.1 van khong co")
    found = _read(house, again, when="2022-07-08T09:00")

    assert (found.bounced, found.passed_on) == (1, 0)  # the desk has had this notice
    assert messages_to(house, MUONG_VI)[-1].state == "bounced"


def test_an_address_refused_as_none_goes_the_same_way(house: House, smtp: MailServer) -> None:
    leave_only(house, ONE)
    served = smtp.serving(house)
    replay_with_mail(house, SIGNED, "2022-07-06", MemoryTransport())
    smtp.box.refused[ADDRESS] = "550 5.1.1 khong co hop thu nay"
    sweep(served, morning("2022-07-07"))
    for clock in ("07:30", "09:00", "11:00", "13:30", "16:30"):
        deliver(served, at(f"2022-07-07T{clock}"))

    assert messages_to(house, MUONG_VI)[-1].state == "dead"
    assert _marked(house) == [(MUONG_VI, ADDRESS)]
    assert notices_of(house, ONE)[-1] == Told("2022-07-07", "-5", "desk", BAT_XAT)
    assert f"({ADDRESS}) không nhận được thư" in text_of(messages_to(house, BAT_XAT)[-1].content)


def test_delivery_reads_the_mailbox_that_the_settings_name(house: House, tmp_path: Path) -> None:
    box = mailbox.Maildir(tmp_path / "returned")
    box.add(returned(_reminded(house), ADDRESS))
    watching = with_settings(house, bounces=tmp_path / "returned")

    replay_with_mail(watching, "2022-07-08", "2022-07-08", MemoryTransport())

    assert "không nhận được thư" in text_of(messages_to(house, BAT_XAT)[-1].content)
    gone = with_settings(house, bounces=tmp_path / "gone")
    replay_with_mail(gone, "2022-07-11", "2022-07-11", MemoryTransport())


def test_the_command_reads_a_report_that_was_saved_as_a_file(
    house: House, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "tra-lai.eml"
    file.write_bytes(returned(_reminded(house), ADDRESS))
    command = ["bounces", str(file), "--as-of", "2022-07-08"]

    assert run(command) == 0
    read, did = capsys.readouterr().out.splitlines()
    assert read.startswith("Đã đọc 1 thư: 1 địa chỉ trả lại thư, 0 địa chỉ còn chờ, 0 đã biết, 0 không phải")
    assert did == "Đánh dấu 1 địa chỉ không nhận thư; nhờ chuyển 1 tin nhắc việc"
    assert _marked(house) == [(MUONG_VI, ADDRESS)]
    assert run([*command, "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["already"] == 1


def test_so_noi_vu_reads_of_the_address_in_its_digest(house: House) -> None:
    _read(house, returned(_reminded(house), ADDRESS))

    replay_with_mail(house, "2022-07-08", "2022-07-11", MemoryTransport())

    digest = text_of(messages_to(house, SO_NOI_VU)[-1].content)
    assert f"Thư không gửi được, cần cập nhật đầu mối: 01, gồm UBND xã Mường Vi ({ADDRESS})" in digest
    assert "Chưa có địa chỉ" not in digest
