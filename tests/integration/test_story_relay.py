"""A bad half hour of the mail server costs nothing: no mail is given up, all leave when it is well."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta

import pytest

from store.engine import reading
from store.facts import Fact, fact
from tasks_lib.kernel.bootstrap import House
from tasks_lib.kernel.keys import DELIVERY_STOPPED
from tasks_lib.mailing.breaker import ALL_REFUSALS
from tasks_lib.mailing.deliver import deliver
from tasks_lib.mailing.delivered import DeliveryReport
from tasks_lib.rounds.sweep import sweep
from tests.support.houses.houses import MailServer, with_settings
from tests.support.life.letters import all_messages
from tests.support.life.stories import at, every_notice, morning, reminders_of_7_july

DAY = "2022-07-04"
QUARTER = timedelta(minutes=15)
EVERYBODY = 182
FEW = 14


@pytest.fixture
def ready(house: House) -> House:
    """The morning of the opening letters: one for every agency."""
    sweep(house, morning(DAY))
    return house


def _runs(house: House, start: datetime, end: datetime) -> Iterator[DeliveryReport]:
    """Deliver every quarter of an hour, as the schedule does."""
    moment = start
    while moment <= end:
        yield deliver(house, moment)
        moment += QUARTER


def _states(house: House) -> set[str]:
    return {m.state for m in all_messages(house)}


def _first_in_the_queue(house: House, number: int) -> list[str]:
    return sorted({n.recipient_id for n in every_notice(house)})[:number]


def _stopped(house: House) -> Fact | None:
    with reading(house.engine) as connection:
        return fact(connection, DELIVERY_STOPPED)


REFUSALS = [
    ("mail", "451 4.7.1 không nhận người gửi này"),
    ("rcpt", "550 5.7.1 <{address}>: Relay access denied"),
    ("rcpt", "550 relay denied for {address} (#{number})"),
    ("rcpt", "450 4.3.2 hệ thống bận, mã {number}"),
    ("rcpt", "550 5.1.1 <{address}>: Recipient address rejected: User unknown"),
    ("data", "451 4.3.0 chưa nhận nội dung"),
    ("final", "554 5.7.1 spam, mã {number}"),
    ("final", "451 4.3.0 đầy đĩa"),
    ("final", "drop"),
]


@pytest.mark.parametrize(("stage", "answer"), REFUSALS)
def test_a_server_that_refuses_everybody_for_half_an_hour_costs_no_mail(
    house: House, smtp: MailServer, stage: str, answer: str
) -> None:
    communes = house.roster.members(("ubnd-cap-xa",))[:FEW]
    reminders_of_7_july(house, *(f"1.2/{commune}/once" for commune in communes))
    _half_an_hour(house, smtp, "2022-07-07", stage, answer)


@pytest.mark.soak
@pytest.mark.parametrize(("stage", "answer"), [REFUSALS[1], REFUSALS[6]])
def test_so_it_is_for_the_whole_province(ready: House, smtp: MailServer, stage: str, answer: str) -> None:
    assert _half_an_hour(ready, smtp, DAY, stage, answer) == EVERYBODY


def _half_an_hour(house: House, smtp: MailServer, day: str, stage: str, answer: str) -> int:
    """Let the server refuse everybody in three runs and be well after; return how many mails left then."""
    served = smtp.serving(house)
    before = {m.id for m in all_messages(house)}
    smtp.box.always = {stage: answer}

    bad = list(_runs(served, morning(day), at(f"{day}T08:00")))

    mails = [m for m in all_messages(house) if m.id not in before]
    assert all(r.stopped and r.went_wrong for r in bad)
    assert {r.dead for r in bad} == {r.sent for r in bad} == {0}
    assert max(r.failed for r in bad) <= ALL_REFUSALS
    assert {m.attempts for m in mails} == {0}
    since = _stopped(house)
    assert since is not None
    assert since.at == morning(day)

    smtp.box.always = {}
    well = list(_runs(served, at(f"{day}T08:15"), at(f"{day}T09:15")))
    assert sum(r.sent for r in well) == len(mails) == len(smtp.box.taken)
    assert _states(house) == {"sent"}
    assert _stopped(house) is None
    return len(mails)


def test_nothing_is_given_up_while_a_server_is_busy_for_days(house: House, smtp: MailServer) -> None:
    """4xx for everybody from Thursday's first run until Monday noon, a weekend between."""
    reminders_of_7_july(house, *(f"1.2/{c}/once" for c in house.roster.members(("ubnd-cap-xa",))[:FEW]))
    served = smtp.serving(house)
    smtp.box.always = {"rcpt": "452 4.3.1 Insufficient system storage"}
    for day in ("2022-07-07", "2022-07-08", "2022-07-11"):
        for hour in ("07:30", "09:00", "11:45"):
            report = deliver(served, at(f"{day}T{hour}"))
            assert (report.sent, report.dead) == (0, 0)
            assert report.stopped == "452 4.3.1 Insufficient system storage"

    smtp.box.always = {}
    assert deliver(served, at("2022-07-11T12:00")).sent == FEW
    assert _states(house) == {"sent"}


def test_a_server_that_goes_bad_in_the_middle_is_left_alone_and_the_rest_waits(
    ready: House, smtp: MailServer
) -> None:
    served = smtp.serving(ready)
    smtp.box.data = ["250 OK"] * 50 + ["554 5.7.1 quota exceeded"] * 3

    report = deliver(served, morning(DAY))

    assert (report.sent, report.failed, report.dead) == (50, 3, 0)
    assert report.stopped == "554 5.7.1 quota exceeded"
    assert {m.attempts for m in all_messages(ready) if m.state != "sent"} == {0}
    assert deliver(served, morning(DAY) + QUARTER).sent == EVERYBODY - 50


def test_greylisting_is_no_illness_of_the_server(ready: House, smtp: MailServer) -> None:
    """Every new recipient is put off once: within the hour all have their mail."""
    served = smtp.serving(ready)
    smtp.box.greylisted = "450 4.2.0 Greylisted, see you in {number} seconds"

    runs = list(_runs(served, morning(DAY), at(f"{DAY}T08:30")))

    assert sum(r.sent for r in runs) == EVERYBODY
    assert sum(r.dead for r in runs) == 0
    assert len(smtp.box.taken) == EVERYBODY


def test_a_few_with_a_trouble_of_their_own_never_stop_the_others(ready: House, smtp: MailServer) -> None:
    """Refused alike, day after day, first in the queue: the others are asked between them."""
    served = smtp.serving(ready)
    first = _first_in_the_queue(ready, 5)
    for agency in first:
        for contact in ready.agency(agency).contacts:
            smtp.box.refused[contact.address] = "550 5.7.133 only senders of this organisation"

    runs = list(_runs(served, morning(DAY), at(f"{DAY}T08:30")))

    assert sum(r.sent for r in runs) == EVERYBODY - len(first)
    assert all(r.stopped is None for r in runs[2:])
    left = [m for m in all_messages(ready) if m.state != "sent"]
    assert {m.recipient_id for m in left} == set(first)
    assert {m.state for m in left} == {"retry"}


def test_what_no_mailbox_takes_is_given_up_and_other_refusals_after_five_working_days(
    ready: House, smtp: MailServer
) -> None:
    served = smtp.serving(ready)
    gone, full = _first_in_the_queue(ready, 2)
    for agency, answer in ((gone, "550 5.1.1 không có hộp thư này"), (full, "452 4.2.2 hộp thư đầy")):
        for contact in ready.agency(agency).contacts:
            smtp.box.refused[contact.address] = answer

    deaths: dict[str, datetime] = {}
    moment = morning(DAY)
    while len(deaths) < 2 and moment < at("2022-07-20T00:00"):
        deliver(served, moment)
        for m in all_messages(ready):
            if m.state == "dead":
                deaths.setdefault(m.recipient_id, moment)
        waiting = [m.next_try_at for m in all_messages(ready) if m.state == "retry"]
        moment = min(waiting, default=at("2022-07-20T00:00"))

    assert deaths[gone] == at("2022-07-04T12:30")
    assert at("2022-07-11T07:30") <= deaths[full] < at("2022-07-12T17:00")


def test_a_server_that_looks_long_through_a_mail_is_waited_for(ready: House, smtp: MailServer) -> None:
    """Its answer takes half as long again as any other may: no mail is given up, none is repeated."""
    served = smtp.serving(ready, timeout=0.4, final=10.0)
    smtp.box.data = ["slow"] * 4

    report = deliver(served, morning(DAY))

    assert (report.sent, report.failed, report.dead, report.stopped) == (EVERYBODY, 0, 0, None)
    assert len(smtp.box.taken) == EVERYBODY


def test_a_server_that_falls_silent_costs_two_waits_a_run_and_not_one_a_mail(
    ready: House, smtp: MailServer
) -> None:
    served = smtp.serving(ready, timeout=1.0, final=0.3)
    smtp.box.always = {"final": "stall"}

    report = deliver(served, morning(DAY))

    assert (report.sent, report.failed, report.dead) == (0, 2, 0)
    assert report.stopped is not None
    assert "không phản hồi" in report.stopped
    assert smtp.box.connections == 2
    smtp.box.always = {}
    assert sum(r.sent for r in _runs(served, at(f"{DAY}T07:45"), at(f"{DAY}T08:15"))) == EVERYBODY
    assert _states(ready) == {"sent"}


def test_a_mail_of_which_nobody_knows_whether_it_was_taken_is_repeated_seldom_and_as_it_was(
    ready: House, smtp: MailServer
) -> None:
    """The server takes each and drops the line before its answer."""
    served = smtp.serving(ready)
    smtp.box.always = {"final": "taken, then drop"}

    list(_runs(served, morning(DAY), at(f"{DAY}T08:00")))
    assert len(smtp.box.taken) == 9
    smtp.box.always = {}
    list(_runs(served, at(f"{DAY}T08:15"), at(f"{DAY}T09:30")))

    assert _states(ready) == {"sent"}
    contents = [e.content for e in smtp.box.taken]
    assert len(contents) == EVERYBODY + 9
    assert len(set(contents)) == EVERYBODY


def test_a_dead_line_at_the_end_of_a_quiet_day_is_told_too(ready: House, smtp: MailServer) -> None:
    """One mail waits, and no server answers: three would be needed to stop a run, one is enough to say so."""
    served = smtp.serving(ready)
    deliver(served, morning(DAY))
    sweep(ready, morning("2022-07-07"))
    nowhere = with_settings(served, smtp_port=9)
    report = deliver(nowhere, morning("2022-07-07"))

    assert report.stopped is not None
    assert _stopped(ready) is not None
