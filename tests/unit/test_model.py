"""What the domain's nouns say of themselves."""

from __future__ import annotations

from datetime import date

import pytest

from obligations.model import Agency, Contact, GivenBy, Plan, YearScores
from tests.support.houses.levels import DISTRICT


def test_the_index_has_a_score_for_each_content_it_knew_that_year() -> None:
    old = YearScores(year=2017, by_content=(5.1, 5.2, 5.3, 5.4, 5.5, 5.6), total=32.1, rank=49)
    assert [old.score(content) for content in (1, 5, 6, 7, 8)] == [5.1, 5.5, 5.6, None, None]


def test_a_post_is_reached_by_the_first_of_its_contacts_that_has_an_address() -> None:
    silent = Contact(role="officer", name="Hà")
    first, second, desk = (
        Contact(role=role, address=f"{name}@laocai.example")
        for role, name in (("officer", "minh"), ("officer", "lan"), ("desk", "phong-noi-vu"))
    )
    agency = Agency(id="h1", name="UBND huyện", level=DISTRICT, contacts=(silent, desk, first, second))
    assert agency.contact("officer") is first
    assert agency.contact("desk") is desk
    assert agency.contact("leader") is None


def test_an_item_is_found_in_the_appendix_in_part_three_and_in_what_it_asks_for(plan: Plan) -> None:
    for group in (plan.items, plan.duties, plan.requests):
        assert group
        assert [plan.item(item.key) for item in group] == list(group)
    assert plan.item("9.9") is None


def test_a_letter_that_gives_a_task_is_cited_as_papers_do() -> None:
    given = GivenBy(number="12/UBND-NV", signed_on=date(2022, 7, 5), issuer="UBND tỉnh Lào Cai")
    assert str(given) == "Văn bản số 12/UBND-NV ngày 05/7/2022 của UBND tỉnh Lào Cai"


@pytest.mark.parametrize(
    ("first", "last", "there"),
    [
        ("2022-01-01", "2022-06-30", False),
        ("2022-01-01", "2022-07-01", True),
        ("2023-01-01", "2023-02-01", True),
        ("2025-06-30", "2025-12-31", True),
        ("2025-07-01", "2025-12-31", False),
    ],
)
def test_an_agency_exists_within_what_touches_its_first_or_last_day(
    first: str, last: str, there: bool
) -> None:
    agency = Agency(
        id="h1", name="UBND huyện", level=DISTRICT, valid_from=date(2022, 7, 1), valid_to=date(2025, 6, 30)
    )
    assert agency.exists_within(date.fromisoformat(first), date.fromisoformat(last)) is there
    forever = Agency(id="h2", name="UBND huyện", level=DISTRICT, valid_from=date(2022, 7, 1))
    assert forever.exists_within(date(2099, 1, 1), date(2099, 1, 2))
