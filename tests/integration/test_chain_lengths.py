"""Chains of one to four levels lived through with the shipped ladders and use cases."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from config.load import Configuration
from notifications.memory import MemoryTransport
from obligations.chain import reviewer_of
from obligations.errors import Refused
from obligations.model import Cycle, Deadline, Kind, Wording
from store.schema import obligations
from tasks_lib.desk.review import accept
from tasks_lib.duties.change import Decision
from tasks_lib.duties.initialise import initialise
from tasks_lib.kernel.bootstrap import House
from tasks_lib.mailing.deliver import deliver
from tasks_lib.rounds.sweep import sweep
from tests.support.houses.houses import opened
from tests.support.houses.trees import CLUSTER, FOCAL, TOP, line
from tests.support.life.letters import messages_to
from tests.support.life.stories import all_told_of, days, keys, morning, reports_in, row
from tests.support.life.worlds import BARE, CONFIGURATION
from tests.unit.test_chains import plan_of

ITEM = "1.2"
DAY = date(2022, 9, 6)
"""Not itself in time: the last working day is 5/9, after the holidays."""


@contextmanager
def province(length: int, home: Path) -> Iterator[House]:
    """One agency of each level and the collator, each of which leads the item and reports in the cycle."""
    tree = line(length)
    holders = tuple(key for key in tree.agencies if key != TOP)
    known = CONFIGURATION.plan().item(ITEM)
    assert known is not None
    item = replace(
        known, leads=holders, second=(), figures=(), deadline=Deadline(wording=Wording.BEFORE, day=DAY)
    )
    shipped = CONFIGURATION.plan()
    plan = replace(
        plan_of(tree),
        contents=shipped.contents,
        items=(item,),
        planners=holders,
        sheet_keepers=(),
        invited=(),
        requests=(),
        cycles=tuple(_of_four(cycle) for cycle in shipped.cycles),
    )
    configuration = Configuration(
        (plan,), tree.agencies, {}, tree.levels, CONFIGURATION.calendar, "chain", CONFIGURATION.directory
    )
    with opened(configuration, f"sqlite:///{home / 'dondoc.db'}") as house:
        initialise(house)
        yield house


def _of_four(cycle: Cycle) -> Cycle:
    """A place between communes and districts closes and sends between them."""
    between = {CLUSTER.key: cycle.before_day["district"] - 3}
    return replace(
        cycle,
        before_day=cycle.before_day | between,
        close_day=cycle.close_day | {CLUSTER.key: cycle.close_day["district"] - 3},
    )


@pytest.mark.parametrize("length", [1, 2, 3, 4])
def test_a_chain_of_any_length_is_climbed_and_reviewed(length: int, home: Path) -> None:
    with province(length, home) as house:
        post = MemoryTransport()
        for day in days(BARE.signed_on.isoformat(), "2022-09-30"):
            sweep(house, morning(day))
            deliver(house, morning(day), transport=post)
        late = keys(house, obligations.c.kind != Kind.ROW, obligations.c.last_day < date(2022, 9, 16))
        # A task, a plan and a cycle report each; the collator's own synthesis comes later.
        assert len(late) == 3 * (len(house.agencies) - 1) - 1
        for key in late:
            _climbs(house, key)
        assert messages_to(house, TOP) == []
        assert post.sent
        for agency in house.agencies:
            if agency.id != TOP:
                _reviewed_by_one(house, f"{ITEM}/{agency.id}/once")


def _climbs(house: House, key: str) -> None:
    """Nobody above hears before the unit, each place in its turn, the collator always."""
    holder = house.agency(row(house, key).agency_id)
    last_day = row(house, key).last_day.isoformat()
    late = [told for told in all_told_of(house, key) if told.day > last_day]
    first: dict[str, str] = {}
    for told in late:
        first.setdefault(told.recipient, told.day)
    above = [] if holder.id == FOCAL else [*holder.desks[:1], FOCAL]
    assert list(first) == [holder.id, *above], (key, late)
    assert sorted(first.values()) == list(first.values())
    assert len(set(first.values())) == len(first)


def _reviewed_by_one(house: House, key: str) -> None:
    """The reviewer accepts; whoever else stands in the chain is refused."""
    holder = house.agency(row(house, key).agency_id)
    reports_in(house, key, "2022-09-30")
    for agency in house.agencies:
        said = Decision(key=key, version=1, by=agency.id, as_of=morning("2022-10-03"))
        if agency.id != reviewer_of(holder, house.plan):
            with pytest.raises(Refused):
                accept(house, said)
    accept(
        house, Decision(key=key, version=1, by=reviewer_of(holder, house.plan), as_of=morning("2022-10-03"))
    )
    assert row(house, key).work_state == "accepted"
