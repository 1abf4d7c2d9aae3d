"""Over a change of tree nothing is lost and nothing is counted or told twice, in whatever small province."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from sqlalchemy import func, or_, select

from obligations.calendar import ONE_DAY
from obligations.model import Kind, WorkState
from obligations.obligation import Obligation
from obligations.period import ONCE
from store.door import all_of
from store.engine import reading
from store.proof import prove
from store.schema import hand_overs, legs, notices, obligations
from tasks_lib.answering.take_back import take_back
from tasks_lib.desk.review import accept, ask_more
from tasks_lib.duties.change import Decision
from tasks_lib.kernel.bootstrap import House
from tasks_lib.rollup.consolidate import Scope, consolidate
from tasks_lib.rounds.sweep import sweep
from tests.support.houses.trees import FOCAL, TOP
from tests.support.life.changing_trees import ITEM, OLD, Change, changes, province
from tests.support.life.stories import days, morning, reports_in

MANY = max(settings().max_examples // 20, 2)
OPEN = ("open", "submitted", "more_asked")
HANDED_IN = date(2022, 8, 24)


@pytest.fixture
def folder() -> Iterator[Path]:
    with TemporaryDirectory() as name:
        yield Path(name)


@settings(
    max_examples=MANY,
    # A province's weeks take a second: what is drawn first is told as it is.
    phases=(Phase.explicit, Phase.generate),
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
)
@given(change=changes())
def test_duties_before_are_those_handed_over_and_those_ended(change: Change, home: Path) -> None:
    with TemporaryDirectory(dir=home) as name, province(change, Path(name)) as house:
        _before(house, change)
        before, sums = _held(house), _sums(house)
        gone = change.successor.keys()
        open_then = {d.key for d in before if d.work_state in OPEN and d.agency_id in gone}
        sweep(house, morning(change.on.isoformat()))
        after = {d.key: d for d in _held(house)}

        handed, merged, ended = _fates(house)
        assert open_then <= handed | merged | ended
        assert len(handed) + len(merged) + len(ended) == len(handed | merged | ended)
        _each_has_its_holder(change, {d.key: d for d in before}, after, handed, merged, ended)
        assert not [d.key for d in after.values() if d.work_state in OPEN and d.agency_id in gone]
        assert _sums(house) == sums
        _closed_stays(before, after)
        _one_of_a_sort(after)
        stood = _everything(house)
        sweep(house, morning(change.on.isoformat()))
        assert _everything(house) == stood
        _after(house, change)
        with reading(house.engine) as connection:
            assert prove(connection).found is None


def _before(house: House, change: Change) -> None:
    """Reports come in on one day, some are accepted, sent back or taken back; then comes the eve."""
    signed = house.plan.signed_on
    _live(house, signed, HANDED_IN)
    on = HANDED_IN.isoformat()
    for agency in OLD:
        done, key = change.done[agency], f"{ITEM}/{agency}/once"
        if done is None:
            continue
        reports_in(house, key, on)
        by = house.agency(agency).next_desk or FOCAL
        said = Decision(key=key, version=1, by=by, as_of=morning(on), reason="bổ sung số liệu")
        if done == "accept":
            accept(house, said)
        elif done == "more":
            ask_more(house, said)
        elif done == "back":
            take_back(house, replace(said, by=agency))
    _live(house, HANDED_IN + ONE_DAY, change.on - ONE_DAY)


def _live(house: House, first: date, last: date) -> None:
    for day in days(first.isoformat(), last.isoformat()):
        if house.calendar.is_working(date.fromisoformat(day)):
            sweep(house, morning(day))


def _held(house: House) -> list[Obligation]:
    with reading(house.engine) as connection:
        return all_of(connection, Obligation, select(obligations).order_by(obligations.c.id))


def _fates(house: House) -> tuple[set[str], set[str], set[str]]:
    query = select(obligations.c.key, hand_overs.c.to_id, hand_overs.c.merged_into_id).join(
        hand_overs, hand_overs.c.obligation_id == obligations.c.id
    )
    with reading(house.engine) as connection:
        rows = connection.execute(query).all()
    handed = {row.key for row in rows if row.to_id and row.merged_into_id is None}
    merged = {row.key for row in rows if row.merged_into_id is not None}
    return handed, merged, {row.key for row in rows if row.to_id is None}


def _each_has_its_holder(
    change: Change,
    before: dict[str, Obligation],
    after: dict[str, Obligation],
    handed: set[str],
    merged: set[str],
    ended: set[str],
) -> None:
    for key in handed:
        assert after[key].agency_id == change.successor[before[key].agency_id]
        assert after[key].reviewer_id == FOCAL
    for key in merged | ended:
        handed_in = key in ended and before[key].work_state in (WorkState.SUBMITTED, WorkState.MORE_ASKED)
        assert after[key].work_state is (WorkState.RECEIVED if handed_in else WorkState.ENDED)
        assert after[key].agency_id == before[key].agency_id
    for key in merged:
        # Nothing that was handed in is swallowed by another.
        assert before[key].version == 0


def _closed_stays(before: list[Obligation], after: dict[str, Obligation]) -> None:
    for duty in before:
        if duty.is_closed:
            assert after[duty.key] == duty


def _one_of_a_sort(after: dict[str, Obligation]) -> None:
    alike = Counter(
        (d.agency_id, d.kind, d.item, d.period, d.part)
        for d in after.values()
        if d.work_state is WorkState.OPEN and d.version == 0
    )
    assert set(alike.values()) <= {1}
    ids = {d.id: d for d in after.values()}
    for duty in after.values():
        # A row lies under a report of its own holder.
        if duty.is_row and duty.work_state is WorkState.OPEN and duty.parent_id is not None:
            assert ids[duty.parent_id].agency_id == duty.agency_id


def _sums(house: House) -> list[tuple[str, str]]:
    found = consolidate(house, TOP, Scope(kind=Kind.TASK, item=ITEM, period=ONCE), morning("2022-09-30"))
    line = found.line(ITEM)
    assert line is not None
    return [(figure.figure.key, str(replace(figure.period, sources=()))) for figure in line.figures]


def _everything(house: House) -> list[object]:
    with reading(house.engine) as connection:
        return [
            row
            for table in (obligations, hand_overs, legs, notices)
            for row in connection.execute(select(table))
        ]


def _after(house: House, change: Change) -> None:
    """A while later every open task is known to the collator, and nobody has heard a step twice."""
    _live(house, change.on + ONE_DAY, max(change.on + 8 * ONE_DAY, date(2022, 9, 16)))
    said = (notices.c.obligation_id, legs.c.kind, notices.c.step, notices.c.meant_for_id)
    twice = (
        select(*said)
        .join(legs, legs.c.id == notices.c.leg_id)
        .where(notices.c.state != "cancelled", legs.c.kind != "correction")
        .group_by(*said)
        .having(func.count() > 1)
    )
    told = select(notices.c.obligation_id).where(
        notices.c.recipient_id == FOCAL, notices.c.fires_on > obligations.c.last_day
    )
    unheard = select(obligations.c.key).where(
        obligations.c.kind == Kind.TASK,
        obligations.c.work_state == WorkState.OPEN,
        obligations.c.agency_id != FOCAL,
        obligations.c.id.not_in(told),
    )
    with reading(house.engine) as connection:
        assert connection.execute(twice).all() == []
        assert connection.scalars(unheard).all() == []
    assert _told_before_the_successor(house) == []


def _told_before_the_successor(house: House) -> list[tuple[str, str]]:
    """What of an open duty that was handed over somebody else was told before its holder had heard of it."""
    heard = notices.alias()
    since = (
        select(func.min(heard.c.mail_on))
        .where(heard.c.obligation_id == obligations.c.id, heard.c.meant_for_id == obligations.c.agency_id)
        .scalar_subquery()
    )
    query = (
        select(obligations.c.key, notices.c.step)
        .join(obligations, obligations.c.id == notices.c.obligation_id)
        .join(hand_overs, hand_overs.c.obligation_id == obligations.c.id)
        .join(legs, legs.c.id == notices.c.leg_id)
        .where(
            hand_overs.c.merged_into_id.is_(None),
            hand_overs.c.to_id == obligations.c.agency_id,
            obligations.c.work_state == WorkState.OPEN,
            legs.c.kind != "review",
            notices.c.meant_for_id != obligations.c.agency_id,
            notices.c.recorded_on >= hand_overs.c.on,
            or_(since.is_(None), notices.c.recorded_on <= since),
        )
    )
    with reading(house.engine) as connection:
        return [(row.key, row.step) for row in connection.execute(query)]
