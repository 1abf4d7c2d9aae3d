"""After a merger the new unit's form shows what those it came of gave in the period before."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from obligations.model import WorkState
from tasks_lib.answering.cycle_words import apart
from tasks_lib.answering.one_report import RowAnswer
from tasks_lib.answering.prefill import Field, prefill
from tasks_lib.answering.submit import Answer
from tasks_lib.desk.review import accept
from tasks_lib.duties.change import Decision
from tasks_lib.kernel.bootstrap import House
from tests.support.life.over_2025 import (
    CHANGE,
    configuration_over_the_change,
    live,
    opened_over_the_change,
)
from tests.support.life.stories import leave_only, morning, reports_in, row

A_MU_SUNG, NAM_CHAC, NEW = "x02686-2022", "x02689-2022", "x02686-2025"
HALF = "2025-H1-report"
NEXT = (f"{A_MU_SUNG}/2025-Q3-report", f"{NEW}/2025-year-report")
"""What the new unit owes after it: the one taken over in the summer, the other its own from the beginning."""
OWED = tuple(
    f"{kind}/{one}"
    for one in (f"{A_MU_SUNG}/{HALF}", f"{NAM_CHAC}/{HALF}", *NEXT)
    for kind in ("report", "row/1.3")
)
GIVEN = {A_MU_SUNG: ([3, 5], "12.5", 4), NAM_CHAC: ([6, 6], "7.5", 2)}
"""Of item 1.3: hamlets with a book among all, money written into it, sums made public."""


@pytest.fixture
def house(any_empty_url: str, home: Path, tmp_path: Path) -> Iterator[House]:
    with opened_over_the_change(any_empty_url, configuration_over_the_change(tmp_path / "c"), home) as fresh:
        yield fresh


def reports(house: House, unit: str, day: str) -> None:
    figures = dict(zip("abc", GIVEN[unit], strict=True))
    said = RowAnswer(row=f"row/1.3/{unit}/{HALF}", text=f"Đã lập sổ ({unit})", figures=figures)
    reports_in(house, f"report/{unit}/{HALF}", day, Answer(text="Báo cáo", rows=(said,)))


def fields(house: House, which: str) -> dict[str, Field]:
    form = prefill(house, f"report/{which}", morning("2025-09-01"))
    return {f.figure.key: f for r in form.rows if r.item.key == "1.3" for f in r.fields}


def test_what_adds_up_is_summed_and_the_rest_is_told_by_name(house: House) -> None:
    """One report was received before the day, one waited and went over: both are of the merged units."""
    leave_only(house, *OWED)
    live(house, "2025-06-09", "2025-06-09")
    for unit in GIVEN:
        reports(house, unit, "2025-06-09")
    accept(
        house,
        Decision(key=f"report/{A_MU_SUNG}/{HALF}", version=1, by="h082-2022", as_of=morning("2025-06-10")),
    )
    live(house, CHANGE, CHANGE)
    assert row(house, f"report/{A_MU_SUNG}/{HALF}").work_state is WorkState.ACCEPTED
    assert row(house, f"report/{NAM_CHAC}/{HALF}").agency_id == NEW

    for which in NEXT:
        found = fields(house, which)
        money, made_public, rate = found["b"], found["c"], found["a"]
        assert (money.last and money.last.value, made_public.last and made_public.last.value) == ("20.0", 6)
        assert (money.before.shown(), made_public.before.shown()) == ("20", "6")
        assert rate.last is None
        assert apart(rate) == "UBND xã A Mú Sung: 3/5 (60%); UBND xã Nậm Chạc: 6/6 (100%)"
        assert apart(money) == ""


def test_one_that_told_nothing_leaves_no_sum(house: House) -> None:
    leave_only(house, *OWED)
    live(house, "2025-06-09", "2025-06-09")
    reports(house, A_MU_SUNG, "2025-06-09")
    live(house, CHANGE, CHANGE)

    money = fields(house, NEXT[0])["b"]
    assert money.last is None
    assert apart(money) == "UBND xã A Mú Sung: 12,5"
