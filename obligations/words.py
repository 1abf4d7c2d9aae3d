"""Dates and counts as Vietnamese official texts write them (Decree 30/2020, annex I)."""

from __future__ import annotations

import unicodedata
from datetime import date

WEEKDAYS = ("Thứ Hai", "Thứ Ba", "Thứ Tư", "Thứ Năm", "Thứ Sáu", "Thứ Bảy", "Chủ nhật")
ROMAN = ("I", "II", "III", "IV")
_PADDED_MONTHS = 2
_LETTERS = "aăâbcdđeêfghijklmnoôơpqrstuưvwxyz"
_MARKED_LETTERS = {unicodedata.normalize("NFD", letter): letter for letter in "ăâêôơư"}
_TONES = "\u0300\u0309\u0303\u0301\u0323"
"""huyền, hỏi, ngã, sắc, nặng: the order of Vietnamese dictionaries."""


def count(number: int) -> str:
    """Write a count with a leading zero below ten: 03, 21."""
    return f"{number:02d}" if number >= 0 else f"-{-number:02d}"


def day_month(value: date) -> str:
    """Write day and month: 07/7, 14/01 (days below 10 and months 1, 2 carry a zero)."""
    month = f"{value.month:02d}" if value.month <= _PADDED_MONTHS else str(value.month)
    return f"{value.day:02d}/{month}"


def day(value: date) -> str:
    """Write a date: 07/7/2022, 14/01/2022."""
    return f"{day_month(value)}/{value.year}"


def weekday(value: date) -> str:
    """Write a date with its weekday: Thứ Năm 14/7/2022."""
    return f"{WEEKDAYS[value.weekday()]} {day(value)}"


def quarter(period: str) -> str:
    """Write a quarter's period: 2022-Q3 becomes "Quý III/2022"."""
    year, number = period.split("-Q")
    return f"Quý {ROMAN[int(number) - 1]}/{year}"


def folded(text: str) -> str:
    """Return a text as it is compared without diacritics: "Bát Xát" becomes "bat xat", "Đ" becomes "d"."""
    apart = unicodedata.normalize("NFD", text.casefold())
    bare = "".join(c for c in apart if not unicodedata.combining(c)).replace("đ", "d")
    return " ".join(bare.split())


def alphabetical(text: str) -> tuple[tuple[int, ...], tuple[int, ...]]:
    """Return what texts are sorted by: their letters in Vietnamese order, then the tones."""
    letters: list[int] = []
    tones: list[int] = []
    for sign in text.casefold():
        apart = unicodedata.normalize("NFD", sign)
        tone = next((c for c in apart if c in _TONES), "")
        bare = apart.replace(tone, "") if tone else apart
        letter = _MARKED_LETTERS.get(bare, bare)
        found = _LETTERS.find(letter)
        letters.append(found + len(_LETTERS) if found >= 0 else min(ord(letter[0]), len(_LETTERS) - 1))
        tones.append(_TONES.find(tone) + 1 if tone else 0)
    return tuple(letters), tuple(tones)
