"""Report cycles are data: ops lists, adds, moves and switches them off, and the duties follow."""

from __future__ import annotations

from pathlib import Path

import pytest

from cli.main import BAD_INPUT, REFUSED
from config.load import load_configuration
from obligations.deadlines import plan_cycles
from obligations.period import Period
from tests.support.houses.smaller_plans import of_few_items
from tests.support.running.commands import Call, caller

MONTHLY = ("cycle", "add", "T", "--name", "Hằng tháng", "--every", "month", "--before", "25", "--close", "20")
NEW = ("cycle", "add", "X", "--name", "x")


@pytest.fixture
def office(home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An office's own folder with a small plan."""
    folder = of_few_items(tmp_path / "office", "1.1", "1.3")
    monkeypatch.setenv("DONDOC_CONFIG_DIR", str(folder))
    return folder


@pytest.fixture
def call(office: Path, capfd: pytest.CaptureFixture[str]) -> Call:
    return caller(capfd)


def _reports(call: Call) -> set[str]:
    found = call("obligations", "--kind", "report", "--as-of", "2022-07-04", "--json")
    return {duty["id"].rpartition("/")[2] for duty in found}


def test_the_cycles_are_listed_with_the_one_that_comes_next(call: Call) -> None:
    found = call("cycle", "list", "--as-of", "2022-07-04", "--json")
    assert [(c["key"], c["every"], c["next"]) for c in found] == [
        ("Q1", "year", "2023-Q1-report"),
        ("H1", "year", "2023-H1-report"),
        ("Q3", "year", "2022-Q3-report"),
        ("year", "year", "2022-year-report"),
    ]
    assert found[2]["before_day"] == {"commune": 10, "district": 15, "province": 15, "focal": 20}


def test_the_next_twelve_turns_say_their_days_and_why(call: Call) -> None:
    found = call("cycle", "preview", "--as-of", "2022-07-04", "--json")
    assert [turn["period"] for turn in found[:3]] == ["2022-Q3-report", "2022-year-report", "2023-Q1-report"]
    assert [turn["owed"] for turn in found[:3]] == [True, True, False]
    assert len(found) == 12
    commune = next(day for day in found[0]["days"] if day["level"] == "commune")
    assert (commune["closes_on"], commune["last_day"]) == ("2022-09-07", "2022-09-09")
    assert "ngày 10 không tính" in commune["why"]
    said = call("cycle", "preview", "--cycle", "Q3", "--as-of", "2022-07-04")
    assert "2022-Q3-report: Quý III năm 2022" in said
    assert max(map(len, said.splitlines())) <= 80


def test_a_monthly_cycle_is_added_and_its_duties_stand_in_the_database(call: Call, office: Path) -> None:
    call("init")
    assert _reports(call) == {"2022-Q3-report", "2022-year-report"}
    remark = "# Report cycles, chairpersons' sheets and the program's own numbers."
    told = call(*MONTHLY, "--yes", "--as-of", "2022-07-04", "--json")
    assert [turn["period"] for turn in told["next"][:2]] == ["2022-T07-report", "2022-T08-report"]
    assert (office / "cycles.toml").read_text(encoding="utf-8").startswith(remark)
    call("init")
    monthly = {f"2022-T{month:02d}-report" for month in range(7, 13)}
    assert _reports(call) == {"2022-Q3-report", "2022-year-report", *monthly}
    plan = load_configuration(office).plan()
    assert plan.period_name(Period("2022-T08-report")) == "Tháng 8 năm 2022"
    assert len(plan_cycles(plan)) == 8


def test_each_turn_opens_the_day_after_the_last_of_its_own_row(call: Call) -> None:
    call(*MONTHLY, "--yes")
    call("init")
    found = call("obligations", "--kind", "report", "--as-of", "2022-07-04", "--json")
    ours = [duty for duty in found if "so-y-te" in duty["id"]]
    opened = {duty["id"].rpartition("/")[2]: duty["opened_on"] for duty in ours}
    assert opened["2022-T08-report"] == "2022-07-25"
    assert opened["2022-Q3-report"] == "2022-06-30"


def test_a_cycle_is_moved_and_what_waits_moves_with_it(call: Call) -> None:
    call("init")
    call("cycle", "move", "Q3", "--before", "district=18", "--close", "district=14", "--yes")
    moved = {d["to"] for d in call("init", "--json")["moved"] if d["obligation"].startswith("report/h0")}
    assert moved == {"2022-09-17"}


def test_a_cycle_is_switched_off_from_a_day_and_on_again(call: Call) -> None:
    call("init")
    call("cycle", "off", "year", "--from", "2022-12-01", "--yes")
    call("init")
    assert _reports(call) == {"2022-Q3-report"}
    (row,) = [c for c in call("cycle", "list", "--json", "--as-of", "2022-07-04") if c["key"] == "year"]
    assert (row["off_from"], row["next"]) == ("2022-12-01", None)
    call("cycle", "off", "year", "--back", "--yes")
    call("init")
    assert _reports(call) == {"2022-Q3-report", "2022-year-report"}


def test_once_is_one_year(call: Call) -> None:
    once = ("cycle", "add", "DX", "--name", "Đột xuất tháng 10", "--month", "10", "--only", "2022")
    call(*once, "--before", "20", "--close", "15", "--yes")
    found = call("cycle", "preview", "--cycle", "DX", "--as-of", "2022-07-04", "--json")
    assert [turn["period"] for turn in found] == ["2022-DX-report"]


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("cycle", "add", "Q3", "--name", "x", "--month", "9", "--before", "9", "--close", "5"), "đã có"),
        ((*NEW, "--before", "9", "--close", "5"), "thiếu tháng cuối"),
        ((*NEW, "--month", "9", "--before", "9", "--close", "9"), "không trước ngày gửi"),
        ((*NEW, "--month", "9", "--before", "xa=9", "--close", "5"), "không đọc được 'xa=9'"),
        ((*NEW, "--month", "9", "--before", "commune=9", "--close", "5"), "thiếu ngày của cấp"),
        ((*NEW, "--month", "9", "--before", "31", "--close", "5"), "before_day"),
        (("cycle", "add", "dài", "--name", "x", "--month", "9", "--before", "9", "--close", "5"), "key"),
        ((*MONTHLY[:2], "HANGTHAN", *MONTHLY[3:]), "dài nhất 6"),
        ((*NEW, "--every", "month", "--only", "2022", "--before", "9", "--close", "5"), "only"),
        (("cycle", "move", "Q9", "--before", "9"), "hiện có: Q1, H1, Q3, year"),
        (("cycle", "move", "Q3"), "--before, --close"),
        (("cycle", "off", "Q9"), "không có kỳ báo cáo 'Q9'"),
        (("cycle", "preview", "--cycle", "Q9"), "--cycle: không có kỳ"),
    ],
)
def test_what_is_wrong_is_told_and_nothing_is_written(
    call: Call, office: Path, words: tuple[str, ...], said: str
) -> None:
    before = (office / "cycles.toml").read_bytes()
    more = () if "preview" in words else ("--yes",)
    line = call(*words, *more, status=BAD_INPUT)
    assert said in line
    assert "Traceback" not in line
    assert (office / "cycles.toml").read_bytes() == before


def test_the_programs_own_data_is_not_written_and_nobody_is_asked_without_a_terminal(
    call: Call, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert "chưa ghi" in call(*MONTHLY, status=REFUSED)
    monkeypatch.delenv("DONDOC_CONFIG_DIR")
    assert "dondoc plan export" in call(*MONTHLY, "--yes", status=REFUSED)
