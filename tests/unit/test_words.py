"""Dates and counts as official texts write them."""

from __future__ import annotations

import unicodedata
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from obligations.words import about, alphabetical, count, day, day_month, folded, legible, weekday


@pytest.mark.parametrize(
    ("number", "text"), [(0, "00"), (3, "03"), (9, "09"), (10, "10"), (152, "152"), (-4, "-04")]
)
def test_counts_below_ten_carry_a_zero(number: int, text: str) -> None:
    assert count(number) == text


def test_days_below_ten_and_the_first_two_months_carry_a_zero() -> None:
    assert day(date(2022, 7, 4)) == "04/7/2022"
    assert day(date(2022, 1, 14)) == "14/01/2022"
    assert day(date(2022, 12, 31)) == "31/12/2022"


def test_every_weekday_has_its_name() -> None:
    names = [weekday(date(2022, 7, 11 + n)).rsplit(" ", 1)[0] for n in range(7)]
    assert names == ["Thứ Hai", "Thứ Ba", "Thứ Tư", "Thứ Năm", "Thứ Sáu", "Thứ Bảy", "Chủ nhật"]
    assert weekday(date(2022, 7, 14)) == "Thứ Năm 14/7/2022"


VIETNAMESE = "aăâbcdđeêghiklmnoôơpqrstuưvxy ÀẢÃÁẠẰẨẼÉỆÌỈĨÍỊÒỎÕÓỌỜỞỠỚỢÙỦŨÚỤỪỬỮỨỰỲỶỸÝỴ"


@pytest.mark.parametrize(
    ("written", "bare"),
    [
        ("Bát Xát", "bat xat"),
        ("UBND  xã A Mú Sung", "ubnd xa a mu sung"),
        ("Đường Điện", "duong dien"),
        ("1.2", "1.2"),
    ],
)
def test_a_name_is_found_without_diacritics(written: str, bare: str) -> None:
    assert folded(written) == bare


@given(st.text(VIETNAMESE))
def test_no_vietnamese_text_keeps_a_diacritic_and_its_spelling_does_not_matter(text: str) -> None:
    bare = folded(text)
    assert bare.isascii()
    assert folded(bare) == bare
    assert folded(unicodedata.normalize("NFD", text)) == bare
    assert folded(text.upper()) == bare


def test_names_stand_in_the_order_of_a_vietnamese_dictionary() -> None:
    names = [
        "Văn Bàn",
        "Bắc Hà",
        "Sa Pa",
        "Bát Xát",
        "Đa",
        "Bảo Yên",
        "Da",
        "Bảo Thắng",
        "E",
        "Bản 2",
        "Bản 10",
    ]
    ordered = [
        "Bản 10",
        "Bản 2",
        "Bảo Thắng",
        "Bảo Yên",
        "Bát Xát",
        "Bắc Hà",
        "Da",
        "Đa",
        "E",
        "Sa Pa",
        "Văn Bàn",
    ]
    assert sorted(names, key=alphabetical) == ordered


def test_tones_stand_in_their_order_and_count_only_between_equal_letters() -> None:
    assert sorted(["mạ", "má", "mã", "mả", "mà", "ma", "mab"], key=alphabetical) == [
        "ma",
        "mà",
        "mả",
        "mã",
        "má",
        "mạ",
        "mab",
    ]


@given(st.text(VIETNAMESE))
def test_the_order_does_not_depend_on_how_a_text_is_stored_or_capitalised(text: str) -> None:
    assert alphabetical(unicodedata.normalize("NFD", text)) == alphabetical(text.upper())


@given(st.text(VIETNAMESE), st.text(VIETNAMESE))
def test_texts_of_one_place_in_the_order_are_one_text(one: str, other: str) -> None:
    alike = unicodedata.normalize("NFC", one.casefold()) == unicodedata.normalize("NFC", other.casefold())
    assert (alphabetical(one) == alphabetical(other)) == alike


def test_what_copying_brings_along_is_left_out_and_every_sign_that_says_something_stays() -> None:
    assert legible("Bát\x00 Xát\x1f: \tSố 12\r\n“đã làm” …\x7f") == "Bát Xát: \tSố 12\r\n“đã làm” …"
    assert legible("nửa \ud83d dấu") == "nửa \ufffd dấu"
    assert legible("cả \U0001f600 dấu") == "cả \U0001f600 dấu"


def test_a_duty_is_named_with_what_happened_where_something_did() -> None:
    assert about("nhiệm vụ 2.5", "dự án đường Mường Vi") == "nhiệm vụ 2.5 (dự án đường Mường Vi)"
    assert about("nhiệm vụ 1.2", "") == "nhiệm vụ 1.2"


def test_only_the_first_two_months_carry_a_zero() -> None:
    written = [day_month(date(2022, month, 9)) for month in range(1, 13)]
    assert written == [
        "09/01",
        "09/02",
        "09/3",
        "09/4",
        "09/5",
        "09/6",
        "09/7",
        "09/8",
        "09/9",
        "09/10",
        "09/11",
        "09/12",
    ]


def test_each_letter_stands_where_the_dictionary_has_it_and_what_is_none_before_them() -> None:
    letters = [
        " ",
        "-",
        ".",
        "1",
        "2",
        "a",
        "ă",
        "â",
        "b",
        "c",
        "d",
        "đ",
        "e",
        "ê",
        "f",
        "g",
        "h",
        "i",
        "j",
        "k",
        "l",
        "m",
        "n",
        "o",
        "ô",
        "ơ",
        "p",
        "q",
        "r",
        "s",
        "t",
        "u",
        "ư",
        "v",
        "w",
        "x",
        "y",
        "z",
    ]
    assert sorted(set(letters), key=alphabetical) == letters
    assert alphabetical("Ấ1") == (((1, 2), (0, ord("1"))), (4, 0))
    assert alphabetical("\u0301a") == (((0, 0), (1, 0)), (4, 0))
