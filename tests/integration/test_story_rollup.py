"""The roll-up of a place at any time: what units said, added up, with everybody who is missing by name."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from sqlalchemy import event, update

from obligations.answers import Document
from obligations.errors import Invalid
from obligations.model import Kind, WorkState
from obligations.period import ONCE, Period
from store.engine import reading, writing
from store.migrate import ASK
from store.schema import obligations
from tasks_lib.answering.one_report import RowAnswer
from tasks_lib.answering.prefill import prefill
from tasks_lib.answering.submit import Answer, record_document
from tasks_lib.desk.review import ask_more, not_competent
from tasks_lib.duties.change import Decision
from tasks_lib.kernel.bootstrap import House
from tasks_lib.rollup.consolidate import Consolidated, Line, RollUp, Scope, consolidate
from tasks_lib.rollup.sign_off import missing_below
from tests.support.life.stories import (
    A_MU_SUNG,
    BAT_XAT,
    MUONG_VI,
    SA_PA,
    SO_NOI_VU,
    SO_Y_TE,
    UBND_TINH,
    Y_TY,
    at,
    communes_of,
    leave_only,
    morning,
    reports_in,
    row,
)

Q3, YEAR = "2022-Q3-report", "2022-year-report"
SA_PA_COMMUNE = "x03001-2022"
SO_TU_PHAP = "so-tu-phap"
Figures = dict[str, dict[str, Any]]


def _report(agency: str, period: str = Q3) -> str:
    return f"report/{agency}/{period}"


def _row(item: str, agency: str, period: str = Q3) -> str:
    return f"row/{item}/{agency}/{period}"


def _hands_in(house: House, agency: str, moment: str, said: Figures, period: str = Q3) -> None:
    """A unit's cycle report with what its rows say, item by item."""
    rows = tuple(
        RowAnswer(row=_row(item, agency, period), text=f"Kết quả {item}", figures=figures)
        for item, figures in said.items()
    )
    key = _report(agency, period)
    with reading(house.engine) as connection:
        missing = missing_below(connection, house, row(house, key))
    reports_in(house, key, moment, Answer(text="Báo cáo", rows=rows, missing=missing))


def _small(house: House, *agencies: str) -> None:
    """Only these units report, in both cycles; all others' reports were assigned by mistake."""
    with writing(house.engine) as connection:
        connection.execute(
            update(obligations)
            .where(obligations.c.agency_id.not_in(agencies))
            .values(work_state=WorkState.CANCELLED, schedule_id=None)
        )


def _rolled(house: House, place: str, moment: str, period: str = Q3) -> RollUp:
    return consolidate(
        house, place, Scope(period=Period(period)), at(moment) if "T" in moment else morning(moment)
    )


def _line(rolled: RollUp, item: str, part: str = "lead") -> Line:
    line = rolled.line(item, part)
    assert line is not None
    return line


def _figure(rolled: RollUp, item: str, key: str, part: str = "lead") -> Consolidated:
    return next(f for f in _line(rolled, item, part).figures if f.figure.key == key)


def test_a_district_sees_its_communes_added_up_and_the_missing_by_name(any_house: House) -> None:
    _small(any_house, BAT_XAT, A_MU_SUNG, Y_TY, MUONG_VI)
    _hands_in(any_house, A_MU_SUNG, "2022-09-08", {"1.3": {"a": [18, 21], "b": "12.5", "c": 4}})
    _hands_in(any_house, Y_TY, "2022-09-12", {"1.3": {"a": [9, 10], "b": "0.75"}, "2.5": {"events": 2}})

    rolled = _rolled(any_house, BAT_XAT, "2022-09-13")

    assert rolled.standing.said() == (
        "02/03 xã đã báo cáo; chưa báo cáo: UBND xã Mường Vi."
        " 00/01 huyện đã báo cáo; chưa báo cáo: UBND huyện Bát Xát"
    )
    communes = rolled.standing.counts[0]
    assert (communes.total, communes.reported, communes.in_time, communes.late) == (3, 2, 1, 0)
    assert communes.asked == 1  # after 9/9, a day that no document sets yet
    assert [unit.agency for unit in rolled.standing.missing] == [BAT_XAT, MUONG_VI]
    share = _figure(rolled, "1.3", "a").period
    assert share.shown() == "27/31 (87,1%)"
    assert [(s.agency, s.obligation, s.version, s.value) for s in share.sources] == [
        (A_MU_SUNG, _row("1.3", A_MU_SUNG), 1, [18, 21]),
        (Y_TY, _row("1.3", Y_TY), 1, [9, 10]),
    ]
    assert _figure(rolled, "1.3", "b").period.shown() == "13,25"
    alone = _figure(rolled, "1.3", "c").period
    assert (alone.shown(), [s.agency for s in alone.sources]) == ("4", [A_MU_SUNG])
    assert _figure(rolled, "2.5", "events").period.shown() == "2"
    assert [(t.name, t.text) for t in _line(rolled, "1.3").texts] == [
        ("UBND xã A Mú Sung", "Kết quả 1.3"),
        ("UBND xã Y Tý", "Kết quả 1.3"),
    ]
    assert [t.agency for t in rolled.texts] == [A_MU_SUNG, Y_TY]


def test_a_district_adds_what_it_did_itself_and_no_number_counts_twice(house: House) -> None:
    _small(house, BAT_XAT, SA_PA, A_MU_SUNG, SA_PA_COMMUNE, SO_NOI_VU)
    _hands_in(house, A_MU_SUNG, "2022-09-08", {"4.1": {"a": [30, 40], "b": 1}})
    _hands_in(house, SA_PA_COMMUNE, "2022-09-08", {"4.1": {"b": 5}})
    _hands_in(house, BAT_XAT, "2022-09-13", {"4.1": {"a": [50, 60], "b": 2}})

    province = _rolled(house, SO_NOI_VU, "2022-09-14")

    assert _figure(province, "4.1", "a").period.shown() == "80/100 (80%)"
    assert _figure(province, "4.1", "b").period.amount == 8
    districts = [_figure(_rolled(house, d, "2022-09-14"), "4.1", "b").period.amount for d in (BAT_XAT, SA_PA)]
    assert districts == [3, 5]
    assert _figure(_rolled(house, UBND_TINH, "2022-09-14"), "4.1", "b") == _figure(province, "4.1", "b")
    assert _figure(_rolled(house, A_MU_SUNG, "2022-09-14"), "4.1", "b").period.amount == 1


def test_a_lead_and_its_implementers_stand_apart(house: House) -> None:
    _small(house, SO_TU_PHAP, A_MU_SUNG, BAT_XAT)
    _hands_in(house, SO_TU_PHAP, "2022-09-13", {"2.1": {"a": 40, "b": 900}})
    _hands_in(house, A_MU_SUNG, "2022-09-08", {"2.1": {"a": 7}})

    rolled = _rolled(house, SO_NOI_VU, "2022-09-14")

    assert _figure(rolled, "2.1", "a").period.amount == 40
    assert _figure(rolled, "2.1", "a", "implements").period.amount == 7
    assert [f.figure.key for f in _line(rolled, "2.1", "implements").figures] == ["a"]


def test_over_cycles_period_figures_add_and_as_of_figures_take_the_last(any_house: House) -> None:
    """Case 18; a unit silent in the last cycle still stands with what it said before."""
    _small(any_house, BAT_XAT, A_MU_SUNG, Y_TY)
    _hands_in(any_house, A_MU_SUNG, "2022-09-08", {"2.2": {"a": 60}, "1.3": {"c": 4}})
    _hands_in(any_house, Y_TY, "2022-09-08", {"2.2": {"a": 30}, "1.3": {"c": 1}})
    _hands_in(any_house, A_MU_SUNG, "2022-12-08", {"2.2": {"a": 50}, "1.3": {"c": 3}}, YEAR)

    year = _rolled(any_house, BAT_XAT, "2022-12-12", YEAR)

    poor, posted = _figure(year, "2.2", "a"), _figure(year, "1.3", "c")
    assert (poor.period.amount, poor.cumulative.amount) == (50, 80)
    assert (posted.period.amount, posted.cumulative.amount) == (3, 8)
    assert [(s.agency, s.period) for s in poor.cumulative.sources] == [(Y_TY, Q3), (A_MU_SUNG, YEAR)]
    third = _rolled(any_house, BAT_XAT, "2022-12-12")
    assert _figure(third, "2.2", "a").cumulative.amount == 90


def test_looking_back_shows_what_stood_there_when_the_district_signed(any_house: House) -> None:
    _small(any_house, BAT_XAT, A_MU_SUNG, Y_TY)
    _hands_in(any_house, A_MU_SUNG, "2022-09-08T09:00", {"1.3": {"c": 4}})
    _hands_in(any_house, BAT_XAT, "2022-09-13T09:00", {})
    _hands_in(any_house, Y_TY, "2022-09-14T09:00", {"1.3": {"c": 5}})

    assert _figure(_rolled(any_house, BAT_XAT, "2022-09-13T09:00"), "1.3", "c").period.amount == 4
    assert _figure(_rolled(any_house, BAT_XAT, "2022-09-14T10:00"), "1.3", "c").period.amount == 9
    signed = _rolled(any_house, BAT_XAT, "2022-09-13T09:00")
    assert signed.standing.counts[0].missing == ("UBND xã Y Tý",)


def test_a_corrected_report_counts_once_and_a_paper_leaves_its_figures(house: House) -> None:
    key = f"1.2/{A_MU_SUNG}/once"
    _small(house, BAT_XAT, A_MU_SUNG)
    reports_in(house, key, "2022-07-11", Answer(figures={"a": 3, "c": "8/10"}))
    asked = Decision(key=key, by=BAT_XAT, as_of=morning("2022-07-12"), reason="bổ sung")
    ask_more(house, asked)
    reports_in(house, key, "2022-07-13", Answer(figures={"a": 5, "c": "9/10"}))

    def a_told() -> list[tuple[int, object]]:
        scope = Scope(period=ONCE, kind=Kind.TASK, item="1.2")
        line = consolidate(house, BAT_XAT, scope, morning("2022-07-20")).lines[0]
        return [(s.version, s.value) for s in line.figures[0].period.sources]

    assert a_told() == [(2, 5)]
    ask_more(house, Decision(key=key, by=BAT_XAT, as_of=morning("2022-07-14"), reason="gửi văn bản"))
    paper = Document(number="15/BC-UBND", signed_on=morning("2022-07-15").date())
    record_document(house, (key,), BAT_XAT, morning("2022-07-18"), paper)
    assert a_told() == [(2, 5)]


def test_a_report_on_paper_counts_its_rows_as_reported_without_figures(house: House) -> None:
    _small(house, BAT_XAT, A_MU_SUNG, Y_TY)
    paper = Document(number="15/BC-UBND", signed_on=morning("2022-09-08").date())
    record_document(house, (_report(A_MU_SUNG),), BAT_XAT, morning("2022-09-09"), paper)

    line = _line(_rolled(house, BAT_XAT, "2022-09-12"), "1.3")

    assert line.standing.said() == "01/02 xã đã báo cáo; chưa báo cáo: UBND xã Y Tý"
    assert [f.period.sources for f in line.figures] == [(), (), ()]


def test_estimates_are_added_up_apart(house: House) -> None:
    _small(house, BAT_XAT, A_MU_SUNG)
    said = RowAnswer(row=_row("1.3", A_MU_SUNG), figures={"c": 4}, estimates={"c": 6})
    reports_in(house, _report(A_MU_SUNG), "2022-09-08", Answer(rows=(said,)))

    found = _figure(_rolled(house, BAT_XAT, "2022-09-12"), "1.3", "c")

    assert (found.period.amount, found.estimate.amount) == (4, 6)


def test_invited_bodies_are_not_counted_and_are_named_as_not_having_supplied(house: House) -> None:
    court, insurance = "toa-an-nhan-dan-tinh", "bao-hiem-xa-hoi-tinh"
    _small(house, SO_Y_TE, court, insurance)
    reports_in(house, _report(SO_Y_TE), "2022-09-13")
    rows = Answer(figures={"a": "700/720", "b": 30})
    reports_in(house, _row("6.1", insurance), "2022-09-13", rows)

    rolled = _rolled(house, SO_NOI_VU, "2022-09-16")

    assert rolled.standing.said() == "01/01 cơ quan đã báo cáo. chưa cung cấp: Tòa án nhân dân tỉnh"
    assert _figure(rolled, "6.1", "a").period.shown() == "700/720 (97,2%)"
    assert _line(rolled, "3.4").standing.counts == ()


def test_what_is_not_a_units_to_do_leaves_no_gap_and_mistakes_are_not_counted(house: House) -> None:
    leave_only(house, f"5.2/{A_MU_SUNG}/once", f"5.2/{Y_TY}/once")
    not_competent(house, Decision(key=f"5.2/{Y_TY}/once", by=BAT_XAT, as_of=morning("2022-08-01")))

    rolled = consolidate(
        house, BAT_XAT, Scope(period=ONCE, kind=Kind.TASK, item="5.2"), morning("2022-08-02")
    )

    assert rolled.standing.said() == "00/01 xã đã báo cáo; chưa báo cáo: UBND xã A Mú Sung"


def test_one_items_rows_alone_are_what_the_whole_cycle_says_of_it(house: House) -> None:
    _small(house, BAT_XAT, A_MU_SUNG, Y_TY)
    _hands_in(house, A_MU_SUNG, "2022-09-08", {"1.3": {"c": 4}, "2.2": {"a": 9}})
    scope = Scope(period=Period(Q3), kind=Kind.ROW, item="1.3")

    alone = consolidate(house, BAT_XAT, scope, morning("2022-09-12"))

    assert alone.lines == (_line(_rolled(house, BAT_XAT, "2022-09-12"), "1.3"),)
    assert alone.standing == alone.lines[0].standing


def test_a_place_nobody_knows_is_said_in_one_line(house: House) -> None:
    with pytest.raises(Invalid, match="không có cơ quan 'khong-co'"):
        _rolled(house, "khong-co", "2022-09-12")


@contextmanager
def _counting(house: House) -> Iterator[list[str]]:
    seen: list[str] = []

    def note(_c: Any, _cursor: Any, statement: str, *_rest: Any) -> None:  # noqa: ANN401 - the event's own
        if statement.startswith(("SELECT", "WITH")) and statement != ASK:
            seen.append(statement)

    event.listen(house.engine, "before_cursor_execute", note)
    try:
        yield seen
    finally:
        event.remove(house.engine, "before_cursor_execute", note)


def test_the_number_of_queries_does_not_grow_with_the_units(any_house: House) -> None:
    def queries() -> tuple[int, int]:
        with _counting(any_house) as rolled:
            _rolled(any_house, SO_NOI_VU, "2022-09-12")
        with _counting(any_house) as prefilled:
            prefill(any_house, _report(BAT_XAT), morning("2022-09-12"))
        return len(rolled), len(prefilled)

    queries()  # the first looks at the database itself, too
    before = queries()
    for commune in communes_of(any_house, BAT_XAT)[:4]:
        _hands_in(any_house, commune, "2022-09-08", {"1.3": {"c": 1}, "2.2": {"a": 2}})
    assert queries() == before
