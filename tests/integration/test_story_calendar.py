"""The calendar or the plan's data change: what is open is reckoned anew and says so, what is closed stays."""

import re
from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import func, select

from cli.main import run
from store.engine import reading
from store.schema import obligations
from tasks_lib.desk.review import accept
from tasks_lib.duties.change import Decision
from tasks_lib.duties.initialise import initialise
from tasks_lib.duties.move_day import Extension, extend
from tasks_lib.kernel.bootstrap import House
from tasks_lib.rounds.sweep import sweep
from tests.support.houses.houses import rewritten
from tests.support.life.stories import (
    A_MU_SUNG,
    BAT_XAT,
    MUONG_VI,
    SIGNED,
    SO_NOI_VU,
    Y_TY,
    all_told_of,
    every_notice,
    history_of,
    leave_only,
    morning,
    notices_of,
    replay,
    reports_in,
    row,
)

FREE_18_JULY = (
    "[[off]]\ndate = 2026-01-02",
    '[[off]]\ndate = 2022-07-18\nnote = "Nghỉ thiên tai"\n\n[[off]]\ndate = 2026-01-02',
)
OWN_PLAN = f"plan/{A_MU_SUNG}/once"


def _count(house: House) -> int:
    with reading(house.engine) as connection:
        return connection.scalar(select(func.count()).select_from(obligations)) or 0


def test_opening_the_same_validity_twice_makes_no_doubles(any_house: House) -> None:
    before = _count(any_house)
    replay(any_house, SIGNED, "2022-07-04")
    notices = len(every_notice(any_house))

    again = initialise(any_house, morning("2022-07-04"))
    sweep(any_house, morning("2022-07-04"))

    assert (again.added, again.removed, again.moved) == ([], [], [])
    assert _count(any_house) == before
    assert len(every_notice(any_house)) == notices


def test_shortening_the_plan_removes_only_untouched_future_work(house: House, tmp_path: Path) -> None:
    leave_only(house, f"sheet/{A_MU_SUNG}/2022-11", f"sheet/{A_MU_SUNG}/2022-12")
    replay(house, "2022-12-01", "2022-12-02")  # November's sheet is open, December's waits
    shorter = ('"2022-10", "2022-11", "2022-12"]', '"2022-10"]')
    with rewritten(house, tmp_path / "config", "cycles.toml", shorter) as changed:
        done = initialise(changed, morning("2022-12-05"))

    assert f"sheet/{A_MU_SUNG}/2022-12" in done.removed
    assert f"sheet/{A_MU_SUNG}/2022-11" not in done.removed
    assert row(house, f"sheet/{A_MU_SUNG}/2022-11").work_state == "open"
    assert done.added == []


def test_a_new_day_off_moves_open_last_days_and_says_so(house: House, tmp_path: Path) -> None:
    """The own plan is due ten working days after the signing, 14/7; a day off among them moves it."""
    free = (FREE_18_JULY[0], FREE_18_JULY[1].replace("2022-07-18", "2022-07-11"))
    replay(house, SIGNED, "2022-07-06")
    assert row(house, OWN_PLAN).last_day == date(2022, 7, 14)
    with rewritten(house, tmp_path / "config", "calendar.toml", free) as changed:
        sweep(changed, morning("2022-07-07"))

    assert row(house, OWN_PLAN).last_day == date(2022, 7, 15)
    said = [h for h in history_of(house, OWN_PLAN) if h.what == "recompute"]
    assert len(said) == 1
    assert "14/7/2022 → 15/7/2022" in said[0].why


def test_the_ladder_of_what_is_open_follows_and_nothing_fires_twice(house: House, tmp_path: Path) -> None:
    """Item 1.2 keeps its named day; with 18/7 off its +2 falls on 19/7 and the rest a day later."""
    key = f"1.2/{A_MU_SUNG}/once"
    leave_only(house, key)
    replay(house, SIGNED, "2022-07-14")
    with rewritten(house, tmp_path / "config", "calendar.toml", FREE_18_JULY) as changed:
        replay(changed, "2022-07-15", "2022-08-01")

    assert row(house, key).last_day == date(2022, 7, 14)
    assert [(t.day, t.step) for t in all_told_of(house, key)] == [
        ("2022-07-04", "opening"),
        ("2022-07-07", "-5"),
        ("2022-07-13", "-1"),
        ("2022-07-19", "+2"),
        ("2022-07-21", "+4"),
        ("2022-07-22", "+5"),
        ("2022-07-29", "list"),
    ]


def test_a_reminder_already_sent_is_not_sent_again_when_its_day_moves(house: House, tmp_path: Path) -> None:
    key = f"1.2/{A_MU_SUNG}/once"
    leave_only(house, key)
    replay(house, SIGNED, "2022-07-07")
    free = (FREE_18_JULY[0], FREE_18_JULY[1].replace("2022-07-18", "2022-07-12"))
    with rewritten(house, tmp_path / "config", "calendar.toml", free) as changed:
        replay(changed, "2022-07-08", "2022-07-14")

    assert [(t.day, t.step) for t in notices_of(house, key)] == [("2022-07-07", "-5"), ("2022-07-13", "-1")]


def test_what_is_closed_stays(house: House, tmp_path: Path) -> None:
    replay(house, SIGNED, "2022-07-06")
    accepted = f"plan/{MUONG_VI}/once"
    reports_in(house, accepted, "2022-07-06")
    accept(house, Decision(key=accepted, by=BAT_XAT, as_of=morning("2022-07-07")))
    before = (row(house, accepted), len(history_of(house, accepted)))
    free = (FREE_18_JULY[0], FREE_18_JULY[1].replace("2022-07-18", "2022-07-11"))
    with rewritten(house, tmp_path / "config", "calendar.toml", free) as changed:
        sweep(changed, morning("2022-07-08"))

    assert (row(house, accepted), len(history_of(house, accepted))) == before
    assert row(house, f"plan/{Y_TY}/once").last_day == date(2022, 7, 15)


def test_an_extended_day_survives_a_change_of_the_calendar(house: House, tmp_path: Path) -> None:
    opened, waiting = f"1.2/{A_MU_SUNG}/once", f"report/{BAT_XAT}/2022-year-report"
    replay(house, SIGNED, "2022-07-08")
    for key, until in ((opened, date(2022, 7, 29)), (waiting, date(2022, 12, 21))):
        document = Extension(until=until, document_number="3001/UBND-NC", document_on=date(2022, 7, 7))
        extend(house, key, SO_NOI_VU, morning("2022-07-08"), document)

    with rewritten(house, tmp_path / "config", "calendar.toml", FREE_18_JULY) as changed:
        done = initialise(changed, morning("2022-07-11"))

    assert row(house, opened).last_day == date(2022, 7, 29)
    assert row(house, opened).plan_day == date(2022, 7, 29)
    assert row(house, waiting).last_day == date(2022, 12, 21)
    assert {opened, waiting}.isdisjoint(key for key, _, _ in done.moved)


def test_a_plans_day_that_was_typed_wrongly_is_put_right(house: House, tmp_path: Path) -> None:
    key = f"1.2/{A_MU_SUNG}/once"
    leave_only(house, key)
    replay(house, SIGNED, "2022-07-08")
    right = ("day = 2022-07-15 }", "day = 2022-07-20 }")
    with rewritten(house, tmp_path / "config", "plan.toml", right) as changed:
        replay(changed, "2022-07-09", "2022-07-22")

    assert row(house, key).last_day == date(2022, 7, 19)
    assert [(t.day, t.step) for t in notices_of(house, key)] == [
        ("2022-07-07", "-5"),
        ("2022-07-18", "-1"),
        ("2022-07-21", "+2"),
    ]


def test_what_changed_data_would_do_is_told_and_nothing_is_done(
    house: House, tmp_path: Path, capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    before = _count(house)
    assert run(["plan", "check"]) == 0
    assert "sẽ" not in capfd.readouterr().out

    earlier = ("valid_until = 2022-12-31", "valid_until = 2022-12-10")
    quarter = ('quarter = "2022-Q4"', 'quarter = "2022-Q3"')
    with rewritten(house, tmp_path / "config", "plan.toml", earlier, quarter):
        monkeypatch.setenv("DONDOC_CONFIG_DIR", str(tmp_path / "config"))
        assert run(["plan", "check"]) == 0

    told = capfd.readouterr().out
    assert re.search(r"239-2022: sẽ bỏ \d+ nhiệm vụ được giao: 4\.2/", told), told
    assert _count(house) == before
