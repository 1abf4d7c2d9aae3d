"""What comes nearest to a word that is none of those known: a refusal names it."""

from __future__ import annotations

from collections.abc import Iterable
from difflib import get_close_matches

from obligations.words import folded

MOST = 3
LIKELY, FAINT = 0.6, 0.3
"""How alike two words are; the fainter where nothing is likely and something should be named."""


def nearest(text: str, known: Iterable[str], *, faint: bool = False) -> list[str]:
    """Return the known words most like a text, the likeliest first; diacritics and capitals apart."""
    by_sound: dict[str, str] = {}
    for word in known:
        by_sound.setdefault(folded(word), word)
    found = get_close_matches(folded(text), by_sound, MOST, LIKELY)
    if not found and faint:
        found = get_close_matches(folded(text), by_sound, MOST, FAINT)
    return [by_sound[sound] for sound in found]


def meant(text: str, known: Iterable[str], *, faint: bool = False) -> str:
    """Return "gần nhất: a, b" for a refusal; nothing where nothing is like it."""
    found = nearest(text, known, faint=faint)
    return f"gần nhất: {', '.join(found)}" if found else ""
