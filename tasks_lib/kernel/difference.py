"""What differs between two texts, word by word, as a reader wants it shown."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from difflib import SequenceMatcher

SAME, ADDED, REMOVED = "same", "added", "removed"
_WORDS = re.compile(r"\w+|\s+|[^\w\s]")
_LINES = re.compile(r".*\n|.+")
_LONGEST = 20_000
"""Characters of both texts that are compared word by word; what is longer is compared line by line."""


@dataclass(frozen=True)
class Piece:
    """A stretch of text that stayed, came or went."""

    sort: str
    """same, added or removed."""
    text: str


@dataclass(frozen=True)
class Moved:
    """A named value that is not what it was; "" where there was, or is, none."""

    name: str
    before: str
    after: str


def words_between(before: str, after: str) -> tuple[Piece, ...]:
    """Return the pieces of both texts: without the added ones the old, without the removed ones the new."""
    parts = _WORDS if len(before) + len(after) <= _LONGEST else _LINES
    old, new = parts.findall(before), parts.findall(after)
    pieces: list[Piece] = []
    removed, added = "", ""
    # Without its guess at what is junk, which drops frequent words of long texts.
    for sort, a, b, c, d in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        kept = "".join(old[a:b]) if sort == "equal" else ""
        if kept and not ((removed or added) and _says_nothing(kept) and b < len(old) and d < len(new)):
            pieces += _changed(removed, added)
            pieces.append(Piece(SAME, kept))
            removed, added = "", ""
        else:
            removed += "".join(old[a:b])
            added += "".join(new[c:d])
    return (*pieces, *_changed(removed, added))


def _says_nothing(text: str) -> bool:
    """Whether only spaces and marks stand between two changes: then a reader sees one change, not two."""
    return not any(character.isalnum() for character in text)


def _changed(removed: str, added: str) -> list[Piece]:
    return [Piece(sort, text) for sort, text in ((REMOVED, removed), (ADDED, added)) if text]


def values_between(before: Mapping[str, str], after: Mapping[str, str]) -> tuple[Moved, ...]:
    """Return the values that came, went or changed, in the order of the newer ones."""
    names = dict.fromkeys((*after, *before))
    pairs = ((name, before.get(name, ""), after.get(name, "")) for name in names)
    return tuple(Moved(name, old, new) for name, old, new in pairs if old != new)
