"""A coordinator who has read the morning's preview keeps a mail back: nothing is lost, nothing goes twice."""

from __future__ import annotations

from datetime import date

import pytest

from notifications.memory import MemoryTransport
from notifications.outgoing import Outcome, Outgoing
from obligations.errors import Invalid, Refused
from store.engine import writing
from store.schema import weekly_lines
from tasks_lib.kernel.bootstrap import House
from tasks_lib.mailing.deliver import deliver
from tasks_lib.mailing.holds import held, hold, lift
from tasks_lib.mailing.notes import Note, deliver_notes, post
from tasks_lib.mailing.preview import preview
from tests.support.life.letters import all_messages, messages_to, text_of
from tests.support.life.stories import (
    A_MU_SUNG,
    BAT_XAT,
    MUONG_VI,
    SIGNED,
    SO_NOI_VU,
    at,
    leave_only,
    morning,
    reminders_of_7_july,
    replay_with_mail,
    reports_in,
)

ONE, TWO = f"1.2/{A_MU_SUNG}/once", f"1.2/{MUONG_VI}/once"
THURSDAY, FRIDAY, MONDAY = date(2022, 7, 7), date(2022, 7, 8), date(2022, 7, 11)
WHY = "Chờ xác minh số liệu"


def kept_back(
    house: House, *recipients: str, on: date = THURSDAY, when: str = "2022-07-07T07:05"
) -> list[str]:
    return hold(house, recipients, on, by=SO_NOI_VU, as_of=at(when), reason=WHY, person="Trần Thị Bình")


def whom(post_: MemoryTransport) -> list[str]:
    return [message.message_id.split(".")[1] for message in post_.sent]


def delivered(house: House, moment: str) -> list[str]:
    mail = MemoryTransport()
    deliver(house, at(moment), transport=mail)
    return whom(mail)


def test_a_held_mail_leaves_on_the_next_working_day_once(any_house: House) -> None:
    reminders_of_7_july(any_house, ONE, TWO)
    assert kept_back(any_house, A_MU_SUNG) == []

    assert delivered(any_house, "2022-07-07T07:30") == [MUONG_VI]
    assert delivered(any_house, "2022-07-07T16:00") == []
    replayed = MemoryTransport()
    replay_with_mail(any_house, "2022-07-08", "2022-07-12", replayed)

    assert whom(replayed) == [A_MU_SUNG]
    assert str(messages_to(any_house, A_MU_SUNG)[-1].mail_on) == "2022-07-08"


def test_held_over_a_weekend_it_leaves_on_monday(house: House) -> None:
    reminders_of_7_july(house, ONE)
    kept_back(house, A_MU_SUNG)
    kept_back(house, A_MU_SUNG, on=FRIDAY, when="2022-07-08T07:05")
    replayed = MemoryTransport()
    replay_with_mail(house, "2022-07-07", "2022-07-11", replayed)
    assert [str(m.mail_on) for m in messages_to(house, A_MU_SUNG)][-1] == "2022-07-11"
    assert whom(replayed) == [A_MU_SUNG]


def test_lifted_it_leaves_with_the_next_delivery_of_the_day(any_house: House) -> None:
    reminders_of_7_july(any_house, ONE, TWO)
    kept_back(any_house, A_MU_SUNG, MUONG_VI)
    assert [(h.recipient, h.name, h.reason, h.by) for h in held(any_house, THURSDAY)] == [
        (A_MU_SUNG, "UBND xã A Mú Sung", WHY, "Trần Thị Bình"),
        (MUONG_VI, "UBND xã Mường Vi", WHY, "Trần Thị Bình"),
    ]
    assert delivered(any_house, "2022-07-07T07:30") == []

    assert lift(any_house, [A_MU_SUNG], THURSDAY, by=SO_NOI_VU, as_of=at("2022-07-07T08:00")) == 1
    assert lift(any_house, [A_MU_SUNG], THURSDAY, by=SO_NOI_VU, as_of=at("2022-07-07T08:01")) == 0
    assert delivered(any_house, "2022-07-07T08:05") == [A_MU_SUNG]
    assert [h.recipient for h in held(any_house, THURSDAY)] == [MUONG_VI]

    # Held once more, after its mail has left: the coordinator is told that it is too late.
    assert kept_back(any_house, A_MU_SUNG, MUONG_VI, when="2022-07-07T08:10") == [A_MU_SUNG]
    assert [h.recipient for h in held(any_house, THURSDAY)] == [A_MU_SUNG, MUONG_VI]


class Refusing(MemoryTransport):
    """Says no for now."""

    def send(self, message: Outgoing) -> Outcome:
        super().send(message)
        return Outcome(ok=False, temporary=True, stage="data", reason="451 thử lại sau")


def test_what_was_refused_for_now_and_is_then_held_is_not_tried_that_day(any_house: House) -> None:
    reminders_of_7_july(any_house, ONE)
    refused = Refusing()
    deliver(any_house, at("2022-07-07T07:30"), transport=refused)
    kept_back(any_house, A_MU_SUNG, when="2022-07-07T07:32")

    assert delivered(any_house, "2022-07-07T09:00") == []
    tomorrow = MemoryTransport()
    deliver(any_house, at("2022-07-08T07:30"), transport=tomorrow)
    assert tomorrow.sent == refused.sent


def test_answered_while_it_was_held_it_does_not_leave_at_all(house: House) -> None:
    reminders_of_7_july(house, ONE)
    kept_back(house, A_MU_SUNG)
    reports_in(house, ONE, "2022-07-07T10:00")
    assert delivered(house, "2022-07-08T07:30") == []


def test_a_weekly_line_is_held_with_the_rest(house: House) -> None:
    leave_only(house, ONE)
    replay_with_mail(house, SIGNED, "2022-07-08", MemoryTransport())
    reports_in(house, ONE, "2022-07-08T10:00")
    with writing(house.engine) as connection:
        connection.execute(
            weekly_lines.insert().values(plan=house.plan.key, recipient_id=BAT_XAT, mail_on=MONDAY)
        )
    kept_back(house, BAT_XAT, on=MONDAY, when="2022-07-11T07:00")
    assert delivered(house, "2022-07-11T07:30") == []
    assert delivered(house, "2022-07-12T07:30") == [BAT_XAT]


def test_a_login_link_is_never_held(any_house: House) -> None:
    reminders_of_7_july(any_house, ONE)
    kept_back(any_house, A_MU_SUNG)
    login = Note(sort="login", recipient=A_MU_SUNG, links={"login": "https://dondoc.example/dang-nhap/x"})
    for moment in ("2022-07-07T07:20", "2022-07-07T07:25"):
        with writing(any_house.engine) as connection:
            post(connection, any_house, login, at(moment))
    mail = MemoryTransport()

    assert deliver_notes(any_house, at("2022-07-07T07:22"), transport=mail).sent == 1
    assert deliver(any_house, at("2022-07-07T07:30"), transport=mail).sent == 1
    assert all(".login." in m.message_id for m in mail.sent)


def test_the_preview_shows_what_is_held_and_why(any_house: House) -> None:
    reminders_of_7_july(any_house, ONE, TWO)
    kept_back(any_house, A_MU_SUNG)
    before = [m.id for m in all_messages(any_house)]

    assert {m.recipient: m.held for m in preview(any_house, THURSDAY).mails} == {A_MU_SUNG: WHY, MUONG_VI: ""}
    # On the next day it is what leaves.
    assert {m.recipient: m.held for m in preview(any_house, FRIDAY, THURSDAY).mails} == {A_MU_SUNG: ""}
    assert [m.id for m in all_messages(any_house)] == before


def test_the_next_days_preview_has_what_was_bundled_and_then_held(house: House) -> None:
    reminders_of_7_july(house, ONE)
    deliver(house, at("2022-07-07T07:30"), transport=Refusing())
    kept_back(house, A_MU_SUNG, when="2022-07-07T07:32")
    assert [m.recipient for m in preview(house, FRIDAY, THURSDAY).mails] == [A_MU_SUNG]


def test_only_so_noi_vu_holds_and_says_why_and_for_a_day_to_come(house: House) -> None:
    with pytest.raises(Refused, match="chỉ Sở Nội vụ được giữ thư"):
        hold(house, [A_MU_SUNG], THURSDAY, by=BAT_XAT, as_of=morning("2022-07-07"), reason=WHY)
    with pytest.raises(Refused, match="chỉ Sở Nội vụ"):
        lift(house, [A_MU_SUNG], THURSDAY, by=BAT_XAT, as_of=morning("2022-07-07"))
    with pytest.raises(Refused, match="ngày 07/7/2022 đã qua"):
        kept_back(house, A_MU_SUNG, when="2022-07-08T00:00")
    with pytest.raises(Invalid, match="lý do"):
        hold(house, [A_MU_SUNG], THURSDAY, by=SO_NOI_VU, as_of=morning("2022-07-07"), reason=" ")
    with pytest.raises(Invalid, match="xa-la"):
        kept_back(house, "xa-la")
    with pytest.raises(Invalid, match="chưa chọn"):
        kept_back(house)
    assert held(house, THURSDAY) == []


def test_a_held_reminder_says_what_it_would_have_said(house: House) -> None:
    """The day it leaves is the day of its words: the days that remain are counted from then."""
    reminders_of_7_july(house, ONE)
    kept_back(house, A_MU_SUNG)
    mail = MemoryTransport()
    deliver(house, at("2022-07-08T07:30"), transport=mail)
    assert "thứ Năm, ngày 14/7/2022 (còn 04 ngày làm việc)" in text_of(mail.sent[0].content)
