"""Small provinces whose tree changes under what is open: fewer communes, and no district over them."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date, timedelta
from pathlib import Path

from hypothesis import strategies as st

from config.load import Configuration
from obligations.chain import settled
from obligations.levels import Level
from obligations.model import Agency, Contact, Deadline, Item, Wording
from obligations.successors import Extent, Succession, Successors
from tasks_lib.duties.initialise import initialise
from tasks_lib.kernel.bootstrap import House
from tests.support.houses.houses import opened
from tests.support.houses.levels import COMMUNE, DISTRICT, LEVELS, PROVINCE
from tests.support.houses.trees import FOCAL, TOP
from tests.support.life.worlds import BARE, CALENDAR, CONFIGURATION

ITEM, ROW = "1.2", "1.3"
DAY = date(2022, 9, 6)
"""Not itself in time: the last day is 5/9/2022, after the holidays."""
DISTRICTS, COMMUNES, NEW = ("h1", "h2"), ("x1", "x2", "x3", "x4", "x5"), ("n1", "n2", "n3")
DEPARTMENTS = ("so-a", "so-b")
OLD = (*COMMUNES, *DISTRICTS, *DEPARTMENTS)
DONE = (None, "submit", "accept", "more", "back")
RESOLUTION = "Nghị quyết số 01"


@dataclass(frozen=True)
class Change:
    """When a tree changes, who follows whom, and what had been done with each task before."""

    on: date
    districts: dict[str, str]
    successor: dict[str, str | None]
    done: dict[str, str | None]

    def agencies(self) -> dict[str, Agency]:
        """Return whoever there is, before and after."""
        eve = self.on - timedelta(days=1)
        made = [_agency(TOP, PROVINCE, None), _agency(FOCAL, PROVINCE, TOP)]
        made += [
            _agency(key, PROVINCE, TOP, to=eve if key in self.successor else None) for key in DEPARTMENTS
        ]
        made += [_agency(key, DISTRICT, TOP, to=eve) for key in DISTRICTS]
        made += [_agency(key, COMMUNE, self.districts[key], to=eve) for key in COMMUNES]
        made += [_agency(key, COMMUNE, TOP, since=self.on) for key in NEW]
        return settled({agency.id: agency for agency in made})

    def successors(self) -> Successors:
        """Return the table."""
        rows = [
            Succession(
                old=old, new=new, on=self.on, resolution=RESOLUTION, part=Extent.FULL if new else Extent.NONE
            )
            for old, new in self.successor.items()
        ]
        return Successors(tuple(rows))


def _agency(
    key: str, level: Level, superior: str | None, *, since: date = date.min, to: date | None = None
) -> Agency:
    contact = Contact(role="unit", address=f"{key}@laocai.example")
    return Agency(
        id=key,
        name=f"UBND {key}",
        level=level,
        superior=superior,
        contacts=() if key == TOP else (contact,),
        valid_from=since,
        valid_to=to,
    )


@st.composite
def changes(draw: st.DrawFn) -> Change:
    """Draw a change from well before the last day to after the list."""
    successor: dict[str, str | None] = {key: draw(st.sampled_from(NEW)) for key in COMMUNES}
    successor |= dict.fromkeys(DISTRICTS)
    if draw(st.booleans()):
        successor["so-a"] = "so-b"
    return Change(
        on=draw(st.dates(date(2022, 8, 26), date(2022, 9, 27))),
        districts={key: draw(st.sampled_from(DISTRICTS)) for key in COMMUNES},
        successor=successor,
        done={key: draw(st.sampled_from(DONE)) for key in OLD},
    )


@contextmanager
def province(change: Change, home: Path) -> Iterator[House]:
    """Open the plan of one task and one continuous item that both trees carry out, in a new database."""
    shipped = CONFIGURATION.plan()
    plan = replace(
        BARE,
        levels=LEVELS,
        contents=shipped.contents,
        items=(_item(ITEM, Deadline(wording=Wording.BEFORE, day=DAY)), _item(ROW)),
        planners=OLD,
        sheet_keepers=(*COMMUNES, *DISTRICTS),
        invited=(),
        requests=(),
        cycles=shipped.cycles,
    )
    configuration = Configuration(
        (plan,),
        change.agencies(),
        {},
        LEVELS,
        CALENDAR,
        "trees",
        CONFIGURATION.directory,
        change.successors(),
    )
    with opened(configuration, f"sqlite:///{home / 'dondoc.db'}") as house:
        initialise(house)
        yield house


def _item(key: str, deadline: Deadline | None = None) -> Item:
    known = CONFIGURATION.plan().item(key)
    assert known is not None
    return replace(known, leads=OLD, second=(), deadline=deadline or known.deadline)
