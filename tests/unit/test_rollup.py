"""Figures add up across units and over time whatever the order, and each number says where it is from."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from decimal import Decimal
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from obligations.chain import Roster
from obligations.figures import Value, asked_figures, read_figures
from obligations.foresee import implementers, lead_agencies
from obligations.levels import Level
from obligations.model import Figure, Kind, Plan
from obligations.rollup import (
    Amount,
    Headcount,
    Source,
    across,
    amount_of,
    consolidates,
    over_time,
    plus,
    shown,
    shown_value,
    split,
)
from tests.support.houses.levels import COMMUNE, DISTRICT, LEVELS, PROVINCE

PERIODS = {
    "2022-Q1-report": date(2022, 3, 14),
    "2022-H1-report": date(2022, 6, 14),
    "2022-Q3-report": date(2022, 9, 14),
    "2022-year-report": date(2022, 12, 14),
}
ACROSS = {"count": "sum", "amount": "sum", "percent": "two_counts", "yes-no": "yes_of_n"}
AGENCIES = tuple(f"x{n}" for n in range(6))


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


def source(agency: str, value: Value, period: str = "2022-Q3-report", version: int = 1) -> Source:
    return Source(
        agency=agency,
        obligation=f"row/1.2/{agency}/{period}",
        version=version,
        period=period,
        until=PERIODS[period],
        value=value,
    )


def pair(numbers: tuple[int, int]) -> Value:
    return sorted(numbers)


VALUES: dict[str, st.SearchStrategy[Value]] = {
    "count": st.integers(0, 10**9),
    "amount": st.decimals(0, 10**12, places=2).map(str),
    "percent": st.tuples(st.integers(0, 10**6), st.integers(0, 10**6)).map(pair),
    "yes-no": st.booleans(),
}


@st.composite
def told(draw: st.DrawFn) -> tuple[Figure, list[Source]]:
    """A figure of any kind, and what some agencies gave in some periods; others gave nothing."""
    kind = draw(st.sampled_from(sorted(VALUES)))
    found = figure(kind, draw(st.sampled_from(["period", "as_of"])))
    who = st.tuples(st.sampled_from(AGENCIES), st.sampled_from(sorted(PERIODS)))
    said = draw(st.dictionaries(who, VALUES[kind], max_size=15))
    return found, [source(agency, value, period) for (agency, period), value in said.items()]


Adding = Callable[[Figure, list[Source]], object]


@given(told(), st.randoms(use_true_random=False), st.sampled_from([across, over_time]))
def test_the_order_of_reports_does_not_matter(
    drawn: tuple[Figure, list[Source]], dice: Random, adding: Adding
) -> None:
    asked, sources = drawn
    mixed = [*sources]
    dice.shuffle(mixed)
    assert adding(asked, mixed) == adding(asked, sources)


@given(told(), st.lists(st.sampled_from(["h1", "h2", "h3"]), min_size=6, max_size=6))
def test_districts_added_up_are_the_province(
    drawn: tuple[Figure, list[Source]], districts: list[str]
) -> None:
    asked, sources = drawn
    district_of = dict(zip(AGENCIES, districts, strict=True))
    for whole in (across(asked, sources), over_time(asked, sources)):
        parts = split(whole, lambda agency: district_of[agency])
        amount: Amount | None = None
        for part in parts.values():
            amount = plus(amount, part.amount)
        assert amount == whole.amount
        assert sum(len(part.sources) for part in parts.values()) == len(whole.sources)
        for name, part in parts.items():
            assert {district_of[s.agency] for s in part.sources} == {name}


@given(told())
def test_every_number_is_what_its_sources_add_up_to(drawn: tuple[Figure, list[Source]]) -> None:
    asked, sources = drawn
    for total in (across(asked, sources), over_time(asked, sources)):
        assert all(s in sources for s in total.sources)
        amount: Amount | None = None
        for s in total.sources:
            amount = plus(amount, amount_of(s.value))
        assert amount == total.amount
    assert len(across(asked, sources).sources) == len(sources)


@given(told())
def test_over_time_period_figures_add_and_as_of_figures_take_each_units_last(
    drawn: tuple[Figure, list[Source]],
) -> None:
    asked, sources = drawn
    adding = over_time(replace(asked, nature="period"), sources)
    taking = over_time(replace(asked, nature="as_of"), sources)
    assert sorted(s.obligation for s in adding.sources) == sorted(s.obligation for s in sources)
    last = {
        agency: max(s.until for s in sources if s.agency == agency) for agency in {s.agency for s in sources}
    }
    assert {s.agency: s.until for s in taking.sources} == last
    assert len(taking.sources) == len(last)


@given(st.lists(VALUES["percent"], min_size=1, max_size=21))
def test_percentages_are_added_by_their_two_counts_and_never_as_percentages(values: list[Value]) -> None:
    total = across(figure("percent"), [source(f"x{n}", value) for n, value in enumerate(values)])
    parts = [value for value in values if isinstance(value, list)]
    assert total.amount == (sum(p for p, _ in parts), sum(w for _, w in parts))


def test_a_small_and_a_large_unit_weigh_as_they_are() -> None:
    total = across(figure("percent"), [source("x1", [1, 2]), source("x2", [97, 98])])
    assert total.shown() == "98/100 (98%)"


def test_who_gave_nothing_is_absent_and_not_zero() -> None:
    nobody = across(figure("count"), [])
    assert (nobody.amount, nobody.shown(), nobody.sources) == (None, "", ())
    one = across(figure("count"), [source("x1", 0)])
    assert (one.amount, one.shown()) == (0, "0")
    assert (plus(None, 3), plus(3, None), plus(None, None)) == (3, 3, None)


def test_counts_stay_whole_numbers_and_money_keeps_its_decimals() -> None:
    added = [plus(amount_of(3), amount_of(4)), plus(amount_of("0.10"), amount_of("0.20"))]
    assert [(amount, type(amount)) for amount in added] == [(7, int), (Decimal("0.30"), Decimal)]
    assert shown(figure("count"), 9_007_199_254_740_993) == "9.007.199.254.740.993"


def test_yes_is_counted_among_those_who_answered() -> None:
    answers: dict[str, Value] = {"x1": True, "x2": False, "x3": True}
    total = across(figure("yes-no"), [source(agency, yes) for agency, yes in answers.items()])
    assert (total.amount, total.shown()) == ((2, 3), "2/3")


def test_what_cannot_be_added_up_is_only_listed() -> None:
    total = across(figure("count", across_="none"), [source("x1", 30), source("x2", 20)])
    assert (total.figure.across, total.amount, total.shown()) == ("none", None, "")
    assert [s.value for s in total.sources] == [30, 20]


def test_of_one_report_only_the_newest_version_counts() -> None:
    versions = [source("x1", 7, version=2), source("x1", 5, version=1), source("x2", 1)]
    total = across(figure("count"), versions)
    assert total.amount == 8
    assert [(s.agency, s.version) for s in total.sources] == [("x1", 2), ("x2", 1)]


def test_a_number_and_two_counts_do_not_add_up() -> None:
    for one, other, said in ((3, (1, 2), "3, (1, 2)"), ((1, 2), 3, "(1, 2), 3")):
        with pytest.raises(TypeError) as refused:
            plus(one, other)
        assert str(refused.value) == f"two counts and a number do not add up: {said}"


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
    def keys(item: str, part: str, level: Level) -> list[str]:
        found = plan.item(item)
        assert found is not None
        return [f.key for f in asked_figures(found, part, level)]

    assert keys("5.2", "lead", COMMUNE) == ["a", "c"]
    assert keys("5.2", "lead", DISTRICT) == ["a", "b", "c"]
    assert keys("2.1", "implements", COMMUNE) == ["a"]
    assert keys("6.6", "lead", PROVINCE) == ["a", "b", "c"]
    # A coverage is one number: communes give it, their district sees it and gives what it did itself.
    asked = {
        i: (keys(i, "implements", COMMUNE), keys(i, "implements", DISTRICT))
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
    assert keys("2.6", "implements", COMMUNE) == ["d"]
    assert keys("2.6", "lead", PROVINCE) == ["a", "b"]
    assert keys("6.7", "lead", DISTRICT) == ["c"]


def test_no_stock_is_asked_of_a_commune_and_of_its_district(plan: Plan, roster: Roster) -> None:
    """What a territory has is one number; what both are asked for is each body's own."""
    twice = set()
    for item in plan.items:
        for part, agencies in (
            ("lead", lead_agencies(item, roster)),
            ("implements", implementers(item, roster)),
        ):
            tiers = {roster.agencies[key].level for key in agencies}
            both = [set(asked_figures(item, part, tier)) for tier in (COMMUNE, DISTRICT) if tier in tiers]
            shared = both[0] & both[1] if len(both) == len(("commune", "district")) else set()
            twice |= {
                (item.key, f.key) for f in shared if f.nature == "as_of" and f.across in ("sum", "two_counts")
            }
    assert twice == {("4.1", "a")}  # the procedures within each body's own competence
