"""Mails the portal writes at once: they leave at any hour, once, and never to UBND tỉnh."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from notifications.memory import MemoryTransport
from notifications.outgoing import Outcome, Outgoing
from obligations.errors import Invalid, Refused
from store.engine import rehearsing, writing
from store.outbox import revive
from tasks_lib.kernel.bootstrap import House
from tasks_lib.kernel.clock import local_day
from tasks_lib.kernel.reach import import_contacts
from tasks_lib.mailing.deliver import deliver
from tasks_lib.mailing.notes import Note, deliver_notes, post
from tasks_lib.mailing.preview import preview
from tests.support.houses.houses import with_settings
from tests.support.life.letters import WordedMessage, all_messages, letter, messages_to, text_of
from tests.support.life.stories import (
    A_MU_SUNG,
    BAT_XAT,
    SIGNED,
    SO_NOI_VU,
    UBND_TINH,
    at,
    leave_only,
    morning,
    reminders_of_7_july,
    replay_with_mail,
)

ONE = f"1.2/{A_MU_SUNG}/once"
SUNDAY = at("2022-07-10T20:00")
CLERK = ("van-thu@laocai.example",)
LOGIN = Note(
    sort="login", recipient=A_MU_SUNG, addresses=CLERK, links={"login": "https://dondoc.example/dang-nhap/x"}
)
HOUR = timedelta(hours=1)


def posted(house: House, note: Note, when: datetime, expires_at: datetime | None = None) -> int:
    with writing(house.engine) as connection:
        return post(connection, house, note, when, expires_at)


def the_note(house: House) -> WordedMessage:
    (found,) = [m for m in all_messages(house) if ".login." in m.message_id]
    return found


class Refusing(MemoryTransport):
    """Says no for now to all it is given."""

    def send(self, message: Outgoing) -> Outcome:
        super().send(message)
        return Outcome(ok=False, temporary=True, stage="data", reason="451 thử lại sau")


class Dying(MemoryTransport):
    """The machine dies after the server has taken the message and before it is marked."""

    def send(self, message: Outgoing) -> Outcome:
        super().send(message)
        raise KeyboardInterrupt


def test_a_login_link_leaves_on_a_sunday_evening_and_the_ladders_mail_waits(any_house: House) -> None:
    reminders_of_7_july(any_house, ONE)
    key = posted(any_house, LOGIN, SUNDAY, SUNDAY + HOUR)
    mail = MemoryTransport()

    assert deliver(any_house, SUNDAY, transport=mail).held_until == at("2022-07-11T07:30")
    report = deliver_notes(any_house, SUNDAY, transport=mail)

    assert (report.sent, report.bundled, report.held_until) == (1, 0, None)
    (sent,) = mail.sent
    assert sent.addresses == CLERK
    assert sent.message_id == f"<{any_house.plan.key}.{A_MU_SUNG}.login.1@laocai.example>"
    assert "https://dondoc.example/dang-nhap/x" in text_of(sent.content)
    assert letter(sent.content)["Date"] == "Sun, 10 Jul 2022 20:00:00 +0700"
    assert (the_note(any_house).id, the_note(any_house).state) == (key, "sent")
    assert deliver_notes(any_house, SUNDAY, transport=mail).sent == 0

    replay_with_mail(any_house, "2022-07-11", "2022-07-11", mail)
    assert [f".{A_MU_SUNG}.2022" in m.message_id for m in mail.sent] == [False, True]


def test_the_next_delivery_takes_what_still_waits(house: House) -> None:
    leave_only(house, ONE)
    posted(house, LOGIN, morning("2022-07-11"))
    mail = MemoryTransport()
    assert deliver(house, morning("2022-07-11"), transport=mail).sent == 1
    assert deliver_notes(house, morning("2022-07-11"), transport=mail).sent == 0


def test_a_link_that_has_run_out_is_not_sent_any_more(any_house: House) -> None:
    posted(any_house, LOGIN, SUNDAY, SUNDAY + HOUR)
    mail = MemoryTransport()
    assert deliver_notes(any_house, SUNDAY + HOUR, transport=mail).sent == 0
    assert mail.sent == []
    assert the_note(any_house).state == "cancelled"


def test_refused_for_now_it_is_tried_again_the_same_evening_with_the_same_bytes(any_house: House) -> None:
    posted(any_house, LOGIN, SUNDAY)
    refusing, mail = Refusing(), MemoryTransport()

    assert deliver_notes(any_house, SUNDAY, transport=refusing).failed == 1
    assert the_note(any_house).next_try_at == SUNDAY + timedelta(minutes=5)
    assert deliver_notes(any_house, SUNDAY + timedelta(minutes=4), transport=mail).sent == 0
    assert deliver_notes(any_house, SUNDAY + timedelta(minutes=5), transport=mail).sent == 1
    assert mail.sent == refusing.sent


def test_a_crash_repeats_the_same_message_once(any_house: House) -> None:
    posted(any_house, LOGIN, SUNDAY)
    dying, mail = Dying(), MemoryTransport()
    with pytest.raises(KeyboardInterrupt):
        deliver_notes(any_house, SUNDAY, transport=dying)
    lease = timedelta(seconds=any_house.settings.mail_lease_seconds)

    assert deliver_notes(any_house, SUNDAY, transport=mail, now=lambda: SUNDAY + lease).sent == 0
    later = SUNDAY + lease + timedelta(seconds=1)
    assert deliver_notes(any_house, SUNDAY, transport=mail, now=lambda: later).sent == 1
    assert mail.sent == dying.sent


def test_given_up_and_revived_it_goes_as_it_was_written(house: House) -> None:
    posted(house, LOGIN, SUNDAY)
    when = SUNDAY
    while the_note(house).state != "dead":
        deliver_notes(house, when, transport=Refusing())
        when += timedelta(hours=5)
    kept = the_note(house).content
    with writing(house.engine) as connection:
        assert revive(connection, house.plan.key, when, None) == 1
    mail = MemoryTransport()
    assert deliver_notes(house, when, transport=mail).sent == 1
    assert mail.sent[0].content == kept


def test_what_is_taken_back_was_never_written(house: House) -> None:
    with rehearsing(house.engine) as connection:
        post(connection, house, LOGIN, SUNDAY)
    assert all_messages(house) == []


def test_a_second_note_of_a_day_has_a_number_of_its_own_and_the_ladder_keeps_its(house: House) -> None:
    """Two login mails before the morning's reminder: its Message-ID is the one it would have had anyway."""
    reminders_of_7_july(house, ONE)
    for _ in range(2):
        posted(house, LOGIN, morning("2022-07-07"))
    mail = MemoryTransport()
    deliver(house, morning("2022-07-07"), transport=mail)

    names = [m.message_id.removeprefix(f"<{house.plan.key}.{A_MU_SUNG}.") for m in mail.sent]
    assert sorted(names) == [
        "20220707.1@laocai.example>",
        "login.1@laocai.example>",
        "login.2@laocai.example>",
    ]


def test_nothing_is_written_to_ubnd_tinh(house: House) -> None:
    note = Note(sort="directive", recipient=UBND_TINH, addresses=CLERK, sender=SO_NOI_VU, text="Kính báo cáo")
    with pytest.raises(Refused, match="không tự gửi thư lên UBND tỉnh"):
        posted(house, note, SUNDAY)
    assert all_messages(house) == []


@pytest.mark.parametrize(
    ("note", "wrong"),
    [
        (Note(sort="login", recipient="xa-la", addresses=CLERK), "xa-la"),
        (Note(sort="passed", recipient=A_MU_SUNG, obligations=("9.9/x/once",)), "9.9/x/once"),
        (Note(sort="directive", recipient=A_MU_SUNG, sender="xa-la"), "xa-la"),
    ],
)
def test_what_is_unknown_is_named(house: House, note: Note, wrong: str) -> None:
    with pytest.raises(Invalid, match=wrong):
        posted(house, note, SUNDAY)


def test_a_trial_sends_notes_to_its_one_address_too(house: House) -> None:
    trial = with_settings(house, mail_redirect="thu@laocai.example")
    posted(trial, LOGIN, SUNDAY)
    mail = MemoryTransport()
    deliver_notes(trial, SUNDAY, transport=mail)
    assert mail.sent[0].addresses == ("thu@laocai.example",)
    assert letter(mail.sent[0].content)["X-Dondoc-Intended-To"] == CLERK[0]


def test_each_note_is_sent_in_the_name_of_whom_it_concerns(house: House) -> None:
    """Inside a unit the unit writes; a directive comes from the desk of who directs; the rest by level."""
    directive = Note(
        sort="directive", recipient=A_MU_SUNG, sender=BAT_XAT, obligations=(ONE,), text="Khẩn trương"
    )
    across = Note(sort="directive", recipient=BAT_XAT, sender=SO_NOI_VU, text="Rà soát")
    inner = Note(sort="passed", recipient=A_MU_SUNG, addresses=CLERK, obligations=(ONE,))
    for note in (directive, across, inner, LOGIN, Note(sort="login", recipient=BAT_XAT)):
        posted(house, note, SUNDAY)
    mail = MemoryTransport()
    deliver_notes(house, SUNDAY, transport=mail)

    senders = [letter(m.content)["From"].addresses[0].display_name for m in mail.sent]
    assert senders == [
        "Phòng Nội vụ huyện Bát Xát",
        "Sở Nội vụ",
        "UBND xã A Mú Sung",
        "Phòng Nội vụ huyện Bát Xát",
        "Sở Nội vụ",
    ]
    assert "ý kiến chỉ đạo của lãnh đạo UBND huyện Bát Xát" in text_of(mail.sent[0].content)
    assert "hạn cuối thứ Năm, ngày 14/7/2022" in text_of(mail.sent[0].content)
    assert "chỉ đạo" not in text_of(mail.sent[1].content)


def test_a_directive_to_a_commune_without_an_address_goes_to_the_desk(any_house: House) -> None:
    with writing(any_house.engine) as connection:
        import_contacts(connection, {A_MU_SUNG: ()}, any_house.configuration.agencies, any_house.plan)
    note = Note(sort="directive", recipient=A_MU_SUNG, sender=BAT_XAT, obligations=(ONE,), text="Khẩn trương")
    posted(any_house, note, SUNDAY)
    mail = MemoryTransport()
    deliver_notes(any_house, SUNDAY, transport=mail)

    assert [f".{BAT_XAT}." in m.message_id for m in mail.sent] == [True]
    text = text_of(mail.sent[0].content)
    assert "UBND xã A Mú Sung chưa có địa chỉ thư trên Hệ thống" in text
    assert "ý kiến chỉ đạo của lãnh đạo UBND huyện Bát Xát" in text


def test_a_waiting_note_is_no_part_of_the_mornings_preview(house: House) -> None:
    leave_only(house, ONE)
    replay_with_mail(house, SIGNED, "2022-07-06", MemoryTransport())
    posted(house, LOGIN, morning("2022-07-07"))

    seen = preview(house, local_day(morning("2022-07-07")))

    assert [m.subject for m in seen.mails] == ["[KH 239] Hạn 14/7: nhiệm vụ 1.2 - UBND xã A Mú Sung"]
    assert messages_to(house, A_MU_SUNG)[-1].state == "waiting"
