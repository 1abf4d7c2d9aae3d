"""A transport that writes each message as an .eml file any mail program opens."""

from __future__ import annotations

import hashlib
import re
from pathlib import Path
from types import TracebackType
from typing import Self

from config.disk import write_whole
from notifications.outgoing import Outcome, Outgoing
from notifications.refusals import Answer, refused, taken

WRITTEN = "ghi ra tệp"


class FileTransport:
    """Writes into one folder; a repeat of a message overwrites its own file and adds none."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Nothing stays open between messages."""

    def send(self, message: Outgoing) -> Outcome:
        """Write the message completely or not at all; one that counts as sent is on disk."""
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            write_whole(self.folder / file_name(message.message_id), message.content)
        except OSError as error:
            words = error.strerror or type(error).__name__
            answer = Answer(stage="final", text=f"không ghi được tệp thư: {words}")
            return refused(answer, message.addresses, {})
        return taken(Answer(stage="final", text=WRITTEN), message.addresses, {})


def file_name(message_id: str) -> str:
    """Derive a file name from a Message-ID: readable, safe in every folder, one per id."""
    readable = re.sub(r"[^A-Za-z0-9_-]+", "-", message_id.strip("<>").partition("@")[0]).strip("-")[:80]
    return f"{readable or 'mail'}-{hashlib.sha256(message_id.encode()).hexdigest()[:12]}.eml"
