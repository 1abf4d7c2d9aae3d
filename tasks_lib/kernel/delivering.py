"""Rules of delivery that are ours: sending hours, pauses between tries, how long a message is held."""

from __future__ import annotations

import os
import secrets
import socket
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from config.settings import Settings
from notifications.smtp import Security, SmtpServer
from notifications.transport import Transport, open_transport
from obligations.calendar import ONE_DAY, ZONE, WorkingCalendar

PAUSES = tuple(timedelta(minutes=m) for m in (5, 15, 45, 120, 240))
"""Growing pauses between tries; the last is repeated."""
PAUSES_WITHOUT_MAILBOX = (timedelta(hours=1), timedelta(hours=4))
"""A server whose list of mailboxes is away says so of everybody: half an hour of that gives nothing up."""
TRIES_WITHOUT_MAILBOX = len(PAUSES_WITHOUT_MAILBOX) + 1
"""An address that is none is given up after so many tries."""
UNKNOWN_PAUSE = timedelta(minutes=45)
"""How long a message rests of which nobody knows whether a failing server kept it: repeats stay rare."""
DAYS_OF_TRYING = 5
"""Everything else is tried for so many working days (RFC 5321, 4.5.4.1: at least four to five days)."""


@dataclass(frozen=True, kw_only=True)
class Tried:
    """A message that failed, as far as its next try depends on it."""

    attempts: int
    failing_since: datetime
    no_mailbox: bool
    """Its address is none: it is given up early."""
    is_note: bool = False
    """Somebody waits for it: it is tried at any hour, and not after it has run out."""
    expires_at: datetime | None = None


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

    def next_try(self, at: datetime, tried: Tried) -> datetime | None:
        """Return when a failed message is tried again, within sending hours; None when it is given up."""
        if tried.no_mailbox and tried.attempts >= TRIES_WITHOUT_MAILBOX:
            return None
        patient = tried.no_mailbox and not tried.is_note
        pauses = PAUSES_WITHOUT_MAILBOX if patient else PAUSES
        due = at + pauses[min(tried.attempts, len(pauses)) - 1]
        if tried.expires_at is not None:
            return due if due < tried.expires_at else None
        last = self.calendar.add(tried.failing_since.astimezone(ZONE).date(), DAYS_OF_TRYING)
        if at.astimezone(ZONE).date() >= last:
            return None
        return due if tried.is_note else self.held_until(due) or due


def mail_folder(settings: Settings) -> Path:
    """Return where the file transport writes its messages."""
    return settings.home / "mail"


def lease_of(settings: Settings) -> timedelta:
    """Return how long a claim holds: renewed after a third, it still covers the slowest message."""
    lease = timedelta(seconds=settings.mail_lease_seconds)
    if settings.mail_transport != "smtp":
        return lease
    stages = 12  # connecting by several ways, greeting, login, sender, three recipients, goodbye
    slowest = stages * settings.smtp_timeout + 2 * settings.smtp_final_timeout
    return lease + timedelta(seconds=1.5 * slowest)


def transport_of(settings: Settings) -> Transport:
    """Open the transport the settings name; by default mail is written to disk."""
    server = SmtpServer(
        host=settings.smtp_host,
        port=settings.smtp_port,
        user=settings.smtp_user or "",
        password=settings.smtp_password.get_secret_value() if settings.smtp_password else "",
        security=Security(settings.smtp_tls),
        timeout=settings.smtp_timeout,
        final_timeout=settings.smtp_final_timeout,
    )
    return open_transport(settings.mail_transport, folder=mail_folder(settings), server=server)


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
