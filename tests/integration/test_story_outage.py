"""The engine was off: on return one step each, the highest, and it says what could not be sent."""

from datetime import date

from notifications.memory import MemoryTransport
from tasks_lib.kernel.bootstrap import House
from tasks_lib.mailing.deliver import deliver
from tasks_lib.rounds.sweep import sweep
from tests.support.life.letters import all_messages, messages_to, text_of
from tests.support.life.stories import (
    A_MU_SUNG,
    BAT_XAT,
    SIGNED,
    SO_NOI_VU,
    Told,
    all_told_of,
    communes,
    every_notice,
    leave_only,
    morning,
    notices_of,
    replay,
    replay_with_mail,
    reports_in,
    told_on,
)


def test_ten_days_off_across_several_steps_of_a_hundred_duties(any_house: House) -> None:
    hundred = [f"1.2/{commune}/once" for commune in communes(any_house)[:100]]
    leave_only(any_house, *hundred)
    replay(any_house, SIGNED, "2022-07-08")

    back = sweep(any_house, morning("2022-07-20"))  # −1 of 13/7 and +2 of 18/7 were missed; +4 is due

    assert back.notices == 100
    told = told_on(any_house, "2022-07-20")
    assert {n.step for n in told} == {"+4"}
    assert {n.missed for n in told} == {"-1 +2"}
    assert {n.recipient_id for n in told} == {any_house.agency(n.agency_id).superior for n in told}
    gap = [n for n in every_notice(any_house) if date(2022, 7, 9) <= n.recorded_on <= date(2022, 7, 19)]
    assert gap == []
    replay(any_house, "2022-07-21", "2022-07-21")
    assert {n.step for n in told_on(any_house, "2022-07-21")} == {"+5"}
    assert len(told_on(any_house, "2022-07-21")) == 100


def test_the_mail_after_an_outage_says_what_could_not_be_sent(house: House) -> None:
    leave_only(house, f"1.2/{A_MU_SUNG}/once")
    replay_with_mail(house, SIGNED, "2022-07-08", MemoryTransport())
    post = MemoryTransport()

    sweep(house, morning("2022-07-18"))
    deliver(house, morning("2022-07-18"), transport=post)

    (mail,) = post.sent
    assert "Trước đó Hệ thống chưa gửi được thư nhắc việc trước hạn 01 ngày làm việc" in text_of(mail.content)
    # The reminder that did leave is named with its day.
    assert "Đã nhắc việc ngày 07/7/2022." in text_of(mail.content)


def test_a_late_first_start_is_an_outage(house: House) -> None:
    key = f"1.2/{A_MU_SUNG}/once"

    replay(house, "2022-07-18", "2022-07-21")

    assert all_told_of(house, key) == [
        Told("2022-07-18", "+2", "self", A_MU_SUNG),
        Told("2022-07-20", "+4", "superior", BAT_XAT),
        Told("2022-07-21", "+5", "focal", SO_NOI_VU),
    ]


def test_nothing_is_lost_when_the_worker_was_off_on_the_very_day(house: House) -> None:
    """A reminder found by "due today" would be lost; here the next working day makes it good."""
    key = f"1.2/{A_MU_SUNG}/once"
    replay(house, SIGNED, "2022-07-06")

    replay(house, "2022-07-08", "2022-07-08")

    assert notices_of(house, key) == [Told("2022-07-08", "-5", "self", A_MU_SUNG)]


def test_off_over_a_weekend_nothing_is_spent_on_the_days_off(house: House) -> None:
    """Swept on Saturday and Sunday, the steps due on Monday still fire on Monday, each once."""
    key = f"1.2/{A_MU_SUNG}/once"
    replay(house, SIGNED, "2022-07-15")

    assert sweep(house, morning("2022-07-16")).notices == 0
    assert sweep(house, morning("2022-07-17")).notices == 0
    replay(house, "2022-07-18", "2022-07-18")

    assert notices_of(house, key)[-1] == Told("2022-07-18", "+2", "self", A_MU_SUNG)


def test_off_on_monday_the_digest_leaves_on_tuesday(house: House) -> None:
    leave_only(house, f"1.2/{A_MU_SUNG}/once")
    replay_with_mail(house, SIGNED, "2022-07-22", MemoryTransport())
    post = MemoryTransport()

    replay_with_mail(house, "2022-07-26", "2022-07-29", post)

    (digest,) = messages_to(house, SO_NOI_VU)
    assert digest.mail_on == date(2022, 7, 26)
    assert "Đến 26/7:" in digest.subject


def test_off_on_monday_the_desk_hears_of_what_waits_on_tuesday(house: House) -> None:
    key = f"1.2/{A_MU_SUNG}/once"
    leave_only(house, key)
    replay_with_mail(house, SIGNED, "2022-07-07", MemoryTransport())
    reports_in(house, key, "2022-07-08T09:00")
    post = MemoryTransport()

    replay_with_mail(house, "2022-07-12", "2022-07-15", post)

    assert [m.mail_on for m in messages_to(house, BAT_XAT)] == [date(2022, 7, 12)]


def test_what_was_recorded_before_the_outage_leaves_after_it_if_it_still_holds(house: House) -> None:
    answered, silent = f"1.2/{A_MU_SUNG}/once", f"1.2/{communes(house)[0]}/once"
    leave_only(house, answered, silent)
    replay_with_mail(house, SIGNED, "2022-07-06", MemoryTransport())
    replay(house, "2022-07-07", "2022-07-07")  # recorded, and then the mail server's machine was off
    reports_in(house, answered, "2022-07-08T09:00")
    post = MemoryTransport()

    deliver(house, morning("2022-07-11"), transport=post)

    assert [m.recipient_id for m in all_messages(house) if m.mail_on == date(2022, 7, 11)] == [
        communes(house)[0]
    ]
    assert len(post.sent) == 1
