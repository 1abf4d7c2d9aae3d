"""Figures as units enter them, and one clear line for each that is wrong."""

from __future__ import annotations

import re
from contextlib import suppress
from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from obligations.errors import Invalid
from obligations.figures import (
    MOST,
    Value,
    asked_figures,
    asks_events,
    called,
    doubt,
    events_figure,
    plain_number,
    spelled,
)
from obligations.figures import read_figures as plainly_read
from obligations.model import Figure, Part, Plan
from tasks_lib.kernel.figures import number, read_figures
from tests.support.houses.levels import LEVELS


def figure(key: str, kind: str) -> Figure:
    return Figure(
        item="1.2",
        key=key,
        name="Số liệu",
        unit="",
        kind=kind,
        nature="period",
        lead=LEVELS.keys,
        hands=(),
        across="sum",
    )


KNOWN = (figure("a", "count"), figure("b", "amount"), figure("c", "percent"), figure("d", "yes-no"))


def read(key: str, value: object) -> Value:
    return read_figures("1.2", KNOWN, {key: value})[key]


@pytest.mark.parametrize(
    ("key", "entered", "kept"),
    [
        ("a", "12", 12),
        ("a", 0, 0),
        ("a", " 7 ", 7),
        ("a", "1.234", 1234),
        ("a", "1.234.567", 1234567),
        ("a", "12 345", 12345),
        ("b", "12,5", "12.5"),
        ("b", "1,5", "1.5"),
        ("b", "1.234", "1234"),
        ("b", "7.024,88", "7024.88"),
        ("b", "1000000", "1000000"),
        ("b", 1.5, "1.5"),
        ("c", "1.018/1.021", [1018, 1021]),
        ("c", "18/21", [18, 21]),
        ("c", [18, 21], [18, 21]),
        ("c", "0/0", [0, 0]),
        ("d", "Có", True),
        ("d", "không", False),
        ("d", True, True),
    ],
)
def test_what_units_enter_is_understood(key: str, entered: object, kept: Value) -> None:
    assert read(key, entered) == kept


@pytest.mark.parametrize(
    ("key", "entered", "said"),
    [
        ("a", "-1", "cần một số đếm không âm, viết như 1.234; đã nhập '-1'"),
        ("a", "1,5", "cần một số đếm"),
        ("a", "٣", "cần một số đếm"),
        ("a", "1_000", "cần một số đếm"),
        ("a", "1.23", "cần một số đếm"),
        ("a", "1,000", "cần một số đếm"),
        ("a", "1e5", "cần một số đếm"),
        ("a", True, "cần một số đếm"),
        ("a", 1.5, "cần một số đếm"),
        ("a", "1" * 31, "cần một số đếm"),
        ("a", "9" * 5000, "cần một số đếm"),
        ("a", "999.999.999.999", "số quá lớn, nhiều nhất 10.000.000"),
        ("b", "1e999999", "cần một số tiền"),
        ("b", "1.234.56", "cần một số tiền"),
        ("b", "5,", "cần một số tiền"),
        ("b", "200.000.000", "số quá lớn, nhiều nhất 100.000.000"),
        ("c", "18,21", "hai số đếm"),
        ("b", "nhiều", "cần một số tiền không âm, viết như 1.234 hoặc 7.024,88; đã nhập 'nhiều'"),
        ("b", "-3", "không âm"),
        ("b", "NaN", "không âm"),
        ("b", "Infinity", "không âm"),
        ("c", "86%", "hai số đếm, ví dụ 18/21"),
        ("c", "22/21", r"số thứ nhất \(22\) lớn hơn tổng số \(21\)"),
        ("c", "1/2/3", "hai số đếm"),
        ("d", "có lẽ", "trả lời có hoặc không"),
        ("x", "1", r"số liệu 'x' không có trong danh mục \(a: Số liệu; b: Số liệu; "),
    ],
)
def test_what_is_wrong_is_said_with_item_and_figure(key: str, entered: object, said: str) -> None:
    with pytest.raises(Invalid, match=said) as refused:
        read(key, entered)
    assert str(refused.value).lower().startswith("nhiệm vụ 1.2: số liệu")


def test_a_figure_left_empty_is_no_answer() -> None:
    assert read_figures("1.2", KNOWN, {"a": None}) == {}


def test_an_item_without_figures_says_so() -> None:
    with pytest.raises(Invalid, match="không có số liệu nào"):
        read_figures("1.3", (), {"a": "1"})


@given(st.text(max_size=12))
def test_any_text_is_read_or_refused_by_name(text: str) -> None:
    for key in ("a", "b", "c", "d"):
        with suppress(Invalid):
            assert read(key, text) is not None


@given(part=st.integers(0, 10_000), rest=st.integers(0, 10_000))
def test_two_counts_come_back_as_they_went_in(part: int, rest: int) -> None:
    assert read("c", f"{part}/{part + rest}") == [part, part + rest]


@given(st.integers(min_value=0, max_value=MOST["count"]))
def test_a_count_written_with_dots_is_itself(count: int) -> None:
    assert read("a", f"{count:,}".replace(",", ".")) == count


@given(st.decimals(min_value=0, max_value=10**8, places=2))
def test_an_amount_as_pages_write_it_is_itself(amount: Decimal) -> None:
    written = f"{amount:,.2f}".translate(str.maketrans(",.", ".,"))
    assert number(written) == amount
    assert read("b", written) == f"{amount:.2f}"


def test_a_figure_may_have_a_bound_of_its_own() -> None:
    visits = replace(figure("a", "count"), most=1_000_000_000)

    assert read_figures("8.4", (visits,), {"a": "250.000.000"}) == {"a": 250_000_000}


@pytest.mark.parametrize(
    ("value", "said"),
    [
        (12, ""),
        (999, ""),
        (1234, "1 nghìn 234"),
        (1_000_000, "1 triệu 000 nghìn 000"),
        ("1.5", "1 phẩy 5"),
        ("7024.88", "7 nghìn 024 phẩy 88"),
        ("1234", "1 nghìn 234"),
        (True, ""),
        ([18, 21], ""),
        ([541, 1640], "541 trên 1 nghìn 640"),
    ],
)
def test_what_can_be_mistaken_is_said_in_words(value: Value, said: str) -> None:
    assert spelled(value) == said


@pytest.mark.parametrize(
    ("kind", "last", "now", "said"),
    [
        ("count", 12, 119, ""),
        ("count", 12, 120, "Số liệu: gấp 10 lần kỳ trước"),
        ("count", 0, 500, ""),
        ("amount", "7.5", "7500", "Số liệu: gấp 1000 lần kỳ trước"),
        ("percent", [5, 10], [60, 100], "Số liệu: gấp 10 lần kỳ trước"),
        ("yes-no", True, False, ""),
    ],
)
def test_ten_times_the_last_period_is_doubted(kind: str, last: Value, now: Value, said: str) -> None:
    assert doubt(figure("a", kind), now, last, 10) == said


COUNT = "cần một số đếm không âm, viết như 1.234"
AMOUNT = "cần một số tiền không âm, viết như 1.234 hoặc 7.024,88"


@pytest.mark.parametrize(
    ("key", "entered", "said"),
    [
        ("a", "-1", f"Số liệu: {COUNT}; đã nhập '-1'"),
        ("a", "1.23", f"Số liệu: {COUNT}; đã nhập '1.23'"),
        ("a", "10.000.001", "Số liệu: số quá lớn, nhiều nhất 10.000.000; đã nhập '10.000.001'"),
        ("b", "nhiều", f"Số liệu: {AMOUNT}; đã nhập 'nhiều'"),
        ("b", "100.000.000,01", "Số liệu: số quá lớn, nhiều nhất 100.000.000; đã nhập '100.000.000,01'"),
        ("c", "86%", "Số liệu: cần hai số đếm, ví dụ 18/21; đã nhập '86%'"),
        ("c", "22/21", "Số liệu: số thứ nhất (22) lớn hơn tổng số (21)"),
        (
            "x",
            "1",
            "số liệu 'x' không có trong danh mục (a: Số liệu; b: Số liệu; c: Số liệu; d: Số liệu)",
        ),
    ],
)
def test_a_refusal_is_read_to_the_letter(key: str, entered: str, said: str) -> None:
    with pytest.raises(Invalid) as refused:
        read(key, entered)
    assert str(refused.value) == f"nhiệm vụ 1.2: {said}"


def test_what_is_exactly_at_its_bound_is_taken() -> None:
    assert read("a", "10.000.000") == 10_000_000
    assert read("b", "100.000.000") == "100000000"
    assert read("c", "21/21") == [21, 21]
    assert read("a", "0" * 29 + "1") == 1
    assert read("a", "0" * 30) == 0


def test_without_a_reader_of_notation_only_digits_and_a_comma_are_read() -> None:
    assert plain_number("12,5") == Decimal("12.5")
    assert plain_number("1234") == 1234
    for none in ("1.234", "", ",5", "5,", "1,2,3", " 1"):
        with pytest.raises(ValueError, match=f"^{re.escape(none)}$"):
            plain_number(none)
    assert plainly_read("1.2", KNOWN, {"a": "12"}) == {"a": 12}


def test_who_is_asked_for_which_figure(plan: Plan) -> None:
    news, regulated = plan.item("1.2"), plan.item("2.4")
    assert news is not None
    assert regulated is not None
    for level in LEVELS:
        assert asked_figures(news, Part.LEAD, level) == tuple(f for f in news.figures if level.key in f.lead)
        assert asked_figures(news, Part.IMPLEMENTS, level) == tuple(
            f for f in news.figures if level.key in f.hands
        )
    assert (asks_events(regulated, Part.LEAD), asks_events(regulated, Part.IMPLEMENTS)) == (True, False)
    assert not asks_events(news, Part.LEAD)
    events = events_figure(regulated)
    assert (events.item, events.key, events.name) == ("2.4", "events", "Số lần phát sinh trong kỳ")
    assert (events.unit, events.kind, events.nature, events.across) == ("lần", "count", "period", "sum")
    assert (events.lead, events.hands) == ((), ())
    assert called(events) == "events: Số lần phát sinh trong kỳ"
