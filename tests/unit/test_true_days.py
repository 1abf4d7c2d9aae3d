"""Which days can be true: tables of days, what is refused and what is only doubted."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest

from config.load import Configuration
from obligations.errors import Invalid, Refused
from obligations.true_days import (
    ARRIVED,
    COMPLETED,
    SIGNED,
    Term,
    check_arrival,
    check_entry,
    check_event,
    check_moving_document,
    check_new_day,
    check_review,
    doubt,
    last_movable,
    term_of,
)

PLAN_SIGNED, VALID_UNTIL, TODAY = date(2022, 6, 30), date(2022, 12, 31), date(2022, 10, 5)
OF_THE_PLAN = Term(signed_on=PLAN_SIGNED, opened_on=PLAN_SIGNED, entered_on=TODAY, days_back=366)
OF_QUARTER_IV = Term(signed_on=PLAN_SIGNED, opened_on=date(2022, 10, 1), entered_on=TODAY, days_back=366)


@pytest.mark.parametrize(
    ("day", "term", "told"),
    [
        (date(2022, 6, 30), OF_THE_PLAN, ""),
        (date(2022, 7, 10), OF_THE_PLAN, ""),
        (TODAY, OF_THE_PLAN, ""),
        (date(2022, 6, 29), OF_THE_PLAN, "trước ngày ban hành Kế hoạch 30/6/2022"),
        (date(2021, 7, 10), OF_THE_PLAN, "10/7/2021 ở trước ngày ban hành"),
        (date(2021, 6, 29), OF_THE_PLAN, "29/6/2021 ở trước ngày ban hành"),
        (date(2022, 9, 28), OF_QUARTER_IV, "28/9/2022 ở trước ngày bắt đầu 01/10/2022"),
        (date(2022, 10, 1), OF_QUARTER_IV, ""),
        (date(2022, 6, 1), OF_QUARTER_IV, "trước ngày ban hành Kế hoạch"),
    ],
)
@pytest.mark.parametrize("name", [COMPLETED, SIGNED, ARRIVED])
def test_a_day_an_official_may_have_meant_is_a_doubt(name: str, day: date, term: Term, told: str) -> None:
    found = doubt({name: day, "ngày khác": None}, term)
    assert (told in found and name in found) if told else found == ""


@pytest.mark.parametrize(
    ("name", "day", "told"),
    [
        (COMPLETED, date(2022, 10, 6), "ngày hoàn thành 06/10/2022 ở sau ngày cập nhật 05/10/2022"),
        (SIGNED, date(2022, 10, 6), "ngày văn bản 06/10/2022 ở sau ngày ghi nhận 05/10/2022"),
        (SIGNED, date(2220, 7, 10), "sau ngày ghi nhận"),
        (COMPLETED, date(2021, 1, 1), "hơn một năm"),
        (SIGNED, date(2012, 7, 10), "hơn một năm"),
        (SIGNED, date(2021, 6, 28), "hơn một năm"),
    ],
)
def test_a_day_that_cannot_be_is_refused_with_field_and_day(name: str, day: date, told: str) -> None:
    with pytest.raises(Invalid, match=told):
        doubt({name: day}, OF_THE_PLAN)


def test_how_far_back_a_day_may_lie_is_a_number_of_the_configuration(configuration: Configuration) -> None:
    plan = configuration.plans[0]
    month = replace(plan, settings=replace(plan.settings, doubted_days_back=30))
    assert term_of(plan, PLAN_SIGNED, TODAY) == OF_THE_PLAN
    assert doubt({SIGNED: date(2022, 5, 31)}, term_of(month, PLAN_SIGNED, TODAY)) != ""
    with pytest.raises(Invalid, match="ở trước ngày ban hành Kế hoạch 30/6/2022 hơn 30 ngày"):
        doubt({SIGNED: date(2022, 5, 30)}, term_of(month, PLAN_SIGNED, TODAY))


def test_two_doubtful_days_are_both_named() -> None:
    found = doubt({SIGNED: date(2022, 6, 1), COMPLETED: date(2022, 6, 2)}, OF_THE_PLAN)
    assert "01/6/2022" in found
    assert "02/6/2022" in found


@pytest.mark.parametrize(
    ("arrived", "document", "told"),
    [
        (date(2022, 9, 8), date(2022, 9, 8), ""),
        (date(2022, 9, 12), date(2022, 9, 8), ""),
        (TODAY, date(2022, 9, 8), ""),
        (date(2022, 9, 7), date(2022, 9, 8), "ngày đến 07/9/2022 ở trước ngày văn bản 08/9/2022"),
        (date(2022, 10, 6), date(2022, 9, 8), "ngày đến 06/10/2022 ở sau ngày ghi nhận"),
        (date(2022, 10, 6), date(2022, 10, 6), "ngày văn bản 06/10/2022 ở sau ngày ghi nhận"),
    ],
)
def test_a_paper_arrives_after_it_was_signed_and_not_tomorrow(
    arrived: date, document: date, told: str
) -> None:
    if not told:
        check_arrival(arrived, document, TODAY)
        return
    with pytest.raises(Invalid, match=told):
        check_arrival(arrived, document, TODAY)


@pytest.mark.parametrize(
    ("day", "told"),
    [
        (date(2022, 6, 30), ""),
        (TODAY, ""),
        (date(2022, 6, 29), "trước ngày ban hành"),
        (date(2019, 8, 10), "trước ngày ban hành"),
        (date(2022, 11, 1), "sau ngày ghi nhận"),
    ],
)
def test_an_event_lies_between_signing_and_today(day: date, told: str) -> None:
    if not told:
        check_event(day, PLAN_SIGNED, TODAY)
        return
    with pytest.raises(Invalid, match=told):
        check_event(day, PLAN_SIGNED, TODAY)


@pytest.mark.parametrize(
    ("until", "fits"),
    [
        (date(2022, 10, 14), True),
        (date(2023, 12, 31), True),
        (date(2024, 1, 1), False),
        (date(2099, 10, 14), False),
        (date(2999, 10, 14), False),
    ],
)
def test_a_last_day_is_moved_within_the_plans_life_and_one_year(until: date, fits: bool) -> None:
    if fits:
        check_new_day(until, VALID_UNTIL)
        return
    with pytest.raises(Invalid, match="hiệu lực của Kế hoạch và một năm"):
        check_new_day(until, VALID_UNTIL)


def test_a_plan_that_ends_on_29_february_has_a_year_too() -> None:
    assert last_movable(date(2024, 2, 29)) == date(2025, 2, 28)


def test_the_document_that_moves_a_day_is_of_the_plans_time() -> None:
    check_moving_document(None, PLAN_SIGNED, TODAY)
    check_moving_document(PLAN_SIGNED, PLAN_SIGNED, TODAY)
    for day in (date(2022, 6, 29), date(2022, 12, 31)):
        with pytest.raises(Invalid, match="ngày văn bản"):
            check_moving_document(day, PLAN_SIGNED, TODAY)


def test_nothing_is_done_before_the_signing_and_no_report_is_looked_at_before_it_came() -> None:
    check_entry(PLAN_SIGNED, PLAN_SIGNED)
    with pytest.raises(Invalid, match="--as-of: 29/6/2022 ở trước ngày ban hành"):
        check_entry(date(2022, 6, 29), PLAN_SIGNED)
    check_review(TODAY, None)
    check_review(TODAY, TODAY)
    with pytest.raises(
        Refused, match="ngày xem xét 05/10/2022 ở trước ngày báo cáo được cập nhật 06/10/2022"
    ):
        check_review(TODAY, date(2022, 10, 6))


D = date
SAID = [
    (
        lambda: check_entry(D(2022, 6, 29), PLAN_SIGNED),
        "--as-of: 29/6/2022 ở trước ngày ban hành Kế hoạch 30/6/2022",
    ),
    (
        lambda: doubt({COMPLETED: D(2022, 10, 6)}, OF_THE_PLAN),
        "ngày hoàn thành 06/10/2022 ở sau ngày cập nhật 05/10/2022",
    ),
    (
        lambda: doubt({SIGNED: D(2022, 10, 6)}, OF_THE_PLAN),
        "ngày văn bản 06/10/2022 ở sau ngày ghi nhận 05/10/2022",
    ),
    (
        lambda: doubt({ARRIVED: D(2021, 6, 28)}, OF_THE_PLAN),
        "ngày đến 28/6/2021 ở trước ngày ban hành Kế hoạch 30/6/2022 hơn một năm; đề nghị kiểm tra lại năm",
    ),
    (
        lambda: check_arrival(D(2022, 7, 1), D(2022, 7, 3), D(2022, 7, 2)),
        "ngày văn bản 03/7/2022 ở sau ngày ghi nhận 02/7/2022",
    ),
    (
        lambda: check_arrival(D(2022, 7, 1), D(2022, 7, 2), D(2022, 7, 2)),
        "ngày đến 01/7/2022 ở trước ngày văn bản 02/7/2022",
    ),
    (
        lambda: check_arrival(D(2022, 7, 3), D(2022, 7, 1), D(2022, 7, 2)),
        "ngày đến 03/7/2022 ở sau ngày ghi nhận 02/7/2022",
    ),
    (
        lambda: check_event(D(2022, 6, 29), PLAN_SIGNED, TODAY),
        "--on: ngày của sự kiện 29/6/2022 ở trước ngày ban hành Kế hoạch 30/6/2022",
    ),
    (
        lambda: check_event(D(2022, 10, 6), PLAN_SIGNED, TODAY),
        "--on: ngày của sự kiện 06/10/2022 ở sau ngày ghi nhận 05/10/2022",
    ),
    (
        lambda: check_review(D(2022, 10, 4), TODAY),
        "ngày xem xét 04/10/2022 ở trước ngày báo cáo được cập nhật 05/10/2022",
    ),
    (
        lambda: check_new_day(D(2024, 1, 1), VALID_UNTIL),
        "--until: 01/01/2024 ở sau 31/12/2023 (hiệu lực của Kế hoạch và một năm); đề nghị kiểm tra lại năm",
    ),
    (
        lambda: check_new_day(D(2024, 1, 1), VALID_UNTIL, "ngày xin"),
        "ngày xin: 01/01/2024 ở sau 31/12/2023 (hiệu lực của Kế hoạch và một năm); đề nghị kiểm tra lại năm",
    ),
    (
        lambda: check_moving_document(D(2022, 10, 6), PLAN_SIGNED, TODAY),
        "--on: ngày văn bản 06/10/2022 ở sau ngày ghi nhận 05/10/2022",
    ),
    (
        lambda: check_moving_document(D(2022, 6, 29), PLAN_SIGNED, TODAY),
        "--on: ngày văn bản 29/6/2022 ở trước ngày ban hành Kế hoạch 30/6/2022",
    ),
]


@pytest.mark.parametrize(("asked", "said"), SAID)
def test_a_refusal_is_read_to_the_letter(asked: Callable[[], object], said: str) -> None:
    with pytest.raises((Invalid, Refused)) as refused:
        asked()
    assert str(refused.value) == said


def test_a_doubt_is_read_to_the_letter() -> None:
    assert doubt({COMPLETED: D(2022, 9, 28), SIGNED: D(2022, 6, 1)}, OF_QUARTER_IV) == (
        "ngày hoàn thành 28/9/2022 ở trước ngày bắt đầu 01/10/2022;"
        " ngày văn bản 01/6/2022 ở trước ngày ban hành Kế hoạch 30/6/2022"
    )


@pytest.mark.parametrize(
    "allowed",
    [
        lambda: check_entry(PLAN_SIGNED, PLAN_SIGNED),
        lambda: check_arrival(D(2022, 7, 2), D(2022, 7, 2), D(2022, 7, 2)),
        lambda: check_event(PLAN_SIGNED, PLAN_SIGNED, PLAN_SIGNED),
        lambda: check_review(TODAY, TODAY),
        lambda: check_review(TODAY, None),
        lambda: check_new_day(D(2023, 12, 31), VALID_UNTIL),
        lambda: check_moving_document(None, PLAN_SIGNED, TODAY),
        lambda: check_moving_document(PLAN_SIGNED, PLAN_SIGNED, PLAN_SIGNED),
    ],
)
def test_the_first_and_the_last_day_can_be_true(allowed: Callable[[], None]) -> None:
    allowed()


def test_a_leap_day_has_no_like_a_year_later() -> None:
    assert last_movable(D(2024, 2, 29)) == D(2025, 2, 28)
    assert last_movable(D(2023, 2, 28)) == D(2024, 2, 28)
