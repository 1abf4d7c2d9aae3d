"""A cycle that is answered in another plan's report: what cannot be is refused in a line."""

from __future__ import annotations

from pathlib import Path

import pytest

from config.errors import ConfigError
from config.load import load_configuration
from obligations.period import Period
from tests.support.houses.one_report import CYCLES, FIRST, SECOND, of_one_report


def test_the_cycle_knows_in_whose_report_it_is_answered(tmp_path: Path) -> None:
    first, second = load_configuration(of_one_report(tmp_path / "config")).plans
    assert second.answered_in(Period("2022-Q3-report")) == FIRST
    assert first.answered_in(Period("2022-Q3-report")) is None
    assert second.answered_in(Period("2022-07")) is None


def test_a_file_that_two_plans_share_names_one_of_them(tmp_path: Path) -> None:
    folder = of_one_report(tmp_path / "config")
    (folder / "cycles.toml").write_text((folder / CYCLES).read_text(encoding="utf-8"), encoding="utf-8")
    first, second = load_configuration(folder).plans
    assert first.answered_in(Period("2022-Q3-report")) is None
    assert second.answered_in(Period("2022-Q3-report")) == FIRST


def test_plans_that_go_on_from_one_another_in_a_ring_are_refused(tmp_path: Path) -> None:
    folder = of_one_report(tmp_path / "config")
    for file, key, before in (("plan.toml", FIRST, SECOND), (f"plan-{SECOND}.toml", SECOND, FIRST)):
        text = (folder / file).read_text(encoding="utf-8")
        head = f'key = "{key}"\n'
        (folder / file).write_text(
            text.replace(head, f'{head}predecessor = "{before}"\n', 1), encoding="utf-8"
        )
    with pytest.raises(ConfigError, match=f"thành vòng: {FIRST} ← {SECOND} ← {FIRST}"):
        load_configuration(folder)


@pytest.mark.parametrize(
    ("file", "old", "new", "fault"),
    [
        (CYCLES, f'"{FIRST}"', '"238-2022"', "không có kế hoạch '238-2022'"),
        ("cycles.toml", 'key = "Q3"', 'key = "N3"', "không có kỳ báo cáo Q3 của tháng 9"),
        (
            "cycles.toml",
            '[[cycle]]\nkey = "Q3"',
            f'[[cycle]]\nanswered_in = "{SECOND}"\nkey = "Q3"',
            f"kỳ này của kế hoạch {FIRST} lại gửi chung với kế hoạch {SECOND}",
        ),
        (
            CYCLES,
            "commune = 10",
            "commune = 9",
            "gửi trước ngày 10 (commune), muộn hơn kỳ này (trước ngày 9)",
        ),
        (f"plan-{SECOND}.toml", "valid_until = 2022-12-31", "valid_until = 2023-12-31", ""),
        (CYCLES, "[[cycle]]\n", "[[cycle]]\nonly = 2024\n", "không có kỳ báo cáo nào cùng năm"),
        (
            "plan.toml",
            f'key = "{FIRST}"\n',
            f'key = "{FIRST}"\ndraft = true\n',
            f"kế hoạch {FIRST} còn là dự thảo",
        ),
    ],
)
def test_what_cannot_be_answered_together_is_refused(
    tmp_path: Path, file: str, old: str, new: str, fault: str
) -> None:
    folder = of_one_report(tmp_path / "config")
    text = (folder / file).read_text(encoding="utf-8")
    assert old in text
    (folder / file).write_text(text.replace(old, new), encoding="utf-8")
    if not fault:
        assert load_configuration(folder)
        return
    with pytest.raises(ConfigError) as refused:
        load_configuration(folder)
    assert f"kế hoạch {SECOND}: kỳ báo cáo" in str(refused.value)
    assert fault in str(refused.value)
