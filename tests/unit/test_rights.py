"""How an agency stands to another, which seat somebody takes, and what each may: without a portal."""

from __future__ import annotations

import pytest

from config.load import Configuration
from obligations.chain import Roster
from obligations.model import Plan
from obligations.rights import RIGHTS, Act, Relation, Seat, may, may_to
from obligations.seats import (
    guides,
    guides_of,
    relations,
    seat_of_contact,
    seats_of,
    sets_address,
    settles_contacts,
)

COMMUNE, DISTRICT, OTHER = "x02686-2022", "h082-2022", "h088-2022"
FOCAL, TOP, HEALTH, JUSTICE = "so-noi-vu", "ubnd-tinh", "so-y-te", "so-tu-phap"
OFFICE, CENTRE, COURT = "van-phong-ubnd-tinh", "trung-tam-phuc-vu-hcc", "toa-an-nhan-dan-tinh"


@pytest.mark.parametrize(
    ("visitor", "agency", "item", "expected"),
    [
        (COMMUNE, COMMUNE, None, {Relation.OWN}),
        (DISTRICT, COMMUNE, None, {Relation.BELOW}),
        (OTHER, COMMUNE, None, {Relation.FOREIGN}),
        (COMMUNE, DISTRICT, None, {Relation.FOREIGN}),
        (FOCAL, COMMUNE, None, {Relation.OVERSEEN}),
        (FOCAL, DISTRICT, None, {Relation.BELOW, Relation.OVERSEEN}),
        (FOCAL, HEALTH, None, {Relation.BELOW, Relation.OVERSEEN}),
        (FOCAL, FOCAL, None, {Relation.OWN, Relation.OVERSEEN}),
        (TOP, COMMUNE, None, {Relation.OVERSEEN}),
        (TOP, HEALTH, None, {Relation.OVERSEEN}),
        (HEALTH, COMMUNE, None, {Relation.FOREIGN}),
        # Sở Tư pháp guides 5.1 in communes, nobody in 1.2; a district guides 2.3 in its own communes alone.
        (JUSTICE, COMMUNE, "5.1", {Relation.GUIDED}),
        (JUSTICE, COMMUNE, "1.2", {Relation.FOREIGN}),
        (DISTRICT, COMMUNE, "2.3", {Relation.BELOW, Relation.GUIDED}),
        (OTHER, COMMUNE, "2.3", {Relation.FOREIGN}),
    ],
)
def test_how_one_stands_to_another(
    plan: Plan, roster: Roster, visitor: str, agency: str, item: str | None, expected: set[Relation]
) -> None:
    about = plan.item(item) if item else None
    assert relations(visitor, roster.agencies[agency], about, plan, roster) == expected


def test_who_reports_through_another_is_its_own(plan: Plan, roster: Roster) -> None:
    through = next(a for a in roster.agencies.values() if a.reports_through)
    assert through.reports_through == OFFICE
    assert relations(OFFICE, through, None, plan, roster) == {Relation.OWN}


def test_nobody_guides_itself_and_only_who_is_named_guides(plan: Plan, roster: Roster) -> None:
    item = plan.item("5.1")
    assert item is not None
    guide = roster.agencies[JUSTICE]
    assert JUSTICE in guides_of(item, roster)
    assert guides(guide, roster.agencies[COMMUNE], item, roster)
    assert not guides(guide, guide, item, roster)
    assert not guides(roster.agencies[HEALTH], roster.agencies[COMMUNE], item, roster)


def test_who_implements_or_cooperates_is_no_guide(plan: Plan, roster: Roster) -> None:
    guiding = {item.key: guides_of(item, roster) for item in plan.items}
    # Of the second column of 6.6, districts and communes implement.
    assert guiding["6.6"] == ("so-cong-thuong",)
    assert (guiding["2.1"], guiding["4.2"]) == ((), ())


@pytest.mark.parametrize(
    ("role", "agency", "seat"),
    [
        ("unit", COMMUNE, Seat.OFFICER),
        ("officer", HEALTH, Seat.OFFICER),
        ("leader", COMMUNE, Seat.CHAIRPERSON),
        ("leader", DISTRICT, Seat.CHAIRPERSON),
        ("leader", HEALTH, Seat.LEADER),
        ("desk", DISTRICT, Seat.DESK),
        ("desk", HEALTH, Seat.OFFICER),
        ("desk", FOCAL, Seat.COORDINATOR),
        ("unit", FOCAL, Seat.COORDINATOR),
        ("leader", FOCAL, Seat.DIRECTOR),
        ("director", FOCAL, Seat.DIRECTOR),
        ("leader", TOP, None),
        ("unit", COURT, None),
    ],
)
def test_which_seat_a_contact_takes(
    plan: Plan, configuration: Configuration, role: str, agency: str, seat: Seat | None
) -> None:
    assert seat_of_contact(role, configuration.agencies[agency], plan) is seat


@pytest.mark.parametrize(
    ("agency", "seats"),
    [
        (TOP, (Seat.READER,)),
        (FOCAL, (Seat.COORDINATOR, Seat.DIRECTOR, Seat.OFFICER, Seat.OPS)),
        (COMMUNE, (Seat.OFFICER, Seat.CHAIRPERSON)),
        (DISTRICT, (Seat.DESK, Seat.OFFICER, Seat.CHAIRPERSON)),
        (HEALTH, (Seat.OFFICER, Seat.LEADER)),
    ],
)
def test_which_seats_an_agency_has(
    plan: Plan, configuration: Configuration, agency: str, seats: tuple[Seat, ...]
) -> None:
    found = configuration.agencies[agency]
    assert seats_of(found, plan, guides=False) == seats
    with_guide = seats if agency in (TOP, FOCAL) else (*seats, Seat.GUIDE)
    assert seats_of(found, plan, guides=True) == with_guide


def test_only_leaders_settle_contacts_and_nobody_those_of_the_focal_agency(
    plan: Plan, configuration: Configuration
) -> None:
    commune, focal = configuration.agencies[COMMUNE], configuration.agencies[FOCAL]
    settle = {seat for seat in Seat if settles_contacts(seat, commune, plan)}
    assert settle == {Seat.LEADER, Seat.CHAIRPERSON}
    assert not [seat for seat in Seat if settles_contacts(seat, focal, plan)]


def test_addresses_are_set_by_ops_everywhere_and_by_others_outside_the_focal_agency(
    plan: Plan, configuration: Configuration
) -> None:
    focal, top, commune = (configuration.agencies[key] for key in (FOCAL, TOP, COMMUNE))
    assert sets_address(Seat.OPS, focal, plan)
    assert not sets_address(Seat.COORDINATOR, focal, plan)
    assert sets_address(Seat.COORDINATOR, commune, plan)
    assert not sets_address(Seat.OPS, top, plan)


@pytest.mark.parametrize("act", Act)
def test_whoever_may_at_all_may_to_somebody(act: Act) -> None:
    for seat in Seat:
        allowed = RIGHTS[act].get(seat, frozenset())
        assert may(seat, act) is bool(allowed)
        for relation in Relation:
            assert may_to(seat, act, frozenset({relation})) is (relation in allowed)
    assert not [seat for seat in Seat if may_to(seat, act, frozenset({Relation.FOREIGN}))]
