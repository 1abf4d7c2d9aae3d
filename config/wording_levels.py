"""Reads days of levels: "Hằng tháng, UBND xã gửi trước ngày 15, UBND huyện trước ngày 20"."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from typing import Final, NamedTuple

from config.wording_years import Unclear
from obligations.errors import Invalid
from obligations.terms import Term
from obligations.terms_again import Each

WHO: Final = {
    "district": r"(?:quận|huyện|thị xã|thành phố)(?:\s*,\s*(?:quận|huyện|thị xã|thành phố))*",
    "commune": r"(?:xã|phường|thị trấn|đặc khu)(?:\s*,\s*(?:xã|phường|thị trấn|đặc khu))*",
    "province": r"sở\s*,\s*(?:ban\s*,\s*)?ngành(?:\s+(?:cấp\s+)?tỉnh)?",
}
"""By level, whom a wording may name; "cấp tỉnh" beside these."""
_LEVELS = "|".join(f"(?P<{level}>{who})" for level, who in WHO.items())
_BODY = r"(?:(?:chủ tịch\s+)?(?:UBND|Ủy ban nhân dân)\s+)?(?:các\s+)?(?:cấp\s+)?"
_TO = r"(?:(?:về|cho|lên|đến)\s+)?(?:UBND|Ủy ban nhân dân|Sở|Văn phòng|Phòng|cấp trên)[^,;.()\d]*?"
_DOES = rf"(?:\s+(?:gửi|nộp|báo cáo|gửi báo cáo|tổng hợp|tổng hợp gửi|hoàn thành)(?:\s+{_TO})?)?"
_REL = r"(?:trước|chậm nhất|muộn nhất|không muộn hơn)(?:\s+(?:là|vào))?"
_NEXT = r"(?:\s+(?:sau|tiếp theo))?"
_MONTH = rf"(?:tháng\s+(?:cuối|đầu|thứ\s+\d|sau|tiếp theo|này)(?:\s+(?:của\s+)?(?:quý|kỳ))?{_NEXT}|năm sau)"
OF_A_LEVEL = re.compile(
    rf"(?<!\w)(?:các\s+)?{_BODY}(?:{_LEVELS}|(?P<top>(?<=cấp )tỉnh))\s*:?{_DOES}\s+"
    rf"(?P<when>{_REL}\s+(?:ngày\s+)?\d{{1,2}}(?:/\d{{1,2}})?(?![\d/])(?:\s+(?:của\s+)?{_MONTH})?)",
    re.IGNORECASE,
)
"""A level, what it does, and the words of its day."""
QUESTION = "Chưa rõ ngày của từng cấp"


class _Own(NamedTuple):
    """A level and the words of its day."""

    level: str
    when: str


def of_levels(words: str, alone: Callable[[str], Term | None]) -> Each | None:
    """Return what comes again with days of levels; None where a wording is none of that kind.

    `alone` reads a wording and gives its value where there is no doubt. Raises Unclear where levels have days
    that cannot be put together: what is not understood is asked.
    """
    own = [_Own(_level(found), found["when"]) for found in OF_A_LEVEL.finditer(words)]
    rest = _parts(OF_A_LEVEL.sub(" ", words)) if own else ""
    whole = alone(rest) if rest else None
    if not isinstance(whole, Each) or whole.part or whole.by_rule or (whole.number is None and whole.month):
        return None
    if len(own) == 1 and whole.number is None:
        return None
    often = replace(whole, number=None, month=None, counts=True, since=None, until=None).printed
    turns = [alone(f"{often}, {each.when}") for each in own]
    days = [turn.number for turn in turns if isinstance(turn, Each) and turn.number is not None]
    if len(days) < len(own):
        raise Unclear(QUESTION)
    like = whole if whole.number is not None else turns[-1]
    assert isinstance(like, Each)
    bare = replace(like, since=None, until=None)
    if turns != [replace(bare, number=number) for number in days]:
        raise Unclear(QUESTION)
    pairs = sorted(zip((each.level for each in own), days, strict=True), key=lambda pair: pair[1])
    order = [_UPWARDS.index(level) for level, _ in pairs]
    if order != sorted(order):
        raise Unclear("Cấp dưới gửi sau cấp trên")
    like = replace(like, since=whole.since, until=whole.until)
    try:
        return replace(like, number=whole.number or max(days), levels=tuple(pairs))
    except Invalid as error:
        raise Unclear(QUESTION) from error


_UPWARDS: Final = ("commune", "district", "province")


def _level(found: re.Match[str]) -> str:
    return "province" if found["top"] else next(level for level in WHO if found[level])


def _parts(text: str) -> str:
    """Return what is left beside the levels, each piece of it once."""
    pieces = (piece.strip(" -:.") for piece in re.split(r"[,;()]|\s-\s|\s+và\s*(?=$|[,;])", text))
    kept: dict[str, str] = {}
    for piece in pieces:
        if piece:
            kept.setdefault(piece.lower(), piece)
    return ", ".join(kept.values())
