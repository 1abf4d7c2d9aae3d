"""What Prefect's automations saw is written where people look, and ends with the next good round."""

from __future__ import annotations

import pytest

from flows.reporting import RED, TROUBLE, reporting_flow
from store.engine import reading
from tasks_lib.kernel.bootstrap import House
from tasks_lib.kernel.clock import parse_as_of
from tasks_lib.kernel.trouble import note_trouble
from tasks_lib.rounds.sweep import sweep
from tasks_lib.watch.engine_checks import engine
from tasks_lib.watch.model import Sight, Told
from tests.flows.running import ran
from tests.support.life.stories import morning


def watched(house: House, moment: str) -> Told:
    with reading(house.engine) as connection:
        return engine(Sight(house=house, now=parse_as_of(moment), real=False), connection)


def test_a_breakdown_is_told_until_a_round_has_ended_well(any_house: House) -> None:
    assert watched(any_house, "2022-07-18").ok
    note_trouble(any_house, parse_as_of("2022-07-18T08:00"), "Lượt ngày 18/7/2022: đĩa đầy\nchi tiết")
    told = watched(any_house, "2022-07-18T08:10")
    assert not told.ok
    assert "Lượt ngày 18/7/2022: đĩa đầy" in told.said
    sweep(any_house, morning("2022-07-19"))
    assert watched(any_house, "2022-07-19T08:10").ok


@pytest.mark.usefixtures("prefect")
def test_the_flow_writes_a_trouble_down_for_the_watchman(house: House) -> None:
    state = ran(reporting_flow, None, what=TROUBLE, subject="Lượt ngày 18/7/2022", said="đĩa đầy")
    assert (state.name, state.message) == ("Đã ghi sự cố", "Lượt ngày 18/7/2022: đĩa đầy")
    assert "đĩa đầy" in watched(house, "2022-07-18").said


@pytest.mark.usefixtures("prefect")
def test_the_flow_lists_what_turned_red_on_a_day(house: House) -> None:
    for day in ("2022-07-14", "2022-07-15"):
        sweep(house, morning(day))
    assert "1.2" in listed("2022-07-15")
    assert "1.2" not in listed("2022-07-16")


def listed(day: str) -> list[str]:
    return (ran(reporting_flow, day, what=RED).message or "").split(", ")
