"""The door to Prefect's pages: who may look, what is passed on, and what no trick gets through."""

from __future__ import annotations

from collections.abc import Iterator
from uuid import uuid4

import httpx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from obligations.rights import Seat
from tasks_lib.kernel.bootstrap import House
from tests.support.houses.houses import with_settings
from tests.support.life.stories import BAT_XAT, MUONG_VI
from tests.support.pages.doors import AUTH, BASIC, Place, Upstream, as_written
from tests.support.pages.portal import Clock, portal_of, served
from web.frame.door import Prefect, create_door
from web.frame.door_addresses import passes
from web.frame.security import SESSION

ONE = uuid4()


@pytest.fixture
def place(house: House) -> Iterator[Place]:
    upstream = Upstream()
    with portal_of(house) as portal, served(upstream) as behind:
        door = create_door(portal.house, portal.clock, Prefect(url=behind, auth=AUTH))
        with served(door) as url:
            yield Place(portal, url, upstream)


READ = [
    ("GET", "/"),
    ("GET", "/v2/runs?tab=flow-runs"),
    ("GET", "/v2/assets/index-DcpMCR-U.js"),
    ("GET", "/ui-settings"),
    ("GET", f"/api/flow_runs/{ONE}"),
    ("GET", f"/api/flow_runs/{ONE}/graph-v2"),
    ("POST", "/api/flow_runs/filter"),
    ("POST", "/api/flow_runs/paginate"),
    ("POST", "/api/logs/filter"),
    ("POST", "/api/artifacts/latest/filter"),
    ("POST", "/api/events/filter"),
    ("POST", "/api/work_pools/dondoc-mail/workers/filter"),
    ("POST", "/api/task_runs/history"),
    ("GET", "/api/automations/related-to/prefect.deployment.1-2"),
]
CLOSED = [
    ("POST", "/api/deployments/"),
    ("POST", f"/api/deployments/{ONE}/create_flow_run"),
    ("POST", "/api/flows/"),
    ("POST", f"/api/flow_runs/{ONE}/set_state"),
    ("POST", f"/api/flow_runs/{ONE}/resume"),
    ("DELETE", f"/api/flow_runs/{ONE}"),
    ("PATCH", f"/api/deployments/{ONE}"),
    ("POST", "/api/work_pools/dondoc/get_scheduled_flow_runs"),
    ("POST", f"/api/work_queues/{ONE}/get_runs"),
    ("POST", "/api/block_documents/filter"),
    ("GET", f"/api/block_documents/{ONE}"),
    ("GET", "/api/block_documents/filter?include_secrets=true"),
    ("POST", "/api/variables/filter"),
    ("GET", "/api/variables/name/x"),
    ("GET", f"/api/flow_runs/{ONE}/input/secret"),
    ("GET", "/api/admin/settings"),
    ("POST", "/api/admin/database/clear"),
    ("GET", "/api/docs"),
    ("GET", "/api/openapi.json"),
    ("GET", "/docs"),
    ("GET", "/openapi.json"),
    ("GET", "/api"),
    ("POST", "/api/flow_runs/filter/"),
    ("POST", "/api/flow_runs/bulk_delete"),
    ("PUT", "/"),
    ("POST", "/"),
    ("POST", "/api/automations/"),
    ("GET", "/api/collections/views/x"),
    ("HEAD", f"/api/flow_runs/{ONE}"),
    ("OPTIONS", "/api/deployments/"),
    ("TRACE", "/api/flow_runs/filter"),
]
TRICKS = [
    ("POST", "/api/%64eployments/"),
    ("POST", "/api//deployments/"),
    ("POST", "//api/deployments/"),
    ("POST", "/v2/../api/deployments/"),
    ("GET", "/v2/%2e%2e/api/block_documents/filter"),
    ("GET", "/v2/..%2fapi/variables/name/x"),
    ("POST", "/API/deployments/"),
    ("GET", "/Api/admin/settings"),
    ("POST", "/api/flow_runs/filter%2f..%2f..%2fdeployments%2f"),
    ("POST", "/api/flow_runs/filter;/deployments/"),
    ("POST", "/api/./deployments/"),
    ("GET", "/v2/.env"),
    ("GET", "/v2/a\\..\\..\\api"),
    ("GET", "/%61pi/admin/settings"),
    ("GET", "/v2/%00"),
    ("GET", f"/api/flow_runs/{str(ONE).upper()}/"),
    ("POST", "/api/flow_runs/filter/x"),
    ("GET", "/v2//evil.example/"),
    ("GET", "/api/work_pools/dondoc%0d%0aX-Evil:1"),
]


def test_a_coordinator_reads_and_prefect_is_asked_in_the_doors_own_name(place: Place) -> None:
    with place.visitor(Seat.COORDINATOR) as coordinator:
        for method, path in READ:
            found = coordinator.request(method, path, json={} if method == "POST" else None)
            assert found.status_code == 200, (method, path, found.text)
    assert [(m, p) for m, p, _ in place.upstream.reached] == READ
    for _, _, headers in place.upstream.reached:
        assert headers["authorization"] == BASIC
        assert "cookie" not in headers
        assert not any(name.startswith("x-") for name in headers)


@pytest.mark.parametrize("seat", [Seat.DIRECTOR, Seat.OPS])
def test_a_director_and_ops_read_too(place: Place, seat: Seat) -> None:
    with place.visitor(seat) as visitor:
        assert visitor.get("/v2/runs").status_code == 200
        assert visitor.post("/api/flow_runs/filter", json={}).status_code == 200


def test_nothing_that_writes_or_holds_secrets_is_passed_on(place: Place) -> None:
    with place.visitor(Seat.COORDINATOR) as coordinator:
        for method, path in CLOSED:
            found = coordinator.request(method, path, json={} if method == "POST" else None)
            assert found.status_code == 403, (method, path)
    assert place.upstream.reached == []


def test_no_way_of_writing_an_address_gets_around_the_list(place: Place) -> None:
    with place.visitor(Seat.COORDINATOR) as coordinator:
        cookie = f"{SESSION}={coordinator.cookies[SESSION]}"
        for method, path in TRICKS:
            assert as_written(place, cookie, method, path) in {400, 403, 404}, (method, path)
        for name in ("X-HTTP-Method-Override", "X-HTTP-Method", "X-Method-Override"):
            coordinator.post("/api/flow_runs/filter?_method=DELETE", json={}, headers={name: "DELETE"})
    assert [(m, p.partition("?")[0]) for m, p, _ in place.upstream.reached] == [
        ("POST", "/api/flow_runs/filter")
    ] * 3
    assert not any(name.startswith("x-") for _, _, headers in place.upstream.reached for name in headers)


def test_nobody_comes_in_without_a_session_of_the_portal(place: Place) -> None:
    with httpx.Client(base_url=place.url) as stranger:
        page = stranger.get("/v2/runs")
        assert (page.status_code, page.headers["location"]) == (303, f"{place.portal.url}/dang-nhap")
        for method, path in (
            ("GET", f"/api/flow_runs/{ONE}"),
            ("POST", "/api/flow_runs/filter"),
            ("POST", "/"),
        ):
            assert stranger.request(method, path, headers={"Authorization": BASIC}).status_code == 401
        assert stranger.get("/healthz").text == "ok"
        stranger.cookies.set(SESSION, "gefaelscht")
        assert stranger.get("/v2/runs").status_code == 303
    assert place.upstream.reached == []


@pytest.mark.parametrize(
    ("seat", "agency"),
    [(Seat.OFFICER, MUONG_VI), (Seat.CHAIRPERSON, MUONG_VI), (Seat.DESK, BAT_XAT), (Seat.READER, None)],
)
def test_whoever_is_of_another_agency_is_told_where_to_look(
    place: Place, seat: Seat, agency: str | None
) -> None:
    with place.visitor(seat, agency) as visitor:
        page = visitor.get("/v2/runs")
        assert page.status_code == 403
        assert f"<a href='{place.portal.url}/'>trang theo dõi</a>" in page.text
        assert visitor.post("/api/flow_runs/filter", json={}).status_code == 403
    assert place.upstream.reached == []


def test_a_session_that_has_ended_opens_nothing_any_more(place: Place) -> None:
    with place.visitor(Seat.COORDINATOR) as coordinator:
        assert coordinator.get("/v2/runs").status_code == 200
        place.portal.at("2022-07-05T09:00")
        assert coordinator.get("/v2/runs").status_code == 303


def test_the_pages_are_told_to_ask_the_door_and_no_password(place: Place) -> None:
    place.upstream.answer = {"api_url": "http://127.0.0.1:9/api", "auth": "BASIC", "csrf_enabled": False}
    with place.visitor(Seat.COORDINATOR) as coordinator:
        told = coordinator.get("/ui-settings").json()
    assert (told["api_url"], told["auth"], told["csrf_enabled"]) == ("/api", None, False)


def test_how_work_is_started_is_left_out_of_every_answer(place: Place) -> None:
    secret = {"env": {"DONDOC_SMTP_PASSWORD": "geheim"}}
    place.upstream.answer = [
        {"name": "1.2", "job_variables": secret, "work_pool": {"base_job_template": secret}}
    ]
    with place.visitor(Seat.COORDINATOR) as coordinator:
        found = coordinator.post("/api/deployments/filter", json={})
    assert found.json() == [{"name": "1.2", "job_variables": {}, "work_pool": {"base_job_template": {}}}]


@pytest.mark.parametrize(
    ("location", "kept"),
    [
        ("/v2/", "/v2/"),
        ("//evil.example/", None),
        ("http://evil.example/", None),
        ("/api/deployments/", None),
    ],
)
def test_a_redirection_leads_nowhere_but_to_the_doors_own_pages(
    place: Place, location: str, kept: str | None
) -> None:
    place.upstream.status, place.upstream.headers = 307, ((b"location", location.encode()),)
    with place.visitor(Seat.COORDINATOR) as coordinator:
        assert coordinator.get("/", follow_redirects=False).headers.get("location") == kept


def test_a_server_that_is_away_is_told_in_one_line(house: House) -> None:
    with portal_of(house) as portal:
        door = create_door(portal.house, portal.clock, Prefect(url="http://127.0.0.1:9", auth=AUTH))
        with served(door) as url, Place(portal, url, Upstream()).visitor(Seat.OPS) as ops:
            page = ops.get("/v2/runs")
            assert (page.status_code, "chưa trả lời" in page.text) == (502, True)
            assert ops.post("/api/flow_runs/filter", json={}).status_code == 502


def test_a_body_larger_than_any_filter_is_refused(place: Place) -> None:
    with place.visitor(Seat.COORDINATOR) as coordinator:
        assert coordinator.post("/api/flow_runs/filter", content=b"x" * 300_000).status_code == 413
    assert place.upstream.reached == []


def test_prefects_pages_may_call_nobody_else_and_stand_in_no_frame(place: Place) -> None:
    with place.visitor(Seat.COORDINATOR) as coordinator:
        policy = coordinator.get("/v2/runs").headers["content-security-policy"]
    assert "connect-src 'self' data: blob:" in policy
    assert "frame-ancestors 'none'" in policy
    assert "http" not in policy


def test_over_https_the_cookie_is_the_portals_own(house: House) -> None:
    https = with_settings(house, public_url="https://theodoi.example")
    with served(create_door(https, Clock(), Prefect(url="http://127.0.0.1:9", auth=AUTH))) as url:
        found = httpx.get(f"{url}/v2/runs", follow_redirects=False)
    assert found.headers["location"] == "https://theodoi.example/dang-nhap"
    assert "strict-transport-security" in found.headers


PARTS = (
    "api",
    "API",
    "v2",
    "deployments",
    "flow_runs",
    "filter",
    "set_state",
    "..",
    ".",
    "",
    "%2e%2e",
    "%2f",
    str(ONE),
    "create_flow_run",
    "block_documents",
    "variables",
    "admin",
    "work_pools",
    "dondoc",
    "get_runs",
)


@given(
    method=st.sampled_from(["GET", "POST", "PUT", "PATCH", "DELETE", "HEAD", "get"]),
    parts=st.lists(st.one_of(st.sampled_from(PARTS), st.text(max_size=6)), max_size=6),
)
def test_whatever_passes_is_plain_and_names_nothing_that_writes(method: str, parts: list[str]) -> None:
    raw = ("/" + "/".join(parts)).encode("utf-8", "surrogatepass")
    if not passes(method, raw):
        return
    path = raw.decode("ascii")
    assert method in {"GET", "POST"}
    assert not set(path) & set("%\\;\0 ")
    assert "/.." not in path
    assert "//" not in path
    if path.startswith("/api/"):
        assert path.split("/")[2] not in {"block_documents", "variables", "admin"}
    if method == "POST":
        assert path.rpartition("/")[2] in {"filter", "count", "paginate", "history", "lateness"}
