"""A quarter's duties as products: counted by the one reckoning, put before their agencies, then published."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook
from sqlalchemy import select

from store.engine import reading
from store.schema import journal
from tasks_lib.answering.submit import Answer
from tasks_lib.kernel.bootstrap import House
from tests.support.life.recount import dated, recounted
from tests.support.life.stories import A_MU_SUNG, BAT_XAT, MUONG_VI, SIGNED, replay, reports_in
from tests.support.pages.unit import two_communes
from tests.support.running.commands import Call, caller

Q3, AFTER = "2022-Q3", "2022-10-03"
PAPI = f"1.2/{A_MU_SUNG}/once"


@pytest.fixture
def say(capfd: pytest.CaptureFixture[str]) -> Call:
    return caller(capfd)


@pytest.fixture
def lived(any_house: House, monkeypatch: pytest.MonkeyPatch) -> House:
    """Two communes until 3/10/2022: A Mú Sung has answered once in time and once late."""
    monkeypatch.setenv("DONDOC_DATABASE_URL", any_house.engine.url.render_as_string(hide_password=False))
    two_communes(any_house)
    replay(any_house, SIGNED, "2022-07-12")
    written = Answer(text="12 buổi", figures={"a": 3}, drafted_by="Vàng A Páo")
    reports_in(any_house, PAPI, "2022-07-13", written)
    late = Answer(text="xong", figures={"a": "có"})
    reports_in(any_house, f"2.3/{A_MU_SUNG}/2022-Q2", "2022-08-30", late)
    replay(any_house, AFTER, AFTER)
    return any_house


def _grade(say: Call, *words: str, on: str = AFTER, status: int = 0) -> Any:  # noqa: ANN401 - JSON
    return say("grade", *words, "--quarter", Q3, "--as-of", on, "--json", status=status)


def test_every_number_is_recounted_from_the_list_of_duties(lived: House, say: Call, tmp_path: Path) -> None:
    found = _grade(say, "--out", str(tmp_path))
    rows = dated(say("obligations", "--as-of", AFTER, "--json"))
    quarter = [row for row in rows if "2022-07-01" <= row["last_day"] <= "2022-09-30"]

    assert {a["agency"] for a in found["agencies"]} == {A_MU_SUNG, MUONG_VI, BAT_XAT}
    for agency in found["agencies"]:
        mine = recounted([r for r in quarter if r["agency"] == agency["agency"]], date(2022, 10, 3))
        assert agency["assigned"] == mine.in_time + mine.late + mine.overdue
        assert agency["completed"] == mine.in_time + mine.late
        assert agency["progress_points"] == 100 * mine.in_time + 75 * mine.late
        assert (agency["excused"], agency["asked_open"]) == (mine.excused, mine.asked_open)
        whole = [sum(o[name] for o in agency["officers"]) for name in ("assigned", "progress_points")]
        assert whole == [agency["assigned"], agency["progress_points"]]
    own = next(a for a in found["agencies"] if a["agency"] == A_MU_SUNG)
    assert (own["in_time"], own["late"]) == (1, 1)
    assert own["quality_percent"] is None
    assert [(o["name"], o["in_time"]) for o in own["officers"]] == [("Vàng A Páo", 1), (None, 0)]
    rule = found["rule"]
    assert (rule["valid_from"], rule["in_force"], rule["less_per_delay"]) == ("2026-01-01", False, 25)
    assert any("Chất lượng" in words for words in rule["unknown"])
    (book,) = tmp_path.glob("*.xlsx")
    sheet = load_workbook(book)["Theo cơ quan"]
    line = next(r for r in sheet.iter_rows(values_only=True) if r[0] == "UBND xã A Mú Sung")
    assert line[2:6] == (own["assigned"], 2, 1, 1)
    assert json.loads(next(tmp_path.glob("*.json")).read_text()) == found


def test_lateness_that_a_pause_excuses_stands_apart(lived: House, say: Call) -> None:
    before = next(a for a in _grade(say)["agencies"] if a["agency"] == MUONG_VI)
    say(
        "pause",
        MUONG_VI,
        "--from",
        "2022-10-03",
        "--to",
        "2022-10-10",
        "--reason",
        "lũ",
        "--as-of",
        AFTER,
        "--json",
    )

    after = next(a for a in _grade(say)["agencies"] if a["agency"] == MUONG_VI)

    assert before["overdue"] > 0
    assert (after["overdue"], after["excused"]) == (0, before["overdue"])
    assert (after["assigned"], after["progress_percent"]) == (0, None)


def test_an_agency_has_its_word_before_anything_is_published(lived: House, say: Call) -> None:
    drafted = _grade(say, "draft")
    assert set(drafted["agencies"]) == {A_MU_SUNG, MUONG_VI, BAT_XAT}
    assert _grade(say, "publish", "--agency", A_MU_SUNG, status=1)
    assert _grade(say, "publish")["agencies"] == []
    assert "không được cho ý kiến thay" in _grade(say, "accept", MUONG_VI, "--by", A_MU_SUNG, status=1)
    words = ("--by", A_MU_SUNG, "--reason", "Nhiệm vụ 2.3 đã gửi bằng văn bản")
    told = _grade(say, "contest", A_MU_SUNG, *words, on="2022-10-05")
    assert (told["state"], told["answered_by"]) == ("contested", A_MU_SUNG)
    assert _grade(say, "accept", MUONG_VI, "--by", MUONG_VI, on="2022-10-05")["state"] == "accepted"
    assert _grade(say, "publish", on="2022-10-05")["agencies"] == [MUONG_VI]

    late = _grade(say, "publish", on="2022-10-11")["agencies"]
    assert late == [BAT_XAT]  # it has let its five days pass
    assert "đề nghị xem lại" in _grade(say, "publish", "--agency", A_MU_SUNG, on="2022-10-11", status=1)
    assert "không nhận ý kiến" in _grade(say, "accept", BAT_XAT, "--by", BAT_XAT, on="2022-10-11", status=1)
    again = _grade(say, "draft", on="2022-10-11")
    assert again["agencies"] == [A_MU_SUNG]
    _grade(say, "accept", A_MU_SUNG, "--by", A_MU_SUNG, on="2022-10-12")
    assert _grade(say, "publish", on="2022-10-12")["agencies"] == [A_MU_SUNG]
    with reading(lived.engine) as connection:
        query = select(journal.c.what, journal.c.subject, journal.c.by).where(journal.c.what.like("grade-%"))
        said = [tuple(row) for row in connection.execute(query.order_by(journal.c.id))]
    assert said.count(("grade-contest", A_MU_SUNG, A_MU_SUNG)) == 1
    assert [row[1] for row in said if row[0] == "grade-publish"] == [MUONG_VI, BAT_XAT, A_MU_SUNG]
    assert say("verify", "--json")["ok"]


def test_what_cannot_be_is_refused(lived: House, say: Call) -> None:
    assert "quý chưa kết thúc" in _grade(say, "draft", on="2022-09-30", status=1)
    assert "chỉ Sở Nội vụ lập" in _grade(say, "draft", "--by", BAT_XAT, status=1)
    assert "--quarter" in say("grade", "--quarter", "2022-13", "--as-of", AFTER, status=2)
    assert "--quarter" in say("grade", "--as-of", AFTER, status=2)
    assert "chưa lập dự thảo" in _grade(say, "accept", MUONG_VI, "--by", MUONG_VI, status=1)
