"""The contract for scripts: every command's JSON document, its exit status, and what stays silent."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from cli.main import BAD_INPUT, REFUSED, run
from obligations.rights import Seat, Visitor
from store.engine import reading
from tasks_lib.kernel.bootstrap import House
from tasks_lib.kernel.clock import parse_as_of
from tasks_lib.kernel.links import LinkFault, open_link, session_visitor, sign_in

Call = Callable[..., Any]

COMMUNE, DISTRICT, OTHER, FOCAL = "x02719-2022", "h082-2022", "h080-2022", "so-noi-vu"
TASK = f"1.2/{COMMUNE}/once"
REPORT = f"report/{COMMUNE}/2022-Q3-report"
CHANGE = {"obligation", "version", "work_state", "history_id"}


@pytest.fixture
def call(house: object, capfd: pytest.CaptureFixture[str]) -> Call:
    """Run a command with --json and return its document; the status must be as expected."""

    def _call(*words: str, status: int = 0) -> Any:  # noqa: ANN401 - a JSON document
        capfd.readouterr()
        assert run([*words, "--json"]) == status
        out, err = capfd.readouterr()
        if status:
            assert out == ""
            return err
        return json.loads(out)

    return _call


def test_a_wording_of_time_is_read_with_its_days_and_why(call: Call) -> None:
    read = call("dates", "read", "Trước ngày 15/7/2022", "--signed", "2022-06-30")
    assert read == {
        "rule": {"before": "2022-07-15"},
        "last_days": ["2022-07-14"],
        "why": "'Trước ngày 15/7/2022' → ngày 15 không tính → Thứ Năm 14/7/2022",
        "printed": "Trước ngày 15/7/2022",
        "doubts": [],
    }
    again = call(
        "dates", "read", "hằng tháng", "--year", "2026", "--signed", "2026-10-05", "--until", "2026-12-31"
    )
    assert again["last_days"] == ["2026-10-31", "2026-11-30", "2026-12-31"]


def test_what_is_not_understood_of_a_wording_is_asked(call: Call) -> None:
    assert call("dates", "read", "sớm nhất có thể") == {
        "rule": None,
        "last_days": [],
        "why": "",
        "printed": "",
        "doubts": ["Chưa rõ thời hạn: “sớm nhất có thể”"],
    }
    no_year = call("dates", "read", "Hằng quý")
    assert (no_year["rule"], no_year["last_days"]) == ({"each": "quarter"}, [])
    assert no_year["why"] == "'Hằng quý' → cần biết năm để tính (--year)"


@pytest.mark.parametrize(
    "words",
    [
        ("",),
        ("  ",),
        ("Quý\x00II",),
        ("Quý II", "--year", "26"),
        ("Quý II", "--signed", "2026-02-30"),
        ("Quý II", "--signed", "2026-07-01", "--until", "2026-06-30"),
    ],
)
def test_a_wording_that_is_none_is_bad_input_in_one_line(call: Call, words: tuple[str, ...]) -> None:
    assert call("dates", "read", *words, status=BAD_INPUT).strip()


def test_a_wording_is_read_for_people_within_eighty_columns(capfd: pytest.CaptureFixture[str]) -> None:
    assert (
        run(
            [
                "dates",
                "read",
                "Quý I/2026 ban hành kế hoạch; Quý IV/2026 tổng kết, đánh giá",
                "--year",
                "2026",
            ]
        )
        == 0
    )
    out, err = capfd.readouterr()
    assert err == ""
    assert out.startswith("Đọc là: Quý I/2026: ban hành kế hoạch; Quý IV/2026: tổng kết")
    assert max(map(len, out.splitlines())) <= 80


def test_the_plan_is_shown_with_its_39_items_and_their_periods(call: Call) -> None:
    plan = call("plan", "show")
    assert (plan["number"], plan["signed_on"], plan["valid_until"]) == (
        "239/KH-UBND",
        "2022-06-30",
        "2022-12-31",
    )
    items = {item["key"]: item for item in plan["items"]}
    assert len(items) == 39
    assert items["8.1"]["printed"] == "7.1"
    (period,) = items["3.1"]["periods"]
    assert (period["last_day"], period["inner"]) == ("2022-07-29", {"commune": "2022-07-26"})
    assert [p["last_day"] for p in items["2.3"]["periods"]] == ["2022-07-15", "2022-10-17"]
    (survey,) = items["4.2"]["periods"]
    assert (survey["last_day"], survey["target"]) == ("2022-12-31", "2022-12-30")
    assert set(items["2.6"]) == {
        "key",
        "printed",
        "content",
        "title",
        "leads_text",
        "cooperating_text",
        "deadline_text",
        "wording",
        "lead_mode",
        "leads",
        "second",
        "figures",
        "periods",
    }


def test_dates_say_why(call: Call) -> None:
    lines = call("plan", "dates")
    (line,) = [x for x in lines if x["item"] == "1.2"]
    assert line["why"] == "'Trước ngày 15/7/2022' → ngày 15 không tính → Thứ Năm 14/7/2022"
    assert {"step": "+4", "on": "2022-07-20"} in line["ladder"]
    days = {(x["item"], x["tier"], x["period"]): x for x in lines}
    assert days["plan", "district", "once"]["last_day"] == "2022-07-14"
    assert days["sheet", "commune", "2022-07"]["last_day"] == "2022-08-10"
    assert len({x["item"] for x in lines if x["kind"] == "row"}) == 25 + 2  # and what part III asks of others
    commune, focal = (days["report", level, "2022-Q3-report"] for level in ("commune", "focal"))
    assert (commune["closes_on"], focal["closes_on"]) == ("2022-09-07", "2022-09-15")
    assert commune["proposed"]
    assert commune["why"].endswith("đề nghị gửi chậm nhất ngày 09/9/2022")
    assert "'" not in commune["why"]


def test_dates_of_a_year_go_on_into_january(call: Call) -> None:
    lines = call("plan", "dates", "--year", "2023")
    quarters = [x["last_day"] for x in lines if x["item"] == "2.3"]
    assert quarters == ["2023-04-17", "2023-07-17", "2023-10-16", "2024-01-15"]
    assert not [x for x in lines if x["item"] in ("1.2", "plan")]


def test_dates_of_a_leap_year_are_those_of_its_cycles(call: Call) -> None:
    reports = [x for x in call("plan", "dates", "--year", "2024") if x["item"] == "report"]
    assert {x["last_day"] for x in reports if x["tier"] == "district"} == {
        "2024-03-14",
        "2024-06-14",
        "2024-09-14",
        "2024-12-14",
    }
    assert {x["last_day"] for x in reports if x["tier"] == "commune"} == {
        "2024-03-09",
        "2024-06-09",
        "2024-09-09",
        "2024-12-09",
    }


def test_agencies_are_those_of_the_plans_day(call: Call) -> None:
    found = call("agencies")
    assert sum(a["tier"] == "commune" for a in found) == 152
    assert sum(a["tier"] == "district" for a in found) == 9
    commune = next(a for a in found if a["id"] == COMMUNE)
    assert (commune["superior"], commune["invited"]) == (DISTRICT, False)
    assert commune["addresses"]
    assert all(address.endswith(".example") for a in found for address in a["addresses"])


def test_units_are_those_of_a_day(call: Call) -> None:
    before, after = call("unit", "list", "--on", "2025-06-30"), call("unit", "list", "--on", "2025-07-01")
    assert set(before[0]) == {"key", "name", "level", "superior", "reviewer", "valid_from", "valid_to"}
    counts = [
        {level: sum(u["level"] == level for u in found) for level in ("commune", "district", "province")}
        for found in (before, after)
    ]
    assert counts == [
        {"commune": 152, "district": 9, "province": 29},
        {"commune": 99, "district": 0, "province": 25},
    ]
    old = next(u for u in before if u["key"] == COMMUNE)
    assert (old["superior"], old["reviewer"], old["valid_to"]) == (DISTRICT, DISTRICT, "2025-06-30")
    new = next(u for u in after if u["key"] == "x02647-2025")
    assert (new["superior"], new["reviewer"], new["valid_to"]) == ("ubnd-tinh", "so-noi-vu", None)
    assert next(u for u in after if u["key"] == "ubnd-tinh")["reviewer"] is None


def test_successors_are_told_with_day_and_resolution(call: Call) -> None:
    rows = call("unit", "successors")
    assert rows[0] == {
        "from": "x02635-2022",
        "to": "x02647-2025",
        "on": "2025-07-01",
        "resolution": "Nghị quyết 1673/NQ-UBTVQH15",
        "part": "full",
    }
    assert {r["part"] for r in rows if r["to"] is None} == {"none"}
    assert len(rows) == 168


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


def test_events_documents_extensions_pauses_and_cancelling(call: Call) -> None:
    event = call(
        "event",
        "record",
        "2.4",
        "--agency",
        DISTRICT,
        "--on",
        "2022-08-10",
        "--title",
        "Kế hoạch sử dụng đất",
        "--as-of",
        "2022-08-11",
    )
    assert event["obligation"] == f"2.4/{DISTRICT}/e-0001"
    (task,) = call("obligations", "--item", "2.4", "--kind", "task", "--as-of", "2022-08-11")
    assert (task["opened_on"], task["last_day"]) == ("2022-08-10", "2022-09-09")
    gone = call("event", "withdraw", event["obligation"], "--reason", "ghi nhầm", "--as-of", "2022-08-12")
    assert gone["work_state"] == "cancelled"
    keys = [f"5.{n}/{COMMUNE}/once" for n in (1, 2, 3)]
    answers = call(
        "document",
        "record",
        *keys,
        "--by",
        DISTRICT,
        "--number",
        "15/BC-UBND",
        "--on",
        "2022-09-20",
        "--as-of",
        "2022-09-22",
    )
    assert [a["work_state"] for a in answers] == ["submitted"] * 3
    late = call("extend", f"3.5/{DISTRICT}/2022-Q3", "--until", "2022-10-14", status=BAD_INPUT)
    assert "--document" in late
    moved = call(
        "extend",
        f"3.5/{DISTRICT}/2022-Q3",
        "--until",
        "2022-10-14",
        "--document",
        "77/UBND-NC",
        "--on",
        "2022-09-28",
        "--as-of",
        "2022-09-29",
    )
    assert set(moved) == CHANGE
    pause = call(
        "pause",
        DISTRICT,
        "--from",
        "2022-08-10",
        "--to",
        "2022-08-17",
        "--reason",
        "mưa lũ",
        "--as-of",
        "2022-08-10",
    )
    assert pause["place"] == DISTRICT
    back = call(
        "extension",
        "withdraw",
        f"3.5/{DISTRICT}/2022-Q3",
        "--reason",
        "ghi nhầm huyện",
        "--as-of",
        "2022-09-30",
    )
    assert set(back) == CHANGE
    both = call(
        "pause",
        COMMUNE,
        "so-y-te",
        "--from",
        "2022-08-10",
        "--open-ended",
        "--reason",
        "mưa lũ",
        "--as-of",
        "2022-08-10",
    )
    assert [(p["place"], p["to"]) for p in both] == [(COMMUNE, None), ("so-y-te", None)]
    ended = call("pauses", "end", str(both[0]["pause"]), "--as-of", "2022-08-12")
    assert ended["to"] == "2022-08-12"
    gone = call("pauses", "withdraw", str(both[1]["pause"]), "--reason", "ghi nhầm", "--as-of", "2022-08-12")
    assert gone["withdrawn"] == "ghi nhầm"
    states = {p["pause"]: p["state"] for p in call("pauses", "list", "--as-of", "2022-08-12")}
    assert states == {1: "đang tạm dừng", 2: "đang tạm dừng", 3: "đã rút"}
    for wrong in ((), ("--open-ended", "--to", "2022-08-12")):
        assert "--open-ended" in call(
            "pause",
            COMMUNE,
            "--from",
            "2022-08-10",
            *wrong,
            "--reason",
            "x",
            "--as-of",
            "2022-08-10",
            status=BAD_INPUT,
        )
    assert "--number" in call(
        "document",
        "record",
        keys[0],
        "--by",
        DISTRICT,
        "--number",
        "",
        "--on",
        "2022-09-20",
        "--as-of",
        "2022-09-22",
        status=BAD_INPUT,
    )
    mistaken = call(
        "assignment", "cancel", f"4.6/{COMMUNE}/once", "--reason", "giao nhầm", "--as-of", "2022-08-01"
    )
    assert mistaken["work_state"] == "cancelled"


def test_mail_is_held_on_a_day_off_and_listed_when_it_left(call: Call) -> None:
    call("sweep", "--as-of", "2022-06-30")
    assert call("deliver", "--as-of", "2022-07-02")["held_until"] == "2022-07-04T07:30:00+07:00"
    assert call("deliver", "--as-of", "2022-07-04")["sent"] == 1
    (message,) = call("messages", "--state", "sent")
    assert set(message) == {
        "id",
        "recipient",
        "address",
        "subject",
        "state",
        "attempts",
        "message_id",
        "error",
        "notices",
        "reply",
        "held",
    }
    assert message["notices"] == [{"obligation": "1.1/so-noi-vu/once", "step": "opening"}]
    (notice,) = call("notices", "--item", "1.1")
    assert set(notice) == {
        "obligation",
        "item",
        "agency",
        "leg",
        "step",
        "role",
        "recipient",
        "fires_on",
        "recorded_on",
        "state",
        "message",
        "proposed",
    }
    assert (notice["state"], notice["message"]) == ("sent", message["id"])


def test_the_list_of_proposals_is_edited_and_released(call: Call) -> None:
    call("sweep", "--as-of", "2022-07-28")
    entries = call("proposals", "list")
    mine = next(e for e in entries if e["obligation"] == TASK)
    dropped = call("proposals", "drop", str(mine["id"]), "--reason", "đã báo cáo bằng văn bản")
    assert [entry["obligation"] for entry in dropped] == [TASK]
    back = call("proposals", "restore", str(mine["id"]), "--reason", "đưa ra nhầm")
    assert [set(entry) for entry in back] == [CHANGE]
    assert "không có dòng" in call(
        "proposals", "restore", str(mine["id"]), "--reason", "lần nữa", status=BAD_INPUT
    )
    call("proposals", "drop", str(mine["id"]), "--reason", "đã báo cáo bằng văn bản")
    (other, *_) = call("proposals", "list")
    (edited,) = call("proposals", "edit", str(other["id"]), "--text", "Đề nghị kiểm tra")
    assert set(edited) == CHANGE
    assert "chưa nhận được thư nhắc việc" in call(
        "proposals", "edit", str(other["id"]), "--hard", status=REFUSED
    )
    released = call("proposals", "release", "--as-of", "2022-07-29")
    assert Path(released["draft"]).stat().st_size > 0
    assert all(set(e) == CHANGE for e in released["released"])
    assert call("proposals", "list") == []


def test_people_read_the_list_in_their_own_words_within_a_terminal(
    call: Call, capfd: pytest.CaptureFixture[str]
) -> None:
    call("sweep", "--as-of", "2022-07-28")
    capfd.readouterr()
    assert run(["proposals", "list", "--as-of", "2022-07-29"]) == 0
    shown = capfd.readouterr().out
    assert max(len(line) for line in shown.splitlines()) <= 80
    assert "28/07/2022" in shown
    assert "nhiệm vụ 1.2" in " ".join(shown.split())
    assert "chronic" not in shown
    assert COMMUNE not in shown
    assert run(["proposals", "list", "--state", "lsited"]) == BAD_INPUT


def test_a_link_opens_what_one_agency_has_open_until_it_is_revoked(
    call: Call, house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DONDOC_PUBLIC_URL", "https://theodoi.laocai.example/")
    made = call("link", COMMUNE, "--obligation", TASK, "--as-of", "2022-07-18")
    assert set(made) == {"url", "expires"}
    assert made["expires"] == "2022-08-17T07:30:00+07:00"
    start, _, signed = made["url"].rpartition("/")
    assert start == "https://theodoi.laocai.example/l"
    row, visitor = opened_at(house, signed, "2022-07-19")
    assert (visitor.agency, visitor.seat) == (COMMUNE, Seat.ANSWER_LINK)
    assert row.obligation_id == visitor.obligation_id is not None
    review = call("link", DISTRICT, "--for", "review", "--as-of", "2022-07-18")["url"].rpartition("/")[2]
    assert opened_at(house, review, "2022-07-19")[1].seat is Seat.REVIEW_LINK

    assert call("revoke", COMMUNE, "--as-of", "2022-07-19") == {"revoked": 1, "suspended": 0, "refused": 0}
    assert call("revoke", COMMUNE, "--as-of", "2022-07-19") == {"revoked": 0, "suspended": 0, "refused": 0}
    with pytest.raises(LinkFault, match="revoked"):
        opened_at(house, signed, "2022-07-19")
    assert opened_at(house, review, "2022-07-19")[1].agency == DISTRICT


def opened_at(house: House, signed: str, day: str) -> tuple[Any, Visitor]:
    with reading(house.engine) as connection:
        return open_link(connection, house, signed, parse_as_of(day))


@pytest.mark.parametrize(
    ("role", "agency", "seat", "of"),
    [
        ("coordinator", None, Seat.COORDINATOR, FOCAL),
        ("director", None, Seat.DIRECTOR, FOCAL),
        ("ops", None, Seat.OPS, FOCAL),
        ("reader", None, Seat.READER, "ubnd-tinh"),
        ("ubnd-tinh", None, Seat.READER, "ubnd-tinh"),
        ("officer", COMMUNE, Seat.OFFICER, COMMUNE),
        ("chairperson", COMMUNE, Seat.CHAIRPERSON, COMMUNE),
        ("district-desk", DISTRICT, Seat.DESK, DISTRICT),
        ("district_desk", DISTRICT, Seat.DESK, DISTRICT),
        ("desk", DISTRICT, Seat.DESK, DISTRICT),
        ("leader", "so-y-te", Seat.LEADER, "so-y-te"),
        ("guide", "so-tu-phap", Seat.GUIDE, "so-tu-phap"),
    ],
)
def test_a_login_link_signs_in_once_in_the_seat_asked_for(
    call: Call, house: House, role: str, agency: str | None, seat: Seat, of: str
) -> None:
    named = ("--agency", agency) if agency else ()
    made = call("login-link", "--role", role, *named, "--as-of", "2022-07-18")
    assert set(made) == {"url", "expires"}
    assert made["url"].startswith("http://127.0.0.1:8239/dang-nhap/")
    signed, at = made["url"].rpartition("/")[2], parse_as_of("2022-07-18T08:00")
    session = sign_in(house, signed, at, "test")
    visitor = session_visitor(house, session, at)
    assert visitor is not None
    assert (visitor.agency, visitor.seat) == (of, seat)
    with pytest.raises(LinkFault, match="used"):
        sign_in(house, signed, at, "test")


def test_a_seat_that_an_agency_has_not_is_refused_with_those_it_has(call: Call) -> None:
    said = call("login-link", "--role", "director", "--agency", DISTRICT, status=REFUSED)
    assert said.strip() == (
        "UBND huyện Bát Xát không có vai trò 'director' (có: district-desk, officer, chairperson, guide);"
        " chọn --agency"
    )


def test_a_role_that_does_not_exist_names_those_that_do(call: Call) -> None:
    said = call("login-link", "--role", "answer-link", status=BAD_INPUT)
    assert said.strip() == (
        "--role: không có vai trò 'answer-link'; chọn một trong: officer, leader, chairperson, district-desk,"
        " guide, coordinator, director, reader, ops"
    )


def test_people_read_a_link_and_until_when_it_can_be_used(
    house: House, capfd: pytest.CaptureFixture[str]
) -> None:
    assert run(["link", COMMUNE, "--as-of", "2022-07-08"]) == 0
    url, until = capfd.readouterr().out.splitlines()
    assert opened_at(house, url.rpartition("/")[2], "2022-07-19")[1].agency == COMMUNE
    assert until == "Dùng được đến 07:30 ngày 07/8/2022"


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
