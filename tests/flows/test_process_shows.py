"""What a coordinator sees in Prefect: the ladder's steps, events, days, the way from a round to its runs."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable, Iterator
from typing import Any
from uuid import UUID

import pytest
from prefect import flow
from prefect.client.orchestration import PrefectClient
from prefect.client.schemas.filters import (
    ArtifactFilter,
    ArtifactFilterKey,
    TaskRunFilter,
    TaskRunFilterFlowRunId,
)
from prefect.client.schemas.objects import FlowRun
from prefect.client.schemas.sorting import ArtifactSort
from prefect.events import Event
from prefect.events.clients import AssertingPassthroughEventsClient
from prefect.events.worker import EventsWorker

from flows.factory import open_shift
from flows.round import publish_round
from flows.turns import IN_ROUND, Ran, Turn, run_in_turn
from tasks_lib.kernel.bootstrap import House
from tasks_lib.kernel.deed_words import NOTICE_WORDS
from tasks_lib.rounds import step_tasks
from tests.flows.running import SUBJECTS, AnyFlow, asked, flow_of, ran
from tests.support.life.stories import told_on

pytestmark = pytest.mark.usefixtures("prefect", "home")
PATIENCE = 60
item_1_1, item_1_2, item_1_3 = flow_of("1.1"), flow_of("1.2"), flow_of("1.3")


@pytest.fixture
def events() -> Iterator[Callable[[], list[Event]]]:
    """What Prefect is told, on its way to the server: ours alone."""
    EventsWorker.set_client_override(AssertingPassthroughEventsClient)
    AssertingPassthroughEventsClient.reset()

    def told() -> list[Event]:
        EventsWorker.instance().wait_until_empty()
        every = [e for client in AssertingPassthroughEventsClient.all for e in client.events]
        return [e for e in every if e.event.startswith("dondoc.")]

    yield told
    EventsWorker.instance().drain()
    EventsWorker.set_client_override(None)


def tasks_of(flow: AnyFlow, day: str, expected: int) -> list[str]:
    """Run a flow and return what its tasks are called, in the order of their work."""
    run = ran(flow, day).state_details.flow_run_id
    assert run is not None
    mine = TaskRunFilter(flow_run_id=TaskRunFilterFlowRunId(any_=[run]))
    patience = time.monotonic() + PATIENCE  # the server writes them down a second later
    while True:
        found = asked(lambda client: client.read_task_runs(task_run_filter=mine))
        if len(found) >= expected or time.monotonic() > patience:
            return [task.name for task in sorted(found, key=lambda task: task.start_time or task.created)]
        time.sleep(0.2)


def test_each_step_that_fired_is_a_task_with_its_count(house: House) -> None:
    assert tasks_of(item_1_2, "2022-07-18", 6)[1] == "don-doc +2: 152 tin"
    quiet = tasks_of(item_1_2, "2022-07-19", 5)
    names = [name.rpartition("-")[0] for name in quiet]
    assert names == [
        "mo-ky",
        "cap-xa",
        "cap-huyen",
        "dau-moi-tong-hop",
        "cong-bo",
    ]


def test_a_step_says_whom_it_told_and_is_told_once_as_an_event(
    house: House, events: Callable[[], list[Event]], caplog: pytest.LogCaptureFixture
) -> None:
    ran(item_1_2, "2022-07-18")
    (step,) = [e for e in events() if e.event == "dondoc.step.+2"]
    assert step.resource.id == "dondoc.item.239-2022.1.2"
    assert step.resource["prefect.resource.name"].startswith("1.2 Tổ chức thông tin")
    assert step.payload["day"] == "2022-07-18"
    assert (step.payload["notices"], step.payload["to"]) == (len(told_on(house, "2022-07-18")), 152)
    assert step.payload["recipients"].endswith(" và 149 nơi khác")
    assert "Đôn đốc (mức +2): 152 tin tới 152 nơi: UBND" in caplog.text
    ran(item_1_2, "2022-07-18")
    assert {e.id for e in events() if e.event == "dondoc.step.+2"} == {step.id}


def test_overdue_work_that_reaches_so_noi_vu_is_an_event_of_its_own(
    house: House, events: Callable[[], list[Event]]
) -> None:
    for day in ("2022-07-18", "2022-07-20"):
        ran(item_1_2, day)
    assert [e for e in events() if e.event.startswith("dondoc.reached")] == []
    ran(item_1_2, "2022-07-21")
    (reached,) = [e for e in events() if e.event.startswith("dondoc.reached")]
    assert reached.event == "dondoc.reached.so-noi-vu"
    assert (reached.payload["step"], reached.payload["notices"]) == ("+5", 152)


def test_an_item_is_told_red_on_the_day_it_turns_red_and_not_again(
    house: House, events: Callable[[], list[Event]]
) -> None:
    def red() -> list[str]:
        return [str(e.payload["day"]) for e in events() if e.event == "dondoc.item.red"]

    ran(item_1_2, "2022-07-14")
    assert red() == []
    ran(item_1_2, "2022-07-15")
    assert red() == ["2022-07-15"]
    ran(item_1_2, "2022-07-16")
    ran(item_1_3, "2022-07-16")
    assert red() == ["2022-07-15"]


def test_after_an_outage_what_turned_red_meanwhile_is_told(
    house: House, events: Callable[[], list[Event]]
) -> None:
    for day in ("2022-07-14", "2022-07-20"):
        shift = open_shift(day, "239-2022")
        shift.bring_up_to_date()
        asyncio.run(run_in_turn([turn_of("1.2")], shift))
    assert [e.payload["day"] for e in events() if e.event == "dondoc.item.red"] == ["2022-07-20"]


def turn_of(key: str) -> Turn:
    subject = SUBJECTS[key]
    return Turn(key=key, flow=flow_of(key), tags=subject.tags, deployment=subject.deployment)


def test_a_rounds_run_of_an_item_belongs_to_its_deployment_and_its_day(house: House) -> None:
    async def deploy(client: PrefectClient) -> UUID:
        flow = await client.create_flow(item_1_1)
        return await client.create_deployment(
            flow, SUBJECTS["1.1"].deployment, entrypoint="flows.of_plans.plan_239_2022_1_1"
        )

    home = asked(deploy)
    turns = [turn_of("1.1"), turn_of("1.3")]
    done = asyncio.run(run_in_turn(turns, open_shift("2022-07-18", "239-2022", swept=True)))
    runs = {key: asked(lambda client, r=r: read(client, r)) for key, r in done.items()}
    assert runs["1.1"].deployment_id == home
    assert runs["1.1"].name == "1.1 · 18/7/2022"
    assert runs["1.3"].deployment_id is None  # a passing server knows no deployments
    for key, run in runs.items():
        assert set(run.tags) == {*SUBJECTS[key].tags, "ngay-2022-07-18", IN_ROUND}


async def read(client: PrefectClient, r: Ran) -> FlowRun:
    assert r.run is not None
    return await client.read_flow_run(r.run)


def test_the_rounds_page_leads_to_every_run_and_tells_late_from_broken(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DONDOC_PREFECT_UI_URL", "https://prefect.example/")
    shift = open_shift("2022-07-18", "239-2022")
    shift.bring_up_to_date()
    done = asyncio.run(run_in_turn([turn_of("1.2"), turn_of("1.3")], shift))

    @flow(name="Trang của lượt")
    async def page() -> None:
        await publish_round(done.values(), shift)

    async def published(client: PrefectClient) -> str:
        await page()
        found = await client.read_artifacts(
            artifact_filter=ArtifactFilter(key=ArtifactFilterKey(any_=["luot-hang-ngay-239-2022"])),
            sort=ArtifactSort.CREATED_DESC,
        )
        return str(found[0].data)

    shown = asked(published)
    run = done["1.2"].run
    assert f"(https://prefect.example/runs/flow-run/{run}) | 🔴 Quá hạn | Đã báo cáo 0/152" in shown
    assert "🟢 Thường xuyên: 0/152 đã báo cáo" in shown


def test_every_kind_of_notice_has_a_task_name_without_letters_the_graph_would_lose() -> None:
    assert set(step_tasks.SLUGS) == set(NOTICE_WORDS)
    assert all(name.isascii() for name in step_tasks.SLUGS.values())


def test_a_run_alone_carries_its_days_tag(house: House) -> None:
    run = ran(item_1_1, "2022-07-18").state_details.flow_run_id
    assert run is not None
    found: Any = asked(lambda client: client.read_flow_run(run))
    assert "ngay-2022-07-18" in found.tags
