"""Days of levels in what comes again: "Hằng tháng, cấp xã trước ngày 15, cấp huyện trước ngày 20"."""

from __future__ import annotations

from collections import defaultdict
from pathlib import Path

import pytest

from config.day_rules import inline, rule_of
from config.load import Configuration, load_configuration
from config.wordings import read
from obligations.chain import Roster
from obligations.foresee import foresee
from obligations.model import Planned
from tests.support.houses.spoilt import copy, faults
from tests.support.houses.two_levels import configuration_of_2025

__all__ = ["copy"]

ITEM = "5.1"
WORDING = "Hằng tháng, UBND xã gửi trước ngày 15, UBND huyện trước ngày 20"


def said(folder: Path, deadline: str) -> Path:
    """Say item 5.1's deadline in another way."""
    plan = folder / "plan.toml"
    before, key, after = plan.read_text(encoding="utf-8").partition(f'key = "{ITEM}"')
    head, _, tail = after.partition("deadline = {")
    plan.write_text(f"{before}{key}{head}deadline = {deadline}\n{tail.partition('}')[2]}", encoding="utf-8")
    return folder


def as_read() -> str:
    """The rule as the reader writes it into a plan's file."""
    term = read(WORDING, year=2022).term
    assert term is not None
    return inline(rule_of(term))


def owed(configuration: Configuration) -> list[Planned]:
    plan = configuration.plan()
    roster = Roster(configuration.agencies, configuration.members, plan.signed_on)
    return [p for p in foresee(plan, roster, configuration.calendar) if p.item == ITEM]


def by_level(configuration: Configuration) -> dict[str, dict[str, set[str]]]:
    """By level and month: the last days of whoever owes the item."""
    found: dict[str, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    for planned in owed(configuration):
        level = configuration.agencies[planned.agency].level.key
        found[level][str(planned.period)].add(planned.last_day.isoformat())
    return found


def test_on_three_levels_each_keeps_its_own_day_and_it_is_the_plans(copy: Path) -> None:
    configuration = load_configuration(said(copy, as_read()))
    months = range(7, 13)
    assert by_level(configuration) == {
        "commune": {f"2022-{month:02d}": {f"2022-{month:02d}-14"} for month in months},
        "district": {f"2022-{month:02d}": {f"2022-{month:02d}-19"} for month in months},
    }
    assert all(planned.plan_day == planned.last_day and not planned.ours for planned in owed(configuration))
    reasons = {planned.why for planned in owed(configuration) if str(planned.period) == "2022-08"}
    (of_communes,) = {why for why in reasons if "cấp xã" in why}
    for words in ("cấp xã, tháng 8 năm 2022: ngày 15/8 không tính", "Chủ nhật 14/8/2022"):
        assert words in of_communes, of_communes


def test_on_two_levels_communes_keep_theirs_although_nobody_stands_between(tmp_path: Path) -> None:
    before = configuration_of_2025(tmp_path / "before")
    configuration = load_configuration(said(before.directory, as_read()))
    year = configuration.plan().signed_on.year
    found = by_level(configuration)
    assert set(found) == {"commune"}
    days = {day for each in found["commune"].values() for day in each}
    assert days
    assert days <= {f"{year}-{month:02d}-14" for month in range(1, 13)}


def test_a_level_whose_day_lies_before_the_signing_owes_nothing_for_that_month(copy: Path) -> None:
    plan = copy / "plan.toml"
    text = plan.read_text(encoding="utf-8")
    assert "signed_on = 2022-06-30" in text
    plan.write_text(text.replace("signed_on = 2022-06-30", "signed_on = 2022-06-17", 1), encoding="utf-8")
    found = by_level(load_configuration(said(copy, as_read())))
    assert "2022-06" not in found["commune"]
    assert found["district"]["2022-06"] == {"2022-06-19"}


@pytest.mark.parametrize(
    ("deadline", "told"),
    [
        ('{ each = "month", before = 20, levels = { village = 15 } }', "không có cấp 'village'"),
        ('{ each = "month", before = 20, levels = { commune = 25 } }', "ngày 25 muộn hơn ngày 20 của cả kỳ"),
        ('{ each = "month", levels = { commune = 15 } }', "chưa rõ ngày của kỳ, cần 'before' hoặc 'by'"),
        (
            '{ each = "month", before = 20, levels = { commune = 15 }, inner_working_days = 3 }',
            "không dùng cùng 'inner_working_days'",
        ),
        (
            '{ goal = { each = "month", before = 20, levels = { commune = 15 } } }',
            "chỉ dùng cho thời hạn định kỳ của cả nhiệm vụ",
        ),
    ],
)
def test_a_fault_is_one_line(copy: Path, deadline: str, told: str) -> None:
    (line,) = faults(said(copy, deadline))
    assert line.startswith(f"plan.toml: nhiệm vụ {ITEM}: deadline.")
    assert line.endswith(f"levels: {told}")
