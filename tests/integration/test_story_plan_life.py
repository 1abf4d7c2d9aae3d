"""A plan's life: checked, started, closed, started again; taken away as a folder, and compared."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from cli.main import BAD_INPUT, REFUSED
from config.load import load_configuration
from obligations.errors import Invalid, Refused
from store.engine import reading
from store.plans import runs_on
from tasks_lib.duties.plan_diff import difference
from tasks_lib.kernel.bootstrap import House
from tasks_lib.kernel.plan_life import PlanState, end, listed, start
from tasks_lib.rounds.sweep import sweep
from tests.support.houses.smaller_plans import of_few_items, two_plans
from tests.support.life.stories import at
from tests.support.running.commands import Call, caller

BY_DOCUMENT = "thay bằng Kế hoạch số 45/KH-UBND ngày 10/01/2023"


def _state(house: House, on: str) -> PlanState:
    (found,) = listed([house], date.fromisoformat(on))
    return found.state


def test_a_plan_is_checked_then_started_then_closed_and_goes_on_when_started_again(any_house: House) -> None:
    assert _state(any_house, "2022-06-30") is PlanState.CHECKED
    start(any_house, date.fromisoformat("2022-07-01"), at("2022-06-30"), although_ended=False)
    assert [_state(any_house, on) for on in ("2022-06-30", "2022-07-01")] == [
        PlanState.CHECKED,
        PlanState.STARTED,
    ]
    sweep(any_house, at("2022-07-04"))
    ended = end(any_house, date.fromisoformat("2023-01-16"), at("2023-01-13"), reason=BY_DOCUMENT)
    assert ended.open > 0
    with reading(any_house.engine) as connection:
        runs = [
            runs_on(connection, any_house.plan.key, date.fromisoformat(on))
            for on in ("2022-06-30", "2022-07-01", "2023-01-15", "2023-01-16")
        ]
    assert runs == [False, True, True, False]
    assert _state(any_house, "2023-01-16") is PlanState.ENDED
    assert start(
        any_house, date.fromisoformat("2023-02-01"), at("2023-02-01"), although_ended=True
    ) == date.fromisoformat("2022-07-01")
    assert _state(any_house, "2023-02-01") is PlanState.STARTED


def test_what_never_ran_is_not_closed_and_what_is_over_is_not_the_day(any_house: House) -> None:
    with pytest.raises(Refused, match="chưa được khởi động"):
        end(any_house, date.fromisoformat("2023-01-16"), at("2023-01-13"), reason=BY_DOCUMENT)
    start(any_house, date.fromisoformat("2022-07-01"), at("2022-06-30"), although_ended=False)
    with pytest.raises(Invalid, match="đã qua"):
        end(any_house, date.fromisoformat("2023-01-12"), at("2023-01-13"), reason=BY_DOCUMENT)
    with pytest.raises(Invalid, match="căn cứ"):
        end(any_house, date.fromisoformat("2023-01-16"), at("2023-01-13"), reason=" ")


@pytest.fixture
def call(capfd: pytest.CaptureFixture[str]) -> Call:
    return caller(capfd)


def test_plans_are_listed_before_there_is_a_database(
    home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, call: Call
) -> None:
    monkeypatch.setenv("DONDOC_CONFIG_DIR", str(two_plans(of_few_items(tmp_path / "two", "1.1"), "1.2")))
    found = call("plan", "list", "--json")
    assert [(plan["key"], plan["state"]) for plan in found] == [
        ("239-2022", "checked"),
        ("240-2022", "checked"),
    ]
    assert found[0]["levels"] == ["commune", "district", "province"]
    assert not list(home.glob("*.db"))


def test_a_draft_is_listed_as_one_and_is_not_started(
    home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, call: Call
) -> None:
    folder = of_few_items(tmp_path / "draft", "1.1")
    text = (folder / "plan.toml").read_text(encoding="utf-8")
    (folder / "plan.toml").write_text(
        text.replace("\n[plan]\n", "\n[plan]\ndraft = true\n", 1), encoding="utf-8"
    )
    monkeypatch.setenv("DONDOC_CONFIG_DIR", str(folder))
    call("init")
    (found,) = call("plan", "list", "--json")
    assert found["state"] == "draft"
    assert "còn là dự thảo" in call("plan", "start", "--as-of", "2022-06-30", "--yes", status=REFUSED)


def test_by_the_clock_a_closed_plan_does_not_run(house: House, call: Call) -> None:
    call("plan", "start", "--as-of", "2022-06-30", "--yes")
    told = call("plan", "end", "--as-of", "2023-01-13", "--reason", BY_DOCUMENT, "--yes", "--json")
    assert (told["plan"], told["ended_on"]) == (house.plan.key, "2023-01-13")
    assert "đã kết thúc từ ngày 13/01/2023" in call("sweep", status=REFUSED)
    assert "chưa kết thúc" in call("plan", "end", "--reason", BY_DOCUMENT, status=REFUSED)


def test_a_plan_taken_away_is_the_same_plan(home: Path, tmp_path: Path, call: Call) -> None:
    out = tmp_path / "taken"
    told = call("plan", "export", "--out", str(out), "--json")
    assert "plan.toml" in told["files"]
    assert load_configuration(out).plan() == load_configuration().plan()
    assert call("plan", "diff", "239", str(out), "--json") == {
        "from": "239-2022",
        "to": "239-2022",
        "added": [],
        "removed": [],
        "changed": [],
        "moved": [],
    }
    assert "không trống" in call("plan", "export", "--out", str(out), status=BAD_INPUT)


def test_what_differs_is_told_item_by_item_and_day_by_day(tmp_path: Path) -> None:
    before = load_configuration()
    folder = of_few_items(tmp_path / "edited", "1.2", "3.5")
    text = (folder / "plan.toml").read_text(encoding="utf-8")
    edited = text.replace("2022-07-15", "2022-07-20").replace("15/7/2022", "20/7/2022")
    (folder / "plan.toml").write_text(edited, encoding="utf-8")
    after = load_configuration(folder)
    found = difference(before, before.plan(), after, after.plan())
    plan = before.plan()
    assert len(found.removed) == len((*plan.items, *plan.duties, *plan.requests)) - 2
    assert [(c.item, c.field) for c in found.changed] == [("1.2", "deadline_text")]
    assert [(m.item, str(m.old), str(m.new)) for m in found.moved] == [("1.2", "2022-07-14", "2022-07-19")]
    assert "nhiệm vụ 1.2, kỳ once: hạn cuối 14/7/2022 → 19/7/2022" in found.in_words()
