"""What is said of a last day that the plan does not set: each kind's sentence, to the letter."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from obligations.day_words import Way, asked, source
from obligations.days_of_ours import Day, Paper
from obligations.model import Kind

INNER, PLANS = date(2022, 9, 9), date(2022, 9, 14)
WAY = Way("cấp xã", "UBND cấp huyện")
TO_THE_COLLATOR = Way("cấp xã", "Sở Nội vụ", through=False)
DUE = Day(kind=Kind.TASK, item="3.1", last_day=INNER, plan_day=PLANS)
TEXT = "Báo cáo kết quả về Sở Nội vụ trước ngày 15/9/2022"
FOR_THE_DISTRICT = (
    "Kế hoạch ghi “Báo cáo kết quả về Sở Nội vụ trước ngày 15/9/2022”; để UBND cấp huyện kịp tổng hợp,"
    " đề nghị cấp xã gửi chậm nhất ngày 09/9/2022"
)
OF_A_CYCLE = (
    "Kế hoạch không ghi ngày cấp xã gửi; để UBND cấp huyện kịp gửi trước ngày 15/9/2022, đề nghị gửi"
    " chậm nhất ngày 09/9/2022"
)
OF_THE_COLLATOR = "Kế hoạch không ghi ngày gửi báo cáo này; đề nghị chậm nhất ngày 14/9/2022"
A_SHEET = "Kế hoạch ghi “định kỳ hàng tháng” (Mục III.2), không ghi ngày; đề nghị chậm nhất ngày 09/9/2022"


@pytest.mark.parametrize(
    ("kind", "last_day", "said"),
    [
        (Kind.SHEET, INNER, A_SHEET),
        (Kind.PLAN, INNER, "Kế hoạch không ghi thời hạn ban hành; đề nghị chậm nhất ngày 09/9/2022"),
        (Kind.TASK, INNER, FOR_THE_DISTRICT),
        (Kind.TASK, PLANS, "Kế hoạch không ghi ngày; đề nghị chậm nhất ngày 14/9/2022"),
        (Kind.REPORT, INNER, OF_A_CYCLE),
        (Kind.ROW, INNER, OF_A_CYCLE),
        (Kind.REPORT, PLANS, OF_THE_COLLATOR),
    ],
)
def test_a_day_that_is_asked_for_says_what_it_is_good_for(kind: Kind, last_day: date, said: str) -> None:
    assert asked(kind, last_day, PLANS, TEXT, WAY) == said


def test_a_day_says_what_it_rests_on_where_that_is_not_the_plan() -> None:
    assert source(DUE, TEXT, WAY) == FOR_THE_DISTRICT
    assert source(replace(DUE, kind=Kind.SHEET), TEXT, WAY) == A_SHEET
    assert source(replace(DUE, last_day=PLANS), TEXT, WAY) == ""
    paper = Paper(number="12/UBND-NV", signed_on=date(2022, 7, 5), issuer="UBND huyện Bát Xát")
    assert source(replace(DUE, paper=paper), TEXT, WAY) == (
        "Văn bản số 12/UBND-NV ngày 05/7/2022 của UBND huyện Bát Xát ấn định ngày này; Kế hoạch không ghi"
    )


def test_where_no_district_stands_between_it_is_the_collator_that_waits() -> None:
    said = (
        "Kế hoạch không ghi ngày cấp xã gửi; để Sở Nội vụ kịp tổng hợp, đề nghị gửi chậm nhất ngày 09/9/2022"
    )
    assert asked(Kind.REPORT, INNER, PLANS, TEXT, TO_THE_COLLATOR) == said
    assert "để Sở Nội vụ kịp tổng hợp, đề nghị cấp xã gửi" in asked(
        Kind.TASK, INNER, PLANS, TEXT, TO_THE_COLLATOR
    )


def test_the_working_day_before_a_day_off_that_nobody_sets_is_the_one_asked_for() -> None:
    friday, sunday = date(2022, 9, 9), date(2022, 9, 11)
    said = "Kế hoạch không ghi thời hạn ban hành; đề nghị chậm nhất ngày 09/9/2022"
    assert asked(Kind.PLAN, sunday, sunday, TEXT, WAY, friday) == said
    assert source(replace(DUE, kind=Kind.PLAN, last_day=sunday, plan_day=sunday), TEXT, WAY, friday) == said
