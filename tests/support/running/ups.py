"""`dondoc up` as a child process of a test: what it says, its children, and Prefect's API behind it."""

from __future__ import annotations

import os
import re
import shlex
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeVar

import httpx
import pytest

from config.settings import PROJECT_ROOT
from flows.local_server import HOST, free_port

PATIENCE = 300
"""Seconds; a busy machine is no fault of the code under test."""
PAGE = 200
"""As many as Prefect's API gives at once."""
T = TypeVar("T")


def until(what: str, look: Callable[[], T], seen: Callable[[], object] = lambda: "") -> T:
    """Look again and again until there is something; fail with what is seen instead.

    Looking costs a server what it could do its work with: the longer it takes, the seldomer.
    """
    began = time.monotonic()
    while (waited := time.monotonic() - began) < PATIENCE:
        if found := look():
            return found
        time.sleep(min(max(waited / 10, 0.1), 2))
    pytest.fail(f"waited {PATIENCE} s for {what} {seen()}".rstrip())


@dataclass(frozen=True)
class Process:
    """One process of a home."""

    number: int
    command: str
    environment: dict[str, str]


def processes_of(home: Path) -> list[Process]:
    """Every process on this machine that has the home in its environment, but ourselves."""
    return processes_with("DONDOC_HOME", str(home))


def processes_with(name: str, value: str) -> list[Process]:
    """Every process on this machine that has a value in its environment, but ourselves."""
    found = []
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit() and entry.name != str(os.getpid()):
            try:
                pairs = (entry / "environ").read_bytes().decode().split("\0")
                command = (entry / "cmdline").read_bytes().replace(b"\0", b" ").decode()
            except OSError:
                continue
            environment = dict(pair.partition("=")[::2] for pair in pairs)
            if environment.get(name) == value:
                found.append(Process(int(entry.name), command, environment))
    return found


@dataclass
class Up:
    """One that runs; `said` grows with every line it says."""

    home: Path
    port: int
    web_port: int
    process: subprocess.Popen[bytes]
    said: list[str] = field(default_factory=list)
    reading: bool = True

    @property
    def door(self) -> str:
        """The address of Prefect's pages."""
        return f"http://{HOST}:{self.port}"

    @property
    def portal(self) -> str:
        """The address of the portal."""
        return f"http://{HOST}:{self.web_port}"

    def line(self, part: str) -> str:
        """Wait for a line that has a part and return it; whatever ends before that is shown."""

        def look() -> str:
            found = next((line for line in self.said if part in line), "")
            if not found and self.process.poll() is not None and not self.reading:
                pytest.fail(f"up ended with {self.process.returncode}: {self.said[-5:]}")
            return found

        return until(f"a line with {part!r}", look)

    def child(self, part: str) -> Process:
        """Return the child whose command line has a part."""
        (found,) = (p for p in processes_of(self.home) if part in p.command and "dondoc" not in p.command[:9])
        return found

    def prefect(self) -> httpx.Client:
        """Return a client of Prefect's own API, with what a worker was given to reach it by."""
        given = self.child("worker start --pool dondoc --").environment
        name, _, secret = given["PREFECT_API_AUTH_STRING"].partition(":")
        return httpx.Client(base_url=f"{given['PREFECT_API_URL']}/", auth=(name, secret), timeout=30)

    def interrupt(self) -> None:
        """Press Ctrl-C."""
        self.process.send_signal(signal.SIGINT)

    def ended(self) -> tuple[int, list[Process]]:
        """Wait for the end; return its status and the processes that are left."""
        return self.process.wait(120), processes_of(self.home)


def _command_of_the_unit() -> list[str]:
    """What deploy/systemd/dondoc.service starts, with the program under test in the installed one's place."""
    unit = (PROJECT_ROOT / "deploy" / "systemd" / "dondoc.service").read_text(encoding="utf-8")
    (arguments,) = re.findall(r"^ExecStart=/opt/dondoc/\.venv/bin/dondoc (.+)$", unit, re.MULTILINE)
    return [sys.executable, "-c", "from cli.main import main; main()", *shlex.split(arguments)]


@contextmanager
def up(home: Path, *arguments: str, **environment: str) -> Iterator[Up]:
    """Start `dondoc up` as its unit does, on free ports; whatever becomes of the test, it ends with it."""
    kept = {k: v for k, v in os.environ.items() if not k.startswith("PREFECT_")}
    port, web_port = free_port(), free_port()
    screen, keyboard = os.openpty()  # links are shown on a terminal alone
    process = subprocess.Popen(
        [*_command_of_the_unit(), "--port", str(port), "--web-port", str(web_port), *arguments],
        cwd=PROJECT_ROOT,
        env={**kept, **environment},
        stderr=keyboard,
        stdout=subprocess.DEVNULL,
        stdin=subprocess.DEVNULL,
    )
    os.close(keyboard)
    found = Up(home, port, web_port, process)
    reader = threading.Thread(target=_read, args=(found, screen))
    reader.start()
    try:
        yield found
    finally:
        process.send_signal(signal.SIGINT)
        try:
            process.wait(120)
        except subprocess.TimeoutExpired:
            process.kill()
        reader.join()


def _read(running: Up, screen: int) -> None:
    with os.fdopen(screen, encoding="utf-8") as lines, suppress(OSError):  # the end of a terminal is an error
        for line in lines:
            running.said.append(line.rstrip("\n"))
    running.reading = False


def pages(client: httpx.Client, path: str, **asked: object) -> list[dict[str, Any]]:
    """Return everything an address of Prefect's API gives, page by page."""
    found: list[dict[str, Any]] = []
    while True:
        page = client.post(path, json={**asked, "limit": PAGE, "offset": len(found)}).json()
        found += page
        if len(page) < PAGE:
            return found
