"""Plan 239 as data says what the paper says, to the letter, and reads its columns as agreed."""

from __future__ import annotations

from collections import Counter
from datetime import date
from pathlib import Path

import pytest

from config.load import OWN_DIRECTORY, Configuration, load_configuration
from obligations.deadlines import regulation_on
from obligations.model import Item, LadderStep, LeadMode, Plan, SecondRole, Wording

SOURCE = Path(__file__).parent.parent / "data" / "plan-239-2022.txt"
CELL_END = " |"


@pytest.fixture(scope="module")
def config() -> Configuration:
    return load_configuration(OWN_DIRECTORY)


@pytest.fixture(scope="module")
def plan(config: Configuration) -> Plan:
    return config.plan()


@pytest.fixture(scope="module")
def printed() -> list[list[str]]:
    """The appendix as printed: rows of five cells below the head of the table."""
    lines = SOURCE.read_text(encoding="utf-8").splitlines()
    body = lines[lines.index("Thời gian hoàn thành |") + 1 : lines.index("Ý kiến bạn đọc")]
    cells = [line.removesuffix(CELL_END) for line in body if line.strip("| ")]
    return [cells[at : at + 5] for at in range(0, len(cells), 5)]


def find(plan: Plan, key: str) -> Item:
    item = plan.item(key)
    assert item is not None
    return item


def test_every_text_equals_the_print_to_the_letter(plan: Plan, printed: list[list[str]]) -> None:
    ours = [[i.printed, i.title, i.leads_text, i.cooperating_text, i.deadline_text] for i in plan.items]
    assert ours == printed


def test_thirty_nine_items_stand_under_eight_contents(plan: Plan) -> None:
    assert [content.number for content in plan.contents] == list(range(1, 9))
    counts = Counter(item.content for item in plan.items)
    assert [counts[number] for number in range(1, 9)] == [3, 6, 5, 6, 3, 8, 3, 5]


def test_keys_count_on_where_the_print_repeats_itself(plan: Plan) -> None:
    counts = enumerate([3, 6, 5, 6, 3, 8, 3, 5], start=1)
    assert [i.key for i in plan.items] == [f"{content}.{n + 1}" for content, c in counts for n in range(c)]
    assert [i.printed for i in plan.items if i.content == 8] == ["7.1", "7.2", "7.3", "7.4", "7.5"]
    assert all("trùng" in i.doubts[0] for i in plan.items if i.content == 8)


def test_content_names_come_from_part_two(plan: Plan) -> None:
    text = SOURCE.read_text(encoding="utf-8").casefold()
    for content in plan.contents:
        assert f"1.{content.number}. chỉ số nội dung “{content.name.casefold()}”" in text
    assert [c.number for c in plan.contents if c.weak] == [3, 4, 6, 7]


def test_the_plan_s_head(plan: Plan) -> None:
    assert (plan.key, plan.number, plan.issuer) == ("239-2022", "239/KH-UBND", "UBND tỉnh Lào Cai")
    assert (plan.signed_on, plan.valid_until) == (date(2022, 6, 30), date(2022, 12, 31))
    assert (plan.focal, plan.top) == ("so-noi-vu", "ubnd-tinh")
    assert "cải thiện Chỉ số Hiệu quả quản trị và Hành chính công cấp tỉnh (PAPI)" in plan.title


ROLES = {
    SecondRole.IMPLEMENTS: "1.1 1.3 2.1 2.6 3.1 3.3 3.4 6.1 6.3 6.5 6.6 6.8 7.1 7.2 8.1 8.2 8.3 8.4",
    SecondRole.GUIDES: "2.2 2.3 2.4 2.5 3.2 3.5 4.1 4.4 4.6 5.1 5.2 5.3 6.4 6.6 6.7",
    SecondRole.COOPERATES: "1.2 4.2 4.3 4.5 6.2 7.3 8.5",
    SecondRole.INSPECTED: "4.5",
}


@pytest.mark.parametrize("role", ROLES)
def test_the_second_column_is_read_in_four_roles(plan: Plan, role: SecondRole) -> None:
    assert [i.key for i in plan.items if any(b.role is role for b in i.second)] == ROLES[role].split()


def test_every_body_of_the_second_column_is_printed_there(plan: Plan) -> None:
    for item in plan.items:
        assert item.second, item.key
        rest = item.cooperating_text
        for body in item.second:
            assert body.text in rest, item.key
            rest = rest.replace(body.text, "", 1)
        assert not rest.strip(" ,;").replace("và", "").strip(), item.key


def test_two_items_have_two_roles_at_once(plan: Plan) -> None:
    assert [(b.body, b.role) for b in find(plan, "6.6").second] == [
        ("so-cong-thuong", SecondRole.GUIDES),
        ("ubnd-cap-huyen", SecondRole.IMPLEMENTS),
        ("ubnd-cap-xa", SecondRole.IMPLEMENTS),
    ]
    assert [(b.body, b.role) for b in find(plan, "4.5").second] == [
        ("thanh-tra-tinh", SecondRole.COOPERATES),
        ("ubnd-cap-huyen", SecondRole.INSPECTED),
        ("ubnd-cap-xa", SecondRole.INSPECTED),
    ]


def test_the_body_printed_in_both_columns_is_read_as_the_district_and_doubted(plan: Plan) -> None:
    item = find(plan, "2.2")
    assert item.leads == ("ubnd-cap-xa",)
    assert item.second[1].text == "UBND cấp xã"
    assert item.second[1].body == "ubnd-cap-huyen"
    assert "cả hai cột" in item.doubts[0]


def test_whoever_has_no_account_is_named_by_text_alone(plan: Plan) -> None:
    without = [b for i in plan.items for b in i.second if not b.has_account]
    assert all(b.body == "" and b.text for b in without)
    assert "Tổ trưởng TDP, Trưởng thôn" in {b.text for b in without}


def test_only_two_items_are_led_jointly(plan: Plan) -> None:
    joint = {i.key: i.leads[0] for i in plan.items if i.lead_mode is LeadMode.JOINT}
    assert joint == {"2.6": "van-phong-ubnd-tinh", "6.3": "so-giao-duc-va-dao-tao"}


def test_deadlines_by_wording(plan: Plan) -> None:
    counts = Counter(i.deadline.wording for i in plan.items)
    assert counts == {
        Wording.BEFORE: 8,
        Wording.REPORT_BEFORE: 2,
        Wording.QUARTER: 3,
        Wording.EVERY_QUARTER: 1,
        Wording.AS_REGULATED: 4,
        Wording.CONTINUOUS: 21,
    }
    for item in plan.items:
        day = item.deadline.day
        if day is not None:
            assert item.deadline_text.endswith(f"rước ngày {day.day}/{day.month}/{day.year}"), item.key
        if item.deadline.quarter is not None:
            roman = {"3": "III", "4": "IV"}[item.deadline.quarter[-1]]
            assert item.deadline_text == f"Quý {roman}/2022"
        if item.deadline.wording is Wording.CONTINUOUS:
            assert item.deadline_text == "Thường xuyên"


def test_what_the_deadlines_need_besides_the_print(plan: Plan) -> None:
    assert find(plan, "3.1").deadline.inner_working_days == 3
    assert find(plan, "3.3").deadline.inner_working_days == 0
    rule = regulation_on(plan, "2.3", date(2022, 9, 30))
    assert (rule.days, "163/2016" in rule.basis) == (15, True)
    assert any("343/2016" in doubt for doubt in find(plan, "2.3").doubts)


def test_part_three_s_duties_and_who_waits_for_them(plan: Plan) -> None:
    text = SOURCE.read_text(encoding="utf-8")
    assert [(d.key, d.deadline.day) for d in plan.duties] == [
        ("III.3.a", date(2022, 11, 30)),
        ("III.3.b", date(2022, 9, 30)),
    ]
    assert all(d.title in text and d.content is None and d.leads == ("so-noi-vu",) for d in plan.duties)
    assert all(r.title in text and r.leads[0] in plan.invited for r in plan.requests)
    waiting = {i.key: (i.waits_for, i.waits_until) for i in plan.items if i.waits_for}
    assert waiting == dict.fromkeys(("4.2", "4.3"), ("III.3.a", date(2022, 11, 30)))


def test_figures_stand_with_their_items(plan: Plan) -> None:
    assert sum(len(i.figures) for i in plan.items) == 115
    assert [f.key for f in find(plan, "8.3").figures] == ["a", "b"]
    assert find(plan, "1.2").figures[2].across == "two_counts"


def test_regulations_follow_each_other_in_time(plan: Plan) -> None:
    land = [r for r in plan.regulations if r.item == "2.4"]
    assert [(r.days, r.valid_to) for r in land] == [(30, date(2024, 7, 31)), (15, None)]
    assert {r.item for r in plan.regulations} == {"2.3", "2.4", "2.5", "2.6", "4.5"}


def test_cycles_and_sheets(plan: Plan) -> None:
    assert [(c.key, c.month) for c in plan.cycles] == [("Q1", 3), ("H1", 6), ("Q3", 9), ("year", 12)]
    assert all(
        c.before_day == {"commune": 10, "district": 15, "province": 15, "focal": 20} for c in plan.cycles
    )
    assert plan.settings.sheet_months == tuple(f"2022-{month:02d}" for month in range(7, 13))


def codes(plan: Plan, key: str) -> list[str]:
    return [step.code for step in steps(plan, key)]


def steps(plan: Plan, key: str) -> tuple[LadderStep, ...]:
    return next(ladder.steps for ladder in plan.ladders if ladder.key == key)


def test_the_ladders_climb_as_agreed(plan: Plan) -> None:
    assert codes(plan, "focal-task") == ["opening", "-5", "-1", "+1", "list", "repeat"]
    assert codes(plan, "commune-task") == ["opening", "-5", "-1", "+2", "+4", "+5", "list", "repeat"]
    assert codes(plan, "upper-task-district") == ["opening", "-5", "-1", "+2", "+4", "list", "repeat"]
    assert codes(plan, "commune-report") == ["opening", "-3", "-1", "+1", "+2", "+3", "list", "repeat"]
    assert codes(plan, "commune-plan") == ["opening", "-3", "+2", "+4", "+5", "list", "repeat"]
    assert codes(plan, "upper-plan-province") == ["opening", "-3", "+2", "+5", "list", "repeat"]
    assert codes(plan, "commune-sheet") == ["sheet", "missed"]
    assert codes(plan, "review") == ["+3", "+5"]
    assert codes(plan, "request") == ["-10"]


def test_monday_s_digest_is_for_commune_tasks_unless_the_report_binds_so_noi_vu(plan: Plan) -> None:
    by_code = {step.code: step for step in steps(plan, "commune-task")}
    at_once = {step.code: step for step in steps(plan, "commune-report-before")}
    assert (by_code["+5"].rhythm, at_once["+5"].rhythm) == ("monday", "daily")
    keys = [ladder.key for ladder in plan.ladders]
    assert keys.index("commune-report-before") < keys.index("commune-task")


def test_every_lead_ladder_ends_with_so_noi_vu_and_opens_two_days_after_signing(plan: Plan) -> None:
    for ladder in plan.ladders:
        if ladder.leg != "lead" or ladder.kind == "sheet":
            continue
        assert (ladder.steps[0].code, ladder.steps[0].days) == ("opening", 2)
        assert [(step.code, step.days) for step in ladder.steps[-2:]] == [("list", 10), ("repeat", 0)]
        assert {role.role for role in ladder.steps[-2].to} == {"focal"}


def test_a_sheet_reaches_the_district_at_the_second_and_so_noi_vu_at_the_third_miss(plan: Plan) -> None:
    missed = steps(plan, "commune-sheet")[-1]
    assert {role.role: role.min_streak for role in missed.to} == {"superior": 2, "focal": 3}


@pytest.mark.parametrize("name", [None, "239", "239-2022", "239/KH-UBND"])
def test_the_plan_answers_to_its_names(config: Configuration, name: str | None) -> None:
    assert config.plan(name).key == "239-2022"
