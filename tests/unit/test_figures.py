"""Figures as units enter them, and one clear line for each that is wrong."""

from __future__ import annotations

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from obligations.errors import Invalid
from obligations.figures import Value, read_figures
from obligations.model import Figure


def figure(key: str, kind: str) -> Figure:
    return Figure(
        item="1.2", key=key, name="Số liệu", unit="", kind=kind, nature="period", holder="all", across="sum"
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
        ("b", "12,5", "12.5"),
        ("b", "1000000", "1000000"),
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
        ("a", "-1", "cần một số đếm không âm, đã nhập '-1'"),
        ("a", "1,5", "cần một số đếm"),
        ("a", "٣", "cần một số đếm"),
        ("b", "nhiều", "cần một số tiền, đã nhập 'nhiều'"),
        ("b", "-3", "không âm"),
        ("b", "NaN", "không âm"),
        ("b", "Infinity", "không âm"),
        ("c", "86%", "hai số đếm, ví dụ 18/21"),
        ("c", "22/21", r"số thứ nhất \(22\) lớn hơn tổng số \(21\)"),
        ("c", "1/2/3", "hai số đếm"),
        ("d", "có lẽ", "trả lời có hoặc không"),
        ("x", "1", r"số liệu 'x' không có trong danh mục \(a, b, c, d\)"),
    ],
)
def test_what_is_wrong_is_said_with_item_and_figure(key: str, entered: object, said: str) -> None:
    with pytest.raises(Invalid, match=said) as refused:
        read(key, entered)
    assert str(refused.value).startswith("nhiệm vụ 1.2: số liệu")


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
