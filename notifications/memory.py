"""A transport that keeps what it is given, for previews and rehearsals."""

from __future__ import annotations

from types import TracebackType
from typing import Self

from notifications.outgoing import Outcome, Outgoing
from notifications.refusals import Answer, taken

KEPT = Answer(stage="final", text="giữ trong bộ nhớ")


class MemoryTransport:
    """Keeps every message in the order it came."""

    def __init__(self) -> None:
        self.sent: list[Outgoing] = []

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Keep the messages: whoever opened the transport reads them afterwards."""

    def send(self, message: Outgoing) -> Outcome:
        """Keep the message."""
        self.sent.append(message)
        return taken(KEPT, message.addresses, {})
