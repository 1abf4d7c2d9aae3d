"""What people type, read as what they mean: days the way offices write them, figures that were filled in."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from obligations.errors import Invalid
from tasks_lib.kernel.clock import parse_day


def day(text: str, where: str) -> date | None:
    """Read a day from a form; nothing typed is None, what cannot be read raises Invalid naming the field."""
    plain = text.strip()
    if not plain:
        return None
    try:
        return parse_day(plain)
    except Invalid as fault:
        raise Invalid(f"{where}: {fault}") from None


def figures(given: Mapping[str, object]) -> dict[str, object]:
    """Return the figures that were filled in, to be read by their kinds; what is no text is what it is."""
    plain = {key: raw.strip() if isinstance(raw, str) else raw for key, raw in given.items()}
    return {key: raw for key, raw in plain.items() if raw is not None and raw != "" and not _only_slash(raw)}


def _only_slash(raw: object) -> bool:
    """Whether it is two counts of which neither was filled in."""
    return isinstance(raw, str) and not raw.strip(" /")
