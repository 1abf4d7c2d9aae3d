"""`up` on a real server with real workers, on embedded storage: it is closed, runs, and leaves no trace."""

from __future__ import annotations

import os
import signal
import socket
import urllib.request
from pathlib import Path
from typing import Any

import httpx
import pytest

from cli.main import run
from config.load import load_configuration
from flows.deployments import deployments
from flows.local_server import HOST, free_port
from tasks_lib.duties.initialise import initialise
from tasks_lib.kernel.bootstrap import House
from tests.support.houses.houses import opened
from tests.support.houses.smaller_plans import of_few_items
from tests.support.running.ups import Up, pages, processes_of, until, up

EVIL = {"Origin": "http://evil.example"}
PASSWORD = "mat-khau-thu"
MONTHS = 12


@pytest.mark.e2e
def test_up_deploys_all_runs_the_pinned_day_and_leaves_no_process(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    office = of_few_items(home / "config", "1.2", "2.3", "3.5")
    monkeypatch.setenv("DONDOC_CONFIG_DIR", str(office))
    with opened(load_configuration(office)) as house:
        initialise(house)
    with up(home, "--as-of", "2022-07-18", DONDOC_SMTP_PASSWORD=PASSWORD) as running:
        ready = running.line("Sẵn sàng")
        assert ready == f"Sẵn sàng: {running.portal} và Prefect {running.door} (nhấn Ctrl-C để dừng)"
        said = running.line("Lượt tiếp theo: ")
        assert said.startswith("Lượt tiếp theo: 6:30 ngày ")
        assert said.endswith(" (ghim ngày 18/07/2022)")
        opens_the_portal_of_the_day(running)
        with running.prefect() as prefect:
            assert prefect.post("deployments/count", json={}).json() == len(deployments())
            the_scheduler_made_runs_of_every_kind(prefect)
            only_those_who_send_have_the_mails_password(running)
            nobody_gets_in_without_the_secret(str(prefect.base_url))
            who_runs_programs_through_prefect_is_refused(str(prefect.base_url), home)
            the_pinned_round_ends_well(prefect)
            a_cycle_more_is_a_flow_that_the_scheduler_runs(prefect)
        a_killed_child_lives_again(running)
        without_its_server_it_ends_with_a_line(running)


def opens_the_portal_of_the_day(running: Up) -> None:
    """The links that a demonstration shows on a terminal let in."""
    for place in ("/dang-nhap/", "/l/"):
        url = running.line(f"{running.portal}{place}").rpartition(" ")[2]
        with urllib.request.urlopen(url, timeout=10) as page:
            assert "ngày 18/7/2022" in page.read().decode()
    told = {p.environment["DONDOC_PUBLIC_URL"] for p in processes_of(running.home) if "-m" in p.command}
    assert told == {running.portal}


def the_scheduler_made_runs_of_every_kind(prefect: httpx.Client) -> None:
    """Every active schedule that comes up within Prefect's hundred days has a run that nobody asked for."""
    made = [r for r in pages(prefect, "flow_runs/filter") if r["auto_scheduled"]]
    begun = {"PENDING", "RUNNING", "COMPLETED", "FAILED"}  # what comes due while we look
    assert {run["state_type"] for run in made} - begun == {"SCHEDULED"}
    assert {run["created_by"]["type"] for run in made} == {"SCHEDULE"}
    assert {run["created_by"]["display_value"] for run in made} == {"CronSchedule", "RRuleSchedule"}
    found = {d["id"]: d for d in pages(prefect, "deployments/filter")}
    names = {found[run["deployment_id"]]["name"] for run in made}
    assert {"luot-hang-ngay", "gui-thu"} < names
    assert any("-ky-bao-cao-" in name for name in names)


def only_those_who_send_have_the_mails_password(running: Up) -> None:
    """Delivery's worker and the portal, which sends login mails; nobody else's environment holds it."""
    holders = {p.command for p in processes_of(running.home) if PASSWORD in p.environment.values()}
    roles = {"worker start --pool dondoc-mail", "cli.main web", "main() up"}
    assert all(any(role in command for role in roles) for command in holders), holders
    assert len(holders) == len(roles)
    assert "PREFECT_API_AUTH_STRING" not in running.child("cli.main web").environment
    server = running.child("prefect.server").environment
    assert not {"DONDOC_SMTP_PASSWORD", "DONDOC_SECRET_KEY", "DONDOC_DATABASE_URL"} & set(server)
    assert (running.home / "prefect.key").stat().st_mode & 0o777 == 0o600


def nobody_gets_in_without_the_secret(api: str) -> None:
    with httpx.Client(base_url=api, headers=EVIL) as stranger:
        for wrong in ({}, {"Authorization": "Basic eDp5"}, {"Authorization": "Bearer x"}):
            assert stranger.get("flows/name/x", headers=wrong).status_code == 401
            assert stranger.get("block_types/slug/secret", headers=wrong).status_code == 401
            assert stranger.get("admin/settings", headers=wrong).status_code == 401
            assert stranger.post("flow_runs/filter", json={}, headers=wrong).status_code == 401
            assert stranger.post("flows/", json={"name": "x"}, headers=wrong).status_code == 401
        assert "access-control-allow-origin" not in stranger.get("health").headers
        asked = {"Access-Control-Request-Method": "POST", "Access-Control-Request-Headers": "authorization"}
        assert "access-control-allow-origin" not in stranger.options("deployments/", headers=asked).headers


def who_runs_programs_through_prefect_is_refused(api: str, home: Path) -> None:
    """A deployment whose first step is a program, as anybody could make one who reached the port."""
    taken = home / "chiem-quyen"
    step = {"prefect.deployments.steps.run_shell_script": {"script": f"touch {taken}"}}
    wanted = {
        "name": "x",
        "flow_id": "00000000-0000-4000-8000-000000000000",
        "entrypoint": "x:x",
        "work_pool_name": "dondoc",
        "pull_steps": [step],
    }
    with httpx.Client(base_url=api, headers=EVIL) as stranger:
        assert stranger.post("flows/", json={"name": "x"}).status_code == 401
        assert stranger.post("deployments/", json=wanted).status_code == 401
        one = "deployments/00000000-0000-4000-8000-000000000000/create_flow_run"
        assert stranger.post(one, json={}).status_code == 401
    assert not taken.exists()


def the_pinned_round_ends_well(prefect: httpx.Client) -> None:
    def finished() -> list[dict[str, Any]]:
        runs = pages(prefect, "flow_runs/filter")
        ended = [r for r in runs if r["name"] == "Lượt ngày 18/7/2022" and r["state_type"] != "RUNNING"]
        return runs if ended and ended[0]["end_time"] else []

    runs = {found["name"]: found for found in until("the round", finished)}
    assert runs["Lượt ngày 18/7/2022"]["state_type"] == "COMPLETED"
    late = runs["1.2 · 18/7/2022"]
    assert (late["state_type"], late["state_name"]) == ("FAILED", "Quá hạn")


def a_cycle_more_is_a_flow_that_the_scheduler_runs(prefect: httpx.Client) -> None:
    """Ops adds a monthly cycle: what tends the runs registers it by itself, for the day that is pinned."""
    command = ["cycle", "add", "T", "--name", "Hằng tháng", "--every", "month"]
    assert run([*command, "--before", "25", "--close", "20", "--yes", "--as-of", "2022-07-18"]) == 0
    tending = next(d for d in pages(prefect, "deployments/filter") if d["name"] == "trong-coi")
    asked = f"deployments/{tending['id']}/create_flow_run"
    # While its SQLite is locked Prefect's server answers 503, and its own clients ask again.
    until("a run of what tends them", lambda: prefect.post(asked, json={}).is_success)

    def of_a_month() -> list[dict[str, Any]]:
        found = [d for d in pages(prefect, "deployments/filter") if "-ky-bao-cao-t" in d["name"]]
        return found if len(found) == MONTHS else []

    found = {d["id"]: d for d in until("the cycle's flows", of_a_month)}
    assert all(d["parameters"] == {"as_of": "2022-07-18"} for d in found.values())

    def made() -> list[dict[str, Any]]:
        runs = pages(prefect, "flow_runs/filter")
        return [r for r in runs if r["auto_scheduled"] and r["deployment_id"] in found]

    assert {run["created_by"]["display_value"] for run in until("its runs", made)} == {"RRuleSchedule"}


def a_killed_child_lives_again(running: Up) -> None:
    for part, name in (
        ("worker start --pool dondoc --", "tiến trình chạy luồng (worker)"),
        ("cli.main web", "trang web"),
        ("cli.main door", "trang Prefect"),
    ):
        killed = running.child(part).number
        os.kill(killed, signal.SIGKILL)
        line = running.line(f"{name} đã dừng ngoài ý muốn (mã -9), khởi động lại sau 1 giây")
        log = Path(line.rpartition("nhật ký: ")[2])
        assert line in log.read_text(encoding="utf-8")
    for address in (f"{running.portal}/healthz", f"{running.door}/healthz"):
        until(f"{address} again", lambda where=address: answers(where))  # type: ignore[misc]
    alive = [p.command for p in processes_of(running.home) if "worker start --pool dondoc --" in p.command]
    assert len(alive) == 1


def without_its_server_it_ends_with_a_line(running: Up) -> None:
    os.kill(running.child("prefect.server").number, signal.SIGKILL)
    assert running.ended() == (1, [])
    log = running.home / "prefect" / "server.log"
    assert running.line("máy chủ Prefect đã") == f"máy chủ Prefect đã dừng ngoài ý muốn (mã -9), xem {log}"


def answers(address: str) -> bool:
    try:
        return httpx.get(address, timeout=5).status_code == 200
    except httpx.HTTPError:
        return False


@pytest.mark.e2e
@pytest.mark.parametrize("option", ["--port", "--web-port"])
def test_a_port_in_use_gives_one_clear_line(
    house: House, option: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with socket.create_server((HOST, 0)) as taken:
        port = taken.getsockname()[1]
        ports = (port, free_port()) if option == "--port" else (free_port(), port)
        assert run(["up", "--port", str(ports[0]), "--web-port", str(ports[1])]) == 1
    said = capsys.readouterr().err
    assert said.splitlines()[-1] == (
        f"cổng {port} đang có chương trình khác dùng: đóng chương trình đó hoặc chọn {option}"
    )
    assert "Traceback" not in said
