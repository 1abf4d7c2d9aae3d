"""Rules of delivery that are ours: sending hours, pauses between tries, when a run stops."""

from __future__ import annotations

import os
import secrets
import socket
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from config.settings import Settings
from notifications.model import Outcome
from notifications.transport import Transport, open_transport
from obligations.calendar import ONE_DAY, ZONE, WorkingCalendar

PAUSES = tuple(timedelta(minutes=m) for m in (5, 15, 45, 120, 240))
"""Growing pauses between tries; the last is repeated."""
TRIES_IF_TEMPORARY = 8
TRIES_IF_PERMANENT = 3
SAME_REFUSALS = 3
"""So many different recipients refused the same way at connect or MAIL FROM stop a run."""
SERVER_STAGES = frozenset({"connect", "mail"})


@dataclass(frozen=True)
class SendingHours:
    """When mail may leave: working days between two times of day."""

    calendar: WorkingCalendar
    settings: Settings

    def held_until(self, at: datetime) -> datetime | None:
        """Return None when mail may leave now, else the next instant at which it may."""
        local = at.astimezone(ZONE)
        day = local.date()
        if self.calendar.is_working(day):
            if self.settings.sending_starts <= local.time() < self.settings.sending_ends:
                return None
            if local.time() < self.settings.sending_starts:
                return datetime.combine(day, self.settings.sending_starts, ZONE)
        following = self.calendar.next_working(day + ONE_DAY)
        return datetime.combine(following, self.settings.sending_starts, ZONE)

    def next_try(
        self, at: datetime, attempts: int, *, temporary: bool, any_hour: bool = False
    ) -> datetime | None:
        """Return when a failed message is tried again, within sending hours; None when it is given up.

        At any hour where somebody waits for it.
        """
        if attempts >= (TRIES_IF_TEMPORARY if temporary else TRIES_IF_PERMANENT):
            return None
        due = at + PAUSES[min(attempts, len(PAUSES)) - 1]
        return due if any_hour else self.held_until(due) or due


class Refusals:
    """Counts different recipients in a row whose messages the server itself refused the same way."""

    def __init__(self) -> None:
        self._last = ("", "")
        self._recipients: set[str] = set()

    def note(self, recipient: str, outcome: Outcome) -> bool:
        """Note an outcome; return whether the run should stop, for the server is refusing everybody."""
        if outcome.ok or outcome.stage not in SERVER_STAGES:
            self._recipients.clear()
            return False
        way = (outcome.stage, outcome.reason)
        if way != self._last:
            self._recipients.clear()
            self._last = way
        self._recipients.add(recipient)
        return len(self._recipients) >= SAME_REFUSALS


def mail_folder(settings: Settings) -> Path:
    """Return where the file transport writes its messages."""
    return settings.home / "mail"


def transport_of(settings: Settings) -> Transport:
    """Open the transport the settings name; by default mail is written to disk."""
    return open_transport(
        settings.mail_transport,
        folder=mail_folder(settings),
        host=settings.smtp_host,
        port=settings.smtp_port,
        user=settings.smtp_user or "",
        password=settings.smtp_password.get_secret_value() if settings.smtp_password else "",
        security=settings.smtp_tls,
        timeout=settings.smtp_timeout,
        final_timeout=settings.smtp_final_timeout,
    )


def owner_name() -> str:
    """Name one run of delivery as a claimer of messages: machine, process, and a mark of its own."""
    return f"{socket.gethostname()}:{os.getpid()}:{secrets.token_hex(4)}"


def is_gone(owner: str) -> bool:
    """Whether a claimer of this machine has died; of another machine nobody can tell."""
    host, pid, _ = (*owner.rsplit(":", 2), "", "")[:3]
    if host != socket.gethostname() or not pid.isdigit():
        return False
    try:
        os.kill(int(pid), 0)
    except ProcessLookupError:
        return True
    except PermissionError:
        return False
    return _is_zombie(int(pid))


def _is_zombie(pid: int) -> bool:
    """Whether a process has ended and only waits for its parent to notice; only Linux tells."""
    try:
        stat = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8")
    except OSError:
        return False
    return stat.rpartition(")")[2].split()[0] == "Z"
