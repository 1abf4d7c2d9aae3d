"""When "nothing arose" is an answer, and what a report must not go without."""

from __future__ import annotations

import pytest

from obligations.answers import IN_ITS_REPORT, NOT_FOR_DATED, NOT_FOR_UNITS, wanting, why_not_nothing
from obligations.model import Figure, Kind, Plan, Wording


def test_in_plan_239_only_the_as_regulated_items_take_nothing_arose(plan: Plan) -> None:
    allowed = {i.key for i in (*plan.items, *plan.duties) if i.nothing_may_arise}

    assert allowed == {"2.4", "2.5", "2.6", "4.5"}
    assert allowed == {i.key for i in plan.items if i.deadline.wording is Wording.AS_REGULATED}


@pytest.mark.parametrize("kind", Kind)
def test_nothing_arose_answers_rows_that_stand_alone_and_what_the_data_allows(kind: Kind) -> None:
    answers = {
        (allowed, inside)
        for allowed in (True, False)
        for inside in (True, False)
        if not why_not_nothing(kind, may_arise_nothing=allowed, in_report=inside)
    }

    expected = {Kind.ROW: {(True, False), (False, False)}, Kind.TASK: {(True, True), (True, False)}}
    assert answers == expected.get(kind, set())


@pytest.mark.parametrize("kind", Kind)
def test_anything_the_plan_calls_for_is_enough_and_a_sheet_needs_nothing(kind: Kind) -> None:
    assert wanting(kind, (), given=True, proven=False) == ""
    assert wanting(kind, (), given=False, proven=True) == ""
    assert wanting(kind, (), given=False, proven=False, without="chờ ký") == ""
    assert bool(wanting(kind, (), given=False, proven=False, without="  ")) == (kind is not Kind.SHEET)


def _figure(name: str) -> Figure:
    return Figure(
        item="1.2",
        key="a",
        name=name,
        unit="",
        kind="count",
        nature="period",
        lead=(),
        hands=(),
        across="sum",
    )


NEWS, VIEWS = _figure("Số tin, bài (đã đăng)"), _figure("Số lượt xem")
PROVE = "kèm tài liệu kiểm chứng hoặc số, ngày văn bản"


@pytest.mark.parametrize(
    ("kind", "asked", "said"),
    [
        (Kind.REPORT, (), f"nhập nội dung, số liệu của ít nhất một nhiệm vụ, hoặc {PROVE}"),
        (Kind.PLAN, (), "nhập số, ngày kế hoạch đã ban hành hoặc kèm tệp kế hoạch"),
        (Kind.TASK, (), PROVE),
        (Kind.TASK, (NEWS, VIEWS), f"nhập ít nhất một số liệu (Số tin, bài; Số lượt xem), hoặc {PROVE}"),
        (Kind.ROW, (VIEWS,), f"nhập ít nhất một số liệu (Số lượt xem), hoặc {PROVE}"),
    ],
)
def test_what_is_wanting_is_read_to_the_letter(kind: Kind, asked: tuple[Figure, ...], said: str) -> None:
    found = wanting(kind, asked, given=False, proven=False)
    assert found == f"báo cáo còn để trống: {said}; nếu chưa có, nêu lý do"


def test_why_nothing_arose_is_no_answer_is_read_to_the_letter() -> None:
    assert why_not_nothing(Kind.TASK, may_arise_nothing=False) == NOT_FOR_DATED
    assert why_not_nothing(Kind.ROW, may_arise_nothing=True, in_report=True) == IN_ITS_REPORT
    assert why_not_nothing(Kind.ROW, may_arise_nothing=True) == ""
    assert why_not_nothing(Kind.REPORT, may_arise_nothing=True) == NOT_FOR_UNITS
