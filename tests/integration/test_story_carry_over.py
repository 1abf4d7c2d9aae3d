"""A plan is carried over into another year and tree: dates and bodies to their like, each move a line."""

from __future__ import annotations

import shutil
from functools import cache
from pathlib import Path
from tempfile import mkdtemp

import pytest

from cli.main import BAD_INPUT, REFUSED
from config.carry_over import CarryOver, Move
from config.load import OWN_DIRECTORY, Configuration, load_configuration
from config.sample import write_sample
from config.sample_name import KEY
from config.term_checks import step_leads
from obligations.deadlines import item_dues
from obligations.model import Item, Plan
from tasks_lib.kernel.wording import plan_short
from tests.support.running.commands import Call, caller

TREE = "laocai-2025"
SO_NOI_VU, COMMUNES_NOW = "so-noi-vu", "ubnd-cap-xa-2025"
MILESTONES = (
    '{ by = 2022-09-30, product = "Dự thảo", leads = ["so-lao-dong-thuong-binh-va-xa-hoi"] }',
    '{ by = 2022-10-31, product = "Góp ý" }',
    '{ by = 2022-11-30, product = "Báo cáo", holder = "UBND cấp huyện", leads = ["ubnd-cap-huyen"] }',
)


@cache
def carried(year: int) -> tuple[Configuration, tuple[Move, ...]]:
    """The shipped plan carried to a year, with the lines of what was changed."""
    configuration = load_configuration(OWN_DIRECTORY)
    over = CarryOver(configuration, configuration.plan(), year, TREE)
    return over.write(Path(mkdtemp(prefix="dondoc-test-")) / "carried"), tuple(over.moves)


def items(plan: Plan) -> dict[str, Item]:
    return {item.key: item for item in (*plan.items, *plan.duties, *plan.requests)}


@pytest.fixture
def call(home: Path, capfd: pytest.CaptureFixture[str]) -> Call:
    return caller(capfd)


@pytest.mark.parametrize("year", range(2026, 2036))
def test_every_year_to_come_is_a_draft_that_passes_its_own_check(year: int) -> None:
    configuration, moves = carried(year)
    plan, before = configuration.plan(), load_configuration(OWN_DIRECTORY).plan()
    assert (plan.key, plan.draft) == (f"239-{year}", True)
    assert items(plan).keys() == items(before).keys()
    for key, item in items(plan).items():
        old = items(before)[key]
        assert (item.deadline.day is None) == (old.deadline.day is None)
        if item.deadline.day is not None and old.deadline.day is not None:
            assert item.deadline.day == old.deadline.day.replace(year=year)
        assert str(old.deadline.quarter or "")[5:] == str(item.deadline.quarter or "")[5:]
        assert "2022" not in item.deadline_text
    off = {m.where for m in moves if m.field == "last_day"}
    dues = [
        (key, due) for key, i in items(plan).items() for due in item_dues(i, plan, configuration.calendar)
    ]
    dated = [(key, due) for key, due in dues if not due.period.is_report and not due.ours]
    assert {key for key, due in dated if due.target != due.last_day and key != "2.3"} == off


def test_whoever_is_no_more_has_a_successor_or_a_doubt_and_leads_no_more() -> None:
    configuration, moves = carried(2027)
    plan = configuration.plan()
    for item in items(plan).values():
        for ref in (*item.leads, *(s.body for s in item.second if s.has_account)):
            assert configuration.members(ref, plan.signed_on), (item.key, ref)
        named = [text for text in (item.title, item.leads_text) if "huyện" in text]
        assert all(any(m.where == item.key and m.new == text and m.doubt for m in moves) for text in named)
        assert "cấp huyện" not in f"{item.title}{item.leads_text}{item.cooperating_text}"
    assert {level.key for level in configuration.levels_of(plan)} == {"commune", "province"}
    gone = [m for m in moves if "ubnd-cap-huyen" in m.old]
    assert gone
    assert all(m.doubt for m in gone)
    merged = next(m for m in moves if m.old == "so-lao-dong-thuong-binh-va-xa-hoi")
    assert merged.new == "so-noi-vu"
    assert "đề nghị" in merged.doubt or "nghị quyết" in merged.doubt


def test_every_doubt_stands_at_its_item_for_whoever_confirms_it() -> None:
    configuration, moves = carried(2027)
    found = items(configuration.plan())
    for move in moves:
        if move.where and move.doubt:
            assert move.doubt in found[move.where].doubts


def test_who_ended_without_a_successor_stays_with_a_doubt_until_somebody_names_another(
    call: Call, tmp_path: Path
) -> None:
    office = tmp_path / "office"
    call("plan", "export", "--out", str(office))
    agencies, head = office / "agencies.toml", 'id = "cong-an-tinh"\n'
    text = agencies.read_text(encoding="utf-8")
    agencies.write_text(text.replace(head, f"{head}valid_to = 2026-12-31\n", 1), encoding="utf-8")
    out = tmp_path / "2027"
    configuration = load_configuration(office)
    over = CarryOver(configuration, configuration.plan(), 2027, TREE)
    plan = over.write(out).plan()

    doubted = [m for m in over.moves if "Công an tỉnh: cơ quan, đơn vị không còn" in m.doubt]
    assert {m.field for m in doubted} == {"leads", "second", "planners"}
    for move in (m for m in doubted if m.where):
        assert move.doubt in items(plan)[move.where].doubts
    # Nobody starts it as it is: what is no draft any more has to name who is there.
    file = out / "plan.toml"
    file.write_text(file.read_text(encoding="utf-8").replace("draft = true\n", "", 1), encoding="utf-8")
    said = call("plan", "check", "--config", str(out), status=BAD_INPUT)
    assert "'cong-an-tinh' không có cơ quan nào vào ngày ký kế hoạch" in said


def test_milestones_take_their_holders_along(tmp_path: Path) -> None:
    old = tmp_path / "old"
    shutil.copytree(OWN_DIRECTORY, old, ignore=shutil.ignore_patterns("*.py", "__pycache__"))
    path = old / "plan.toml"
    text = path.read_text(encoding="utf-8")
    printed = 'deadline = { wording = "before", day = 2022-07-15 }'
    assert printed in text
    path.write_text(text.replace(printed, f"deadline = {{ steps = [{', '.join(MILESTONES)}] }}"), "utf-8")
    configuration = load_configuration(old)

    over = CarryOver(configuration, configuration.plan(), 2027, TREE)
    plan = over.write(tmp_path / "new").plan()

    (item,) = [item for item in plan.items if item.key == "1.2"]
    assert [leads for leads in step_leads(item.deadline.term) if leads] == [(SO_NOI_VU,), (COMMUNES_NOW,)]
    moved = [m for m in over.moves if (m.where, m.field) == ("1.2", "deadline.steps.leads")]
    assert [(m.old, m.new, bool(m.doubt)) for m in moved] == [
        ("so-lao-dong-thuong-binh-va-xa-hoi", SO_NOI_VU, True),
        ("ubnd-cap-huyen", COMMUNES_NOW, True),
    ]
    assert next(m for m in over.moves if m.field == "deadline.steps.holder").new == "UBND cấp xã"


def test_the_command_writes_a_folder_that_is_checked_and_not_started(
    call: Call, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    told = call("plan", "carry-over", "239-2022", "--year", "2027", "--tree", TREE, "--json")
    out = tmp_path / told["directory"]
    assert (told["plan"], told["year"], told["directory"]) == ("239-2027", 2027, "239-2027")
    assert told["doubts"] == sum(bool(move["doubt"]) for move in told["moves"])
    assert "dữ liệu hợp lệ" in call("plan", "check", "--config", str(out))
    monkeypatch.setenv("DONDOC_CONFIG_DIR", str(out))
    call("init")
    (listed,) = call("plan", "list", "--json")
    assert (listed["state"], listed["levels"]) == ("draft", ["commune", "province"])
    assert "còn là dự thảo" in call("plan", "start", "--as-of", "2027-06-30", "--yes", status=REFUSED)


def test_it_is_put_beside_the_plans_of_an_office_and_both_are_laid_out(
    call: Call, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    office = tmp_path / "office"
    call("plan", "export", "--out", str(office))
    over = ("plan", "carry-over", "239", "--year", "2026", "--tree", TREE, "--out", str(office))
    call(*over)
    monkeypatch.setenv("DONDOC_CONFIG_DIR", str(office))
    assert [plan["key"] for plan in call("plan", "list", "--json")] == ["239-2022", "239-2026"]
    for plan in ("239-2022", "239-2026"):
        call("init", "--plan", plan)
    found = call("obligations", "--plan", "239-2026", "--item", "1.2", "--as-of", "2026-07-01", "--json")
    assert len(found) == 99
    assert {duty["last_day"] for duty in found} == {"2026-07-14"}
    assert "không ghi đè" in call(*over, status=BAD_INPUT)


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("239", "--year", "2022", "--tree", TREE), "không sau năm của kế hoạch (2022)"),
        (("239", "--year", "2027", "--tree", "ha-noi"), "không có danh mục đơn vị 'ha-noi'"),
        (("239", "--year", "2027", "--tree", "laocai-2022"), "không có đơn vị nào"),
        (("240", "--year", "2027", "--tree", TREE), "'240' không phải kế hoạch nào"),
    ],
)
def test_what_is_wrong_is_one_line_and_nothing_is_written(
    call: Call, tmp_path: Path, words: tuple[str, ...], said: str
) -> None:
    line = call("plan", "carry-over", *words, "--out", str(tmp_path / "out"), status=BAD_INPUT)
    assert said in line
    assert not (tmp_path / "out").exists()


def test_the_sample_of_this_year_says_that_it_is_one_and_may_run(tmp_path: Path) -> None:
    write_sample(tmp_path / "sample")
    plan = load_configuration(tmp_path / "sample").plan(KEY)
    assert (plan_short(plan), plan_short(load_configuration(OWN_DIRECTORY).plan())) == (
        "KH mẫu năm 2026",
        "KH 239",
    )
    assert plan.title.startswith("Kế hoạch mẫu: ")
    assert (plan.draft, plan.signed_on.year, plan.valid_until.year) == (False, 2026, 2026)
