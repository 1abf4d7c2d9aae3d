"""The working calendar: the library under the overlay equals the checked list of days."""

from __future__ import annotations

import csv
import shutil
from datetime import date
from pathlib import Path

import pytest

from config.load import OWN_DIRECTORY, load_configuration
from obligations.calendar import WorkingCalendar

CHECKED = Path(__file__).parent.parent / "data" / "vn_calendar_2022_2027.csv"


@pytest.fixture(scope="module")
def calendar() -> WorkingCalendar:
    return load_configuration(OWN_DIRECTORY).calendar


def checked(kind: str, year: int) -> set[date]:
    with CHECKED.open(encoding="utf-8") as lines:
        days = [date.fromisoformat(row["date"]) for row in csv.DictReader(lines) if row["kind"] == kind]
    return {day for day in days if day.year == year}


@pytest.mark.parametrize("year", range(2022, 2028))
def test_each_year_equals_the_checked_list(calendar: WorkingCalendar, year: int) -> None:
    assert calendar.year(year).off == checked("off", year)
    assert calendar.year(year).work == checked("work", year)


def test_what_the_library_lacks_is_overlaid(calendar: WorkingCalendar) -> None:
    assert not calendar.is_working(date(2026, 1, 2))
    assert calendar.is_working(date(2026, 1, 10))


def test_a_count_across_the_spring_holidays_takes_working_days_only(calendar: WorkingCalendar) -> None:
    assert calendar.add(date(2022, 4, 29), 1) == date(2022, 5, 4)
    assert calendar.add(date(2024, 5, 3), 1) == date(2024, 5, 4)


def test_a_client_s_overlay_has_the_last_word(tmp_path: Path) -> None:
    shutil.copytree(OWN_DIRECTORY, tmp_path / "config", ignore=shutil.ignore_patterns("*.py", "__pycache__"))
    path = tmp_path / "config" / "calendar.toml"
    added = "\n[[off]]\ndate = 2022-08-10\n\n[[work]]\ndate = 2022-09-01\n"
    path.write_text(path.read_text(encoding="utf-8") + added, encoding="utf-8")
    calendar = load_configuration(tmp_path / "config").calendar
    assert not calendar.is_working(date(2022, 8, 10))
    assert calendar.is_working(date(2022, 9, 1))


@pytest.mark.parametrize("year", range(2022, 2028))
def test_no_day_of_the_calendar_as_shipped_is_doubted(calendar: WorkingCalendar, year: int) -> None:
    """Tết, its bridges and their make-up days are explained by the holidays near them."""
    assert calendar.year(year).doubtful == frozenset()
