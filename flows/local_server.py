"""A Prefect server of our own on embedded storage; imports no Prefect, so that it starts first."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from config.settings import PROJECT_ROOT
from obligations.errors import Unavailable
from tasks_lib.kernel.kept_secret import kept_secret

HOST = "127.0.0.1"
# Nobody reads the events of a passing server, and writing them costs two thirds of a round on SQLite.
PASSING = {
    "PREFECT_UI_ENABLED": "0",
    "PREFECT__SERVER_EPHEMERAL": "1",
    "PREFECT_API_BLOCKS_REGISTER_ON_START": "false",
    "PREFECT_SERVER_SERVICES_EVENT_PERSISTER_ENABLED": "false",
    "PREFECT_SERVER_SERVICES_TRIGGERS_ENABLED": "false",
}


AUTH_FILE = "prefect.key"
"""In the home, beside the key that signs links; whoever knows it may run programs through Prefect."""
DATABASE = "PREFECT_SERVER_DATABASE_CONNECTION_URL"
MAIL_SECRET = "DONDOC_SMTP_PASSWORD"  # noqa: S105 - its name
SECRETS = (MAIL_SECRET, "DONDOC_SECRET_KEY", "DONDOC_DATABASE_URL")
"""What Prefect's own server has no business with."""

STOP_SECONDS = 20
"""How long a child may take to end by itself."""

# The same as [tool.prefect] in pyproject.toml, which only counts in that directory; a test holds them equal.
TUNED = {
    "PREFECT_SERVER_API_CORS_ALLOWED_ORIGINS": "http://127.0.0.1:4200",
    "PREFECT_SERVER_ANALYTICS_ENABLED": "false",
    "PREFECT_SERVER_SERVICES_TASK_RUN_RECORDER_BATCH_SIZE": "100",
    "PREFECT_SERVER_SERVICES_TASK_RUN_RECORDER_READ_BATCH_SIZE": "100",
    "PREFECT_SERVER_SERVICES_TASK_RUN_RECORDER_FLUSH_INTERVAL": "1.0",
    "PREFECT_SERVER_SERVICES_EVENT_PERSISTER_BATCH_SIZE": "500",
    "PREFECT_SERVER_SERVICES_EVENT_PERSISTER_READ_BATCH_SIZE": "500",
    "PREFECT_SERVER_SERVICES_DB_VACUUM_ENABLED": "events,flow_runs",
    "PREFECT_SERVER_SERVICES_DB_VACUUM_RETENTION_PERIOD": "2592000",
    "PREFECT_SERVER_DATABASE_SQLALCHEMY_POOL_SIZE": "20",
    "PREFECT_SERVER_DATABASE_SQLALCHEMY_MAX_OVERFLOW": "20",
    "PREFECT_FLOWS_HEARTBEAT_FREQUENCY": "60",
}


class ServerUnavailable(Unavailable):
    """The Prefect server did not come up; the log says why."""


@dataclass(frozen=True)
class LocalServer:
    """Where a server of ours stands and keeps its things."""

    home: Path
    """DONDOC_HOME; the server lives in its folder `prefect`."""
    port: int
    database: str = ""
    """The address of Prefect's own database; a SQLite file in the folder unless given."""
    pages: str = ""
    """Where people look at its pages; nobody's browser has any business with it unless given."""

    @property
    def auth(self) -> str:
        """What every request to it must carry."""
        return f"dondoc:{kept_secret(self.home / AUTH_FILE)}"

    @property
    def folder(self) -> Path:
        """The folder of Prefect's database, profile and logs."""
        return self.home / "prefect"

    @property
    def url(self) -> str:
        """Where it listens, for this machine alone."""
        return f"http://{HOST}:{self.port}"

    @property
    def api(self) -> str:
        """Where clients reach it."""
        return f"{self.url}/api"

    @property
    def mark(self) -> str:
        """What stands in the environment of every process that calls it, and of no other."""
        return f"PREFECT_API_URL={self.api}"

    @property
    def log(self) -> Path:
        """What the server said."""
        return self.folder / "server.log"

    def environment(self, *, calls: bool = True, mail: bool = False) -> dict[str, str]:
        """Return the whole environment of a child, with the secrets of what it does and no others."""
        paths = [str(PROJECT_ROOT), *filter(None, [os.environ.get("PYTHONPATH")])]
        own = {
            "PREFECT_HOME": str(self.folder),
            "PREFECT_API_URL": self.api,
            "DONDOC_HOME": str(self.home),
            "PYTHONPATH": os.pathsep.join(paths),
        }
        if calls:
            own["PREFECT_API_AUTH_STRING"] = self.auth
        dropped = (*_CLOSED, *(() if mail else (MAIL_SECRET,)))
        return {**_without(dropped), **TUNED, **own}

    def server_environment(self) -> dict[str, str]:
        """Return the whole environment of the server itself, which answers nobody without its secret."""
        own = {
            "PREFECT_SERVER_API_HOST": HOST,
            "PREFECT_SERVER_API_PORT": str(self.port),
            "PREFECT_SERVER_API_AUTH_STRING": self.auth,
            "PREFECT_SERVER_API_CORS_ALLOWED_ORIGINS": self.pages or self.url,
            DATABASE: self.database or f"sqlite+aiosqlite:///{self.folder / 'prefect.db'}",
        }
        return {name: v for name, v in self.environment().items() if name not in SECRETS} | own


_CLOSED = ("PREFECT_API_AUTH_STRING", "PREFECT_SERVER_API_AUTH_STRING", DATABASE)


def _without(names: tuple[str, ...]) -> dict[str, str]:
    return {name: value for name, value in os.environ.items() if name not in names}


def is_free(port: int) -> bool:
    """Whether nobody listens on a port here."""
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, port))
        except OSError:
            return False
    return True


def free_port() -> int:
    """Return a port nobody listens on."""
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as probe:
        probe.bind((HOST, 0))
        port: int = probe.getsockname()[1]
    return port


def start(server: LocalServer, *, ui: bool) -> subprocess.Popen[bytes]:
    """Start the server's process in a session of its own, so that a Ctrl-C reaches us alone."""
    server.folder.mkdir(parents=True, exist_ok=True)
    with server.log.open("ab") as log:
        return subprocess.Popen(  # noqa: S603 - our own interpreter and arguments
            [
                sys.executable,
                "-m",
                "uvicorn",
                "--factory",
                "prefect.server.api.server:create_app",
                "--host",
                HOST,
                "--port",
                str(server.port),
                "--log-level",
                "error",
                "--lifespan",
                "on",
            ],
            env={**server.server_environment(), **({} if ui else PASSING)},
            stdout=log,
            stderr=log,
            stdin=subprocess.DEVNULL,
            start_new_session=True,
        )


def wait_until_healthy(server: LocalServer, process: subprocess.Popen[bytes], seconds: float = 120) -> None:
    """Wait until the server answers; raise ServerUnavailable when it ends or takes too long."""
    patience = time.monotonic() + seconds
    while time.monotonic() < patience:
        if process.poll() is not None:
            break
        try:
            with urllib.request.urlopen(f"{server.api}/health", timeout=2):  # noqa: S310 - our own address
                return
        except (urllib.error.URLError, OSError):
            time.sleep(0.1)
    raise ServerUnavailable(f"máy chủ Prefect không khởi động được, xem {server.log}")


def stop(process: subprocess.Popen[bytes], first: int = signal.SIGTERM) -> None:
    """End a child and all it started: by request, then for good."""
    if process.poll() is None:
        process.send_signal(first)
        try:
            process.wait(STOP_SECONDS)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
    try:
        os.killpg(process.pid, signal.SIGKILL)  # what it may have left behind in its session
    except ProcessLookupError:
        return


@contextmanager
def passing_server(home: Path) -> Iterator[tuple[LocalServer, subprocess.Popen[bytes]]]:
    """Give a server without pages for the time of one round; the caller waits until it is healthy."""
    server = LocalServer(home, free_port())
    process = start(server, ui=False)
    try:
        yield server, process
    finally:
        stop(process)
