"""The contract for scripts: a report's way from hand to hand as JSON, exit statuses, what stays silent."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from cli.main import BAD_INPUT, REFUSED, run
from tests.support.running.commands import Call

COMMUNE, DISTRICT, OTHER, FOCAL = "x02719-2022", "h082-2022", "h080-2022", "so-noi-vu"
TASK = f"1.2/{COMMUNE}/once"
REPORT = f"report/{COMMUNE}/2022-Q3-report"
CHANGE = {"obligation", "version", "work_state", "history_id"}


def test_a_second_init_and_a_second_sweep_add_nothing(call: Call) -> None:
    assert call("init")["added"] == 0
    first = call("sweep", "--as-of", "2022-07-07")
    assert first["by_item"]["1.2"] == {"opened": 152, "notices": 152, "overdue": 0}
    second = call("sweep", "--as-of", "2022-07-07")
    assert (second["opened"], second["notices"]) == (0, 0)
    assert second["waiting"] == first["waiting"]


def test_the_real_clock_runs_only_a_plan_that_was_started(call: Call) -> None:
    assert "plan start" in call("sweep", status=REFUSED)
    assert "--yes" in call("plan", "start", "--as-of", "2022-06-30", status=REFUSED)
    assert "plan start" in call("sweep", status=REFUSED)
    started = call("plan", "start", "--yes", "--as-of", "2022-06-30")
    assert started["started_on"] == "2022-06-30"
    assert started["mails"] == 1
    assert call("sweep")["opened"] > 0


def test_a_report_goes_from_hand_to_hand(call: Call) -> None:
    done = call("report", "submit", TASK, "--by", COMMUNE, "--as-of", "2022-07-12", "--figure", "a=3")
    assert set(done) == CHANGE
    assert (done["version"], done["work_state"]) == (1, "submitted")
    (row,) = call("obligations", "--item", "1.2", "--agency", COMMUNE, "--as-of", "2022-07-12")
    assert (row["holder"], row["superior"], row["time_state"]) == (DISTRICT, DISTRICT, "done_in_time")
    refused = call("report", "accept", TASK, "--by", OTHER, "--as-of", "2022-07-13", status=REFUSED)
    assert TASK in refused
    asked = call(
        "report", "ask-more", TASK, "--by", DISTRICT, "--as-of", "2022-07-13", "--reason", "thiếu biên bản"
    )
    assert asked["work_state"] == "more_asked"
    again = call(
        "report",
        "submit",
        TASK,
        "--by",
        COMMUNE,
        "--as-of",
        "2022-07-14",
        "--version",
        "1",
        "--figure",
        "a=4",
    )
    assert again["version"] == 2
    stale = call(
        "report",
        "accept",
        TASK,
        "--by",
        DISTRICT,
        "--as-of",
        "2022-07-15",
        "--version",
        "1",
        status=REFUSED,
    )
    assert "phiên bản" in stale
    closed = call("report", "accept", TASK, "--by", DISTRICT, "--as-of", "2022-07-15", "--version", "2")
    assert closed["work_state"] == "accepted"
    assert [h["what"] for h in call("history", TASK)] == [
        "open",
        "submit",
        "ask-more",
        "submit",
        "accept",
    ]
    opened = call("report", "reopen", TASK, "--by", FOCAL, "--as-of", "2022-08-01", "--reason", "sai số")
    assert opened["work_state"] == "open"


def test_looking_back_time_states_are_those_of_the_day(call: Call) -> None:
    call("report", "submit", TASK, "--by", COMMUNE, "--as-of", "2022-07-20", "--figure", "a=3")
    stood = [
        call("obligations", "--item", "1.2", "--agency", COMMUNE, "--as-of", day)[0]["time_state"]
        for day in ("2022-07-01", "2022-07-07", "2022-07-14", "2022-07-15", "2022-07-20")
    ]
    assert stood == ["in_time", "due_soon", "due_soon", "overdue", "done_late"]


def test_a_tasks_figures_are_told_by_key_and_name(call: Call) -> None:
    asks = call("report", "template", TASK)["asks"]
    assert asks["a"].startswith("Số tin, bài, lượt phát thanh")
    wrong = call(
        "report",
        "submit",
        TASK,
        "--by",
        COMMUNE,
        "--figure",
        "z=1",
        "--as-of",
        "2022-07-08",
        status=BAD_INPUT,
    )
    assert "'z' không có trong danh mục (a: Số tin, bài, lượt phát thanh" in wrong


def test_a_cycle_report_is_handed_in_from_its_skeleton(call: Call, tmp_path: Path) -> None:
    form = call("report", "template", REPORT)
    by_item = {row["item"]: row for row in form["rows"] if row["part"] == "lead"}
    assert by_item["2.4"]["events"] is None
    path = tmp_path / "bao-cao.json"
    path.write_text(json.dumps(form), encoding="utf-8")
    wrong = call(
        "report",
        "submit",
        REPORT,
        "--by",
        COMMUNE,
        "--from",
        str(path),
        "--as-of",
        "2022-09-08",
        status=BAD_INPUT,
    )
    assert "bao-cao.json: nhiệm vụ 2.4: events" in wrong
    for row in form["rows"]:
        if "events" in row:
            row["events"] = 0
    path.write_text(json.dumps(form), encoding="utf-8")
    call("report", "submit", REPORT, "--by", COMMUNE, "--from", str(path), "--as-of", "2022-09-08")
    rows = call("obligations", "--agency", COMMUNE, "--kind", "row", "--as-of", "2022-09-08")
    answered = {r["work_state"] for r in rows if r["period"] == "2022-Q3-report"}
    assert answered == {"submitted"}


def test_a_preview_changes_nothing(call: Call) -> None:
    shown = call("preview", "--on", "2022-07-04")
    assert len(shown["mails"]) == 182
    assert call("notices") == []
    assert call("messages") == []


@pytest.mark.parametrize(
    "words",
    [
        ("report", "submit", "9.9/x/once", "--by", COMMUNE),
        ("report", "submit", TASK, "--by", "nobody"),
        ("report", "submit", TASK, "--by", COMMUNE, "--figure", "z=1"),
        ("report", "submit", TASK, "--by", COMMUNE, "--evidence", "/nowhere/file.pdf"),
        ("sweep", "--as-of", "2022-02-30"),
        ("event", "record", "1.2", "--agency", COMMUNE, "--on", "2022-08-10", "--title", "x"),
        ("plan", "show", "--plan", "999"),
        ("link", "nobody"),
        ("link", COMMUNE, "--obligation", "9.9/x/once"),
        ("link", COMMUNE, "--for", "everything"),
        ("login-link", "--role", "king"),
        ("login-link", "--role", "officer", "--agency", "nobody"),
        ("revoke", "nobody"),
        ("revoke", COMMUNE, "--by", "nobody"),
    ],
)
def test_bad_input_is_one_clear_line(call: Call, words: tuple[str, ...]) -> None:
    said = call(*words, status=BAD_INPUT)
    assert len(said.strip().splitlines()) == 1
    assert "Traceback" not in said


def test_before_init_the_way_forward_is_said(home: Path, capfd: pytest.CaptureFixture[str]) -> None:
    assert home.exists()
    for words in (
        ["sweep", "--as-of", "2022-07-04"],
        ["link", COMMUNE],
        ["login-link", "--role", "ops"],
        ["revoke", COMMUNE],
        ["web"],
    ):
        assert run(words) == REFUSED
        assert "dondoc init" in capfd.readouterr().err
