"""`up` by the real clock with everything on PostgreSQL: what the scheduler makes is really run."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import httpx
import pytest
from playwright.sync_api import Page, expect
from sqlalchemy import select

from config.load import load_configuration
from config.sample_name import KEY as SAMPLE
from obligations.calendar import ZONE
from obligations.model import WorkState
from obligations.rights import SEAT_WORDS, Seat
from store.engine import open_engine, reading, writing
from store.plans import start
from store.schema import obligations
from tasks_lib.kernel.bootstrap import House
from tasks_lib.kernel.clock import now
from tasks_lib.kernel.links import login_link
from tests.support.databases.debian_postgres import DebianCluster
from tests.support.houses.houses import of_every_plan, opened, with_settings
from tests.support.houses.smaller_plans import beside_the_sample
from tests.support.life.stories import SO_Y_TE
from tests.support.pages.browser import Chromium, chromium, screenshot
from tests.support.running.ups import Up, pages, until, up

AHEAD = timedelta(seconds=20)
"""What the scheduler needs, as a rule, to see a new schedule."""
CHANCES = 2
"""Minutes between two starts: a schedule seen too late for its first one (the scheduler looks for new ones in
a window of seconds, at all of them once a minute) has another soon."""
PLANS = {"239-2022", SAMPLE}
"""The one on three levels, ended in 2022, and this year's on two, side by side."""
OPENED = obligations.c.item == "1.2", obligations.c.work_state != WorkState.WAITING
RUNS = "/v2/runs?tab=flow-runs"


@pytest.mark.e2e
def test_runs_that_the_scheduler_made_are_run_on_postgresql(
    home: Path, debian_postgres: DebianCluster, subtests: pytest.Subtests, monkeypatch: pytest.MonkeyPatch
) -> None:
    office = beside_the_sample(home / "config", "1.2", "2.3", "3.5")
    monkeypatch.setenv("DONDOC_CONFIG_DIR", str(office))
    configuration = load_configuration(office)
    ours = debian_postgres.url(debian_postgres.database())
    with of_every_plan(configuration, ours) as houses:
        for house in houses:
            with writing(house.engine) as connection:
                start(connection, house.plan.key, now().date(), now().date())
    prefects = debian_postgres.prefect_url(debian_postgres.database())
    with up(home, DONDOC_DATABASE_URL=ours, PREFECT_SERVER_DATABASE_CONNECTION_URL=prefects) as running:
        said = running.line("Lượt tiếp theo: ")
        running.line("Sẵn sàng")
        assert not (home / "prefect" / "prefect.db").exists()
        with running.prefect() as prefect:
            found = {d["name"]: d for d in pages(prefect, "deployments/filter")}
            assert said == f"Lượt tiếp theo: {first_start(prefect, found['luot-hang-ngay'])}"
            soon = next_minute(now() + AHEAD)
            first = soon.minute % CHANCES
            cron = planned(prefect, found["gui-thu"], {"cron": f"{first}-59/{CHANCES} * * * *"})
            minutes = ",".join(str(minute) for minute in range(first, 60, CHANCES))
            hours = f"{soon.hour},{(soon + timedelta(hours=1)).hour}"
            rule = f"FREQ=DAILY;BYHOUR={hours};BYMINUTE={minutes};BYSECOND=0"
            rrule = planned(
                prefect, found["239-2022-ky-bao-cao-q3"], {"rrule": f"DTSTART:20220630T165000\nRRULE:{rule}"}
            )
            every = {"cron": f"{first}-59/{CHANCES} * * * *"}
            both = [planned(prefect, found[f"{plan}-nhiem-vu-1-2"], every) for plan in PLANS]
            for schedule, kind in (
                (cron, "CronSchedule"),
                (rrule, "RRuleSchedule"),
                *((item, "CronSchedule") for item in both),
            ):
                run = until(
                    f"the run of the {kind}",
                    lambda which=schedule: ended(prefect, which),  # type: ignore[misc]
                    lambda which=schedule: [r["state"] for r in made_by(prefect, which)],  # type: ignore[misc]
                )
                assert (run["auto_scheduled"], run["created_by"]["display_value"]) == (True, kind)
                assert run["state_name"] not in {"Failed", "Crashed"}, run["state"]
                began = datetime.fromisoformat(run["expected_start_time"]) - soon
                assert began >= timedelta()
                assert began % timedelta(minutes=CHANCES) == timedelta()
        assert opened_by_runs(ours) == PLANS
        with (
            subtests.test("in a browser"),
            chromium() as browser,
            opened(replace(configuration, plans=configuration.plans[:1]), ours) as house,
        ):
            who = with_settings(house, public_url=running.portal)
            nobody_sees_the_runs_who_is_not_signed_in(browser, running)
            a_clerk_is_told_where_to_look(browser, running, who)
            a_coordinator_sees_the_runs(browser, running, who)
        running.interrupt()
        assert running.ended() == (0, [])
        assert running.line("Đã dừng") == "Đã dừng."


def opened_by_runs(url: str) -> set[str]:
    """Return the plans of which something has been opened: laid out, everything waits."""
    engine = open_engine(url)
    with reading(engine) as connection:
        found = set(connection.scalars(select(obligations.c.plan).where(*OPENED)))
    engine.dispose()
    return found


def signed_in(page: Page, house: House, seat: Seat, agency: str | None = None) -> None:
    """Sign in at the portal, as people do."""
    page.goto(login_link(house, seat, agency, now()).url)
    page.get_by_role("button", name="Đăng nhập").click()
    expect(page.get_by_text(SEAT_WORDS[seat]).first).to_be_visible()


def nobody_sees_the_runs_who_is_not_signed_in(browser: Chromium, running: Up) -> None:
    with browser.visiting(running.door) as (page, watch):
        watch.allow(running.portal)
        page.goto(RUNS)
        expect(page).to_have_url(f"{running.portal}/dang-nhap")


def a_clerk_is_told_where_to_look(browser: Chromium, running: Up, house: House) -> None:
    with browser.visiting(running.door) as (page, watch):
        watch.allow(f"{running.portal}|status of 403")
        signed_in(page, house, Seat.OFFICER, SO_Y_TE)
        page.goto(RUNS)
        expect(page.get_by_text("Đề nghị theo dõi công việc của đơn vị tại")).to_be_visible()
        page.get_by_role("link", name="trang theo dõi").click()
        expect(page.get_by_text("Sở Y tế").first).to_be_visible()


def a_coordinator_sees_the_runs(browser: Chromium, running: Up, house: House) -> None:
    with browser.visiting(running.door) as (page, watch):
        # The pages ask for the administrator's settings, and call a counting service abroad: neither is let.
        watch.allow(f"{running.portal}|status of 403|status of 404|amplitude")
        reached: list[str] = []
        page.context.on("response", lambda response: reached.append(response.url))
        signed_in(page, house, Seat.COORDINATOR)
        page.goto(RUNS)
        expect(page.get_by_text("Gửi thư · ").first).to_be_visible()
        screenshot(page, "prefect-door-runs")
        page.get_by_role("link", name="Deployments", exact=True).click()
        expect(page.get_by_text("239-2022-cho-xac-nhan").first).to_be_visible()
        assert {url for url in reached if not url.startswith((running.door, running.portal))} == set()


def first_start(prefect: httpx.Client, deployment: dict[str, Any]) -> str:
    """When its next run begins, as people write it."""
    runs = [r for r in pages(prefect, "flow_runs/filter") if r["deployment_id"] == deployment["id"]]
    starts = [datetime.fromisoformat(r["expected_start_time"]).astimezone(ZONE) for r in runs]
    return f"{min(starts):%-H:%M ngày %d/%m/%Y}"


def next_minute(instant: datetime) -> datetime:
    return instant.replace(second=0, microsecond=0) + timedelta(minutes=1)


def planned(prefect: httpx.Client, deployment: dict[str, Any], rule: dict[str, str]) -> str:
    """Give a deployment one schedule more, of the kind it has; return the schedule's id."""
    wanted = [{"active": True, "schedule": {**rule, "timezone": ZONE.key}}]
    made = prefect.post(f"deployments/{deployment['id']}/schedules", json=wanted)
    assert made.status_code == 201, made.text
    return str(made.json()[0]["id"])


def made_by(prefect: httpx.Client, schedule: str) -> list[dict[str, Any]]:
    """Return the runs the scheduler made for a schedule."""
    return [
        r for r in pages(prefect, "flow_runs/filter") if r["created_by"] and r["created_by"]["id"] == schedule
    ]


def ended(prefect: httpx.Client, schedule: str) -> dict[str, Any]:
    """Return a run of a schedule that was run to its end, if there is one."""
    mine = (r for r in made_by(prefect, schedule) if r["state_type"] in {"COMPLETED", "FAILED"})
    return next(mine, {})
