"""Names of evidence files: what a user's machine calls a file is shown, never trusted and never a path."""

from __future__ import annotations

import re
import unicodedata
from urllib.parse import quote

LONGEST = 120
"""Characters of a name with its extension [ours]."""
LONGEST_EXTENSION = 10
NAMELESS = "tep"
# No Windows machine can save a file whose name has one of these.
_IMPOSSIBLE = str.maketrans(dict.fromkeys('<>:"|?*', "_"))


def clean(name: str) -> str:
    """Return a name safe to show and to save under: no folders, controls, leading dots; Vietnamese kept."""
    last = re.split(r"[/\\]", name)[-1]
    kept = "".join(" " if c.isspace() else c for c in last if c.isspace() or _is_plain(c))
    tidy = " ".join(unicodedata.normalize("NFC", kept).split()).translate(_IMPOSSIBLE).strip(". ")
    stem, dot, extension = tidy.rpartition(".")
    if not dot or len(extension) > LONGEST_EXTENSION:
        return tidy[:LONGEST].strip(". ") or NAMELESS
    return f"{stem[: LONGEST - len(extension) - 1].rstrip('. ')}.{extension}"


def disposition(name: str) -> str:
    """Return the Content-Disposition by which a browser saves a file, never shows it (RFC 6266, 5987)."""
    return f"attachment; filename*=UTF-8''{quote(clean(name), safe='')}"


def _is_plain(character: str) -> bool:
    # Category C: controls, and the marks that let a name read from right to left ("gpj.exe" as "exe.jpg").
    return not unicodedata.category(character).startswith("C")
