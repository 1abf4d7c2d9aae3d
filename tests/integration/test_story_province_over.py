"""1/7/2025 in Lào Cai: a whole province is handed over, nothing is lost, a past day keeps its own tree."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import func, select

from config.load import Configuration
from obligations.model import Kind, WorkState
from obligations.period import ONCE
from obligations.rights import Seat, Visitor
from store.engine import reading
from store.schema import hand_overs, history, journal, legs, notices, obligations
from tasks_lib.board.chosen import Chosen
from tasks_lib.board.listing import listing
from tasks_lib.board.overview import overview
from tasks_lib.desk.dossier import dossier
from tasks_lib.desk.listing import Filter
from tasks_lib.desk.listing import obligations as obligations_on
from tasks_lib.desk.queue import Filters, queue
from tasks_lib.desk.review import accept
from tasks_lib.duties.change import Decision
from tasks_lib.keeping.proof import verify
from tasks_lib.kernel.bootstrap import House
from tasks_lib.rollup.consolidate import RollUp, Scope, consolidate
from tasks_lib.rounds.sweep import sweep
from tests.support.life.over_2025 import (
    CHANGE,
    LAO_CAI,
    OF_LAO_CAI,
    SIGNED,
    configuration_over_the_change,
    live,
    opened_over_the_change,
    task_of,
)
from tests.support.life.stories import (
    keys,
    leave_only,
    morning,
    replay,
    reports_in,
    row,
)

BAT_XAT, SO_NOI_VU = "h082-2022", "so-noi-vu"


@pytest.fixture(scope="module")
def configuration(tmp_path_factory: pytest.TempPathFactory) -> Configuration:
    return configuration_over_the_change(tmp_path_factory.mktemp("2025") / "config")


@pytest.fixture
def house(any_empty_url: str, configuration: Configuration, home: Path) -> Iterator[House]:
    with opened_over_the_change(any_empty_url, configuration, home) as fresh:
        yield fresh


def test_a_past_day_is_read_under_its_own_tree(house: House) -> None:
    """Whoever looks back before 1/7 sees who held it then; from that day on whoever holds it."""
    leave_only(house, *map(task_of, OF_LAO_CAI[:2]))
    live(house, SIGNED, CHANGE)
    who = Visitor(agency=SO_NOI_VU, seat=Seat.COORDINATOR, holder="")

    def listed(day: str, agency: str | None = None) -> list[tuple[str, str, str | None]]:
        mine = obligations_on(house, morning(day), Filter(agency=agency))
        found = [one for one in mine if one["work_state"] != "cancelled"]
        return [(one["agency"], one["work_state"], one["holder"]) for one in found]

    def late(day: str) -> list[str]:
        return sorted(one.agency for one in listing(house, who, morning(day), Chosen()).rows)

    first, second = OF_LAO_CAI[:2]
    assert listed("2025-06-30") == [(first, "open", first), (second, "open", second)]
    assert listed("2025-06-30", LAO_CAI) == []
    assert listed(CHANGE) == [(LAO_CAI, "open", LAO_CAI), (second, "ended", None)]
    assert late("2025-06-30") == [first, second]
    assert late(CHANGE) == [LAO_CAI]
    assert overview(house, who, morning("2025-06-30")).reckoned.overdue == 2
    assert overview(house, who, morning(CHANGE)).reckoned.overdue == 1

    def waiting(desk: str, day: str) -> list[str]:
        return sorted(one.agency for one in queue(house, desk, morning(day), Filters(group="all")).rows)

    def record(day: str) -> tuple[str, str, WorkState]:
        found = dossier(house, task_of(second), morning(day))
        return found.agency.id, found.reviewer_name, found.state

    assert (waiting("h080-2022", "2025-06-30"), waiting(SO_NOI_VU, "2025-06-30")) == ([first, second], [])
    assert (waiting("h080-2022", CHANGE), waiting(SO_NOI_VU, CHANGE)) == ([], [LAO_CAI])
    assert record("2025-06-30") == (second, "Phòng Nội vụ thành phố Lào Cai", WorkState.OPEN)
    assert record(CHANGE)[2] is WorkState.ENDED
    # Looking back changes nothing.
    assert [row(house, key).agency_id for key in map(task_of, OF_LAO_CAI[:2])] == [LAO_CAI, second]


def test_a_province_is_handed_over_and_nothing_is_lost(house: House) -> None:
    """Duties before = handed over + ended in another's + ended; sums alike; a second time changes nothing."""
    replay(house, SIGNED, "2025-05-16")
    gone = house.configuration.successors.whole.keys()
    for number, agency in enumerate(sorted(key for key in gone if key.startswith("x"))[:40]):
        if number % 3:
            reports_in(house, task_of(agency), "2025-06-20")
        if number % 3 == 1:
            by = house.agency(agency).next_desk or SO_NOI_VU
            accept(house, Decision(key=task_of(agency), version=1, by=by, as_of=morning("2025-06-21")))
    replay(house, "2025-06-23", "2025-06-30")
    before, sums = _open_of(house, gone), _sums(house)
    told = _told_twice(house)
    sweep(house, morning(CHANGE))

    kept, merged, ended = _handed(house)
    assert before + _opened_late(house, gone) == kept + merged + ended
    assert _open_of(house, gone) == 0
    assert _sums(house) == sums
    assert ended == len(keys(house, obligations.c.work_state == "ended", obligations.c.agency_id.like("h%")))
    assert _line_of_the_journal(house) == {"handed_over": kept, "merged": merged, "ended": ended}
    # The successor has one of each sort.
    alike = Counter(
        (duty.agency_id, duty.kind, duty.item, duty.period, duty.part)
        for duty in (row(house, key) for key in keys(house, obligations.c.work_state == "open"))
    )
    assert set(alike.values()) == {1}
    assert told == _told_twice(house) == []
    stood = _rows(house)
    sweep(house, morning(CHANGE))
    assert _rows(house) == stood
    assert verify(house).ok


def _open_of(house: House, gone: object) -> int:
    query = select(func.count()).where(
        obligations.c.agency_id.in_(list(gone)),  # type: ignore[call-overload]
        obligations.c.work_state.in_(("open", "submitted", "more_asked")),
    )
    with reading(house.engine) as connection:
        return connection.scalar(query) or 0


def _opened_late(house: House, gone: object) -> int:
    """What was opened for them by the sweep of the day itself."""
    query = (
        select(func.count())
        .select_from(history)
        .join(hand_overs, hand_overs.c.obligation_id == history.c.obligation_id)
        .where(history.c.what == "open", history.c.at >= morning(CHANGE))
    )
    with reading(house.engine) as connection:
        return connection.scalar(query) or 0


def _handed(house: House) -> tuple[int, int, int]:
    total, to, into = func.count(), func.count(hand_overs.c.to_id), func.count(hand_overs.c.merged_into_id)
    with reading(house.engine) as connection:
        every, new, merged = connection.execute(select(total, to, into)).one()
    return new - merged, merged, every - new


def _sums(house: House) -> list[tuple[str, str]]:
    found: RollUp = consolidate(
        house, "ubnd-tinh", Scope(kind=Kind.TASK, item="1.2", period=ONCE), morning("2025-06-30")
    )
    line = found.line("1.2")
    assert line is not None
    sums = [(figure.figure.key, str(replace(figure.period, sources=()))) for figure in line.figures]
    assert sums
    return sums


def _line_of_the_journal(house: House) -> dict[str, int]:
    query = select(journal.c.details).where(journal.c.what == "hand-over-all")
    with reading(house.engine) as connection:
        (found,) = connection.scalars(query).all()
    return {name: json.loads(found)[name] for name in ("handed_over", "merged", "ended")}


def _rows(house: House) -> list[object]:
    with reading(house.engine) as connection:
        return [
            *connection.execute(select(obligations).order_by(obligations.c.id)),
            *connection.execute(select(hand_overs).order_by(hand_overs.c.id)),
            *connection.execute(select(legs).order_by(legs.c.id)),
        ]


def _told_twice(house: House) -> list[object]:
    """Steps of one duty that somebody heard twice, on whatever leg."""
    query = (
        select(notices.c.obligation_id, notices.c.step, notices.c.recipient_id)
        .join(legs, legs.c.id == notices.c.leg_id)
        .group_by(notices.c.obligation_id, notices.c.step, notices.c.recipient_id, legs.c.kind)
        .having(func.count() > 1)
    )
    with reading(house.engine) as connection:
        return list(connection.execute(query))
