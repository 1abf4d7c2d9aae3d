"""What the domain's nouns say of themselves."""

from __future__ import annotations

from obligations.model import Agency, Contact, Plan, YearScores
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
