"""What the post office does to us: refused for now or for good, stalled, dropped; nothing is lost."""

from datetime import date, datetime, timedelta

import pytest
from sqlalchemy import select

from notifications.memory import MemoryTransport
from store.engine import reading
from store.schema import notices
from tasks_lib.kernel.bootstrap import House
from tasks_lib.kernel.delivering import PAUSES, TRIES_WITHOUT_MAILBOX
from tasks_lib.mailing.deliver import deliver
from tasks_lib.mailing.delivered import DeliveryReport
from tests.support.houses.houses import MailServer, with_settings
from tests.support.life.letters import all_messages, contents_of, letter, messages_to, table_beside, text_of
from tests.support.life.stories import (
    A_MU_SUNG,
    BAT_XAT,
    MUONG_VI,
    SIGNED,
    SO_NOI_VU,
    Y_TY,
    leave_only,
    morning,
    reminders_of_7_july,
    replay,
    replay_with_mail,
)

ONE = f"1.2/{A_MU_SUNG}/once"
FOUR = tuple(f"1.2/{c}/once" for c in (A_MU_SUNG, MUONG_VI, Y_TY, "x02689-2022"))


def _try_at(house: House, moment: datetime) -> DeliveryReport:
    return deliver(house, moment)


def _undelivered(digest: bytes) -> list[str]:
    """What the table beside Monday's mail says of mails that could not be sent, with the server's words."""
    rows = table_beside(digest)["Thư không gửi được"].iter_rows(values_only=True)
    return [str(why) for _, why in rows if why and "@" in str(why)]


def _next_try(house: House, recipient: str) -> datetime:
    found: datetime = messages_to(house, recipient)[-1].next_try_at
    return found


def test_what_the_server_refuses_for_now_is_tried_again_with_growing_pauses(
    house: House, smtp: MailServer
) -> None:
    reminders_of_7_july(house, ONE)
    served = smtp.serving(house)
    smtp.box.data = ["451 4.3.0 đợi một lát"] * 3
    moment, waited = morning("2022-07-07"), []

    for _ in range(3):
        report = _try_at(served, moment)
        assert (report.sent, report.failed) == (0, 1)
        (mail,) = messages_to(house, A_MU_SUNG)[-1:]
        assert mail.state == "retry"
        assert "451" in mail.error
        waited.append(mail.next_try_at - moment)
        assert _try_at(served, mail.next_try_at - timedelta(seconds=1)).failed == 0
        moment = mail.next_try_at

    assert waited == list(PAUSES[:3])
    assert waited == sorted(set(waited))
    assert _try_at(served, moment).sent == 1
    assert len(smtp.box.taken) == 1
    assert messages_to(house, A_MU_SUNG)[-1].error is None


@pytest.mark.parametrize("answer", ["550 5.1.1 không có hộp thư này", "554 5.2.1 hộp thư đã khóa"])
def test_refused_for_good_it_is_dead_after_three_tries_and_stands_in_the_digest(
    house: House, smtp: MailServer, answer: str
) -> None:
    reminders_of_7_july(house, ONE)
    served = smtp.serving(house)
    address = house.agency(A_MU_SUNG).contacts[0].address
    smtp.box.refused[address] = answer
    moment = morning("2022-07-07")

    for attempt in range(1, TRIES_WITHOUT_MAILBOX + 1):
        report = _try_at(served, moment)
        assert (report.dead, report.failed) == ((1, 0) if attempt == TRIES_WITHOUT_MAILBOX else (0, 1))
        moment = _next_try(house, A_MU_SUNG)

    (dead,) = messages_to(house, A_MU_SUNG)[-1:]
    assert (dead.state, dead.attempts) == ("dead", TRIES_WITHOUT_MAILBOX)
    with reading(house.engine) as connection:
        states = set(connection.scalars(select(notices.c.state).where(notices.c.message_id == dead.id)))
    assert states == {"dead"}

    post = MemoryTransport()
    replay_with_mail(house, "2022-07-08", "2022-07-25", post)
    digest = next(m for m in post.sent if f".{SO_NOI_VU}." in m.message_id).content
    assert f"UBND xã A Mú Sung ({address})" in text_of(digest)
    (why,) = _undelivered(digest)
    assert why.startswith(f"{address}: {answer}")


def test_a_dead_mail_alone_is_news_for_the_digest(house: House, smtp: MailServer) -> None:
    reminders_of_7_july(house, ONE)
    served = smtp.serving(house)
    smtp.box.refused[house.agency(A_MU_SUNG).contacts[0].address] = "550 5.1.1 không có hộp thư này"
    moment = morning("2022-07-07")
    for _ in range(TRIES_WITHOUT_MAILBOX):
        _try_at(served, moment)
        moment = _next_try(house, A_MU_SUNG)

    replay_with_mail(house, "2022-07-08", "2022-07-11", MemoryTransport())

    (digest,) = messages_to(house, SO_NOI_VU)
    assert digest.mail_on == date(2022, 7, 11)
    assert "UBND xã A Mú Sung (x02686-2022@laocai.example)" in text_of(digest.content)
    (why,) = _undelivered(digest.content)
    assert why.startswith("x02686-2022@laocai.example: 550")


def test_an_address_refused_for_now_for_ever_dies_at_last(house: House, smtp: MailServer) -> None:
    reminders_of_7_july(house, ONE)
    served = smtp.serving(house)
    smtp.box.always = {"final": "452 4.2.2 hộp thư đầy"}
    moment, days = morning("2022-07-07"), set()

    while messages_to(house, A_MU_SUNG)[-1].state != "dead":
        days.add(moment.astimezone(morning("2022-07-07").tzinfo).date())
        _try_at(served, moment)
        moment = _next_try(house, A_MU_SUNG)

    # Five working days; the pauses reach from one into the next, never into the night.
    assert (min(days), max(days)) == (date(2022, 7, 7), date(2022, 7, 14))
    assert len(days) == 6
    assert all(house.calendar.is_working(day) for day in days)


def test_one_of_two_addresses_refused_the_retry_goes_to_it_alone(house: House, smtp: MailServer) -> None:
    leave_only(house, f"1.2/{A_MU_SUNG}/once")
    replay_with_mail(house, SIGNED, "2022-07-19", MemoryTransport())
    replay(house, "2022-07-20", "2022-07-20")
    served = smtp.serving(house)
    desk = house.agency(BAT_XAT).contact("desk")
    assert desk is not None
    smtp.box.refused[desk.address] = "450 4.2.0 tạm khóa"

    first = _try_at(served, morning("2022-07-20"))
    assert (first.sent, first.failed) == (0, 1)
    (mail,) = messages_to(house, BAT_XAT)[-1:]
    assert desk.address in mail.error
    assert desk.address not in mail.accepted

    smtp.box.refused.clear()
    again = _try_at(served, mail.next_try_at)
    assert again.sent == 1
    early, late = smtp.box.taken
    assert desk.address not in early.rcpt_tos
    assert late.rcpt_tos == [desk.address]
    assert early.content == late.content


def test_a_server_that_stalls_or_drops_loses_nothing(house: House, smtp: MailServer) -> None:
    reminders_of_7_july(house, *FOUR[:3])
    served = smtp.serving(house, timeout=0.5)
    smtp.box.data = ["drop", "stall"]

    first = _try_at(served, morning("2022-07-07"))
    assert (first.sent, first.failed) == (1, 2)
    assert first.stopped is None
    _try_at(served, morning("2022-07-07") + PAUSES[0])

    assert {m.state for m in all_messages(house)} == {"sent"}
    ids = [str(letter(content)["Message-ID"]) for content in contents_of(smtp)]
    assert len(ids) == len(set(ids)) == 3


def test_a_server_that_refuses_everybody_stops_the_run(house: House, smtp: MailServer) -> None:
    reminders_of_7_july(house, *FOUR)
    served = smtp.serving(house)
    smtp.box.mail = ["451 4.7.1 không nhận người gửi này"] * 3

    stopped = _try_at(served, morning("2022-07-07"))

    assert stopped.stopped is not None
    assert "451" in stopped.stopped
    assert (stopped.sent, stopped.failed) == (0, 3)
    # The fourth was not tried, and no try counts as anybody's.
    stands = sorted((m.state, m.attempts) for m in all_messages(house) if m.state != "sent")
    assert stands == [("retry", 0)] * 3 + [("waiting", 0)]

    after = _try_at(served, morning("2022-07-07"))
    assert (after.sent, after.stopped) == (4, None)
    assert len(smtp.box.taken) == 4


def test_no_server_at_all_stops_the_run_and_loses_nothing(house: House, smtp: MailServer) -> None:
    reminders_of_7_july(house, *FOUR)
    nowhere = with_settings(smtp.serving(house), smtp_port=9)

    stopped = _try_at(nowhere, morning("2022-07-07"))
    assert stopped.stopped is not None
    assert stopped.sent == 0

    after = _try_at(smtp.serving(house), morning("2022-07-07") + PAUSES[0])
    assert after.sent == 4


def test_one_recipient_refused_by_the_server_stops_nobody_else(house: House, smtp: MailServer) -> None:
    reminders_of_7_july(house, *FOUR)
    served = smtp.serving(house)
    for commune in (A_MU_SUNG, MUONG_VI, Y_TY):
        smtp.box.refused[house.agency(commune).contacts[0].address] = "550 không có hộp thư này"

    report = _try_at(served, morning("2022-07-07"))

    # Refused at RCPT TO, three times the same way: that is no sign of a server that refuses everybody.
    assert (report.sent, report.failed, report.stopped) == (1, 3, None)
