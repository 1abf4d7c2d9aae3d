"""What is wrong with a report's form, each fault at the field of its row."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial

from obligations.errors import Faults
from tasks_lib.answering.cycle_page import HEAD, CyclePage
from web.answering.cycle_typed import key_of
from web.frame.form_faults import At, by_field, placed

WHOLE = "chung"
GROUPS = {"figures": "so", "estimates": "uoc"}
"""What the ids of a row's figures begin with."""


def placed_in(found: CyclePage, faults: Mapping[str, Faults], reason: Faults | None) -> list[At]:
    """Return all that is wrong, in the order of the form."""
    numbers = {key_of(found, row): number for number, row in enumerate(found.rows, start=1)}
    shown: list[At] = []
    for key in sorted(faults, key=lambda key: numbers.get(key, 0)):
        shown += placed(faults[key], partial(_place, key, numbers.get(key, 0)))
    return shown if reason is None else [*shown, *placed(reason, by_field)]


def _place(key: str, number: int, field: str) -> str:
    """Return where on the page a field of a row stands that a fault names: "figures.a"."""
    group, _, name = field.rpartition(".")
    if group in GROUPS:
        return f"{GROUPS[group]}-{number}-{name}"
    if field == "files":
        return by_field("evidence")
    if key == HEAD:
        return by_field(field) or WHOLE
    return f"dong-{number}"
