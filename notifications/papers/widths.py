"""How wide a line of a letterhead is: what its rule and its breaks follow from (Decree 30/2020, annex I)."""

from __future__ import annotations

import unicodedata

CM_PER_POINT = 2.54 / 72
HEAD_POINTS = 13
RULE_POINTS = 8
"""The rule is a run of low lines of this size, which join: an office can change it by hand in any program."""
STROKE = "_"
_STROKE_EM = 0.5
_SHARE = 0.4
"""The rule's part of the line above it: between a third and a half."""
_EM = {
    **dict.fromkeys("BELTZ", 0.667),
    **dict.fromkeys("ACDNRUVXYKĐ", 0.722),
    **dict.fromkeys("GHOQ", 0.778),
    **dict.fromkeys("SJ", 0.53),
    **dict.fromkeys("PF", 0.611),
    **dict.fromkeys("WM", 0.96),
    **dict.fromkeys("I", 0.389),
    **dict.fromkeys(" .,-", 0.25),
}
"""Widths of capitals of Times New Roman bold, in parts of the type size."""
_OTHER_EM = 0.5


def width(text: str, points: int = HEAD_POINTS) -> float:
    """Return how many centimetres a line of bold capitals takes; an estimate a few parts of a hundred off."""
    letters = unicodedata.normalize("NFD", text.upper().replace("Đ", "D"))
    bare = (c for c in letters if not unicodedata.combining(c))
    return sum(_EM.get(c, _OTHER_EM) for c in bare) * points * CM_PER_POINT


def rule(text: str, share: float = _SHARE) -> str:
    """Return the strokes that make the rule below a line."""
    stroke = _STROKE_EM * RULE_POINTS * CM_PER_POINT
    return STROKE * max(2, round(width(text) * share / stroke))


def broken(text: str, room: float) -> tuple[str, ...]:
    """Break a name into as few lines as fit, as even as can be; a word is never broken."""
    words = text.split()
    for lines in range(1, len(words)):
        found = _evenly(words, lines)
        if max(width(line) for line in found) <= room:
            return found
    return tuple(words)


def _evenly(words: list[str], lines: int) -> tuple[str, ...]:
    """Break words into so many lines, the widest as narrow as possible."""
    if lines == 1:
        return (" ".join(words),)
    breaks = range(1, len(words) - lines + 2)
    found = [(" ".join(words[:at]), *_evenly(words[at:], lines - 1)) for at in breaks]
    return min(found, key=lambda each: max(width(line) for line in each))
