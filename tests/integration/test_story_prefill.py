"""What stands beside a form's fields: carried, added up, and drawn from the units below."""

from __future__ import annotations

from typing import Any

import pytest

from obligations.errors import Invalid
from store.engine import reading
from tasks_lib.answering.one_report import RowAnswer
from tasks_lib.answering.prefill import Field, Prefill, RowPrefill, prefill
from tasks_lib.answering.submit import Answer
from tasks_lib.desk.review import ask_more
from tasks_lib.duties.change import Decision
from tasks_lib.kernel.bootstrap import House
from tasks_lib.rollup.sign_off import missing_below
from tests.support.life.stories import (
    A_MU_SUNG,
    BAT_XAT,
    MUONG_VI,
    SA_PA,
    SO_NOI_VU,
    Y_TY,
    leave_only,
    morning,
    reports_in,
    row,
)

Q3, YEAR = "2022-Q3-report", "2022-year-report"
SO_TU_PHAP, VAN_PHONG = "so-tu-phap", "van-phong-ubnd-tinh"


def _report(agency: str, period: str = Q3) -> str:
    return f"report/{agency}/{period}"


def _hands_in(house: House, agency: str, day: str, said: dict[str, dict[str, Any]], period: str = Q3) -> None:
    key = _report(agency, period)
    rows = tuple(
        RowAnswer(row=f"row/{item}/{agency}/{period}", text=f"Kết quả {item}", figures=figures)
        for item, figures in said.items()
    )
    with reading(house.engine) as connection:
        missing = missing_below(connection, house, row(house, key))
    reports_in(house, key, day, Answer(text="Báo cáo", rows=rows, missing=missing))


def _before(house: House, key: str, day: str) -> Prefill:
    return prefill(house, key, morning(day))


def _row(found: Prefill, item: str) -> RowPrefill:
    return next(r for r in found.rows if r.item.key == item)


def _field(found: Prefill, item: str, key: str) -> Field:
    return next(f for f in _row(found, item).fields if f.figure.key == key)


def test_the_last_periods_figures_stand_there_to_be_carried_and_what_adds_up_is_computed(
    any_house: House,
) -> None:
    said = {"1.3": {"a": [18, 21], "c": 4}, "2.5": {"events": 2, "a": 1}}
    _hands_in(any_house, A_MU_SUNG, "2022-09-08", said)

    found = _before(any_house, _report(A_MU_SUNG, YEAR), "2022-12-05")

    share, posted = _field(found, "1.3", "a"), _field(found, "1.3", "c")
    assert share.last is not None
    assert (share.last.value, share.last.period, share.last.obligation) == (
        [18, 21],
        Q3,
        f"row/1.3/{A_MU_SUNG}/{Q3}",
    )
    assert (posted.current, posted.before.amount) == (None, 4)
    assert _row(found, "1.3").last_text == "Kết quả 1.3"
    assert _field(found, "2.5", "events").before.amount == 2
    untold = _field(found, "1.3", "b")
    assert (untold.last, untold.before.amount) == (None, None)
    assert (found.below, found.missing) == (None, ())


def test_nothing_of_its_own_period_stands_in_what_came_before(house: House) -> None:
    _hands_in(house, A_MU_SUNG, "2022-09-08", {"1.3": {"c": 4}})
    asked = Decision(key=_report(A_MU_SUNG), by=BAT_XAT, as_of=morning("2022-09-09"), reason="bổ sung")
    ask_more(house, asked)

    found = _before(house, _report(A_MU_SUNG), "2022-09-12")

    posted = _field(found, "1.3", "c")
    assert (posted.current, posted.last, posted.before.amount) == (4, None, None)
    assert (found.version, found.text, _row(found, "1.3").text) == (1, "Báo cáo", "Kết quả 1.3")


def test_a_districts_report_draws_on_its_communes_also_where_it_has_no_row_itself(any_house: House) -> None:
    reports = [_report(a) for a in (BAT_XAT, A_MU_SUNG, Y_TY, MUONG_VI)]
    items = [f"row/{i}/{a}/{Q3}" for i in ("1.3", "4.1", "6.1") for a in (BAT_XAT, A_MU_SUNG, Y_TY, MUONG_VI)]
    leave_only(any_house, *reports, *items)
    _hands_in(any_house, A_MU_SUNG, "2022-09-08", {"4.1": {"b": 3}, "1.3": {"c": 4}, "6.1": {"a": [9, 10]}})
    _hands_in(any_house, Y_TY, "2022-09-08", {"4.1": {"b": 2}})

    found = _before(any_house, _report(BAT_XAT), "2022-09-12")

    line = _row(found, "4.1").below
    assert line is not None
    times = next(f for f in line.figures if f.figure.key == "b")
    assert times.period.amount == 5
    assert [(s.agency, s.version) for s in times.period.sources] == [(A_MU_SUNG, 1), (Y_TY, 1)]
    assert [t.name for t in line.texts] == ["UBND xã A Mú Sung", "UBND xã Y Tý"]
    assert found.below is not None
    assert found.below.standing.said() == "02/03 xã đã báo cáo; chưa báo cáo: UBND xã Mường Vi"
    assert found.missing == (MUONG_VI,)
    only_communes = found.below.line("1.3")
    assert only_communes is not None
    assert next(f for f in only_communes.figures if f.figure.key == "c").period.amount == 4
    implemented = _row(found, "6.1")
    assert implemented.part == "implements"
    assert implemented.below is not None
    assert implemented.below.figures[0].period.shown() == "9/10 (90%)"


def test_its_own_report_is_not_among_what_the_units_below_said(house: House) -> None:
    _hands_in(house, BAT_XAT, "2022-09-13", {"4.1": {"b": 7}})
    found = _before(house, _report(BAT_XAT), "2022-09-14")
    line = _row(found, "4.1").below
    assert line is not None
    assert [f.period.sources for f in line.figures] == [(), (), ()]
    assert _field(found, "4.1", "b").current == 7


def test_3_1s_district_report_has_its_communes_beside_it(house: House) -> None:
    keys = [f"3.1/{a}/once" for a in (BAT_XAT, A_MU_SUNG, Y_TY)]
    leave_only(house, *keys)
    reports_in(house, keys[1], "2022-07-25", Answer(text="Đã đối thoại", figures={"a": 2, "c": "5/6"}))

    found = _before(house, keys[0], "2022-07-27")

    (only,) = found.rows
    assert only.below is not None
    assert [f.period.shown() for f in only.below.figures] == ["2", "", "5/6 (83,3%)"]
    assert [t.text for t in only.below.texts] == ["Đã đối thoại"]
    assert found.missing == (Y_TY,)


def test_a_lead_reads_what_its_implementers_said_before_it_writes_its_own(house: House) -> None:
    _hands_in(house, A_MU_SUNG, "2022-09-08", {"2.1": {"a": 7}})
    _hands_in(house, SA_PA, "2022-09-12", {"2.1": {"a": 20}})

    found = _before(house, _report(SO_TU_PHAP), "2022-09-13")

    hands = _row(found, "2.1").hands
    assert hands is not None
    assert [(f.figure.key, f.period.amount) for f in hands.figures] == [("a", 27)]
    assert [t.name for t in hands.texts] == ["UBND thị xã Sa Pa", "UBND xã A Mú Sung"]
    assert "UBND xã Y Tý" in hands.standing.counts[0].missing
    assert _row(found, "3.2").hands is None
    # A commune leads nothing that others implement.
    assert [r.hands for r in _before(house, _report(Y_TY), "2022-09-08").rows if r.hands] == []


def test_the_synthesis_has_the_whole_province_beside_it(house: House) -> None:
    _hands_in(house, A_MU_SUNG, "2022-09-08", {"4.1": {"b": 3}})
    _hands_in(house, BAT_XAT, "2022-09-13", {"4.1": {"b": 2}})

    found = _before(house, _report(SO_NOI_VU), "2022-09-16")

    assert found.below is not None
    line = found.below.line("4.1")
    assert line is not None
    assert next(f for f in line.figures if f.figure.key == "b").period.amount == 5
    assert SA_PA in found.missing
    assert BAT_XAT not in found.missing
    assert A_MU_SUNG not in found.missing
    assert SO_NOI_VU not in {unit.agency for unit in found.below.standing.missing}


def test_who_reports_through_another_has_its_row_in_that_form(house: House) -> None:
    found = _before(house, _report(VAN_PHONG), "2022-09-12")
    assert _row(found, "4.1").agency == "trung-tam-phuc-vu-hanh-chinh-cong-tinh"


def test_a_quarter_follows_the_quarter_before(house: House) -> None:
    key = f"2.3/{A_MU_SUNG}/2022-Q%d"
    reports_in(house, key % 2, "2022-07-12", Answer(text="Đã niêm yết", figures={"a": "có", "c": 3}))
    found = _before(house, key % 3, "2022-10-10")
    opinions = _field(found, "2.3", "c")
    assert opinions.last is not None
    assert (opinions.last.value, opinions.before.amount) == (3, 3)
    assert (_row(found, "2.3").last_text, found.below) == ("Đã niêm yết", None)


def test_what_belongs_to_no_item_has_no_rows_and_what_is_unknown_is_said(house: House) -> None:
    assert _before(house, f"sheet/{A_MU_SUNG}/2022-07", "2022-08-02").rows == ()
    with pytest.raises(Invalid, match="khong-co"):
        _before(house, "khong-co", "2022-08-02")
