"""A wholly silent province for half a year: all that is overdue reaches Sở Nội vụ, nothing goes above it."""

import shutil
from collections import Counter, defaultdict
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import select

from config.load import Configuration
from obligations.model import Kind
from obligations.obligation import Obligation
from store.door import all_of
from store.engine import reading
from store.schema import obligations
from tasks_lib.kernel.bootstrap import House
from tests.support.houses.houses import opened
from tests.support.life.stories import (
    END,
    SIGNED,
    SO_NOI_VU,
    UBND_TINH,
    NoticeOfLeg,
    every_notice,
    proposed,
    replay,
)

CLIMBING = (Kind.TASK, Kind.REPORT, Kind.PLAN)


@pytest.fixture(scope="module")
def silent(
    configuration: Configuration, sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[House]:
    """The province after seven months in which nobody answered anything."""
    path = tmp_path_factory.mktemp("silence") / "dondoc.db"
    shutil.copyfile(sqlite_template, path)
    with opened(configuration, f"sqlite:///{path}") as house:
        replay(house, SIGNED, END)
        yield house


@pytest.fixture(scope="module")
def told(silent: House) -> list[NoticeOfLeg]:
    """All that was told to anybody."""
    return every_notice(silent)


def _overdue(house: House) -> list[Obligation]:
    query = select(obligations).where(
        obligations.c.kind.in_(CLIMBING), obligations.c.last_day < date(2023, 1, 1)
    )
    with reading(house.engine) as connection:
        return all_of(connection, Obligation, query)


def _step_to_so_noi_vu(house: House, owed: Obligation) -> str:
    """The step at which it must reach Sở Nội vụ, by the table of domain part 6."""
    commune = house.agency(owed.agency_id).next_desk is not None
    if owed.agency_id == SO_NOI_VU:
        return "+1"
    if owed.kind == Kind.PLAN:
        return "+5"
    if owed.kind == Kind.REPORT:
        return "+3" if commune else "+4"
    return "+5" if commune else "+4"


def test_whatever_is_overdue_reaches_so_noi_vu_of_every_kind_and_tier(
    silent: House, told: list[NoticeOfLeg]
) -> None:
    reached: dict[str, dict[str, date]] = defaultdict(dict)
    for notice in told:
        if notice.recipient_id == SO_NOI_VU:
            reached[notice.key][notice.step] = notice.recorded_on
    late = _overdue(silent)
    assert len(late) == 1294 + 364 + 182
    for owed in late:
        step = _step_to_so_noi_vu(silent, owed)
        # What waits for the survey is late only from the day after 30/11; its last day is later anyway.
        assert reached[owed.key].get(step) == silent.calendar.add(owed.last_day, int(step)), owed.key


def test_every_kind_and_tier_is_among_it(silent: House, told: list[NoticeOfLeg]) -> None:
    groups = {(n.kind, n.tier) for n in told if n.recipient_id == SO_NOI_VU and n.step != "list"}
    everything = {
        (kind, tier) for kind in ("task", "report", "plan") for tier in ("commune", "district", "province")
    }
    assert groups >= everything
    assert {kind for kind, _ in groups} == {"task", "report", "plan", "sheet"}


def test_sheets_reach_it_only_from_the_third_miss_in_a_row(told: list[NoticeOfLeg]) -> None:
    months = {n.key[-7:] for n in told if n.kind == "sheet" and n.recipient_id == SO_NOI_VU}
    assert months == {"2022-09", "2022-10", "2022-11", "2022-12"}
    assert {n.streak for n in told if n.kind == "sheet" and n.recipient_id == SO_NOI_VU} == {3, 4, 5, 6}


def test_rows_and_invited_bodies_never_do(told: list[NoticeOfLeg]) -> None:
    assert [n.key for n in told if (n.kind == "row" or n.invited) and n.recipient_id == SO_NOI_VU] == []
    assert {(n.step, n.role) for n in told if n.kind == "row"} == {("-10", "self")}


def test_ubnd_tinh_is_never_told(silent: House, told: list[NoticeOfLeg]) -> None:
    assert [n for n in told if UBND_TINH in (n.recipient_id, n.meant_for_id)] == []
    assert {p.state for p in proposed(silent)} == {"listed"}
    # A day that the plan does not set brings nobody onto the list.
    set_by_the_plan = [
        o
        for o in _overdue(silent)
        if not (o.is_own_plan or (o.item or "").startswith("III."))
        # The synthesis of Sở Nội vụ has no day in the plan either.
        and not (o.is_cycle_report and o.agency_id == SO_NOI_VU)
    ]
    assert len(proposed(silent)) == len(set_by_the_plan)


def test_nothing_is_told_on_a_day_off_or_before_it_opened(silent: House, told: list[NoticeOfLeg]) -> None:
    assert [n for n in told if not silent.calendar.is_working(n.recorded_on)] == []
    assert [n.key for n in told if n.fires_on < n.opened_on or n.recorded_on < n.opened_on] == []
    # A commune's inner or cycle day never brings a mail that leaves on a day off either.
    assert [n for n in told if not silent.calendar.is_working(n.mail_on)] == []


def test_with_no_outage_every_step_is_told_on_its_own_day(told: list[NoticeOfLeg]) -> None:
    assert [(n.key, n.step) for n in told if n.fires_on != n.recorded_on or n.missed] == []


def test_every_notice_is_told_once(told: list[NoticeOfLeg]) -> None:
    counted = Counter((n.obligation_id, n.leg, n.step, n.recipient_id) for n in told)
    assert set(counted.values()) == {1}


def test_superiors_are_only_ones_own_district(silent: House, told: list[NoticeOfLeg]) -> None:
    above = {(n.agency_id, n.recipient_id) for n in told if n.role == "superior"}
    assert all(silent.agency(unit).superior == district for unit, district in above)
    assert {silent.agency(district).level.key for _, district in above} == {"district"}


def test_same_day_and_mondays_lines_keep_apart(silent: House, told: list[NoticeOfLeg]) -> None:
    """+5 of communes' 3.1 leaves the same day, of 1.2 on the week's first working day."""
    of_3_1 = [n for n in told if n.item == "3.1" and n.step == "+5"]
    of_1_2 = [n for n in told if n.item == "1.2" and n.step == "+5"]
    assert {(n.recorded_on, n.mail_on) for n in of_3_1} == {(date(2022, 8, 2), date(2022, 8, 2))}
    assert {(n.recorded_on, n.mail_on) for n in of_1_2} == {(date(2022, 7, 21), date(2022, 7, 25))}
    mondays = {n.mail_on for n in told if n.mail_on != n.recorded_on}
    assert all(silent.calendar.week_start(day) == day for day in mondays)


def test_the_half_year_can_be_replayed_once_more_without_a_trace(
    silent: House, told: list[NoticeOfLeg]
) -> None:
    replay(silent, "2022-07-18", "2022-07-20")
    assert len(every_notice(silent)) == len(told)
