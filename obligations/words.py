"""Dates and counts as Vietnamese official texts write them (Decree 30/2020, annex I)."""

from __future__ import annotations

import re
import unicodedata
from datetime import date

WEEKDAYS = ("Thứ Hai", "Thứ Ba", "Thứ Tư", "Thứ Năm", "Thứ Sáu", "Thứ Bảy", "Chủ nhật")
ROMAN = ("I", "II", "III", "IV")
_PADDED_MONTHS = 2
_LETTERS = "aăâbcdđeêfghijklmnoôơpqrstuưvwxyz"
_MARKED_LETTERS = {unicodedata.normalize("NFD", letter): letter for letter in "ăâêôơư"}
_TONES = "\u0300\u0309\u0303\u0301\u0323"
"""huyền, hỏi, ngã, sắc, nặng: the order of Vietnamese dictionaries."""
_CONTROLS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
"""What copying out of a PDF brings along, and no database, document or page takes."""
_HALVES = re.compile("[\ud800-\udfff]")
"""Halves of a sign without the other half."""


def legible(text: str) -> str:
    """Return a text without what cannot be stored or shown; every sign that says something stays."""
    return _HALVES.sub("\ufffd", _CONTROLS.sub("", text))


def count(number: int) -> str:
    """Write a count as offices do: 03, 21, 3.156."""
    return f"{'-' if number < 0 else ''}{abs(number):02,d}".replace(",", ".")


def day_month(value: date) -> str:
    """Write day and month: 07/7, 14/01 (days below 10 and months 1, 2 carry a zero)."""
    month = f"{value.month:02d}" if value.month <= _PADDED_MONTHS else str(value.month)
    return f"{value.day:02d}/{month}"


def day(value: date) -> str:
    """Write a date: 07/7/2022, 14/01/2022."""
    return f"{day_month(value)}/{value.year}"


def letter(number: str, signed_on: date, issuer: str) -> str:
    """Cite a document: "Văn bản số 12/UBND-NV ngày 05/7/2022 của UBND huyện Bát Xát"."""
    return f"Văn bản số {number} ngày {day(signed_on)} của {issuer}"


def weekday(value: date) -> str:
    """Write a date with its weekday: Thứ Năm 14/7/2022."""
    return f"{WEEKDAYS[value.weekday()]} {day(value)}"


def about(name: str, event: str) -> str:
    """Name a duty with what happened and opened it: "nhiệm vụ 2.5 (dự án đường Mường Vi - Bản Xèo)"."""
    return f"{name} ({event})" if event else name


def folded(text: str) -> str:
    """Return a text as it is compared without diacritics: "Bát Xát" becomes "bat xat", "Đ" becomes "d"."""
    apart = unicodedata.normalize("NFD", text.casefold())
    bare = "".join(c for c in apart if not unicodedata.combining(c)).replace("đ", "d")
    return " ".join(bare.split())


def alphabetical(text: str) -> tuple[tuple[tuple[int, int], ...], tuple[int, ...]]:
    """Return what texts are sorted by: their letters in Vietnamese order, then the tones."""
    apart = [unicodedata.normalize("NFD", sign) for sign in unicodedata.normalize("NFC", text.casefold())]
    letters = ("".join(c for c in sign if c not in _TONES) for sign in apart)
    tones = (max(_TONES.find(c) + 1 for c in sign) for sign in apart)
    return tuple(_place(letter) for letter in letters), tuple(tones)


def _place(letter: str) -> tuple[int, int]:
    """Return where a letter without its tone stands; what is no Vietnamese letter stands before them all."""
    place = _LETTERS.find(_MARKED_LETTERS.get(letter, letter)) if letter else -1
    return (1, place) if place >= 0 else (0, ord(letter[0]) if letter else 0)
