"""What merged units gave before, as the unit that came of them reads it (domain part 9)."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from obligations.figures import Value
from obligations.model import Figure
from obligations.rollup import amount_of, plus


def adds_up(figure: Figure) -> bool:
    """Whether what parts of a place gave makes its own: what counts within a period; no stock, no rate."""
    return figure.nature != "as_of" and figure.across == "sum"


def of_all(figure: Figure, given: Mapping[str, Value], units: Collection[str]) -> Value | None:
    """Return what stands for all units that became one, in the place of the period before.

    What adds up is the sum, where every one of them gave it; one unit's alone is what it was. Of the rest
    nobody can say it but the new unit: None, and each one's own is shown by its name.
    """
    if not given or given.keys() != set(units):
        return None
    if len(given) == 1:
        return next(iter(given.values()))
    if not adds_up(figure):
        return None
    total = None
    for value in given.values():
        total = plus(total, amount_of(value))
    return int(total) if all(isinstance(value, int) for value in given.values()) else str(total)  # type: ignore[arg-type]
