"""Two plans in one database: each item of both is a flow; round and delivery look after all that started."""

from __future__ import annotations

import asyncio
import sqlite3
from collections import Counter
from contextlib import closing
from datetime import date
from pathlib import Path

import pytest
from prefect.flows import load_flow_from_entrypoint
from sqlalchemy import Table, select

from config.sample_name import KEY as SAMPLE
from flows import of_plans
from flows.deliver import deliver_flow
from flows.deployments import deployments
from flows.factory import BROKEN, NOT_STARTED
from flows.probe import probe_flow
from flows.round import round_flow
from flows.tending import tending_flow
from obligations.model import WorkState
from store.engine import reading, writing
from store.plans import start
from store.schema import messages, notices, obligations
from tasks_lib.duties.initialise import initialise
from tasks_lib.kernel.bootstrap import House, open_houses
from tests.flows.running import AnyFlow, finished, ran
from tests.support.houses.smaller_plans import KEY, beside_the_sample, of_few_items, two_plans

pytestmark = pytest.mark.usefixtures("prefect", "home")
FIRST = "239-2022"


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The configuration of an office with two plans, of three items and of two."""
    found = two_plans(of_few_items(tmp_path / "config", "1.1", "1.2", "2.3"), "1.2", "3.5")
    monkeypatch.setenv("DONDOC_CONFIG_DIR", str(found))
    return found


@pytest.fixture
def both(home: Path, folder: Path) -> list[House]:
    """Both plans laid out in one database."""
    houses = open_houses()
    for house in houses:
        initialise(house)
    return houses


def counted(house: House, table: Table) -> Counter[str]:
    """How many rows of a table each plan has."""
    with reading(house.engine) as connection:
        return Counter(connection.scalars(select(table.c.plan)))


def opened(house: House) -> set[str]:
    """The plans of which a sweep has opened anything."""
    with reading(house.engine) as connection:
        begun = obligations.c.work_state == WorkState.OPEN
        return set(connection.scalars(select(obligations.c.plan).where(begun)))


def end(flow: AnyFlow, as_of: str | None) -> tuple[str, str]:
    state = ran(flow, as_of)
    return str(state.name), state.message or ""


def test_every_item_of_both_plans_is_deployed_under_a_name_of_its_own(folder: Path) -> None:
    deployed = {d.name: d for d in deployments()}
    assert len(deployed) == len(deployments()) == 10 + 10 + 5
    assert {"239-2022-nhiem-vu-1-2", "240-2022-nhiem-vu-1-2", "240-2022-ky-bao-cao-q3"} < set(deployed)
    flows = [load_flow_from_entrypoint(d.entrypoint, use_placeholder_flow=False) for d in deployed.values()]
    assert len({flow.name for flow in flows}) == len(flows)
    assert deployed["240-2022-nhiem-vu-1-2"].tags[-1] == "ke-hoach-240-2022"


def test_an_item_that_ops_adds_is_a_flow_the_next_time_it_is_asked_for(folder: Path) -> None:
    with pytest.raises(AttributeError, match="plan_240_2022_2_3"):
        _ = of_plans.plan_240_2022_2_3
    (folder / f"plan-{KEY}.toml").unlink()
    two_plans(folder, "1.2", "2.3")
    assert of_plans.plan_240_2022_2_3.name.startswith("2.3 ")
    with pytest.raises(AttributeError, match="plan_240_2022_3_5"):
        _ = of_plans.plan_240_2022_3_5


def test_a_round_sweeps_both_and_says_how_each_stands(both: list[House]) -> None:
    name, said = end(round_flow, "2022-07-18")
    told = counted(both[0], notices)
    assert name == "Completed"
    assert said.startswith("239-2022: 5 luồng: 3 quá hạn")
    assert "; 240-2022: 3 luồng: 1 quá hạn, 0 chưa đến kỳ" in said
    assert set(told) == {FIRST, KEY}
    assert end(deliver_flow, "2022-07-18")[0] == "Đã gửi"
    # What both plans tell one office leaves in one mail, the first plan's.
    sent = counted(both[0], messages)
    assert sent[FIRST] > 152
    assert sent[KEY] == 0
    with reading(both[0].engine) as connection:
        left = connection.scalars(select(notices.c.plan).where(notices.c.state == "sent"))
        assert set(left) == {FIRST, KEY}


def test_a_plan_whose_rows_are_damaged_stops_no_other_and_is_told(both: list[House]) -> None:
    first, _ = both
    with closing(sqlite3.connect(str(first.engine.url.database))) as connection:
        connection.execute("UPDATE obligations SET kind = 'hỏng' WHERE plan = ?", [KEY])
        connection.commit()
    name, said = end(round_flow, "2022-07-18")
    assert (name, said.split(":")[0]) == (BROKEN, KEY)
    assert counted(first, notices)[FIRST] > 152


def test_by_the_real_clock_only_started_plans_run(both: list[House]) -> None:
    assert end(round_flow, None)[0] == NOT_STARTED
    assert opened(both[0]) == set()
    with writing(both[0].engine) as connection:
        start(connection, KEY, date(2022, 7, 1), date(2022, 7, 1))
    name, said = end(round_flow, None)
    assert (name, FIRST in said) == ("Completed", False)
    assert opened(both[0]) == {KEY}  # on a Saturday too, when nobody is told anything


def test_the_self_test_looks_at_both_and_says_once_why_nothing_is_tried(both: list[House]) -> None:
    assert end(probe_flow, None)[0] == NOT_STARTED
    why = "ngoài giờ gửi thư: tự kiểm được từ 07:30 ngày 18/07/2022"
    assert end(probe_flow, "2022-07-17") == ("Không thử", why)  # a Sunday


def test_a_missing_round_of_any_started_plan_is_told(both: list[House]) -> None:
    with writing(both[0].engine) as connection:
        start(connection, KEY, date(2022, 7, 1), date(2022, 7, 1))
    state = finished(tending_flow)
    found = asyncio.run(state.aresult())
    assert found["missing"].startswith("lượt ")


def test_plan_239_and_the_sample_of_two_levels_run_in_one_database(
    home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Of each three items: the one on three levels in 2022, the other on two in 2026, by the same flows."""
    office = beside_the_sample(tmp_path / "office", "1.2", "2.3", "3.5")
    monkeypatch.setenv("DONDOC_CONFIG_DIR", str(office))
    houses = open_houses()
    for house in houses:
        initialise(house)
    assert [house.plan.key for house in houses] == [FIRST, SAMPLE]
    assert [[level.key for level in house.levels] for house in houses] == [
        ["commune", "district", "province"],
        ["commune", "province"],
    ]

    name, said = end(round_flow, "2026-07-16")
    assert name == "Completed"
    assert said.startswith(f"{FIRST}: 7 luồng: 4 quá hạn")
    assert f"; {SAMPLE}: 5 luồng: 2 quá hạn" in said
    with reading(houses[0].engine) as connection:
        theirs = obligations.c.item == "1.2", obligations.c.work_state == WorkState.OPEN
        asked = connection.scalars(select(obligations.c.plan).where(*theirs))
        # What 152 communes left open in 2022 the 48 hold that came of them.
        assert Counter(asked) == {FIRST: 48, SAMPLE: 99}
    assert end(deliver_flow, "2026-07-16")[0] == "Đã gửi"
    with reading(houses[0].engine) as connection:
        sent = select(notices.c.plan, notices.c.recipient_id).where(notices.c.state == "sent")
        told = {(row.plan, row.recipient_id[-5:]) for row in connection.execute(sent)}
    assert {(SAMPLE, "-2025")} <= told
    assert (SAMPLE, "-2022") not in told
