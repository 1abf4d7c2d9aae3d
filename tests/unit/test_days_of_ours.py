"""A day the plan does not set is proposed until a document sets it or the plan's own day has passed."""

from dataclasses import replace
from datetime import date

import pytest

from config.load import Configuration
from obligations.days_of_ours import Day, Paper, binding_day, is_ours, is_proposed, paper_for, rule_of
from obligations.model import Kind
from tests.support.life.stories import A_MU_SUNG, BAT_XAT, SA_PA, SO_NOI_VU

CYCLE = Day(kind=Kind.REPORT, item=None, last_day=date(2022, 9, 9), plan_day=date(2022, 9, 14))
PLANS = Day(kind=Kind.TASK, item="1.2", last_day=date(2022, 7, 14), plan_day=date(2022, 7, 14))
PAPER = Paper(
    rule="report", place=BAT_XAT, number="12/UBND-NV", signed_on=date(2022, 7, 5), issuer="UBND huyện Bát Xát"
)
SEPTEMBER = date(2022, 9, 1)


@pytest.mark.parametrize(("on", "proposed"), [(10, True), (14, True), (15, False)])
def test_an_inner_day_is_proposed_until_the_plans_own_has_passed(on: int, *, proposed: bool) -> None:
    assert is_proposed(CYCLE, date(2022, 9, on)) is proposed
    assert not is_proposed(replace(CYCLE, paper=PAPER), date(2022, 9, on))


@pytest.mark.parametrize(("kind", "item"), [(Kind.PLAN, None), (Kind.SHEET, None), (Kind.TASK, "III.3.b")])
def test_what_the_plan_gives_no_day_is_proposed_for_good(kind: Kind, item: str | None) -> None:
    never = replace(PLANS, kind=kind, item=item)
    assert is_ours(never)
    assert is_proposed(never, date(2022, 12, 31))
    assert binding_day(never, date(2022, 12, 31)) == never.last_day


def test_what_is_counted_by_a_rule_of_ours_is_proposed_until_a_document_sets_it() -> None:
    posted = replace(PLANS, item="2.5", by_our_rule=True)
    assert is_proposed(posted, date(2022, 12, 31))
    assert not is_proposed(replace(posted, paper=PAPER), date(2022, 12, 31))


def test_the_collators_own_report_of_a_cycle_has_no_day_in_any_plan() -> None:
    synthesis = replace(CYCLE, last_day=date(2022, 9, 19), plan_day=date(2022, 9, 19), synthesis=True)
    assert is_proposed(synthesis, date(2022, 12, 31))
    assert not is_proposed(replace(synthesis, synthesis=False), date(2022, 12, 31))


def test_a_day_of_the_plan_is_never_proposed() -> None:
    assert not is_ours(PLANS)
    assert not is_proposed(PLANS, date(2022, 7, 14))
    assert not is_proposed(PLANS, date(2022, 7, 15))
    assert (rule_of(Kind.TASK, "3.1"), rule_of(Kind.REPORT, None)) == ("3.1", "report")
    assert rule_of(Kind.ROW, "2.1") == "report"


def test_lateness_is_counted_from_the_plans_day_once_it_has_passed_an_inner_one() -> None:
    assert binding_day(CYCLE, date(2022, 9, 14)) == date(2022, 9, 9)
    assert binding_day(CYCLE, date(2022, 9, 15)) == date(2022, 9, 14)
    assert binding_day(replace(CYCLE, paper=PAPER), date(2022, 9, 15)) == date(2022, 9, 9)


def test_a_document_sets_the_days_of_its_rule_place_and_tier_from_its_signing(
    configuration: Configuration,
) -> None:
    commune, district, focal = (configuration.agencies[a] for a in (A_MU_SUNG, BAT_XAT, SO_NOI_VU))
    everywhere = replace(PAPER, everywhere=True, place="ubnd-tinh")

    assert paper_for([PAPER], CYCLE, commune, SEPTEMBER) is PAPER
    assert paper_for([replace(PAPER, place=SA_PA)], CYCLE, commune, SEPTEMBER) is None
    assert paper_for([PAPER], CYCLE, commune, date(2022, 7, 4)) is None
    assert paper_for([PAPER], replace(CYCLE, kind=Kind.PLAN), commune, SEPTEMBER) is None
    # A district's is for its communes, not for itself.
    assert paper_for([PAPER], CYCLE, district, SEPTEMBER) is None
    assert paper_for([everywhere], CYCLE, focal, SEPTEMBER) is everywhere
    assert paper_for([replace(everywhere, tier="commune")], CYCLE, focal, SEPTEMBER) is None
    # It holds from the day of its signing, and for the item it names.
    assert paper_for([PAPER], CYCLE, commune, date(2022, 7, 5)) is PAPER
    of_the_item = replace(PAPER, rule="3.1")
    inner = Day(kind=Kind.TASK, item="3.1", last_day=date(2022, 7, 26), plan_day=date(2022, 7, 29))
    assert paper_for([of_the_item], inner, commune, SEPTEMBER) is of_the_item
    assert paper_for([of_the_item], replace(inner, item="3.3"), commune, SEPTEMBER) is None
    # What the plan sets itself needs no document and takes none.
    assert paper_for([of_the_item], replace(inner, last_day=inner.plan_day), commune, SEPTEMBER) is None
    # The one entered last is cited.
    newer = replace(PAPER, number="15/UBND-NV")
    assert paper_for([PAPER, newer], CYCLE, commune, SEPTEMBER) is newer


def test_a_document_is_cited_as_papers_are() -> None:
    assert str(PAPER) == "Văn bản số 12/UBND-NV ngày 05/7/2022 của UBND huyện Bát Xát"
