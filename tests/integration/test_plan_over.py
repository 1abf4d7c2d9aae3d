"""After 31/12/2022: who runs a command of the plan, and who reads Monday's table, is told that it is over."""

from __future__ import annotations

from datetime import date

import pytest

from cli.main import run
from store.engine import reading
from tasks_lib.kernel.bootstrap import House
from tasks_lib.mailing.compose_digest import digest_for
from tests.support.life.stories import MUONG_VI, SO_NOI_VU, leave_only

OVER = "Kế hoạch số 239/KH-UBND đã hết hiệu lực (đến hết ngày 31/12/2022)"


@pytest.mark.parametrize(
    "words",
    [
        ("sweep",),
        ("deliver",),
        ("obligations",),
        ("preview", "--on", "2023-02-01"),
        ("plan", "start", "--yes"),
    ],
    ids=" ".join,
)
def test_a_command_says_that_the_plans_time_is_over(
    house: House, words: tuple[str, ...], capfd: pytest.CaptureFixture[str]
) -> None:
    leave_only(house, f"1.2/{MUONG_VI}/once")
    for as_of, told in (("2022-12-30", False), ("2023-02-01", True)):
        on = ["2022-12-30" if word == "2023-02-01" and not told else word for word in words]
        run([*on, "--as-of", as_of])
        assert (f"CHÚ Ý: {OVER}." in capfd.readouterr().err) is told, as_of


def test_mondays_table_says_so(house: House) -> None:
    leave_only(house, f"1.2/{MUONG_VI}/once")
    with reading(house.engine) as connection:
        found = [
            digest_for(connection, house, house.agency(SO_NOI_VU), on, weekly=True, waiting=0)
            for on in (date(2022, 12, 26), date(2023, 1, 3))
        ]
    assert [digest.ended for digest in found if digest] == ["", OVER]
