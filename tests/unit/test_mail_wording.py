"""Dates, counts and lists are written as Vietnamese offices write them."""

from datetime import UTC, date, datetime

import pytest

from notifications import wording
from obligations.words import count


@pytest.mark.parametrize(
    ("day", "written"),
    [
        (date(2022, 7, 7), "07/7/2022"),
        (date(2023, 1, 5), "05/01/2023"),
        (date(2023, 2, 28), "28/02/2023"),
        (date(2022, 10, 14), "14/10/2022"),
    ],
)
def test_days_below_ten_and_the_first_two_months_carry_a_zero(day: date, written: str) -> None:
    assert wording.plain_date(day) == written


def test_a_full_date_names_its_weekday() -> None:
    assert wording.full_date(date(2022, 7, 14)) == "thứ Năm, ngày 14/7/2022"
    assert wording.full_date(date(2022, 7, 17)) == "Chủ nhật, ngày 17/7/2022"


def test_the_clock_is_local_wherever_the_moment_comes_from() -> None:
    moment = datetime(2022, 7, 7, 0, 30, tzinfo=UTC)
    assert wording.clock_time(moment) == "07 giờ 30 phút ngày 07/7/2022"


def test_counts_have_two_digits_and_dots_between_thousands() -> None:
    assert [count(n) for n in (0, 3, 21, 3156)] == ["00", "03", "21", "3.156"]


def test_several_days_share_their_year() -> None:
    first, second, third = date(2022, 7, 7), date(2022, 7, 13), date(2022, 7, 18)
    assert wording.dates([]) == ""
    assert wording.dates([first]) == "ngày 07/7/2022"
    assert wording.dates([second, first]) == "các ngày 07/7/2022 và 13/7/2022"
    assert wording.dates([first, second, third]) == "các ngày 07/7, 13/7, 18/7/2022"
    assert wording.dates([second, third, date(2023, 1, 3)]) == "các ngày 13/7/2022, 18/7/2022, 03/01/2023"


def test_a_committee_is_named_by_its_kind() -> None:
    names = ("UBND xã A Mú Sung", "UBND thị trấn Bát Xát", "UBND thành phố Lào Cai", "Sở Y tế")
    assert [wording.generic_name(n) for n in names] == [
        "UBND xã",
        "UBND thị trấn",
        "UBND thành phố",
        "Sở Y tế",
    ]


def test_only_ordinary_words_begin_in_lower_case() -> None:
    assert wording.lower_first("Trước ngày 15/7/2022") == "trước ngày 15/7/2022"
    assert wording.lower_first("UBND xã báo cáo") == "UBND xã báo cáo"


def test_the_day_before_a_monday_is_the_friday() -> None:
    assert wording.day_before(date(2022, 7, 25)) == date(2022, 7, 22)


def test_control_characters_become_spaces() -> None:
    assert wording.one_line("Một\r\nBcc: x\x00\u2028hai") == "Một Bcc: x hai"
