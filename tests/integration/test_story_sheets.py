"""The chairperson's monthly sheet: one a month, a miss is a line, the third in a row reaches Sở Nội vụ."""

from datetime import date

from notifications.memory import MemoryTransport
from tasks_lib.kernel.bootstrap import House
from tests.support.life.letters import letter, messages_to, text_of
from tests.support.life.stories import (
    A_MU_SUNG,
    BAT_XAT,
    SO_NOI_VU,
    Told,
    leave_only,
    notices_of,
    proposed,
    replay,
    replay_with_mail,
    reports_in,
    row,
)

MONTHS = ("2022-07", "2022-08", "2022-09", "2022-10", "2022-11", "2022-12")


def _sheets(agency: str) -> tuple[str, ...]:
    return tuple(f"sheet/{agency}/{month}" for month in MONTHS)


def test_a_silent_commune_reaches_the_district_second_and_so_noi_vu_third(any_house: House) -> None:
    july, august, september, *_ = _sheets(A_MU_SUNG)
    leave_only(any_house, *_sheets(A_MU_SUNG))
    replay(any_house, "2022-08-01", "2022-10-31")

    assert notices_of(any_house, july) == [Told("2022-08-05", "sheet", "self", A_MU_SUNG)]
    assert notices_of(any_house, august) == [
        Told("2022-09-05", "sheet", "self", A_MU_SUNG),
        Told("2022-09-12", "missed", "superior", BAT_XAT),
    ]
    assert set(notices_of(any_house, september)) == {
        Told("2022-10-05", "sheet", "self", A_MU_SUNG),
        Told("2022-10-11", "missed", "superior", BAT_XAT),
        Told("2022-10-11", "missed", "focal", SO_NOI_VU),
    }


def test_a_sheet_seen_breaks_the_row_of_misses(house: House) -> None:
    july, august, september, october, *_ = _sheets(A_MU_SUNG)
    leave_only(house, *_sheets(A_MU_SUNG))
    replay(house, "2022-08-01", "2022-09-06")
    done = reports_in(house, august, "2022-09-06")
    replay(house, "2022-09-07", "2022-11-14")

    assert done.work_state == "accepted"  # nobody reviews it
    for key in (july, august, september):
        assert [t.role for t in notices_of(house, key)] == ["self"]
    assert [t.role for t in notices_of(house, october)] == ["self", "superior"]


def test_seen_after_its_day_it_was_missed_all_the_same(house: House) -> None:
    july, august, *_ = _sheets(A_MU_SUNG)
    leave_only(house, *_sheets(A_MU_SUNG))
    replay(house, "2022-08-01", "2022-08-15")
    reports_in(house, july, "2022-08-15")
    replay(house, "2022-08-16", "2022-09-13")

    assert [t.role for t in notices_of(house, august)] == ["self", "superior"]


def test_a_silent_district_reaches_so_noi_vu_at_the_third_month(house: House) -> None:
    leave_only(house, *_sheets(BAT_XAT))
    replay(house, "2022-08-01", "2022-12-31")

    told = [
        (key[-2:], t.day) for key in _sheets(BAT_XAT) for t in notices_of(house, key) if t.role == "focal"
    ]
    assert told == [("09", "2022-10-11"), ("10", "2022-11-11"), ("11", "2022-12-12")]


def test_each_single_miss_is_a_line_in_mondays_digest(house: House) -> None:
    leave_only(house, *_sheets(A_MU_SUNG))
    post = MemoryTransport()
    replay_with_mail(house, "2022-08-01", "2022-08-22", post)

    (digest,) = messages_to(house, SO_NOI_VU)
    assert digest.mail_on == date(2022, 8, 15)
    mail = next(m for m in post.sent if f".{SO_NOI_VU}." in m.message_id)
    assert "mới qua ngày (tháng 7 năm 2022): 01 (UBND xã A Mú Sung)" in text_of(mail.content)


def test_decembers_sheet_is_owed_in_january_and_is_never_listed(house: House) -> None:
    """Ladders run on after the plan's validity; a sheet never enters the list for UBND tỉnh."""
    december = _sheets(A_MU_SUNG)[-1]
    leave_only(house, *_sheets(A_MU_SUNG))
    replay(house, "2022-12-01", "2023-01-31")

    assert row(house, december).last_day == date(2023, 1, 10)
    assert notices_of(house, december)[0] == Told("2023-01-05", "sheet", "self", A_MU_SUNG)
    assert {t.day for t in notices_of(house, december)[1:]} == {"2023-01-11"}
    assert proposed(house) == proposed(house, "chronic") == []


def test_the_sheet_mail_speaks_to_the_chairperson(house: House) -> None:
    leave_only(house, *_sheets(A_MU_SUNG))
    post = MemoryTransport()
    replay_with_mail(house, "2022-08-01", "2022-08-05", post)

    (mail,) = post.sent
    assert letter(mail.content)["Subject"] == "[KH 239] 10/8: Chủ tịch xem xét bảng tháng 7 - xã A Mú Sung"
