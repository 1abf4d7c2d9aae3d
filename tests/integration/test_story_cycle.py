"""A report cycle: one report answers all its rows, its review climbs, Sở Nội vụ writes the synthesis."""

import json
from datetime import date
from pathlib import Path

import pytest

from obligations.errors import Invalid, Refused
from obligations.model import WorkState
from store.schema import obligations
from tasks_lib.answering.cycle_form import read_form, template
from tasks_lib.answering.submit import Answer
from tasks_lib.desk.review import accept, ask_more
from tasks_lib.duties.change import Decision
from tasks_lib.kernel.bootstrap import House
from tests.support.life.stories import (
    A_MU_SUNG,
    BAT_XAT,
    SIGNED,
    SO_NOI_VU,
    SO_Y_TE,
    Told,
    keys,
    leave_only,
    morning,
    notices_of,
    replay,
    reports_in,
    row,
    versions_of,
)

REPORT = f"report/{A_MU_SUNG}/2022-Q3-report"


def _silent_until(house: House, last: str) -> None:
    """Only this report and its rows are looked at; nobody else is in the way."""
    leave_only(house, REPORT, *_rows(house))
    replay(house, "2022-09-01", last)


def _rows(house: House) -> list[str]:
    return keys(house, obligations.c.parent_id == row(house, REPORT).id)


def _filled(house: House, path: Path) -> Path:
    form = template(house, REPORT)
    for entry in form["rows"]:
        entry["text"] = "Đã thực hiện thường xuyên"
        if "events" in entry:
            entry["events"] = 0
        entry["figures"] = {}
    path.write_text(json.dumps(form, ensure_ascii=False), encoding="utf-8")
    return path


def test_handing_in_answers_all_rows_at_once(any_house: House, tmp_path: Path) -> None:
    _silent_until(any_house, "2022-09-08")
    rows = _rows(any_house)
    assert len(rows) > 5
    form = read_form(any_house, REPORT, _filled(any_house, tmp_path / "bc.json"))

    answer = Answer(text=form.text, difficulty=form.difficulty, rows=form.rows)
    reports_in(any_house, REPORT, "2022-09-08", answer)

    assert {row(any_house, key).work_state for key in rows} == {WorkState.SUBMITTED}
    assert {row(any_house, key).done_on for key in rows} == {date(2022, 9, 8)}
    accept(any_house, Decision(key=REPORT, by=BAT_XAT, as_of=morning("2022-09-12")))
    assert {row(any_house, key).work_state for key in rows} == {WorkState.ACCEPTED}


def test_zero_events_is_an_answer(house: House, tmp_path: Path) -> None:
    _silent_until(house, "2022-09-08")
    form = read_form(house, REPORT, _filled(house, tmp_path / "bc.json"))
    reports_in(house, REPORT, "2022-09-08", Answer(text="Báo cáo", rows=form.rows))

    asked = f"row/2.5/{A_MU_SUNG}/2022-Q3-report"
    assert versions_of(house, asked)[0].figures["events"] == 0


def test_silence_about_events_is_no_answer(house: House, tmp_path: Path) -> None:
    _silent_until(house, "2022-09-08")
    path = _filled(house, tmp_path / "bc.json")
    form = json.loads(path.read_text(encoding="utf-8"))
    for entry in form["rows"]:
        if "events" in entry:
            entry["events"] = None
    path.write_text(json.dumps(form), encoding="utf-8")

    with pytest.raises(Invalid, match="events"):
        read_form(house, REPORT, path)


def test_a_row_is_not_answered_by_itself(house: House) -> None:
    _silent_until(house, "2022-09-08")
    with pytest.raises(Refused, match="báo cáo kỳ"):
        reports_in(house, _rows(house)[0], "2022-09-08")


def test_more_asked_for_a_report_takes_its_rows_along_and_back(house: House) -> None:
    _silent_until(house, "2022-09-08")
    reports_in(house, REPORT, "2022-09-08")
    asked = Decision(key=REPORT, by=BAT_XAT, as_of=morning("2022-09-09"), reason="bổ sung số liệu 2.2")
    ask_more(house, asked)
    assert {row(house, key).work_state for key in _rows(house)} == {WorkState.MORE_ASKED}

    reports_in(house, REPORT, "2022-09-12")

    assert {row(house, key).work_state for key in _rows(house)} == {WorkState.SUBMITTED}
    assert row(house, REPORT).done_on == date(2022, 9, 8)


def test_received_without_an_answer_its_rows_are_received_with_it(any_house: House) -> None:
    _silent_until(any_house, "2022-09-08")
    reports_in(any_house, REPORT, "2022-09-08")

    replay(any_house, "2022-09-09", "2022-09-16")

    assert row(any_house, REPORT).work_state == WorkState.RECEIVED
    assert {row(any_house, key).work_state for key in _rows(any_house)} == {WorkState.RECEIVED}


def test_an_unreviewed_cycle_report_climbs_to_the_desk_and_to_so_noi_vu(house: House) -> None:
    _silent_until(house, "2022-09-08")
    reports_in(house, REPORT, "2022-09-08")

    replay(house, "2022-09-09", "2022-09-20")

    assert notices_of(house, REPORT, "review-%") == [
        Told("2022-09-13", "+3", "reviewer", BAT_XAT),
        Told("2022-09-15", "+5", "focal", SO_NOI_VU),
    ]


def test_a_reviewed_one_does_not(house: House) -> None:
    _silent_until(house, "2022-09-08")
    reports_in(house, REPORT, "2022-09-08")
    accept(house, Decision(key=REPORT, by=BAT_XAT, as_of=morning("2022-09-09")))

    replay(house, "2022-09-09", "2022-09-20")

    assert notices_of(house, REPORT, "review-%") == []


def test_a_silent_commune_reaches_so_noi_vu_on_the_third_day(house: House) -> None:
    leave_only(house, REPORT)
    replay(house, SIGNED, "2022-09-26")

    # Last day Friday 9/9; Quốc khánh on 1/9 and 2/9.
    assert notices_of(house, REPORT) == [
        Told("2022-09-06", "-3", "self", A_MU_SUNG),
        Told("2022-09-08", "-1", "self", A_MU_SUNG),
        Told("2022-09-12", "+1", "self", A_MU_SUNG),
        Told("2022-09-13", "+2", "superior", BAT_XAT),
        Told("2022-09-14", "+3", "focal", SO_NOI_VU),
        Told("2022-09-23", "list", "focal", SO_NOI_VU),
    ]


def test_a_silent_department_reaches_so_noi_vu_on_the_fourth_day(house: House) -> None:
    key = f"report/{SO_Y_TE}/2022-Q3-report"
    leave_only(house, key)
    replay(house, SIGNED, "2022-09-20")

    assert [(t.day, t.step, t.recipient) for t in notices_of(house, key)] == [
        ("2022-09-07", "-5", SO_Y_TE),
        ("2022-09-13", "-1", SO_Y_TE),
        ("2022-09-16", "+2", SO_Y_TE),
        ("2022-09-20", "+4", SO_NOI_VU),
    ]


def test_so_noi_vu_writes_a_synthesis_instead_of_a_report(house: House) -> None:
    key = f"report/{SO_NOI_VU}/2022-Q3-report"
    leave_only(house, key)
    replay(house, SIGNED, "2022-09-21")

    assert row(house, key).last_day == date(2022, 9, 19)
    assert notices_of(house, key)[-1] == Told("2022-09-20", "+1", "director", SO_NOI_VU)


def test_a_report_that_has_not_opened_is_refused_with_its_day(house: House) -> None:
    replay(house, SIGNED, "2022-07-04")
    key = f"report/{A_MU_SUNG}/2022-year-report"
    with pytest.raises(Refused, match=f"mở từ ngày {row(house, key).opened_on:%d/%m/%Y}"):
        reports_in(house, key, "2022-07-04")
