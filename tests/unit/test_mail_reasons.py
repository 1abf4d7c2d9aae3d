"""Why a mail leaves, in words that blame nobody for another's delay."""

from __future__ import annotations

import pytest

from tasks_lib.kernel.bootstrap import House
from tasks_lib.mailing.mail_reasons import cause, in_words

UNIT = "x02686-2022"


@pytest.mark.parametrize(
    ("key", "template", "step", "proposed", "said"),
    [
        ("1.2/{}/once", "remind", "-5", False, "nhiệm vụ 1.2, xã A Mú Sung, trước hạn 05 ngày làm việc"),
        ("1.2/{}/once", "superior", "+4", False, "nhiệm vụ 1.2, xã A Mú Sung, quá hạn 04 ngày làm việc"),
        (
            "report/{}/2022-Q3-report",
            "review",
            "+3",
            True,
            "báo cáo kỳ, xã A Mú Sung, đã báo cáo, chờ xem xét 03 ngày làm việc",
        ),
        (
            "report/{}/2022-Q3-report",
            "superior",
            "+2",
            True,
            "báo cáo kỳ, xã A Mú Sung, sau ngày đề nghị 02 ngày làm việc",
        ),
        (
            "plan/{}/once",
            "overdue",
            "+2",
            True,
            "kế hoạch của đơn vị, xã A Mú Sung, sau ngày đề nghị 02 ngày làm việc",
        ),
        (
            "3.1/{}/once",
            "superior",
            "+2",
            True,
            "nhiệm vụ 3.1, xã A Mú Sung, sau ngày đề nghị 02 ngày làm việc",
        ),
        (
            "3.1/{}/once",
            "remind",
            "-5",
            True,
            "nhiệm vụ 3.1, xã A Mú Sung, trước ngày đề nghị 05 ngày làm việc",
        ),
        ("1.2/{}/once", "correction", "-1", True, "nhiệm vụ 1.2, xã A Mú Sung, trước hạn 01 ngày làm việc"),
    ],
)
def test_the_desks_delay_is_not_the_units(
    house: House, key: str, template: str, step: str, proposed: bool, said: str
) -> None:
    assert in_words(house, cause(key.format(UNIT), template, step, proposed=proposed)) == said
