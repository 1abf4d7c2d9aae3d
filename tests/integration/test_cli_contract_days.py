"""The contract for scripts: wordings and their days, the plan as it is read, who is there on a day."""

from __future__ import annotations

import pytest

from cli.main import BAD_INPUT, run
from tests.support.running.commands import Call

COMMUNE, DISTRICT, OTHER, FOCAL = "x02719-2022", "h082-2022", "h080-2022", "so-noi-vu"


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
