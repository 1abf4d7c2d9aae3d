"""Chains of one to four levels: who reviews, who hears when, whoever stands where."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from obligations.chain import Roster, may_review, recipient_of, reviewer_of
from obligations.deadlines import item_dues
from obligations.ladder import LIST, ladder_for, schedule
from obligations.model import Agency, Kind, LadderRole, LegKind, Plan, Rhythm, Role, Wording
from obligations.pauses import covers, may_pause
from obligations.rights import Act, Relation, Seat, may_to
from obligations.seats import relations, seats_of
from tests.support.houses.ladders import Leg, every_day, walk
from tests.support.houses.trees import CLUSTER, FOCAL, HOLDERS, TOP, Tree, line, trees
from tests.support.life.worlds import BARE, CALENDAR, CONFIGURATION

LAST_DAY = date(2022, 9, 14)
KINDS = (Kind.TASK, Kind.REPORT, Kind.PLAN)
Heard = list[tuple[date, str, str]]
"""Day, step and who hears, in the order in which they do."""
LENGTHS = pytest.mark.parametrize("length", [1, 2, 3, 4])


def plan_of(tree: Tree) -> Plan:
    """The shipped ladders, those of districts also for whoever stands at the level the client has added."""
    more = (replace(ladder, level=CLUSTER.key) for ladder in BARE.ladders if ladder.level == "district")
    return replace(BARE, levels=tree.levels, ladders=(*BARE.ladders, *more))


def heard(plan: Plan, tree: Tree, agency: Agency, kind: Kind, wording: Wording | None = None) -> Heard:
    """Let the shipped ladder climb for a duty that nobody ever answers."""
    ladder = ladder_for(plan, kind=kind, agency=agency, wording=wording)
    assert ladder is not None
    opening = CALENDAR.add(plan.signed_on, 2)
    steps = schedule(ladder, last_day=LAST_DAY, opening=opening, calendar=CALENDAR)
    leg = Leg(steps=steps, starts_on=plan.signed_on, calendar=CALENDAR)
    told: Heard = []
    for on, fire in walk(leg, every_day(plan.signed_on, date(2022, 12, 1))):
        for to in fire.to:
            meant = recipient_of(to.role, agency, reviewer_of(agency, plan), plan)
            assert meant is not None, f"{ladder.key} {fire.step.code}: {to.role} is nobody"
            told.append((on, fire.step.code, meant))
    return told


def holders(tree: Tree) -> list[Agency]:
    return [tree.agencies[key] for key in HOLDERS if not tree.agencies[key].invited]


@LENGTHS
@given(data=st.data())
def test_nobody_above_hears_before_the_unit_and_the_collator_always_does(
    length: int, data: st.DataObject
) -> None:
    tree = data.draw(trees(length))
    plan = plan_of(tree)
    for agency in holders(tree):
        for kind in KINDS:
            late = [(on, who) for on, _, who in heard(plan, tree, agency, kind) if on > LAST_DAY]
            first = {who: min(on for on, one in late if one == who) for _, who in late}
            assert {FOCAL, agency.id} <= first.keys() <= {FOCAL, agency.id, *agency.desks, agency.superior}
            assert TOP not in first
            assert min(first.values()) == first[agency.id]
            assert all(on > first[agency.id] for who, on in first.items() if who != agency.id)
            assert max(first.values()) == first[FOCAL]
            assert CALENDAR.between(LAST_DAY, first[FOCAL]) <= 5
            if agency.desks:
                assert first[agency.id] < first[agency.desks[0]] < first[FOCAL]


@LENGTHS
@given(data=st.data())
def test_whoever_reviews_has_a_seat_to_review_at(length: int, data: st.DataObject) -> None:
    tree = data.draw(trees(length))
    plan = plan_of(tree)
    for agency in holders(tree):
        reviewer = tree.agencies[reviewer_of(agency, plan)]
        assert reviewer.id == FOCAL or reviewer.heads
        below = {Relation.BELOW, Relation.OWN} if reviewer == agency else {Relation.BELOW}
        seats = seats_of(reviewer, plan, guides=False)
        assert any(may_to(seat, Act.REVIEW, frozenset(below)) for seat in seats)
        others = [key for key in (*HOLDERS, TOP) if key != reviewer.id]
        assert not any(may_review(key, agency, plan) for key in others)


@LENGTHS
@given(data=st.data())
def test_a_line_climbs_level_by_level_and_a_place_rests_with_all_that_stands_below(
    length: int, data: st.DataObject
) -> None:
    tree = data.draw(trees(length))
    for agency in tree.agencies.values():
        ranks = [tree.agencies[key].level.rank for key in agency.desks]
        assert ranks == sorted(set(ranks))
        assert all(rank > agency.level.rank for rank in ranks)
        assert len(ranks) <= max(length - 2, 0)
        assert agency.area in (None, agency.id, *agency.desks[:1])
        superior = tree.agencies.get(agency.superior or "")
        over = set(superior.above) | {superior.id} if superior else set()
        assert set(agency.above) == over
        assert {key for key in tree.agencies if covers(key, agency, everywhere=False)} == {agency.id, *over}


@LENGTHS
@given(data=st.data())
def test_a_place_sees_all_below_it_and_reviews_what_is_reported_to_it(
    length: int, data: st.DataObject
) -> None:
    tree = data.draw(trees(length))
    plan = plan_of(tree)
    roster = Roster(tree.agencies, lambda ref, _on: (ref,), plan.signed_on)
    for agency in holders(tree):
        for key in HOLDERS:
            found = relations(key, agency, None, plan, roster) - {Relation.OVERSEEN}
            reviews = key != agency.id and may_review(key, agency, plan)
            assert (Relation.BELOW in found) is reviews
            if key in (*agency.desks, *agency.above) and not reviews:
                assert found == {Relation.FAR_BELOW}
                assert may_to(Seat.DESK, Act.SEE, found)
                assert may_pause(key, agency, plan)
                assert not any(may_to(Seat.DESK, act, found) for act in (Act.REVIEW, Act.RECORD, Act.DIRECT))
            elif not reviews and key not in (agency.id, FOCAL):
                assert found == {Relation.FOREIGN}


def test_a_commune_without_a_district_climbs_to_the_collator_at_once() -> None:
    """+2 the unit, +4 Sở Nội vụ the same day, then the list (domain part 9)."""
    commune = next(a for a in line(2).agencies.values() if not a.level.top)
    assert not commune.desks
    plan = plan_of(line(2))
    for wording in (Wording.BEFORE, Wording.REPORT_BEFORE):
        ladder = ladder_for(plan, kind=Kind.TASK, agency=commune, wording=wording)
        assert ladder is not None
        late = [(s.code, tuple(to.role for to in s.to), s.rhythm) for s in ladder.steps if s.code[0] in "+l"]
        assert late == [
            ("+2", (Role.SELF,), Rhythm.DAILY),
            ("+4", (Role.FOCAL,), Rhythm.DAILY),
            (LIST, (Role.FOCAL,), Rhythm.MONDAY),
        ]


def test_in_a_chain_of_four_each_place_above_can_hear_in_its_turn() -> None:
    tree = line(4)
    commune, cluster = tree.agencies["commune"], tree.agencies[CLUSTER.key]
    assert commune.desks == (CLUSTER.key, "district")
    assert cluster.desks == ("district",)
    plan = plan_of(tree)
    sheet = next(x for x in plan.ladders if x.key == "commune-sheet")
    second, third = LadderRole(role=Role.UPPER, min_streak=3), LadderRole(role=Role.FOCAL, min_streak=4)
    missed = replace(sheet.steps[-1], to=(*sheet.steps[-1].to[:1], second, third))
    long = replace(sheet, key="long", desks=2, steps=(sheet.steps[0], missed))
    plan = replace(plan, ladders=(long, *plan.ladders))
    assert ladder_for(plan, kind=Kind.SHEET, agency=commune) == long
    assert ladder_for(plan, kind=Kind.SHEET, agency=cluster) == sheet
    meant = [recipient_of(to.role, commune, reviewer_of(commune, plan), plan) for to in missed.to]
    assert meant == [CLUSTER.key, "district", FOCAL]
    assert [to.min_streak for to in missed.to] == [2, 3, 4]
    review = ladder_for(plan, kind=Kind.REPORT, agency=commune, leg=LegKind.REVIEW)
    assert review is not None
    assert recipient_of(Role.REVIEWER, commune, reviewer_of(commune, plan), plan) == CLUSTER.key


def test_an_inner_day_is_earlier_by_each_level_that_has_a_desk_above() -> None:
    shipped = CONFIGURATION.plan()
    item = shipped.item("3.1")
    assert item is not None
    for length, days in ((2, {}), (3, {"commune": 3}), (4, {"commune": 6, "cluster": 3})):
        tree = line(length)
        due = item_dues(item, replace(shipped, levels=tree.levels), CALENDAR)[0]
        back = {
            key: CALENDAR.between(due.day_for(agency), due.last_day)
            for key, agency in tree.agencies.items()
            if due.day_for(agency) != due.last_day
        }
        assert back == days
