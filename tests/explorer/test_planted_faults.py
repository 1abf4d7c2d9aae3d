"""Faults that were there once, or could come back: put into the code one by one, each is found as a story."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import false

import tasks_lib.answering.hand_in
import tasks_lib.desk.review
import tasks_lib.duties.events
import tasks_lib.duties.hand_over
import tasks_lib.duties.move_day
import tasks_lib.duties.sql.reconcile
import tasks_lib.rounds.sql.due
from obligations.calendar import ONE_DAY
from obligations.model import Kind, LegKind
from obligations.obligation import Obligation
from store.ledger import sleep_legs, start_leg
from store.schedules import Schedules
from store.statements import once
from tasks_lib.duties.sql import moving
from tests.explorer.province import COMMUNE, EVENT, INNER, Shape
from tests.explorer.walk import Walk

SILENCE = "quá hạn, chưa báo Sở Nội vụ từ hạn cuối hiện tại và không còn mức nào sẽ báo"
ABOVE_FIRST = "trước chính đơn vị"
LIST_FIRST = "vào danh mục đề xuất trước khi Sở Nội vụ được báo"
NOT_LATE = "còn hạn mà đã báo quá hạn"
ANSWERED = "đã có kết quả mà vẫn báo"
PAUSED = "đang tạm dừng mà vẫn báo"


def _nothing(*_args: Any, **_named: Any) -> None:  # noqa: ANN401 - stands for whatever it replaces
    """Do nothing where something is to be done."""


def _skips_what_is_over(
    connection: Any,  # noqa: ANN401
    schedules: Schedules,
    row: Obligation,
    kind: LegKind,
    until: date,
    on: date,
) -> None:
    """Begin the ladder of a moved day tomorrow, as it was done once: steps before that are skipped."""
    sleep_legs(connection, row.id)
    start_leg(connection, row.id, kind, schedules.again(row.schedule_id, until, on), on + ONE_DAY)


@dataclass(frozen=True)
class Fault:
    """What is replaced by what, and which deeds bring which fault to light."""

    what: str
    where: object
    name: str
    by: Callable[..., Any]
    deeds: tuple[str, ...]
    found: str
    kind: Kind | str = Kind.TASK


MOVES, OPENS = tasks_lib.duties.move_day, tasks_lib.desk.review
HANDS, EVENTS = tasks_lib.answering.hand_in, tasks_lib.duties.events
OVER, CLIMBS = tasks_lib.duties.hand_over, tasks_lib.duties.hand_over._Climbing
DUE, PLAN = tasks_lib.rounds.sql.due, tasks_lib.duties.sql.reconcile


def _no(*_args: Any) -> bool:  # noqa: ANN401
    return False


def _never(*_args: Any) -> Any:  # noqa: ANN401
    return false()


FAULTS = [
    Fault("late extension skips", MOVES, "climb_to", _skips_what_is_over, ("extend-long-past",), SILENCE),
    Fault("after a pause only the highest", DUE, "kept_back", _never, ("pause-long",), ABOVE_FIRST),
    Fault("after a pause only the list", DUE, "kept_back", _never, ("pause-long",), LIST_FIRST),
    Fault("late event not in turn", EVENTS, "go_in_turn", _nothing, (), ABOVE_FIRST, EVENT),
    Fault("pause not heeded", DUE, "any_pause", _no, ("pause-long",), PAUSED),
    Fault("old ladder stays awake", moving, "sleep_legs", _nothing, ("extend",), NOT_LATE),
    Fault("moved day without a ladder", MOVES, "_move_ladder", _nothing, ("extend",), NOT_LATE),
    Fault("inner day without its ladder", MOVES, "_move_ladder", _nothing, ("inner",), NOT_LATE, INNER),
    Fault("plan's new day: told is told", PLAN, "told_too_early", _no, ("plan-later",), SILENCE),
    Fault("goes on after the answer", HANDS, "stand_down", _nothing, ("hand-in",), ANSWERED),
    Fault("handed over, no ladder goes on", CLIMBS, "_following", _nothing, ("tree-changes",), SILENCE),
    Fault("successor is not told first", OVER, "tell_successors", _nothing, ("tree-changes",), ABOVE_FIRST),
    Fault("opened again, asleep", OPENS, "climb_again", _nothing, ("hand-in", "accept", "reopen"), SILENCE),
]


@pytest.fixture(autouse=True)
def _put_together_with_the_fault() -> Iterator[None]:
    once.cache_clear()
    yield
    once.cache_clear()


@pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: fault.what)
def test_it_is_found(fault: Fault, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fault.where, fault.name, fault.by)
    walk = Walk(Shape(COMMUNE, fault.kind), tmp_path, max(1, len(fault.deeds)), fault.deeds)
    found = walk.run(fault.found)
    assert any(fault.found in told for told in found.faults), found.told()


def test_a_story_is_read_as_dates(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The first fault that was found: a document's day was over when it was written down."""
    monkeypatch.setattr(MOVES, "climb_to", _skips_what_is_over)
    found = Walk(Shape(COMMUNE, Kind.TASK), tmp_path, 1, ("extend-long-past",)).run(SILENCE)
    assert found.faults[SILENCE] == (
        "nhiệm vụ của UBND xã",
        "08/8/2022: rà soát",
        "10/8/2022: rà soát: báo '-5'",
        "14/8/2022: rà soát: báo '-1'",
        "17/8/2022: rà soát: báo '+2'",
        "19/8/2022: rà soát: báo '+4'",
        "20/8/2022: rà soát: báo '+5'",
        "25/8/2022: rà soát: báo 'list'",
        "04/9/2022: rà soát: báo 'repeat-1', báo 'repeat-1'",
        "14/9/2022: rà soát: báo 'repeat-2', báo 'repeat-2'",
        "14/9/2022: ghi nhận gia hạn đến 03/9/2022",
    )
