"""Pieces of subjects: what the mail is about, counted where there are several."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from notifications.model import Line, Mail
from notifications.phrases import noun, result
from notifications.wording import count, joined, plain_date

SUBJECT_WIDTH = 120
"""Longer subjects are cut by the list view of common mail programs."""
_KEYS_NAMED = 4
_AGENCIES_NAMED = 2
_TIERS = (("province", "sở"), ("district", "huyện"), ("commune", "xã"))


def tally(lines: Sequence[Line]) -> str:
    """Name one duty, or count several: "nhiệm vụ 1.2", "02 nhiệm vụ (1.2, 2.3)", "06 nhiệm vụ"."""
    names = tuple(dict.fromkeys(noun(line) for line in lines))
    if len(names) == 1:
        return names[0]
    keys = tuple(dict.fromkeys(line.item for line in lines if line.item))
    if len(keys) < len(names):
        return f"{count(len(names))} nội dung"
    named = f" ({', '.join(keys)})" if len(keys) <= _KEYS_NAMED else ""
    return f"{count(len(keys))} nhiệm vụ{named}"


def results(lines: Sequence[Line]) -> str:
    """Name what has not been seen: "kết quả 02 nhiệm vụ (1.2, 2.3)", "báo cáo Quý III năm 2022"."""
    names = {result(line) for line in lines}
    return names.pop() if len(names) == 1 else f"kết quả {tally(lines)}"


def last_day(lines: Iterable[Line]) -> str:
    """Name the last day if all share it, the nearest one otherwise."""
    days = sorted({line.last_day for line in lines})
    return f"hạn cuối {plain_date(days[0])}" if len(days) == 1 else f"hạn gần nhất {plain_date(days[0])}"


def shared_last_day(lines: Iterable[Line]) -> str:
    """Name the last day in brackets, only if all lines share it."""
    days = {line.last_day for line in lines}
    return f" (hạn cuối {plain_date(days.pop())})" if len(days) == 1 else ""


def tail(mail: Mail, lines: Sequence[Line]) -> str:
    """Close a subject with its recipient, or with the unit it is to be passed on to."""
    passed_on = {line.forwarded_for for line in lines}
    name = passed_on.pop() if len(passed_on) == 1 else None
    return f" - nhờ chuyển {name}" if name else f" - {mail.recipient_short}"


def by_tier(lines: Iterable[Line]) -> str:
    """Count lines by tier: "sở 00, huyện 02, xã 10"."""
    tiers = [line.tier for line in lines]
    return ", ".join(f"{name} {count(tiers.count(tier))}" for tier, name in _TIERS)


def holders(lines: Sequence[Line]) -> str:
    """Name up to two agencies, count more of them by tier."""
    names = tuple(dict.fromkeys(line.agency for line in lines))
    return (
        joined(names)
        if len(names) <= _AGENCIES_NAMED
        else by_tier({line.agency: line for line in lines}.values())
    )


def communes_of(area: str) -> str:
    """Say what a district's communes are called: xã, thị trấn; in a town xã, phường."""
    return "xã, thị trấn" if area.startswith("huyện") else "xã, phường"
