"""No overdue duty can fail to reach Sở Nội vụ: every state that the use cases can lead to is looked at.

A state is a duty with its ladders, pauses and what has been told, days counted from today; the calendar is
one in which each day is like another, so that a walk comes to an end. What it looks for is in `looks.faults`.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from obligations.model import Kind
from tests.explorer.deeds import DEEDS
from tests.explorer.province import COMMUNE, DEPARTMENT, DISTRICT, EVENT, FOCAL, INNER, Shape
from tests.explorer.walk import Found, Walk

SHAPES = [
    *(
        Shape(holder, kind)
        for holder in (COMMUNE, DISTRICT, DEPARTMENT, FOCAL)
        for kind in (Kind.TASK, Kind.REPORT)
    ),
    *(Shape(holder, Kind.PLAN) for holder in (COMMUNE, DISTRICT, DEPARTMENT, FOCAL)),
    *(Shape(holder, Kind.SHEET) for holder in (COMMUNE, DISTRICT)),
    *(Shape(holder, EVENT) for holder in (COMMUNE, DISTRICT, DEPARTMENT)),
    Shape(COMMUNE, INNER),
]
CHIEF = ("hand-in", "extend-long-past", "pause-long", "pause-open", "plan-later", "lost-unit")
"""Of each sort of deed the one that reaches furthest."""
ONCE = dict.fromkeys(SHAPES, CHIEF) | {
    Shape(COMMUNE, Kind.TASK): tuple(DEEDS),
    Shape(COMMUNE, INNER): (*CHIEF, "inner", "inner-late"),
}
"""What is done on each walk of `make test`; `make soak` does everything twice."""
MEETING = {
    "flood and late extension": ("pause-long", "extend-long-past"),
    "pause and its end": ("pause-open", "pause-end", "pause-withdraw"),
}
"""Deeds that can undo one another: walked two deep, where each of all is walked one deep."""
MEETING_TOO = {
    "extension and its end": ("extend", "extend-withdraw", "plan-later"),
    "answer and reopening": ("hand-in", "take-back", "accept", "accept-undone", "reopen"),
    "the plan's day there and back": ("plan-later", "plan-earlier"),
    "extension and days off": ("extend", "holiday"),
}
"""Others, in the longer form; there each shape is walked two deep by all deeds."""


def silent(found: Found) -> None:
    """Fail with the stories of what was found."""
    assert not found.faults, found.told()


@pytest.mark.parametrize("shape", SHAPES, ids=str)
def test_whatever_happens_once(shape: Shape, tmp_path: Path) -> None:
    silent(Walk(shape, tmp_path, 1, ONCE[shape]).run())


@pytest.mark.parametrize("deeds", MEETING.values(), ids=MEETING)
def test_what_meets_in_a_commune_s_task(deeds: tuple[str, ...], tmp_path: Path) -> None:
    silent(Walk(Shape(COMMUNE, Kind.TASK), tmp_path, depth=2, deeds=deeds).run())


@pytest.mark.soak
@pytest.mark.parametrize("deeds", MEETING_TOO.values(), ids=MEETING_TOO)
def test_what_meets_in_it_too(deeds: tuple[str, ...], tmp_path: Path) -> None:
    silent(Walk(Shape(COMMUNE, Kind.TASK), tmp_path, depth=2, deeds=deeds).run())


@pytest.mark.soak
def test_days_off_after_an_extension_of_a_report(tmp_path: Path) -> None:
    silent(Walk(Shape(COMMUNE, Kind.REPORT), tmp_path, depth=2, deeds=("extend", "holiday")).run())


def test_a_sheet_that_is_opened_again(tmp_path: Path) -> None:
    silent(Walk(Shape(COMMUNE, Kind.SHEET), tmp_path, depth=2, deeds=("hand-in", "reopen")).run())


@pytest.mark.parametrize("kind", [Kind.TASK, Kind.REPORT])
def test_an_acceptance_by_a_slip_of_the_hand(kind: Kind, tmp_path: Path) -> None:
    silent(Walk(Shape(COMMUNE, kind), tmp_path, depth=2, deeds=("hand-in", "accept-undone")).run())


@pytest.mark.soak
def test_an_answer_to_an_event_known_late_is_taken_back(tmp_path: Path) -> None:
    silent(Walk(Shape(COMMUNE, EVENT), tmp_path, depth=2, deeds=("hand-in", "take-back")).run())


@pytest.mark.soak
@pytest.mark.parametrize("shape", SHAPES, ids=str)
def test_whatever_happens_twice(shape: Shape, tmp_path: Path) -> None:
    silent(Walk(shape, tmp_path, depth=2).run())
