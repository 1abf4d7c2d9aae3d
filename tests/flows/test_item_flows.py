"""One item's flow on a real Prefect server and a real database: how it ends and what it leaves."""

from __future__ import annotations

import asyncio
import json
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from prefect import State
from prefect.client.orchestration import get_client
from prefect.client.schemas.filters import (
    ArtifactFilter,
    ArtifactFilterFlowRunId,
    FlowRunFilter,
    FlowRunFilterId,
)

from flows.deliver import deliver_flow
from flows.factory import BROKEN
from store.schema import obligations
from tasks_lib.answering.submit import Answer, submit
from tasks_lib.kernel.bootstrap import House
from tasks_lib.rounds.outlook import DESK, OWN_PLAN, REQUEST, SHEET
from tasks_lib.rounds.tasks import ITEM_PAGE
from tests.flows.running import AnyFlow, flow_of, ran
from tests.support.houses.houses import MailServer
from tests.support.life.stories import (
    A_MU_SUNG,
    MUONG_VI,
    Y_TY,
    every_notice,
    keys,
    morning,
    reminders_of_7_july,
)
from tests.support.mailing.parked import refuse_the_words_to
from web.frame.prefect_links import SEPARATOR
from web.routes import PAGES

pytestmark = pytest.mark.usefixtures("prefect", "home")

item_1_1, item_1_2, item_1_3 = flow_of("1.1"), flow_of("1.2"), flow_of("1.3")
item_3_1, item_4_6 = flow_of("3.1"), flow_of("4.6")
cycle_q3, monthly_sheets, own_plans = flow_of("Q3"), flow_of(SHEET), flow_of(OWN_PLAN)
requests, desks = flow_of(REQUEST), flow_of(DESK)


def answer_all(house: House, item: str, day: str, *, but: int = 0, tier: str = "") -> None:
    """Let every unit that still owes an item report on a day, but so many of the first ones."""
    mine = keys(house, obligations.c.item == item, obligations.c.work_state == "open")
    for key in [k for k in mine if tier in k][but:]:
        submit(house, key, key.split("/")[1], morning(day), Answer(without="ký sau"))


def end(flow: AnyFlow, as_of: str, **parameters: object) -> tuple[str, bool]:
    state = ran(flow, as_of, **parameters)
    return str(state.name), state.is_failed()


def data_of(state: State[Any]) -> dict[str, Any]:
    async def read() -> dict[str, Any]:
        found: dict[str, Any] = await state.aresult(raise_on_failure=False)
        return found

    return asyncio.run(read())


def test_silent_communes_turn_the_item_red_after_its_last_day(house: House) -> None:
    assert end(item_1_2, "2022-07-14") == ("Đúng tiến độ", False)
    assert end(item_1_2, "2022-07-15") == ("Quá hạn", True)


def test_a_few_late_communes_are_named_and_all_done_is_on_track(house: House) -> None:
    ran(item_1_2, "2022-07-01")
    answer_all(house, "1.2", "2022-07-12", but=10)
    assert end(item_1_2, "2022-07-18") == ("Còn 10 đơn vị chậm", False)
    answer_all(house, "1.2", "2022-07-18", but=0)
    state = ran(item_1_2, "2022-07-19")
    assert (state.name, state.is_completed()) == ("Đúng tiến độ", True)
    assert "đúng hạn 142, sau thời hạn 10, quá hạn 0" in (state.message or "")


def test_a_single_late_district_is_red(house: House) -> None:
    ran(item_3_1, "2022-07-25")
    answer_all(house, "3.1", "2022-07-25", tier="/x")
    answer_all(house, "3.1", "2022-07-25", tier="/h", but=1)
    assert end(item_3_1, "2022-07-29") == ("Đúng tiến độ", False)
    assert end(item_3_1, "2022-08-01") == ("Quá hạn", True)


def test_continuous_work_counts_reports_and_what_is_ahead_waits(house: House) -> None:
    assert end(item_1_3, "2022-07-18") == ("Thường xuyên: 0/152 đã báo cáo", False)
    assert end(item_1_3, "2022-06-29") == ("Chưa đến kỳ", False)
    assert end(monthly_sheets, "2022-07-18") == ("Chưa đến kỳ", False)


def test_the_other_duties_publish_what_the_sweep_did_for_them(house: House) -> None:
    assert end(own_plans, "2022-07-18") == ("Chậm so với ngày đề nghị", False)
    assert end(cycle_q3, "2022-09-20") == ("Quá hạn", True)
    assert end(requests, "2022-09-20") == ("Đã cung cấp: 0/6", False)
    assert end(desks, "2022-09-20") == ("Đúng tiến độ", False)


def test_an_engines_failure_looks_different_from_overdue_work(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DONDOC_DATABASE_URL", f"sqlite:///{tmp_path / 'empty.db'}")
    state = ran(item_1_2, "2022-07-18")
    assert (state.is_crashed(), state.is_failed(), state.name) == (True, False, BROKEN)
    assert "chưa được khởi tạo" in (state.message or "")


def test_by_the_real_clock_nothing_runs_before_the_plan_is_started(house: House) -> None:
    assert ran(item_1_2, None).name == "Kế hoạch chưa khởi động"
    assert every_notice(house) == []


def test_an_item_run_alone_sweeps_only_its_item_and_twice_adds_nothing(house: House) -> None:
    ran(item_1_2, "2022-07-18")
    once = every_notice(house)
    assert {notice.item for notice in once} == {"1.2"}
    ran(item_1_2, "2022-07-18")
    assert len(every_notice(house)) == len(once) > 0


def test_a_run_that_is_told_the_sweep_was_made_does_not_sweep(house: House) -> None:
    ran(item_1_2, "2022-07-18", swept=True)
    assert every_notice(house) == []


def test_the_run_is_named_by_day_shows_the_chain_and_keeps_counts(house: House) -> None:
    state = ran(item_1_1, "2022-07-18")
    run = state.state_details.flow_run_id
    assert run is not None
    seen = asyncio.run(_seen(run))
    assert seen["name"] == "1.1 · 18/7/2022"
    assert seen["tables"][0][-1]["Quá hạn"] == 1
    assert "dondoc messages" in seen["texts"][0]
    kept = data_of(state)
    assert seen["keys"] == {"dia-ban-1-1-239-2022", "tien-do-1-1-239-2022", "thu-1-1-239-2022"}
    assert kept["province"] == {"total": 1, "reported": 0, "late": 1}
    assert (kept["late"], kept["state"]) == (1, "Quá hạn")


def test_the_items_table_leads_to_its_page_on_the_portal(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DONDOC_PUBLIC_URL", "https://dondoc.example/")
    state = ran(item_1_1, "2022-07-18")
    run = state.state_details.flow_run_id
    assert run is not None
    seen = asyncio.run(_seen(run))
    (described,) = seen["described"]
    assert described.startswith(str(state.message))
    assert "[Xem nhiệm vụ 1.1 trên Hệ thống](https://dondoc.example/nhiem-vu-kh/1.1)" in described
    assert f"{ITEM_PAGE}/{{item}}" in [page.path for page in PAGES]
    # The portal finds an item's runs by how their names begin.
    assert seen["name"].startswith(f"1.1{SEPARATOR}")


async def _seen(run: UUID) -> dict[str, Any]:
    async with get_client() as client:
        flow_run = (
            await client.read_flow_runs(flow_run_filter=FlowRunFilter(id=FlowRunFilterId(any_=[run])))
        )[0]
        artifacts = await client.read_artifacts(
            artifact_filter=ArtifactFilter(flow_run_id=ArtifactFilterFlowRunId(any_=[run]))
        )
    return {
        "name": flow_run.name,
        "described": [str(a.description) for a in artifacts if a.type == "table"],
        "tables": [json.loads(str(a.data)) for a in artifacts if a.type == "table"],
        "keys": {str(a.key) for a in artifacts},
        "texts": [str(a.data) for a in artifacts if a.type == "markdown"],
    }


def test_the_table_goes_by_district_and_ends_with_the_whole(house: House) -> None:
    state = ran(item_4_6, "2022-09-01")
    run = state.state_details.flow_run_id
    assert run is not None
    table = asyncio.run(_seen(run))["tables"][0]
    assert table[1]["Địa bàn"] == "UBND huyện Bát Xát"
    assert table[1]["Số đầu việc"] == 22  # 21 communes and the district itself
    assert table[-1] == {**table[-1], "Địa bàn": "Tổng cộng", "Số đầu việc": 161}


def test_delivery_sends_in_sending_hours_and_holds_on_a_day_off(house: House) -> None:
    ran(item_1_2, "2022-07-18")
    held = ran(deliver_flow, "2022-07-17")
    sent = ran(deliver_flow, "2022-07-18")
    assert held.name == "Không có thư gửi"
    assert sent.name == "Đã gửi"
    assert data_of(sent)["239-2022"]["sent"] > 0


def test_a_delivery_that_parked_a_mail_is_red_and_says_how_many(house: House) -> None:
    reminders_of_7_july(house, *(f"1.2/{commune}/once" for commune in (A_MU_SUNG, MUONG_VI)))
    refuse_the_words_to(house, MUONG_VI)
    state = ran(deliver_flow, "2022-07-07")
    assert (state.name, state.is_failed()) == ("Giữ lại 1 thư không soạn được", True)
    assert state.message == "Gộp 2 thư, đã gửi 1, chưa gửi được 0"
    assert data_of(state)["239-2022"]["held"] == 1
    assert end(deliver_flow, "2022-07-07") == ("Không có thư gửi", False)


def test_a_delivery_that_the_relay_stopped_is_red_with_the_relays_words(
    house: House, smtp: MailServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    reminders_of_7_july(house, *(f"1.2/{commune}/once" for commune in (A_MU_SUNG, MUONG_VI, Y_TY)))
    for name, value in {
        "MAIL_TRANSPORT": "smtp",
        "SMTP_HOST": smtp.host,
        "SMTP_PORT": str(smtp.port),
        "SMTP_TIMEOUT": "5",
    }.items():
        monkeypatch.setenv(f"DONDOC_{name}", value)
    smtp.box.always = {"mail": "451 4.7.1 không nhận người gửi này"}
    state = ran(deliver_flow, "2022-07-07")
    assert (state.name, state.is_failed()) == ("Máy chủ thư không nhận thư", True)
    assert state.message == "Gộp 3 thư, đã gửi 0, chưa gửi được 3. 451 4.7.1 không nhận người gửi này"
    assert smtp.box.taken == []
    smtp.box.always = {}
    assert end(deliver_flow, "2022-07-07") == ("Đã gửi", False)
