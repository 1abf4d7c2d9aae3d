"""Days of levels in what comes again: "Hằng tháng, cấp xã trước ngày 15, cấp huyện trước ngày 20"."""

from __future__ import annotations

from typing import Final

from obligations.errors import Invalid

LEVEL_WORDS: Final = {"commune": "cấp xã", "district": "cấp huyện", "province": "cấp tỉnh"}
"""What the levels of today's and former trees are called where a wording names one."""
Levels = tuple[tuple[str, int], ...]
"""Levels with the number of the day each has, the earliest first."""


def check_levels(levels: Levels, number: int | None) -> None:
    """Refuse days of levels beside no day, or after it, or without an order; raises Invalid."""
    if not levels:
        return
    days = [day for _, day in levels]
    if number is None:
        raise Invalid("levels: chưa rõ ngày của kỳ, cần 'before' hoặc 'by'")
    if max(days) > number:
        raise Invalid(f"levels: ngày {max(days)} muộn hơn ngày {number} của cả kỳ")
    if min(days) < 1 or days != sorted(days) or len({level for level, _ in levels}) < len(levels):
        raise Invalid("levels: mỗi cấp một ngày, ngày sớm ghi trước")


def in_words(level: str) -> str:
    """Name a level: "cấp xã"; one that no wording names so is said by its key."""
    return LEVEL_WORDS.get(level, f"cấp {level}")


def says_the_whole(levels: Levels, number: int | None) -> bool:
    """Whether the levels' days already say the day of the whole: the last of several is it."""
    return len(levels) > 1 and levels[-1][1] == number
