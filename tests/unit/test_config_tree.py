"""A plan is refused whose reports nobody can review, or of whose ladders a step would reach nobody."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from config.load import load_configuration
from obligations.chain import Roster
from obligations.foresee import foresee
from obligations.model import Kind
from tests.support.houses.spoilt import copy, faults, spoil

__all__ = ["copy"]
HEALTH = 'id = "so-y-te"\nname = "Sở Y tế"\n'
TOURISM = 'id = "so-du-lich"\nname = "Sở Du lịch"\n'
LIST_2022 = 'file = "units/laocai_2022.csv"\n'
CANNOT = "agencies.toml: cơ quan {}: reports_to: '{}' không có vai trò xem xét báo cáo của cấp dưới"
LADDER = "ladders.toml: các mức nhắc việc "
WRONG_TREE = {
    "a department that has no desk to review at": (
        "agencies.toml",
        HEALTH,
        f'{HEALTH}reports_to = "so-tu-phap"\n',
        CANNOT.format("so-y-te", "so-tu-phap"),
    ),
    "UBND tỉnh reviews nobody": (
        "agencies.toml",
        HEALTH,
        f'{HEALTH}reports_to = "ubnd-tinh"\n',
        CANNOT.format("so-y-te", "ubnd-tinh"),
    ),
    "districts that report to no one with a seat": (
        "agencies.toml",
        LIST_2022,
        f'{LIST_2022}reports_to = "ubnd-tinh"\n',
        CANNOT.format("h080-2022", "ubnd-tinh"),
    ),
    "an agency that is none": (
        "agencies.toml",
        HEALTH,
        f'{HEALTH}reports_to = "so-z"\n',
        "agencies.toml: cơ quan so-y-te: reports_to: không có cơ quan 'so-z'",
    ),
    "a step to a superior that departments have none of": (
        "ladders.toml",
        '{ code = "+4", to = ["focal"]',
        '{ code = "+4", to = ["superior", "focal"]',
        "ladders.toml: các mức nhắc việc upper-task-",
    ),
    "a step to the second place above, where there is one": (
        "ladders.toml",
        '{ code = "+4", to = ["superior"]',
        '{ code = "+4", to = ["upper"]',
        LADDER + "commune-report-before: +4.to: 'upper' không là cơ quan nào đối với UBND",
    ),
    "a ladder of which the collator never hears": (
        "ladders.toml",
        'to = ["superior", "focal"], min_streak = { superior = 2, focal = 3 }',
        'to = ["superior"], min_streak = { superior = 2 }',
        LADDER + "commune-sheet: steps: không bước nào báo cơ quan đầu mối về phiếu tháng",
    ),
    "a level without a ladder": (
        "ladders.toml",
        'kinds = ["sheet"]\nlevels = ["district"]',
        'kinds = ["sheet"]\nlevels = ["province"]',
        "ladders.toml: không mức nhắc việc nào dành cho phiếu tháng của UBND",
    ),
    "a ladder of a level that is none": (
        "ladders.toml",
        'kinds = ["sheet"]\nlevels = ["commune"]',
        'kinds = ["sheet"]\nlevels = ["thon"]',
        "ladders.toml: các mức nhắc việc direct-sheet: levels: không nhận 'thon'",
    ),
    "a group of a level that is none": (
        "agencies.toml",
        'list = "laocai_2022"\nlevel = "district"',
        'list = "laocai_2022"\nlevel = "ward"',
        "agencies.toml: nhóm ubnd-cap-huyen: level: không có cấp 'ward', chỉ có commune, district, province",
    ),
}


@pytest.mark.parametrize("name", WRONG_TREE)
def test_a_tree_that_cannot_carry_the_plan_is_refused(copy: Path, name: str) -> None:
    file, old, new, told = WRONG_TREE[name]
    spoil(copy, file, old, new)
    lines = faults(copy)
    assert any(line.startswith(told) for line in lines), lines
    assert all(line.split(": ")[0] == told.split(": ")[0] for line in lines), lines


@pytest.mark.parametrize(
    ("key", "told"),
    [("commune", "key: trùng"), ("provincial-level", "key: "), ("Huyện", "key: ")],
)
def test_a_level_has_a_key_of_its_own_that_the_database_has_room_for(copy: Path, key: str, told: str) -> None:
    spoil(copy, "agencies.toml", 'key = "district"', f'key = "{key}"')
    assert f"agencies.toml: cấp {key}: {told}" in "\n".join(faults(copy))


def test_a_configuration_without_levels_says_so_in_one_line(copy: Path) -> None:
    path = copy / "agencies.toml"
    head, _, rest = path.read_text(encoding="utf-8").partition("[[level]]")
    kept = f"{head}# ---- State lists{rest.partition('# ---- State lists')[2]}"
    path.write_text(kept, encoding="utf-8")
    assert faults(copy) == ["agencies.toml: [[level]]: key: thiếu các cấp, từ cấp thấp nhất đến cấp cao nhất"]


def test_a_department_leaves_its_group_when_it_exists_no_longer(copy: Path) -> None:
    before = load_configuration(copy).members("so-ban-nganh", date(2022, 6, 30))
    spoil(copy, "agencies.toml", HEALTH, f"{HEALTH}valid_to = 2025-02-28\n")
    changed = load_configuration(copy)
    assert changed.members("so-ban-nganh", date(2022, 6, 30)) == before
    assert changed.members("so-ban-nganh", date(2025, 3, 1)) == tuple(a for a in before if a != "so-y-te")


def test_one_that_comes_later_joins_its_group_on_its_day(copy: Path) -> None:
    spoil(copy, "agencies.toml", TOURISM, f"{TOURISM}valid_from = 2022-07-01\n")
    changed = load_configuration(copy)
    assert "so-du-lich" not in changed.members("so-ban-nganh", date(2022, 6, 30))
    assert "so-du-lich" in changed.members("so-ban-nganh", date(2022, 7, 1))


def owed(folder: Path, agency: str) -> list[str]:
    """What an agency owes under a configuration, by kind, item and period."""
    found = load_configuration(folder)
    plan = found.plan()
    roster = Roster(found.agencies, found.members, plan.signed_on)
    mine = (p for p in foresee(plan, roster, found.calendar) if p.agency == agency)
    return [f"{p.kind}/{p.item or ''}/{p.period}" for p in mine if p.kind is not Kind.ROW]


def test_who_is_dissolved_in_the_plans_life_owes_nothing_that_opens_later(copy: Path) -> None:
    whole = owed(copy, "so-y-te")
    assert "report//2022-year-report" in whole
    spoil(copy, "agencies.toml", HEALTH, f"{HEALTH}valid_to = 2022-09-10\n")
    assert owed(copy, "so-y-te") == [x for x in whole if not x.endswith(("2022-year-report", "2022-Q4"))]


def test_who_is_founded_in_the_plans_life_owes_what_opens_from_then(copy: Path) -> None:
    assert {"plan//once", "report//2022-Q3-report"} < set(owed(copy, "so-du-lich"))
    spoil(copy, "agencies.toml", TOURISM, f"{TOURISM}valid_from = 2022-09-01\n")
    assert owed(copy, "so-du-lich") == ["report//2022-year-report"]


def test_a_reviewer_is_there_as_long_as_whoever_reports_to_it(copy: Path) -> None:
    spoil(copy, "agencies.toml", HEALTH, f'{HEALTH}reports_to = "h080-2022"\n')
    spoil(copy, "agencies.toml", "valid_to = 2025-06-30", "valid_to = 2022-11-30")
    spoil(copy, "agencies.toml", '[[successors]]\nfile = "units/successors_2025.csv"\n', "")
    why = "reports_to: 'h080-2022' xem xét báo cáo, không còn hoặc chưa có vào ngày 31/12/2022"
    assert f"agencies.toml: cơ quan so-y-te: {why}" in faults(copy)
