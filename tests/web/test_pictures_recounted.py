"""Pictures of days, items, steps and scores say what is recounted from the list of obligations."""

from __future__ import annotations

import csv
import shutil
from collections import Counter
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest

from config.load import Configuration
from obligations.reckoning import Reckoning
from tasks_lib.desk.listing import Filter, obligations, told_of
from tasks_lib.kernel.bootstrap import House
from tasks_lib.pictures.asked import Asked
from tasks_lib.pictures.kinds import draw
from tasks_lib.pictures.shapes import Picture
from tests.support.life.recount import Row, dated, recounted
from tests.support.life.stories import morning
from tests.support.papers.office import DAY, at_home, lived

ON = date.fromisoformat(DAY)
SCORES = Path(__file__).parents[2] / "config" / "papi.csv"


@pytest.fixture(scope="module")
def province(
    configuration: Configuration, sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[House]:
    """A small province in October: late, at rest, done, and its cycle reports to come."""
    place = tmp_path_factory.mktemp("pictures")
    shutil.copyfile(sqlite_template, place / "dondoc.db")
    with at_home(place, configuration) as house:
        yield lived(house)


@pytest.fixture(scope="module")
def rows(province: House) -> list[Row]:
    """What every total counts of `dondoc obligations --json`."""
    return dated(obligations(province, morning(DAY), Filter()))


def drawn(province: House, kind: str) -> Picture:
    return draw(kind, Asked(house=province, as_of=morning(DAY)))


def last_day(row: Row) -> date:
    return date.fromisoformat(row["last_day"])


def done(found: Reckoning) -> int:
    return found.in_time + found.late + found.ahead + found.asked_in_time + found.asked_late


def open_(found: Reckoning) -> int:
    return found.overdue + found.excused + found.running + found.asked_open


def test_the_four_weeks_to_come(province: House, rows: list[Row]) -> None:
    sunday = ON + timedelta(days=6 - ON.weekday())
    expected = []
    for week in range(4):
        last = sunday + timedelta(days=7 * week)
        first = ON if week == 0 else last - timedelta(days=6)
        found = recounted([row for row in rows if first <= last_day(row) <= last], ON)
        expected.append((done(found) + open_(found), done(found), open_(found)))

    shown = [tuple(row[2:]) for row in drawn(province, "ahead").rows]

    assert shown == expected
    assert sum(number for number, _, _ in expected) > 0


def test_each_item(province: House, rows: list[Row]) -> None:
    expected = {}
    for item in {row["item"] for row in rows if row["item"]}:
        found = recounted([row for row in rows if row["item"] == item], ON)
        finished, missing = found.in_time + found.late, found.overdue + found.excused
        if finished + missing:
            expected[item] = (finished + missing, finished, missing)
    assigned = {item.key for item in province.plan.assigned}

    picture = drawn(province, "items")

    assert {row[0]: tuple(row[2:]) for row in picture.rows} == {
        key: numbers for key, numbers in expected.items() if key in assigned
    }
    assert len(picture.rows) > 3


def test_the_steps_of_the_ladders_add_up_to_the_timelines(province: House, rows: list[Row]) -> None:
    told: Counter[str] = Counter()
    for row in rows:
        for moment in told_of(province, row["id"]):
            if moment.is_notice and moment.day <= ON:
                told[moment.what] += 1
    shown = {str(words): int(number) for words, number in drawn(province, "steps").rows}

    assert sum(shown.values()) == told.total() > 0


def test_each_content_with_its_scores_and_its_work(province: House, rows: list[Row]) -> None:
    with SCORES.open(encoding="utf-8") as file:
        known = [line for line in csv.DictReader(file) if int(line["year"]) < ON.year]
    picture = drawn(province, "papi")
    shown = dict(zip(picture.keys, picture.rows, strict=True))

    assert list(picture.headings[1 : 1 + len(known)]) == [f"Điểm {line['year']}" for line in known]
    for content in province.plan.contents:
        keys = {item.key for item in province.plan.items if item.content == content.number}
        found = recounted([row for row in rows if row["item"] in keys], ON)
        judged = found.in_time + found.late + found.overdue
        share = f"{100 * found.in_time / judged:.1f}%".replace(".", ",") if judged else "chưa có"
        scores = [f"{float(line[f'D{content.number}']):.2f}".replace(".", ",") for line in known]
        due = judged + found.excused
        assert list(shown[str(content.number)][1:]) == [*scores, due, found.overdue, share], content.number
