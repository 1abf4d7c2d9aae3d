"""Sums as they are written, who is missing from them, and who signs off and is asked."""

from __future__ import annotations

from decimal import Decimal

import pytest

from obligations.chain import Roster
from obligations.figures import asked_figures, read_figures
from obligations.foresee import implementers, lead_agencies
from obligations.levels import Level
from obligations.model import Figure, Kind, Part, Plan
from obligations.rollup import Amount, Headcount, consolidates, shown, shown_value
from tests.support.houses.levels import COMMUNE, DISTRICT, LEVELS, PROVINCE

ACROSS = {"count": "sum", "amount": "sum", "percent": "two_counts", "yes-no": "yes_of_n"}


def figure(kind: str, nature: str = "period", across_: str = "") -> Figure:
    return Figure(
        item="1.2",
        key="a",
        name="Số buổi",
        unit="buổi",
        kind=kind,
        nature=nature,
        lead=LEVELS.keys,
        hands=(),
        across=across_ or ACROSS[kind],
    )


@pytest.mark.parametrize(
    ("kind", "amount", "text"),
    [
        ("count", 3, "3"),
        ("count", 1234567, "1.234.567"),
        ("amount", Decimal("12.50"), "12,5"),
        ("amount", Decimal(392400000), "392.400.000"),
        ("amount", Decimal("1E+6"), "1.000.000"),
        ("percent", (18, 21), "18/21 (85,7%)"),
        ("percent", (1, 8), "1/8 (12,5%)"),
        # A half is rounded up, as offices do.
        ("percent", (1, 16), "1/16 (6,3%)"),
        ("percent", (3, 16), "3/16 (18,8%)"),
        ("percent", (21, 21), "21/21 (100%)"),
        ("percent", (2, 3000), "2/3.000 (0,1%)"),
        ("percent", (0, 0), "0/0"),
        ("yes-no", (18, 21), "18/21"),
    ],
)
def test_amounts_are_written_as_offices_do(kind: str, amount: Amount, text: str) -> None:
    assert shown(figure(kind), amount) == text


def test_one_units_answer_is_written_as_it_gave_it() -> None:
    read = read_figures("1.2", [figure("yes-no")], {"a": "có"})
    assert shown_value(figure("yes-no"), read["a"]) == "có"
    assert shown_value(figure("yes-no"), False) == "không"
    assert shown_value(figure("amount"), "2.75") == "2,75"
    assert shown_value(figure("percent"), [18, 21]) == "18/21 (85,7%)"
    assert shown_value(figure("count"), 1234) == "1.234"


def test_a_headcount_names_who_is_missing() -> None:
    def counted(*missing: str) -> str:
        return Headcount(
            tier=COMMUNE.key,
            noun="xã",
            total=21,
            reported=21 - len(missing),
            in_time=18,
            late=0,
            asked=0,
            missing=missing,
        ).said()

    assert counted() == "21/21 xã đã báo cáo"
    assert counted("UBND xã Y Tý", "UBND xã A Lù") == (
        "19/21 xã đã báo cáo; chưa báo cáo: UBND xã Y Tý, UBND xã A Lù"
    )


def test_who_signs_off_for_the_units_below(plan: Plan, roster: Roster) -> None:
    district, commune = roster.agencies["h082-2022"], roster.agencies["x02719-2022"]
    focal, department = roster.agencies[plan.focal], roster.agencies["so-y-te"]
    for item in ("3.1", "3.3"):
        assert consolidates(plan, Kind.TASK, item, district)
        assert not consolidates(plan, Kind.TASK, item, commune)
    assert not consolidates(plan, Kind.TASK, "3.5", district)
    assert [consolidates(plan, Kind.REPORT, None, a) for a in (district, focal, department, commune)] == [
        True,
        True,
        False,
        False,
    ]
    assert not consolidates(plan, Kind.SHEET, None, district)


def test_the_plans_own_figures_are_asked_of_who_holds_them(plan: Plan) -> None:
    def keys(item: str, part: Part, level: Level) -> list[str]:
        found = plan.item(item)
        assert found is not None
        return [f.key for f in asked_figures(found, part, level)]

    assert keys("5.2", Part.LEAD, COMMUNE) == ["a", "c"]
    assert keys("5.2", Part.LEAD, DISTRICT) == ["a", "b", "c"]
    assert keys("2.1", Part.IMPLEMENTS, COMMUNE) == ["a"]
    assert keys("6.6", Part.LEAD, PROVINCE) == ["a", "b", "c"]
    # A coverage is one number: communes give it, their district sees it and gives what it did itself.
    asked = {
        i: (keys(i, Part.IMPLEMENTS, COMMUNE), keys(i, Part.IMPLEMENTS, DISTRICT))
        for i in ("6.1", "6.5", "6.6", "6.8", "7.2", "8.3")
    }
    assert asked == {
        "6.1": (["a"], ["c"]),
        "6.5": (["a"], ["b"]),
        "6.6": (["a"], []),
        "6.8": (["a"], ["b"]),
        "7.2": (["a"], ["b"]),
        "8.3": (["a"], ["b"]),
    }
    # Communes say whether they posted the land prices, not how many decisions the province made.
    assert keys("2.6", Part.IMPLEMENTS, COMMUNE) == ["d"]
    assert keys("2.6", Part.LEAD, PROVINCE) == ["a", "b"]
    assert keys("6.7", Part.LEAD, DISTRICT) == ["c"]


def test_no_stock_is_asked_of_a_commune_and_of_its_district(plan: Plan, roster: Roster) -> None:
    """What a territory has is one number; what both are asked for is each body's own."""
    twice = set()
    for item in plan.items:
        for part, agencies in (
            (Part.LEAD, lead_agencies(item, roster)),
            (Part.IMPLEMENTS, implementers(item, roster)),
        ):
            tiers = {roster.agencies[key].level for key in agencies}
            both = [set(asked_figures(item, part, tier)) for tier in (COMMUNE, DISTRICT) if tier in tiers]
            shared = both[0] & both[1] if len(both) == len(("commune", "district")) else set()
            twice |= {
                (item.key, f.key) for f in shared if f.nature == "as_of" and f.across in ("sum", "two_counts")
            }
    assert twice == {("4.1", "a")}  # the procedures within each body's own competence
