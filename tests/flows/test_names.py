"""What the plan names, what is bound and what prefect.yaml deploys is one and the same."""

from __future__ import annotations

import asyncio
import tomllib
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest
import yaml
from prefect import Flow
from prefect.flows import load_flow_from_entrypoint
from prefect.settings import Settings

from config.load import Configuration, load_configuration
from config.settings import PROJECT_ROOT
from flows import of_plans
from flows.deployments import deployments, render_deployments
from flows.factory import BROKEN
from flows.local_server import TUNED
from flows.subjects import Sort, shortened, subjects
from flows.verdict import OVERDUE
from obligations.errors import Invalid
from tasks_lib.kernel.places import PREFECT_PORT
from tasks_lib.rounds import tasks
from tests.flows.running import SUBJECTS, flow_of

DEPLOYED = deployments()
SHORTEST = 60
"""Letters of a description that still says something."""


def test_the_appendix_39_items_and_all_else_a_plan_obliges_to_are_flows(configuration: Configuration) -> None:
    plan = configuration.plan()
    keys = [s.key for s in SUBJECTS.values() if s.sort is Sort.ITEM]
    assert keys == [item.key for item in plan.items]
    assert len(keys) == 39
    assert [s.key for s in SUBJECTS.values() if s.sort is Sort.CYCLE] == [c.key for c in plan.cycles]
    assert [s.key for s in SUBJECTS.values() if s.sort is Sort.DUTY] == [d.key for d in plan.duties]


def test_a_flow_is_found_by_its_plan_and_key_and_another_name_is_none() -> None:
    assert of_plans.plan_239_2022_1_2 is flow_of("1.2")
    assert of_plans.plan_239_2022_Q3 is flow_of("Q3")
    with pytest.raises(AttributeError, match="plan_239_2022_9_9"):
        _ = of_plans.plan_239_2022_9_9


def test_every_flow_has_a_name_of_its_own_that_tells_the_plan() -> None:
    names = {key: flow_of(key).name for key in SUBJECTS}
    assert len(set(names.values())) == len(names)
    assert names["1.2"] == "1.2 Tổ chức thông tin, tuyên truyền về Chỉ số PAPI, Pháp lệnh… · 239-2022"
    assert names["8.5"] == "8.5 Tiếp cận và sử dụng internet tại địa phương. · 239-2022"
    assert max(map(len, names.values())) <= 83
    assert all(subject.tags[-1] == "ke-hoach-239-2022" for subject in SUBJECTS.values())


def test_keys_that_no_python_name_can_tell_apart_are_refused(configuration: Configuration) -> None:
    plan = configuration.plan()
    twins = replace(plan, items=(plan.items[0], replace(plan.items[1], key="1_1")))
    with pytest.raises(Invalid, match=r"239-2022: '1_1' và '1\.1' khác nhau quá ít để đặt tên luồng"):
        subjects(configuration, twins)


def test_a_name_is_cut_at_a_word() -> None:
    assert shortened("một hai ba", 10) == "một hai ba"
    assert shortened("một hai, ba bốn", 10) == "một hai…"


def test_the_description_is_the_plans_own_wording(configuration: Configuration) -> None:
    for item in configuration.plan().items:
        text = flow_of(item.key).description or ""
        for wording in (item.title, item.leads_text, item.cooperating_text, item.deadline_text):
            assert wording in text
    assert "Phụ lục in là 7.1" in (flow_of("8.1").description or "")


@pytest.mark.parametrize(
    ("key", "expected"),
    [
        ("1.2", ("noi-dung-1", "cap-xa", "co-thoi-han")),
        ("3.1", ("noi-dung-3", "cap-xa", "cap-huyen", "co-thoi-han")),
        ("2.6", ("noi-dung-2", "cap-tinh", "theo-quy-dinh")),
        ("6.8", ("noi-dung-6", "cap-tinh", "thuong-xuyen")),
    ],
)
def test_tags_say_content_tier_and_kind(key: str, expected: tuple[str, ...]) -> None:
    assert SUBJECTS[key].tags == (*expected, "ke-hoach-239-2022")


def test_every_deployments_flow_says_what_it_is_about_in_the_plans_words() -> None:
    # `prefect deploy` registers a flow's description as its deployment's.
    said = {d.name: load_flow_from_entrypoint(d.entrypoint).description or "" for d in DEPLOYED}
    assert [name for name, text in said.items() if len(text) < SHORTEST] == []
    assert len(set(said.values())) == len(said)
    for subject in SUBJECTS.values():
        assert said[subject.deployment] == subject.description


def test_the_written_deployments_are_those_of_the_plans_data() -> None:
    written = (PROJECT_ROOT / "prefect.yaml").read_text(encoding="utf-8")
    assert written == render_deployments(), "chạy 'dondoc deployments write'"


def test_every_flow_is_deployed_once() -> None:
    names = [deployment.name for deployment in DEPLOYED]
    assert len(set(names)) == len(names) == len(SUBJECTS) + 5


@pytest.mark.parametrize("entrypoint", [d.entrypoint for d in DEPLOYED])
def test_every_entrypoint_loads_the_real_flow(entrypoint: str) -> None:
    # `prefect deploy` hides an import error behind "Could not find object"; this shows it.
    assert isinstance(load_flow_from_entrypoint(entrypoint, use_placeholder_flow=False), Flow)


def test_round_and_delivery_run_daily_and_the_items_wait_to_be_switched_on() -> None:
    written = yaml.safe_load(render_deployments())["deployments"]
    by_name = {d["name"]: d for d in written}
    zone = {"timezone": "Asia/Ho_Chi_Minh", "active": True}
    assert by_name["luot-hang-ngay"]["schedules"] == [{"cron": "30 6 * * *", **zone}]
    assert [s["cron"] for s in by_name["gui-thu"]["schedules"]] == ["30,45 7 * * *", "*/15 8-16 * * *"]
    own = [d["schedules"][0] for d in written if "-nhiem-vu-" in d["name"]]
    assert not any(schedule["active"] for schedule in own)
    assert {"FREQ=DAILY;BYMONTH=9" in by_name["239-2022-ky-bao-cao-q3"]["schedules"][0]["rrule"]} == {True}


def test_items_can_be_switched_on_together_and_then_the_round_is_off() -> None:
    written = yaml.safe_load(render_deployments(each_item=True))["deployments"]
    active = {d["name"]: d["schedules"][0]["active"] for d in written if d["schedules"]}
    assert not active.pop("luot-hang-ngay")
    assert all(active.values())


def test_a_pinned_day_is_every_deployments_parameter() -> None:
    written = yaml.safe_load(render_deployments("2022-07-18"))["deployments"]
    about_the_plan = [d for d in written if d["tags"] != ["van-hanh"]]
    assert {d["parameters"]["as_of"] for d in about_the_plan} == {"2022-07-18"}
    assert len(about_the_plan) == len(written) - 2  # what looks after the engine goes by the real clock


def test_task_names_have_no_letter_the_run_graph_would_lose() -> None:
    chain = (tasks.open_period, tasks.collating, tasks.publish)
    assert [task.name for task in chain] == ["mo-ky", "dau-moi-tong-hop", "cong-bo"]
    levels = load_configuration().levels
    assert [level.tag for level in levels] == ["cap-xa", "cap-huyen", "cap-tinh"]


def test_retries_stand_on_tasks_and_never_on_flows() -> None:
    flows = [load_flow_from_entrypoint(d.entrypoint, use_placeholder_flow=False) for d in DEPLOYED]
    assert {flow.retries for flow in flows} == {0}
    assert tasks.open_period.retries == 3


def flat(table: dict[str, Any], prefix: str) -> Iterator[tuple[str, str]]:
    for key, value in table.items():
        name = f"{prefix}_{key.upper()}"
        if isinstance(value, dict):
            yield from flat(value, name)
        else:
            yield name, str(value).lower()


def test_the_projects_prefect_settings_are_those_given_by_environment() -> None:
    table = tomllib.loads((PROJECT_ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["prefect"]
    written = dict(flat(table, "PREFECT"))
    assert written.pop("PREFECT_SERVER_API_PORT") == str(PREFECT_PORT)
    assert written == TUNED


def test_prefect_knows_every_setting_that_is_given(monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in TUNED.items():
        monkeypatch.setenv(name, value)
    known = Settings().to_environment_variables(exclude_unset=True)
    assert set(TUNED) <= set(known)
    assert known["PREFECT_SERVER_DATABASE_SQLALCHEMY_POOL_SIZE"] == "20"
    assert known["PREFECT_FLOWS_HEARTBEAT_FREQUENCY"] == "60"


def limits(*, each_item: bool) -> dict[str, str]:
    written = yaml.safe_load(render_deployments(each_item=each_item))["deployments"]
    found = {d["name"]: d["concurrency_limit"] for d in written if "concurrency_limit" in d}
    assert {limit["limit"] for limit in found.values()} == {1}
    return {name: limit["collision_strategy"] for name, limit in found.items()}


def test_nothing_that_starts_by_itself_runs_twice_at_once_and_only_dense_ones_are_dropped() -> None:
    # Another round may have been asked for another day; the next delivery comes in a quarter of an hour.
    dropped = {"gui-thu": "CANCEL_NEW", "tu-kiem": "CANCEL_NEW", "trong-coi": "CANCEL_NEW"}
    assert limits(each_item=False) == {"luot-hang-ngay": "ENQUEUE", **dropped}
    several = limits(each_item=True)
    assert {name: several.pop(name) for name in dropped} == dropped
    assert len(several) == len(DEPLOYED) - 4  # every report of what went wrong is written down
    assert set(several.values()) == {"ENQUEUE"}


def test_what_ends_stuck_runs_never_waits_behind_them() -> None:
    pools = {d["name"]: d["work_pool"] for d in yaml.safe_load(render_deployments())["deployments"]}
    first = {name for name, pool in pools.items() if pool.get("work_queue_name") == "uu-tien"}
    assert first == {"trong-coi", "bao-van-hanh"}


def test_work_that_is_late_sets_off_no_automation_of_what_broke() -> None:
    written = yaml.safe_load(render_deployments())["deployments"]
    found = {t["name"]: t for d in written for t in d.get("triggers", [])}
    assert set(found) == {
        "Chạy lại lượt bị ngắt",
        "Sự cố bộ máy",
        "Nhiệm vụ mới quá hạn",
        "Thiếu lượt theo dõi",
    }
    assert all(t["description"] and t["posture"] == "Reactive" for t in found.values())
    assert f"prefect.flow-run.{OVERDUE}" not in {e for t in found.values() for e in t["expect"]}
    assert f"prefect.flow-run.{BROKEN}" in found["Sự cố bộ máy"]["expect"]


def test_flows_are_coroutines_for_plain_ones_cost_a_second_each() -> None:
    flows = [load_flow_from_entrypoint(d.entrypoint, use_placeholder_flow=False) for d in DEPLOYED]
    assert all(asyncio.iscoroutinefunction(flow.fn) for flow in flows)
