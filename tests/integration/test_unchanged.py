"""What the home page counts is counted once while nothing changes, and anew as soon as something does."""

from __future__ import annotations

from datetime import date

from obligations.rights import Seat, Visitor
from store.engine import open_engine
from tasks_lib.board.overview import Overview, overview
from tasks_lib.duties.pausing import Pause, pause
from tasks_lib.kernel.bootstrap import House
from tasks_lib.kernel.unchanged import unchanged
from tests.support.life.stories import (
    A_MU_SUNG,
    BAT_XAT,
    MUONG_VI,
    SIGNED,
    SO_NOI_VU,
    at,
    leave_only,
    replay,
    reports_in,
)
from tests.support.pages.visits import counting

ONE, TWO = f"1.2/{A_MU_SUNG}/once", f"1.2/{MUONG_VI}/once"
COORDINATOR = Visitor(agency=SO_NOI_VU, seat=Seat.COORDINATOR, holder="")
DESK = Visitor(agency=BAT_XAT, seat=Seat.DESK, holder="")


def overdue(house: House, when: str, who: Visitor = COORDINATOR) -> int:
    found: Overview = overview(house, who, at(when))
    return found.reckoned.overdue


def queries(house: House, when: str) -> int:
    with counting(house) as found:
        overview(house, COORDINATOR, at(when))
    return len(found)


def test_it_is_counted_again_after_each_change_and_for_each_day(any_house: House) -> None:
    leave_only(any_house, ONE, TWO)
    replay(any_house, SIGNED, "2022-07-18")
    assert overdue(any_house, "2022-07-18T09:00") == 2
    reports_in(any_house, ONE, "2022-07-18T09:05")
    assert overdue(any_house, "2022-07-18T09:10") == 1
    rest = Pause(place=BAT_XAT, from_day=date(2022, 7, 18), to_day=date(2022, 7, 20), reason="Mưa lũ")
    pause(any_house, rest, SO_NOI_VU, at("2022-07-18T10:00"))
    assert overdue(any_house, "2022-07-18T10:05") == 0
    assert overdue(any_house, "2022-07-14T10:05") == 0
    assert overdue(any_house, "2022-07-21T10:05") == 1
    assert overdue(any_house, "2022-07-21T10:05", DESK) == 1


def test_who_looks_again_counts_nothing_but_mails(house: House) -> None:
    leave_only(house, ONE, TWO)
    replay(house, SIGNED, "2022-07-18")
    first, second = queries(house, "2022-07-18T09:00"), queries(house, "2022-07-18T09:30")
    assert second <= 4 < first
    with counting(house) as found:
        overview(house, DESK, at("2022-07-18T09:30"))
    assert len(found) > second


def test_another_database_and_one_without_a_journal_are_counted_for_themselves(house: House) -> None:
    plain = House(house.settings, house.configuration, house.plan, open_engine("sqlite://", journalled=False))
    assert [unchanged(plain, "x", lambda said=said: said) for said in (1, 2)] == [1, 2]  # type: ignore[misc]
    assert [unchanged(house, "x", lambda said=said: said) for said in (1, 2)] == [1, 1]  # type: ignore[misc]
    plain.engine.dispose()
