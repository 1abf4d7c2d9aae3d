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

from obligations.figures import Value
from obligations.model import Figure
from obligations.rollup import Amount, Source, across, amount_of, over_time, plus, shown, split
from tests.support.houses.levels import LEVELS

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
