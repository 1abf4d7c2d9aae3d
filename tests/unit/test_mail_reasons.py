"""Why a mail leaves, in words that blame nobody for another's delay."""

from __future__ import annotations

import pytest

from tasks_lib.bootstrap import House
from tasks_lib.mail_reasons import cause, in_words

UNIT = "x02686-2022"


@pytest.mark.parametrize(
    ("key", "template", "step", "said"),
    [
        ("1.2/{}/once", "remind", "-5", "nhiệm vụ 1.2, xã A Mú Sung, trước hạn 05 ngày làm việc"),
        ("1.2/{}/once", "superior", "+4", "nhiệm vụ 1.2, xã A Mú Sung, quá hạn 04 ngày làm việc"),
        (
            "report/{}/2022-Q3-report", "review", "+3",
            "báo cáo kỳ, xã A Mú Sung, đã báo cáo, chờ xem xét 03 ngày làm việc",
        ),
        (
            "report/{}/2022-Q3-report", "superior", "+2",
            "báo cáo kỳ, xã A Mú Sung, sau ngày đề nghị 02 ngày làm việc",
        ),
        (
            "plan/{}/once", "overdue", "+2",
            "kế hoạch của đơn vị, xã A Mú Sung, sau ngày đề nghị 02 ngày làm việc",
        ),
        ("1.2/{}/once", "correction", "-1", "nhiệm vụ 1.2, xã A Mú Sung, trước hạn 01 ngày làm việc"),
    ],
)  # fmt: skip
def test_the_desks_delay_is_not_the_units(
    house: House, key: str, template: str, step: str, said: str
) -> None:
    assert in_words(house, cause(key.format(UNIT), template, step)) == said
