"""All that is wrong with the figures of an item is told at once, each at its figure, to the letter."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from config.load import Configuration
from obligations.errors import Fault, Faults
from obligations.figures import Value, called, doubt, read_figures, spelled
from obligations.model import Figure
from tests.support.houses.levels import LEVELS

NEWS = Figure(
    item="1.2",
    key="a",
    name="Số tin, bài (đã đăng)",
    unit="bài",
    kind="count",
    nature="period",
    lead=LEVELS.keys,
    hands=(),
    across="sum",
)
MONEY = replace(NEWS, key="b", name="Kinh phí", kind="amount")
SHARE = replace(NEWS, key="c", name="Tỷ lệ hộ (biết đến)", kind="percent")
POSTED = replace(NEWS, key="d", name="Đã niêm yết", kind="yes-no")
KNOWN = (NEWS, MONEY, SHARE, POSTED)
LONG = "9" * 31
COUNT = "cần một số đếm không âm, viết như 1.234"
AMOUNT = "cần một số tiền không âm, viết như 1.234 hoặc 7.024,88"


def test_each_wrong_figure_is_told_at_its_field_and_all_in_one_line() -> None:
    given = {"a": "nhiều", "b": "-1", "c": "3", "d": "có lẽ", "z": "1"}
    with pytest.raises(Faults) as told:
        read_figures("1.2", KNOWN, given)
    faults = (
        Fault("a", f"Số tin, bài: {COUNT}; đã nhập 'nhiều'"),
        Fault("b", f"Kinh phí: {AMOUNT}; đã nhập '-1'"),
        Fault("c", "Tỷ lệ hộ: cần hai số đếm, ví dụ 18/21; đã nhập '3'"),
        Fault("d", "Đã niêm yết: trả lời có hoặc không, đã nhập 'có lẽ'"),
        Fault(
            "z",
            "số liệu 'z' không có trong danh mục (a: Số tin, bài; b: Kinh phí; c: Tỷ lệ hộ; d: Đã niêm yết)",
        ),
    )
    assert told.value.found == faults
    assert str(told.value) == "nhiệm vụ 1.2: " + "; ".join(fault.words for fault in faults)


@pytest.mark.parametrize(
    ("key", "entered", "said"),
    [
        # What was entered is shown so that it fits into a line.
        ("a", LONG, f"Số tin, bài: {COUNT}; đã nhập '{LONG[:30]}…'"),
        ("d", LONG, f"Đã niêm yết: trả lời có hoặc không, đã nhập '{LONG[:30]}…'"),
        ("d", LONG[:30], f"Đã niêm yết: trả lời có hoặc không, đã nhập '{LONG[:30]}'"),
        ("c", "1/2/3", "Tỷ lệ hộ: cần hai số đếm, ví dụ 18/21; đã nhập '1/2/3'"),
        ("c", [4], "Tỷ lệ hộ: cần hai số đếm, ví dụ 18/21; đã nhập '[4]'"),
        ("c", "x/21", f"Tỷ lệ hộ: {COUNT}; đã nhập 'x/21'"),
        ("c", "22/21", "Tỷ lệ hộ: số thứ nhất (22) lớn hơn tổng số (21)"),
        ("a", Decimal("1.5"), f"Số tin, bài: {COUNT}; đã nhập '1.5'"),
        ("a", True, f"Số tin, bài: {COUNT}; đã nhập 'True'"),
        ("b", float("nan"), f"Kinh phí: {AMOUNT}; đã nhập 'nan'"),
        ("b", float("inf"), f"Kinh phí: {AMOUNT}; đã nhập 'inf'"),
        ("b", 100_000_001, "Kinh phí: số quá lớn, nhiều nhất 100.000.000; đã nhập '100000001'"),
        ("c", "1/10000001", "Tỷ lệ hộ: số quá lớn, nhiều nhất 10.000.000; đã nhập '1/10000001'"),
    ],
)
def test_what_cannot_be_a_figure_is_refused_to_the_letter(key: str, entered: object, said: str) -> None:
    with pytest.raises(Faults) as told:
        read_figures("1.2", KNOWN, {key: entered})
    assert told.value.found == (Fault(key, said),)


@pytest.mark.parametrize(
    ("key", "entered", "kept"),
    [
        ("a", "0", 0),
        ("a", Decimal(7), 7),
        ("b", 0.5, "0.5"),
        ("b", Decimal("1E+2"), "100"),
        ("b", 3, "3"),
        ("c", "18 / 21", [18, 21]),
        ("c", "1 018/1 021", [1018, 1021]),
        ("c", (18, 21), [18, 21]),
        ("c", ["0", "21"], [0, 21]),
        *(("d", word, True) for word in ("có", "CO", " yes ", "True", "1", 1)),
        *(("d", word, False) for word in ("không", "Khong", "NO", "false", " 0", 0)),
    ],
)
def test_what_can_be_a_figure_is_kept(key: str, entered: object, kept: Value) -> None:
    # Left empty is no answer, and hides nothing that follows.
    read = read_figures("1.2", KNOWN, {"z": None, "d": None, key: entered})
    assert read == {key: kept}
    assert type(read[key]) is type(kept)


def test_an_item_without_figures_names_none() -> None:
    with pytest.raises(Faults) as told:
        read_figures("1.3", (), {"a": "1"})
    assert str(told.value) == ("nhiệm vụ 1.3: số liệu 'a' không có trong danh mục (không có số liệu nào)")


def test_a_figure_is_called_by_its_key_and_name_without_what_explains_it() -> None:
    assert [called(figure) for figure in (NEWS, MONEY)] == ["a: Số tin, bài", "b: Kinh phí"]


@pytest.mark.parametrize(
    ("figure", "last", "now", "said"),
    [
        (NEWS, 12, 120, "Số tin, bài (đã đăng): gấp 10 lần kỳ trước"),
        (NEWS, 12, 119, ""),
        (NEWS, 0, 10**6, ""),
        (NEWS, 1, 19, "Số tin, bài (đã đăng): gấp 19 lần kỳ trước"),
        (MONEY, "2.5", "37.5", "Kinh phí: gấp 15 lần kỳ trước"),
        # Of two counts the whole is compared: more of the same hundred is no slip.
        (SHARE, [5, 100], [95, 100], ""),
        (SHARE, [1, 1], [1, 10], "Tỷ lệ hộ (biết đến): gấp 10 lần kỳ trước"),
        (POSTED, True, 10, ""),
        (POSTED, 10, True, ""),
    ],
)
def test_ten_times_the_last_is_a_doubt_in_whole_words(
    figure: Figure, last: Value, now: Value, said: str
) -> None:
    assert doubt(figure, now, last, 10) == said


def test_how_many_times_is_far_is_a_number_of_the_configuration(configuration: Configuration) -> None:
    times = configuration.plans[0].settings.doubted_times
    assert times == 10
    assert doubt(SHARE, [1, 3], [1, 1], 3) == "Tỷ lệ hộ (biết đến): gấp 3 lần kỳ trước"
    assert doubt(SHARE, [1, 3], [1, 1], 4) == ""


@pytest.mark.parametrize(
    ("value", "said"),
    [
        (0, ""),
        (999, ""),
        (1000, "1 nghìn 000"),
        (12_000_345, "12 triệu 000 nghìn 345"),
        (1_002_003_004, "1 tỷ 002 triệu 003 nghìn 004"),
        (5_000_000_000_000, "5 nghìn tỷ 000 tỷ 000 triệu 000 nghìn 000"),
        ("0.25", "0 phẩy 25"),
        ("1234.5", "1 nghìn 234 phẩy 5"),
        (False, ""),
        ([9, 10], ""),
        ([9, 1000], "9 trên 1 nghìn 000"),
        ([1234, 5678], "1 nghìn 234 trên 5 nghìn 678"),
    ],
)
def test_a_number_is_spelled_where_its_dots_could_be_meant_otherwise(value: Value, said: str) -> None:
    assert spelled(value) == said
