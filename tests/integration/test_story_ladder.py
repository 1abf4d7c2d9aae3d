"""The ladder told as stories: who hears what on which day when a unit stays silent (domain part 6)."""

from collections import Counter
from datetime import date

import pytest

from notifications.memory import MemoryTransport
from store.bundling import bundle
from store.engine import writing
from store.schema import agencies
from tasks_lib.kernel.bootstrap import House
from tasks_lib.kernel.reach import import_contacts
from tasks_lib.mailing.deliver import deliver
from tasks_lib.rounds.sweep import sweep
from tests.support.life.letters import all_messages, messages_to, text_of
from tests.support.life.stories import (
    A_MU_SUNG,
    BAT_XAT,
    MUONG_VI,
    SA_PA,
    SIGNED,
    SO_NOI_VU,
    UBND_TINH,
    Told,
    all_told_of,
    communes,
    every_notice,
    leave_only,
    morning,
    notices_of,
    proposed,
    replay,
    replay_with_mail,
    reports_in,
    told_on,
)

ITEM_1_2 = f"1.2/{A_MU_SUNG}/once"


def test_a_silent_commune_on_1_2_climbs_step_by_step(any_house: House) -> None:
    replay(any_house, SIGNED, "2022-07-28")

    assert all_told_of(any_house, ITEM_1_2) == [
        Told("2022-07-04", "opening", "self", A_MU_SUNG),
        Told("2022-07-07", "-5", "self", A_MU_SUNG),
        Told("2022-07-13", "-1", "self", A_MU_SUNG),
        Told("2022-07-18", "+2", "self", A_MU_SUNG),
        Told("2022-07-20", "+4", "superior", BAT_XAT),
        Told("2022-07-21", "+5", "focal", SO_NOI_VU),
        Told("2022-07-28", "list", "focal", SO_NOI_VU),
    ]


def test_its_plus_5_leaves_with_mondays_digest(house: House) -> None:
    leave_only(house, ITEM_1_2)
    post = MemoryTransport()

    replay_with_mail(house, SIGNED, "2022-07-24", post)
    assert messages_to(house, SO_NOI_VU) == []

    replay_with_mail(house, "2022-07-25", "2022-07-25", post)
    (monday,) = messages_to(house, SO_NOI_VU)
    assert monday.mail_on == date(2022, 7, 25)
    assert "Đến 25/7: 01 quá hạn (xã 01)" in monday.subject


def test_a_silent_district_on_3_5_reaches_so_noi_vu_the_same_day(house: House) -> None:
    key = f"3.5/{BAT_XAT}/2022-Q3"
    leave_only(house, key)
    post = MemoryTransport()

    replay_with_mail(house, SIGNED, "2022-10-17", post)

    assert notices_of(house, key) == [
        Told("2022-09-23", "-5", "self", BAT_XAT),
        Told("2022-09-29", "-1", "self", BAT_XAT),
        Told("2022-10-04", "+2", "self", BAT_XAT),
        Told("2022-10-06", "+4", "focal", SO_NOI_VU),
        Told("2022-10-14", "list", "focal", SO_NOI_VU),
    ]
    assert [m.mail_on for m in messages_to(house, SO_NOI_VU)] == [date(2022, 10, 6), date(2022, 10, 17)]
    assert [(p.key, p.state, p.entered_on) for p in proposed(house)] == [(key, "listed", date(2022, 10, 14))]
    assert messages_to(house, UBND_TINH) == []


def test_so_noi_vus_own_task_goes_to_its_director(house: House) -> None:
    key = f"1.1/{SO_NOI_VU}/once"
    replay(house, SIGNED, "2022-07-06")

    # The fifth working day before 4/7 lies before the signing and is skipped, not caught up with.
    assert all_told_of(house, key) == [
        Told("2022-06-30", "opening", "self", SO_NOI_VU),
        Told("2022-07-01", "-1", "self", SO_NOI_VU),
        Told("2022-07-05", "+1", "director", SO_NOI_VU),
    ]


def test_the_directors_mail_is_addressed_to_the_director(house: House) -> None:
    leave_only(house, f"1.1/{SO_NOI_VU}/once")
    post = MemoryTransport()
    replay_with_mail(house, SIGNED, "2022-07-05", post)

    director = house.agency(SO_NOI_VU).contact("director")
    assert director is not None
    assert director.address in post.sent[-1].addresses
    assert director.address not in post.sent[0].addresses


def test_nothing_is_told_on_a_day_off(house: House) -> None:
    for report in replay(house, SIGNED, "2022-09-06"):
        if not house.calendar.is_working(report.as_of.date()):
            assert report.notices == 0
    # Quốc khánh 2022: 1/9 and 2/9 are days off.
    assert told_on(house, "2022-09-01") == []
    assert told_on(house, "2022-09-02") == []


def test_a_second_round_on_the_same_day_adds_nothing(any_house: House) -> None:
    replay(any_house, SIGNED, "2022-07-18")
    before = len(every_notice(any_house))

    again = sweep(any_house, morning("2022-07-18"))

    assert (again.opened, again.notices) == (0, 0)
    assert len(every_notice(any_house)) == before


def test_an_item_flow_first_and_the_round_after_tell_each_once(house: House) -> None:
    replay(house, SIGNED, "2022-07-17")
    alone = sweep(house, morning("2022-07-18"), "1.2")
    whole = sweep(house, morning("2022-07-18"))

    assert alone.notices == len(communes(house))
    assert whole.by_item["1.2"].notices == 0
    counted = Counter((n.leg_id, n.step, n.recipient_id) for n in every_notice(house))
    assert set(counted.values()) == {1}


def test_a_report_between_finding_and_sending_stops_the_mail(house: House) -> None:
    leave_only(house, ITEM_1_2)
    replay(house, SIGNED, "2022-07-06")
    sweep(house, morning("2022-07-07"))
    reports_in(house, ITEM_1_2, "2022-07-07T07:31")

    post = MemoryTransport()
    deliver(house, morning("2022-07-07").replace(minute=40), transport=post)

    assert post.sent == []


def test_a_report_after_bundling_stops_the_mail_too(house: House) -> None:
    """The server was down at 7:30; the unit reported before the retry: what waits is no longer true."""
    leave_only(house, ITEM_1_2)
    replay(house, SIGNED, "2022-07-07")
    with writing(house.engine) as connection:
        bundle(connection, house.plan.key, date(2022, 7, 7), morning("2022-07-07"), "laocai.example")
    reports_in(house, ITEM_1_2, "2022-07-07T08:00")

    post = MemoryTransport()
    deliver(house, morning("2022-07-07").replace(hour=9), transport=post)

    assert post.sent == []
    assert [m.state for m in messages_to(house, A_MU_SUNG)] == ["cancelled"]


def test_ten_late_communes_of_152_make_ten_mails_and_no_more(house: House) -> None:
    everyone = [f"1.2/{commune}/once" for commune in communes(house)]
    leave_only(house, *everyone)
    late = everyone[::16]
    replay(house, SIGNED, "2022-07-06")
    for key in everyone:
        if key not in late:
            reports_in(house, key, "2022-07-06T09:00")
    replay_with_mail(house, "2022-07-07", "2022-07-25", MemoryTransport())

    def heard(day: str) -> list[str]:
        return [m.recipient_id for m in all_messages(house) if m.mail_on == date.fromisoformat(day)]

    assert len(late) == 10
    assert sorted(heard("2022-07-18")) == sorted(key.split("/")[1] for key in late)
    assert len(heard("2022-07-20")) <= 9
    assert set(heard("2022-07-20")) == {house.agency(key.split("/")[1]).superior for key in late}
    assert heard("2022-07-21") == []
    assert heard("2022-07-25") == [SO_NOI_VU]


def test_a_commune_without_an_address_is_told_through_its_district(house: House) -> None:
    leave_only(house, ITEM_1_2)
    with writing(house.engine) as connection:
        import_contacts(connection, {A_MU_SUNG: ()}, house.configuration.agencies, house.plan)
    post = MemoryTransport()

    replay_with_mail(house, SIGNED, "2022-07-07", post)

    # Step days never move, the recipient does.
    assert notices_of(house, ITEM_1_2) == [Told("2022-07-07", "-5", "desk", BAT_XAT)]
    assert messages_to(house, A_MU_SUNG) == []
    forwarded = text_of(post.sent[-1].content)
    assert "chuyển" in forwarded
    assert "UBND xã A Mú Sung" in forwarded


def test_without_any_address_below_the_district_so_noi_vu_passes_it_on(house: House) -> None:
    leave_only(house, f"3.5/{SA_PA}/2022-Q3")
    with writing(house.engine) as connection:
        import_contacts(connection, {SA_PA: ()}, house.configuration.agencies, house.plan)

    replay(house, SIGNED, "2022-10-06")

    told = notices_of(house, f"3.5/{SA_PA}/2022-Q3")
    assert [t.recipient for t in told] == [SO_NOI_VU] * 4
    assert [t.day for t in told] == ["2022-09-23", "2022-09-29", "2022-10-04", "2022-10-06"]


def test_ubnd_tinh_has_no_address_at_all(house: House) -> None:
    assert house.agency(UBND_TINH).contacts == ()
    with house.engine.connect() as connection:
        mail_to = connection.scalar(
            agencies.select().with_only_columns(agencies.c.mail_to_id).where(agencies.c.id == UBND_TINH)
        )
    assert mail_to == UBND_TINH


@pytest.mark.parametrize("key", [f"1.2/{MUONG_VI}/once", f"3.1/{MUONG_VI}/once"])
def test_every_step_is_told_once(house: House, key: str) -> None:
    replay(house, SIGNED, "2022-08-10")
    told = all_told_of(house, key)
    assert len(told) == len(set(told)) == 7
