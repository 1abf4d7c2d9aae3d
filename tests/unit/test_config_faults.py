"""Every fault of the configuration is told in exactly one clear line, and nothing is loaded."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from config.errors import ConfigError
from config.load import load_configuration
from tests.support.houses.one_fault import IN_1_2, ONE_FAULT
from tests.support.houses.spoilt import copy, faults, spoil

__all__ = ["copy"]


@pytest.mark.parametrize("name", ONE_FAULT)
def test_one_fault_makes_one_line(copy: Path, name: str) -> None:
    file, old, new, told = ONE_FAULT[name]
    spoil(copy, file, old, new)
    lines = faults(copy)
    assert len(lines) == 1, lines
    assert lines[0].startswith(told)


@pytest.mark.parametrize(
    "file", ["agencies.toml", "cycles.toml", "ladders.toml", "calendar.toml", "figures.csv", "papi.csv"]
)
def test_a_missing_file_is_one_line(copy: Path, file: str) -> None:
    (copy / file).unlink()
    assert faults(copy) == [f"{file}: không đọc được tệp"]


def test_a_missing_list_of_units_is_one_line(copy: Path) -> None:
    (copy / "units" / "laocai_2022.csv").unlink()
    assert faults(copy) == ["laocai_2022.csv: không đọc được tệp"]


def test_all_faults_are_told_at_once(copy: Path) -> None:
    spoil(copy, "plan.toml", IN_1_2, IN_1_2.replace("ubnd-cap-xa", "x"))
    spoil(copy, "plan.toml", "day = 2022-07-05", "day = 2022-07-32")
    spoil(copy, "plan.toml", "day = 2022-08-30", "day = 2022-08-32")
    spoil(copy, "figures.csv", "1.1,a,", "9.9,a,")
    spoil(copy, "ladders.toml", 'template = "director"', 'template = "boss"')
    told = faults(copy)
    assert len(told) == 5
    assert {line.split(": ")[1] for line in told} == {
        "nhiệm vụ 1.1",
        "nhiệm vụ 1.2",
        "nhiệm vụ 3.3",
        "dòng 2",
        "các mức nhắc việc focal",
    }


def test_a_second_plan_stands_beside_and_must_then_be_named(copy: Path) -> None:
    text = (copy / "plan.toml").read_text(encoding="utf-8")
    second = text.replace('"239-2022"', '"240-2022"').replace('"239/KH-UBND"', '"240/KH-UBND"')
    (copy / "plan-240.toml").write_text(second, encoding="utf-8")
    config = load_configuration(copy)
    assert [plan.key for plan in config.plans] == ["239-2022", "240-2022"]
    assert config.plan("240").number == "240/KH-UBND"
    with pytest.raises(ConfigError, match="--plan: có nhiều kế hoạch, đề nghị chọn một: 239-2022, 240-2022"):
        config.plan()
    with pytest.raises(ConfigError, match="'241' không phải kế hoạch nào"):
        config.plan("241")


def test_two_plans_with_one_key_are_refused(copy: Path) -> None:
    shutil.copy(copy / "plan.toml", copy / "plan-again.toml")
    assert faults(copy) == ["plan.toml: [plan]: key: nhiều tệp cùng mang mã '239-2022'"]


def test_the_same_files_are_read_once_and_others_again(copy: Path) -> None:
    before = load_configuration(copy)
    assert load_configuration(copy) is before
    spoil(copy, "cycles.toml", "last_day = 10", "last_day = 11")
    assert load_configuration(copy).plan() != before.plan()


def test_a_fault_is_told_every_time_and_gone_once_it_is_mended(copy: Path) -> None:
    spoil(copy, "cycles.toml", "last_day = 10", "last_day = 'x'")
    told = faults(copy)
    assert told
    assert faults(copy) == told
    spoil(copy, "cycles.toml", "last_day = 'x'", "last_day = 10")
    assert load_configuration(copy).plans


def test_the_fingerprint_follows_the_data(copy: Path) -> None:
    before = load_configuration(copy).fingerprint
    assert load_configuration(copy).fingerprint == before
    spoil(copy, "cycles.toml", "last_day = 10", "last_day = 11")
    assert load_configuration(copy).fingerprint != before
