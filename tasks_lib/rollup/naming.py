"""What several units are called together: xã, phường, thị trấn, huyện."""

from __future__ import annotations

from collections.abc import Iterable

from obligations.places import SORTS, place_of, sort_of

OTHERS = "cơ quan"


def name_units(names: Iterable[str]) -> str:
    """Return what units are called by their names: xã, thị trấn."""
    found = {kind_of(name) for name in names}
    return ", ".join([noun for noun in SORTS if noun in found] or [OTHERS])


def kind_of(name: str) -> str:
    """Return the noun by which a unit's name begins."""
    return sort_of(place_of(name)) or OTHERS
