"""The mail log: what mail servers have accepted, written outside the database the moment they did.

It outlives the database: after a restore it says what has left since the copy, and after a crash between
"accepted" and "marked" it keeps a message from leaving twice.
"""

from __future__ import annotations

import json
import os
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import asdict
from datetime import date, datetime
from pathlib import Path
from typing import Any

from config.disk import OWNER_ONLY_FILE, OWNER_ONLY_FOLDER, sync_folder
from config.settings import Settings
from obligations.errors import Unavailable
from store.said import Left, Said, Taken
from tasks_lib.kernel.clock import local_day

FOLDER = "mail-log"


def as_text(left: Left, instance: str) -> str:
    """Return the line of a message that left: one JSON document."""
    told = {
        **asdict(left),
        "instance": instance,
        "at": left.at.isoformat(),
        "on": left.on.isoformat(),
        "taken": [asdict(taken) for taken in left.taken],
    }
    return json.dumps(told, ensure_ascii=False, separators=(",", ":"))


def from_text(text: str) -> tuple[str, Left] | None:
    """Read a line: of which database it is, and what left; None for one that a crash cut off."""
    try:
        told: dict[str, Any] = json.loads(text)
        said, instance = told.pop("said"), str(told.pop("instance"))
        notices = tuple((key, leg, step) for key, leg, step in said["notices"])
        return instance, Left(
            **{
                **told,
                "at": datetime.fromisoformat(told["at"]),
                "on": date.fromisoformat(told["on"]),
                "taken": tuple(Taken(**taken) for taken in told["taken"]),
                "said": Said(notices=notices, weekly=bool(said["weekly"])),
            }
        )
    except (ValueError, KeyError, TypeError, AttributeError):
        return None


def log_folder(settings: Settings) -> Path:
    """Return where the log stands, a file a month."""
    return settings.home / FOLDER


class MailLog:
    """The log while a run of delivery writes it; a line is on disk when `write` returns."""

    def __init__(self, descriptor: int, instance: str) -> None:
        self.instance = instance
        self._descriptor = descriptor

    def write(self, left: Left) -> None:
        """Append a line and wait for the disk."""
        # One call: what several processes append at once never mixes.
        os.write(self._descriptor, (as_text(left, self.instance) + "\n").encode())
        os.fdatasync(self._descriptor)


@contextmanager
def open_log(settings: Settings, instance: str, at: datetime) -> Iterator[MailLog | None]:
    """Open the log of an instant's month; None where mail only stays in memory.

    A log that cannot be written is told before anything is sent.
    """
    if settings.mail_transport == "memory":
        yield None
        return
    folder = log_folder(settings)
    try:
        folder.mkdir(mode=OWNER_ONLY_FOLDER, parents=True, exist_ok=True)
        descriptor = _open(folder / f"{local_day(at):%Y-%m}.jsonl")
    except OSError as fault:
        raise Unavailable(f"nhật ký thư {folder}: {fault.strerror}; chưa gửi thư nào") from None
    try:
        yield MailLog(descriptor, instance)
    finally:
        os.close(descriptor)


def _open(path: Path) -> int:
    is_new = not path.exists()
    descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_APPEND, OWNER_ONLY_FILE)
    if is_new:
        sync_folder(path.parent)
    elif _is_cut_off(descriptor):
        os.write(descriptor, b"\n")
    return descriptor


def _is_cut_off(descriptor: int) -> bool:
    """Whether the last line was not written to its end: the disk was full, or the machine died."""
    end = os.lseek(descriptor, 0, os.SEEK_END)
    return end > 0 and os.pread(descriptor, 1, end - 1) != b"\n"


def lines_of(folders: Iterable[Path], instance: str) -> list[Left]:
    """Return what is known to have left from a database or its copies, the oldest first, each once."""
    found: dict[tuple[str, tuple[str, ...]], Left] = {}
    for path in sorted(path for folder in folders for path in folder.glob("*.jsonl")):
        for text in path.read_text(encoding="utf-8", errors="replace").splitlines():
            read = from_text(text)
            if read is not None and read[0] == instance:
                left = read[1]
                found.setdefault((left.message_id, tuple(taken.address for taken in left.taken)), left)
    return sorted(found.values(), key=lambda left: left.at)


def by_message(lines: Iterable[Left], message_ids: Collection[str]) -> dict[str, list[Left]]:
    """Return what is known of some messages."""
    found: dict[str, list[Left]] = defaultdict(list)
    for left in lines:
        if left.message_id in message_ids:
            found[left.message_id].append(left)
    return dict(found)
