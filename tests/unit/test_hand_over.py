"""Which open duties go where when agencies end, and which steps of the new ladder are behind them."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from obligations.hand_over import Held, moves, spent
from obligations.ladder import DatedStep
from obligations.model import Kind, LadderRole, Part, Rhythm, Role, WorkState
from obligations.period import ONCE, Period

DUTY = Held(
    id=1,
    kind=Kind.TASK,
    item="1.2",
    period=ONCE,
    part=Part.LEAD,
    agency_id="a",
    work_state=WorkState.OPEN,
    version=0,
    last_day=date(2025, 6, 26),
    told=3,
    parent_id=None,
)
INTO_N: dict[str, str | None] = {"a": "n", "b": "n", "c": "n"}


def _fates(held: list[Held], *own: Held) -> dict[int, tuple[str | None, int | None]]:
    return {move.obligation: (move.new, move.into) for move in moves(held, INTO_N, own)}


def test_of_several_alike_the_one_told_furthest_is_kept() -> None:
    told = replace(DUTY, id=2, agency_id="b", told=4)
    earlier = replace(DUTY, id=3, agency_id="c", last_day=date(2025, 6, 20))
    assert _fates([DUTY, told, earlier]) == {1: ("n", 2), 2: ("n", None), 3: ("n", 2)}
    assert _fates([DUTY, earlier]) == {1: ("n", 3), 3: ("n", None)}


def test_what_the_successor_itself_owes_comes_first() -> None:
    mine = replace(DUTY, id=9, agency_id="n", told=1)
    assert _fates([DUTY], mine) == {1: ("n", 9)}
    handed_in = replace(mine, work_state=WorkState.SUBMITTED, version=1)
    assert _fates([DUTY], handed_in) == {1: ("n", None)}


def test_what_was_handed_in_and_what_is_of_another_event_is_never_merged() -> None:
    waiting = replace(DUTY, id=2, agency_id="b", work_state=WorkState.SUBMITTED, version=1)
    taken_back = replace(DUTY, id=3, agency_id="c", version=1)
    assert set(_fates([DUTY, waiting, taken_back]).values()) == {("n", None)}
    event = replace(DUTY, period=Period("e-0001"))
    assert set(_fates([event, replace(event, id=2, agency_id="b")]).values()) == {("n", None)}


def test_a_report_keeps_its_own_rows() -> None:
    reports = [replace(DUTY, id=n, kind=Kind.REPORT, item=None, agency_id=a) for n, a in ((1, "a"), (2, "b"))]
    rows = [
        replace(DUTY, id=n, kind=Kind.ROW, item="1.3", agency_id=a, told=0, parent_id=parent)
        for n, a, parent in ((10, "a", 1), (11, "b", 2))
    ]
    reports[1] = replace(reports[1], told=5)
    assert _fates([*reports, *rows]) == {
        1: ("n", 2),
        2: ("n", None),
        10: ("n", 11),
        11: ("n", None),
    }


def test_nobody_takes_over() -> None:
    (move,) = moves([DUTY], {"a": None}, ())
    assert (move.old, move.new, move.into) == ("a", None, None)


def test_what_ends_with_its_holder_keeps_nothing_of_the_others_from_the_successor() -> None:
    ends = replace(DUTY, id=2, agency_id="d", told=9)
    row = replace(DUTY, id=3, kind=Kind.ROW, agency_id="b")
    found = moves([ends, DUTY, row], INTO_N | {"d": None}, ())
    assert [(m.obligation, m.new, m.into) for m in found] == [(1, "n", None), (2, None, None), (3, "n", None)]


# ---- ladders


def _ladder(*steps: tuple[str, int, Role]) -> list[DatedStep]:
    return [
        DatedStep(
            seq=seq,
            code=code,
            fires_on=date(2025, 6, day),
            to=(LadderRole(role=role),),
            rhythm=Rhythm.DAILY,
            template="overdue",
        )
        for seq, (code, day, role) in enumerate(steps, start=1)
    ]


OLD = _ladder(
    ("-1", 5, Role.SELF),
    ("+2", 10, Role.SELF),
    ("+4", 12, Role.SUPERIOR),
    ("+5", 13, Role.FOCAL),
    ("list", 20, Role.FOCAL),
)
NEW = _ladder(("-1", 5, Role.SELF), ("+2", 10, Role.SELF), ("+4", 12, Role.FOCAL), ("list", 20, Role.FOCAL))


def test_what_the_unit_has_been_told_is_behind() -> None:
    assert [spent(OLD[:told], NEW) for told in range(3)] == [0, 1, 2]


def test_the_collator_still_hears_where_only_the_district_has() -> None:
    assert spent(OLD[:3], NEW) == 2


def test_the_collator_does_not_hear_a_second_time() -> None:
    assert spent(OLD[:4], NEW) == 3
    assert spent(OLD, NEW) == 4


def test_another_superior_has_heard_nothing() -> None:
    assert spent(OLD[:3], OLD) == 3
    assert spent(OLD[:3], OLD, {Role.SUPERIOR}) == 2
