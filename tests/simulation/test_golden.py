"""The half-year of the real plan as it was once read and found right; any other date or step shows here.

`python -m tests.simulation.test_golden` writes the file anew; read its difference before you keep it.
"""

from __future__ import annotations

import csv
import hashlib
from collections import Counter
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

from tasks_lib.kernel.bootstrap import open_house
from tasks_lib.simulation.ledger import LedgerRow
from tasks_lib.simulation.simulate import scratch_house, simulate

GOLDEN = Path(__file__).parent.parent / "data" / "golden_half_year.csv"
FIRST, LAST = date(2022, 6, 30), date(2022, 12, 31)
SEED = 1

Counted = list[tuple[str, ...]]


def counted(ledger: tuple[LedgerRow, ...]) -> Counted:
    """Return how often what happened on which day, and at the end what every single row adds up to."""
    counts = Counter((row.day, row.what, row.step) for row in ledger)
    whole = hashlib.sha256(repr(ledger).encode()).hexdigest()
    return [(*key, str(count)) for key, count in sorted(counts.items())] + [("all", "sha256", "", whole)]


def replayed(folder: Path) -> Counted:
    """Replay the half-year on a database of its own, without mails."""
    house = scratch_house(open_house(), folder)
    try:
        return counted(simulate(house, FIRST, LAST, "mixed", SEED, deliver=False).ledger)
    finally:
        house.engine.dispose()


def test_the_half_year_goes_as_it_was_found_right(home: Path) -> None:
    with GOLDEN.open(encoding="utf-8", newline="") as file:
        known = [tuple(row) for row in csv.reader(file)]
    found = replayed(home)
    changed = sorted(set(found) ^ set(known))
    hint = (
        "python -m tests.simulation.test_golden writes the file anew; read its difference before keeping it"
    )
    assert found == known, f"{len(changed)} lines differ, first {changed[:5]}: {hint}"


def main() -> None:
    """Write the golden file anew."""
    with TemporaryDirectory() as folder, GOLDEN.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, lineterminator="\n").writerows(replayed(Path(folder)))


if __name__ == "__main__":
    main()
