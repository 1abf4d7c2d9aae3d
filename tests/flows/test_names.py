"""What the plan names, items.py binds and prefect.yaml deploys is one and the same."""

from __future__ import annotations

import asyncio
import os
import shutil
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml
from prefect import Flow
from prefect.flows import load_flow_from_entrypoint
from prefect.settings import Settings

from cli.main import BAD_INPUT
from config.load import OWN_DIRECTORY, Configuration
from config.settings import PROJECT_ROOT
from flows import items
from flows.cycles import CYCLE_FLOWS, DUTY_FLOWS
from flows.deployments import CYCLES, OTHERS, deployments, render_deployments
from flows.factory import BROKEN, item_flow
from flows.items import ITEM_FLOWS
from flows.local_server import DEFAULT_PORT, TUNED
from flows.subjects import cycle_subject, item_subject, shortened
from flows.verdict import OVERDUE
from obligations.errors import Invalid
from tasks_lib import tasks

DEPLOYED = deployments()
SHORTEST = 60
"""Letters of a description that still says something."""


def test_the_plan_and_the_bound_names_hold_the_same_39_keys(configuration: Configuration) -> None:
    keys = [item.key for item in configuration.plan().items]
    assert list(ITEM_FLOWS) == keys
    assert len(keys) == 39
    for key, flow in ITEM_FLOWS.items():
        assert getattr(items, "item_" + key.replace(".", "_")) is flow
        assert flow.name.startswith(f"{key} ")


def test_every_flow_has_a_name_of_its_own() -> None:
    names = [flow.name for flow in (*ITEM_FLOWS.values(), *CYCLE_FLOWS.values(), *DUTY_FLOWS.values())]
    assert len(set(names)) == len(names)
    assert ITEM_FLOWS["1.2"].name == "1.2 Tổ chức thông tin, tuyên truyền về Chỉ số PAPI, Pháp lệnh…"
    assert ITEM_FLOWS["8.5"].name == "8.5 Tiếp cận và sử dụng internet tại địa phương."
    assert max(map(len, names)) <= 72


def test_a_name_is_cut_at_a_word() -> None:
    assert shortened("một hai ba", 10) == "một hai ba"
    assert shortened("một hai, ba bốn", 10) == "một hai…"


def test_the_description_is_the_plans_own_wording(configuration: Configuration) -> None:
    for item in configuration.plan().items:
        text = ITEM_FLOWS[item.key].description or ""
        for wording in (item.title, item.leads_text, item.cooperating_text, item.deadline_text):
            assert wording in text
    assert "Phụ lục in là 7.1" in (ITEM_FLOWS["8.1"].description or "")


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
    assert item_subject(key).tags == expected


def test_an_item_the_plan_does_not_hold_is_refused_in_one_line() -> None:
    with pytest.raises(Invalid, match=r"plan.toml: không có nhiệm vụ 9.9"):
        item_flow("9.9")


def test_a_cycle_the_plan_does_not_hold_is_one_line_and_no_traceback(tmp_path: Path) -> None:
    folder = tmp_path / "config"
    shutil.copytree(OWN_DIRECTORY, folder, ignore=shutil.ignore_patterns("*.py", "__pycache__"))
    cycles = (folder / "cycles.toml").read_text(encoding="utf-8")
    first = cycles.index("[[cycle]]")
    without = cycles[:first] + cycles[cycles.index("[[cycle]]", first + 1) :]
    (folder / "cycles.toml").write_text(without, encoding="utf-8")
    done = subprocess.run(
        [sys.executable, "-m", "cli.main", "deployments", "write", "--to", str(tmp_path / "prefect.yaml")],
        cwd=PROJECT_ROOT,
        env={**os.environ, "DONDOC_CONFIG_DIR": str(folder), "DONDOC_HOME": str(tmp_path)},
        capture_output=True,
        text=True,
        check=False,
    )
    said = "cycles.toml: không có kỳ báo cáo Q1; mỗi kỳ là một luồng trong flows/cycles.py\n"
    assert (done.returncode, done.stdout, done.stderr) == (BAD_INPUT, "", said)


def test_every_deployments_flow_says_what_it_is_about_in_the_plans_words() -> None:
    # `prefect deploy` registers a flow's description as its deployment's.
    said = {d.name: load_flow_from_entrypoint(d.entrypoint).description or "" for d in DEPLOYED}
    assert [name for name, text in said.items() if len(text) < SHORTEST] == []
    assert len(set(said.values())) == len(said)
    for key in ITEM_FLOWS:
        assert said[item_subject(key).deployment] == item_subject(key).description
    for key in CYCLE_FLOWS:
        assert said[cycle_subject(key).deployment] == cycle_subject(key).description


def test_the_written_deployments_are_those_of_the_plans_data() -> None:
    written = (PROJECT_ROOT / "prefect.yaml").read_text(encoding="utf-8")
    assert written == render_deployments(), "chạy 'dondoc deployments write'"


def test_every_flow_is_deployed_once() -> None:
    names = [deployment.name for deployment in DEPLOYED]
    assert len(set(names)) == len(names) == 39 + len(CYCLE_FLOWS) + len(DUTY_FLOWS) + 5
    assert set(CYCLES) == set(CYCLE_FLOWS)
    assert set(OTHERS) == set(DUTY_FLOWS)


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
    own = [d["schedules"][0] for d in written if d["name"].startswith("nhiem-vu-")]
    assert not any(schedule["active"] for schedule in own)
    assert {"FREQ=DAILY;BYMONTH=9" in by_name["ky-bao-cao-q3"]["schedules"][0]["rrule"]} == {True}


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
    chain = (tasks.open_period, tasks.commune_tier, tasks.district_tier, tasks.focal_tier, tasks.publish)
    assert [task.name for task in chain] == ["mo-ky", "cap-xa", "cap-huyen", "dau-moi-tong-hop", "cong-bo"]


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
    assert written.pop("PREFECT_SERVER_API_PORT") == str(DEFAULT_PORT)
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
        "Chạy lại lượt bị ngắt", "Sự cố bộ máy", "Nhiệm vụ mới quá hạn", "Thiếu lượt theo dõi",
    }  # fmt: skip
    assert all(t["description"] and t["posture"] == "Reactive" for t in found.values())
    assert f"prefect.flow-run.{OVERDUE}" not in {e for t in found.values() for e in t["expect"]}
    assert f"prefect.flow-run.{BROKEN}" in found["Sự cố bộ máy"]["expect"]


def test_flows_are_coroutines_for_plain_ones_cost_a_second_each() -> None:
    flows = [load_flow_from_entrypoint(d.entrypoint, use_placeholder_flow=False) for d in DEPLOYED]
    assert all(asyncio.iscoroutinefunction(flow.fn) for flow in flows)
