"""What stands in a desk's queue, in which order, and what its filters find."""

from __future__ import annotations

import pytest

from obligations.board import Group
from tasks_lib.desk.queue import Filters, next_waiting, queue
from tasks_lib.kernel.bootstrap import House
from tests.support.life.stories import (
    A_MU_SUNG,
    BAT_XAT,
    MUONG_VI,
    SA_PA,
    SO_NOI_VU,
    Y_TY,
    communes_of,
    morning,
    row,
)
from tests.support.pages.desk import OF_A_MU_SUNG, OF_MUONG_VI, OF_Y_TY, asked_again, three_communes


def test_what_waits_longest_stands_first_and_the_late_behind_it(any_house: House) -> None:
    three_communes(any_house)

    found = queue(any_house, BAT_XAT, morning("2022-07-18"), Filters(item="1.2"))

    late = [r.agency for r in found.rows if r.group is Group.LATE]
    assert [r.key for r in found.rows[:2]] == [OF_Y_TY, OF_A_MU_SUNG]
    assert [r.agency for r in found.rows[2:]] == late
    assert sorted(late) == sorted(set(communes_of(any_house, BAT_XAT)) - {A_MU_SUNG, Y_TY})
    assert found.total == len(communes_of(any_house, BAT_XAT))


@pytest.mark.parametrize(
    ("filters", "expected"),
    [
        (Filters(text="muong vi", item="1.2"), {OF_MUONG_VI}),
        (Filters(text="Y Tý", item="1.2"), {OF_Y_TY}),
        (Filters(agency=A_MU_SUNG, lateness="in-time"), {OF_A_MU_SUNG}),
        (Filters(group=Group.SUBMITTED), {OF_A_MU_SUNG, OF_Y_TY}),
        (Filters(group=Group.LATE, agency=A_MU_SUNG, item="1.2"), set()),
        (Filters(agency=MUONG_VI, lateness="late", kind="task", item="1.2"), {OF_MUONG_VI}),
        (Filters(group=Group.SUBMITTED, lateness="updated-late"), set()),
        (Filters(group=Group.SUBMITTED, kind="report"), set()),
    ],
)
def test_the_filters_find_what_they_say(any_house: House, filters: Filters, expected: set[str]) -> None:
    three_communes(any_house)

    assert {r.key for r in queue(any_house, BAT_XAT, morning("2022-07-18"), filters).rows} == expected


def test_the_counts_over_the_queue_equal_what_their_tabs_list(any_house: House) -> None:
    three_communes(any_house)
    asked_again(any_house)
    when = morning("2022-07-18")

    counted = queue(any_house, BAT_XAT, when, Filters()).groups

    for group in Group:
        listed = queue(any_house, BAT_XAT, when, Filters(group=group), whole=True)
        assert counted.get(group, 0) == listed.total == len(listed.rows)
    assert sum(counted.values()) == queue(any_house, BAT_XAT, when, Filters(group="all")).total


def test_the_reports_before_and_behind_follow_the_queue(any_house: House) -> None:
    three_communes(any_house)
    first, second = (row(any_house, key) for key in (OF_Y_TY, OF_A_MU_SUNG))

    assert next_waiting(any_house, BAT_XAT, (first.answer_by, first.id)) == (None, OF_A_MU_SUNG)
    assert next_waiting(any_house, BAT_XAT, (second.answer_by, second.id)) == (OF_Y_TY, None)
    assert next_waiting(any_house, BAT_XAT, None) == (None, OF_Y_TY)
    assert next_waiting(any_house, SA_PA, None) == (None, None)


def test_sides_a_district_sees_its_own_communes_and_the_focal_agency_may_ask_for_all(house: House) -> None:
    three_communes(house)
    when = morning("2022-07-18")

    elsewhere = queue(house, SA_PA, when, Filters(whole_plan=True, group="all"), whole=True)
    every = queue(house, SO_NOI_VU, when, Filters(whole_plan=True, text="bat xat"), whole=True)
    own = queue(house, SO_NOI_VU, when, Filters(group="all"), whole=True)

    assert {r.agency for r in elsewhere.rows} == set(communes_of(house, SA_PA))
    assert not {r.agency for r in own.rows} & set(communes_of(house, BAT_XAT))
    assert {r.district for r in every.rows} == {"huyện Bát Xát"}
