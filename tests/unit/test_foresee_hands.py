"""Who leads and who implements, what an event opens, and what holds whenever a plan is signed."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from hypothesis import given, settings
from hypothesis import strategies as st

from config.load import OWN_DIRECTORY, load_configuration
from obligations.calendar import WorkingCalendar
from obligations.chain import Roster
from obligations.foresee import due_after_report, foresee, foresee_event, implementers, lead_agencies
from obligations.model import Item, Kind, Plan, Wording
from obligations.period import Period


def item(plan: Plan, key: str) -> Item:
    found = plan.item(key)
    assert found is not None
    return found


def test_joint_leads_answer_through_the_first_named(plan: Plan, roster: Roster) -> None:
    assert lead_agencies(item(plan, "2.6"), roster) == ("van-phong-ubnd-tinh",)
    assert lead_agencies(item(plan, "6.3"), roster) == ("so-giao-duc-va-dao-tao",)


def test_a_lead_is_never_its_own_implementer(plan: Plan, roster: Roster) -> None:
    for each in plan.items:
        assert not set(implementers(each, roster)) & set(roster.members(each.leads))


def test_an_event_opens_a_task_of_its_own(plan: Plan, roster: Roster, calendar: WorkingCalendar) -> None:
    district = roster.agencies["h082-2022"]
    planned = foresee_event(
        plan, item(plan, "2.4"), district, on=date(2022, 8, 10), number=3, calendar=calendar
    )
    assert planned.key == "2.4/h082-2022/e-0003"
    assert (planned.opened_on, planned.last_day) == (date(2022, 8, 10), date(2022, 9, 9))
    assert planned.ladder == "upper-task-district"
    assert not planned.ours
    commune = roster.agencies["x02719-2022"]
    posted = foresee_event(
        plan, item(plan, "2.5"), commune, on=date(2022, 8, 10), number=1, calendar=calendar
    )
    assert posted.ours


def test_the_report_of_the_year_is_sent_before_two_of_its_tasks_are_due(
    plan: Plan, roster: Roster, calendar: WorkingCalendar
) -> None:
    def after(place: str, period: str, sent: date) -> dict[date, list[str]]:
        return due_after_report(plan, roster, calendar, place=place, period=Period(period), sent=sent)

    end = date(2022, 12, 31)
    assert after("so-noi-vu", "2022-year-report", date(2022, 12, 19)) == {end: ["4.2", "4.3"]}
    assert after("h082-2022", "2022-year-report", date(2022, 12, 14)) == {}
    assert after("h082-2022", "2022-Q3-report", date(2022, 9, 14)) == {
        date(2022, 9, 29): ["4.6", "5.1", "5.2", "5.3", "6.4"],
        date(2022, 9, 30): ["3.5"],
    }
    for key in ("4.2", "4.3"):
        assert any("chưa đến hạn" in doubt for doubt in item(plan, key).doubts)


CONFIGURATION = load_configuration(OWN_DIRECTORY)
AGENCIES = CONFIGURATION.agencies


def _in_one_district(ref: str, on: date) -> tuple[str, ...]:
    """Expand a group, of communes to those of one district only."""
    members = CONFIGURATION.members(ref, on)
    return tuple(m for m in members if AGENCIES[m].level.rank or AGENCIES[m].superior == "h082-2022")


@settings(max_examples=settings().max_examples * 2 // 5)
@given(signed=st.dates(date(2022, 1, 4), date(2022, 12, 20)))
def test_whenever_it_is_signed_the_rules_hold(signed: date) -> None:
    plan = replace(CONFIGURATION.plan(), signed_on=signed)
    found = foresee(plan, Roster(AGENCIES, _in_one_district, signed), CONFIGURATION.calendar)
    assert len({p.key for p in found}) == len(found)
    keys = {p.key for p in found}
    for planned in found:
        assert planned.opened_on >= signed
        assert planned.target <= planned.last_day <= planned.plan_day
        assert CONFIGURATION.calendar.is_working(planned.target)
        assert planned.parent is None or planned.parent in keys
        assert planned.why
    cycles = [p for p in found if p.kind is Kind.REPORT]
    assert all(signed <= p.plan_day <= plan.valid_until for p in cycles if p.agency != plan.focal)
    quarterly = [p for p in found if p.item == "2.3"]
    assert all(p.last_day <= plan.valid_until for p in quarterly)
    assert item(plan, "2.3").deadline.wording is Wording.EVERY_QUARTER


def test_a_chairperson_keeps_sheets_while_the_commune_stands() -> None:
    plan, commune = CONFIGURATION.plan(), "x02686-2022"
    known = {**AGENCIES, commune: replace(AGENCIES[commune], valid_to=date(2022, 10, 31))}

    def expand(ref: str, on: date) -> tuple[str, ...]:
        return tuple(m for m in _in_one_district(ref, on) if known[m].exists_on(on))

    found = foresee(plan, Roster(known, expand, plan.signed_on), CONFIGURATION.calendar)
    sheets = [p for p in found if p.agency == commune and p.kind is Kind.SHEET]
    assert [str(p.period) for p in sheets] == ["2022-07", "2022-08", "2022-09"]
    assert [p.previous for p in sheets] == [None, *(p.key for p in sheets[:-1])]
