"""The contract for scripts: what people record beside reports, mail held and left, the list of proposals."""

from __future__ import annotations

from pathlib import Path

import pytest

from cli.main import BAD_INPUT, REFUSED, run
from tests.support.running.commands import Call

COMMUNE, DISTRICT, OTHER, FOCAL = "x02719-2022", "h082-2022", "h080-2022", "so-noi-vu"
TASK = f"1.2/{COMMUNE}/once"
CHANGE = {"obligation", "version", "work_state", "history_id"}


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
