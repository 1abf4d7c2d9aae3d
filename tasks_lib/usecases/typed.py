"""What people type, read as what they mean: days the way offices write them, figures that were filled in."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from obligations.errors import Invalid
from tasks_lib.clock import parse_day


def day(text: str, where: str) -> date | None:
    """Read a day from a form; nothing typed is None, what cannot be read raises Invalid naming the field."""
    plain = text.strip()
    if not plain:
        return None
    try:
        return parse_day(plain)
    except Invalid as fault:
        raise Invalid(f"{where}: {fault}") from None


def figures(given: Mapping[str, Any]) -> dict[str, object]:
    """Return the figures of a form that were filled in, to be read by their kinds."""
    read: dict[str, object] = {}
    for key, raw in given.items():
        text = str(raw).strip()
        if text.strip(" /"):
            read[key] = text
    return read
