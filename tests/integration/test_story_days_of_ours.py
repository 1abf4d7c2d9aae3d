"""Days that the plan does not set: late against them is nobody on the list, until a document sets them."""

from datetime import date

import pytest

from obligations.errors import Invalid, Refused
from obligations.reckoning import Reckoning
from store.engine import reading, writing
from store.reckoning import dated, reckon
from store.schema import obligations
from tasks_lib.duties import day_documents
from tasks_lib.kernel.bootstrap import House
from tasks_lib.leading.proposals import list_entries
from tests.support.houses.small import leave_only
from tests.support.life.stories import (
    A_MU_SUNG,
    BAT_XAT,
    SIGNED,
    SO_NOI_VU,
    morning,
    notices_of,
    proposed,
    replay,
    reports_in,
)

OWN_PLAN = f"plan/{A_MU_SUNG}/once"
INNER = f"3.1/{A_MU_SUNG}/once"
REPORT = f"report/{A_MU_SUNG}/2022-Q3-report"


def _document(house: House, rule: str, on: str, by: str = SO_NOI_VU, place: str = "") -> int:
    given = day_documents.Given(
        rule=rule, number="12/UBND-NV", signed_on=date(2022, 7, 5), issuer="UBND tỉnh", place=place
    )
    return day_documents.enter(house, given, by, morning(on))


def _listed(house: House) -> list[str]:
    return [entry["obligation"] for entry in list_entries(house)]


def test_an_own_plan_late_against_a_proposed_day_stays_off_the_list_until_a_document_sets_it(
    any_house: House,
) -> None:
    leave_only(any_house, OWN_PLAN)
    replay(any_house, SIGNED, "2022-08-15")
    assert _listed(any_house) == []

    number = _document(any_house, "plan", "2022-08-16")

    assert _listed(any_house) == [OWN_PLAN]
    assert day_documents.documents(any_house)[0]["name"] == "toàn tỉnh"
    with pytest.raises(Invalid, match="--reason"):
        day_documents.withdraw(any_house, number, " ", SO_NOI_VU, morning("2022-08-16"))
    day_documents.withdraw(any_house, number, "ghi nhầm", SO_NOI_VU, morning("2022-08-16"))
    assert _listed(any_house) == []
    with pytest.raises(Refused, match="đã rút"):
        day_documents.withdraw(any_house, number, "ghi nhầm", SO_NOI_VU, morning("2022-08-16"))
    _document(any_house, "plan", "2022-08-17")
    assert _listed(any_house) == [OWN_PLAN]


def test_with_a_document_before_its_day_an_own_plan_enters_the_list_on_the_step_for_it(house: House) -> None:
    leave_only(house, OWN_PLAN)
    replay(house, SIGNED, "2022-07-05")
    _document(house, "plan", "2022-07-05", BAT_XAT)

    replay(house, "2022-07-06", "2022-07-27")
    assert _listed(house) == []
    replay(house, "2022-07-28", "2022-07-28")

    assert _listed(house) == [OWN_PLAN]


def test_a_communes_day_of_the_cycle_is_late_by_the_plan_after_the_plans_own(house: House) -> None:
    leave_only(house, REPORT)
    replay(house, SIGNED, "2022-09-22")
    assert _listed(house) == []

    replay(house, "2022-09-23", "2022-09-23")

    assert _listed(house) == [REPORT]


def test_what_an_inner_day_kept_off_the_list_enters_it_when_the_plans_own_has_passed(house: House) -> None:
    """3.1's day for districts is moved to 19/8: on 9/8 the step for the list comes too early."""
    leave_only(house, INNER)
    with writing(house.engine) as connection:
        moved = obligations.update().where(obligations.c.key == INNER)
        connection.execute(moved.values(plan_day=date(2022, 8, 19)))
    replay(house, SIGNED, "2022-08-19")
    assert [n.day for n in notices_of(house, INNER) if n.step == "list"] == ["2022-08-09"]
    assert _listed(house) == []

    replay(house, "2022-08-20", "2022-08-22")

    assert _listed(house) == [INNER]


def test_proposed_days_make_no_chronic_case(house: House) -> None:
    leave_only(house, OWN_PLAN, f"1.2/{A_MU_SUNG}/once", f"3.1/{A_MU_SUNG}/once")

    replay(house, SIGNED, "2022-08-31")

    assert proposed(house, "chronic") == []


def test_a_district_sets_the_days_of_its_own_communes_alone(house: House) -> None:
    leave_only(house, OWN_PLAN)
    with pytest.raises(Refused):
        _document(house, "report", "2022-07-06", BAT_XAT, "ubnd-tinh")
    with pytest.raises(Invalid, match="Kế hoạch đã ấn định"):
        _document(house, "1.2", "2022-07-06")

    _document(house, "report", "2022-07-06", BAT_XAT)

    assert [(d["place"], d["issuer"]) for d in day_documents.documents(house)] == [(BAT_XAT, "UBND tỉnh")]


def test_what_is_in_time_by_a_proposed_day_raises_no_rate_until_the_plan_or_a_document_judges_it(
    any_house: House,
) -> None:
    """An own plan handed in before 14/7, a cycle report before 9/9, the plan's own day of which is 14/9."""
    leave_only(any_house, OWN_PLAN, REPORT)
    replay(any_house, SIGNED, "2022-07-11")
    reports_in(any_house, OWN_PLAN, "2022-07-12")

    assert _reckoned(any_house, "2022-07-14") == Reckoning(ahead=1, running=1)
    found = _reckoned(any_house, "2022-07-15")
    assert found == Reckoning(asked_in_time=1, running=1)
    assert (found.due, found.judged, found.asked_due) == (0, 0, 1)

    _document(any_house, "plan", "2022-07-18")
    assert _reckoned(any_house, "2022-07-18") == Reckoning(in_time=1, running=1)

    replay(any_house, "2022-09-07", "2022-09-08")
    reports_in(any_house, REPORT, "2022-09-08")
    assert _reckoned(any_house, "2022-09-14") == Reckoning(in_time=1, asked_in_time=1)
    assert _reckoned(any_house, "2022-09-15") == Reckoning(in_time=2)


def _reckoned(house: House, day: str) -> Reckoning:
    with reading(house.engine) as connection:
        return reckon(connection, house.plan.key, date.fromisoformat(day), dated(house.plan.key))
