"""The processes that `dondoc up` starts: watched, started again when they die, ended together."""

from __future__ import annotations

import os
import signal
import subprocess
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType

import click

from flows.local_server import stop
from obligations.errors import Refused
from tasks_lib.kernel.clock import now

LOOK_SECONDS = 0.5
PAUSES: tuple[float, ...] = (1, 3, 10, 30, 60)
"""Seconds before a dead child is started again, growing with each quick death; after the last it is left."""
STEADY_SECONDS = 300
"""Whoever lived that long died of something new."""


@dataclass
class Child:
    """One process, under whatever number it runs at the moment."""

    name: str
    """As people read it."""
    begin: Callable[[], subprocess.Popen[bytes]]
    log: Path
    """Where it says what went wrong; its deaths are written there too."""
    alone: bool = True
    """Whether it can be started again by itself; the others stand on one that cannot."""
    pauses: tuple[float, ...] = PAUSES
    process: subprocess.Popen[bytes] | None = None
    deaths: int = 0
    """How many quick ones in a row."""
    since: float = 0
    due: float | None = None
    """When it is started again."""

    def start(self) -> subprocess.Popen[bytes]:
        """Start it."""
        self.due = None
        self.since = time.monotonic()
        self.process = self.begin()
        return self.process

    def look(self) -> None:
        """See whether it lives; one that died is started again after a pause, or given up."""
        if self.due is not None:
            if time.monotonic() >= self.due:
                self.start()
        elif self.process is not None and self.process.poll() is not None:
            self._died(self.process)

    @property
    def gone(self) -> bool:
        """Whether all others have lost what they stand on."""
        return not self.alone and self.process is not None and self.process.poll() is not None

    def end(self, first: int) -> None:
        """End it by a signal."""
        if self.process is not None and self.due is None:
            stop(self.process, first)

    def _died(self, process: subprocess.Popen[bytes]) -> None:
        if time.monotonic() - self.since >= STEADY_SECONDS:
            self.deaths = 0
        code = f"{self.name} đã dừng ngoài ý muốn (mã {process.returncode})"
        if not self.alone:
            self._give_up(f"{code}, xem {self.log}")
        if self.deaths >= len(self.pauses):
            self._give_up(f"{code} {self.deaths + 1} lần liền, không khởi động lại nữa; xem {self.log}")
        pause = self.pauses[self.deaths]
        self.deaths += 1
        self.due = time.monotonic() + pause
        self._say(f"{code}, khởi động lại sau {pause:g} giây; nhật ký: {self.log}")

    def _give_up(self, text: str) -> None:
        self._write(text)
        raise Refused(text)

    def _say(self, text: str) -> None:
        self._write(text)
        click.echo(text, err=True)

    def _write(self, text: str) -> None:
        with self.log.open("a", encoding="utf-8") as log:
            log.write(f"{now():%d/%m/%Y %H:%M:%S} {text}\n")


class Children:
    """All of them, in the order they were started; they are ended the other way round."""

    def __init__(self, mark: str = "") -> None:
        self._mark = mark
        """NAME=value in the environment of what they start: what one that died had begun may still run."""
        self._children: list[Child] = []

    def add(self, child: Child) -> subprocess.Popen[bytes]:
        """Start one more."""
        self._children.append(child)
        return child.start()

    def look(self) -> None:
        """See to all of them once."""
        for child in self._children:
            child.look()

    def watch(self) -> None:
        """See to all of them until somebody ends us, or one cannot be kept alive."""
        while True:
            self.look()
            time.sleep(LOOK_SECONDS)

    def __enter__(self) -> Children:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        # A worker without its server waits for minutes and cannot be asked to end.
        first = signal.SIGKILL if any(child.gone for child in self._children) else signal.SIGTERM
        for child in reversed(self._children):
            child.end(first)
        if self._mark:
            _end_marked(self._mark.encode())


def _end_marked(mark: bytes) -> None:
    """End whoever was started with a mark in its environment and lives on, in whatever session."""
    for entry in Path("/proc").glob("[0-9]*"):
        with suppress(OSError):  # gone meanwhile, or somebody else's
            if mark in (entry / "environ").read_bytes().split(b"\0") and entry.name != str(os.getpid()):
                os.kill(int(entry.name), signal.SIGKILL)
