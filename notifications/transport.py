"""How messages leave: one small protocol, its three transports, and the door that opens them."""

from __future__ import annotations

from pathlib import Path
from types import TracebackType
from typing import Protocol, Self

from notifications.file import FileTransport
from notifications.memory import MemoryTransport
from notifications.outgoing import Outcome, Outgoing
from notifications.smtp import SmtpServer, SmtpTransport


class Transport(Protocol):
    """Takes messages one by one, within a `with` block that holds what it needs open."""

    def __enter__(self) -> Self: ...

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None: ...

    def send(self, message: Outgoing) -> Outcome:
        """Hand over one message and say what became of it; refusals are outcomes, not exceptions."""


def open_transport(kind: str, *, folder: Path | None = None, server: SmtpServer | None = None) -> Transport:
    """Open the transport that settings name: file (with a folder), smtp (with a server) or memory."""
    if kind == "memory":
        return MemoryTransport()
    if kind == "file":
        if folder is None:
            raise ValueError("transport file needs a folder")
        return FileTransport(folder)
    if kind == "smtp":
        if server is None:
            raise ValueError("transport smtp needs a server")
        return SmtpTransport(server)
    raise ValueError(f"unknown transport {kind!r}: use file, smtp or memory")
