"""What is shipped to run the program with: units, a proxy, containers; read and started for real."""

from __future__ import annotations

import os
import re
import shlex
import shutil
import ssl
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any, TypeAlias

import click
import httpx
import pytest
import yaml
from starlette.applications import Starlette
from starlette.responses import PlainTextResponse
from starlette.routing import Route

from cli.main import dondoc
from config.settings import PREFIX, PROJECT_ROOT, Settings
from flows.deployments import MAIL_POOL, WORK_POOL
from flows.local_server import HOST, free_port
from obligations.rights import Seat
from tasks_lib.kernel.bootstrap import House
from tasks_lib.kernel.clock import parse_as_of
from tasks_lib.kernel.links import login_link
from tests.support.houses.houses import with_settings
from tests.support.pages.portal import OPENING, Clock, reads, served
from tests.support.pages.visits import form_token
from tests.support.running.nginx import NAME, in_front, nginx
from tests.support.running.ups import until
from web.app import create_app
from web.frame.door import Prefect, create_door

DEPLOY = PROJECT_ROOT / "deploy"
UNITS = sorted(path for path in (DEPLOY / "systemd").rglob("*") if path.is_file())
INSTALLED = "/opt/dondoc/.venv/bin"
WITHOUT_SYSTEMD = pytest.mark.skipif(
    shutil.which("systemd-analyze") is None, reason="no systemd-analyze here to read the units"
)
Proxied: TypeAlias = tuple[House, httpx.Client, str]
"""The house, somebody in front of nginx, and the address of Prefect's pages there."""
PAGES_OF_PREFECT = "Prefect's pages"
WITHOUT_NGINX = pytest.mark.skipif(nginx() is None, reason="no nginx here to put in front")


def commands_of(unit: Path) -> list[str]:
    return re.findall(r"^ExecStart=(.+)$", unit.read_text(encoding="utf-8"), re.MULTILINE)


def compose() -> dict[str, Any]:
    found: dict[str, Any] = yaml.safe_load((DEPLOY / "compose.yaml").read_text(encoding="utf-8"))
    return found


def understood(arguments: list[str]) -> None:
    """Let the command line read arguments as it would, without doing anything."""
    command: click.Command = dondoc
    context, rest = click.Context(dondoc), list(arguments)
    while isinstance(command, click.Group):
        name = rest.pop(0)
        following = command.get_command(context, name)
        assert following is not None, f"no command {name}"
        command = following
    command.make_context(command.name, rest, parent=context)


@WITHOUT_SYSTEMD
def test_systemd_reads_every_unit_without_a_complaint(tmp_path: Path) -> None:
    for unit in UNITS:
        text = unit.read_text(encoding="utf-8").replace(INSTALLED, str(tmp_path / "bin"))
        (tmp_path / unit.name).write_text(text, encoding="utf-8")
    (tmp_path / "bin").mkdir()
    for name in {shlex.split(line)[0].rpartition("/")[2] for unit in UNITS for line in commands_of(unit)}:
        (tmp_path / "bin" / name).write_text("#!/bin/sh\n", encoding="utf-8")
        (tmp_path / "bin" / name).chmod(0o755)
    read = subprocess.run(
        ["systemd-analyze", "verify", "--man=no", *(str(tmp_path / unit.name) for unit in UNITS)],
        capture_output=True,
        text=True,
        check=False,
    )
    assert (read.returncode, read.stderr) == (0, "")


@pytest.mark.parametrize("unit", [u for u in UNITS if u.suffix == ".service"], ids=lambda unit: unit.name)
def test_every_unit_starts_a_command_that_exists_as_an_ordinary_user(unit: Path) -> None:
    text = unit.read_text(encoding="utf-8")
    assert "\nUser=dondoc\n" in text
    assert "\nUMask=0077\n" in text
    assert "PASSWORD=" not in text
    for line in commands_of(unit):
        program, *arguments = shlex.split(line)
        assert program.startswith(f"{INSTALLED}/")
        if program == f"{INSTALLED}/dondoc":
            understood(arguments)


def test_every_pool_has_its_worker_and_only_who_sends_has_the_mail_password() -> None:
    several = [unit for unit in UNITS if unit.parent.name == "several"]
    pools = {
        pool for unit in several for line in commands_of(unit) for pool in re.findall(r"--pool (\S+)", line)
    }
    assert pools == {WORK_POOL, MAIL_POOL}
    senders = {unit.stem for unit in several if "/etc/dondoc/mail.env" in unit.read_text(encoding="utf-8")}
    assert senders == {"dondoc-portal", "dondoc-mail-worker"}


def test_a_worker_runs_no_more_at_once_than_two_cores_bear() -> None:
    (command,) = commands_of(DEPLOY / "systemd" / "several" / "dondoc-worker.service")
    assert command.endswith(" --limit 2")


def test_the_machine_of_containers_has_its_daily_copy() -> None:
    """The command that docs/operations.md gives is the timer's, and what it writes is on a volume."""
    told = (PROJECT_ROOT / "docs" / "operations.md").read_text(encoding="utf-8")
    (line,) = re.findall(r"docker compose .*exec -T app (\S+ backup .+)$", told, re.MULTILINE)
    program, *arguments = shlex.split(line)
    assert program == f"{INSTALLED}/dondoc"
    understood(arguments)
    (unit,) = commands_of(DEPLOY / "systemd" / "dondoc-backup.service")
    assert line == unit
    assert any(v.endswith(f":{arguments[-1]}") for v in compose()["services"]["app"]["volumes"])


def begun(unit: str, home: Path, *more: str) -> subprocess.Popen[str]:
    """Start what a unit starts, with its environment, in folders of the test's own."""
    text = (DEPLOY / "systemd" / unit).read_text(encoding="utf-8")
    text = text.replace(INSTALLED, str(Path(sys.executable).parent)).replace("/var/lib/", f"{home}/")
    (command,) = re.findall(r"^ExecStart=(.+)$", text, re.MULTILINE)
    told = dict(line.split("=", 1) for line in re.findall(r"^Environment=(.+)$", text, re.MULTILINE))
    kept = {name: value for name, value in os.environ.items() if not name.startswith(PREFIX)}
    return subprocess.Popen(
        [*shlex.split(command), *more],
        env=kept | told,
        cwd=home,
        text=True,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )


def test_the_units_of_backup_and_portal_do_what_they_say(
    house: House, home: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    house.engine.dispose()
    state = tmp_path_factory.mktemp("state")
    shutil.copytree(home, state / "dondoc")
    backup = begun("dondoc-backup.service", state)
    _, said = backup.communicate(timeout=120)
    assert (backup.returncode, said) == (0, "")
    assert list((state / "dondoc-backup").iterdir())

    port = free_port()
    portal = begun("several/dondoc-portal.service", state, "--port", str(port))
    try:
        assert until("the portal of the unit", lambda: reads(f"http://{HOST}:{port}/healthz")) == "ok"
    finally:
        portal.terminate()
        portal.communicate(timeout=60)


def test_the_containers_start_commands_that_exist_and_hold_no_secret() -> None:
    services = compose()["services"]
    understood(services["app"]["command"])
    assert services["app"]["env_file"] == ["dondoc.env"]
    for name, service in services.items():
        told = service.get("environment", {})
        assert not [key for key in told if key.endswith("PASSWORD")], name
        assert not {key for key in told if key.startswith(PREFIX)} - {
            PREFIX + field.upper() for field in Settings.model_fields
        }
    mounted = {volume.partition(":")[0] for s in services.values() for volume in s.get("volumes", [])}
    assert {name for name in mounted if not name.startswith("./")} == set(compose()["volumes"])
    assert services["proxy"]["network_mode"] == "service:app", "the portal listens on its loopback alone"


def rooms_of_the_image() -> list[str]:
    """The packages that the image compiles."""
    text = (DEPLOY / "Dockerfile").read_text(encoding="utf-8")
    (rooms,) = re.findall(r"compileall -q (.+)$", text, re.MULTILINE)
    found: list[str] = rooms.split()
    return found


def secret_places() -> list[str]:
    """Where compose.yaml lets secrets stand beside it, as paths within the project."""
    found = compose()
    named = [path for service in found["services"].values() for path in service.get("env_file", [])]
    named += [secret["file"] for secret in found["secrets"].values()]
    mounted = [v.split(":")[0] for s in found["services"].values() for v in s.get("volumes", [])]
    named += [path for path in mounted if path.startswith("./") and not (DEPLOY / path).is_file()]
    return [str((DEPLOY / path).relative_to(PROJECT_ROOT)) for path in named]


@pytest.mark.parametrize("ignoring", [".gitignore", "deploy/Dockerfile.dockerignore"])
def test_no_secret_gets_into_a_commit_or_an_image(ignoring: str) -> None:
    assert secret_places() == ["deploy/dondoc.env", "deploy/db-password", "deploy/tls"]
    lines = (PROJECT_ROOT / ignoring).read_text(encoding="utf-8").splitlines()
    assert {*secret_places(), ".venv", ".dondoc"} <= {line.rstrip("/") for line in lines}
    assert not [line for line in lines if line.startswith("!")], "nothing is let in again"


def test_the_image_holds_all_that_it_is_installed_from() -> None:
    ignored = (DEPLOY / "Dockerfile.dockerignore").read_text(encoding="utf-8").split()
    rooms = re.search(
        r"compileall -q (.+)$", (DEPLOY / "Dockerfile").read_text(encoding="utf-8"), re.MULTILINE
    )
    assert rooms is not None
    needed = ("Makefile", "pyproject.toml", "requirements.lock", "README.md", "LICENSE", *rooms[1].split())
    assert not {*needed} & {*ignored}


def test_the_image_is_built_from_files_that_exist() -> None:
    text = (DEPLOY / "Dockerfile").read_text(encoding="utf-8")
    assert compose()["services"]["app"]["build"] == {"context": "..", "dockerfile": "deploy/Dockerfile"}
    assert all((PROJECT_ROOT / room).is_dir() for room in rooms_of_the_image())
    (entrance,) = re.findall(r'^ENTRYPOINT \["(.+)"\]$', text, re.MULTILINE)
    assert entrance == f"{INSTALLED}/dondoc"


@pytest.fixture
def proxied(house: House, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Proxied]:
    """Somebody who comes to the portal through nginx, as from outside."""
    folder = tmp_path_factory.mktemp("nginx")
    outside = free_port()
    address = f"https://{NAME}:{outside}"
    public = with_settings(house, public_url=address)
    pages = free_port()
    behind_the_door = Starlette(routes=[Route("/", lambda _request: PlainTextResponse(PAGES_OF_PREFECT))])
    with (
        served(behind_the_door) as prefect,
        served(create_app(public, Clock())) as portal,
        served(create_door(public, Clock(), Prefect(url=prefect, auth="dondoc:x"))) as read_only,
    ):
        inside, behind = (int(url.rpartition(":")[2]) for url in (portal, read_only))
        ports = {443: outside, 8443: pages, 8239: inside, 4200: behind}
        with in_front(folder, ports) as certificate:
            trusted = ssl.create_default_context(cafile=str(certificate))
            with httpx.Client(
                base_url=f"https://127.0.0.1:{outside}",
                verify=trusted,
                headers={"Host": f"{NAME}:{outside}"},
            ) as client:
                yield public, client, f"https://127.0.0.1:{pages}"


@WITHOUT_NGINX
def test_people_come_in_through_the_shipped_proxy(proxied: Proxied) -> None:
    house, client, pages = proxied
    link = login_link(house, Seat.COORDINATOR, None, parse_as_of(OPENING))
    path = httpx.URL(link.url).raw_path.decode()
    entered = client.post(path, data={"csrftoken": form_token(client, path)})
    assert entered.status_code == 303
    cookie = entered.headers["set-cookie"].lower()
    assert "secure" in cookie
    assert "httponly" in cookie
    seen = client.get(pages)
    assert (seen.status_code, seen.text) == (200, PAGES_OF_PREFECT), "who is signed in is known there too"
    board = client.get("/")
    assert board.status_code == 200
    assert "max-age" in board.headers["strict-transport-security"]
    assert "server" not in board.headers or board.headers["server"] == "nginx"


@WITHOUT_NGINX
def test_what_is_for_this_machine_stays_on_it(proxied: Proxied) -> None:
    _, client, pages = proxied
    assert client.get("/metrics").status_code == 404
    assert client.get("/healthz").status_code == 200
    stranger = client.get(pages)
    assert (stranger.status_code, stranger.headers["location"]) == (
        303,
        f"https://{NAME}:{client.base_url.port}/dang-nhap",
    )
