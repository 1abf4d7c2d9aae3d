"""A plan whose deadlines are milestones, months, goals, events and directions runs as any other."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from config.load import Configuration, load_configuration
from obligations.errors import Invalid
from store.schema import obligations
from tasks_lib.duties.dates import dates
from tasks_lib.duties.events import Event, record_event
from tasks_lib.duties.initialise import initialise
from tasks_lib.kernel.bootstrap import House
from tests.support.houses.houses import opened
from tests.support.houses.smaller_plans import of_few_items
from tests.support.life.stories import (
    BAT_XAT,
    SIGNED,
    SO_NOI_VU,
    SO_Y_TE,
    keys,
    morning,
    notices_of,
    replay,
    row,
)

SAID = {
    "1.2": '{ wording = "before", day = 2022-07-15 }',
    "4.6": '{ steps = [{ by = 2022-07-29, product = "đề xuất", leads = ["so-y-te"] },'
    ' { within = "2022-Q3", product = "tổng hợp", leads = ["so-noi-vu"] }] }',
    "5.1": '{ each = "month", before = 25, to = "2022-08" }',
    "5.2": "{ goal = { by = 2022-07-20 } }",
    "5.3": '{ after = "event", event = "Nghị quyết được ban hành", days = 5, working = true }',
    "6.4": '{ as_directed = "Theo chỉ đạo của UBND tỉnh" }',
}
"""The deadlines the items of plan 239 are given here."""
PRINTED = '{ wording = "before", day = 2022-09-30 }'


@pytest.fixture(scope="module")
def configuration(tmp_path_factory: pytest.TempPathFactory) -> Configuration:
    folder = of_few_items(tmp_path_factory.mktemp("days") / "config", *SAID)
    path = folder / "plan.toml"
    head, *items = path.read_text(encoding="utf-8").split("\n[[item]]\n")
    said = [
        text.replace(PRINTED, SAID[text.split('"')[1]]).replace(', "ubnd-cap-xa"]', "]") for text in items
    ]
    path.write_text("\n[[item]]\n".join([head, *said]), encoding="utf-8")
    return load_configuration(folder)


@pytest.fixture
def house(configuration: Configuration, home: Path) -> Iterator[House]:
    with opened(configuration, f"sqlite:///{home / 'dondoc.db'}") as fresh:
        initialise(fresh)
        yield fresh


def test_every_kind_of_deadline_is_laid_out_and_chased_to_its_own_day(house: House) -> None:
    replay(house, SIGNED, "2022-08-12")

    proposal = f"4.6/{SO_Y_TE}/step-1"
    assert keys(house, obligations.c.item == "4.6") == [f"4.6/{SO_NOI_VU}/step-2", proposal]
    assert [(told.day, told.step) for told in notices_of(house, proposal)][:4] == [
        ("2022-07-22", "-5"),
        ("2022-07-28", "-1"),
        ("2022-08-02", "+2"),
        ("2022-08-04", "+4"),
    ]
    assert row(house, f"5.1/{BAT_XAT}/2022-07").last_day == date(2022, 7, 24)
    assert row(house, f"5.1/{BAT_XAT}/2022-08").last_day == date(2022, 8, 24)
    assert keys(house, obligations.c.key.like("6.4/%")) == []
    assert keys(house, obligations.c.key.like("row/6.4/%"))


def test_a_goal_is_asked_for_and_never_on_the_list(house: House) -> None:
    replay(house, SIGNED, "2022-08-15")
    goal = keys(house, obligations.c.key.like("5.2/%"))[0]
    assert row(house, goal).last_day == date(2022, 7, 20)
    assert [told.step for told in notices_of(house, goal)][:2] == ["-5", "-1"]
    lines = [line for line in dates(house) if line.what == "5.2"]
    assert lines
    assert all(line.proposed for line in lines)


def test_an_event_that_the_plan_names_opens_its_task_and_one_without_a_rule_does_not(house: House) -> None:
    at = morning("2022-08-31")
    event = Event(item="5.3", agency=BAT_XAT, on=date(2022, 8, 30), title="Nghị quyết số 10/NQ-HĐND")
    change = record_event(house, event, SO_NOI_VU, at)
    assert row(house, change.obligation).last_day == date(2022, 9, 8)
    with pytest.raises(Invalid, match=r"nhiệm vụ 6\.4: không có quy định nào áp dụng"):
        record_event(
            house, Event(item="6.4", agency=BAT_XAT, on=date(2022, 8, 30), title="Chỉ đạo"), SO_NOI_VU, at
        )


def test_the_dates_of_such_a_plan_are_shown_with_their_reasons(house: House) -> None:
    told = {(line.what, str(line.period)): line for line in dates(house) if line.kind == "task"}
    assert "mốc 1/2 (đề xuất): tính cả ngày này" in told["4.6", "step-1"].why
    assert told["5.1", "2022-07"].last_day == date(2022, 7, 24)
    assert "ngày 25/7 không tính" in told["5.1", "2022-07"].why
