"""A plan over both trees: signed in May 2025, three levels until 30/6, two from 1/7/2025."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from config.load import Configuration, load_configuration
from notifications.memory import MemoryTransport
from tasks_lib.duties.initialise import initialise
from tasks_lib.kernel.bootstrap import House
from tasks_lib.mailing.deliver import deliver
from tasks_lib.rounds.sweep import sweep
from tests.support.houses.houses import opened, with_settings
from tests.support.houses.smaller_plans import of_few_items
from tests.support.life.stories import days, morning

SIGNED, CHANGE = "2025-05-15", "2025-07-01"
OF_LAO_CAI = ("x02635-2022", "x02641-2022", "x02644-2022", "x02647-2022", "x02665-2022")
LAO_CAI = "x02647-2025"
"""Five of the units that become one on the day of the change."""
ITEMS = ("1.2", "1.3", "2.3", "3.1", "4.1", "4.6")
"""A task of communes, a continuous one, one of every quarter, one of two levels, one of all."""
DATES = (
    ("signed_on = 2022-06-30", f"signed_on = {SIGNED}"),
    ("day = 2022-07-15", "day = 2025-06-27"),
    ("day = 2022-07-30", "day = 2025-07-30"),
    ("day = 2022-09-30", "day = 2025-06-25"),
    ('"239-2022"', '"239-2025"'),
    ("valid_until = 2022-12-31", "valid_until = 2025-12-31"),
)
"""Of item 1.2 the last day is Thursday 26/6/2025: +2 is 30/6, +3 the day of the change, +4 is 2/7."""


def written_over_the_change(folder: Path, items: Sequence[str] = ITEMS) -> Path:
    """Write the configuration of a plan that both trees carry out."""
    of_few_items(folder, *items)
    plan, cycles = folder / "plan.toml", folder / "cycles.toml"
    text = plan.read_text(encoding="utf-8")
    for old, new in DATES:
        text = text.replace(old, new)
    plan.write_text(text, encoding="utf-8")
    months = ", ".join(f'"2025-{month:02}"' for month in range(5, 13))
    sheets = '["2022-07", "2022-08", "2022-09", "2022-10", "2022-11", "2022-12"]'
    told = cycles.read_text(encoding="utf-8")
    assert sheets in told
    cycles.write_text(told.replace(sheets, f"[{months}]"), encoding="utf-8")
    return folder


def configuration_over_the_change(folder: Path, items: Sequence[str] = ITEMS) -> Configuration:
    """Return the same, read."""
    return load_configuration(written_over_the_change(folder, items))


@contextmanager
def opened_over_the_change(url: str, configuration: Configuration, home: Path) -> Iterator[House]:
    """Open a house of it on an empty database, laid out."""
    with opened(configuration, url) as fresh:
        initialise(fresh)
        yield with_settings(fresh, home=home)


def task_of(agency: str) -> str:
    """Return the key of an agency's item 1.2."""
    return f"1.2/{agency}/once"


def live(house: House, first: str, last: str, post: MemoryTransport | None = None) -> MemoryTransport:
    """Sweep and deliver every morning of a stretch."""
    taken = post or MemoryTransport()
    for day in days(first, last):
        sweep(house, morning(day))
        deliver(house, morning(day), transport=taken)
    return taken
