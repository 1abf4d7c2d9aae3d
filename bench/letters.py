"""A letter for every late unit against LibreOffice alone, which turns the same Word files into pages."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

from bench.measure import Line, in_turns
from notifications.papers.pdf import MISSING, office, to_pdf
from tasks_lib.duties.initialise import initialise
from tasks_lib.kernel.bootstrap import open_house
from tasks_lib.kernel.clock import morning_of
from tasks_lib.papers.campaigns import AT_ONCE, urge
from tasks_lib.papers.kinds import URGING
from tasks_lib.papers.order import Order
from tasks_lib.rounds.sweep import sweep
from tasks_lib.simulation.simulate import scratch_house

ROUNDS = 1
LATE_BY = 30
"""Working days after the signing: by then every unit that stays silent is late with something."""
LETTERS = 200


def lines() -> Iterator[Line]:
    """Measure a campaign of a letter each: written, set, turned into pages and kept."""
    if office() is None:
        raise SystemExit(MISSING)
    with TemporaryDirectory(prefix="dondoc-bench-") as folder:
        house = scratch_house(open_house(), Path(folder))
        initialise(house)
        at = morning_of(house.calendar.add(house.plan.signed_on, LATE_BY))
        sweep(house, at)
        order = Order(kind=URGING, by=house.plan.focal)
        made = [paper for _, paper in urge(house, order, at, each=True)]
        ready = [paper.docx for paper in made][:LETTERS]

        def ours() -> None:
            urge(house, order, at, each=True)

        def floor() -> None:
            for start in range(0, len(ready), AT_ONCE):
                to_pdf(ready[start : start + AT_ONCE])

        took, bare = in_turns(ours, floor, ROUNDS)
        what = f"Lập {len(made)} công văn đôn đốc so với chuyển {len(ready)} tệp Word sang PDF"
        yield Line(what, took, bare, "≤ 2×", f"{AT_ONCE} tệp mỗi lần mở LibreOffice")
        house.engine.dispose()
