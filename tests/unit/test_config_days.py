"""Any plan can say its deadlines as values: laid out, or refused with file, item and field."""

from __future__ import annotations

import shutil
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from config.errors import ConfigError
from config.load import OWN_DIRECTORY, Configuration, load_configuration
from obligations.chain import Roster
from obligations.deadlines import item_dues, regulation_on
from obligations.foresee import foresee, foresee_event
from obligations.model import Judged, Kind, Planned, Wording
from obligations.period import Period

WORDS = 'deadline_text = "Trước ngày 30/9/2022"'
BEFORE = 'deadline = { wording = "before", day = 2022-09-30 }'
SURVEY = "5.1"
"""The item that other deadlines are tried on: of districts and communes, before 30/9/2022 in print."""


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """A client's own copy of the configuration."""
    target = tmp_path / "config"
    shutil.copytree(OWN_DIRECTORY, target, ignore=shutil.ignore_patterns("*.py", "__pycache__"))
    return target


def said(copy: Path, deadline: str) -> None:
    """Say item 5.1's deadline in another way."""
    path = copy / "plan.toml"
    before, key, after = path.read_text(encoding="utf-8").partition(f'key = "{SURVEY}"')
    assert BEFORE in after
    path.write_text(before + key + after.replace(BEFORE, f"deadline = {deadline}", 1), encoding="utf-8")


def loaded(copy: Path, deadline: str) -> Configuration:
    said(copy, deadline)
    return load_configuration(copy)


def owed(configuration: Configuration) -> list[Planned]:
    plan = configuration.plan()
    roster = Roster(configuration.agencies, configuration.members, plan.signed_on)
    return [p for p in foresee(plan, roster, configuration.calendar) if p.item == SURVEY]


def days(configuration: Configuration) -> dict[str, str]:
    return {str(p.period): p.last_day.isoformat() for p in owed(configuration)}


@pytest.mark.parametrize(
    ("deadline", "expected"),
    [
        ("{ before = 2022-09-30 }", {"once": "2022-09-29"}),
        ('{ before = "2022-Q4" }', {"once": "2022-09-30"}),
        ("{ by = 2022-09-30 }", {"once": "2022-09-30"}),
        ('{ within = "2022-Q4" }', {"2022-Q4": "2022-12-31"}),
        ('{ within = "2022-H2" }', {"2022-H2": "2022-12-31"}),
        ('{ within = "2022-08" }', {"2022-08": "2022-08-31"}),
        ('{ within = "2022" }', {"2022-Y": "2022-12-31"}),
        ('{ at = "middle", of = "2022-11" }', {"once": "2022-11-15"}),
        ('{ from = 2022-08-01, to = "2022-10" }', {"once": "2022-10-31"}),
        ('{ after = "signing", days = 10, working = true }', {"once": "2022-07-14"}),
        ('{ after = "signing", months = 1 }', {"once": "2022-08-01"}),
        (
            '{ each = "month", before = 25 }',
            {f"2022-{month:02d}": f"2022-{month:02d}-24" for month in range(7, 13)},
        ),
        (
            '{ each = "quarter", before = 15, month = 3 }',
            {"2022-Q3": "2022-09-14", "2022-Q4": "2022-12-14"},
        ),
        ('{ each = "half", running = true }', {"2022-H1": "2022-06-30", "2022-H2": "2022-12-31"}),
        ('{ each = "year", by = 30, month = 11 }', {"2022-Y": "2022-11-30"}),
        ("{ goal = { by = 2022-11-30 } }", {"once": "2022-11-30"}),
        (
            '{ steps = [{ within = "2022-Q3", product = "chọn" }, { by = 2022-12-15 }] }',
            {"step-1": "2022-09-30", "step-2": "2022-12-15"},
        ),
    ],
)
def test_a_plan_lays_out_what_its_deadline_says(copy: Path, deadline: str, expected: dict[str, str]) -> None:
    configuration = loaded(copy, deadline)
    assert days(configuration) == expected
    tasks = owed(configuration)
    assert all(task.kind is Kind.TASK and task.ladder for task in tasks)
    assert len({task.key for task in tasks}) == len(tasks)
    assert all(task.opened_on >= configuration.plan().signed_on for task in tasks)
    assert all(task.why.startswith("'Trước ngày 30/9/2022' → ") for task in tasks)


def test_the_value_of_a_wording_gives_what_the_wording_gave(copy: Path, configuration: Configuration) -> None:
    printed = owed(configuration)
    assert owed(loaded(copy, "{ before = 2022-09-30 }")) == printed


def test_weeks_are_told_apart(copy: Path) -> None:
    found = days(loaded(copy, '{ each = "week", by = 5, from = "2022-09", to = "2022-09" }'))
    assert found == {
        "2022-W35": "2022-09-02",
        "2022-W36": "2022-09-09",
        "2022-W37": "2022-09-16",
        "2022-W38": "2022-09-23",
        "2022-W39": "2022-09-30",
    }


def test_inner_days_of_lower_levels_go_with_every_turn(copy: Path) -> None:
    configuration = loaded(copy, '{ each = "quarter", before = 15, month = 3, inner_working_days = 3 }')
    item = configuration.plan().item(SURVEY)
    assert item is not None
    dues = item_dues(item, configuration.plan(), configuration.calendar)
    assert [due.inner for due in dues] == [
        {"commune": date(2022, 9, 9)},
        {"commune": date(2022, 12, 9)},
    ]


def test_a_report_that_has_to_arrive_climbs_the_ladder_of_such(copy: Path) -> None:
    configuration = loaded(copy, '{ before = 2022-09-30, arrives = true, recipient = "Sở Nội vụ" }')
    item = configuration.plan().item(SURVEY)
    assert item is not None
    assert item.deadline.wording is Wording.REPORT_BEFORE
    assert {task.judged for task in owed(configuration)} == {Judged.ARRIVAL}


def test_a_milestone_is_owed_by_its_own_holder(copy: Path) -> None:
    steps = (
        '{ steps = [{ by = 2022-09-15, product = "đề xuất", leads = ["so-y-te"] },'
        ' { by = 2022-09-30, product = "tổng hợp", leads = ["so-noi-vu"] }] }'
    )
    found = owed(loaded(copy, steps))
    assert [(task.agency, task.period, task.last_day.day) for task in found] == [
        ("so-y-te", "step-1", 15),
        ("so-noi-vu", "step-2", 30),
    ]
    assert "mốc 1/2 (đề xuất): tính cả ngày này" in found[0].why


def test_a_goal_is_never_red(copy: Path) -> None:
    assert all(task.ours for task in owed(loaded(copy, "{ goal = { by = 2022-11-30 } }")))


@pytest.mark.parametrize(
    "deadline",
    ['{ as_directed = "Theo tiến độ của Bộ Nội vụ" }', '{ after = "event", event = "Luật có hiệu lực" }'],
)
def test_what_has_no_day_is_a_row_in_each_cycle_and_never_a_task(copy: Path, deadline: str) -> None:
    found = owed(loaded(copy, deadline))
    assert {task.kind for task in found} == {Kind.ROW}
    assert {str(task.period) for task in found} == {"2022-Q3-report", "2022-year-report"}


def test_what_goes_on_from_a_day_is_told_from_then(copy: Path) -> None:
    found = owed(loaded(copy, '{ continuous = true, report = "quarter", from = "2022-Q4" }'))
    assert {str(task.period) for task in found} == {"2022-year-report"}


def test_an_event_opens_what_the_plan_counts_from_it(copy: Path) -> None:
    deadline = '{ after = "event", event = "Nghị quyết được ban hành", days = 10, working = true }'
    configuration = loaded(copy, deadline)
    plan = configuration.plan()
    item = plan.item(SURVEY)
    assert item is not None
    rule = regulation_on(plan, SURVEY, date(2022, 8, 30))
    assert (rule.trigger, rule.basis) == ("Nghị quyết được ban hành", "thời hạn ghi trong Kế hoạch")
    opened = foresee_event(
        plan,
        item,
        configuration.agencies["so-y-te"],
        on=date(2022, 8, 30),
        number=1,
        calendar=configuration.calendar,
    )
    assert (opened.period, opened.last_day) == (Period("e-0001"), date(2022, 9, 15))
    assert "cộng 10 ngày làm việc (thời hạn ghi trong Kế hoạch)" in opened.why


AT = "plan.toml: nhiệm vụ 5.1: deadline"


@pytest.mark.parametrize(
    ("deadline", "fault"),
    [
        (
            "{ before = 2023-02-01 }",
            f"{AT}: 31/01/2023 nằm ngoài thời gian của kế hoạch (",
        ),
        ('{ within = "2022-Q5" }', f"{AT}.within: phải là một ngày, viết như 2026-04-30, hoặc một kỳ"),
        ("{ within = 2022-07-01 }", f"{AT}.within: phải là một kỳ"),
        ('{ by = "2022-Q3" }', f"{AT}.by: phải là một ngày"),
        ("{ by = 2022-07-01, before = 2022-08-01 }", f"{AT}.by: không dùng cùng 'before'"),
        ('{ each = "month", before = 2022-07-01 }', f"{AT}.before: phải là số ngày"),
        ('{ each = "fortnight" }', f"{AT}.each: không nhận 'fortnight', chỉ nhận 'week', 'month'"),
        ('{ each = "quarter", before = 15 }', f"{AT}.month: chưa rõ ngày của tháng nào trong kỳ"),
        ('{ each = "year", before = 15, month = 3 }', f"{AT}: không có kỳ nào trong thời gian của kế hoạch"),
        ('{ after = "signing" }', f"{AT}.days: thiếu trường này"),
        ('{ after = "event", days = 5 }', f"{AT}.event: thiếu trường này"),
        ('{ after = "signing", days = 5, weeks = 1 }', f"{AT}.weeks: không dùng cùng 'days'"),
        ('{ after = "signing", weeks = 1, working = true }', f"{AT}.working: chỉ dùng cùng 'days'"),
        ('{ after = "signing", days = 5, event = "x" }', f"{AT}.event: không dùng cùng"),
        ("{ from = 2022-07-01 }", f"{AT}.to: thiếu trường này"),
        ("{ from = 2022-08-01, to = 2022-07-01 }", f"{AT}.to: sớm hơn lúc bắt đầu"),
        ('{ continuous = true, report = "month" }', f"{AT}.report: kế hoạch không có kỳ báo cáo hằng tháng"),
        ("{ continuous = true, before = 2022-07-01 }", f"{AT}.before: không dùng cùng 'continuous'"),
        ('{ wording = "continuous", by = 2022-07-01 }', f"{AT}.by: không dùng cùng 'wording'"),
        ("{ goal = { continuous = true } }", f"{AT}.goal: không có ngày để phấn đấu"),
        ('{ goal = { each = "week", by = 9 } }', f"{AT}.goal.by: không có ngày 9"),
        ("{ steps = [] }", f"{AT}.steps: thiếu các mốc"),
        ("{ steps = [{ by = 2023-07-01 }] }", f"{AT}.steps.1: 01/07/2023 nằm ngoài thời gian"),
        ("{ steps = [{ continuous = true }] }", f"{AT}.steps.1: mốc cần có ngày"),
        ('{ steps = [{ by = 2022-09-01, leads = ["x"] }] }', f"{AT}.steps.leads: không có cơ quan 'x'"),
        (
            '{ steps = [{ each = "month" }, { each = "month", by = 5 }] }',
            f"{AT}.steps: hai mốc",
        ),
        ('{ when = "soon" }', f"{AT}.when: không có trường này"),
        ("{ by = 2022-02-30 }", f"{AT}.by: ngày 2022-02-30 không có thật hoặc viết sai"),
        ("{}", f"{AT}: chưa rõ thời hạn, cần một trong"),
        ("{ month = 3 }", f"{AT}.month: chưa rõ thời hạn"),
    ],
)
def test_a_fault_is_told_with_file_item_and_field(copy: Path, deadline: str, fault: str) -> None:
    said(copy, deadline)
    with pytest.raises(ConfigError) as caught:
        load_configuration(copy)
    (told,) = map(str, caught.value.faults)
    assert told.startswith(fault), told


def test_ladders_may_be_chosen_by_the_new_words(copy: Path) -> None:
    path = copy / "ladders.toml"
    text = path.read_text(encoding="utf-8")
    step = '{ code = "+1", to = ["self", "focal"], template = "overdue" }'
    extra = f'[[ladder]]\nkey = "monthly"\nkinds = ["task"]\nwording = "each"\nsteps = [{step}]\n\n'
    first = text.index("[[ladder]]")
    path.write_text(text[:first] + extra + text[first:], encoding="utf-8")
    configuration = loaded(copy, '{ each = "month" }')
    assert {task.ladder for task in owed(configuration)} == {"monthly"}


def test_the_word_for_a_deadline_can_be_replaced_in_a_plan(configuration: Configuration) -> None:
    """A deadline of the seven wordings and one said as a value are the same to whatever reckons with them."""
    item = configuration.plan().item("3.5")
    assert item is not None
    assert item.deadline.once == Period("2022-Q3")
    assert not item.deadline.recurs
    assert replace(item.deadline, term=item.deadline.stated()).once == Period("2022-Q3")


def test_as_above_is_what_the_row_above_says(copy: Path) -> None:
    """4.6 stands above 5.1 and has its last day; the first row has none above it."""
    plan = loaded(copy, "{ as_above = true }").plan()
    above, item = (next(i for i in plan.items if i.key == key) for key in ("4.6", SURVEY))
    assert item.deadline == above.deadline
    assert days(load_configuration(copy)) == {"once": "2022-09-29"}


def test_as_above_in_the_first_row_is_refused(copy: Path) -> None:
    path = copy / "plan.toml"
    before, key, after = path.read_text(encoding="utf-8").partition('key = "1.1"')
    start = after.index("deadline = {")
    after = after[:start] + "deadline = { as_above = true }" + after[after.index("}", start) + 1 :]
    path.write_text(before + key + after, encoding="utf-8")
    with pytest.raises(ConfigError, match=r"1\.1.*deadline\.as_above: không có dòng trên"):
        load_configuration(copy)


def test_a_milestone_that_waits_for_an_event_is_refused_with_what_to_write_instead(copy: Path) -> None:
    steps = (
        '{ steps = [{ within = "2022-Q3", product = "lựa chọn" }, { after = "event", event = "Quyết định được'
        ' ban hành", days = 10, working = true, product = "triển khai", leads = ["so-y-te"] }] }'
    )
    with pytest.raises(ConfigError) as refused:
        loaded(copy, steps)
    (fault,) = refused.value.faults
    assert "\n" not in str(fault)
    assert str(fault).endswith(
        f"nhiệm vụ {SURVEY}: deadline.steps.2: mốc cần có ngày,"
        " '10 ngày làm việc sau khi Quyết định được ban hành' không có; các mốc khác để lại đây, mốc này ghi"
        " thành một [[item]] riêng: deadline ="
        ' { after = "event", event = "Quyết định được ban hành", days = 10, working = true },'
        ' title = "Triển khai", leads = ["so-y-te"]'
    )
