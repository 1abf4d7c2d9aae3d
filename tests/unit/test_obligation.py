"""What is true of an obligation: whose word is next, whether it is closed, how it stands on a day."""

from dataclasses import fields
from datetime import date, timedelta
from typing import Any

import pytest

from obligations.kinds import OfKind
from obligations.model import Judged, Kind, TimeState, WorkState
from obligations.obligation import Obligation, ObligationOnDay
from obligations.states import CLOSED

LAST_DAY = date(2022, 7, 14)


def an_obligation(**differing: Any) -> ObligationOnDay:  # noqa: ANN401 - any field
    given = dict.fromkeys(field.name for field in fields(Obligation))
    stands = {
        "agency_id": "xa",
        "reviewer_id": "huyen",
        "kind": Kind.TASK,
        "work_state": WorkState.OPEN,
        "last_day": LAST_DAY,
        "judged": Judged.COMPLETION,
        "paused": False,
        "awaited": False,
        "proposed": False,
        "event": "",
    }
    return ObligationOnDay(**{**given, **stands, **differing})


@pytest.mark.parametrize(
    ("state", "whose"),
    [
        (WorkState.WAITING, "xa"),
        (WorkState.OPEN, "xa"),
        (WorkState.MORE_ASKED, "xa"),
        (WorkState.SUBMITTED, "huyen"),
        *((state, None) for state in CLOSED),
    ],
)
def test_the_unit_has_the_next_word_until_it_reports_then_its_reviewer_then_nobody(
    state: WorkState, whose: str | None
) -> None:
    assert an_obligation(work_state=state).whose_word == whose


def test_what_has_not_begun_is_the_units_and_yet_not_with_it() -> None:
    waiting = an_obligation(work_state=WorkState.WAITING)
    assert (waiting.whose_word, waiting.is_with_the_unit) == ("xa", False)


@pytest.mark.parametrize("state", WorkState)
def test_somebody_has_the_next_word_exactly_while_it_is_not_closed(state: WorkState) -> None:
    found = an_obligation(work_state=state)
    assert found.is_closed == (found.whose_word is None)
    assert not (found.is_with_the_unit and found.is_with_its_reviewer)


@pytest.mark.parametrize(
    ("kind", "says"),
    [
        (Kind.TASK, "is_task"),
        (Kind.REPORT, "is_cycle_report"),
        (Kind.ROW, "is_row"),
        (Kind.SHEET, "is_sheet"),
        (Kind.PLAN, "is_own_plan"),
    ],
)
def test_it_is_of_its_kind_and_of_no_other(kind: Kind, says: str) -> None:
    found = an_obligation(kind=kind)
    assert [name for name in vars(OfKind) if name.startswith("is_") and getattr(found, name)] == [says]


@pytest.mark.parametrize(
    ("on", "differing", "stands"),
    [
        (date(2022, 7, 1), {}, TimeState.IN_TIME),
        (LAST_DAY, {}, TimeState.DUE_SOON),
        (date(2022, 7, 15), {}, TimeState.OVERDUE),
        (date(2022, 7, 15), {"paused": True}, TimeState.PAUSED),
        (date(2022, 7, 15), {"awaited": True, "waits_until": date(2022, 7, 29)}, TimeState.IN_TIME),
        # What it waited for is done: its own day counts again.
        (date(2022, 7, 15), {"awaited": False, "waits_until": date(2022, 7, 29)}, TimeState.OVERDUE),
        (date(2022, 7, 20), {"done_on": LAST_DAY}, TimeState.DONE_IN_TIME),
        (date(2022, 7, 20), {"done_on": date(2022, 7, 15)}, TimeState.DONE_LATE),
        # Against a day that is only proposed nothing is overdue, and nothing was done late.
        (date(2022, 7, 15), {"proposed": True}, TimeState.PAST_ASKED),
        (date(2022, 7, 20), {"done_on": date(2022, 7, 15), "proposed": True}, TimeState.DONE_PAST_ASKED),
        (date(2022, 7, 20), {"done_on": LAST_DAY, "proposed": True}, TimeState.DONE_IN_TIME),
        # Looking back: what was done later was not done yet.
        (date(2022, 7, 15), {"done_on": date(2022, 7, 18)}, TimeState.OVERDUE),
        (date(2022, 7, 18), {"done_on": date(2022, 7, 18)}, TimeState.DONE_LATE),
        (date(2022, 7, 15), {"kind": Kind.ROW}, TimeState.NO_DEADLINE),
        (date(2022, 7, 15), {"work_state": WorkState.WAITING}, TimeState.IN_TIME),
        (date(2022, 7, 15), {"work_state": WorkState.CANCELLED}, TimeState.NO_DEADLINE),
    ],
)
def test_it_says_how_it_stands_on_a_day(on: date, differing: dict[str, Any], stands: TimeState) -> None:
    assert an_obligation(**differing).stands(on, on + timedelta(days=5)) is stands
