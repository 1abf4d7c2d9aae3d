"""What `up` looks at after its start: whether the scheduler has made the next runs."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime
from urllib.parse import urlsplit
from uuid import UUID

import pytest
from prefect.client.orchestration import SyncPrefectClient
from prefect.client.schemas.actions import DeploymentScheduleCreate
from prefect.client.schemas.objects import DeploymentSchedule
from prefect.client.schemas.schedules import CronSchedule, RRuleSchedule
from prefect.settings import PREFECT_API_URL

from cli.next_round import say_next_round
from flows.deployments import ROUND_NAME
from flows.local_server import LocalServer
from flows.standing import is_due
from obligations.calendar import ZONE
from obligations.errors import Refused
from tasks_lib.kernel.bootstrap import House
from tasks_lib.kernel.clock import now
from tests.support.life.stories import at

DAILY = CronSchedule(cron="30 6 * * *", timezone=ZONE.key)
IN_SEPTEMBER = RRuleSchedule(
    rrule="DTSTART:20220630T165000\nRRULE:FREQ=DAILY;BYMONTH=9;BYHOUR=16;BYMINUTE=50;BYSECOND=0",
    timezone=ZONE.key,
)
Deploy = Callable[..., UUID]


@pytest.fixture
def client(prefect: None) -> Iterator[SyncPrefectClient]:
    with SyncPrefectClient(PREFECT_API_URL.value()) as found:
        yield found


@pytest.fixture
def server(house: House) -> LocalServer:
    """The tests' own server, on which no scheduler runs."""
    return LocalServer(house.settings.home, urlsplit(PREFECT_API_URL.value()).port or 0)


@pytest.fixture
def deploy(client: SyncPrefectClient) -> Iterator[Deploy]:
    made: list[UUID] = []

    def _deploy(name: str, *schedules: CronSchedule | RRuleSchedule, active: bool = True) -> UUID:
        flow = client.create_flow_from_name("dung-cho")
        wanted = [DeploymentScheduleCreate(schedule=s, active=active) for s in schedules]
        made.append(client.create_deployment(flow_id=flow, name=name, schedules=wanted))
        return made[-1]

    yield _deploy
    for number in made:
        client.delete_deployment(number)


def test_a_scheduler_that_makes_nothing_is_told_with_what_is_missing_and_where_to_look(
    server: LocalServer, deploy: Deploy
) -> None:
    deploy(ROUND_NAME, DAILY)
    deploy("gui-thu", DAILY)
    deploy("nhiem-vu-1-1", DAILY, active=False)
    with pytest.raises(Refused) as told:
        say_next_round(server, lambda: None, patience=0)
    assert str(told.value) == (
        f"Prefect không lập được lượt chạy tiếp theo của gui-thu, luot-hang-ngay; xem {server.log}"
    )


def test_the_next_round_is_said_once_every_active_schedule_has_a_run(
    server: LocalServer, client: SyncPrefectClient, deploy: Deploy, capsys: pytest.CaptureFixture[str]
) -> None:
    daily = deploy(ROUND_NAME, DAILY)

    def scheduler() -> None:
        client.request("POST", "/deployments/{id}/schedule", path_params={"id": str(daily)}, json={})

    say_next_round(server, scheduler, " (ghim)")
    (line,) = capsys.readouterr().err.splitlines()
    said = datetime.strptime(line, "Lượt tiếp theo: %H:%M ngày %d/%m/%Y (ghim)").replace(tzinfo=ZONE)
    assert (said.hour, said.minute) == (6, 30)
    assert 0 < (said - now()).total_seconds() <= 24 * 3600


@pytest.mark.parametrize(
    ("day", "due"),
    [("2022-05-01", False), ("2022-06-20", True), ("2022-09-15", True), ("2022-09-30T17:00", False)],
)
def test_a_rule_for_some_months_is_asked_for_only_when_they_are_near(day: str, due: bool) -> None:
    assert is_due(DeploymentSchedule(schedule=IN_SEPTEMBER), at(day)) is due


def test_a_paused_schedule_is_not_asked_for() -> None:
    assert not is_due(DeploymentSchedule(schedule=DAILY, active=False), now())
