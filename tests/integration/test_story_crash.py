"""The machine dies at the worst moment, or two run at once: every mail leaves, none twice without a trace."""

import json
from datetime import datetime, timedelta

from store.engine import writing
from store.schema import messages
from tasks_lib.kernel.bootstrap import House
from tasks_lib.mailing.deliver import deliver
from tests.support.houses.another import AFTER_ACCEPTING, BEFORE_SENDING, killed, start
from tests.support.houses.houses import MailServer
from tests.support.life.letters import all_messages, contents_of, letter, messages_to
from tests.support.life.stories import (
    A_MU_SUNG,
    MUONG_VI,
    SIGNED,
    Y_TY,
    every_notice,
    leave_only,
    morning,
    replay,
    reports_in,
    send,
)

DAY = "2022-07-07"
ONE = f"1.2/{A_MU_SUNG}/once"
THREE = tuple(f"1.2/{commune}/once" for commune in (A_MU_SUNG, MUONG_VI, Y_TY))


def _ids(smtp: MailServer) -> list[str]:
    return [str(letter(content)["Message-ID"]) for content in contents_of(smtp)]


def _recorded(house: House, *keys: str) -> None:
    """Reminders of 7/7 are recorded, nothing has been sent yet on that day."""
    leave_only(house, *keys)
    replay(house, SIGNED, "2022-07-04")
    send(house, "2022-07-04")
    replay(house, "2022-07-05", DAY)


def test_killed_between_recorded_and_accepted_the_mail_leaves_once(
    any_house: House, smtp: MailServer
) -> None:
    served = smtp.serving(any_house)
    _recorded(any_house, *THREE)

    assert killed(start(served, "deliver", DAY, BEFORE_SENDING))
    assert smtp.box.taken == []
    stranded = [m for m in all_messages(any_house) if m.state == "sending"]
    assert len(stranded) == 3

    send(served, DAY)
    assert len(_ids(smtp)) == len(set(_ids(smtp))) == 3
    assert {m.state for m in all_messages(any_house)} == {"sent"}
    send(served, DAY)
    assert len(smtp.box.taken) == 3


def test_killed_between_accepted_and_marked_it_repeats_once_with_the_same_bytes(
    any_house: House, smtp: MailServer
) -> None:
    served = smtp.serving(any_house)
    _recorded(any_house, *THREE)

    assert killed(start(served, "deliver", DAY, AFTER_ACCEPTING))
    assert len(smtp.box.taken) == 1
    (first,) = smtp.box.taken

    send(served, DAY)
    send(served, DAY)

    assert len(smtp.box.taken) == 4
    repeats = [e for e in smtp.box.taken if e.content == first.content]
    assert len(repeats) == 2
    assert repeats[0].rcpt_tos == repeats[1].rcpt_tos
    assert sorted(_ids(smtp).count(i) for i in set(_ids(smtp))) == [1, 1, 2]


def test_what_was_rendered_before_the_crash_is_sent_as_it_was(house: House, smtp: MailServer) -> None:
    """The bytes are kept: a repeat hours later still speaks of 7:30."""
    served = smtp.serving(house)
    _recorded(house, ONE)
    killed(start(served, "deliver", DAY, BEFORE_SENDING))
    kept = messages_to(house, A_MU_SUNG)[-1].content

    deliver(served, morning(DAY).replace(hour=15))

    assert [content.strip() for content in contents_of(smtp)] == [kept.strip()]


def test_a_message_of_another_machine_waits_for_its_lease(house: House, smtp: MailServer) -> None:
    """Of another machine nobody can tell whether it died, so its lease has to run out."""
    served = smtp.serving(house)
    _recorded(house, ONE)
    killed(start(served, "deliver", DAY, BEFORE_SENDING))
    real = morning(DAY)
    with writing(house.engine) as connection:
        taken = {"claimed_by": "may-chu-khac:1", "claimed_until": real + timedelta(seconds=60)}
        connection.execute(messages.update().where(messages.c.state == "sending").values(taken))

    def clock(seconds: int) -> datetime:
        return real + timedelta(seconds=seconds)

    deliver(served, real, now=lambda: clock(59))
    assert smtp.box.taken == []
    deliver(served, real, now=lambda: clock(61))
    assert len(smtp.box.taken) == 1


def test_a_report_during_the_outage_stops_even_a_rendered_mail(house: House, smtp: MailServer) -> None:
    """Rendered but never handed over, and then answered: sending it would be untrue."""
    served = smtp.serving(house)
    _recorded(house, ONE)
    killed(start(served, "deliver", DAY, BEFORE_SENDING))
    reports_in(house, ONE, "2022-07-07T08:00")

    deliver(served, morning(DAY).replace(hour=9))

    assert smtp.box.taken == []


def test_two_deliveries_at_once_send_each_message_once(any_house: House, smtp: MailServer) -> None:
    served = smtp.serving(any_house, timeout=10.0)
    leave_only(any_house, *(f"1.2/{c}/once" for c in any_house.roster.members(("ubnd-cap-xa",))))
    replay(any_house, "2022-07-07", DAY)

    two = [start(served, "deliver", DAY) for _ in range(2)]
    done = [json.loads(process.communicate(timeout=120)[0]) for process in two]

    assert sum(report["sent"] for report in done) == 152
    assert sum(report["failed"] + report["dead"] for report in done) == 0
    assert len(_ids(smtp)) == len(set(_ids(smtp))) == 152


def test_two_sweeps_at_once_record_what_one_records(any_house: House) -> None:
    replay(any_house, SIGNED, "2022-07-03")

    two = [start(any_house, "sweep", "2022-07-04") for _ in range(2)]
    done = [json.loads(process.communicate(timeout=60)[0]) for process in two]

    told = [n for n in every_notice(any_house) if str(n.recorded_on) == "2022-07-04"]
    assert len(told) == len({(n.leg_id, n.step, n.recipient_id) for n in told})
    assert sorted(report["notices"] for report in done) == [0, len(told)]
