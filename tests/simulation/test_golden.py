"""The half-year of the real plan as it was once read and found right; any other date or step shows here.

`python -m tests.simulation.test_golden` writes the file anew; read its difference before you keep it.
"""

from __future__ import annotations

import csv
import hashlib
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime, time
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from sqlalchemy import func, select

from obligations.calendar import ZONE
from obligations.model import Kind, WorkState
from store.engine import reading
from store.schema import agencies, history, legs, notices, obligations, pauses, reports
from tasks_lib.desk.listing import Filter
from tasks_lib.desk.listing import obligations as obligations_listed
from tasks_lib.kernel.bootstrap import House, open_house
from tasks_lib.papers.making import drafts
from tasks_lib.papers.order import Order
from tasks_lib.simulation.ledger import LedgerRow
from tasks_lib.simulation.simulate import scratch_house, simulate
from tests.support.life.recount import dated, recounted
from tests.support.papers.measuring import needs_office, printed_well

GOLDEN = Path(__file__).parent.parent / "data" / "golden_half_year.csv"
FIRST, LAST = date(2022, 6, 30), date(2022, 12, 31)
SEED = 1
PAGES_OF_THE_PROVINCE = 12

Counted = list[tuple[str, ...]]


def counted(ledger: tuple[LedgerRow, ...]) -> Counted:
    """Return how often what happened on which day, and at the end what every single row adds up to."""
    counts = Counter((row.day, row.what, row.step) for row in ledger)
    whole = hashlib.sha256(repr(ledger).encode()).hexdigest()
    return [(*key, str(count)) for key, count in sorted(counts.items())] + [("all", "sha256", "", whole)]


@dataclass(frozen=True)
class HalfYear:
    """What the half-year came to, and the house that lived through it."""

    counted: Counted
    house: House


@contextmanager
def replayed(folder: Path) -> Iterator[HalfYear]:
    """Replay the half-year on a database of its own, without mails."""
    house = scratch_house(open_house(), folder)
    try:
        ledger = simulate(house, FIRST, LAST, "mixed", SEED, deliver=False).ledger
        yield HalfYear(counted(ledger), house)
    finally:
        house.engine.dispose()


@pytest.fixture(scope="module")
def half_year(tmp_path_factory: pytest.TempPathFactory) -> Iterator[HalfYear]:
    """The half-year, lived through once."""
    home = tmp_path_factory.mktemp("half-year")
    with pytest.MonkeyPatch.context() as settings:
        settings.setenv("DONDOC_HOME", str(home))
        settings.setenv("DONDOC_MAIL_TRANSPORT", "memory")
        with replayed(home) as lived:
            yield lived


def test_the_half_year_goes_as_it_was_found_right(half_year: HalfYear) -> None:
    with GOLDEN.open(encoding="utf-8", newline="") as file:
        known = [tuple(row) for row in csv.reader(file)]
    found = half_year.counted
    changed = sorted(set(found) ^ set(known))
    hint = (
        "python -m tests.simulation.test_golden writes the file anew; read its difference before keeping it"
    )
    assert found == known, f"{len(changed)} lines differ, first {changed[:5]}: {hint}"


def test_after_a_replay_the_database_agrees_with_itself(half_year: HalfYear) -> None:
    newest = select(func.max(history.c.id)).group_by(history.c.obligation_id)
    with reading(half_year.house.engine) as connection:
        torn = connection.execute(
            select(obligations.c.key)
            .join(history, history.c.obligation_id == obligations.c.id)
            .where(history.c.id.in_(newest), history.c.to_state != obligations.c.work_state)
            .where(obligations.c.kind != Kind.ROW)
        ).all()
        uncounted = connection.execute(
            select(obligations.c.key)
            .join(reports, reports.c.obligation_id == obligations.c.id)
            .where(obligations.c.parent_id.is_(None))
            .group_by(obligations.c.id)
            .having(func.count() != obligations.c.version)
        ).all()
        awake = connection.execute(
            select(obligations.c.key)
            .join(legs, legs.c.obligation_id == obligations.c.id)
            .where(obligations.c.work_state == WorkState.ACCEPTED, legs.c.next_on.is_not(None))
        ).all()
        flood = connection.execute(select(pauses)).one()
        here = select(agencies.c.id).where(
            (agencies.c.id == flood.place_id) | (agencies.c.superior_id == flood.place_id)
        )
        in_the_flood = connection.execute(
            select(obligations.c.key)
            .join(notices, notices.c.obligation_id == obligations.c.id)
            .where(obligations.c.agency_id.in_(here))
            .where(notices.c.recorded_on.between(flood.from_day, flood.to_day))
        ).all()

    assert torn == []
    assert uncounted == []
    assert awake == []
    assert (flood.from_day, flood.to_day) == (date(2022, 8, 10), date(2022, 8, 17))
    assert in_the_flood == []


def main() -> None:
    """Write the golden file anew."""
    with (
        TemporaryDirectory() as folder,
        replayed(Path(folder)) as lived,
        GOLDEN.open("w", encoding="utf-8", newline="") as file,
    ):
        csv.writer(file, lineterminator="\n").writerows(lived.counted)


@needs_office
def test_the_provinces_reports_are_twelve_pages_at_the_most(half_year: HalfYear) -> None:
    house, evening = half_year.house, datetime.combine(LAST, time(19), ZONE)
    of_province = {"kind": "period-report", "by": house.plan.focal, "for_": house.plan.focal}
    orders = [Order(cycle=cycle, **of_province) for cycle in ("2022-Q3", "2022-year")]
    rows = dated(obligations_listed(house, evening, Filter()))  # type: ignore[arg-type]
    invited = {agency.id for agency in house.agencies if agency.invited}
    again = recounted([row for row in rows if row["agency"] not in invited], LAST)

    for name, draft in zip(("Q3", "year"), drafts(house, orders, evening), strict=True):
        assert draft.pdf is not None
        pages = printed_well(draft.docx, draft.pdf, f"period-report-province-{name}")
        assert len(pages) <= PAGES_OF_THE_PROVINCE
        figures = draft.written.figures
        assert (figures["due"], figures["overdue"]) == (again.due, again.overdue)


if __name__ == "__main__":
    main()
