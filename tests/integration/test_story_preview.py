"""The preview is the run: what it shows then leaves, mail by mail, and nothing is changed by looking."""

import re
from collections import Counter
from datetime import date

import pytest
from sqlalchemy import func, select

from notifications.memory import MemoryTransport
from notifications.outgoing import Outcome, Outgoing
from notifications.read_again import masked, read_unsent
from obligations.errors import Invalid
from store.engine import reading
from store.outbox import SENT
from store.plans import started_on
from store.schema import metadata, notices, obligations
from tasks_lib.kernel.bootstrap import House
from tasks_lib.kernel.plan_life import start
from tasks_lib.mailing.deliver import deliver
from tasks_lib.mailing.holds import hold
from tasks_lib.mailing.preview import Preview, first_mails, preview, preview_from
from tasks_lib.mailing.rehearsal import FARTHEST
from tasks_lib.rounds.sweep import sweep
from tests.support.life.letters import all_messages
from tests.support.life.stories import (
    A_MU_SUNG,
    BAT_XAT,
    MUONG_VI,
    SIGNED,
    SO_NOI_VU,
    SO_Y_TE,
    at,
    keys,
    leave_only,
    morning,
    replay,
    replay_with_mail,
)

ONE, TWO = f"1.2/{A_MU_SUNG}/once", f"1.2/{MUONG_VI}/once"
COURT = "toa-an-nhan-dan-tinh"
SEAL = re.compile(r"Mã kiểm của nhật ký đến lúc này: \S+")
"""How long the journal is when a digest is written: a rehearsal adds nothing to it."""

Said = tuple[tuple[str, ...], str, str]


def _small(house: House) -> House:
    """All that two communes, their district, a department, Sở Nội vụ and an invited body owe."""
    few = (A_MU_SUNG, MUONG_VI, BAT_XAT, SO_Y_TE, SO_NOI_VU, COURT)
    leave_only(house, *keys(house, obligations.c.agency_id.in_(few)))
    return house


def _said(content: bytes, addresses: tuple[str, ...]) -> Said:
    mail = read_unsent(content)
    return addresses, mail.subject, SEAL.sub("", " ".join(masked(mail.text).split()))


def _run(house: House, day: str) -> list[Said]:
    """Sweep and deliver a day in earnest; return what left."""
    post = MemoryTransport()
    sweep(house, morning(day))
    deliver(house, morning(day), transport=post)
    return sorted(_said(m.content, m.addresses) for m in post.sent)


def _shown(found: Preview) -> list[Said]:
    return sorted(
        (m.addresses, m.subject, SEAL.sub("", " ".join(masked(m.text).split()))) for m in found.leaving
    )


def _contents(house: House) -> dict[str, int]:
    with reading(house.engine) as connection:
        return {
            t.name: connection.scalar(select(func.count()).select_from(t)) or 0
            for t in metadata.tables.values()
        }


@pytest.mark.parametrize("day", ["2022-07-04", "2022-07-18", "2022-09-20", "2026-11-26"])
def test_a_late_start_is_shown_as_it_then_goes(any_house: House, day: str) -> None:
    """An outage since the signing, its collapse, and the real clock four years after the plan's end."""
    house = _small(any_house)
    before = _contents(house)

    seen = first_mails(house, date.fromisoformat(day), morning(day))

    assert _contents(house) == before
    assert _shown(seen) == _run(house, day)
    assert seen.leaving


@pytest.mark.parametrize(
    "day",
    ["2022-07-18", *(pytest.param(later, marks=pytest.mark.soak) for later in ("2022-09-12", "2022-10-03"))],
)
def test_on_a_running_plan_the_days_preview_is_the_days_run(house: House, day: str) -> None:
    _small(house)
    yesterday = date.fromordinal(date.fromisoformat(day).toordinal() - 1).isoformat()
    replay_with_mail(house, SIGNED, yesterday, MemoryTransport())

    seen = preview_from(house, date.fromisoformat(day), date.fromisoformat(day), morning(day))

    assert _shown(seen) == _run(house, day)
    assert seen.leaving


def test_a_day_ahead_is_shown_as_it_goes_when_every_day_until_then_runs(house: House) -> None:
    _small(house)
    replay_with_mail(house, SIGNED, "2022-07-12", MemoryTransport())

    monday = preview_from(house, date(2022, 7, 18), date(2022, 7, 13), morning("2022-07-13"))

    replay_with_mail(house, "2022-07-13", "2022-07-17", MemoryTransport())
    assert _shown(monday) == _run(house, "2022-07-18")


def test_three_days_without_a_run_are_shown_as_the_outage_they_are(house: House) -> None:
    _small(house)
    replay_with_mail(house, SIGNED, "2022-07-14", MemoryTransport())

    seen = preview_from(house, date(2022, 7, 20), date(2022, 7, 20), morning("2022-07-20"))

    assert _shown(seen) == _run(house, "2022-07-20")


def test_what_a_server_refused_is_shown_on_the_day_it_is_tried_again(house: House) -> None:
    class Refusing(MemoryTransport):
        def send(self, message: Outgoing) -> Outcome:
            return Outcome(ok=False, reason="451 4.3.0 try again")

    leave_only(house, ONE, TWO)
    replay_with_mail(house, SIGNED, "2022-07-06", MemoryTransport())
    replay_with_mail(house, "2022-07-07", "2022-07-07", Refusing())

    seen = preview_from(house, date(2022, 7, 8), date(2022, 7, 8), morning("2022-07-08"))

    assert _shown(seen) == _run(house, "2022-07-08")
    assert len(seen.leaving) == 2


def test_what_cannot_be_worded_is_no_mail_that_leaves(house: House) -> None:
    _small(house)
    with reading(house.engine) as connection:
        assert started_on(connection, house.plan.key) is None
    with house.engine.begin() as connection:
        lost = obligations.update().where(obligations.c.agency_id == A_MU_SUNG)
        connection.execute(lost.values(why="x", period="2022-none-report"))

    seen = preview(house, date(2022, 7, 4))

    assert _shown(seen) == _run(house, "2022-07-04")
    held = [m.recipient_id for m in all_messages(house) if m.state == "held"]
    assert [p.recipient for p in seen.parked] == held


def test_what_is_kept_back_is_shown_apart_from_what_leaves(house: House) -> None:
    leave_only(house, ONE, TWO)
    replay_with_mail(house, SIGNED, "2022-07-06", MemoryTransport())
    replay(house, "2022-07-07", "2022-07-07")
    hold(house, [A_MU_SUNG], date(2022, 7, 7), by=SO_NOI_VU, as_of=at("2022-07-07T07:00"), reason="chờ")

    seen = preview(house, date(2022, 7, 7))

    assert {m.recipient: m.held for m in seen.mails} == {A_MU_SUNG: "chờ", MUONG_VI: ""}
    assert _shown(seen) == _run(house, "2022-07-07")


def test_nobody_waits_for_a_rehearsal_that_is_over_and_no_mail_is_marked(any_house: House) -> None:
    leave_only(any_house, ONE, TWO)
    preview(any_house, date(2022, 7, 25))

    with any_house.engine.begin() as connection:
        sent = select(func.count()).select_from(notices).where(notices.c.state == SENT)
        assert connection.scalar(sent) == 0
    assert all_messages(any_house) == []


def test_each_mail_says_to_whom_and_why(house: House) -> None:
    leave_only(house, ONE, TWO)
    (mail,) = preview(house, date(2022, 7, 20)).mails

    assert (mail.recipient, mail.name) == (BAT_XAT, "UBND huyện Bát Xát")
    assert mail.sender == "Phòng Nội vụ huyện Bát Xát"
    assert mail.sort == "superior"
    assert Counter(mail.why) == {f"{ONE} +4": 1, f"{TWO} +4": 1}


def test_on_a_day_off_nothing_would_leave_and_it_says_until_when(house: House) -> None:
    leave_only(house, ONE)
    saturday = preview(house, date(2022, 7, 9))
    assert saturday.mails == ()
    assert saturday.held_until == at("2022-07-11T07:30")


def test_a_start_on_a_day_off_shows_the_first_day_on_which_mail_leaves(house: House) -> None:
    _small(house)
    start(house, date(2022, 7, 9), morning("2022-07-09"), although_ended=False)

    monday = first_mails(house, date(2022, 7, 9), morning("2022-07-09"))

    replay_with_mail(house, "2022-07-09", "2022-07-10", MemoryTransport())
    assert monday.on == date(2022, 7, 11)
    assert _shown(monday) == _run(house, "2022-07-11")


def test_after_the_hours_of_a_day_nothing_leaves_on_it(house: House) -> None:
    leave_only(house, ONE)
    evening = preview(house, date(2022, 7, 7), now=at("2022-07-07T17:30"))
    assert (evening.mails, evening.held_until) == ((), at("2022-07-08T07:30"))


def test_a_day_too_far_to_go_through_is_refused_in_a_line(house: House) -> None:
    leave_only(house, ONE)
    replay(house, SIGNED, SIGNED)
    with pytest.raises(Invalid, match=f"chỉ xem trước được {FARTHEST} ngày, đến ngày 27/01/2027"):
        preview_from(house, date(2030, 1, 1), date(2026, 11, 26))
