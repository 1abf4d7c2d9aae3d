"""Who belongs to whom, who reviews, who may act for whom."""

from __future__ import annotations

import pytest

from obligations.chain import (
    Roster,
    forwarding_desk,
    level_of,
    may_answer,
    may_record_document,
    may_review,
    recipient_of,
    reviewer_of,
)
from obligations.model import Agency, Plan, Role

COMMUNE, DISTRICT, OTHER = "x02719-2022", "h082-2022", "h080-2022"
DEPARTMENT, FOCAL, TOP = "so-y-te", "so-noi-vu", "ubnd-tinh"
COURT, CENTRE, OFFICE = (
    "toa-an-nhan-dan-tinh",
    "trung-tam-phuc-vu-hanh-chinh-cong-tinh",
    "van-phong-ubnd-tinh",
)


def agency(roster: Roster, key: str) -> Agency:
    return roster.agencies[key]


@pytest.mark.parametrize(
    ("holder", "reviewer"),
    [
        (COMMUNE, DISTRICT),
        (DISTRICT, FOCAL),
        (DEPARTMENT, FOCAL),
        (FOCAL, FOCAL),
        ("cong-an-tinh", FOCAL),
        (COURT, FOCAL),
    ],
)
def test_the_district_reviews_its_communes_and_the_focal_agency_the_rest(
    roster: Roster, plan: Plan, holder: str, reviewer: str
) -> None:
    assert reviewer_of(agency(roster, holder), plan) == reviewer
    assert forwarding_desk(agency(roster, holder), plan) == reviewer


@pytest.mark.parametrize(
    ("role", "holder", "recipient"),
    [
        (Role.SELF, COMMUNE, COMMUNE),
        (Role.SUPERIOR, COMMUNE, DISTRICT),
        (Role.FOCAL, COMMUNE, FOCAL),
        (Role.DIRECTOR, FOCAL, FOCAL),
        (Role.REVIEWER, COMMUNE, DISTRICT),
        (Role.DESK, DISTRICT, FOCAL),
        (Role.SUPERIOR, DISTRICT, None),
        (Role.SUPERIOR, DEPARTMENT, None),
        (Role.SUPERIOR, FOCAL, None),
        (Role.SUPERIOR, COURT, None),
        (Role.SUPERIOR, CENTRE, OFFICE),
    ],
)
def test_nothing_above_the_focal_agency_is_written_to(
    roster: Roster, plan: Plan, role: Role, holder: str, recipient: str | None
) -> None:
    of = agency(roster, holder)
    assert recipient_of(role, of, reviewer_of(of, plan), plan) == recipient


def test_no_role_of_any_agency_means_the_top(roster: Roster, plan: Plan) -> None:
    for of in roster.agencies.values():
        for role in Role:
            assert recipient_of(role, of, reviewer_of(of, plan), plan) != TOP


@pytest.mark.parametrize(
    ("actor", "holder", "answers", "records", "reviews"),
    [
        (COMMUNE, COMMUNE, True, True, False),
        (DISTRICT, COMMUNE, False, True, True),
        (FOCAL, COMMUNE, False, True, False),
        (OTHER, COMMUNE, False, False, False),
        (DEPARTMENT, COMMUNE, False, False, False),
        (OTHER, DISTRICT, False, False, False),
        (FOCAL, DISTRICT, False, True, True),
        (FOCAL, DEPARTMENT, False, True, True),
        (FOCAL, FOCAL, True, True, True),
        (COURT, COURT, True, True, False),
        (FOCAL, COURT, True, True, True),
        (OFFICE, CENTRE, True, True, False),
        (TOP, COMMUNE, False, False, False),
    ],
)
def test_sides(
    roster: Roster, plan: Plan, actor: str, holder: str, answers: bool, records: bool, reviews: bool
) -> None:
    of = agency(roster, holder)
    assert may_answer(actor, of, plan) is answers
    assert may_record_document(actor, of, plan) is records
    assert may_review(actor, of, plan) is reviews


def test_levels_follow_the_tier_but_for_the_focal_agency(roster: Roster, plan: Plan) -> None:
    levels = [level_of(agency(roster, key), plan) for key in (COMMUNE, DISTRICT, DEPARTMENT, FOCAL)]
    assert levels == ["commune", "district", "province", "focal"]


def test_groups_expand_in_order_and_each_once(roster: Roster) -> None:
    members = roster.members((DISTRICT, "ubnd-cap-huyen", DEPARTMENT, "so-ban-nganh"))
    assert members[0] == DISTRICT
    assert len(members) == len(set(members)) == 9 + 20
    assert members.index(DEPARTMENT) == 9


def test_the_roster_of_the_plan_is_that_of_its_signing(roster: Roster) -> None:
    communes = roster.members(("ubnd-cap-xa",))
    assert len(communes) == 152
    assert all(key.endswith("-2022") for key in communes)
