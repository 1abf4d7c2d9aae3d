"""A mail server that takes and forgets, in a process of its own: Postfix's in C where it is installed."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from multiprocessing import get_context
from multiprocessing.connection import Connection as Pipe

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session

from flows.local_server import HOST, free_port
from notifications.smtp import Security, SmtpServer

PLACES = os.pathsep.join((os.environ.get("PATH", ""), "/usr/sbin", "/usr/local/sbin"))
PATIENCE = 10
BACKLOG = "100"


@dataclass(frozen=True)
class Sink:
    """One that runs, and what it is: a floor in Python hides most of what a mail costs."""

    server: SmtpServer
    name: str


@contextmanager
def sink() -> Iterator[Sink]:
    """Run `smtp-sink` where there is one, else one written in Python."""
    port = free_port()
    program = shutil.which("smtp-sink", path=PLACES)
    with _in_c(program, port) if program else _in_python(port):
        server = SmtpServer(host=HOST, port=port, user="", password="", security=Security.NONE, timeout=20)
        yield Sink(server, "smtp-sink (C)" if program else "aiosmtpd (Python)")


@contextmanager
def _in_c(program: str, port: int) -> Iterator[None]:
    somebody = ["-u", "nobody"] if os.geteuid() == 0 else []
    process = subprocess.Popen([program, *somebody, f"{HOST}:{port}", BACKLOG])
    try:
        _wait_for(port)
        yield
    finally:
        process.terminate()
        process.wait()


def _wait_for(port: int) -> None:
    patience = time.monotonic() + PATIENCE
    while not _answers(port):
        if time.monotonic() > patience:
            raise TimeoutError("smtp-sink")
        time.sleep(0.05)


def _answers(port: int) -> bool:
    with socket.socket() as knock:
        return knock.connect_ex((HOST, port)) == 0


class _Forgets:
    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: ARG002, N802
        """Take a message and forget it."""
        return "250 OK"


def _serve(port: int, pipe: Pipe) -> None:
    """Run a mail server until the pipe closes."""
    controller = Controller(_Forgets(), hostname=HOST, port=port)
    controller.start()
    pipe.send("ready")
    try:
        pipe.recv()
    except EOFError:
        pass
    finally:
        controller.stop()


@contextmanager
def _in_python(port: int) -> Iterator[None]:
    ours, theirs = get_context("spawn").Pipe()
    process = get_context("spawn").Process(target=_serve, args=(port, theirs), daemon=True)
    process.start()
    theirs.close()
    ours.recv()
    try:
        yield
    finally:
        ours.close()
        process.join()
