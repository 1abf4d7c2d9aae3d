"""What monitors may read, how dear their looks are, and that the numbers are those of the house."""

from __future__ import annotations

import httpx
from pydantic import SecretStr

from obligations.rights import Seat
from tasks_lib.kernel.bootstrap import House
from tests.support.houses.houses import with_settings
from tests.support.life.stories import A_MU_SUNG, MUONG_VI, leave_only
from tests.support.pages.visits import counting, visited
from tests.support.running.watching import lives, monitored, started

ONE, TWO = f"1.2/{A_MU_SUNG}/once", f"1.2/{MUONG_VI}/once"
TOKEN = "mot-chuoi-chi-may-giam-sat-biet"


def lived(house: House) -> House:
    leave_only(house, ONE, TWO)
    started(house, "2022-07-05")
    lives(house, "2022-07-06", "2022-07-07")
    return house


def test_what_came_through_a_proxy_reads_no_details(house: House) -> None:
    with monitored(lived(house), "2022-07-07T08:30") as monitor:
        for header in ("X-Forwarded-For", "Forwarded", "X-Real-IP"):
            passed_on = {header: "10.0.0.7"}
            told = monitor.client.get("/readyz", headers=passed_on)
            assert (told.status_code, told.json()) == (200, {"ready": True})
            assert monitor.client.get("/metrics", headers=passed_on).status_code == 403
        assert "checks" in monitor.client.get("/readyz").json()
        assert monitor.client.get("/metrics").status_code == 200


def test_where_a_token_is_set_it_alone_opens_the_details(house: House) -> None:
    guarded = with_settings(lived(house), metrics_token=SecretStr(TOKEN))
    with monitored(guarded, "2022-07-07T08:30") as monitor:

        def read(**headers: str) -> tuple[int, bool]:
            ready = monitor.client.get("/readyz", headers=headers).json()
            return monitor.client.get("/metrics", headers=headers).status_code, "checks" in ready

        assert read() == (403, False)
        assert read(Authorization="Bearer khac") == (403, False)
        assert read(Authorization=f"Bearer {TOKEN}") == (200, True)
        assert read(Authorization=f"Bearer {TOKEN}", **{"X-Forwarded-For": "10.0.0.7"}) == (200, True)


def test_a_plan_that_was_not_started_or_has_ended_is_ready(house: House) -> None:
    leave_only(house)
    with monitored(house, "2022-07-07T08:30") as monitor:
        status, document = monitor.ready()
        assert status == 200
        said = {check["name"]: check["said"] for check in document["checks"]}
        assert said["round"] == "kế hoạch chưa khởi động (dondoc plan start)"
    started(house, "2022-07-05")
    with monitored(house, "2023-02-07T08:30") as monitor:
        status, document = monitor.ready()
        assert status == 200
        assert {c["name"]: c["said"] for c in document["checks"]}["delivery"] == "kế hoạch đã kết thúc"


def test_a_day_off_demands_no_round(house: House) -> None:
    leave_only(house, ONE)
    started(house, "2022-07-05")
    lives(house, "2022-07-06", "2022-07-08")
    with monitored(house, "2022-07-10T23:00") as monitor:
        assert monitor.faults() == {}
        monitor.at("2022-07-11T07:05")
        assert monitor.faults() == {"round": "lượt 6:30 hôm nay chưa chạy (gần nhất 06:30 ngày 08/7/2022)"}
        monitor.at("2022-07-11T08:05")
        assert set(monitor.faults()) == {"round", "delivery"}


def test_a_flood_of_probes_writes_one_row(house: House) -> None:
    with monitored(lived(house), "2022-07-07T08:30") as monitor, counting(monitor.portal.house) as read:
        for _ in range(50):
            assert monitor.alive() == (200, "ok")
        assert len(read) == 2  # the pulse found again, and the first page of every table
        monitor.at("2022-07-07T08:30:05")
        assert monitor.alive() == (200, "ok")
        assert len(read) == 4


def test_the_numbers_are_those_of_the_house(any_house: House) -> None:
    with monitored(lived(any_house), "2022-07-07T08:30") as monitor:
        monitor.client.get("/dang-nhap")
        told = dict(
            line.rsplit(" ", 1)
            for line in monitor.client.get("/metrics").text.splitlines()
            if not line.startswith("#")
        )
    assert told['dondoc_obligations{state="open"}'] == "2.0"
    assert told["dondoc_obligations_overdue"] == "0.0"
    assert told["dondoc_notices"] == "4.0"
    assert told['dondoc_messages{state="sent"}'] == "4.0"
    assert told["dondoc_message_oldest_waiting_seconds"] == "0.0"
    assert told['dondoc_check_ok{check="round"}'] == "1.0"
    assert float(told['dondoc_last_success_timestamp_seconds{what="round"}']) == 1657150200
    assert told['dondoc_request_seconds_count{method="GET",status="2xx"}'] == "1.0"


def test_on_postgresql_the_same_look_finds_the_same(postgres_house: House) -> None:
    with monitored(lived(postgres_house), "2022-07-07T08:30") as monitor:
        assert monitor.alive() == (200, "ok")
        assert monitor.faults() == {}


def test_monitors_need_no_seat_and_people_find_no_menu_of_them(house: House) -> None:
    with visited(lived(house), "2022-07-07T08:30") as site:
        coordinator = site.login(Seat.COORDINATOR)
        assert coordinator.get("/").links("/readyz") == []
        assert httpx.Headers(coordinator.get("/readyz").headers)["content-type"] == "application/json"
